"""A process that dies at any moment of the road, and the next one that finds what it left.

The moments are all commits and all calls to the outside, each just before and just after it took effect. The
surface here shows a message again for every post, so that only looking for it first keeps it single.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.records import Outcome, Stage
from core.domain.ids import ThreadRef
from core.domain.thread_state import State
from tests.app.app_kills import die_and_recover, moments_of
from tests.app.app_scenes import png, turn_messages
from tests.fakes.studio_world import BEN

if TYPE_CHECKING:
    from tests.app.app_world import World


async def imagine(world: World) -> None:
    """A first picture."""
    await world.imagine("a lighthouse", key="first")


async def edit(world: World) -> None:
    """A change of it, if it is there."""
    await world.reply(ThreadRef("m1"), "make it stormy", key="second")


async def edit_with_file(world: World) -> None:
    """A change of it with a reference picture."""
    world.surface.files["ref.png"] = png()
    await world.reply(ThreadRef("m1"), "like this one", key="third", files=("ref.png",))


async def crowd(world: World) -> None:
    """Two edits at once, of which the second waits, and somebody who stops the first in the middle."""
    await world.reply(ThreadRef("m1"), "make it rain", key="rain")
    await world.reply(ThreadRef("m1"), "make it snow", by=BEN, key="snow")
    await world.reply(ThreadRef("m1"), "cancel", key="stop")


async def close(world: World) -> None:
    """An edit, and the end of the thread while it is on its way."""
    await world.reply(ThreadRef("m1"), "make it foggy", key="foggy")
    await world.reply(ThreadRef("m1"), "close", key="close")


ROAD = (imagine, edit, edit_with_file)
CROWDED_ROAD = (imagine, crowd, close)


BATCHES = 10
"""The moments of a road are shared out, so that a failure names few of them."""


async def test_the_roads_have_all_kinds_of_moments() -> None:
    """A road without them would prove nothing about them."""
    kinds = {f"{when} {what}" for when in ("before", "after") for what in ("commit", "post", "update", "put")}
    for road in (ROAD, CROWDED_ROAD):
        moments = await moments_of(road)
        assert kinds | {"before generate", "after generate", "before nudge"} <= set(moments)
        assert len(moments) > 90


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_after_a_kill_at_any_moment_everything_comes_to_its_end(batch: int) -> None:
    """One message a turn, one revision, balanced books, and the next reply works, whenever it died."""
    for moment in range(batch, len(await moments_of(ROAD)), BATCHES):
        lasting, died = await die_and_recover(moment, ROAD)
        turns = list(lasting.shelves.turns.values())
        assert [turn.ask.text for turn in turns] == ["a lighthouse", "make it stormy", "like this one"], died
        assert [turn.revision for turn in turns] == [1, 2, 3], died
        assert [len(turn_messages(lasting, turn)) for turn in turns] == [1, 1, 1], died
        lost = [one for one in lasting.shelves.attempts.values() if one.outcome is Outcome.LOST]
        assert len(lost) <= 1, died
        assert 3 <= len(lasting.engine.calls) <= 3 + len(lost), died


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_after_a_kill_in_a_crowd_everything_comes_to_its_end(batch: int) -> None:
    """What waits goes on, what was cancelled stays cancelled or was late, and the thread is closed."""
    for moment in range(batch, len(await moments_of(CROWDED_ROAD)), BATCHES):
        lasting, died = await die_and_recover(moment, CROWDED_ROAD)
        (thread,) = lasting.shelves.threads.values()
        assert thread.machine.state is State.CLOSED, died
        stages = {turn.ask.text: turn.stage for turn in lasting.shelves.turns.values()}
        assert stages["make it snow"] is Stage.DELIVERED, died
        assert stages["a lighthouse"] is Stage.DELIVERED, died
        assert sorted(stages) == ["a lighthouse", "make it foggy", "make it rain", "make it snow"], died
