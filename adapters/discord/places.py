"""Where something was said, in the core's words: found by what we have posted ourselves.

Owns that a message of ours leads to its thread. Discord tells of a message only the channel or thread it is
in; which message a thread of pictures began with, and in which channel, was written down when it was posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.discord.asked import HAS_THREADS, Asked, Spot
from adapters.discord.context import Room
from adapters.discord.read import is_to_us, reply_of
from adapters.discord.refs import guild_workspace, personal_workspace, thread_ref
from adapters.discord.rest import Route
from adapters.platforms.payload import Payload, inner, text
from core.domain.ids import ChannelRef

if TYPE_CHECKING:
    from adapters.discord.departures import Departures
    from adapters.discord.guilds import Guilds
    from adapters.discord.memory import KeptMessage
    from adapters.discord.read import Us
    from adapters.discord.rest import Rest
    from adapters.discord.store import SentStore
    from core.domain.ids import WorkspaceId


@dataclass(frozen=True, slots=True)
class Places:
    """Finds spots. Every question reads the database, so nothing that is due at once waits for one.

    Departures come first: what is asked after them is no part of what ends with them.
    """

    sent: SentStore
    guilds: Guilds
    rest: Rest
    departures: Departures

    # --- interactions ---

    async def of_command(self, asked: Asked) -> Spot:
        """Where a command was given: in one of our threads it belongs to that one, else it begins anew."""
        await self.departures.settle()
        if asked.room is Room.THREAD:
            root = await self.sent.at(asked.place)
            if root is not None and root.workspace == asked.workspace:
                return await self._of(root, asked.room)
        return asked.spot

    async def of_latest(self, asked: Asked) -> Spot | None:
        """The thread that somebody means who says "edit" without saying what; None where there is none."""
        here = await self.of_command(asked)
        if here.thread is not None or asked.room is Room.CHANNEL:
            return here if here.thread is not None else None
        latest = await self.sent.latest_in(asked.place)
        return await self._of_ours(latest, asked.workspace, asked.room)

    async def of_message(self, asked: Asked, message: str) -> Spot:
        """The thread that a message of ours belongs to; one that is not noted is taken to be its first."""
        await self.departures.settle()
        found = await self._of_ours(await self.sent.at(message), asked.workspace, asked.room)
        return found or asked.spot_of(message)

    # --- messages ---

    async def of_said(self, event: Payload, us: Us) -> Spot | None:
        """Where a message was said; None where it was not said to us."""
        await self.departures.settle()
        guild, channel = text(event, "guild_id"), text(event, "channel_id")
        if not guild:
            workspace = personal_workspace(text(inner(event, "author"), "id"))
            return await self._beside(event, us, Spot(workspace, ChannelRef(channel), None, Room.DIRECT))
        is_meant, is_plain = is_to_us(event, us), self.guilds.is_plain(guild, channel)
        if is_plain and not is_meant:
            return None
        workspace = guild_workspace(guild)
        root = None if is_plain else await self.sent.at(channel)
        if root is not None and root.workspace == workspace:
            return await self._of(root, Room.THREAD)
        if not is_meant:
            return None
        if is_plain is None:
            is_plain = await self._is_plain(channel)
        room = Room.CHANNEL if is_plain else Room.THREAD
        return await self._beside(event, us, Spot(workspace, ChannelRef(channel), None, room))

    async def of_deleted(self, event: Payload) -> Spot | None:
        """Where a message was that is gone; None where nothing of ours can have come of it."""
        guild, channel = text(event, "guild_id"), text(event, "channel_id")
        if not guild:
            # Discord does not say between whom; whoever it is, our own messages there are known.
            latest = await self.sent.latest_in(channel)
            return None if latest is None else Spot(latest.workspace, ChannelRef(channel), None, Room.DIRECT)
        workspace = guild_workspace(guild)
        root = await self.sent.at(channel)
        if root is not None and root.workspace == workspace:
            return await self._of(root, Room.THREAD)
        return Spot(workspace, ChannelRef(channel), None, Room.CHANNEL)

    async def _is_plain(self, channel: str) -> bool:
        """Ask Discord what kind of channel that is, which the gateway has not told."""
        answer = await self.rest.ask(Route("GET", "/channels/{channel_id}", {"channel_id": channel}))
        return isinstance(answer, dict) and answer.get("type") in HAS_THREADS

    async def _beside(self, event: Payload, us: Us, here: Spot) -> Spot:
        """The thread of the message that is answered; between two people, else the latest one."""
        answered = reply_of(event, us)
        if answered is not None and answered.is_ours:
            found = await self._of_ours(await self.sent.at(answered.message), here.workspace, here.room)
            if found is not None:
                return found
        if here.room is not Room.DIRECT:
            return here
        latest = await self.sent.latest_in(here.channel)
        return await self._of_ours(latest, here.workspace, here.room) or here

    # --- what we have noted ---

    async def _of_ours(self, kept: KeptMessage | None, workspace: WorkspaceId, room: Room) -> Spot | None:
        return None if kept is None or kept.workspace != workspace else await self._of(kept, room)

    async def _of(self, kept: KeptMessage, room: Room) -> Spot:
        root = await self.sent.at(kept.thread) if kept.thread else kept
        channel = kept.channel if root is None else root.channel
        return Spot(kept.workspace, ChannelRef(channel), thread_ref(kept.root), room)
