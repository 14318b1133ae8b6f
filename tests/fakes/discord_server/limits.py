"""Rate limits: buckets by route and major parameter, fifty a second for the bot, and the ban.

Windows run in real seconds, because the library waits for them in real seconds. Without `nominal()` they are
wide and short, so that tests that are not about limits do not wait.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
NOMINAL = {
    "POST /channels/{channel_id}/messages": (5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": (5, 5.0),
    "DELETE /channels/{channel_id}/messages/{message_id}": (5, 1.0),
    "POST /channels/{channel_id}/messages/{message_id}/threads": (10, 10.0),
    "POST /webhooks/{webhook_id}/{webhook_token}": (5, 2.0),
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": (5, 2.0),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": (1, 0.25),
}
"""Seen sizes; Discord publishes none and asks never to hard-code them."""
WIDE = (1000, 1.0)
GLOBAL_A_SECOND = 50
BANNED_AFTER = 10_000
BAN_WINDOW_S = 600.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say to one request. With `retry_after_s` it has to be answered 429."""

    headers: dict[str, str]
    retry_after_s: float | None = None
    scope: str = "user"


@dataclass(slots=True)
class _Window:
    ends: float = 0.0
    used: int = 0


@dataclass(slots=True)
class Limits:
    """The counters. `table` holds (requests, seconds) by route; change it freely."""

    table: dict[str, tuple[int, float]] = field(default_factory=dict)
    global_a_second: int = GLOBAL_A_SECOND * 20
    invalid: deque[float] = field(default_factory=deque)
    banned_after: int = BANNED_AFTER
    hits: int = 0
    """How many 429s were given."""
    _windows: dict[str, _Window] = field(default_factory=dict)
    _all: _Window = field(default_factory=_Window)

    def nominal(self) -> None:
        """Turn to the sizes seen in the wild."""
        self.table = dict(NOMINAL)
        self.global_a_second = GLOBAL_A_SECOND

    def judge(self, call: Call) -> Verdict:
        """Count a request and say whether it may pass."""
        now = time.monotonic()
        if not _is_interaction(call) and (wait := self._over(self._all, self.global_a_second, 1.0, now)):
            self.hits += 1
            return Verdict({"X-RateLimit-Global": "true", "Retry-After": f"{wait:.3f}"}, wait, "global")
        limit, seconds = self.table.get(call.name, WIDE)
        key = _key(call)
        window = self._windows.setdefault(f"{key}:{_major(call)}", _Window())
        over = self._over(window, limit, seconds, now)
        wait = window.ends - now
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - window.used)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": key,
        }
        if over is None:
            return Verdict(headers)
        self.hits += 1
        return Verdict(headers | {"Retry-After": f"{over:.3f}", "X-RateLimit-Scope": "user"}, over)

    def _over(self, window: _Window, limit: int, seconds: float, now: float) -> float | None:
        if now >= window.ends:
            window.ends, window.used = now + seconds, 0
        if window.used >= limit:
            return max(0.001, window.ends - now)
        window.used += 1
        return None

    def count_invalid(self, status: int, scope: str = "user") -> None:
        """Remember a 401, 403 or 429; those of shared scope do not count."""
        if status in {401, 403} or (status == 429 and scope != "shared"):
            self.invalid.append(time.monotonic())

    @property
    def is_banned(self) -> bool:
        """Whether Cloudflare lets nothing through any more."""
        oldest = time.monotonic() - BAN_WINDOW_S
        while self.invalid and self.invalid[0] < oldest:
            self.invalid.popleft()
        return len(self.invalid) >= self.banned_after


def _is_interaction(call: Call) -> bool:
    return call.route.startswith(("/interactions/", "/webhooks/"))


def _key(call: Call) -> str:
    return hashlib.sha256(call.name.encode()).hexdigest()[:32]


def _major(call: Call) -> str:
    return "+".join(call.params[name] for name in MAJOR if name in call.params)
