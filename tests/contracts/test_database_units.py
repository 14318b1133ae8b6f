"""A unit of work is one transaction, on every database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict
from core.app.records import Stage
from core.domain.ids import ThreadId, ThreadRef
from tests.contracts.database_samples import SECOND, store, thread, turn
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from core.app.repositories import Database

T1 = ThreadId("t1")


async def test_what_was_committed_is_there_for_the_next_unit(database: Database) -> None:
    """A committed row is read back as it was."""
    await store(database)
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1) == thread()


async def test_leaving_a_unit_without_commit_undoes_everything(database: Database) -> None:
    """No commit, no trace."""
    async with database.unit() as unit:
        await unit.threads.add(thread())
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1) is None


async def test_an_exception_undoes_everything_and_goes_on_up(database: Database) -> None:
    """A unit that raises leaves nothing behind and hides nothing."""
    with pytest.raises(ZeroDivisionError):
        await _add_and_fail(database)
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1) is None


async def _add_and_fail(database: Database) -> None:
    async with database.unit() as unit:
        await unit.threads.add(thread())
        raise ZeroDivisionError


async def test_a_unit_sees_its_own_writes(database: Database) -> None:
    """What was written in a unit can be read in it."""
    async with database.unit() as unit:
        await unit.threads.add(thread())
        assert await unit.threads.get(T1) == thread()


async def test_nothing_is_seen_before_it_is_committed(database: Database) -> None:
    """A reader never waits for a writer and never sees half of its work."""
    async with database.unit() as writer:
        await writer.threads.add(thread())
        async with asyncio.timeout(PATIENCE_S), database.unit(read_only=True) as reader:
            assert await reader.threads.get(T1) is None
        await writer.commit()


async def test_a_reader_keeps_seeing_what_it_saw_first(database: Database) -> None:
    """A reading unit has one view of the world from beginning to end."""
    await store(database)
    async with database.unit(read_only=True) as reader:
        before = await reader.threads.get(T1)
        async with database.unit() as writer:
            await writer.threads.save(thread(ref=ThreadRef("elsewhere")))
            await writer.commit()
        assert await reader.threads.get(T1) == before


async def test_a_unit_that_promised_not_to_write_cannot(database: Database) -> None:
    """Writing in a read-only unit is our own fault, and said so."""
    async with database.unit(read_only=True) as unit:
        with pytest.raises(RuntimeError, match="read_only"):
            await unit.threads.add(thread())


async def test_reading_for_change_in_a_read_only_unit_just_reads(database: Database) -> None:
    """Nothing is locked by somebody who will not write."""
    await store(database)
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1, for_change=True) == thread()


async def test_a_unit_is_over_when_it_was_committed(database: Database) -> None:
    """What came after the commit would be lost, so that it is refused."""
    async with database.unit() as unit:
        await unit.commit()
        with pytest.raises(RuntimeError, match="committed"):
            await unit.threads.get(T1)


async def test_adding_what_is_there_already_is_a_conflict(database: Database) -> None:
    """The second of two units that add the same row has to run again."""
    await store(database)
    async with database.unit() as unit:
        with pytest.raises(Conflict):
            await unit.threads.add(thread())


async def test_a_row_that_points_at_nothing_is_not_committed(database: Database) -> None:
    """A turn without its thread cannot be stored, however late it is noticed."""
    with pytest.raises(Conflict):
        await store(database, turn(), threads=0)


async def test_rows_that_point_at_each_other_may_be_added_in_any_order(database: Database) -> None:
    """A turn may be added before its thread, as long as both are there at the end."""
    async with database.unit() as unit:
        await unit.turns.add(turn())
        await unit.threads.add(thread())
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.turns.get(turn().id) == turn()


async def test_of_two_units_that_change_the_same_thread_none_is_lost(database: Database) -> None:
    """Whoever reads a thread for change has it alone until the end of the unit."""
    await store(database)

    async def append(letter: str) -> None:
        async with database.unit() as unit:
            record = await unit.threads.get(T1)
            assert record is not None
            await asyncio.sleep(0)
            await unit.threads.save(thread(ref=ThreadRef(f"{record.ref}{letter}")))
            await unit.commit()

    await asyncio.gather(*(append(letter) for letter in "abcdef"))
    async with database.unit(read_only=True) as unit:
        record = await unit.threads.get(T1)
    assert record is not None
    assert sorted(str(record.ref).removeprefix("root-t1")) == list("abcdef")


async def test_of_two_units_that_move_the_same_turn_one_does(database: Database) -> None:
    """A stage is left once."""
    await store(database, turn())

    async def announce() -> bool:
        async with database.unit() as unit:
            moved = await unit.turns.save(turn(stage=Stage.ANNOUNCED), stage=Stage.QUEUED)
            await unit.commit()
            return moved

    assert sorted(await asyncio.gather(announce(), announce())) == [False, True]


async def test_units_that_are_cancelled_on_the_way_leave_the_database_usable(database: Database) -> None:
    """Cancelling at any moment undoes the unit and lets the next one in."""

    async def write(number: int) -> None:
        async with database.unit() as unit:
            await unit.threads.add(thread(f"t{number}"))
            await unit.gate.state()
            await unit.commit()

    for moments in range(40):
        task = asyncio.create_task(write(moments))
        waiting = asyncio.create_task(write(1000 + moments))
        for _ in range(moments):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task, waiting])
        assert waiting.exception() is None
    async with asyncio.timeout(PATIENCE_S), database.unit() as unit:
        await unit.threads.add(thread("last"))
        await unit.commit()


async def test_the_clock_is_aware_and_moves_on(database: Database) -> None:
    """The database tells the time in UTC."""
    async with database.unit(read_only=True) as unit:
        first, second = await unit.now(), await unit.now()
    assert first.utcoffset() == 0 * SECOND
    assert first <= second


async def test_a_writing_unit_inside_another_is_refused_where_it_would_wait_for_itself(
    database: Database,
) -> None:
    """SQLite has one writer: nesting is a mistake that must not hang. Postgres has many."""
    async with database.unit() as unit:
        await unit.threads.add(thread())
        try:
            async with database.unit() as inner:
                await inner.threads.add(thread("t2"))
        except RuntimeError as error:
            assert "inside another" in str(error)  # noqa: PT017 - on Postgres nothing is raised
