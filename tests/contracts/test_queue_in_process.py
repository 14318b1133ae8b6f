"""What only the queue in one process promises."""

from __future__ import annotations

from datetime import timedelta

from adapters.queues import InProcessQueue
from core.domain.ids import TurnId
from tests.fakes.clock import FakeClock, settle
from tests.fakes.turn_handler import TurnHandler, working

A, B, C = (TurnId(name) for name in "ABC")


async def test_what_is_too_much_is_dropped() -> None:
    """Beyond its capacity the queue forgets nudges: the sweeper brings them back, memory does not grow."""
    handler, clock = TurnHandler(), FakeClock()
    queue = InProcessQueue(clock=clock, on_fault=handler.on_fault, capacity=2)
    for number in range(5):
        await queue.nudge(TurnId(f"now {number}"))
        await queue.nudge(TurnId(f"later {number}"), not_before=clock.now() + timedelta(seconds=1))
    async with working(queue, handler):
        await clock.pass_time(1)
        assert sorted(handler.ended) == ["later 0", "later 1", "now 0", "now 1"]


async def test_room_is_made_by_handling() -> None:
    """A full queue takes nudges again once a turn was taken from it."""
    handler = TurnHandler()
    queue = InProcessQueue(clock=FakeClock(), on_fault=handler.on_fault, capacity=1)
    async with working(queue, handler):
        for turn in (A, B, C):
            await queue.nudge(turn)
            await handler.until_ended(turn)


async def test_delayed_turns_come_in_the_order_of_their_times() -> None:
    """Turns that were put off come back by their times, whatever order they were nudged in."""
    handler, clock = TurnHandler(), FakeClock()
    queue = InProcessQueue(clock=clock, on_fault=handler.on_fault)
    for turn, after_s in ((C, 30), (A, 10), (B, 20)):
        await queue.nudge(turn, not_before=clock.now() + timedelta(seconds=after_s))
    clock.advance(60)
    async with working(queue, handler, concurrency=1):
        await settle()
        assert handler.ended == [A, B, C]


async def test_nothing_runs_when_nobody_works() -> None:
    """A queue that nobody works starts no task of its own, so that nothing is left over at the end."""
    handler, clock = TurnHandler(), FakeClock()
    queue = InProcessQueue(clock=clock, on_fault=handler.on_fault)
    await queue.nudge(A, not_before=clock.now() + timedelta(seconds=1))
    await clock.pass_time(2)
    assert clock.sleepers == 0
    assert not handler.started


async def test_cancelling_leaves_no_sleeper() -> None:
    """A worker that waited for a delayed turn leaves no timer behind."""
    handler, clock = TurnHandler(), FakeClock()
    queue = InProcessQueue(clock=clock, on_fault=handler.on_fault)
    await queue.nudge(A, not_before=clock.now() + timedelta(seconds=1))
    async with working(queue, handler):
        await clock.until_asleep()
    assert clock.sleepers == 0
