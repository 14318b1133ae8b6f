"""What says that the app works on something: Slack's status line and agent session, and our placeholders.

Owns which of the two signs a workspace has (Slack says so by refusing the other), and taking it down again.
A sign is best effort: a call for it is made only where it delays nothing, and its failure is nobody's. The
status line goes by itself after two minutes (Slack, 2026-11); an agent session, which brings Slack's own Stop
button, has to be left by us. Must never learn what is being made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from adapters.slack.errors import Trouble
from adapters.slack.limiter import Urgency

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.slack.client import SlackApi
    from adapters.slack.refs import At
    from core.app.ports import Clock
    from core.domain.ids import WorkspaceId

STATUS_LETTERS: Final = 100
REFRESH_AFTER: Final = timedelta(seconds=90)
ASK_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long a workspace is taken at its word that it does not have something."""

TRUSTED_FOR: Final = timedelta(seconds=10)
"""How long a placeholder is taken to say what this process wrote: another may have changed it since."""

MAX_REMEMBERED: Final = 5000

_OF_THE_THREAD: Final = frozenset({"channel_not_found", "is_archived", "not_in_channel", "thread_not_found"})
"""Refusals that say something of one thread and nothing of the workspace."""

_SESSION: Final = "agents.sessions.setStatus"
_STATUS: Final = "assistant.threads.setStatus"


@dataclass(frozen=True, slots=True)
class Spot:
    """A thread in which a sign can stand."""

    workspace: WorkspaceId
    channel: str
    thread: str


@dataclass(frozen=True, slots=True)
class _Sign:
    method: str
    words: str
    since: datetime
    has_session: bool
    """Whether a session was put up there, by this sign or one before it."""

    def says(self, words: str) -> bool:
        """Whether it need not be put up anew: a session is at work, whatever the words."""
        return self.method == _SESSION or self.words == words


class Placeholders:
    """What this process has said in placeholders, so that none is changed into what it says already."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said: dict[tuple[WorkspaceId, At], tuple[str, datetime]] = {}

    def says(self, workspace: WorkspaceId, at: At, words: str) -> bool:
        """Whether the placeholder there is known to say just that."""
        said, since = self._said.get((workspace, at), ("", None))
        return said == words and since is not None and self._clock.now() - since < TRUSTED_FOR

    def said(self, workspace: WorkspaceId, at: At, words: str) -> None:
        """It says that now."""
        self._said.pop((workspace, at), None)
        self._said[workspace, at] = words, self._clock.now()
        if len(self._said) > MAX_REMEMBERED:
            del self._said[next(iter(self._said))]

    def is_over(self, workspace: WorkspaceId, at: At) -> None:
        """Something else stands there."""
        self._said.pop((workspace, at), None)


class Working:
    """Puts signs up and takes them down."""

    def __init__(self, api: SlackApi, *, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._lacks: dict[tuple[WorkspaceId, str], datetime] = {}
        self._signs: dict[Spot, _Sign] = {}

    async def say(self, spot: Spot, words: str) -> bool:
        """Show that we work there; whether it is shown."""
        sign = self._signs.get(spot)
        now = self._clock.now()
        if sign is not None and sign.says(words) and now - sign.since < REFRESH_AFTER:
            return True
        for method in (_SESSION, _STATUS):
            if await self._put(spot, method, words):
                return True
        return False

    async def refresh(self, spot: Spot) -> None:
        """Keep a sign that stands there from fading."""
        sign = self._signs.get(spot)
        if sign is not None:
            await self.say(spot, sign.words)

    async def is_over(self, spot: Spot) -> None:
        """Take the sign there down, also one that a process put up which is no more."""
        sign = self._signs.pop(spot, None)
        if sign is not None and sign.method == _STATUS:
            await self._call(spot, _STATUS, "")
        if (sign is None or sign.has_session) and not self._is_lacking(spot, _SESSION):
            # A status line would fade, a session that works for ever would not: also one beside the line,
            # which was put up because the session could not be renewed.
            await self._call(spot, _SESSION, "")

    def stands(self, spot: Spot) -> bool:
        """Whether this process has put up a sign there."""
        return spot in self._signs

    async def _put(self, spot: Spot, method: str, words: str) -> bool:
        if self._is_lacking(spot, method) or await self._call(spot, method, words) is not None:
            return False
        if len(self._signs) >= MAX_REMEMBERED:
            self._signs.pop(next(iter(self._signs)))
        before = self._signs.pop(spot, None)
        has_session = method == _SESSION or (before is not None and before.has_session)
        self._signs[spot] = _Sign(method, words, self._clock.now(), has_session)
        return True

    async def _call(self, spot: Spot, method: str, words: str) -> Trouble | None:
        arguments = {"channel_id": spot.channel, "thread_ts": spot.thread}
        if method == _SESSION:
            arguments["status"] = "processing" if words else "active"
        else:
            arguments["status"] = words[:STATUS_LETTERS]
        urgency = Urgency.PROGRESS if words else Urgency.PLACEHOLDER
        answer = await self._api.call(spot.workspace, method, arguments, urgency=urgency)
        if not isinstance(answer, Trouble):
            return None
        if not answer.fault.is_passing and answer.code not in _OF_THE_THREAD:
            self._lacks[spot.workspace, method] = self._clock.now()
        return answer

    def _is_lacking(self, spot: Spot, method: str) -> bool:
        lacks = self._lacks.get((spot.workspace, method))
        return lacks is not None and self._clock.now() - lacks < ASK_AGAIN_AFTER
