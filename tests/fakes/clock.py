"""Clocks that stand still until a test moves them."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from core.app.ports import Clock
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""When a fake clock starts unless told otherwise: a Monday."""

_TURNS_TO_SETTLE = 20


class FakeClock(Clock):
    """Time that passes only by `advance` or `pass_time`. Who sleeps is woken in the order of their times."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        """The time this clock was moved to."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved that far; zero and less only lets others run."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), alarm))
        self._changed.set()
        await alarm

    @property
    def sleepers(self) -> int:
        """How many are asleep."""
        return sum(not alarm.done() for _, _, alarm in self._sleepers)

    def advance(self, seconds: float) -> None:
        """Move time at once. Whoever is due wakes at the next await, and sees the time moved to."""
        self._move_to(self._now + timedelta(seconds=seconds))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass bit by bit: whoever is due wakes at their own time and may sleep again on the way."""
        end = self._now + timedelta(seconds=seconds)
        await settle()
        while (due := self._next_due()) is not None and due <= end:
            self._move_to(due)
            await settle()
        self._move_to(end)
        await settle()

    def leap(self, seconds: float) -> None:
        """Set the clock, forward or back, as after a machine's sleep: nobody's wait gets shorter."""
        by = timedelta(seconds=seconds)
        self._now += by
        self._sleepers = [(due + by, order, alarm) for due, order, alarm in self._sleepers]

    async def until_asleep(self, sleepers: int = 1) -> None:
        """Wait until at least that many are asleep; fails after a minute of real time."""
        await self._until(lambda: self.sleepers >= sleepers)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    def _next_due(self) -> datetime | None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def _move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)
        while (due := self._next_due()) is not None and due <= self._now:
            heapq.heappop(self._sleepers)[2].set_result(None)


class HastyClock(FakeClock):
    """Sleeping moves time and returns at once: for code that waits between tries."""

    async def sleep(self, seconds: float) -> None:
        """Make it that much later, and let others run."""
        self.advance(max(0.0, seconds))
        await asyncio.sleep(0)


async def settle() -> None:
    """Let everything that can run without time passing or bytes arriving run."""
    for _ in range(_TURNS_TO_SETTLE):
        await asyncio.sleep(0)
