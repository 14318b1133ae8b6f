"""What one image model can do and what it costs, as data.

Owns one row for every model that Inkthread knows, and the two prices: the estimate before a call and the
cost after it. Must never learn how a vendor's API is called. The facts are OpenAI's documentation and,
where it is silent, what users report, both as of November 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.generation import OutputFormat, Quality
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.generation import GenerationPlan, Size, Usage

PREVIEW_TOKENS: Final = 100
"""Image output tokens billed for each partial picture. OpenAI's guide, November 2026."""

INPUT_IMAGE_TOKENS: Final = 1_530
"""The most image tokens seen for one input picture (1,020 to 1,530 reported, November 2026)."""

PROMPT_FRAME_TOKENS: Final = 16
"""Room for the tokens that the API puts around a prompt; how many there are is not published."""

_TOKENS_A_PRICE: Final = 1_000_000


class EngineFamily(StrEnum):
    """Who answers for a profile's abilities."""

    OPENAI = "openai"
    SANDBOX = "sandbox"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """Micro-dollars for a million tokens of each kind; 5,000,000 is 5 dollars a million."""

    text_in: int
    image_in: int
    image_out: int


@dataclass(frozen=True, slots=True)
class Rung:
    """What one quality costs in output tokens: the formula's factor F, times `multiplier`.

    A multiplier above 1 stands for a model whose own formula is not known, as a careful upper bound.
    """

    factor: int
    multiplier: int = 1


@dataclass(frozen=True, slots=True)
class EngineProfile:
    """One model's abilities, limits and prices.

    `id` is the model's name as the API wants it; `base` is the same without a snapshot's date.
    `rungs` are the qualities it has, cheapest first. `max_previews` is 0 where it cannot stream.
    `retires_on` is the day on which it stops answering, where one is announced. `is_price_known` is False
    where the prices are those of another model, kept so that money limits still hold.
    `sends_quality`, `sends_format`, `sends_background` and `sends_actor_key` say which optional fields the
    server is known to read; the others are left out of the request. `typical_s` is how long a
    picture usually takes, None where nobody knows.
    """

    id: str
    base: str
    title: str
    family: EngineFamily
    rungs: Mapping[Quality, Rung] = field(repr=False, hash=False)
    prices: TokenPrices
    formats: frozenset[OutputFormat]
    can_transparent: bool
    can_edit: bool
    can_mask: bool
    max_count: int
    max_inputs: int
    max_previews: int
    sends_quality: bool = True
    sends_format: bool = True
    sends_background: bool = True
    sends_actor_key: bool = True
    is_price_known: bool = True
    retires_on: date | None = None
    typical_s: int | None = None

    def __post_init__(self) -> None:
        """Freeze the rungs, so that no caller can change a price."""
        object.__setattr__(self, "rungs", MappingProxyType(dict(self.rungs)))

    @property
    def qualities(self) -> tuple[Quality, ...]:
        """The qualities it has, cheapest first."""
        return tuple(self.rungs)

    @property
    def can_stream(self) -> bool:
        """Whether it can send partial pictures."""
        return self.max_previews > 0

    @property
    def is_free(self) -> bool:
        """Whether a picture costs nothing."""
        return self.prices == TokenPrices(0, 0, 0)


DEFAULT_MODEL: Final = "gpt-image-2"
SANDBOX_MODEL: Final = "sandbox"
COMPATIBLE_MODEL: Final = "compatible"

_RUNGS_2: Final = {Quality.LOW: Rung(16), Quality.MEDIUM: Rung(48), Quality.HIGH: Rung(96)}
_RUNGS_2_5: Final = {
    Quality.LOW: Rung(16),
    Quality.MEDIUM: Rung(24),
    Quality.HIGH: Rung(48),
    Quality.XHIGH: Rung(64),
    Quality.MAX: Rung(96),
}
# No formula is known for 2.6: low and medium are reported at three to four times the tokens of 2.5, high
# and up at the same. Reserving the upper end is safe, because usage settles it.
_RUNGS_2_6: Final = {
    **_RUNGS_2_5,
    Quality.LOW: Rung(16, multiplier=4),
    Quality.MEDIUM: Rung(24, multiplier=4),
}

_OPENAI_PRICES: Final = TokenPrices(text_in=5_000_000, image_in=8_000_000, image_out=30_000_000)
_FREE: Final = TokenPrices(text_in=0, image_in=0, image_out=0)

_GPT_IMAGE_2: Final = EngineProfile(
    id="gpt-image-2",
    base="gpt-image-2",
    title="GPT Image 2",
    family=EngineFamily.OPENAI,
    rungs=_RUNGS_2,
    prices=_OPENAI_PRICES,
    formats=frozenset(OutputFormat),
    # The preview of transparent output was switched off on 2026-09-30: it answers 400 since.
    can_transparent=False,
    can_edit=True,
    can_mask=True,
    max_count=10,
    max_inputs=16,
    max_previews=3,
    typical_s=28,
)


def _newer(model: str, title: str, rungs: Mapping[Quality, Rung], typical_s: int | None) -> EngineProfile:
    return replace(
        _GPT_IMAGE_2,
        id=model,
        base=model,
        title=title,
        rungs=rungs,
        can_transparent=True,
        typical_s=typical_s,
    )


_SANDBOX: Final = replace(
    _GPT_IMAGE_2,
    id=SANDBOX_MODEL,
    base=SANDBOX_MODEL,
    title="Inkthread sandbox",
    family=EngineFamily.SANDBOX,
    rungs=_RUNGS_2_5,
    prices=_FREE,
    can_transparent=True,
    typical_s=6,
)

# Only what every listed server understands. A server that ignores `n` sends fewer pictures, which is
# told; one that ignores `quality` sends what it has. Nothing is known of its prices, so the money
# limits count it like gpt-image-2 rather than let a paid gateway spend unseen.
_COMPATIBLE: Final = replace(
    _GPT_IMAGE_2,
    id=COMPATIBLE_MODEL,
    base=COMPATIBLE_MODEL,
    title="OpenAI-compatible server",
    family=EngineFamily.COMPATIBLE,
    formats=frozenset({OutputFormat.PNG}),
    can_mask=False,
    max_previews=0,
    sends_format=False,
    sends_background=False,
    sends_actor_key=False,
    is_price_known=False,
    typical_s=None,
)

PROFILES: Final[Mapping[str, EngineProfile]] = MappingProxyType(
    {
        profile.id: profile
        for profile in (
            _GPT_IMAGE_2,
            _newer("gpt-image-2.5-sunburst", "GPT Image 2.5 Sunburst", _RUNGS_2_5, 25),
            _newer("gpt-image-2.5-flare", "GPT Image 2.5 Flare", _RUNGS_2_5, 26),
            _newer("gpt-image-2.6-sunburst", "GPT Image 2.6 Sunburst", _RUNGS_2_6, None),
            _newer("gpt-image-2.6-flare", "GPT Image 2.6 Flare", _RUNGS_2_6, 12),
            _SANDBOX,
            _COMPATIBLE,
        )
    }
)
"""Every row by the model's name."""

RETIREMENTS: Final[Mapping[str, date]] = MappingProxyType(
    {
        "dall-e-2": date(2026, 5, 12),
        "dall-e-3": date(2026, 5, 12),
        "gpt-image-1": date(2026, 10, 23),
        "gpt-image-1-mini": date(2026, 12, 1),
        "gpt-image-1.5": date(2026, 12, 1),
        "chatgpt-image-latest": date(2026, 12, 1),
    }
)
"""Models that stop or have stopped at OpenAI (its deprecation page, November 2026); none has a row."""

_SNAPSHOT_DATE: Final = re.compile(r"-\d{4}-\d{2}-\d{2}\Z")


def profile_for(model: str) -> EngineProfile:
    """Find the profile of a model by its name.

    A dated snapshot (`gpt-image-2-2026-04-21`) has the abilities of its model. Any other name is taken
    as a model of a compatible server, with careful abilities; where OpenAI retired a model of that
    name, `retires_on` says so.
    """
    base = _SNAPSHOT_DATE.sub("", model)
    known = PROFILES.get(base)
    if known is not None:
        return replace(known, id=model)
    return replace(_COMPATIBLE, id=model, base=base, retires_on=RETIREMENTS.get(base))


def output_tokens(profile: EngineProfile, size: Size, quality: Quality) -> int:
    """Count the image output tokens of one finished picture.

    OpenAI's published price calculator, November 2026; exact for gpt-image-2 and 2.5, an upper bound
    for 2.6.

    Raises:
        KeyError: the model has no such quality; `route` refuses that before.

    """
    rung = profile.rungs[quality]
    long, short = max(size.width, size.height), min(size.width, size.height)
    side = (2 * rung.factor * short + long) // (2 * long)
    return rung.multiplier * _ceil_div(rung.factor * side * (2_000_000 + size.pixels), 4_000_000)


def text_tokens(prompt: str) -> int:
    """Bound the text tokens of a prompt from above.

    The models' byte-pair encodings never make more tokens than there are bytes of UTF-8. That is four times
    too much for English, and still little beside the price of the picture.
    """
    return len(prompt.encode("utf-8", errors="surrogatepass")) + PROMPT_FRAME_TOKENS


def estimate(profile: EngineProfile, plan: GenerationPlan) -> Micros:
    """Price a plan before it is carried out, rounded up to a whole micro-dollar.

    Deliberately on the high side for text and inputs, so that a reservation covers the call; the
    difference is given back when it is settled.
    """
    each = output_tokens(profile, plan.size, plan.quality) + PREVIEW_TOKENS * plan.previews
    return _priced(
        profile.prices,
        text=text_tokens(plan.prompt),
        image_in=plan.input_count * INPUT_IMAGE_TOKENS,
        image_out=plan.count * each,
    )


def cost_of(profile: EngineProfile, usage: Usage) -> Micros:
    """Price the tokens that the engine reported, rounded up to a whole micro-dollar.

    A negative count, which only a broken server reports, is taken as none: no call earns money.
    """
    return _priced(
        profile.prices,
        text=max(0, usage.text_input_tokens),
        image_in=max(0, usage.image_input_tokens),
        image_out=max(0, usage.image_output_tokens),
    )


def _priced(prices: TokenPrices, *, text: int, image_in: int, image_out: int) -> Micros:
    total = text * prices.text_in + image_in * prices.image_in + image_out * prices.image_out
    return Micros(_ceil_div(total, _TOKENS_A_PRICE))


def _ceil_div(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
