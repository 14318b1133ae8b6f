"""Allowances, counters, holds and the ledger, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from core.app.records import ActorRecord
from core.app.spending import SpendRow
from core.domain.ids import ActorId, AttemptId, Micros, ReservationId, TurnId, WorkspaceId
from core.domain.quota import (
    Allowance,
    Cost,
    Counter,
    Entry,
    EntryKind,
    Metric,
    Period,
    Reservation,
    Scope,
    ScopeKind,
)
from tests.contracts.database_samples import ADA, BEN, HOUR, LONG_AGO, WORKSPACE

if TYPE_CHECKING:
    from core.app.repositories import Database

ADAS = Allowance(Scope(ScopeKind.ACTOR, ADA), Metric.PICTURES, Period.DAY, 20)
TEAMS = Allowance(Scope(ScopeKind.WORKSPACE, WORKSPACE), Metric.MICROS, Period.MONTH, 9_000_000_000)
ALL = Allowance(Scope(ScopeKind.INSTALLATION), Metric.MICROS, Period.MONTH, 50_000_000)
TODAY = LONG_AGO.replace(hour=0, minute=0, second=0, microsecond=0)
R1 = ReservationId("r1")


def _entry(kind: EntryKind = EntryKind.SETTLE, **changes: object) -> Entry:
    entry = Entry(kind, TurnId("u1"), ADA, WORKSPACE, pictures=1, micros=Micros(5_000), at=LONG_AGO)
    return replace(entry, **changes)  # type: ignore[arg-type]  # the tests' own fields


async def test_allowances_are_found_by_their_scope(database: Database) -> None:
    """Setting one inserts or replaces it; asking gives those of the scopes, narrowest first."""
    async with database.unit() as unit:
        for allowance in (ALL, TEAMS, ADAS):
            await unit.quotas.set_allowance(allowance)
        await unit.quotas.set_allowance(replace(ADAS, amount=30))
        scopes = [ALL.scope, ADAS.scope, Scope(ScopeKind.CHANNEL, ADA), Scope(ScopeKind.ACTOR, BEN)]
        assert await unit.quotas.allowances(scopes) == [replace(ADAS, amount=30), ALL]
        assert await unit.quotas.allowances([]) == []


async def test_a_removed_allowance_is_not_found_any_more(database: Database) -> None:
    """Its counter stays, for holds that were taken in it; removing it again says that there was none."""
    async with database.unit() as unit:
        await unit.quotas.set_allowance(ADAS)
        await unit.quotas.set_allowance(replace(ADAS, period=Period.WEEK))
        await unit.quotas.save_counters([Counter(ADAS, TODAY, used=3, held=2)])
        assert await unit.quotas.remove_allowance(ADAS.name)
        assert not await unit.quotas.remove_allowance(ADAS.name)
        assert await unit.quotas.allowances([ADAS.scope]) == [replace(ADAS, period=Period.WEEK)]
        assert await unit.quotas.counters([(ADAS, TODAY)]) == (Counter(ADAS, TODAY, used=3, held=2),)


async def test_counters_start_at_nothing_and_keep_what_is_stored(database: Database) -> None:
    """They come in the order asked, with the amount of the allowance as it is now."""
    wanted = [(TEAMS, TODAY), (ADAS, TODAY), (ADAS, TODAY + 24 * HOUR)]
    async with database.unit() as unit:
        assert await unit.quotas.counters(wanted) == tuple(Counter(*pair) for pair in wanted)
        used = [Counter(ADAS, TODAY, used=3, held=2, extra=7), Counter(TEAMS, TODAY, used=5_000_000_000)]
        await unit.quotas.save_counters(used)
        await unit.commit()
    richer = replace(ADAS, amount=99)
    async with database.unit() as unit:
        found = await unit.quotas.counters([(richer, TODAY), *wanted[:1], wanted[2]])
        assert found == (replace(used[0], allowance=richer), used[1], Counter(*wanted[2]))
        assert await unit.quotas.counters([]) == ()


async def test_peeking_makes_nothing(database: Database) -> None:
    """It works where nothing may be written, and leaves no counter behind."""
    async with database.unit(read_only=True) as unit:
        assert await unit.quotas.peek([(ADAS, TODAY)]) == (Counter(ADAS, TODAY),)
        assert await unit.quotas.peek([]) == ()


async def test_counters_are_locked_until_the_unit_ends(database: Database) -> None:
    """Of units that count at the same time none is lost, in whatever order they name the counters."""
    wanted = [(ALL, TODAY), (ADAS, TODAY), (TEAMS, TODAY)]

    async def count(number: int) -> None:
        async with database.unit() as unit:
            counters = await unit.quotas.counters(wanted if number % 2 else wanted[::-1])
            await asyncio.sleep(0)
            await unit.quotas.save_counters([replace(each, used=each.used + 1) for each in counters])
            await unit.commit()

    await asyncio.gather(*map(count, range(8)))
    async with database.unit(read_only=True) as unit:
        assert [each.used for each in await unit.quotas.peek(wanted)] == [8, 8, 8]


async def test_a_hold_ends_once(database: Database) -> None:
    """Whoever ends it second is told that it was over."""
    windows = ((ADAS, TODAY), (ALL, TODAY))
    hold = Reservation(R1, TurnId("u1"), ADA, WORKSPACE, Cost(2, Micros(7_000_000_000)), windows)
    async with database.unit() as unit:
        assert await unit.quotas.reservation(R1) is None
        await unit.quotas.add_reservation(hold)
        assert await unit.quotas.reservation(R1) == hold
        assert await unit.quotas.end_reservation(R1) == hold
        assert await unit.quotas.end_reservation(R1) is None
        assert await unit.quotas.end_reservation(ReservationId("r2")) is None
        assert await unit.quotas.reservation(R1) == hold


async def test_the_ledger_keeps_its_lines_in_order(database: Database) -> None:
    """Lines are read as they were written, of one turn or workspace where asked."""
    lines = [
        _entry(EntryKind.HOLD, reservation=R1),
        _entry(EntryKind.SETTLE, at=LONG_AGO - HOUR, attempt=AttemptId("a1"), micros=Micros(6_000_000_000)),
        _entry(EntryKind.CORRECTION, turn=TurnId("u2"), micros=Micros(-3), pictures=-1),
        _entry(turn=TurnId("u3"), workspace=WorkspaceId("web:other")),
    ]
    async with database.unit() as unit:
        for line in lines:
            await unit.quotas.add_entry(line)
        assert await unit.quotas.entries() == lines
        assert await unit.quotas.entries(turn=TurnId("u1")) == lines[:2]
        assert await unit.quotas.entries(workspace=WORKSPACE) == lines[:3]
        assert await unit.quotas.entries(turn=TurnId("u3"), workspace=WORKSPACE) == []


async def test_a_correction_counts_on_the_day_of_what_it_corrects(database: Database) -> None:
    """Days later, it makes that day's sum right, and not its own wrong."""
    later = LONG_AGO + 72 * HOUR
    lost, paid = AttemptId("a1"), AttemptId("a2")
    lines = [
        _entry(EntryKind.WRITE_OFF, pictures=0, micros=Micros(900), attempt=lost),
        _entry(EntryKind.SETTLE, attempt=paid, reservation=R1, at=LONG_AGO + 24 * HOUR),
        _entry(EntryKind.CORRECTION, pictures=0, micros=Micros(-600), attempt=lost, at=later),
        _entry(EntryKind.CORRECTION, pictures=0, micros=Micros(7), attempt=paid, reservation=R1, at=later),
    ]
    async with database.unit() as unit:
        for line in lines:
            await unit.quotas.add_entry(line)
        spending = partial(unit.quotas.spending, until=later + HOUR)
        rows = await spending(since=TODAY)
        assert [(row.micros, row.written_off) for row in rows] == [(0, 300), (5_007, 0)]
        assert await spending(since=LONG_AGO + 48 * HOUR) == []


async def test_spending_is_summed_by_person_and_day(database: Database) -> None:
    """What was settled is used, what was written off is told apart, each with its corrections."""
    other = WorkspaceId("web:other")
    eve = ActorId("web:other:eve")
    tomorrow = TODAY + 24 * HOUR
    lines = [
        _entry(EntryKind.HOLD),
        _entry(pictures=2),
        _entry(EntryKind.CORRECTION, pictures=0, micros=Micros(-1_000), reservation=R1),
        _entry(EntryKind.CORRECTION, pictures=0, micros=Micros(-100)),
        _entry(EntryKind.WRITE_OFF, pictures=1, micros=Micros(300)),
        _entry(EntryKind.RELEASE, actor=BEN),
        _entry(at=tomorrow),
        _entry(actor=eve, workspace=other, micros=Micros(4_000_000_000)),
        _entry(at=TODAY - HOUR),
        _entry(at=tomorrow + HOUR),
    ]
    async with database.unit() as unit:
        await unit.people.save_actor(ActorRecord(ADA, WORKSPACE, "Ada", "en"))
        for line in lines:
            await unit.quotas.add_entry(line)
        spending = partial(unit.quotas.spending, since=TODAY, until=tomorrow + HOUR)
        day = TODAY.date().isoformat()
        adas = SpendRow(WORKSPACE, ADA, "Ada", day, 2, Micros(4_000), Micros(200))
        next_day = SpendRow(WORKSPACE, ADA, "Ada", tomorrow.date().isoformat(), 1, Micros(5_000), Micros(0))
        eves = SpendRow(other, eve, "", day, 1, Micros(4_000_000_000), Micros(0))
        assert await spending() == [adas, eves, next_day]
        assert await spending(workspace=WORKSPACE) == [adas, next_day]
