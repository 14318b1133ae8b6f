"""Keeps calls within Slack's limits before Slack has to say so.

Owns the buckets, one for each workspace and method (for messages: each channel), and the order in which
calls that must wait are let through: a result goes before a placeholder, and progress is not shown at all
where it could delay either. Each process keeps its own buckets; what several processes take together is
corrected by Slack's 429, which pauses the bucket. Must never learn what a call carries.
"""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, Final

from adapters.platforms.monotonic import MonotonicTime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.ports import Clock
    from core.domain.ids import WorkspaceId

MAX_BUCKETS: Final = 5000
"""Above so many, buckets that have filled up again are dropped: a new one says the same."""


class Urgency(IntEnum):
    """Who goes first when there is not room for all."""

    RESULT = 0
    PLACEHOLDER = 1
    PROGRESS = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """So many calls at once, and so many a second after that."""

    burst: int
    per_s: float


def per_minute(calls: int) -> Rule:
    """A rule that never lets more than so many calls through in any minute, a fifth of them at once."""
    burst = max(1, calls // 5)
    return Rule(burst, max(1, calls - burst) / 60)


TIER_2: Final = per_minute(20)
TIER_3: Final = per_minute(50)
TIER_4: Final = per_minute(100)

RULES: Final[Mapping[str, Rule]] = {
    # One message a second in a channel (Slack, 2026-11), and a little less: they travel unevenly, and Slack
    # counts when they arrive. One that is on its way for long is counted when Slack has answered.
    "chat.postMessage": Rule(1, 0.95),
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    # "Hundreds of requests a minute" (Slack, 2026-11).
    "chat.getPermalink": TIER_4,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.join": TIER_3,
    "conversations.open": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
    "files.info": TIER_4,
    "files.delete": TIER_3,
    "users.info": TIER_4,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "assistant.threads.setStatus": TIER_3,
    "agents.sessions.setStatus": TIER_3,
}
"""Calls a minute, by Slack's tiers (2026-11). A method that is not named is taken for one of tier 2."""

_PER_CHANNEL: Final = frozenset({"chat.postMessage"})


@dataclass(slots=True)
class Bucket:
    """How many calls may go now, and when the next may. Pure: the time is an argument, in seconds."""

    rule: Rule
    at_s: float
    paused_until_s: float = 0.0
    level: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin full."""
        self.level = float(self.rule.burst)

    def wait_s(self, now_s: float, *, ahead: int = 0) -> float:
        """How long until a call may go, behind `ahead` others."""
        self._fill(now_s)
        return max(0.0, self.paused_until_s - now_s) + max(0.0, (ahead + 1 - self.level) / self.rule.per_s)

    def take(self, now_s: float) -> None:
        """A call goes."""
        self._fill(now_s)
        self.level -= 1

    def answered(self, now_s: float) -> None:
        """A call has come home. It arrived no later than now, so the next is counted from here."""
        self._fill(now_s)
        self.level = min(self.level, self.rule.burst - 1.0)

    def pause(self, now_s: float, seconds: float) -> None:
        """Slack wants no call for so long; then one may go, and the others at the usual pace."""
        self._fill(now_s)
        until_s = now_s + seconds
        if until_s > self.paused_until_s:
            self.paused_until_s, self.level = until_s, 1.0

    def is_full(self, now_s: float) -> bool:
        """Whether nothing of it is remembered that a new bucket would not say."""
        self._fill(now_s)
        return self.paused_until_s <= now_s and self.level >= self.rule.burst

    def _fill(self, now_s: float) -> None:
        free_s = max(0.0, now_s - max(self.at_s, self.paused_until_s))
        self.level = min(float(self.rule.burst), self.level + free_s * self.rule.per_s)
        self.at_s = now_s


@dataclass(order=True, slots=True)
class _Ticket:
    """A call that waits in a line."""

    urgency: Urgency
    number: int
    is_moved: asyncio.Event = field(default_factory=asyncio.Event, compare=False)


@dataclass(slots=True)
class _Line:
    """A bucket and who waits for it, the first to go in front."""

    bucket: Bucket
    waiting: list[_Ticket] = field(default_factory=list)

    def before(self, urgency: Urgency) -> int:
        """How many go before a call that comes now."""
        return sum(ticket.urgency <= urgency for ticket in self.waiting)

    def leave(self, ticket: _Ticket) -> None:
        """It goes, or has given up: the others look whether they are next, and whether they may wait on."""
        self.waiting.remove(ticket)
        heapq.heapify(self.waiting)
        for other in self.waiting:
            other.is_moved.set()


class Limiter:
    """Lets calls through when Slack has room for them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._lines: dict[tuple[str, ...], _Line] = {}
        self._numbers = count()

    async def admit(
        self,
        workspace: WorkspaceId,
        method: str,
        *,
        channel: str = "",
        urgency: Urgency = Urgency.RESULT,
        at_most_s: float,
    ) -> float | None:
        """Wait for room, at most about so long: None when the call may go, else when to ask again."""
        line = self._line(workspace, method, channel)
        expected_s = line.bucket.wait_s(self._now_s(), ahead=line.before(urgency))
        if urgency is Urgency.PROGRESS:
            return self._in_passing(line)
        if expected_s > at_most_s:
            return expected_s
        ticket = _Ticket(urgency, next(self._numbers))
        heapq.heappush(line.waiting, ticket)
        try:
            return await self._in_turn(line, ticket, self._now_s() + at_most_s)
        finally:
            line.leave(ticket)

    def answered(self, workspace: WorkspaceId, method: str, *, channel: str = "") -> None:
        """Slack has answered a call that was let through, whatever it said."""
        self._line(workspace, method, channel).bucket.answered(self._now_s())

    def pause(self, workspace: WorkspaceId, method: str, *, channel: str = "", seconds: float) -> None:
        """Slack has said 429."""
        self._line(workspace, method, channel).bucket.pause(self._now_s(), seconds)

    def _in_passing(self, line: _Line) -> float | None:
        """Let progress through only while half of the burst is left for what matters more."""
        spare = line.bucket.rule.burst // 2
        wait_s = line.bucket.wait_s(self._now_s(), ahead=spare)
        if line.waiting or wait_s > 0:
            return max(wait_s, 1.0)
        line.bucket.take(self._now_s())
        return None

    async def _in_turn(self, line: _Line, ticket: _Ticket, end_s: float) -> float | None:
        while True:
            if line.waiting[0] is not ticket:
                if self._now_s() >= end_s:
                    return line.bucket.wait_s(self._now_s(), ahead=line.waiting.index(ticket))
                ticket.is_moved.clear()
                await ticket.is_moved.wait()
                continue
            wait_s = line.bucket.wait_s(self._now_s())
            if wait_s <= 0:
                line.bucket.take(self._now_s())
                return None
            if self._now_s() + wait_s > end_s:
                return wait_s
            await self._clock.sleep(wait_s)

    def _line(self, workspace: WorkspaceId, method: str, channel: str) -> _Line:
        key = (workspace, method, channel if method in _PER_CHANNEL else "")
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= MAX_BUCKETS:
                self._drop_full()
            line = self._lines[key] = _Line(Bucket(RULES.get(method, TIER_2), self._now_s()))
        return line

    def _drop_full(self) -> None:
        now_s = self._now_s()
        kept = {
            key: line for key, line in self._lines.items() if line.waiting or not line.bucket.is_full(now_s)
        }
        self._lines = kept
