"""What happens to a guild beside the talking.

People come and go, rights change, threads are locked, channels vanish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import THREADS, Kind, Permission
from tests.fakes.discord_server.payloads import (
    channel_json,
    guild_json,
    guild_rest_json,
    member_json,
    role_json,
    thread_json,
)
from tests.fakes.discord_server.rest_channels import drop
from tests.fakes.discord_server.world import Member, Overwrite, Role

if TYPE_CHECKING:
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Guild, User


class Moderators:
    """The verbs of those who run a guild."""

    discord: Discord

    def join(self, guild: Guild, user: User | str, *roles: Role, locale: str = "en-US") -> User:
        """Somebody, known or new by name, becomes a member."""
        world = self.discord.world
        person = world.add_user(user, locale=locale) if isinstance(user, str) else user
        member = Member(person.id, [role.id for role in roles])
        guild.members[person.id] = member
        told = member_json(world, guild, member) | {"guild_id": str(guild.id)}
        self.discord.tell("GUILD_MEMBER_ADD", None, told)
        return person

    def leave(self, guild: Guild, user: User) -> None:
        """A member is gone; what they wrote stays."""
        guild.members.pop(user.id)
        self.discord.tell(
            "GUILD_MEMBER_REMOVE", None, {"guild_id": str(guild.id), "user": {"id": str(user.id)}}
        )

    def add_bot(self, guild: Guild) -> None:
        """The bot is added to a guild that had it not."""
        guild.has_bot = True
        role = self.add_role(guild, self.discord.world.bot.name)
        role.bot_id = self.discord.world.bot.id
        guild.members[self.discord.world.bot.id] = Member(self.discord.world.bot.id, [role.id])
        self.discord.tell("GUILD_CREATE", None, guild_json(self.discord.world, guild))

    def kick_bot(self, guild: Guild) -> None:
        """The bot is thrown out."""
        guild.has_bot = False
        guild.members.pop(self.discord.world.bot.id)
        self.discord.tell("GUILD_DELETE", None, guild_rest_json(guild) | {"unavailable": False})

    def lose(self, guild: Guild) -> None:
        """Discord itself has lost a guild for a while: an outage, told as a removal with a word more."""
        self.discord.tell("GUILD_DELETE", None, guild_rest_json(guild) | {"unavailable": True})

    def add_role(self, guild: Guild, name: str, allowed: Permission = Permission(0)) -> Role:  # noqa: B008 - a plain number
        """A new role."""
        role = Role(self.discord.world.new_id(), name, allowed)
        guild.roles[role.id] = role
        self._tell_role(guild, role, "GUILD_ROLE_CREATE")
        return role

    def bot_role(self, guild: Guild) -> Role:
        """The bot's own role, to give it rights or take them."""
        return next(role for role in guild.roles.values() if role.bot_id is not None)

    def give(self, guild: Guild, user: User, role: Role) -> None:
        """A member gets a role. Without the intent for members the bot is told of itself alone."""
        guild.members[user.id].role_ids.append(role.id)
        if user.id == self.discord.world.bot.id:
            told = member_json(self.discord.world, guild, guild.members[user.id])
            self.discord.tell("GUILD_MEMBER_UPDATE", None, told | {"guild_id": str(guild.id)})

    def set_role(self, guild: Guild, role: Role, allowed: Permission) -> None:
        """A role's rights are changed."""
        role.permissions = allowed
        self._tell_role(guild, role, "GUILD_ROLE_UPDATE")

    def allow(self, channel: Channel, who: User | Role | Guild, *what: Permission) -> None:
        """Allow something in a channel, whatever the roles say; a guild stands for @everyone."""
        found = channel.overwrites.setdefault(who.id, Overwrite())
        for one in what:
            found.allow |= one
            found.deny &= ~one
        self._tell_channel(channel)

    def deny(self, channel: Channel, who: User | Role | Guild, *what: Permission) -> None:
        """Deny something in a channel."""
        found = channel.overwrites.setdefault(who.id, Overwrite())
        for one in what:
            found.deny |= one
            found.allow &= ~one
        self._tell_channel(channel)

    def archive(self, thread: Channel, *, is_locked: bool = False) -> None:
        """A thread sleeps; locked, only moderators wake it."""
        thread.is_archived, thread.is_locked = True, is_locked or thread.is_locked
        self._tell_channel(thread)

    def lock(self, thread: Channel) -> None:
        """A thread is closed for everybody but moderators, without being archived."""
        thread.is_locked = True
        self._tell_channel(thread)

    def remove_channel(self, channel: Channel) -> None:
        """A channel or thread is deleted."""
        drop(self.discord, channel)

    def open_thread(
        self, parent: Channel, user: User, name: str = "talk", *, is_private: bool = False
    ) -> Channel:
        """A person makes a thread of their own; the bot is no member of a private one."""
        kind = Kind.PRIVATE_THREAD if is_private else Kind.PUBLIC_THREAD
        assert kind in THREADS
        world = self.discord.world
        guild = world.guilds[parent.guild_id or 0]
        thread = world.add_channel(
            guild, name, kind, parent_id=parent.id, owner_id=user.id, member_ids=[user.id]
        )
        self.discord.tell("THREAD_CREATE", thread, thread_json(world, thread) | {"newly_created": True})
        return thread

    def _tell_channel(self, channel: Channel) -> None:
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        self.discord.tell(event, channel, channel_json(self.discord.world, channel))

    def _tell_role(self, guild: Guild, role: Role, event: str) -> None:
        position = list(guild.roles).index(role.id)
        self.discord.tell(event, None, {"guild_id": str(guild.id), "role": role_json(role, position)})
