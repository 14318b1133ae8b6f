"""When a call to Discord may be made: its buckets as it tells them, and how often progress is shown.

Owns the waiting. Nothing here is a number of Discord's: it publishes none and asks not to guess them
(2026-08). A bucket's size is learnt from its first answer, which later calls wait for. Must never learn what
a call does.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from adapters.platforms.monotonic import MonotonicTime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.ports import Clock

GLOBAL_A_SECOND: Final = 45
"""Calls with the bot's token, of this process; Discord allows fifty to the bot as a whole."""

MAX_BUCKETS: Final = 2000
PROGRESS_EVERY_S: Final = 3.0
PROGRESS_A_CHANNEL_S: Final = 2.5
"""Least time between two changes for progress alone in one channel: results want the room."""


@dataclass(slots=True)
class _Bucket:
    limit: int = 1
    remaining: int = 1
    resets_at_s: float = 0.0
    is_known: bool = False
    learner: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wait_s(self, now_s: float) -> float:
        if now_s >= self.resets_at_s and self.is_known:
            self.remaining = self.limit
        return 0.0 if self.remaining > 0 or not self.is_known else self.resets_at_s - now_s


class Limiter:
    """Lets calls through as their buckets have room."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._global_until_s = 0.0
        self._refused_until_s = 0.0
        self._latest_s: deque[float] = deque(maxlen=GLOBAL_A_SECOND)

    async def admit(self, key: str, *, at_most_s: float, is_global: bool) -> float | None:
        """Wait for room; None when there is, otherwise how long it would take."""
        end_s = self._now_s() + at_most_s
        bucket = self._bucket(key)
        while (wait_s := self._wait_s(bucket, is_global=is_global)) > 0:
            if self._now_s() + wait_s > end_s:
                return wait_s
            await self._clock.sleep(wait_s)
        bucket.remaining -= 1
        if is_global:
            self._latest_s.append(self._now_s())
        return None

    def learning(self, key: str) -> asyncio.Lock | None:
        """Held during the first call of a bucket; None once its size is known."""
        bucket = self._bucket(key)
        return None if bucket.is_known else bucket.learner

    def learn(self, key: str, headers: Mapping[str, str]) -> None:
        """Take in what an answer says of its bucket."""
        try:
            limit = int(headers["X-RateLimit-Limit"])
            remaining = int(headers["X-RateLimit-Remaining"])
            reset_after_s = float(headers["X-RateLimit-Reset-After"])
        except (KeyError, ValueError):
            return
        bucket = self._bucket(key)
        is_same_window = bucket.is_known and self._now_s() < bucket.resets_at_s
        # Answers overtake each other: within a window there is never more room than was counted here.
        bucket.remaining = min(bucket.remaining, remaining) if is_same_window else remaining
        bucket.limit, bucket.is_known = max(1, limit), True
        bucket.resets_at_s = self._now_s() + reset_after_s

    def pause(self, key: str, seconds: float, *, is_global: bool) -> None:
        """Discord had no room: nothing of that bucket, or nothing of the bot's at all, for so long."""
        if is_global:
            self._global_until_s = max(self._global_until_s, self._now_s() + seconds)
        bucket = self._bucket(key)
        bucket.is_known, bucket.remaining = True, 0
        bucket.resets_at_s = self._now_s() + seconds

    def pause_all(self, seconds: float) -> None:
        """Nothing at all for so long, by whichever token: this machine's address is refused."""
        self._refused_until_s = max(self._refused_until_s, self._now_s() + seconds)

    def _wait_s(self, bucket: _Bucket, *, is_global: bool) -> float:
        now_s = self._now_s()
        wait_s = max(bucket.wait_s(now_s), self._refused_until_s - now_s)
        if not is_global:
            return wait_s
        # In any second, not in each of our clock's: nobody knows where Discord's begin.
        is_full = len(self._latest_s) == GLOBAL_A_SECOND
        own_s = self._latest_s[0] + 1 - now_s if is_full else 0.0
        return max(wait_s, own_s, self._global_until_s - now_s)

    def _bucket(self, key: str) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket()
            if len(self._buckets) > MAX_BUCKETS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket


class Pace:
    """Which progress is shown now; what comes too soon is dropped, not delayed."""

    def __init__(self, clock: Clock) -> None:
        self._now_s = MonotonicTime(clock).now_s
        self._last_s: OrderedDict[str, float] = OrderedDict()

    def may_show(self, *, message: str, channel: str) -> bool:
        """Whether there is time for it; counted as shown if so."""
        now_s = self._now_s()
        of_message, of_channel = f"m{message}", f"c{channel}"
        if now_s - self._last_s.get(of_message, 0.0) < PROGRESS_EVERY_S:
            return False
        if now_s - self._last_s.get(of_channel, 0.0) < PROGRESS_A_CHANNEL_S:
            return False
        for name in (of_message, of_channel):
            self._last_s[name] = now_s
            self._last_s.move_to_end(name)
        while len(self._last_s) > MAX_BUCKETS:
            self._last_s.popitem(last=False)
        return True
