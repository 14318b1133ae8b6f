"""What stands for each call, and leases broken by whoever is alone, on every database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.app.outside import Policy
from core.app.reconciling import Reconciler
from core.app.records import Outcome, Stage, WorkspaceRecord
from core.app.spending import BookedCall
from core.domain.gate import GateLimits
from core.domain.ids import AttemptId, MessageId, Micros, Platform, ReservationId, TurnId
from core.domain.quota import Allowance, Counter, Entry, EntryKind, Metric, Period, Scope, ScopeKind
from tests.contracts.database_samples import (
    ADA,
    HOUR,
    LONG_AGO,
    WORKSPACE,
    attempt,
    message,
    store,
    turn,
)
from tests.fakes.billing import FakeBilling
from tests.fakes.clock import FakeClock
from tests.fakes.ids import CountingIds
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from core.app.repositories import Database

DAY = LONG_AGO.date()
SINCE = datetime.combine(DAY, time.min, UTC)
MONEY = Allowance(Scope(ScopeKind.INSTALLATION), Metric.MICROS, Period.MONTH, 50_000_000)
MONTH = SINCE.replace(day=1)
POLICY = Policy(gate=GateLimits(1, 1))


def line(kind: EntryKind, micros: int, name: str = "a1", of: str = "u1") -> Entry:
    """A line about a call."""
    return Entry(kind, TurnId(of), ADA, WORKSPACE, 0, Micros(micros), LONG_AGO, attempt=AttemptId(name))


async def test_what_stands_for_a_call_is_summed(database: Database) -> None:
    """Settled, written off and corrected; holds and other calls' lines are not its own."""
    begun = {
        "a1": SINCE,
        "a2": SINCE + timedelta(days=1) - timedelta(microseconds=1),
        "a3": SINCE + timedelta(days=1),
        "a4": SINCE - timedelta(microseconds=1),
    }
    calls = {name: attempt(name, started_at=at, turn=TurnId("u1")) for name, at in begun.items()}
    await store(database, turn("u1"), turn("u2"))
    async with database.unit() as unit:
        for each in (*calls.values(), attempt("a5", engine="another", turn=TurnId("u2"), ordinal=1)):
            await unit.attempts.add(each)
        for entry in (
            line(EntryKind.HOLD, 99_999),
            line(EntryKind.WRITE_OFF, 6_000_000_000),
            line(EntryKind.CORRECTION, -1),
            line(EntryKind.SETTLE, 20),
            line(EntryKind.SETTLE, 7, name="a3"),
            line(EntryKind.RELEASE, 5),
        ):
            await unit.quotas.add_entry(entry)
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        found = await unit.quotas.booked(since=SINCE, until=SINCE + timedelta(days=1), engine="sandbox")
    assert found == [
        BookedCall(calls["a1"], Micros(6_000_000_019)),
        BookedCall(calls["a2"], Micros(0)),
    ]


async def test_only_an_estimate_is_repriced_and_only_as_it_was_read(database: Database) -> None:
    """Somebody who changed it meanwhile, and a price that was told, are not overwritten."""
    await store(database, turn("u1"), turn("u2"))
    async with database.unit() as unit:
        await unit.attempts.add(attempt("a1"))
        await unit.attempts.add(attempt("a2", turn=TurnId("u2")))
        name, told = AttemptId("a1"), AttemptId("a2")
        assert not await unit.attempts.reprice(name, was=Micros(0), cost=Micros(3))
        lost = attempt("a1", outcome=Outcome.LOST, cost=Micros(5_000), is_cost_estimated=True)
        await unit.attempts.close(lost)
        await unit.attempts.close(attempt("a2", outcome=Outcome.SUCCEEDED, cost=Micros(5_000)))
        assert await unit.attempts.reprice(name, was=Micros(5_000), cost=Micros(3))
        assert not await unit.attempts.reprice(name, was=Micros(5_000), cost=Micros(4))
        assert not await unit.attempts.reprice(told, was=Micros(5_000), cost=Micros(3))
        found = await unit.attempts.get(name)
        assert found is not None
        assert (found.cost, found.outcome, found.is_cost_estimated) == (3, Outcome.LOST, True)


async def test_reconcilers_at_once_correct_once(database: Database) -> None:
    """Every worker looks once a day; the one that is second finds the day changed, and leaves it."""
    await _one_lost_call(database)
    billing = FakeBilling("sandbox")
    billing.charge(1_234, LONG_AGO)
    clock = FakeClock(LONG_AGO + timedelta(days=2))
    await asyncio.gather(
        *(Reconciler(database, billing, clock, CountingIds(), POLICY, FakeReports()).run() for _ in range(4))
    )
    async with database.unit(read_only=True) as unit:
        (counter,) = await unit.quotas.peek([(MONEY, MONTH)])
        entries = await unit.quotas.entries()
    assert counter.used == 1_234
    assert [entry.micros for entry in entries] == [5_000, 1_234 - 5_000]


async def _one_lost_call(database: Database) -> None:
    await store(database, turn("u1", reservation=ReservationId("r1"), stage=Stage.FAILED))
    async with database.unit() as unit:
        await unit.people.save_workspace(WorkspaceRecord(WORKSPACE, Platform.WEB))
        await unit.attempts.add(attempt("a1"))
        lost = attempt("a1", outcome=Outcome.LOST, cost=Micros(5_000), is_cost_estimated=True)
        await unit.attempts.close(lost)
        await unit.quotas.counters([(MONEY, MONTH)])
        await unit.quotas.save_counters([Counter(MONEY, MONTH, used=5_000)])
        await unit.quotas.add_entry(line(EntryKind.WRITE_OFF, 5_000))
        await unit.commit()


async def test_broken_leases_are_free_at_once(database: Database) -> None:
    """Turns that a dead process held and messages that it was sending can be taken; others are as before."""
    await store(database, turn("u1", stage=Stage.GENERATING), turn("u2"))
    async with database.unit() as unit:
        await unit.messages.add(message("m1"))
        await unit.messages.add(message("m2"))
        assert await unit.messages.claim(MessageId("m1"), lease_s=600) is not None
        assert await unit.turns.claim(TurnId("u1"), holder="dead", lease_s=600) is not None
        now = await unit.now()
        assert await unit.messages.unsent(before=now + HOUR, limit=9) == ["m2"]
        assert await unit.turns.claim(TurnId("u1"), holder="me", lease_s=1) is None
        assert (await unit.turns.break_leases(), await unit.messages.break_leases()) == (1, 1)
        assert await unit.messages.unsent(before=now + HOUR, limit=9) == ["m1", "m2"]
        held = await unit.turns.get(TurnId("u1"))
        assert held is not None
        assert (held.held_by, held.lease_until, held.stage) == (None, None, Stage.GENERATING)
        assert await unit.turns.renew(TurnId("u1"), holder="dead", lease_s=1) is None
        assert await unit.turns.claim(TurnId("u1"), holder="me", lease_s=1) is not None
        assert (await unit.turns.break_leases(), await unit.messages.break_leases()) == (1, 0)
