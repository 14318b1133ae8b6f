"""What the value of an option means, read into a type that cannot be wrong.

Owns which values are right and what is offered in place of a wrong one. Must never learn where in the text
the value stood; the parser points at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.generation import OutputFormat, Quality, Size
from core.domain.prompt.model import ProblemCode
from core.domain.prompt.spelling import nearest
from core.domain.shape import Ratio, Tier
from core.domain.sizing import is_ratio_allowed, nearest_valid, size_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_COUNT: Final = 8

RATIO_NAMES: Final[Mapping[str, Ratio]] = MappingProxyType(
    {
        "square": Ratio(1, 1),
        "portrait": Ratio(2, 3),
        "landscape": Ratio(3, 2),
        "wide": Ratio(16, 9),
        "tall": Ratio(9, 16),
    }
)
"""Ratios by name."""

QUALITIES: Final[Mapping[str, Quality]] = MappingProxyType(
    {quality.value: quality for quality in (Quality.LOW, Quality.MEDIUM, Quality.HIGH)}
)
"""Qualities a person can ask for; the others are for routing between models."""

FORMATS: Final[Mapping[str, OutputFormat]] = MappingProxyType(
    {file_format.value: file_format for file_format in OutputFormat} | {"jpg": OutputFormat.JPEG}
)

_OTHER_QUALITIES: Final = MappingProxyType(
    {
        "max": "high",
        "xhigh": "high",
        "best": "high",
        "hd": "high",
        "ultra": "high",
        "med": "medium",
        "mid": "medium",
        "normal": "medium",
        "standard": "medium",
        "default": "medium",
        "auto": "medium",
        "draft": "low",
        "fast": "low",
    }
)
_OTHER_SIZES: Final = MappingProxyType(
    {
        "hd": "1k",
        "fullhd": "2k",
        "uhd": "4k",
        "8k": "4k",
        "3k": "4k",
        "6k": "4k",
        "1": "1k",
        "2": "2k",
        "4": "4k",
    }
)
_WIDEST: Final = Ratio(3, 1)
_TALLEST: Final = Ratio(1, 3)

_RATIO: Final = re.compile(
    r"([0-9]{1,4})(?:\.([0-9]{1,2}))?[:x/]([0-9]{1,4})(?:\.([0-9]{1,2}))?", re.IGNORECASE
)
_SIZE: Final = re.compile(r"([0-9]{1,5})[x*]([0-9]{1,5})", re.IGNORECASE)
_EDGE: Final = re.compile(r"[0-9]{3,5}")
_COUNT: Final = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that is not understood; `suggestion` would be right in its place, where one is near."""

    code: ProblemCode
    suggestion: str | None = None


def read_ratio(word: str) -> Ratio | BadValue:
    """Read `16:9` (also `16x9`, `16/9`, `2.39:1`) or a name such as `wide`; from 1:3 to 3:1."""
    named = RATIO_NAMES.get(word.lower())
    if named is not None:
        return named
    found = _RATIO.fullmatch(word)
    if found is None:
        return BadValue(ProblemCode.BAD_RATIO, nearest(word.lower(), tuple(RATIO_NAMES)))
    ratio = _whole_ratio(*found.groups(default=""))
    if is_ratio_allowed(ratio):
        return ratio
    if min(ratio.width, ratio.height) == 0:
        return BadValue(ProblemCode.BAD_RATIO)
    return BadValue(ProblemCode.BAD_RATIO, str(_WIDEST if ratio.width > ratio.height else _TALLEST))


def _whole_ratio(width: str, width_decimals: str, height: str, height_decimals: str) -> Ratio:
    """Scale decimals away: 2.39:1 is 239:100."""
    places = max(len(width_decimals), len(height_decimals))
    return Ratio(
        int(width + width_decimals.ljust(places, "0")), int(height + height_decimals.ljust(places, "0"))
    )


def read_size(word: str) -> Tier | Size | BadValue:
    """Read a tier (`1k`, `2k`, `4k`) or an exact `WIDTHxHEIGHT` that the models accept."""
    lowered = word.lower()
    if lowered in tuple(Tier):
        return Tier(lowered)
    found = _SIZE.fullmatch(lowered)
    if found is not None:
        return _accepted_size(Size(int(found[1]), int(found[2])))
    if _EDGE.fullmatch(lowered) is not None:
        return BadValue(ProblemCode.BAD_SIZE, str(nearest_valid(Size(int(lowered), int(lowered)))))
    return BadValue(ProblemCode.BAD_SIZE, _OTHER_SIZES.get(lowered))


def _accepted_size(size: Size) -> Size | BadValue:
    if size_problem(size) is None:
        return size
    if min(size.width, size.height) == 0:
        return BadValue(ProblemCode.BAD_SIZE)
    return BadValue(ProblemCode.BAD_SIZE, str(nearest_valid(size)))


def read_quality(word: str) -> Quality | BadValue:
    """Read `low`, `medium` or `high`."""
    lowered = word.lower()
    return QUALITIES.get(lowered) or BadValue(
        ProblemCode.BAD_VALUE, _OTHER_QUALITIES.get(lowered) or nearest(lowered, tuple(QUALITIES))
    )


def read_format(word: str) -> OutputFormat | BadValue:
    """Read `png`, `webp` or `jpeg` (`jpg`)."""
    lowered = word.lower()
    return FORMATS.get(lowered) or BadValue(ProblemCode.BAD_VALUE, nearest(lowered, tuple(FORMATS)))


def read_count(word: str) -> int | BadValue:
    """Read how many pictures: 1 to 8."""
    if _COUNT.fullmatch(word) is None:
        return BadValue(ProblemCode.BAD_COUNT)
    count = int(word)
    nearest_count = min(max(count, 1), MAX_COUNT)
    return count if count == nearest_count else BadValue(ProblemCode.BAD_COUNT, str(nearest_count))
