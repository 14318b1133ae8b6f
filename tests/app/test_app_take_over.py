"""The only process there is waits for nobody: what a dead one held goes on at its start."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.app.records import Outcome, Stage
from core.domain.card import CardKind
from tests.app.app_scenes import assert_at_rest, png, stopped_worker, world
from tests.app.test_app_recovery import calling, come_home

if TYPE_CHECKING:
    from tests.app.app_world import World


async def restart(here: World) -> int:
    """A process starts right after the other was killed: no time has passed at all."""
    broken = await here.sweeper.take_over()
    await here.settle(here.worker("next"))
    return broken


async def die_in_the_call(here: World) -> None:
    """A worker is killed in the middle of its call: its lease stands, and nobody renews it."""
    task, _ = await calling(here, stopped_worker(here, "dead"))
    task.cancel()
    release = here.shelves.turns.copy()
    await asyncio.gather(task, return_exceptions=True)
    here.shelves.turns.update(release)


async def test_a_turn_whose_process_was_killed_goes_on_at_once() -> None:
    """No lease has to run out; the lost call is written off and made once more, as ever."""
    here = world()
    await here.imagine("a lighthouse")
    await die_in_the_call(here)
    (turn,) = here.shelves.turns.values()
    assert (turn.stage, turn.held_by) == (Stage.GENERATING, "dead")
    await here.sweeper.round()
    await here.settle(here.worker("waits"))
    assert here.shelves.turns[turn.id].stage is Stage.GENERATING
    assert await restart(here) == 1
    assert here.root.card.kind is CardKind.RESULT
    assert [one.outcome for one in here.shelves.attempts.values()] == [Outcome.LOST, Outcome.SUCCEEDED]
    assert_at_rest(here)


async def test_a_turn_that_nobody_had_begun_goes_on_at_once() -> None:
    """It was nudged a moment ago, in a process that is gone."""
    here = world()
    await here.imagine("a lighthouse")
    here.queue.nudged.clear()
    assert await restart(here) == 0
    assert here.root.card.kind is CardKind.RESULT


async def test_a_message_that_was_being_sent_is_sent_at_once() -> None:
    """Its sender is dead; whether it stands is looked up, as after any crash."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "help")
    await here.studio.background.stop()
    message = next(one for one in here.shelves.messages.values() if one.shown < one.wanted)
    async with here.database.unit() as unit:
        assert await unit.messages.claim(message.id, lease_s=600) is not None
        await unit.commit()
    await here.sweeper.round()
    await here.settle()
    assert here.shelves.messages[message.id].shown == 0
    await restart(here)
    assert here.shelves.messages[message.id].shown == 1
    assert_at_rest(here)


async def test_a_delivery_with_files_is_finished_at_once() -> None:
    """It was stored whole and answered; the process that fetched its files is gone."""
    here = world()
    here.surface.files["cat.png"] = png()
    await here.imagine("make it blue", files=("cat.png",))
    await here.studio.background.stop()
    await here.sweeper.round()
    await here.settle()
    assert not here.shelves.turns
    await restart(here)
    assert here.last.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_worker_that_was_not_dead_after_all_changes_only_the_books() -> None:
    """On one machine there is none; should there be, its picture is booked and shown nowhere twice."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await restart(here)
    await come_home(task, gate)
    await here.settle()
    assert here.root.card.kind is CardKind.RESULT
    assert_at_rest(here)
