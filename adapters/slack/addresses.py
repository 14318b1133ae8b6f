"""Where messages of ours can be opened: their permanent addresses.

Owns how those are found. A workspace's own address makes them for all its messages, without a call. Where it
is not known (Slack has not said yet whose the token is, or a whole organisation has our app, whose workspaces
each have their own), Slack is asked about each message, once. Must never learn who is given the address.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from adapters.slack.errors import Trouble
from adapters.slack.refs import team_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from adapters.slack.client import SlackApi
    from adapters.slack.refs import At
    from adapters.slack.tokens import TokenBook
    from core.domain.ids import WorkspaceId

MOST_REMEMBERED: Final = 5_000


class Addresses:
    """Finds addresses, and remembers those that Slack was asked for: they never change."""

    def __init__(self, api: SlackApi, tokens: TokenBook) -> None:
        self._api = api
        self._tokens = tokens
        self._told: dict[tuple[WorkspaceId, At], str] = {}

    async def of(self, workspace: WorkspaceId, messages: Collection[At]) -> Mapping[At, str]:
        """The addresses of those messages; one that Slack does not know any more has none."""
        installed = await self._tokens.installed(team_of(workspace))
        if installed is not None and installed.url:
            return {at: _made(installed.url, at) for at in messages}
        asked = set(messages)
        found = await asyncio.gather(*(self._asked(workspace, at) for at in asked))
        return {at: address for at, address in zip(asked, found, strict=True) if address}

    async def _asked(self, workspace: WorkspaceId, at: At) -> str:
        known = self._told.get((workspace, at))
        if known is not None:
            return known
        said = await self._api.read(workspace, "chat.getPermalink", channel=at.channel, message_ts=at.ts)
        if isinstance(said, Trouble):
            return ""
        if len(self._told) >= MOST_REMEMBERED:
            del self._told[next(iter(self._told))]
        return self._told.setdefault((workspace, at), str(said["permalink"]))


def _made(url: str, at: At) -> str:
    """As Slack's own "Copy link" makes it (2026-11)."""
    return f"{url.rstrip('/')}/archives/{at.channel}/p{at.ts.replace('.', '')}"
