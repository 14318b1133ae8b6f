"""A handler of turns that writes down what it was given and can be held or made to fail."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from core.app.ports import TurnQueue
    from core.domain.ids import TurnId


class TurnHandler:
    """Notes when turns start and end.

    Those told to `hold` run until `let_go`; those in `faults` raise; a `meeting` keeps all until it is full.
    """

    def __init__(self) -> None:
        self.started: list[TurnId] = []
        self.ended: list[TurnId] = []
        self.running: Counter[TurnId] = Counter()
        self.most_at_once = 0
        self.most_of_one_at_once = 0
        self.meeting: asyncio.Barrier | None = None
        self.faults: dict[TurnId, BaseException] = {}
        self.reported: list[tuple[TurnId, Exception]] = []
        self._held: dict[TurnId, asyncio.Event] = {}
        self._changed = asyncio.Event()

    async def __call__(self, turn: TurnId) -> None:
        """Handle the turn."""
        self.started.append(turn)
        self.running[turn] += 1
        self.most_at_once = max(self.most_at_once, self.running.total())
        self.most_of_one_at_once = max(self.most_of_one_at_once, self.running[turn])
        self._tell()
        try:
            if (held := self._held.get(turn)) is not None:
                await held.wait()
            if self.meeting is not None:
                await self.meeting.wait()
            if (fault := self.faults.get(turn)) is not None:
                raise fault
        finally:
            # Ending takes a moment, as it does where there is something to put away.
            await asyncio.sleep(0)
            self.running[turn] -= 1
            self.ended.append(turn)
            self._tell()

    def on_fault(self, turn: TurnId, fault: Exception) -> None:
        """Note what a queue reports."""
        self.reported.append((turn, fault))
        self._tell()

    def hold(self, *turns: TurnId) -> None:
        """Keep those turns running once they start."""
        self._held.update({turn: asyncio.Event() for turn in turns})

    def let_go(self, turn: TurnId) -> None:
        """Let it end."""
        self._held.pop(turn).set()

    async def until_started(self, turn: TurnId, times: int = 1) -> None:
        """Wait until it started that often."""
        await self.until(lambda: self.started.count(turn) >= times)

    async def until_ended(self, turn: TurnId, times: int = 1) -> None:
        """Wait until it ended that often."""
        await self.until(lambda: self.ended.count(turn) >= times)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something that this handler notes is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    def _tell(self) -> None:
        self._changed.set()


@asynccontextmanager
async def working(queue: TurnQueue, handler: TurnHandler, *, concurrency: int = 2) -> AsyncIterator[None]:
    """A worker that handles the queue's turns while the block runs, and must end when it is cancelled."""
    task = asyncio.create_task(queue.work(handler, concurrency=concurrency))
    try:
        yield
        assert not task.done(), task
    finally:
        task.cancel()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled(), task
