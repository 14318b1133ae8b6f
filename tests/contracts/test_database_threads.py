"""Edit threads and their revisions, on every database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict
from core.app.records import Stage
from core.domain.events import Ticket
from core.domain.ids import ChannelRef, Letter, Platform, ReservationId, ThreadId, ThreadRef, TurnId
from core.domain.lineage import Head, Revision
from core.domain.thread_state import EditThread, State
from tests.contracts.database_samples import ADA, BEN, CHANNEL, WORKSPACE, ask, picture, store, thread, turn

if TYPE_CHECKING:
    from core.app.repositories import Database

T1 = ThreadId("t1")
FIRST = Revision(1, None, TurnId("u1"), 2)
SECOND_B = Revision(2, Head(1, Letter("b")), TurnId("u2"), 1)
BUSY = EditThread(
    state=State.GENERATING,
    active=Ticket(TurnId("u2"), BEN, Head(1, Letter("b"))),
    active_base=Head(1, Letter("b")),
    waiting=(Ticket(TurnId("u3"), ADA, is_generate=True), Ticket(TurnId("u4"), BEN)),
    revisions=(FIRST,),
    head=Head(1),
    undo_trail=(Head(1, Letter("b")),),
    redo_trail=(Head(1, Letter("a")), Head(1, Letter("b"))),
    is_closing=True,
    reservation_id=ReservationId("r2"),
    ended=(TurnId("u0"),),
)


async def test_a_busy_machine_comes_back_field_by_field(database: Database) -> None:
    """What the machine remembers is what was stored, revisions and all."""
    record = thread(machine=BUSY)
    async with database.unit() as unit:
        await unit.threads.add(record)
        await unit.turns.add(turn("u1"))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1) == record
        assert await unit.threads.get(ThreadId("t2")) is None


async def test_saving_replaces_the_machine_and_adds_revisions(database: Database) -> None:
    """New revisions join the old ones; a revision that stands is never changed."""
    await store(database, turn("u1"), turn("u2"))
    async with database.unit() as unit:
        await unit.threads.save(thread(machine=replace(BUSY, revisions=(FIRST,))))
        forged = replace(FIRST, candidates=8)
        idle = EditThread(revisions=(forged, SECOND_B), head=Head(2))
        await unit.threads.save(thread(machine=idle))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(T1) == thread(
            machine=EditThread(revisions=(FIRST, SECOND_B), head=Head(2))
        )


async def test_a_thread_is_found_where_it_lives(database: Database) -> None:
    """Workspace, platform, channel and ref together name a place."""
    await store(database, threads=2)
    async with database.unit() as unit:
        find = unit.threads.find
        assert await find(WORKSPACE, Platform.WEB, CHANNEL, ThreadRef("root-t2")) == thread("t2")
        assert await find(WORKSPACE, Platform.SLACK, CHANNEL, ThreadRef("root-t2")) is None
        assert await find(WORKSPACE, Platform.WEB, ChannelRef("x"), ThreadRef("root-t2")) is None
        assert await find(WORKSPACE, Platform.WEB, CHANNEL, ThreadRef("root-t3")) is None


async def test_a_thread_is_bound_to_its_place_later(database: Database) -> None:
    """Until its placeholder stands a thread lives nowhere, and any number of them may."""
    async with database.unit() as unit:
        await unit.threads.add(thread("t1", ref=None))
        await unit.threads.add(thread("t2", ref=None))
        await unit.threads.save(thread("t1", ref=ThreadRef("here")))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        found = await unit.threads.find(WORKSPACE, Platform.WEB, CHANNEL, ThreadRef("here"))
        assert found == thread("t1", ref=ThreadRef("here"))


async def test_two_threads_cannot_live_in_one_place(database: Database) -> None:
    """Whoever comes second has to look again."""
    await store(database)
    async with database.unit() as unit:
        with pytest.raises(Conflict):
            await unit.threads.add(thread("t2", ref=ThreadRef("root-t1")))


async def test_a_revision_leads_to_the_turn_that_made_it(database: Database) -> None:
    """History shows each revision with its turn and pictures."""
    made = turn("u1", stage=Stage.RECORDED, revision=1, pictures=(picture("a"), picture("b")))
    await store(database, made)
    async with database.unit() as unit:
        await unit.threads.save(thread(machine=EditThread(revisions=(FIRST,), head=Head(1))))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.revision_turn(T1, 1) == made
        assert await unit.threads.revision_turn(T1, 2) is None
        assert await unit.threads.revision_turn(ThreadId("t9"), 1) is None


async def test_what_was_asked_for_revisions_is_known_by_their_numbers(database: Database) -> None:
    """Without what was forgotten, and without what is not there."""
    asked = [turn(f"u{number}", ask=replace(ask(), text=f"wish {number}")) for number in (1, 2)]
    await store(database, *asked, turn("u3", is_forgotten=True))
    made = tuple(Revision(number, None, TurnId(f"u{number}"), 1) for number in (1, 2, 3))
    async with database.unit() as unit:
        await unit.threads.save(thread(machine=EditThread(revisions=made, head=Head(3))))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.asked(T1, [1, 2, 3, 4]) == {1: "wish 1", 2: "wish 2"}
        assert await unit.threads.asked(T1, [2]) == {2: "wish 2"}
        assert await unit.threads.asked(ThreadId("t9"), [1]) == {}
