"""Servers that removed us, channels and threads that are gone: what waits there ends, what was noted goes.

Owns the order: what is pending is called off first, since what is noted leads to it, and nothing that was
told later is taken in before. It is done beside the connection, and what goes wrong is told to the operator.
Who removed us while nobody listened is missed in the list of servers that Discord tells at every beginning.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from adapters.discord.errors import Trouble
from adapters.discord.memory import Opens
from adapters.discord.refs import guild_workspace, is_snowflake, shard_of, thread_ref
from adapters.discord.rest import Route
from adapters.platforms.payload import Payload, inner, objects, text
from core.app.inbound import Left
from core.domain.ids import ChannelRef

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from adapters.discord.notes import Notes
    from adapters.discord.people import People
    from adapters.discord.rest import Rest
    from adapters.discord.store import SentStore
    from core.app.background import Background
    from core.app.reports import Reports
    from core.app.views import Desk
    from core.domain.ids import WorkspaceId

_NOT_IN: Final = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Departures:
    """Acts on places that are gone. Safe to repeat."""

    desk: Desk
    sent: SentStore
    notes: Notes
    people: People
    rest: Rest
    background: Background
    reports: Reports
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def left(self, event: Payload) -> None:
        """A server has removed us."""
        guild = text(event, "id")
        if is_snowflake(guild):
            self._begin(self._forget(guild_workspace(guild)), "discord server left")

    def joined(self, bot: str, guild: str) -> None:
        """A server has taken us in."""
        self.background.start(self.notes.note_servers(bot, [guild]), "discord server joined")

    def listed(self, event: Payload) -> None:
        """Which servers a shard of ours is in, with those that Discord itself has lost for a while."""
        match event.get("shard"):
            case [int(shard), int(shards)] if shards > 0:
                bot, listed = text(inner(event, "user"), "id"), objects(event, "guilds")
                here = {text(one, "id") for one in listed if is_snowflake(text(one, "id"))}
                missed = self._forget_others(bot, here, shard, shards)
                self.background.start(missed, "discord servers listed")
            case _:
                return

    async def _forget_others(self, bot: str, here: set[str], shard: int, shards: int) -> None:
        known = {one for one in await self.notes.servers_of(bot) if shard_of(one, shards) == shard}
        await self.notes.note_servers(bot, sorted(here - known))
        for guild in sorted(known - here):
            if await self._is_out_of(guild):
                await self._forget(guild_workspace(guild))

    async def _is_out_of(self, guild: str) -> bool:
        """Ask before so much is dropped for good: it may have taken us in again, or the list been short."""
        answer = await self.rest.ask(Route("GET", "/guilds/{guild_id}", {"guild_id": guild}))
        return isinstance(answer, Trouble) and answer.status in _NOT_IN

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
            self._begin(self._end(guild_workspace(guild), place), "discord place gone")

    def _begin(self, departure: Coroutine[object, object, None], what: str) -> None:
        task = self.background.start(departure, what)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settle(self) -> None:
        """Wait until what was told so far is done: what is asked from now on is no part of it."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _end(self, workspace: WorkspaceId, place: str) -> None:
        root = await self.sent.at(place)
        if root is not None and root.workspace == workspace:
            # A thread of a picture of ours, which still stands in the channel: more of it stands beside it.
            await self.desk.leave(Left(workspace, ChannelRef(root.channel), thread_ref(place)))
            await self.sent.opened(root.key, Opens.REPLIES)
        else:
            await self.desk.leave(Left(workspace, ChannelRef(place)))
        await self.sent.forget_channel(workspace, place)
