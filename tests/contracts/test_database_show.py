"""Five hundred people ask at once for what one hundred may have."""

from __future__ import annotations

import asyncio
from collections import Counter as Tally
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from adapters.database import open_database
from adapters.system import SystemClock
from core.app.errors import Conflict
from core.domain.ids import Micros, ReservationId, TurnId
from core.domain.quota import (
    Allowance,
    Cost,
    Entry,
    EntryKind,
    Metric,
    Period,
    Refusal,
    Reservation,
    Scope,
    ScopeKind,
    reserve,
)
from tests.contracts.database_samples import ADA, LONG_AGO, WORKSPACE
from tests.fakes.memory_database import FakeDatabase
from tests.forked import forking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app.repositories import Database

UTC = ZoneInfo("UTC")
REQUESTS = 500
PICTURES = Allowance(Scope(ScopeKind.WORKSPACE, WORKSPACE), Metric.PICTURES, Period.DAY, 100)
MONEY = Allowance(Scope(ScopeKind.INSTALLATION), Metric.MICROS, Period.MONTH, 50_000_000)
WINDOWS = ((PICTURES, LONG_AGO), (MONEY, LONG_AGO))
COST = Cost(1, Micros(5_000))


async def _ask(database: Database, number: int) -> bool:
    """One request as the Studio makes it: read, decide, hold, write the ledger; again after a conflict."""
    while True:
        try:
            return await _try_once(database, number)
        except Conflict:
            continue


async def _try_once(database: Database, number: int) -> bool:
    async with database.unit() as unit:
        counters = reserve(await unit.quotas.counters(WINDOWS), COST, UTC)
        if isinstance(counters, Refusal):
            return False
        turn = TurnId(f"u{number}")
        hold = Reservation(ReservationId(f"r{number}"), turn, ADA, WORKSPACE, COST, WINDOWS)
        await unit.quotas.save_counters(counters)
        await unit.quotas.add_reservation(hold)
        line = Entry(EntryKind.HOLD, turn, ADA, WORKSPACE, COST.pictures, COST.micros, LONG_AGO, hold.id)
        await unit.quotas.add_entry(line)
        await unit.commit()
        return True


async def _ask_all(database: Database, numbers: Iterable[int]) -> Tally[bool]:
    return Tally(await asyncio.gather(*(_ask(database, number) for number in numbers)))


async def _check_books(database: Database) -> None:
    async with database.unit(read_only=True) as unit:
        pictures, money = await unit.quotas.peek(WINDOWS)
        lines = await unit.quotas.entries()
    assert (pictures.held, money.held) == (100, 100 * 5_000)
    assert len(lines) == 100


@pytest.mark.parametrize("kind", ["fake", "sqlite"])
async def test_one_process_admits_exactly_as_many_as_may(kind: str, sqlite_url: str) -> None:
    """Of 500 at once 100 are admitted, and the books say so."""
    if kind == "fake":
        fake = FakeDatabase(SystemClock())
        assert await _ask_all(fake, range(REQUESTS)) == {True: 100, False: 400}
        await _check_books(fake)
        return
    database = open_database(sqlite_url, SystemClock())
    assert await _ask_all(database, range(REQUESTS)) == {True: 100, False: 400}
    await _check_books(database)
    await database.close()


@pytest.mark.postgres
async def test_four_processes_admit_exactly_as_many_as_may(emptied_postgres_url: str) -> None:
    """The same from four real processes on one Postgres."""
    shares = [range(start, REQUESTS, 4) for start in range(4)]
    with ProcessPoolExecutor(4, mp_context=forking()) as processes:
        verdicts = processes.map(_in_a_process, [emptied_postgres_url] * 4, shares)
        assert sum(verdicts, Tally()) == {True: 100, False: 400}
    database = open_database(emptied_postgres_url, SystemClock())
    await _check_books(database)
    await database.close()


def _in_a_process(url: str, numbers: Iterable[int]) -> Tally[bool]:
    async def run() -> Tally[bool]:
        database = open_database(url, SystemClock())
        try:
            return await _ask_all(database, numbers)
        finally:
            await database.close()

    return asyncio.run(run())
