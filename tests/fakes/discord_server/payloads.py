"""What exists, written as Discord writes it. Pure: state in, JSON out; knows no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import permissions
from tests.fakes.discord_server.bits import Kind

if TYPE_CHECKING:
    from tests.fakes.discord_server.world import (
        Channel,
        Guild,
        Json,
        Member,
        Role,
        User,
        World,
    )

JOINED = "2024-01-01T00:00:00.000000+00:00"
NO_COLOURS = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}


def user_json(user: User) -> Json:
    """A user as everybody sees them."""
    return {
        "id": str(user.id),
        "username": user.name,
        "discriminator": "0001" if user.is_bot else "0",
        "global_name": None if user.is_bot else user.name,
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "clan": None,
        "collectibles": None,
    }


def member_json(world: World, guild: Guild, member: Member, channel: Channel | None = None) -> Json:
    """A member; with a channel also what they may do there, as in interactions."""
    found = bare_member_json(guild, member) | {"user": user_json(world.users[member.user_id])}
    if channel is not None:
        found["permissions"] = str(int(permissions(world, member.user_id, channel)))
    return found


def bare_member_json(guild: Guild, member: Member) -> Json:
    """A member without the user, as it stands in messages."""
    del guild
    return {
        "roles": [str(role) for role in member.role_ids],
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "joined_at": JOINED,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def role_json(role: Role, position: int) -> Json:
    """A role."""
    found: Json = {
        "id": str(role.id),
        "name": role.name,
        "description": None,
        "permissions": str(int(role.permissions)),
        "position": position,
        "color": 0,
        "colors": NO_COLOURS,
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": role.is_mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.bot_id is not None:
        found["tags"] = {"bot_id": str(role.bot_id)}
    return found


def roles_json(guild: Guild) -> list[Json]:
    """All roles of a guild, @everyone first."""
    return [role_json(role, position) for position, role in enumerate(guild.roles.values())]


def emoji_json(emoji_id: int, name: str) -> Json:
    """An emoji of a guild or of the app."""
    return {
        "id": str(emoji_id),
        "name": name,
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": False,
        "available": True,
    }


def channel_json(world: World, channel: Channel) -> Json:
    """A channel, whichever its kind."""
    if channel.is_private:
        return _private_json(world, channel)
    if channel.is_thread:
        return thread_json(world, channel)
    return {
        "id": str(channel.id),
        "type": int(channel.kind),
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "topic": None,
        "position": 0,
        "parent_id": None if channel.parent_id is None else str(channel.parent_id),
        "nsfw": channel.is_nsfw,
        "rate_limit_per_user": 0,
        "last_message_id": _last_message(channel),
        "last_pin_timestamp": None,
        "flags": 0,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in world.guilds[channel.guild_id or 0].roles else 1,
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for target, overwrite in channel.overwrites.items()
        ],
    }


def _private_json(world: World, channel: Channel) -> Json:
    found: Json = {
        "id": str(channel.id),
        "type": int(channel.kind),
        "last_message_id": _last_message(channel),
        "flags": 0,
        "recipients": [user_json(world.users[user]) for user in channel.recipients if user != world.bot.id],
    }
    if channel.kind is Kind.GROUP_DM:
        found |= {"name": channel.name, "icon": None, "owner_id": str(channel.owner_id)}
    return found


def thread_json(world: World, thread: Channel) -> Json:
    """A thread, with the bot's own membership where it has one."""
    found: Json = {
        "id": str(thread.id),
        "type": int(thread.kind),
        "guild_id": str(thread.guild_id),
        "parent_id": str(thread.parent_id),
        "owner_id": str(thread.owner_id),
        "name": thread.name,
        "last_message_id": _last_message(thread),
        "last_pin_timestamp": None,
        "rate_limit_per_user": 0,
        "message_count": len(thread.messages),
        "total_message_sent": len(thread.messages),
        "member_count": len(thread.member_ids),
        "flags": 0,
        "thread_metadata": {
            "archived": thread.is_archived,
            "locked": thread.is_locked,
            "auto_archive_duration": thread.auto_archive_min,
            "archive_timestamp": JOINED,
            "create_timestamp": JOINED,
        },
    }
    if thread.kind is Kind.PRIVATE_THREAD:
        found["thread_metadata"]["invitable"] = True
    if world.bot.id in thread.member_ids:
        found["member"] = thread_member_json(thread, world.bot.id)
    return found


def thread_member_json(thread: Channel, user_id: int) -> Json:
    """Membership of a thread."""
    return {"id": str(thread.id), "user_id": str(user_id), "join_timestamp": JOINED, "flags": 0}


def _last_message(channel: Channel) -> str | None:
    return str(next(reversed(channel.messages))) if channel.messages else None


def guild_json(world: World, guild: Guild) -> Json:
    """A guild as GUILD_CREATE brings it, large as it is."""
    own = [
        channel
        for channel in world.channels.values()
        if channel.guild_id == guild.id and not channel.is_thread and not channel.is_deleted
    ]
    bot = guild.members[world.bot.id]
    return guild_rest_json(guild) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "members": [member_json(world, guild, bot)],
        "channels": [channel_json(world, channel) for channel in own],
        "threads": [thread_json(world, thread) for thread in world.threads_of(guild)],
    }


def guild_rest_json(guild: Guild) -> Json:
    """A guild as the REST route brings it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "premium_tier": guild.tier,
        "premium_subscription_count": guild.tier * 7,
        "premium_progress_bar_enabled": False,
        "preferred_locale": guild.locale,
        "roles": roles_json(guild),
        "emojis": [emoji_json(emoji, name) for emoji, name in guild.emojis.items()],
        "stickers": [],
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw": False,
        "nsfw_level": 0,
        "widget_enabled": False,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "region": "deprecated",
        "max_members": 500_000,
        "max_presences": None,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
    } | dict.fromkeys(
        (
            *("icon", "icon_hash", "banner", "splash", "discovery_splash", "description", "home_header"),
            *("afk_channel_id", "system_channel_id", "rules_channel_id", "public_updates_channel_id"),
            *("application_id", "vanity_url_code", "widget_channel_id", "safety_alerts_channel_id"),
            *("incidents_data", "latest_onboarding_question_id", "hub_type"),
        )
    )
