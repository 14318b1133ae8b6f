"""What each model can do and what its tokens cost, as OpenAI's pages say (read 2026-11).

Written apart from the program's own profiles on purpose: a judge that shares the accused's numbers
finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PRE_25 = {"low": 16, "medium": 48, "high": 96}
SINCE_25 = {"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96}
THREEFOLD = {"low": 3, "medium": 3}
"""2.6 is reported at three to four times the tokens of 2.5 for these two."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that answers. `factors` are the F of the published token formula, by quality."""

    factors: dict[str, int]
    can_transparent: bool
    multipliers: dict[str, int]
    shutdown_date: date | None = None


LIVING = {
    "gpt-image-2": Model(PRE_25, can_transparent=False, multipliers={}),
    "gpt-image-2-2026-04-21": Model(PRE_25, can_transparent=False, multipliers={}),
    "gpt-image-2.5-sunburst": Model(SINCE_25, can_transparent=True, multipliers={}),
    "gpt-image-2.5-flare": Model(SINCE_25, can_transparent=True, multipliers={}),
    "gpt-image-2.6-sunburst": Model(SINCE_25, can_transparent=True, multipliers=THREEFOLD),
    "gpt-image-2.6-flare": Model(SINCE_25, can_transparent=True, multipliers=THREEFOLD),
}

LISTED_ONLY = {
    "gpt-image-1.5": date(2026, 12, 1),
    "gpt-image-1-mini": date(2026, 12, 1),
    "chatgpt-image-latest": date(2026, 12, 1),
}
"""Still listed, with the day they end; this server makes no pictures with them."""

DEAD = frozenset({"gpt-image-1", "dall-e-2", "dall-e-3"})

MICROS_PER_TEXT_TOKEN = 5
MICROS_PER_INPUT_IMAGE_TOKEN = 8
MICROS_PER_OUTPUT_IMAGE_TOKEN = 30
TOKENS_A_PARTIAL = 100
