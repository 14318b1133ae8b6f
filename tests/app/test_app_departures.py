"""A platform takes us out of a place: what waits there ends before anything is spent."""

from __future__ import annotations

from core.app.inbound import Left
from core.app.records import Stage
from core.domain.generation import Failure, FailureKind
from core.domain.ids import ChannelRef, ThreadRef, WorkspaceId
from tests.app.app_scenes import assert_at_rest, call_out, kinds, world
from tests.fakes.studio_world import ANN, BEN, CHANNEL, WORKSPACE


async def test_what_waits_is_called_off_and_what_is_paid_for_goes_on() -> None:
    """The one that is being made is kept; the others give their holds back."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        await here.reply(thread, "make it rain", by=BEN)
        await here.reply(thread, "make it snow", by=ANN)
        assert await here.studio.leave(Left(WORKSPACE)) == 2
        assert await here.studio.leave(Left(WORKSPACE)) == 0
    stages = [turn.stage for turn in await here.turns_of(thread)]
    assert stages == [Stage.DELIVERED, Stage.DELIVERED, Stage.CANCELLED, Stage.CANCELLED]
    assert len(here.engine.calls) == 2
    assert_at_rest(here)


async def test_a_turn_that_waits_for_the_engine_gives_its_hold_back() -> None:
    """Announced, and refused once: no picture was begun."""
    here = world()
    here.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=600.0))
    await here.imagine("a lighthouse")
    await here.settle()
    assert await here.studio.leave(Left(WORKSPACE, CHANNEL)) == 1
    await here.settle()
    assert [turn.stage for turn in here.shelves.turns.values()] == [Stage.CANCELLED]
    assert kinds(await here.ledger()) == ["hold", "release"]
    assert_at_rest(here)


async def test_only_that_place_is_left() -> None:
    """Another workspace, channel or thread is none of it."""
    here = world()
    here.queue.loses = True
    await here.imagine("a lighthouse")
    for left in (
        Left(WorkspaceId("web:other")),
        Left(WORKSPACE, ChannelRef("another")),
        Left(WORKSPACE, CHANNEL, thread=ThreadRef("another")),
    ):
        assert await here.studio.leave(left) == 0
    assert [turn.stage for turn in here.shelves.turns.values()] == [Stage.QUEUED]
