"""What every TurnQueue does, in one process or over Postgres."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import psycopg
import pytest
import pytest_asyncio

from adapters.queues import InProcessQueue, ProcrastinateQueue, Rhythm
from core.domain.ids import TurnId
from tests.fakes.clock import FakeClock
from tests.fakes.turn_handler import TurnHandler, working

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.ports import TurnQueue

A, B, C, D = (TurnId(name) for name in "ABCD")
HOUR = timedelta(hours=1)
QUICK = Rhythm(poll_every_s=0.05, restart_after_s=0.05)


class Rig(Protocol):
    """A queue and the time it goes by."""

    queue: TurnQueue

    def now(self) -> datetime: ...

    async def let_pass(self, time: timedelta) -> None: ...


class ProcessRig:
    def __init__(self, handler: TurnHandler) -> None:
        self._clock = FakeClock()
        self.queue: TurnQueue = InProcessQueue(clock=self._clock, on_fault=handler.on_fault)

    def now(self) -> datetime:
        return self._clock.now()

    async def let_pass(self, time: timedelta) -> None:
        await self._clock.pass_time(time.total_seconds())


class PostgresRig:
    """The server's time cannot be moved, so the jobs are moved instead."""

    def __init__(self, queue: ProcrastinateQueue, url: str) -> None:
        self.queue: TurnQueue = queue
        self._url = url

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def let_pass(self, time: timedelta) -> None:
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
            await connection.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - %s WHERE status = 'todo'",
                (time,),
            )


@pytest.fixture
def handler() -> TurnHandler:
    """What the turns are handed to."""
    return TurnHandler()


@pytest_asyncio.fixture(params=["process", pytest.param("postgres", marks=pytest.mark.postgres)])
async def rig(request: pytest.FixtureRequest, handler: TurnHandler) -> AsyncIterator[Rig]:
    """Each kind of queue in turn, empty."""
    if request.param == "process":
        yield ProcessRig(handler)
        return
    url: str = request.getfixturevalue("queue_url")
    async with ProcrastinateQueue(url, on_fault=handler.on_fault, rhythm=QUICK) as queue:
        yield PostgresRig(queue, url)


async def test_a_nudged_turn_is_handled(rig: Rig, handler: TurnHandler) -> None:
    """A turn that is nudged while somebody works is handled."""
    async with working(rig.queue, handler):
        await rig.queue.nudge(A)
        await handler.until_ended(A)


async def test_nudges_wait_for_a_worker(rig: Rig, handler: TurnHandler) -> None:
    """Turns nudged before anybody works are handled later, in order and once each, however often nudged."""
    for turn in (A, B, A, B, A, C):
        await rig.queue.nudge(turn)
    async with working(rig.queue, handler, concurrency=1):
        await handler.until_ended(C)
    assert handler.started == [A, B, C]


async def test_nudged_while_handled(rig: Rig, handler: TurnHandler) -> None:
    """A turn nudged twice while it is handled is handled once more afterwards, never twice at a time."""
    handler.hold(A)
    async with working(rig.queue, handler):
        await rig.queue.nudge(A)
        await handler.until_started(A)
        for other in (B, C):
            await rig.queue.nudge(A)
            await rig.queue.nudge(other)
            await handler.until_ended(other)
        handler.let_go(A)
        await handler.until_ended(A, 2)
        await rig.queue.nudge(D)
        await handler.until_ended(D)
    assert handler.started.count(A) == 2
    assert handler.most_of_one_at_once == 1


async def test_concurrency(rig: Rig, handler: TurnHandler) -> None:
    """Different turns are handled side by side, as many as was said and no more."""
    # Nobody gets on before three are there.
    handler.meeting = asyncio.Barrier(3)
    turns = [TurnId(f"turn {number}") for number in range(9)]
    for turn in turns:
        await rig.queue.nudge(turn)
    async with working(rig.queue, handler, concurrency=3):
        await handler.until(lambda: len(handler.ended) == len(turns))
    assert handler.most_at_once == 3


async def test_a_fault_is_reported(rig: Rig, handler: TurnHandler) -> None:
    """A handler that raises is reported with its turn, and the worker goes on."""
    fault = handler.faults[A] = LookupError("gone")
    async with working(rig.queue, handler, concurrency=1):
        await rig.queue.nudge(A)
        await rig.queue.nudge(B)
        await handler.until_ended(B)
    assert handler.reported == [(A, fault)]


async def test_a_handler_cancelled_from_within(rig: Rig, handler: TurnHandler) -> None:
    """A handler that ends as cancelled by its own doing is a fault like others, and the worker goes on."""
    handler.faults[A] = asyncio.CancelledError()
    async with working(rig.queue, handler, concurrency=1):
        await rig.queue.nudge(A)
        await rig.queue.nudge(B)
        await handler.until_ended(B)
    assert [turn for turn, _ in handler.reported] == [A]


async def test_a_failed_turn_can_be_nudged_again(rig: Rig, handler: TurnHandler) -> None:
    """A fault leaves nothing behind that would keep the turn from being handled later."""
    handler.faults[A] = LookupError("gone")
    async with working(rig.queue, handler):
        await rig.queue.nudge(A)
        await handler.until(lambda: len(handler.reported) == 1)
        await rig.queue.nudge(A)
        await handler.until(lambda: len(handler.reported) == 2)


async def test_cancelling_the_worker(rig: Rig, handler: TurnHandler) -> None:
    """When the worker is cancelled, running handlers are cancelled, and have ended when it has."""
    handler.hold(A, B)
    async with working(rig.queue, handler):
        await rig.queue.nudge(A)
        await rig.queue.nudge(B)
        await handler.until_started(A)
        await handler.until_started(B)
        assert not handler.ended
    assert sorted(handler.ended) == [A, B]
    assert not handler.reported


async def test_work_can_be_taken_up_again(rig: Rig, handler: TurnHandler) -> None:
    """What is nudged after a worker has gone waits for the next one."""
    async with working(rig.queue, handler):
        await rig.queue.nudge(A)
        await handler.until_ended(A)
    await rig.queue.nudge(B)
    await rig.queue.nudge(A)
    async with working(rig.queue, handler):
        await handler.until_ended(A, 2)
        await handler.until_ended(B)


async def test_a_delayed_nudge(rig: Rig, handler: TurnHandler) -> None:
    """A turn that was nudged for later is not handled before its time, and then is."""
    async with working(rig.queue, handler, concurrency=1):
        await rig.queue.nudge(A, not_before=rig.now() + HOUR)
        await rig.let_pass(HOUR / 2)
        await rig.queue.nudge(B)
        await handler.until_ended(B)
        assert handler.started == [B]
        await rig.let_pass(HOUR / 2)
        await handler.until_ended(A)


async def test_a_time_that_has_passed(rig: Rig, handler: TurnHandler) -> None:
    """A nudge for a time that has passed is one for now."""
    async with working(rig.queue, handler):
        await rig.queue.nudge(A, not_before=rig.now() - HOUR)
        await handler.until_ended(A)


async def test_the_earliest_delayed_nudge_counts(rig: Rig, handler: TurnHandler) -> None:
    """Nudged for several later times, a turn is handled once, at the earliest of them."""
    for hours in (3, 1, 2):
        await rig.queue.nudge(A, not_before=rig.now() + hours * HOUR)
    async with working(rig.queue, handler, concurrency=1):
        await rig.let_pass(HOUR)
        await handler.until_ended(A)
        await rig.let_pass(2 * HOUR)
        await rig.queue.nudge(B)
        await handler.until_ended(B)
    assert handler.started == [A, B]


async def test_a_sooner_nudge_while_the_worker_waits(rig: Rig, handler: TurnHandler) -> None:
    """A worker that waits for a delayed turn hears of one that is due before it."""
    async with working(rig.queue, handler, concurrency=1):
        await rig.queue.nudge(A, not_before=rig.now() + 2 * HOUR)
        await rig.let_pass(timedelta())
        await rig.queue.nudge(B, not_before=rig.now() + HOUR)
        await rig.let_pass(HOUR)
        await handler.until_ended(B)
        assert handler.started == [B]
        await rig.let_pass(HOUR)
        await handler.until_ended(A)


async def test_now_does_not_wait_for_later(rig: Rig, handler: TurnHandler) -> None:
    """A nudge for now is not held back by one for later, and does not replace it."""
    async with working(rig.queue, handler, concurrency=1):
        await rig.queue.nudge(A, not_before=rig.now() + HOUR)
        await rig.queue.nudge(A)
        await handler.until_ended(A)
        await rig.let_pass(HOUR)
        await handler.until_ended(A, 2)


async def test_a_handler_may_nudge_its_own_turn_for_later(rig: Rig, handler: TurnHandler) -> None:
    """A turn that puts itself off from within its handler comes back when its time has come."""

    async def put_off(turn: TurnId) -> None:
        if not handler.started:
            await rig.queue.nudge(turn, not_before=rig.now() + HOUR)
        await handler(turn)

    task = asyncio.create_task(rig.queue.work(put_off, concurrency=1))
    await rig.queue.nudge(A)
    await handler.until_ended(A)
    await rig.let_pass(HOUR)
    await handler.until_ended(A, 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
