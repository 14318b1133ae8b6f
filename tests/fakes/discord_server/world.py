"""What exists: people, guilds, channels, messages and files. Owns how they are found; no rule and no JSON.

Messages only their person can see lie apart in `ephemerals`: the channel's routes do not know them, as at
Discord.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.bits import FILE_LIMITS, PRIVATE, THREADS, USUAL, Flag, Kind, Permission
from tests.fakes.discord_server.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

EPOCH_MS = 1_420_070_400_000

Json = dict[str, Any]
NOTHING = Permission(0)
NO_FLAGS = Flag(0)


@dataclass(slots=True)
class User:
    """An account. `file_limit` is what a paid account may upload."""

    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    file_limit: int = FILE_LIMITS[0]
    takes_dms: bool = True


@dataclass(slots=True)
class Role:
    """A role; the one with its guild's id is @everyone."""

    id: int
    name: str
    permissions: Permission
    is_mentionable: bool = False
    bot_id: int | None = None


@dataclass(slots=True)
class Member:
    """A user within a guild."""

    user_id: int
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None


@dataclass(slots=True)
class Overwrite:
    """What a channel allows or denies to a role or a member beside the roles' own."""

    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass(slots=True)
class Guild:
    """A server. `has_bot` is False where the app is only installed by users."""

    id: int
    name: str
    owner_id: int
    tier: int = 0
    locale: str = "en-US"
    has_bot: bool = True
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    emojis: dict[int, str] = field(default_factory=dict)
    active_threads_cap: int = 1000


@dataclass(slots=True)
class File:
    """An attachment; its bytes are exactly what came."""

    id: int
    name: str
    content: bytes
    content_type: str
    channel_id: int
    description: str | None = None
    is_spoiler: bool = False
    width: int | None = None
    height: int | None = None
    is_passing: bool = False
    """Given with a command or a form; its address dies early."""


@dataclass(slots=True)
class Message:
    """A message. `visible_to` names the only person who sees it."""

    id: int
    channel_id: int
    author_id: int
    created_at: datetime
    content: str = ""
    kind: int = 0
    flags: Flag = NO_FLAGS
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    edited_at: datetime | None = None
    reference: tuple[int, int] | None = None
    """Channel and message replied to."""
    nonce: str | None = None
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    interaction: Json | None = None
    """The interaction_metadata; a message with it is no regular message."""
    visible_to: int | None = None
    token: str | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    is_deleted: bool = False

    @property
    def is_v2(self) -> bool:
        """Whether it is made of the newer components."""
        return Flag.IS_COMPONENTS_V2 in self.flags


@dataclass(slots=True)
class Channel:
    """A channel, thread or private conversation."""

    id: int
    kind: Kind
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    owner_id: int | None = None
    recipients: list[int] = field(default_factory=list)
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    member_ids: list[int] = field(default_factory=list)
    is_archived: bool = False
    is_locked: bool = False
    is_nsfw: bool = False
    is_deleted: bool = False
    auto_archive_min: int = 1440

    @property
    def is_thread(self) -> bool:
        """Whether it hangs from another channel."""
        return self.kind in THREADS

    @property
    def is_private(self) -> bool:
        """Whether it belongs to no guild."""
        return self.kind in PRIVATE


def id_of(thing: User | Channel | Message | int) -> int:
    """The id of something that may be given as its id."""
    return thing if isinstance(thing, int) else thing.id


class World:
    """Everything, with ids that carry the time of the clock given."""

    def __init__(self, now: Callable[[], datetime], bot_name: str = "Inkthread") -> None:
        self.now = now
        self._order = count(1)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.ephemerals: list[Message] = []
        self.files: dict[int, File] = {}
        self.bot = self.add_user(bot_name, is_bot=True)

    def new_id(self) -> int:
        """A snowflake: milliseconds since 2015 above 22 bits of counting."""
        milliseconds = int(self.now().timestamp() * 1000) - EPOCH_MS
        return (milliseconds << 22) | (next(self._order) & 0x3FFFFF)

    def add_user(self, name: str, **more: Any) -> User:  # noqa: ANN401 - fields of the dataclass
        """A new account."""
        user = User(self.new_id(), name, **more)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: User | None = None, **more: Any) -> Guild:  # noqa: ANN401 - fields of the dataclass
        """A new guild with @everyone, its owner and, unless told otherwise, the bot with its own role."""
        holder = owner or self.add_user(f"{name} owner")
        guild = Guild(self.new_id(), name, holder.id, **more)
        guild.roles[guild.id] = Role(guild.id, "@everyone", USUAL)
        guild.members[holder.id] = Member(holder.id)
        self.guilds[guild.id] = guild
        if guild.has_bot:
            role = Role(self.new_id(), self.bot.name, Permission(0), bot_id=self.bot.id)
            guild.roles[role.id] = role
            guild.members[self.bot.id] = Member(self.bot.id, [role.id])
        return guild

    def add_channel(self, guild: Guild | None, name: str, kind: Kind = Kind.TEXT, **more: Any) -> Channel:  # noqa: ANN401 - fields of the dataclass
        """A new channel."""
        channel = Channel(self.new_id(), kind, name, guild.id if guild else None, **more)
        self.channels[channel.id] = channel
        return channel

    def dm_with(self, user_id: int) -> Channel:
        """The private conversation of the bot with one person; made where there is none."""
        wanted = sorted([self.bot.id, user_id])
        for channel in self.channels.values():
            if channel.kind is Kind.DM and sorted(channel.recipients) == wanted:
                return channel
        return self.add_channel(None, "", Kind.DM, recipients=[self.bot.id, user_id])

    # --- finding -----------------------------------------------------------------------------------

    def user(self, user_id: int) -> User:
        """That user, or 10013."""
        return self.users.get(user_id) or refuse(10013)

    def guild(self, guild_id: int) -> Guild:
        """That guild, or 10004."""
        return self.guilds.get(guild_id) or refuse(10004)

    def channel(self, channel_id: int) -> Channel:
        """That channel where it still exists, or 10003."""
        channel = self.channels.get(channel_id)
        if channel is None or channel.is_deleted:
            refuse(10003)
        return channel

    def message(self, channel: Channel, message_id: int) -> Message:
        """That message where it still exists, or 10008."""
        message = channel.messages.get(message_id)
        if message is None or message.is_deleted:
            refuse(10008)
        return message

    def guild_of(self, channel: Channel) -> Guild | None:
        """The guild that a channel belongs to."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def threads_of(self, guild: Guild) -> list[Channel]:
        """The threads of a guild that are not archived."""
        return [
            channel
            for channel in self.channels.values()
            if channel.guild_id == guild.id
            and channel.is_thread
            and not channel.is_archived
            and not channel.is_deleted
        ]

    def keep(self, message: Message) -> Message:
        """Put a message where it belongs."""
        if message.visible_to is not None:
            self.ephemerals.append(message)
        else:
            self.channels[message.channel_id].messages[message.id] = message
        return message

    def all_messages(self) -> list[Message]:
        """Every message that was ever posted, also deleted ones and those only one person sees."""
        lasting = [message for channel in self.channels.values() for message in channel.messages.values()]
        return sorted([*lasting, *self.ephemerals], key=lambda message: message.id)
