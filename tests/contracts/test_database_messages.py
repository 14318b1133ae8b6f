"""Our messages on surfaces, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.ports import Posted
from core.app.records import (
    CompareSaying,
    HistorySaying,
    MessageRecord,
    NoticeSaying,
    OriginalSaying,
    Saying,
    ShowSaying,
    TurnSaying,
    WhySaying,
)
from core.domain.ids import (
    BlobKey,
    ChannelRef,
    Letter,
    MessageId,
    MessageRef,
    ThreadId,
    ThreadRef,
    TurnId,
    WorkspaceId,
)
from core.domain.lineage import Head
from tests.contracts.database_samples import ADA, CHANNEL, HOUR, LONG_AGO, SECOND, WORKSPACE, message

if TYPE_CHECKING:
    from core.app.repositories import Database

M1 = MessageId("m1")


async def _store(database: Database, *messages: MessageRecord) -> None:
    async with database.unit() as unit:
        for each in messages:
            await unit.messages.add(each)
        await unit.commit()


@pytest.mark.parametrize(
    "saying",
    [
        TurnSaying(),
        NoticeSaying("over_quota", {"back_at": "5", "left": 5}),
        ShowSaying(Head(2)),
        CompareSaying(Head(1), Head(2, Letter("c"))),
        HistorySaying(4),
        WhySaying(3),
        OriginalSaying(Head(2)),
    ],
    ids=lambda saying: type(saying).__name__,
)
async def test_whatever_a_message_says_comes_back(database: Database, saying: Saying) -> None:
    """Each kind of saying is told from the others, even with equal fields."""
    await _store(database, message(saying=saying))
    async with database.unit(read_only=True) as unit:
        record = await unit.messages.get(M1)
        assert await unit.messages.get(MessageId("m9")) is None
    assert record == message(saying=saying)
    assert type(record.saying) is type(saying)


async def test_saving_stores_all_of_a_message(database: Database) -> None:
    """Every field of a message survives."""
    full = message(
        saying=HistorySaying(2),
        locale="de",
        thread=ThreadId("t1"),
        thread_ref=ThreadRef("root"),
        turn=TurnId("u1"),
        private_to=ADA,
        context="secret",
        ref=MessageRef("posted"),
        wanted=3,
        shown=2,
        tries=4,
        not_before=LONG_AGO,
        is_given_up=True,
        sheet=BlobKey("web:demo/sheet"),
    )
    await _store(database, message())
    async with database.unit() as unit:
        await unit.messages.save(full)
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.messages.get(M1) == full


async def test_a_message_is_sent_by_one_at_a_time(database: Database) -> None:
    """Of several who would send it exactly one does."""
    await _store(database, message())

    async def claim() -> MessageRecord | None:
        async with database.unit() as unit:
            record = await unit.messages.claim(M1, lease_s=30)
            await unit.commit()
            return record

    claimed = await asyncio.gather(claim(), claim(), claim())
    assert [record for record in claimed if record] == [message(tries=1)]


async def test_a_sender_that_died_is_replaced(database: Database) -> None:
    """Its lease runs out, and somebody else may send."""
    await _store(database, message())
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=0)
        assert await unit.messages.claim(M1, lease_s=30)
        assert await unit.messages.claim(M1, lease_s=30) is None


async def test_saving_ends_the_sending(database: Database) -> None:
    """Who has sent it lets the next one send again."""
    await _store(database, message())
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=30)
        await unit.messages.save(message(tries=1))
        assert await unit.messages.claim(M1, lease_s=30) == message(tries=2)


async def test_what_was_shown_is_stored_with_its_place_and_nothing_else(database: Database) -> None:
    """Its sending is over and its tries are forgotten; what others wrote meanwhile stays."""
    posted = Posted(MessageRef("posted"), ThreadRef("opened"))
    stored = message(saying=NoticeSaying("gone"), context="old")
    await _store(database, stored)
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=30)
        await unit.messages.forget(M1, NoticeSaying("forgotten"), context="new")
        await unit.messages.shown(M1, 1, posted)
        found = await unit.messages.get(M1)
        assert found == replace(
            stored,
            saying=NoticeSaying("forgotten"),
            context="new",
            is_forgotten=True,
            ref=posted.message,
            thread_ref=posted.thread,
            wanted=2,
            shown=1,
        )
        assert await unit.messages.claim(M1, lease_s=30)
        await unit.messages.shown(M1, 0, posted)
        assert await unit.messages.get(M1) == found
        await unit.messages.shown(MessageId("m9"), 1, posted)


async def test_what_does_not_stand_any_more_keeps_no_context(database: Database) -> None:
    """The adapter's own may be a token; where the message stood is known all the same."""
    gone = message(context="token", ref=MessageRef("stood"), thread_ref=ThreadRef("there"))
    await _store(database, gone)
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=30)
        await unit.messages.shown(M1, 1, None)
        assert await unit.messages.get(M1) == replace(gone, context="", shown=1)


async def test_a_message_is_added_once(database: Database) -> None:
    """A turn that has waited has its message already, and that stays as it is."""
    await _store(database, message(shown=1))
    async with database.unit() as unit:
        await unit.messages.add(message())
        assert await unit.messages.get(M1) == message(shown=1)


async def test_only_what_is_there_can_be_wanted_otherwise(database: Database) -> None:
    """A turn that never got a message has nothing to show."""
    await _store(database, message())
    async with database.unit() as unit:
        assert await unit.messages.want(M1)
        assert not await unit.messages.want(MessageId("m9"))
        assert await unit.messages.get(M1) == message(wanted=2)


async def test_each_sending_counts_as_a_try(database: Database) -> None:
    """A sender that died leaves its try behind, so that the next one looks for what it posted."""
    await _store(database, message())
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=0) == message(tries=1)
        assert await unit.messages.claim(M1, lease_s=30) == message(tries=2)
        assert await unit.messages.claim(M1, lease_s=30) is None
        assert await unit.messages.get(M1) == message(tries=2)


async def test_a_change_that_comes_while_sending_is_not_lost(database: Database) -> None:
    """The sender says which change it showed; a later one is still to be shown."""
    await _store(database, message())
    async with database.unit() as unit:
        sent = await unit.messages.claim(M1, lease_s=30)
        assert sent is not None
        await unit.messages.want(M1)
        await unit.messages.save(replace(sent, ref=MessageRef("posted"), shown=sent.wanted))
        again = await unit.messages.claim(M1, lease_s=30)
        assert again is not None
        assert (again.wanted, again.shown) == (2, 1)
        await unit.messages.save(replace(sent, shown=0))
        stored = await unit.messages.get(M1)
    assert stored is not None
    assert stored.shown == 1


@pytest.mark.parametrize(
    "record",
    [
        message(shown=1),
        message(is_given_up=True),
        message(not_before=LONG_AGO.replace(year=2100)),
    ],
    ids=["up to date", "given up", "too early"],
)
async def test_what_need_not_be_sent_is_not_claimed(database: Database, record: MessageRecord) -> None:
    """Up to date, given up, or told by the platform to wait."""
    await _store(database, record)
    async with database.unit() as unit:
        assert await unit.messages.claim(M1, lease_s=30) is None
        assert await unit.messages.unsent(before=await unit.now(), limit=9) == []


async def test_unsent_messages_are_found_oldest_first(database: Database) -> None:
    """What was left behind by a crash is found again, unless somebody is sending it."""
    await _store(
        database,
        message("m1", created_at=LONG_AGO + SECOND),
        message("m2", shown=1),
        message("m3", not_before=LONG_AGO),
        message("m4"),
        message("m5", created_at=LONG_AGO + HOUR),
    )
    async with database.unit() as unit:
        assert await unit.messages.claim(MessageId("m4"), lease_s=30)
        assert await unit.messages.unsent(before=LONG_AGO + HOUR, limit=9) == ["m3", "m1"]
        assert await unit.messages.unsent(before=LONG_AGO + HOUR, limit=1) == ["m3"]
        await unit.messages.want(MessageId("m2"))
        assert await unit.messages.unsent(before=LONG_AGO + HOUR, limit=9) == ["m2", "m3", "m1"]


async def test_a_message_is_found_where_it_stands(database: Database) -> None:
    """A reply to one of our messages leads to it."""
    posted = message(ref=MessageRef("17.5"))
    await _store(database, posted, message("m2"))
    async with database.unit(read_only=True) as unit:
        assert await unit.messages.by_ref(WORKSPACE, CHANNEL, MessageRef("17.5")) == posted
        assert await unit.messages.by_ref(WORKSPACE, ChannelRef("x"), MessageRef("17.5")) is None
        assert await unit.messages.by_ref(WorkspaceId("x"), CHANNEL, MessageRef("17.5")) is None
        assert await unit.messages.by_ref(WORKSPACE, CHANNEL, MessageRef("17.6")) is None
