"""The bot token for each workspace, at hand without asking the database or Slack each time.

Owns how long a token is remembered, its change before it runs out, and the one token of an operator who
serves a single workspace. Must never put a token into a log.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from adapters.slack.errors import Trouble
from adapters.slack.installations import Installed
from adapters.slack.refs import team_of

if TYPE_CHECKING:
    from adapters.slack.installations import InstallationStore
    from core.app.ports import Clock
    from core.app.reports import Reports
    from core.domain.ids import WorkspaceId

REMEMBERED_S: Final = 15 * 60.0
"""How long a token is used without looking for another: Slack says so when it is worth nothing any more."""

ABSENT_S: Final = 60.0
"""How long it may go unnoticed that another process has installed our app."""

EXPIRED_S: Final = 5.0
"""How long a token that has run out is used without looking whether a fresh one has come."""

REFRESHED_BEFORE_MS: Final = 2 * 60 * 60 * 1000
"""Tokens that rotate live for twelve hours (Slack, 2026-11); they are changed two before their end."""

_CLAIM_MS: Final = 60_000


class Rotation(Protocol):
    """Asks Slack for a fresh token."""

    async def refreshed(self, installed: Installed, *, now_ms: int) -> Installed | Trouble:
        """The same installation with new tokens; the old refresh token works no more."""
        ...


@dataclass(slots=True)
class Single:
    """The operator's own token for one workspace, and whose it is once Slack has said so."""

    token: str = field(repr=False)
    identity: Installed | None = None

    def installed(self, team: str, *, is_alone: bool) -> Installed | None:
        """Our app in that workspace. Before Slack has told us whose the token is, a lone token is for all."""
        identity = self.identity
        if identity is None:
            return Installed(team, token=self.token) if is_alone else None
        if is_alone or team in {identity.team, ""} or not identity.team:
            return replace(identity, team=team or identity.team, token=self.token)
        return None


@dataclass(frozen=True, slots=True)
class _Remembered:
    installed: Installed | None
    until_s: float


class TokenBook:
    """Implements `Tokens` for the Web API, and says who we are in a workspace."""

    def __init__(
        self,
        store: InstallationStore,
        *,
        clock: Clock,
        reports: Reports,
        single: Single | None = None,
        rotation: Rotation | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reports = reports
        self._single = single
        self._rotation = rotation
        self._remembered: dict[str, _Remembered] = {}
        self._refreshing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def token(self, workspace: WorkspaceId) -> str | None:
        """The bot token that speaks there, or None where the app is not installed (any more)."""
        installed = await self.installed(team_of(workspace))
        return None if installed is None else installed.token

    async def refused(self, workspace: WorkspaceId, token: str, code: str) -> bool:
        """Slack does not take that token any more; whether there is another one.

        A process that did not hear of a new installation has the old token still. Where nobody has stored
        another, the workspace is left alone for a while.
        """
        team = team_of(workspace)
        self._remembered.pop(team, None)
        if await self.token(workspace) not in {token, None}:
            return True
        self._reports.warning("slack_token_refused", workspace=workspace, why=code)
        self._remember(team, None)
        return False

    async def installed(self, team: str, enterprise: str = "") -> Installed | None:
        """Our app in that workspace; `enterprise` where the whole organisation has it."""
        known = self._remembered.get(team)
        if known is not None and known.until_s > self._now_s():
            return known.installed
        found = await self._store.find(team, enterprise)
        if found is not None:
            if enterprise and not found.team and team != enterprise:
                # Each time: another process may have forgotten the organisation, which has come back since.
                await self._store.link(team, enterprise)
            found = await self._fresh(found)
        elif self._single is not None:
            found = self._single.installed(team, is_alone=self._rotation is None)
        self._remember(team, found)
        return found

    def identified(self, identity: Installed) -> None:
        """Slack has said whose the operator's token is: what was remembered before lacks that."""
        if self._single is not None:
            self._single.identity = identity
        self._remembered.clear()

    async def save(self, installed: Installed) -> None:
        """Somebody installed our app: what was remembered of it is out of date."""
        await self._store.save(installed, now_ms=self._now_ms())
        if not installed.team:
            self._remembered.clear()
        elif self._lasts(installed):
            self._remember(installed.team, installed)
        else:
            self._remembered.pop(installed.team, None)

    async def forget(self, key: str) -> list[str]:
        """Somebody took our app away; the workspaces that it spoke for."""
        teams = await self._store.teams(key)
        await self._store.forget(key)
        for team in (key, *teams):
            self._remembered.pop(team, None)
        return teams

    async def has_come_back(self, key: str, *, since_ms: int) -> bool:
        """Whether our app was installed there after that time."""
        return await self._store.is_installed_since(key, since_ms=since_ms)

    async def _fresh(self, installed: Installed) -> Installed | None:
        """The installation with a token that lasts for a while."""
        if self._lasts(installed):
            return installed
        async with self._refreshing[installed.key]:
            current = await self._store.find(installed.team or installed.key, installed.enterprise)
            if current is None or current.expires_ms != installed.expires_ms:
                return current
            return await self._refreshed(current)

    def _lasts(self, installed: Installed) -> bool:
        return installed.expires_ms is None or installed.expires_ms - self._now_ms() > REFRESHED_BEFORE_MS

    async def _refreshed(self, installed: Installed) -> Installed:
        """With a fresh token where one can be had now.

        One that has run out is no sign that we were taken away: Slack answers it with `token_expired`, after
        which a picture is shown later, where without a token it never would be.
        """
        now_ms = self._now_ms()
        if self._rotation is None or installed.refresh_token is None:
            return installed
        if not await self._store.claim_refresh(installed.key, now_ms=now_ms, until_ms=now_ms + _CLAIM_MS):
            return installed
        fresh = await self._rotation.refreshed(installed, now_ms=now_ms)
        if isinstance(fresh, Trouble):
            self._reports.warning("slack_token_not_refreshed", workspace=installed.key, why=fresh.code)
            return installed
        await self._store.save(fresh, now_ms=now_ms)
        return fresh

    def _remember(self, team: str, installed: Installed | None) -> None:
        until_s = self._now_s() + (ABSENT_S if installed is None else REMEMBERED_S)
        if installed is not None and installed.expires_ms is not None:
            until_s = min(until_s, max(installed.expires_ms / 1000, self._now_s() + EXPIRED_S))
        self._remembered[team] = _Remembered(installed, until_s)

    def _now_s(self) -> float:
        return self._clock.now().timestamp()

    def _now_ms(self) -> int:
        return int(self._now_s() * 1000)
