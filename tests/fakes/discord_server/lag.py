"""How late this server's own loop is, so that it can be taken off what is measured of the bot."""

from __future__ import annotations

import asyncio
import time
from collections import deque

EVERY_S = 0.01
KEPT = 60_000


class Lag:
    """Asks to be woken every ten milliseconds and writes down how late that was."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=KEPT)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to measure."""
        self._task = asyncio.get_running_loop().create_task(self._measure())

    def stop(self) -> None:
        """Measure no more."""
        if self._task is not None:
            self._task.cancel()

    async def _measure(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(EVERY_S)
            now = time.perf_counter()
            self._seen.append((now, max(0.0, now - before - EVERY_S)))

    def worst(self, since_s: float = 0.0, until_s: float = float("inf")) -> float:
        """The largest lateness in a stretch of `time.perf_counter` seconds."""
        return max((late for at, late in self._seen if since_s <= at <= until_s + EVERY_S), default=0.0)
