"""Quota: all or nothing, in integers, and a refusal says which allowance and when it is back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import Micros
from core.domain.quota import (
    Allowance,
    Cost,
    Counter,
    LedgerFault,
    Metric,
    Period,
    Refusal,
    Scope,
    ScopeKind,
    correct,
    grant,
    release,
    remaining,
    reserve,
    settle,
    window_of,
    write_off,
)
from core.domain.quota_shares import share_reached, share_used

if TYPE_CHECKING:
    from random import Random

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)  # a Wednesday
PERSON = Scope(ScopeKind.ACTOR, "maria")
TEAM = Scope(ScopeKind.WORKSPACE, "team")
EVERYBODY = Scope(ScopeKind.INSTALLATION)


def counter(  # noqa: PLR0913 - a counter is that much
    scope: Scope = PERSON,
    metric: Metric = Metric.PICTURES,
    period: Period = Period.DAY,
    amount: int = 20,
    *,
    used: int = 0,
    held: int = 0,
    extra: int = 0,
) -> Counter:
    """Make a counter in the window around noon."""
    allowance = Allowance(scope, metric, period, amount)
    return Counter(allowance, window_of(allowance, NOON, BERLIN).start, used, held, extra)


def pictures(count: int) -> Cost:
    """A cost in pictures alone."""
    return Cost(pictures=count)


any_counter = st.builds(
    counter,
    st.builds(Scope, st.sampled_from(ScopeKind), st.sampled_from(["a", "b"])),
    st.sampled_from(Metric),
    st.sampled_from(Period),
    st.integers(0, 50),
    used=st.integers(0, 60),
    held=st.integers(0, 20),
    extra=st.integers(0, 20),
)
costs = st.builds(Cost, st.integers(0, 12), st.integers(0, 60).map(Micros))
counters_lists = st.lists(any_counter, max_size=5)


def test_the_last_of_an_allowance_can_be_reserved_and_one_more_cannot() -> None:
    """An allowance of 20 with 18 gone has room for two, not for three."""
    almost = counter(used=15, held=3)
    assert remaining(almost) == 2
    assert reserve([almost], pictures(2), BERLIN) == (counter(used=15, held=5),)
    refusal = reserve([almost], pictures(3), BERLIN)
    assert isinstance(refusal, Refusal)
    assert (refusal.counter, refusal.needed) == (almost, 3)


def test_a_refusal_says_when_the_allowance_is_back() -> None:
    """The end of the window, at midnight in the workspace's zone: 23:00 UTC in Berlin's winter."""
    refusal = reserve([counter(used=20)], pictures(1), BERLIN)
    assert isinstance(refusal, Refusal)
    assert refusal.back_at == datetime(2026, 11, 18, 23, tzinfo=UTC)


def test_of_several_refusals_the_one_that_lasts_longest_is_told() -> None:
    """Who is out for the day and for the month learns of the month."""
    full = [
        counter(used=20),
        counter(TEAM, period=Period.MONTH, used=20),
        counter(TEAM, period=Period.WEEK, used=20),
    ]
    refusal = reserve(full, pictures(1), BERLIN)
    assert isinstance(refusal, Refusal)
    assert refusal.counter == full[1]
    assert refusal.back_at == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_between_equals_the_narrowest_is_told() -> None:
    """A person's own limit is named before the team's."""
    full = [counter(TEAM, used=20), counter(used=20)]
    refusal = reserve(full, pictures(1), BERLIN)
    assert isinstance(refusal, Refusal)
    assert refusal.counter.allowance.scope == PERSON


def test_more_than_the_whole_allowance_is_never_back() -> None:
    """Eight pictures at once do not fit into five a day, today or tomorrow."""
    refusal = reserve([counter(amount=5), counter(TEAM, used=20)], pictures(8), BERLIN)
    assert isinstance(refusal, Refusal)
    assert refusal.counter.allowance.amount == 5
    assert refusal.back_at is None


def test_what_costs_nothing_is_never_refused_for_money() -> None:
    """A free picture needs no money, even where the month's budget is overdrawn."""
    broke = counter(TEAM, Metric.MICROS, Period.MONTH, 100, used=150)
    assert reserve([broke], pictures(1), BERLIN) == (broke,)
    assert isinstance(reserve([broke], Cost(1, Micros(1)), BERLIN), Refusal)


def test_the_installations_window_is_the_same_for_all_time_zones() -> None:
    """Workspaces in Tokyo and New York share one monthly budget, so they share its month."""
    month = Allowance(EVERYBODY, Metric.MICROS, Period.MONTH, 100)
    late = datetime(2026, 11, 30, 20, tzinfo=UTC)
    tokyo, new_york = (window_of(month, late, ZoneInfo(name)) for name in ("Asia/Tokyo", "America/New_York"))
    assert tokyo == new_york
    own = Allowance(TEAM, Metric.MICROS, Period.MONTH, 100)
    assert window_of(own, late, ZoneInfo("Asia/Tokyo")) != window_of(own, late, ZoneInfo("America/New_York"))


@given(counters=counters_lists, cost=costs)
def test_reserving_is_all_or_nothing(counters: list[Counter], cost: Cost) -> None:
    """Every allowance has room and holds its part, or there is a refusal that names one without room."""

    def part(of: Counter) -> int:
        return cost.of(of.allowance.metric)

    def has_room(of: Counter) -> bool:
        return part(of) == 0 or of.used + of.held + part(of) <= of.allowance.amount + of.extra

    verdict = reserve(counters, cost, BERLIN)
    if isinstance(verdict, Refusal):
        assert not has_room(verdict.counter)
        assert verdict.counter in counters
        assert verdict.needed == part(verdict.counter)
        assert (verdict.back_at is None) == (verdict.needed > verdict.counter.allowance.amount)
        return
    for before, after in zip(counters, verdict, strict=True):
        assert has_room(before)
        assert (after.used, after.held) == (before.used, before.held + part(before))


@given(counters=counters_lists, cost=costs, order=st.randoms(use_true_random=False))
def test_a_refusal_does_not_depend_on_the_order_of_the_counters(
    counters: list[Counter], cost: Cost, order: Random
) -> None:
    """Whichever way the database returns them, the same allowance is told."""
    distinct = list({one.allowance.order: one for one in counters}.values())
    shuffled = list(distinct)
    order.shuffle(shuffled)
    first, second = reserve(distinct, cost, BERLIN), reserve(shuffled, cost, BERLIN)
    assert isinstance(first, Refusal) == isinstance(second, Refusal)
    if isinstance(first, Refusal):
        assert first == second


@given(counters=counters_lists, cost=costs, actual=costs)
def test_a_hold_leaves_no_trace_but_what_was_spent(counters: list[Counter], cost: Cost, actual: Cost) -> None:
    """Settling books the actual cost; releasing restores what was before."""
    held = reserve(counters, cost, BERLIN)
    if isinstance(held, Refusal):
        return
    assert release(held, cost) == tuple(counters)
    for before, after in zip(counters, settle(held, cost, actual), strict=True):
        assert after.held == before.held
        assert after.used == before.used + actual.of(before.allowance.metric)


def test_settling_may_overdraw_by_the_difference() -> None:
    """What was really spent is booked, even past the amount; nothing is left then, not less."""
    money = counter(TEAM, Metric.MICROS, amount=100, used=50, held=50)
    (after,) = settle([money], Cost(1, Micros(50)), Cost(1, Micros(70)))
    assert (after.used, after.held) == (120, 0)
    assert remaining(after) == 0


def test_ending_a_hold_that_is_not_there_is_our_fault() -> None:
    """A counter never holds less than nothing: that would hide a hold ended twice."""
    with pytest.raises(LedgerFault, match="holds 1"):
        release([counter(held=1)], pictures(2))
    with pytest.raises(LedgerFault):
        settle([counter(held=1)], pictures(2), pictures(1))


@given(counters=counters_lists, billed=st.integers(0, 50).map(Micros))
def test_a_write_off_is_never_a_persons(counters: list[Counter], billed: Micros) -> None:
    """What was billed for nothing counts against the money of workspace and installation alone."""
    for before, after in zip(counters, write_off(counters, billed), strict=True):
        bears = before.allowance.metric is Metric.MICROS and before.allowance.scope.kind in {
            ScopeKind.WORKSPACE,
            ScopeKind.INSTALLATION,
        }
        assert after.used == before.used + (billed if bears else 0)
        assert after.held == before.held


def test_a_correction_takes_a_write_off_back() -> None:
    """A call that was thought to be billed and was not gives the workspace its money back, no more."""
    mine, ours = counter(used=3), counter(TEAM, Metric.MICROS, amount=100)
    booked = write_off([mine, ours], Micros(40))
    assert correct(booked, -40) == (mine, ours)
    assert correct(booked, -10)[1].used == 30
    with pytest.raises(LedgerFault, match="cannot take back 41"):
        correct(booked, -41)


@pytest.mark.parametrize(("part", "value"), [("pictures", -1), ("micros", -1)])
def test_a_negative_cost_is_refused(part: str, value: int) -> None:
    """Nobody earns quota by making pictures."""
    with pytest.raises(ValueError, match="negative"):
        Cost(**{part: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("used", "extra", "share"),
    [(15, 0, None), (16, 0, 80), (19, 0, 80), (20, 0, 100), (25, 0, 100), (20, 10, None), (24, 10, 80)],
)
def test_a_share_worth_a_warning_is_named(used: int, extra: int, share: int | None) -> None:
    """The higher one wins, and what was granted for this window counts as room."""
    assert share_reached(counter(used=used, extra=extra)) == share


def test_an_allowance_of_nothing_is_full_and_never_warns() -> None:
    """Zero pictures means none, without dividing by it."""
    nothing = counter(amount=0)
    assert share_used(nothing) == 100
    assert share_reached(counter(amount=0, used=5)) is None
    assert isinstance(reserve([nothing], pictures(1), BERLIN), Refusal)


def test_a_grant_makes_room_in_its_window_alone() -> None:
    """Three more on a full day of 20: three fit, a fourth does not, and there is more at midnight."""
    richer = grant(counter(used=20), 3)
    assert remaining(richer) == 3
    assert reserve([richer], pictures(3), BERLIN) == (counter(used=20, held=3, extra=3),)
    refusal = reserve([richer], pictures(4), BERLIN)
    assert isinstance(refusal, Refusal)
    assert refusal.back_at == datetime(2026, 11, 18, 23, tzinfo=UTC)
    next_day = counter(amount=5, extra=10, used=12)
    lasting = reserve([next_day], pictures(8), BERLIN)
    assert isinstance(lasting, Refusal)
    assert lasting.back_at is None, "tomorrow there are five again, never eight"


@given(counters=st.lists(any_counter, min_size=1, max_size=5), cost=costs, amount=st.integers(1, 40))
def test_whoever_was_admitted_is_admitted_with_a_grant_too(
    counters: list[Counter], cost: Cost, amount: int
) -> None:
    """A grant never takes anything away, and leaves what is used and held alone."""
    granted = [grant(one, amount) for one in counters]
    assert all(remaining(after) >= remaining(before) for before, after in zip(counters, granted, strict=True))
    assert [(one.used, one.held) for one in granted] == [(one.used, one.held) for one in counters]
    if not isinstance(reserve(counters, cost, BERLIN), Refusal):
        assert not isinstance(reserve(granted, cost, BERLIN), Refusal)


@pytest.mark.parametrize("amount", [0, -3])
def test_a_grant_of_nothing_or_less_is_refused(amount: int) -> None:
    """Who wants to take something away sets another allowance."""
    with pytest.raises(ValueError, match="gives something"):
        grant(counter(), amount)


def test_the_share_used_is_rounded_down() -> None:
    """79.9 percent is not 80."""
    assert share_used(counter(amount=1000, used=799)) == 79
