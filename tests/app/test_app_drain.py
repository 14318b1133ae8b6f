"""A process that is asked to stop lets its paid calls come home first."""

from __future__ import annotations

import asyncio

from core.app.records import Stage
from tests.fakes.studio_world import World
from tests.fakes.tools import FakeTools


async def test_draining_waits_for_the_call_that_is_out_and_lets_no_other_in() -> None:
    """The picture that is being made is kept; the next request waits for the next process."""
    world = World(FakeTools())
    answer = world.engine.hold()
    await world.imagine("a lighthouse")
    (first,) = world.queue.due(world.clock.now())
    working = asyncio.create_task(world.turns.handle(first))
    await _until_it_is_asked(world)
    await world.imagine("a cat")
    draining = asyncio.create_task(world.turns.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    (second,) = world.queue.due(world.clock.now())
    await world.turns.handle(second)
    answer.set()
    await draining
    await working
    await world.studio.background.settle()
    async with world.database.unit(read_only=True) as unit:
        stages = [turn.stage for one in (first, second) if (turn := await unit.turns.get(one)) is not None]
    assert stages == [Stage.DELIVERED, Stage.ANNOUNCED]
    assert len(world.engine.calls) == 1


async def _until_it_is_asked(world: World) -> None:
    for _ in range(1000):
        if world.engine.calls:
            return
        await asyncio.sleep(0)
    msg = "the engine was never asked"
    raise AssertionError(msg)
