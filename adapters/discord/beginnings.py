"""How often sessions at Discord's gateway are begun, and how long to stay away after one has ended.

Owns the waits. Discord counts every IDENTIFY of a bot: whoever sends more than 1000 in a day loses the
token (2026-08). It counts refused requests too, ten thousand in ten minutes for an address. Must never learn
what is heard in a session.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

import discord

from adapters.platforms.monotonic import MonotonicTime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.ports import Clock

IDENTIFY_EVERY_S: Final = 5.0
"""How long Discord wants between two IDENTIFYs of one bucket of shards (2026-08)."""

QUICK: Final = 10
QUICK_WITHIN_S: Final = 60.0
SLOW_S: Final = 5.0
"""So many connections a minute, beside one for each shard, are opened at once; more of them so far apart."""

SPARED: Final = 20
"""Beginnings of a day that going on leaves to whoever starts the program anew."""

RENEWED_EVERY_S: Final = 24 * 3600.0

LONGEST_SPENT_S: Final = 3600.0
"""How long to stay away at most once they are used up: Discord is asked then whether there are new ones."""

STEADY_S: Final = 3600.0
"""After so long a new trouble is no repetition."""

_AUTHENTICATION_FAILED: Final = 4004
"""The gateway's way to refuse a token (2026-08)."""


class SessionsSpent(Exception):  # noqa: N818 - nothing is broken: it is waited for
    """Discord allows no further session for so long."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"no session may be begun for {wait_s:.0f} s")
        self.wait_s = wait_s


class StartLimits(Protocol):
    """What Discord says of a bot's sessions; `reset_after` is in milliseconds."""

    total: int
    remaining: int
    reset_after: int
    max_concurrency: int


class IdentifyPace:
    """Lets shards connect and identify as fast as Discord allows: each bucket of `max_concurrency` alone.

    No connection that ends again and again is opened without a pause.
    """

    def __init__(self, clock: Clock, *, every_s: float = IDENTIFY_EVERY_S) -> None:
        self.max_concurrency = 1
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._every_s = every_s
        self._free_at_s: dict[int, float] = {}
        self._connected_s: deque[float] = deque()
        self._left = self._total = self._spared = 0
        self._renewed_at_s = float("inf")
        self._has_learnt = False

    def learn(self, limits: StartLimits) -> None:
        """Take in what Discord says of this bot. Raises SessionsSpent when it may not begin another."""
        self.max_concurrency = limits.max_concurrency
        self._left, self._total = limits.remaining, limits.total
        self._spared = SPARED if self._has_learnt else 0
        self._has_learnt = True
        self._renewed_at_s = self._now_s() + limits.reset_after / 1000
        self._check()

    async def connect(self, shards: int) -> None:
        """Wait until one of so many shards may connect.

        A connection that ends at once is resumed at once (discord.py 2.7.1), which no IDENTIFY holds up.
        """
        while self._connected_s and self._now_s() - self._connected_s[0] >= QUICK_WITHIN_S:
            self._connected_s.popleft()
        if len(self._connected_s) >= QUICK + shards:
            await self._clock.sleep(SLOW_S)
        self._connected_s.append(self._now_s())

    async def admit(self, shard: int) -> None:
        """Wait until that shard may identify. Raises SessionsSpent when it may not for hours."""
        self._check()
        self._left -= 1
        bucket, now = shard % max(1, self.max_concurrency), self._now_s()
        free_at = max(now, self._free_at_s.get(bucket, now))
        self._free_at_s[bucket] = free_at + self._every_s
        if free_at > now:
            await self._clock.sleep(free_at - now)

    def _check(self) -> None:
        """A session that Discord ends at once is begun again at once, without an end (discord.py 2.7.1)."""
        wait_s = self._renewed_at_s - self._now_s()
        if wait_s <= 0:
            self._left, wait_s = self._total, RENEWED_EVERY_S
            self._renewed_at_s = self._now_s() + wait_s
        if self._has_learnt and self._left <= self._spared:
            raise SessionsSpent(min(LONGEST_SPENT_S, wait_s))


class Ending(StrEnum):
    """What ended a connection, as far as it matters for when to begin anew."""

    TROUBLE = "trouble"
    """Our storage at login, an event that the library cannot read, Discord out of reach, or nothing told."""
    REFUSED = "refused"
    """The token is not valid. Somebody has made another one, or Discord errs for a while: both are seen."""
    SPENT = "spent"
    """As many sessions were begun as Discord allows."""


_WAITS_S: Final[Mapping[Ending, tuple[float, float]]] = {
    Ending.TROUBLE: (2.0, 120.0),
    Ending.REFUSED: (60.0, 600.0),
}
"""The first wait and the longest; each is twice the one before."""


def ending_of(error: Exception | None) -> Ending:
    """Which of them it was."""
    match error:
        case discord.LoginFailure():
            return Ending.REFUSED
        case discord.ConnectionClosed(code=code) if code == _AUTHENTICATION_FAILED:
            return Ending.REFUSED
        case SessionsSpent():
            return Ending.SPENT
        case _:
            return Ending.TROUBLE


class Pauses:
    """How long to stay away, longer each time that the same happens again."""

    def __init__(self) -> None:
        self._next_s = {ending: first_s for ending, (first_s, _) in _WAITS_S.items()}

    def after(self, error: Exception | None, lasted_s: float) -> float:
        """Seconds to wait after a connection that lasted so long."""
        if isinstance(error, SessionsSpent):
            return error.wait_s
        ending = ending_of(error)
        for one, (first_s, _) in _WAITS_S.items():
            # Who is refused has not been taken in between; a trouble is forgotten after a calm hour.
            if lasted_s >= STEADY_S or (one is Ending.REFUSED and ending is not Ending.REFUSED):
                self._next_s[one] = first_s
        wait_s = self._next_s[ending]
        self._next_s[ending] = min(_WAITS_S[ending][1], wait_s * 2)
        return wait_s
