"""Sizes that an image model accepts.

Owns the size rules of the 2.x image models and the way from a ratio and a tier to a size. Must never
learn what a size costs, nor how a platform shows it.
"""

from __future__ import annotations

from enum import StrEnum
from math import gcd, isqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.generation import Size
from core.domain.shape import Ratio, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# OpenAI's image guide, November 2026: gpt-image-2 and 2.5 documented, 2.6 reported to be the same.
GRID_PX: Final = 16
MAX_EDGE_PX: Final = 3_840
MAX_LONG_TO_SHORT: Final = 3
MIN_PIXELS: Final = 655_360
MAX_PIXELS: Final = 8_294_400

RATIO_TOLERANCE: Final = 0.02
"""How far a size may be off the ratio that was asked for, as a share of it."""

TIER_BUDGET_PX: Final[Mapping[Tier, int]] = MappingProxyType(
    {Tier.ONE_K: 1_048_576, Tier.TWO_K: 4_194_304, Tier.FOUR_K: MAX_PIXELS}
)
"""How many pixels a tier may have, so that its price is about the same in every ratio."""

_LONGEST_READ_PX: Final = 1_000_000
_CELL_PX: Final = GRID_PX * GRID_PX
_MAX_EDGE_CELLS: Final = MAX_EDGE_PX // GRID_PX
_MIN_CELLS: Final = -(-MIN_PIXELS // _CELL_PX)
_MAX_CELLS: Final = MAX_PIXELS // _CELL_PX


class SizeRule(StrEnum):
    """A rule that a size breaks."""

    OFF_GRID = "off_grid"
    """An edge is not divisible by 16."""

    EDGE_TOO_LONG = "edge_too_long"
    """An edge is longer than 3,840 pixels."""

    RATIO_TOO_EXTREME = "ratio_too_extreme"
    """The longer edge is more than three times the shorter one."""

    TOO_FEW_PIXELS = "too_few_pixels"
    """Fewer than 655,360 pixels, or an edge that is not positive."""

    TOO_MANY_PIXELS = "too_many_pixels"
    """More than 8,294,400 pixels."""


def size_problem(size: Size) -> SizeRule | None:
    """Name the first rule that `size` breaks, or None where the models accept it."""
    short, long = sorted((size.width, size.height))
    broken = {
        SizeRule.TOO_FEW_PIXELS: short <= 0 or size.pixels < MIN_PIXELS,
        SizeRule.EDGE_TOO_LONG: long > MAX_EDGE_PX,
        SizeRule.RATIO_TOO_EXTREME: long > MAX_LONG_TO_SHORT * short,
        SizeRule.TOO_MANY_PIXELS: size.pixels > MAX_PIXELS,
        SizeRule.OFF_GRID: size.width % GRID_PX != 0 or size.height % GRID_PX != 0,
    }
    return next((rule for rule, is_broken in broken.items() if is_broken), None)


def nearest_valid(size: Size) -> Size:
    """Find the valid size whose edges change least, relative to what they were.

    The larger of both changes counts; between equals the one that keeps the shape. A valid size is
    its own nearest. Any integers are taken: what is not positive counts as one pixel.
    """
    if size_problem(size) is None:
        return size
    wanted = Size(_within(size.width, 1, _LONGEST_READ_PX), _within(size.height, 1, _LONGEST_READ_PX))
    return min(_valid_near(wanted), key=lambda found: _change(found, wanted))


def _valid_near(wanted: Size) -> Iterator[Size]:
    """For every possible width the valid heights around the wanted height and the wanted shape."""
    for across in range(1, _MAX_EDGE_CELLS + 1):
        least = max(-(-across // MAX_LONG_TO_SHORT), -(-_MIN_CELLS // across))
        most = min(across * MAX_LONG_TO_SHORT, _MAX_CELLS // across, _MAX_EDGE_CELLS)
        if least > most:
            continue
        by_height = wanted.height // GRID_PX
        by_shape = across * wanted.height // wanted.width
        for down in (by_height, by_height + 1, by_shape, by_shape + 1):
            yield Size(across * GRID_PX, _within(down, least, most) * GRID_PX)


def _within(number: int, least: int, most: int) -> int:
    return min(max(number, least), most)


def _change(found: Size, wanted: Size) -> tuple[float, float, int]:
    """How much longer or shorter an edge became at most, how much the shape did, and a fixed order."""
    across = found.width / wanted.width
    down = found.height / wanted.height
    edge = max(across, 1 / across, down, 1 / down)
    shape = max(across / down, down / across)
    return edge, shape, found.width


def is_ratio_allowed(ratio: Ratio) -> bool:
    """Whether the ratio is from 1:3 to 3:1, both included, with positive sides."""
    short, long = sorted((ratio.width, ratio.height))
    return short > 0 and long <= MAX_LONG_TO_SHORT * short


def ratio_of(size: Size) -> Ratio:
    """Reduce a size to its ratio in lowest terms: 85:48 for 1360x768."""
    divisor = gcd(size.width, size.height)
    return Ratio(size.width // divisor, size.height // divisor)


def size_for(ratio: Ratio, tier: Tier) -> Size:
    """Choose the size of `ratio` within the budget of `tier`.

    Never more pixels than the budget, the ratio off by less than 2 %. Among those the one that has the
    smallest sum of what it lacks of the budget and what it is off the ratio, so that neither
    is given up for a trifle of the other: 2:1 stays 1440x720 rather than 1456x720.

    Raises:
        ValueError: the ratio is not between 1:3 and 3:1. The parser refuses it before.

    """
    if not is_ratio_allowed(ratio):
        message = f"ratio {ratio} is not between 1:3 and 3:1"
        raise ValueError(message)
    if ratio.width < ratio.height:
        lying = size_for(Ratio(ratio.height, ratio.width), tier)
        return Size(lying.height, lying.width)
    long, short = min(_landscapes(ratio, tier), key=lambda cells: _regret(cells, ratio, tier))
    return Size(long * GRID_PX, short * GRID_PX)


def _landscapes(ratio: Ratio, tier: Tier) -> Iterator[tuple[int, int]]:
    """Yield valid (long, short) edges in grid cells, around the ideal and off the ratio by under 2 %."""
    budget = TIER_BUDGET_PX[tier] // _CELL_PX
    ideal_short = min(
        isqrt(budget * ratio.height // ratio.width), _MAX_EDGE_CELLS * ratio.height // ratio.width
    )
    for short in range(ideal_short * 9 // 10, ideal_short + 3):
        nearest_long = short * ratio.width // ratio.height
        for long in range(nearest_long - 2, nearest_long + 4):
            is_off_ratio = _ratio_error((long, short), ratio) >= RATIO_TOLERANCE
            if long * short > budget or is_off_ratio:
                continue
            if size_problem(Size(long * GRID_PX, short * GRID_PX)) is None:
                yield long, short


def _ratio_error(cells: tuple[int, int], ratio: Ratio) -> float:
    """How far the edges are off the ratio, as a share of it; the same for wider and narrower."""
    long, short = cells
    quotient = (long * ratio.height) / (short * ratio.width)
    return max(quotient, 1 / quotient) - 1


def _regret(cells: tuple[int, int], ratio: Ratio, tier: Tier) -> tuple[float, int]:
    """Add up what a size gives up: its share of the budget plus its share of the ratio."""
    long, short = cells
    lacking = 1 - long * short * _CELL_PX / TIER_BUDGET_PX[tier]
    return lacking + _ratio_error(cells, ratio), long
