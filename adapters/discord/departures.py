"""Servers that removed us, channels and threads that are gone: what waits there ends, what was noted goes.

Owns the order: what is pending is called off first, since what is noted leads to it. It is done
beside the connection, and what goes wrong is told to the operator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.discord.memory import Opens
from adapters.discord.refs import guild_workspace, is_snowflake, thread_ref
from adapters.platforms.payload import Payload, text
from core.app.inbound import Left
from core.domain.ids import ChannelRef

if TYPE_CHECKING:
    from adapters.discord.notes import Notes
    from adapters.discord.people import People
    from adapters.discord.store import SentStore
    from core.app.background import Background
    from core.app.reports import Reports
    from core.app.views import Desk
    from core.domain.ids import WorkspaceId


@dataclass(frozen=True, slots=True)
class Departures:
    """Acts on places that are gone. Safe to repeat."""

    desk: Desk
    sent: SentStore
    notes: Notes
    people: People
    background: Background
    reports: Reports

    def left(self, event: Payload) -> None:
        """A server has removed us."""
        guild = text(event, "id")
        if is_snowflake(guild):
            self.background.start(self._forget(guild_workspace(guild)), "discord server left")

    async def _forget(self, workspace: WorkspaceId) -> None:
        ended = await self.desk.leave(Left(workspace))
        await self.sent.forget_workspace(workspace)
        await self.notes.forget_workspace(workspace)
        self.people.forget(workspace)
        self.reports.info("discord_removed_from_server", workspace=workspace, turns_called_off=ended)

    def gone(self, event: Payload) -> None:
        """A channel or thread was deleted, by somebody there."""
        guild, place = text(event, "guild_id"), text(event, "id")
        if is_snowflake(guild) and is_snowflake(place):
            self.background.start(self._end(guild_workspace(guild), place), "discord place gone")

    async def _end(self, workspace: WorkspaceId, place: str) -> None:
        root = await self.sent.at(place)
        if root is not None and root.workspace == workspace:
            # A thread of a picture of ours, which still stands in the channel: more of it stands beside it.
            await self.desk.leave(Left(workspace, ChannelRef(root.channel), thread_ref(place)))
            await self.sent.opened(root.key, Opens.REPLIES)
        else:
            await self.desk.leave(Left(workspace, ChannelRef(place)))
        await self.sent.forget_channel(workspace, place)
