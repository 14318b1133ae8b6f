"""The ledger: its books balance whatever is done to it, in whatever order, however often."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.domain.ids import ActorId, AttemptId, Micros, ReservationId, TurnId, WorkspaceId
from core.domain.ledger import Claim, CounterKey, Ledger
from core.domain.quota import (
    Allowance,
    Cost,
    EntryKind,
    Metric,
    Period,
    Refusal,
    Scope,
    ScopeKind,
    window_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BERLIN = ZoneInfo("Europe/Berlin")
# Half an hour before midnight in Berlin, on the day before the clocks go back.
START = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
TEAM = WorkspaceId("team")
INSTALLATION = Scope(ScopeKind.INSTALLATION)
WORKSPACE = Scope(ScopeKind.WORKSPACE, TEAM)
PEOPLE = tuple(ActorId(name) for name in ("maria", "jun", "ines"))


@cache
def window_start(allowance: Allowance, at: datetime) -> datetime:
    """Where the allowance's window began, remembered because the checks ask thousands of times."""
    return window_of(allowance, at, BERLIN).start


@cache
def allowances() -> tuple[Allowance, ...]:
    """Limits in pictures and money, of each person, the team and everybody, tight enough to refuse."""
    return (
        *(Allowance(Scope(ScopeKind.ACTOR, person), Metric.PICTURES, Period.DAY, 60) for person in PEOPLE),
        Allowance(Scope(ScopeKind.ACTOR, PEOPLE[0]), Metric.MICROS, Period.WEEK, 6_000),
        Allowance(WORKSPACE, Metric.PICTURES, Period.DAY, 150),
        Allowance(WORKSPACE, Metric.MICROS, Period.WEEK, 14_000),
        Allowance(INSTALLATION, Metric.MICROS, Period.MONTH, 30_000),
    )


def claim(name: str, actor: ActorId, cost: Cost) -> Claim:
    """Somebody in the team wants to hold a cost."""
    scopes = frozenset({Scope(ScopeKind.ACTOR, actor), WORKSPACE, INSTALLATION})
    return Claim(ReservationId(name), TurnId(f"turn-{name}"), actor, TEAM, scopes, cost)


@dataclass
class World:
    """A ledger under random operations, and books of our own beside it, kept in another way."""

    random: Random
    ledger: Ledger = field(default_factory=lambda: Ledger(BERLIN, allowances()))
    now: datetime = START
    claims: dict[ReservationId, Claim] = field(default_factory=dict)
    taken_at: dict[ReservationId, datetime] = field(default_factory=dict)
    settled: dict[ReservationId, Cost] = field(default_factory=dict)
    given_back: set[ReservationId] = field(default_factory=set)
    lost: dict[AttemptId, tuple[Micros, datetime]] = field(default_factory=dict)
    granted: dict[CounterKey, int] = field(default_factory=lambda: defaultdict(int))
    refusals: int = 0

    def step(self) -> None:
        """Do one thing, often on holds that have ended or never were."""
        self.now += timedelta(seconds=self.random.choice([0, 1, 60, 3600]))
        acts: tuple[Callable[[], None], ...] = (
            self.hold,
            self.hold,
            self.hold,
            self.settle,
            self.settle,
            self.release,
            self.release,
            self.write_off,
            self.grant,
            self.change_allowance,
        )
        self.random.choice(acts)()

    def some_hold(self) -> ReservationId:
        """The newest open hold, or any that was ever taken, or one nobody knows."""
        if self.ledger.open_holds and self.random.random() < 0.5:
            return list(self.ledger.open_holds)[-1]
        return self.random.choice([*self.taken_at, ReservationId("unknown")])

    def some_cost(self) -> Cost:
        return Cost(self.random.randint(0, 8), Micros(self.random.randint(0, 400)))

    def hold(self) -> None:
        if self.random.random() < 0.1 and self.claims:
            wish = self.random.choice(list(self.claims.values()))
        else:
            wish = claim(f"r{len(self.claims)}", self.random.choice(PEOPLE), self.some_cost())
        self.claims[wish.reservation] = wish
        verdict = self.ledger.hold(wish, self.now)
        if isinstance(verdict, Refusal):
            self.refusals += 1
            return
        self.ledger = verdict
        self.taken_at.setdefault(wish.reservation, self.now)

    def settle(self) -> None:
        hold, actual = self.some_hold(), self.some_cost()
        self.ledger = self.ledger.settle(hold, AttemptId(f"a-{hold}"), actual, self.now)
        if self.is_open(hold):
            self.settled[hold] = actual

    def release(self) -> None:
        hold = self.some_hold()
        self.ledger = self.ledger.release(hold, self.now)
        self.give_back(hold)

    def write_off(self) -> None:
        if not self.claims:
            return
        wish = self.random.choice(list(self.claims.values()))
        attempt = AttemptId(f"lost-{wish.reservation}")
        billed = Micros(self.random.randint(0, 200))
        self.ledger = self.ledger.write_off(wish, attempt, billed, self.now)
        self.lost.setdefault(attempt, (billed, self.now))

    def grant(self) -> None:
        """Somebody gets more for now, in each window of theirs that counts it."""
        scope = self.random.choice([WORKSPACE, *(Scope(ScopeKind.ACTOR, person) for person in PEOPLE)])
        amount = self.random.randint(1, 5)
        self.ledger = self.ledger.grant(scope, Metric.PICTURES, amount, self.now)
        for allowance in allowances():
            if (allowance.scope, allowance.metric) == (scope, Metric.PICTURES):
                self.granted[allowance.name, window_start(allowance, self.now)] += amount

    def change_allowance(self) -> None:
        """An admin sets another amount; what is used and held stays what it is."""
        allowance = self.random.choice(allowances())
        amount = max(1, allowance.amount + self.random.randint(-9, 9))
        self.ledger = self.ledger.allow(replace(allowance, amount=amount))

    def is_open(self, hold: ReservationId) -> bool:
        """Whether our own books know the hold as open."""
        return hold in self.taken_at and hold not in self.settled and hold not in self.given_back

    def give_back(self, hold: ReservationId) -> None:
        if self.is_open(hold):
            self.given_back.add(hold)


def expected_counters(world: World) -> Mapping[CounterKey, tuple[int, int]]:
    """What each counter should have used and held, worked out from our own books alone."""
    used: dict[tuple[Allowance, datetime], int] = defaultdict(int)
    held: dict[tuple[Allowance, datetime], int] = defaultdict(int)
    for hold, taken_at in world.taken_at.items():
        wish = world.claims[hold]
        for allowance in allowances():
            if allowance.scope not in wish.scopes:
                continue
            key = (allowance, window_start(allowance, taken_at))
            used[key] += world.settled.get(hold, Cost()).of(allowance.metric)
            held[key] += wish.cost.of(allowance.metric) if world.is_open(hold) else 0
    for billed, at in world.lost.values():
        for allowance in allowances():
            if allowance.metric is Metric.MICROS and allowance.scope in {WORKSPACE, INSTALLATION}:
                used[allowance, window_start(allowance, at)] += billed
    return {(key[0].name, key[1]): (used[key], held[key]) for key in {*used, *held}}


def check_balance(world: World) -> None:
    """Used is what was settled and written off, held is what is open, and nothing is negative."""
    expected = expected_counters(world)
    for key, counter in world.ledger.counters.items():
        assert (counter.used, counter.held) == expected.get(key, (0, 0)), key
        assert counter.used >= 0
        assert counter.held >= 0
        assert counter.extra == world.granted[key]
    assert expected.keys() <= world.ledger.counters.keys()


def check_ends(world: World) -> None:
    """Every hold is taken once and ended at most once, and the open ones are those without an end."""
    holds = [line.reservation for line in world.ledger.entries if line.kind is EntryKind.HOLD]
    ends = [
        line.reservation
        for line in world.ledger.entries
        if line.kind in {EntryKind.SETTLE, EntryKind.RELEASE}
    ]
    assert len(holds) == len(set(holds))
    assert len(ends) == len(set(ends))
    assert set(holds) - set(ends) == set(world.ledger.open_holds)
    assert set(ends) == set(world.ledger.ended) <= set(holds)


def check_entries(world: World) -> None:
    """The lines alone tell what was spent, in the order in which it happened."""
    lines = world.ledger.entries
    spent = sum(line.micros for line in lines if line.kind is EntryKind.SETTLE)
    lost = [line for line in lines if line.kind is EntryKind.WRITE_OFF]
    assert spent == sum(cost.micros for cost in world.settled.values())
    assert sum(line.micros for line in lost) == sum(billed for billed, _ in world.lost.values())
    assert all(line.pictures == 0 for line in lost)
    assert len({line.attempt for line in lost}) == len(lost)
    assert all(earlier.at <= later.at for earlier, later in pairwise(lines))


@pytest.mark.parametrize("seed", range(3))
def test_the_books_balance_through_a_thousand_random_operations(seed: int) -> None:
    """Holds, ends, repeats and write-offs in any order, across midnight and the end of summer time."""
    world = World(Random(seed))
    for number in range(1_000):
        before = world.ledger.entries
        world.step()
        assert world.ledger.entries[: len(before)] == before
        if number % 10 == 0:
            check_balance(world)
            check_ends(world)
            check_entries(world)
    check_balance(world)
    check_ends(world)
    check_entries(world)
    assert world.refusals > 20
    assert len(world.settled) > 50
    assert len(world.given_back) > 50
    assert len({start for _, start in world.ledger.counters}) > 10


@pytest.mark.parametrize("seed", range(3))
def test_a_hold_is_never_admitted_past_an_allowance(seed: int) -> None:
    """Without overdrafts and losses, used and held together never exceed the amount."""
    random = Random(seed)
    ledger = Ledger(BERLIN, allowances())
    for number in range(400):
        cost = Cost(random.randint(1, 6), Micros(random.randint(1, 300)))
        wish = claim(f"r{number}", random.choice(PEOPLE), cost)
        verdict = ledger.hold(wish, START)
        if isinstance(verdict, Refusal):
            continue
        ledger = verdict
        if random.random() < 0.7:
            ledger = ledger.settle(wish.reservation, AttemptId("a"), cost, START)
        for counter in ledger.counters.values():
            assert counter.used + counter.held <= counter.allowance.amount


def test_a_hold_settles_in_the_day_in_which_it_was_taken() -> None:
    """Taken at half past eleven, finished after midnight: it counts for yesterday."""
    wish = claim("late", PEOPLE[1], Cost(3))
    ledger = Ledger(BERLIN, allowances()).hold(wish, START)
    assert isinstance(ledger, Ledger)
    after_midnight = START + timedelta(hours=2)
    ledger = ledger.settle(wish.reservation, AttemptId("a"), Cost(2), after_midnight)
    daily = allowances()[1]
    yesterday = window_of(daily, START, BERLIN).start
    today = window_of(daily, after_midnight, BERLIN).start
    assert ledger.counters[daily.name, yesterday].used == 2
    assert (daily.name, today) not in ledger.counters


def test_saying_it_twice_changes_nothing() -> None:
    """A repeated hold, end or write-off leaves the ledger as it is."""
    wish = claim("once", PEOPLE[1], Cost(3, Micros(30)))
    held = Ledger(BERLIN, allowances()).hold(wish, START)
    assert isinstance(held, Ledger)
    assert held.hold(wish, START) is held
    ended = held.settle(wish.reservation, AttemptId("a"), Cost(1), START)
    assert ended.settle(wish.reservation, AttemptId("a"), Cost(8), START) is ended
    assert ended.release(wish.reservation, START) is ended
    assert ended.hold(wish, START) is ended
    lost = ended.write_off(wish, AttemptId("b"), Micros(5), START)
    assert lost.write_off(wish, AttemptId("b"), Micros(7), START) is lost
    assert [line.kind for line in lost.entries] == [EntryKind.HOLD, EntryKind.SETTLE, EntryKind.WRITE_OFF]


def test_of_500_requests_for_100_pictures_exactly_100_are_admitted() -> None:
    """Whatever comes after the last of an allowance is refused, with the time it is back."""
    scope = Scope(ScopeKind.CHANNEL, "art")
    ledger = Ledger(BERLIN, (Allowance(scope, Metric.PICTURES, Period.DAY, 100),))
    admitted = 0
    for number in range(500):
        wish = Claim(
            ReservationId(str(number)),
            TurnId(str(number)),
            PEOPLE[0],
            TEAM,
            frozenset({scope}),
            Cost(1),
        )
        verdict = ledger.hold(wish, START)
        if isinstance(verdict, Refusal):
            assert verdict.back_at == START + timedelta(minutes=30)
            continue
        ledger, admitted = verdict, admitted + 1
    assert admitted == 100


def test_a_removed_allowance_still_ends_its_holds() -> None:
    """Who was admitted under a limit that is gone is settled all the same, and nobody is refused by it."""
    wish = claim("removed", PEOPLE[1], Cost(3))
    ledger = Ledger(BERLIN, allowances()).hold(wish, START)
    assert isinstance(ledger, Ledger)
    daily = allowances()[1]
    ledger = ledger.without(daily.name).settle(wish.reservation, AttemptId("a"), Cost(2), START)
    counter = ledger.counters[daily.name, window_of(daily, START, BERLIN).start]
    assert (counter.used, counter.held) == (2, 0)
    assert isinstance(ledger.hold(claim("more", PEOPLE[1], Cost(61)), START), Ledger)


def test_a_grant_is_over_with_its_window() -> None:
    """Ten more today are ten more until midnight, for holds of before as for those of after."""
    scope = Scope(ScopeKind.ACTOR, PEOPLE[1])
    full = Ledger(BERLIN, allowances()).hold(claim("full", PEOPLE[1], Cost(60)), START)
    assert isinstance(full, Ledger)
    assert isinstance(full.hold(claim("more", PEOPLE[1], Cost(1)), START), Refusal)
    granted = full.grant(scope, Metric.PICTURES, 10, START)
    assert isinstance(granted.hold(claim("more", PEOPLE[1], Cost(10)), START), Ledger)
    tomorrow = START + timedelta(hours=2)
    assert isinstance(granted.hold(claim("too much", PEOPLE[1], Cost(61)), tomorrow), Refusal)
