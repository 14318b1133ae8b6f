"""Twins, places in the queue and fair shares, on every database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.inbound import Left
from core.app.records import Stage
from core.domain.fair_share import Flow
from core.domain.ids import ChannelRef, MessageId, MessageRef, ThreadId, ThreadRef, TurnId, WorkspaceId
from tests.contracts.database_samples import (
    ADA,
    BEN,
    CHANNEL,
    HOUR,
    LONG_AGO,
    SECOND,
    WORKSPACE,
    message,
    store,
    turn,
)

if TYPE_CHECKING:
    from core.app.repositories import Database


async def test_a_twin_is_the_same_wish_whose_placeholder_is_not_posted(database: Database) -> None:
    """A double click joins the first wish, as long as nobody can see that yet."""
    await store(database, turn(twin_key="cat"))
    async with database.unit() as unit:
        twin = unit.turns.twin
        assert await twin(WORKSPACE, ADA, "cat", since=LONG_AGO) == turn(twin_key="cat")
        assert await twin(WORKSPACE, ADA, "cat", since=LONG_AGO + SECOND) is None
        assert await twin(WORKSPACE, ADA, "dog", since=LONG_AGO) is None
        assert await twin(WORKSPACE, BEN, "cat", since=LONG_AGO) is None
        assert await twin(WorkspaceId("web:other"), ADA, "cat", since=LONG_AGO) is None
        placeholder = message("m-u1")
        await unit.messages.add(placeholder)
        assert await twin(WORKSPACE, ADA, "cat", since=LONG_AGO)
        await unit.messages.save(replace(placeholder, ref=MessageRef("posted")))
        assert await twin(WORKSPACE, ADA, "cat", since=LONG_AGO) is None


async def test_a_turn_that_is_over_has_no_twins(database: Database) -> None:
    """Asking again after a failure is a new wish; of several twins the first is joined."""
    await store(
        database,
        turn("u1", twin_key="cat", stage=Stage.FAILED),
        turn("u3", twin_key="cat", created_at=LONG_AGO + SECOND),
        turn("u2", twin_key="cat", created_at=LONG_AGO + 2 * SECOND, message=MessageId("m")),
    )
    async with database.unit(read_only=True) as unit:
        found = await unit.turns.twin(WORKSPACE, ADA, "cat", since=LONG_AGO)
    assert found is not None
    assert found.id == "u3"


async def test_which_threads_of_a_place_have_something_to_do(database: Database) -> None:
    """Of a workspace, of one of its channels, or of one place in there; what is over does not count."""
    await store(
        database,
        turn("u1", created_at=LONG_AGO + SECOND),
        turn("u2", stage=Stage.WAITING),
        turn("u3", thread=ThreadId("t2"), created_at=LONG_AGO - SECOND, stage=Stage.GENERATING),
        turn("u4", thread=ThreadId("t3"), stage=Stage.DELIVERED),
        threads=3,
    )
    async with database.unit(read_only=True) as unit:
        within = unit.turns.unfinished_in
        assert await within(Left(WORKSPACE)) == ["t2", "t1"]
        assert await within(Left(WORKSPACE, CHANNEL)) == ["t2", "t1"]
        assert await within(Left(WORKSPACE, CHANNEL, ThreadRef("root-t1"))) == ["t1"]
        assert await within(Left(WORKSPACE, ChannelRef("other"))) == []
        assert await within(Left(WorkspaceId("web:other"))) == []


async def test_the_place_in_the_queue_counts_older_turns_before_the_engine(database: Database) -> None:
    """Turns that wait in their thread, generate or are over do not stand in line."""
    await store(
        database,
        turn("u1"),
        turn("u2", stage=Stage.ANNOUNCED),
        turn("u3", stage=Stage.WAITING),
        turn("u4", stage=Stage.GENERATING),
        turn("u5", stage=Stage.FAILED),
        turn("u6", created_at=LONG_AGO + SECOND, actor=BEN),
        turn("u7", created_at=LONG_AGO - SECOND),
    )
    async with database.unit(read_only=True) as unit:
        names = ("u7", "u1", "u2", "u6", "u9")
        assert [await unit.turns.ahead_of(TurnId(name)) for name in names] == [0, 1, 2, 3, 0]


async def test_each_person_flows_with_the_oldest_turn_that_could_go(database: Database) -> None:
    """Announced, unheld and due; the one who has waited longest first."""
    elsewhere = WorkspaceId("web:other")
    await store(
        database,
        turn("u1", stage=Stage.ANNOUNCED),
        turn("u2", stage=Stage.ANNOUNCED, created_at=LONG_AGO + SECOND),
        turn("u3", stage=Stage.ANNOUNCED, created_at=LONG_AGO + 2 * SECOND),
        turn("u4", stage=Stage.ANNOUNCED, created_at=LONG_AGO - SECOND, actor=BEN),
        turn("u5", stage=Stage.QUEUED, created_at=LONG_AGO - HOUR, actor=BEN),
        turn("u6", stage=Stage.ANNOUNCED, not_before=LONG_AGO.replace(year=2100), workspace=elsewhere),
        turn("u7", stage=Stage.ANNOUNCED, created_at=LONG_AGO + HOUR, workspace=elsewhere),
    )
    async with database.unit() as unit:
        assert await unit.turns.claim(TurnId("u1"), holder="alive", lease_s=30)
        assert await unit.turns.claim(TurnId("u2"), holder="dead", lease_s=0)
        assert await unit.turns.flows() == [
            Flow(WORKSPACE, BEN, TurnId("u4"), LONG_AGO - SECOND),
            Flow(WORKSPACE, ADA, TurnId("u2"), LONG_AGO + SECOND, turns=2),
            Flow(elsewhere, ADA, TurnId("u7"), LONG_AGO + HOUR),
        ]
