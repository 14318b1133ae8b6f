"""How often a method may be called: Slack's tiers, per workspace and method, on the injected clock.

Slack, 2026-11: tiers allow at least so many calls a minute; chat.postMessage about one a second in a
channel with short bursts, and a cap for the workspace. The fake allows exactly the documented number in
any sixty seconds, so that what passes here passes there. Calls that were refused are not counted.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field, replace

from tests.fakes.slack_server.refusals import ratelimited

MINUTE_S = 60.0

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute by tier."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What is allowed; without `is_kept` everything. `has_history_limits`: for apps sold elsewhere (8.3)."""

    is_kept: bool = True
    tiers: dict[int, int] = field(default_factory=lambda: dict(TIERS))
    posts_a_second: int = 1
    post_burst: int = 4
    posts_a_minute: int = 300
    has_history_limits: bool = False

    def without(self) -> Rates:
        """The same with nothing refused."""
        return replace(self, is_kept=False)


class Buckets:
    """Who called what, and when."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, ...], deque[float]] = {}
        self.refused = 0

    def take(self, key: tuple[str, ...], most: int, span_s: float, now: float) -> None:
        """Count one call, or refuse it and say when there is room again."""
        self._check(key, most, span_s, now).append(now)

    def take_post(self, team: str, channel: str, rates: Rates, now: float) -> None:
        """A message posted: the channel's and the workspace's limits together, both or neither counted."""
        burst = rates.post_burst
        span_s = burst / rates.posts_a_second
        here = self._check(("post", team, channel), burst, span_s, now)
        everywhere = self._check(("post", team), rates.posts_a_minute, MINUTE_S, now)
        here.append(now)
        everywhere.append(now)

    def _check(self, key: tuple[str, ...], most: int, span_s: float, now: float) -> deque[float]:
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - span_s:
            calls.popleft()
        if len(calls) >= most:
            self.refused += 1
            raise ratelimited(max(1, math.ceil(calls[0] + span_s - now)))
        return calls
