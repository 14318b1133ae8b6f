"""Sizes: every ratio and tier ends in a size that the models accept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.generation import Size
from core.domain.shape import Ratio, Tier
from core.domain.sizing import (
    TIER_BUDGET_PX,
    SizeRule,
    is_ratio_allowed,
    nearest_valid,
    ratio_of,
    size_for,
    size_problem,
)

SMALL_RATIOS = [
    Ratio(width, height)
    for width in range(1, 101)
    for height in range(1, 101)
    if width <= 3 * height and height <= 3 * width
]


def obeys_the_models_rules(size: Size) -> bool:
    """Check the documented rules in their plainest form, apart from the code under test."""
    width, height = size.width, size.height
    return (
        width % 16 == 0
        and height % 16 == 0
        and max(width, height) <= 3840
        and max(width, height) <= 3 * min(width, height)
        and 655_360 <= width * height <= 8_294_400
    )


def is_off_by_under_two_percent(size: Size, ratio: Ratio) -> bool:
    """Compare in integers, so that no rounding hides a miss."""
    got, wanted = size.width * ratio.height, size.height * ratio.width
    return 100 * abs(got - wanted) < 2 * min(got, wanted)


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    """Any ratio from 1:3 to 3:1, as fine as a decimal fraction can be, ends included."""
    height = draw(st.integers(1, 10**15))
    width = draw(st.integers(-(-height // 3), 3 * height))
    return Ratio(width, height)


def assert_fits(size: Size, ratio: Ratio, tier: Tier) -> None:
    """Hold a size to everything that is promised of it."""
    assert obeys_the_models_rules(size), (ratio, tier, size)
    assert size.pixels <= TIER_BUDGET_PX[tier], (ratio, tier, size)
    assert is_off_by_under_two_percent(size, ratio), (ratio, tier, size)
    # 3,840 px caps what a long ratio can reach of the 4k budget.
    short, long = sorted((ratio.width, ratio.height))
    reachable = min(TIER_BUDGET_PX[tier], 3840 * 3840 * short // long)
    assert size.pixels >= reachable * 96 // 100, (ratio, tier, size)


@pytest.mark.parametrize("tier", list(Tier))
def test_ratios_of_small_numbers_fit(tier: Tier) -> None:
    """Ratios W:H of numbers up to 100, every fifth, give a valid size close to its budget."""
    for ratio in SMALL_RATIOS[::5]:
        assert_fits(size_for(ratio, tier), ratio, tier)


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("ratio", [Ratio(3, 1), Ratio(1, 3), Ratio(299, 100), Ratio(2999, 1000), Ratio(1, 1)])
def test_the_ends_of_the_range_fit(tier: Tier, ratio: Ratio) -> None:
    """At 3:1 and 1:3 the size still obeys all rules, although the grid leaves little room."""
    assert_fits(size_for(ratio, tier), ratio, tier)


@settings(max_examples=200, deadline=None)
@given(ratio=ratios(), tier=st.sampled_from(Tier))
def test_any_ratio_fits(ratio: Ratio, tier: Tier) -> None:
    """However fine the ratio is, its size is valid, within the budget, near it, and off by under 2 %."""
    assert_fits(size_for(ratio, tier), ratio, tier)


@settings(max_examples=60, deadline=None)
@given(ratio=ratios(), tier=st.sampled_from(Tier))
def test_portrait_is_landscape_turned(ratio: Ratio, tier: Tier) -> None:
    """Turning the ratio turns the size."""
    lying = size_for(ratio, tier)
    assert size_for(Ratio(ratio.height, ratio.width), tier) == Size(lying.height, lying.width)


@settings(max_examples=60, deadline=None)
@given(ratio=st.sampled_from(SMALL_RATIOS), factor=st.integers(2, 10**6), tier=st.sampled_from(Tier))
def test_a_ratio_means_the_same_however_it_is_written(ratio: Ratio, factor: int, tier: Tier) -> None:
    """32:18 is 16:9."""
    assert size_for(Ratio(ratio.width * factor, ratio.height * factor), tier) == size_for(ratio, tier)


@pytest.mark.parametrize(
    ("ratio", "tier", "size"),
    [
        (Ratio(1, 1), Tier.ONE_K, Size(1024, 1024)),
        (Ratio(16, 9), Tier.ONE_K, Size(1360, 768)),
        (Ratio(9, 16), Tier.ONE_K, Size(768, 1360)),
        (Ratio(3, 2), Tier.ONE_K, Size(1248, 832)),
        (Ratio(2, 1), Tier.ONE_K, Size(1440, 720)),
        (Ratio(1, 1), Tier.TWO_K, Size(2048, 2048)),
        (Ratio(1, 1), Tier.FOUR_K, Size(2880, 2880)),
        (Ratio(16, 9), Tier.FOUR_K, Size(3840, 2160)),
        (Ratio(9, 16), Tier.FOUR_K, Size(2160, 3840)),
        (Ratio(3, 1), Tier.FOUR_K, Size(3840, 1280)),
    ],
)
def test_the_documented_sizes_come_out(ratio: Ratio, tier: Tier, size: Size) -> None:
    """The sizes that the product page names are the ones that are sent."""
    assert size_for(ratio, tier) == size


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("ratio", SMALL_RATIOS[:: len(SMALL_RATIOS) // 6])
def test_no_valid_size_gives_up_less(ratio: Ratio, tier: Tier) -> None:
    """Looking at every valid size there is finds none that loses less of the budget and ratio together."""

    def regret(size: Size) -> float:
        quotient = size.width * ratio.height / (size.height * ratio.width)
        return 1 - size.pixels / TIER_BUDGET_PX[tier] + max(quotient, 1 / quotient) - 1

    every = (Size(16 * across, 16 * down) for across in range(1, 241) for down in range(1, 241))
    fitting = [
        size
        for size in every
        if obeys_the_models_rules(size)
        and size.pixels <= TIER_BUDGET_PX[tier]
        and is_off_by_under_two_percent(size, ratio)
    ]
    assert regret(size_for(ratio, tier)) == pytest.approx(min(map(regret, fitting)))


@pytest.mark.parametrize("ratio", [Ratio(301, 100), Ratio(1, 4), Ratio(0, 1), Ratio(1, 0), Ratio(-1, -1)])
def test_a_ratio_outside_the_range_is_refused(ratio: Ratio) -> None:
    """A ratio that no model accepts never becomes a size."""
    assert not is_ratio_allowed(ratio)
    with pytest.raises(ValueError, match="not between 1:3 and 3:1"):
        size_for(ratio, Tier.ONE_K)


def test_the_ends_of_the_range_are_allowed() -> None:
    """1:3 and 3:1 belong to the range."""
    assert is_ratio_allowed(Ratio(1, 3))
    assert is_ratio_allowed(Ratio(3, 1))


@pytest.mark.parametrize(
    ("size", "rule"),
    [
        (Size(1024, 1024), None),
        (Size(816, 816), None),
        (Size(1024, 640), None),
        (Size(2880, 2880), None),
        (Size(3840, 2160), None),
        (Size(3840, 1280), None),
        (Size(1920, 1080), SizeRule.OFF_GRID),
        (Size(1023, 1024), SizeRule.OFF_GRID),
        (Size(3856, 2144), SizeRule.EDGE_TOO_LONG),
        (Size(3840, 1264), SizeRule.RATIO_TOO_EXTREME),
        (Size(800, 816), SizeRule.TOO_FEW_PIXELS),
        (Size(512, 512), SizeRule.TOO_FEW_PIXELS),
        (Size(0, 0), SizeRule.TOO_FEW_PIXELS),
        (Size(-1600, -1600), SizeRule.TOO_FEW_PIXELS),
        (Size(2896, 2880), SizeRule.TOO_MANY_PIXELS),
    ],
)
def test_each_rule_is_named_when_it_is_broken(size: Size, rule: SizeRule | None) -> None:
    """A size that a model would refuse is refused here, by the rule it breaks."""
    assert size_problem(size) == rule


@settings(max_examples=200)
@given(st.builds(Size, st.integers(-20, 4200), st.integers(-20, 4200)))
def test_a_size_has_a_problem_exactly_when_it_breaks_a_rule(size: Size) -> None:
    """The check agrees with the documented rules on any size."""
    assert (size_problem(size) is None) == (size.width > 0 and obeys_the_models_rules(size))


@pytest.mark.parametrize(
    ("size", "nearest"),
    [
        (Size(1920, 1080), Size(1920, 1088)),
        (Size(512, 512), Size(816, 816)),
        (Size(4096, 4096), Size(2880, 2880)),
        (Size(10_000, 5_000), Size(3840, 1920)),
        (Size(5_000, 1_000), Size(3840, 1280)),
        (Size(1000, 1000), Size(1008, 1008)),
        (Size(0, 0), Size(816, 816)),
    ],
)
def test_the_nearest_size_is_what_a_person_would_expect(size: Size, nearest: Size) -> None:
    """The size offered instead changes the edges as little as the rules allow."""
    assert nearest_valid(size) == nearest


@settings(max_examples=60, deadline=None)
@given(st.builds(Size, st.integers(-5, 10**20), st.integers(-5, 10**20)))
def test_whatever_was_asked_the_nearest_size_is_valid(size: Size) -> None:
    """The size offered instead is always one that is accepted."""
    assert obeys_the_models_rules(nearest_valid(size))


@settings(max_examples=60, deadline=None)
@given(ratio=ratios(), tier=st.sampled_from(Tier))
def test_a_valid_size_is_its_own_nearest(ratio: Ratio, tier: Tier) -> None:
    """Nothing else is offered in place of a size that is right."""
    size = size_for(ratio, tier)
    assert nearest_valid(size) == size


def test_the_nearest_size_is_the_best_of_all() -> None:
    """Looking at every valid size there is finds none whose edges change less."""

    def change(found: Size, wanted: Size) -> float:
        across, down = found.width / wanted.width, found.height / wanted.height
        return max(across, 1 / across, down, 1 / down)

    every = (Size(16 * across, 16 * down) for across in range(1, 241) for down in range(1, 241))
    valid = [size for size in every if obeys_the_models_rules(size)]
    for wanted in (Size(1919, 1081), Size(300, 2000), Size(3000, 3000), Size(777, 777), Size(4000, 1200)):
        best = min(change(size, wanted) for size in valid)
        assert change(nearest_valid(wanted), wanted) == pytest.approx(best)


def test_the_ratio_of_a_size_is_in_lowest_terms() -> None:
    """A finished picture's size gives the ratio that another tier can be made from."""
    assert ratio_of(Size(1360, 768)) == Ratio(85, 48)
    assert ratio_of(Size(2880, 2880)) == Ratio(1, 1)
