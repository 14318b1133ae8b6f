"""Gateway sessions: what each may hear, what was sent to it, and what it still has to be told after a resume.

Owns the filters (intents, shards, sight, the censor) and the replay. Knows no socket.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import sees
from tests.fakes.discord_server.bits import Intent, Kind, Wire
from tests.fakes.discord_server.censor import censor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Json, Message

IN_GUILD: dict[str, Intent] = {
    "MESSAGE_CREATE": Intent.GUILD_MESSAGES,
    "MESSAGE_UPDATE": Intent.GUILD_MESSAGES,
    "MESSAGE_DELETE": Intent.GUILD_MESSAGES,
    "MESSAGE_REACTION_ADD": Intent.GUILD_MESSAGE_REACTIONS,
    "MESSAGE_REACTION_REMOVE": Intent.GUILD_MESSAGE_REACTIONS,
    "GUILD_MEMBER_ADD": Intent.GUILD_MEMBERS,
    "GUILD_MEMBER_UPDATE": Intent.GUILD_MEMBERS,
    "GUILD_MEMBER_REMOVE": Intent.GUILD_MEMBERS,
}
IN_DM: dict[str, Intent] = {
    "MESSAGE_CREATE": Intent.DIRECT_MESSAGES,
    "MESSAGE_UPDATE": Intent.DIRECT_MESSAGES,
    "MESSAGE_DELETE": Intent.DIRECT_MESSAGES,
    "MESSAGE_REACTION_ADD": Intent.DIRECT_MESSAGE_REACTIONS,
    "MESSAGE_REACTION_REMOVE": Intent.DIRECT_MESSAGE_REACTIONS,
}
ALWAYS = frozenset({"INTERACTION_CREATE"})
KEPT_EVENTS = 10_000


@dataclass(slots=True)
class Session:
    """One shard's session. `send` is set while a connection is open."""

    intents: Intent
    shard: tuple[int, int]
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    events: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT_EVENTS))
    send: Callable[[Json], None] | None = None

    def hears(self, guild_id: int | None) -> bool:
        """Whether a guild belongs to its shard; private things belong to the first."""
        index, number = self.shard
        return index == (0 if guild_id is None else (guild_id >> 22) % number)

    def push(self, event: str, data: Wire) -> None:
        """Number an event, keep it, and send it where somebody is connected."""
        self.sequence += 1
        frame = {"op": 0, "t": event, "s": self.sequence, "d": data}
        self.events.append(frame)
        if self.send is not None:
            self.send(frame)

    def missed_since(self, sequence: int) -> list[Json]:
        """What has to be told again."""
        return [frame for frame in self.events if frame["s"] > sequence]


@dataclass(slots=True)
class Sessions:
    """All sessions that may still be resumed."""

    discord: Discord
    known: dict[str, Session] = field(default_factory=dict)

    def tell(self, event: str, place: Channel | None, data: Json, *, message: Message | None = None) -> None:
        """Send an event to every session that may hear it."""
        if place is not None and not self._is_within_sight(event, place):
            return
        guild_id = self._guild_of(place, data)
        for session in self.known.values():
            wants = self._wants(session, event, guild_id) or self._is_about_the_bot(event, data)
            if session.hears(guild_id) and wants:
                session.push(event, self._as_told(session, data, message))

    def _is_within_sight(self, event: str, place: Channel) -> bool:
        world = self.discord.world
        if event in ALWAYS:
            return True
        guild = world.guild_of(place)
        if guild is not None and not guild.has_bot:
            return False
        return place.kind is not Kind.GROUP_DM and sees(world, world.bot.id, place)

    def _guild_of(self, place: Channel | None, data: Json) -> int | None:
        if place is not None:
            return place.guild_id
        named = data.get("guild_id") or (data.get("id") if "premium_tier" in data else None)
        return None if named is None else int(named)

    def _wants(self, session: Session, event: str, guild_id: int | None) -> bool:
        if event in ALWAYS:
            return True
        table = IN_DM if guild_id is None else IN_GUILD
        needed = table.get(event, Intent(0) if guild_id is None else Intent.GUILDS)
        return needed in session.intents

    def _is_about_the_bot(self, event: str, data: Json) -> bool:
        """Whether it says how the bot itself has changed, which it is told whatever its intents (2026-08)."""
        return event == "GUILD_MEMBER_UPDATE" and data["user"]["id"] == str(self.discord.world.bot.id)

    def _as_told(self, session: Session, data: Json, message: Message | None) -> Json:
        if message is None or Intent.MESSAGE_CONTENT in session.intents:
            return data
        return censor(self.discord.world, message, data)
