"""The queue of a single process: nudges in memory, handlers as asyncio tasks.

Owns which turn is due when. Must never learn what a turn is. Whatever is lost here with the process is
nudged again by the sweeper.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.queues.one_at_a_time import OneAtATime
from core.app.ports import TurnQueue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from datetime import datetime

    from core.app.ports import Clock
    from core.domain.ids import TurnId

CAPACITY = 10_000
"""Turns remembered as due, and as many again as due later. The sweeper brings back what was dropped."""


class InProcessQueue(TurnQueue):
    """Hands nudged turns to handlers in this process.

    A turn waits at most once among those that are due, and at most once among those that are due later, there
    with the earliest time it was nudged for. Beyond `capacity` turns in either, nudges are dropped.
    """

    def __init__(
        self, *, clock: Clock, on_fault: Callable[[TurnId, Exception], None], capacity: int = CAPACITY
    ) -> None:
        self._clock = clock
        self._on_fault = on_fault
        self._capacity = capacity
        self._due: asyncio.Queue[TurnId] = asyncio.Queue()
        self._is_due: set[TurnId] = set()
        self._later: dict[TurnId, datetime] = {}
        # Replaced when it is set, never cleared: whoever waits for it cannot miss it.
        self._earlier = asyncio.Event()

    async def nudge(self, turn: TurnId, *, not_before: datetime | None = None) -> None:
        """Ask for the turn to be handled now, or when that time has come."""
        if not_before is None or not_before <= self._clock.now():
            self._put(turn)
        else:
            self._put_later(turn, not_before)

    async def work(self, handle: Callable[[TurnId], Awaitable[None]], *, concurrency: int) -> None:
        """Hand turns to `handle`, that many at a time, until cancelled. What still waits stays."""
        one = OneAtATime(handle, self._on_fault)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ring(), name="turns due later")
            for number in range(concurrency):
                group.create_task(self._serve(one), name=f"turn handler {number}")

    def _put(self, turn: TurnId) -> None:
        if turn in self._is_due or len(self._is_due) >= self._capacity:
            return
        self._is_due.add(turn)
        self._due.put_nowait(turn)

    def _put_later(self, turn: TurnId, at: datetime) -> None:
        known = self._later.get(turn)
        if known is None and len(self._later) >= self._capacity:
            return
        if known is None or at < known:
            self._later[turn] = at
            self._tell_ringer()

    def _tell_ringer(self) -> None:
        told, self._earlier = self._earlier, asyncio.Event()
        told.set()

    async def _serve(self, one: OneAtATime) -> None:
        while True:
            turn = await self._due.get()
            self._is_due.discard(turn)
            await one.run(turn)

    async def _ring(self) -> None:
        while True:
            earlier = self._earlier
            self._put_those_due()
            await self._until_next(earlier)

    def _put_those_due(self) -> None:
        now = self._clock.now()
        ripe = sorted((at, turn) for turn, at in self._later.items() if at <= now)
        for _, turn in ripe:
            del self._later[turn]
            self._put(turn)

    async def _until_next(self, earlier: asyncio.Event) -> None:
        if not self._later:
            await earlier.wait()
            return
        wait = min(self._later.values()) - self._clock.now()
        await _first_of(self._clock.sleep(wait.total_seconds()), earlier.wait())


async def _first_of(*waits: Coroutine[object, object, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
