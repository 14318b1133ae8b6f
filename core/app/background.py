"""Work that goes on after an answer was given, tracked so that none is lost silently.

Owns the tasks. Whatever it runs must be safe to lose: the database knows what is unfinished, and the
sweeper finds it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from core.app.reports import Reports


class Background:
    """A set of running tasks. Faults are reported, never raised into somebody else's work."""

    def __init__(self, reports: Reports) -> None:
        """Report faults there."""
        self._reports = reports
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, object], what: str) -> asyncio.Task[None]:
        """Run it beside everything else; `what` names it in a report. Its end may be waited for."""
        task = asyncio.create_task(self._guard(work, what), name=what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # A task that is cancelled before its first step leaves its work unstarted, which Python warns of.
        task.add_done_callback(lambda _: work.close())
        return task

    async def _guard(self, work: Coroutine[object, object, object], what: str) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the last net: reported, and the sweeper repeats the work
            self._reports.fault("background_failed", error, task=what)

    async def settle(self) -> None:
        """Wait until nothing runs any more, including what the running started."""
        while self._tasks:
            # `gather` returns at once when all have ended (Python 3.12), before they are taken out.
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Cancel all of it and wait for the end."""
        for task in self._tasks:
            task.cancel()
        await self.settle()
