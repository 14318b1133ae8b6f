"""The ledger against the bill: sums come out exactly, and only what can have been wrong is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import AttemptId, Micros, TurnId
from core.domain.reconciling import DayBooks, EstimatedCall, Verdict, judge, spread

DAY = date(2026, 11, 20)
NEXT = DAY + timedelta(days=1)
BEFORE = DayBooks(DAY - timedelta(days=1), Micros(0))


def call(number: int, estimate: int, booked: int | None = None) -> EstimatedCall:
    """A call that a crash cut."""
    stands = estimate if booked is None else booked
    return EstimatedCall(AttemptId(f"a{number}"), TurnId(f"u{number}"), Micros(estimate), Micros(stands))


amounts = st.integers(min_value=0, max_value=3_000_000)
calls = st.lists(st.tuples(amounts, amounts), max_size=12).map(
    lambda pairs: tuple(call(number, *pair) for number, pair in enumerate(pairs))
)


@st.composite
def spreadable(draw: st.DrawFn) -> tuple[int, tuple[EstimatedCall, ...]]:
    """Calls, and a sum that they can have cost together."""
    drawn = draw(calls)
    return draw(st.integers(0, sum(one.most for one in drawn))), drawn


@given(spreadable())
def test_shares_are_exact_and_within_their_bounds(given: tuple[int, tuple[EstimatedCall, ...]]) -> None:
    """Whatever is shared comes out to the micro-dollar, and no call costs more than it can have."""
    total, drawn = given
    shares = spread(total, drawn)
    assert shares is not None
    assert sum(shares) == total
    assert all(0 <= share <= one.most for share, one in zip(shares, drawn, strict=True))


@given(spreadable())
def test_shares_are_in_proportion(given: tuple[int, tuple[EstimatedCall, ...]]) -> None:
    """Nobody's share is a micro-dollar or more away from its part of the whole."""
    total, drawn = given
    most = sum(one.most for one in drawn)
    for share, one in zip(spread(total, drawn) or (), drawn, strict=True):
        assert abs(share * most - one.most * total) < max(most, 1)


@given(spreadable(), amounts)
def test_shares_depend_on_nothing_that_was_booked_below_the_estimate(
    given: tuple[int, tuple[EstimatedCall, ...]], booked: int
) -> None:
    """Correcting twice ends where correcting once would have: the way there is forgotten."""
    total, drawn = given
    bounded = tuple(replace(one, estimate=Micros(one.most)) for one in drawn)
    other = tuple(replace(one, booked=Micros(min(booked, one.most))) for one in bounded)
    assert spread(total, bounded) == spread(total, other)


@given(calls, st.integers(min_value=1, max_value=5_000_000))
def test_what_cannot_have_been_is_not_shared(drawn: tuple[EstimatedCall, ...], beyond: int) -> None:
    """More than all bounds together, or less than nothing, has another cause."""
    most = sum(one.most for one in drawn)
    assert spread(most + beyond, drawn) is None
    assert spread(-beyond, drawn) is None


@given(calls, amounts, st.integers(min_value=-9_000_000, max_value=9_000_000))
def test_a_day_is_mended_exactly_or_left_alone(drawn: tuple[EstimatedCall, ...], told: int, off: int) -> None:
    """Either all of the difference is booked, and judging again finds nothing, or nothing is changed."""
    books = DayBooks(DAY, Micros(told + sum(one.booked for one in drawn)), drawn)
    billed = {DAY: Micros(books.booked + off)}
    (verdict,) = judge((BEFORE, books), billed)
    assert verdict.difference == off
    if not verdict.is_right:
        assert verdict.repriced == ()
        assert spread(sum(one.booked for one in drawn) + off, drawn) is None
        return
    assert sum(one.difference for one in verdict.repriced) == off
    mended = {one.call.attempt: one.cost for one in verdict.repriced}
    after = tuple(replace(one, booked=mended.get(one.attempt, one.booked)) for one in drawn)
    booked = Micros(told + sum(one.booked for one in after))
    assert booked == billed[DAY]
    (again,) = judge((BEFORE, DayBooks(DAY, booked, after)), billed)
    assert again == Verdict(DAY, billed[DAY], booked)


def test_a_call_that_was_lost_may_have_cost_nothing_or_all() -> None:
    """The bill alone says which; two that look the same share what it says."""
    books = DayBooks(DAY, Micros(10_900), (call(1, 5_000), call(2, 5_000)))
    (verdict,) = judge((BEFORE, books), {DAY: Micros(5_901)})
    assert [one.cost for one in verdict.repriced] == [2_501, 2_500]


def test_what_was_told_is_never_changed() -> None:
    """A difference without an estimated call to explain it is another program's."""
    (verdict,) = judge((BEFORE, DayBooks(DAY, Micros(900))), {DAY: Micros(901)})
    assert not verdict.is_right
    assert verdict.repriced == ()


def test_a_day_with_a_call_that_is_not_booked_yet_waits() -> None:
    """What it will be booked at is not known; correcting others for it would be wrong tomorrow."""
    books = DayBooks(DAY, Micros(5_000), (call(1, 5_000),), unfinished=1)
    (verdict,) = judge((BEFORE, books), {DAY: Micros(4_000)})
    assert (verdict.repriced, verdict.unfinished, verdict.is_right) == ((), 1, False)


def test_a_call_over_midnight_is_counted_where_the_provider_counts_it() -> None:
    """Begun on one day and ended on the next: both days agree, whichever the provider takes."""
    first = DayBooks(DAY, Micros(700), over_midnight=Micros(300))
    second = DayBooks(NEXT, Micros(50))
    for moved in (0, 300):
        billed = {DAY: Micros(700 - moved), NEXT: Micros(50 + moved)}
        assert all(verdict.is_right for verdict in judge((BEFORE, first, second), billed))


def test_a_call_from_before_the_first_day_may_end_on_it() -> None:
    """The day before is only looked at for what it hands on."""
    before = replace(BEFORE, booked=Micros(40), over_midnight=Micros(40))
    verdicts = judge((before, DayBooks(DAY, Micros(700))), {DAY: Micros(740)})
    assert [(verdict.day, verdict.booked) for verdict in verdicts] == [(DAY, 740)]


def test_calls_over_midnight_are_counted_one_way_for_all_days() -> None:
    """Otherwise one call could be counted twice, or not at all."""
    first = DayBooks(DAY, Micros(700), over_midnight=Micros(300))
    second = DayBooks(NEXT, Micros(50), over_midnight=Micros(20))
    verdicts = judge((BEFORE, first, second), {DAY: Micros(700), NEXT: Micros(30)})
    assert [verdict.booked for verdict in verdicts] == [700, 50]
