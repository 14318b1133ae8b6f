"""Who may do what where: roles, overwrites, and threads that inherit from their parent.

Owns the sums and the refusals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import EVERYTHING, USUAL, Kind, Permission
from tests.fakes.discord_server.refusals import refuse

if TYPE_CHECKING:
    from tests.fakes.discord_server.world import Channel, Guild, Member, World


def permissions(world: World, user_id: int, channel: Channel) -> Permission:
    """What a person may do in a channel; nothing where they are not."""
    guild = world.guild_of(channel)
    if guild is None:
        return USUAL if user_id in channel.recipients else Permission(0)
    member = guild.members.get(user_id)
    if member is None:
        return Permission(0)
    base = guild_permissions(guild, member)
    if Permission.ADMINISTRATOR in base:
        return EVERYTHING
    home = world.channels[channel.parent_id] if channel.is_thread and channel.parent_id else channel
    return _with_overwrites(base, guild, member, home)


def guild_permissions(guild: Guild, member: Member) -> Permission:
    """What the roles alone allow."""
    if guild.owner_id == member.user_id:
        return EVERYTHING
    base = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        base |= guild.roles[role_id].permissions
    return EVERYTHING if Permission.ADMINISTRATOR in base else base


def _with_overwrites(base: Permission, guild: Guild, member: Member, channel: Channel) -> Permission:
    found = base
    if everyone := channel.overwrites.get(guild.id):
        found = (found & ~everyone.deny) | everyone.allow
    of_roles = [channel.overwrites[role] for role in member.role_ids if role in channel.overwrites]
    allow, deny = Permission(0), Permission(0)
    for overwrite in of_roles:
        allow |= overwrite.allow
        deny |= overwrite.deny
    found = (found & ~deny) | allow
    if own := channel.overwrites.get(member.user_id):
        found = (found & ~own.deny) | own.allow
    return found if Permission.VIEW_CHANNEL in found else Permission(0)


def sees(world: World, user_id: int, channel: Channel) -> bool:
    """Whether a person can see a channel; private threads want membership or Manage Threads."""
    allowed = permissions(world, user_id, channel)
    if channel.is_private:
        return user_id in channel.recipients
    if channel.kind is Kind.PRIVATE_THREAD and user_id not in channel.member_ids:
        return Permission.MANAGE_THREADS in allowed
    return Permission.VIEW_CHANNEL in allowed


def require(world: World, user_id: int, channel: Channel, *needed: Permission) -> None:
    """Refuse with 50001 who cannot see the channel, with 50013 who lacks one of the permissions there."""
    if not sees(world, user_id, channel):
        refuse(50001)
    if channel.is_private:
        return
    allowed = permissions(world, user_id, channel)
    lacking = [one for one in needed if one not in allowed]
    if lacking:
        refuse(50013, f"Missing Permissions ({', '.join(str(one.name) for one in lacking)})")


def may_write(world: World, user_id: int, channel: Channel) -> None:
    """Refuse who cannot post there, with the code of the first reason."""
    if channel.kind in {Kind.CATEGORY, Kind.FORUM}:
        refuse(50008)
    if not channel.is_thread:
        require(world, user_id, channel, Permission.SEND_MESSAGES)
        return
    require(world, user_id, channel, Permission.SEND_MESSAGES_IN_THREADS)
    if channel.is_locked and Permission.MANAGE_THREADS not in permissions(world, user_id, channel):
        refuse(50083 if channel.is_archived else 160005)
