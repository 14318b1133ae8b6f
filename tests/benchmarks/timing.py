"""Stopwatches: medians, and how long an event loop is held up.

Owns the arithmetic of samples.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Sequence

STEP_S = 0.002
"""How long the watched loop sleeps between two looks at the clock."""


async def timed_s(work: Awaitable[object]) -> float:
    """How long the work takes, in seconds."""
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


def median_ms(samples_s: Sequence[float]) -> float:
    """The median of samples in seconds, in milliseconds."""
    return statistics.median(samples_s) * 1000


@dataclass(slots=True)
class Lags:
    """How much later than due a sleeping task was woken, in seconds."""

    samples_s: list[float] = field(default_factory=list)

    @property
    def p99_ms(self) -> float:
        """Ninety-nine of a hundred wake-ups were less late than this."""
        ordered = sorted(self.samples_s)
        return ordered[int(len(ordered) * 0.99)] * 1000

    @property
    def worst_ms(self) -> float:
        """The latest of all."""
        return max(self.samples_s) * 1000


@contextlib.asynccontextmanager
async def watched_loop() -> AsyncIterator[Lags]:
    """Watch the running loop while the block runs."""
    lags = Lags()
    watcher = asyncio.create_task(_watch(lags))
    try:
        yield lags
    finally:
        # One more wake-up: what held up the loop last must not go unseen.
        await asyncio.sleep(2 * STEP_S)
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def _watch(lags: Lags) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(STEP_S)
        lags.samples_s.append(max(0.0, time.perf_counter() - began - STEP_S))
