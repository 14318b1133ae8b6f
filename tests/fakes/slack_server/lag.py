"""The fake's own delay, so that it can be subtracted from what it measures of the app."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BEAT_S = 0.02


class Lag:
    """How late this event loop wakes."""

    def __init__(self) -> None:
        self.beats: list[float] = []

    @contextlib.asynccontextmanager
    async def measured(self) -> AsyncIterator[Lag]:
        """Measure while the block runs."""
        task = asyncio.create_task(self._beat())
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @property
    def worst_s(self) -> float:
        """The longest delay met."""
        return max(self.beats, default=0.0)

    async def _beat(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT_S)
            self.beats.append(max(0.0, time.perf_counter() - before - BEAT_S))
