"""What an engine is asked for and what it answers, the same for every model.

Owns the values that cross the `Engine` port. Must never learn how a vendor spells them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.ids import Micros


class Quality(StrEnum):
    """The names the 2.x image models use; what each costs is the profile's to say."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


class OutputFormat(StrEnum):
    """File formats that a finished picture can have."""

    PNG = "png"
    WEBP = "webp"
    JPEG = "jpeg"

    @property
    def media_type(self) -> str:
        """The registered media type, such as `image/png`."""
        return f"image/{self.value}"


class Background(StrEnum):
    """Whether the picture has a real alpha channel."""

    OPAQUE = "opaque"
    TRANSPARENT = "transparent"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels the picture has."""
        return self.width * self.height

    def __str__(self) -> str:
        """`1536x864`, as the API spells it."""
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Image:
    """Checked bytes on their way to or from an engine."""

    content: bytes = field(repr=False)
    format: OutputFormat
    size: Size
    has_alpha: bool = False


@dataclass(frozen=True, slots=True)
class GenerationPlan:
    """Everything decided about one call except the bytes: what is priced, shown and stored.

    `input_count` is the base picture (if any) plus the references. `previews` is how many partial
    pictures to ask for (0 to 3; each is billed). `routed_from` names the model that was set
    where the request had to go to another one that can serve it.
    """

    model: str
    prompt: str
    size: Size
    quality: Quality
    count: int = 1
    background: Background = Background.OPAQUE
    output_format: OutputFormat = OutputFormat.PNG
    previews: int = 0
    input_count: int = 0
    routed_from: str | None = None


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One call to an engine: a generation without `inputs`, an edit with them.

    `inputs` are the base picture first, then the references; at most 16. `mask` applies to the
    first input. `actor_key` is a keyed hash of the person, never their id. `attempt_key` names
    this one call in the engine's logs.
    """

    plan: GenerationPlan
    inputs: tuple[Image, ...] = ()
    mask: Image | None = None
    actor_key: str = ""
    attempt_key: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the engine reported them."""

    text_input_tokens: int
    image_input_tokens: int
    image_output_tokens: int


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """Finished pictures and what was really used to make them.

    `cost` comes from the reported usage; `is_cost_estimated` says that the engine reported none
    and the estimate was booked instead. `images` may be fewer than were asked for.
    """

    images: tuple[Image, ...]
    cost: Micros
    is_cost_estimated: bool = False
    usage: Usage | None = None
    request_id: str | None = None


class FailureKind(StrEnum):
    """Why no picture came. The first group may be tried again without risk of paying twice."""

    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    UNREACHABLE = "unreachable"

    OUT_OF_MONEY = "out_of_money"
    KEY_REFUSED = "key_refused"

    MODERATED = "moderated"
    REJECTED = "rejected"

    NO_ANSWER = "no_answer"
    BROKEN_OFF = "broken_off"
    NO_PICTURE = "no_picture"

    @property
    def is_safe_to_repeat(self) -> bool:
        """Whether the request was certainly not accepted, so that asking again buys nothing twice."""
        return self in {FailureKind.RATE_LIMITED, FailureKind.OVERLOADED, FailureKind.UNREACHABLE}

    @property
    def pauses_engine(self) -> bool:
        """Whether no other request can succeed either until an operator acts."""
        return self in {FailureKind.OUT_OF_MONEY, FailureKind.KEY_REFUSED}

    @property
    def may_have_been_billed(self) -> bool:
        """Whether the outcome is unknown: money may have been spent for nothing."""
        return self in {FailureKind.NO_ANSWER, FailureKind.BROKEN_OFF}


@dataclass(frozen=True, slots=True)
class Failure:
    """An engine's answer without a picture. A value: being refused is not a fault of ours.

    `billed` is what the engine is known or assumed to have charged all the same (a call that was
    broken off is assumed to cost its estimate). `detail` is for logs, never for people.
    `stage` is `input` or `output` for a moderated request where the engine says so.
    """

    kind: FailureKind
    detail: str = ""
    billed: Micros = Micros(0)
    retry_after_s: float | None = None
    stage: str | None = None
    categories: tuple[str, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A partial picture that shows how far the engine is. Never a result."""

    index: int
    image: Image
