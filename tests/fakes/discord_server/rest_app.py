"""The bot's routes about itself and about guilds and people.

Users, DMs, the application, the gateway's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import sees
from tests.fakes.discord_server.bits import Kind
from tests.fakes.discord_server.payloads import (
    channel_json,
    emoji_json,
    guild_rest_json,
    member_json,
    roles_json,
    user_json,
)
from tests.fakes.discord_server.refusals import invalid, refuse

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Guild, Json

CONTENT_FLAG, CONTENT_FLAG_LIMITED = 1 << 18, 1 << 19
MEMBERS_FLAG_LIMITED = 1 << 15


def me(discord: Discord, call: Call) -> Json:
    """GET the bot's account."""
    del call
    return user_json(discord.world.bot) | {
        "mfa_enabled": False,
        "locale": "en-US",
        "verified": True,
        "email": None,
    }


def user(discord: Discord, call: Call) -> Json:
    """GET a user."""
    return user_json(discord.world.user(call.id("user_id")))


def open_dm(discord: Discord, call: Call) -> Json:
    """POST the private conversation with one person; the same one each time."""
    wanted = str(call.fields.get("recipient_id") or "")
    if not wanted.isdigit():
        invalid("recipient_id", "NUMBER_TYPE_COERCE", "is not snowflake.")
    person = discord.world.user(int(wanted))
    if person.is_bot:
        refuse(50007)
    return channel_json(discord.world, discord.world.dm_with(person.id))


def application(discord: Discord, call: Call) -> Json:
    """GET the application, with the flags that say which privileged intents are granted."""
    del call
    bot = discord.world.bot
    flags = CONTENT_FLAG_LIMITED if discord.switches.content_intent else 0
    flags |= MEMBERS_FLAG_LIMITED if discord.switches.other_privileged else 0
    owner = next((one for one in discord.world.users.values() if not one.is_bot), bot)
    return {
        "id": str(bot.id),
        "name": bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "owner": user_json(owner),
        "team": None,
        "bot": user_json(bot),
        "rpc_origins": [],
        "hook": True,
        "is_monetized": False,
        "redirect_uris": [],
        "integration_types_config": {"0": {}, "1": {}},
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": sum(guild.has_bot for guild in discord.world.guilds.values()),
    }


def _joined(discord: Discord, call: Call) -> Guild:
    guild = discord.world.guild(call.id("guild_id"))
    if not guild.has_bot:
        refuse(10004)
    return guild


def guild(discord: Discord, call: Call) -> Json:
    """GET a guild."""
    return guild_rest_json(_joined(discord, call))


def guild_channels(discord: Discord, call: Call) -> list[Json]:
    """GET a guild's channels."""
    found = _joined(discord, call)
    world = discord.world
    return [
        channel_json(world, channel)
        for channel in world.channels.values()
        if channel.guild_id == found.id and not channel.is_thread and not channel.is_deleted
    ]


def guild_roles(discord: Discord, call: Call) -> list[Json]:
    """GET a guild's roles."""
    return roles_json(_joined(discord, call))


def member(discord: Discord, call: Call) -> Json:
    """GET a member."""
    found = _joined(discord, call)
    known = found.members.get(call.id("user_id"))
    return member_json(discord.world, found, known) if known else refuse(10007)


def my_guilds(discord: Discord, call: Call) -> list[Json]:
    """GET the guilds that the bot is in."""
    del call
    return [guild_rest_json(one) for one in discord.world.guilds.values() if one.has_bot]


def my_channels(discord: Discord, call: Call) -> list[Json]:
    """GET the bot's private conversations."""
    del call
    world = discord.world
    found = [one for one in world.channels.values() if one.kind is Kind.DM and sees(world, world.bot.id, one)]
    return [channel_json(world, channel) for channel in found]


def app_emojis(discord: Discord, call: Call) -> Json:
    """GET the application's own emojis."""
    del call
    return {"items": [emoji_json(emoji, name) for emoji, name in discord.app_emojis.items()]}


def make_app_emoji(discord: Discord, call: Call) -> Json:
    """POST an emoji of the application; names are 2 to 32 letters, digits and underscores."""
    name = str(call.fields.get("name") or "")
    if not 2 <= len(name) <= 32 or not name.replace("_", "").isalnum():
        invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 32 in length.")
    if not str(call.fields.get("image", "")).startswith("data:image/"):
        invalid("image", "BASE_TYPE_REQUIRED", "This field is required")
    number = discord.world.new_id()
    discord.app_emojis[number] = name
    return emoji_json(number, name)


def gateway(discord: Discord, call: Call) -> Json:
    """GET the gateway's address."""
    del call
    return {"url": discord.gateway_url}


def gateway_bot(discord: Discord, call: Call) -> Json:
    """GET the gateway's address, the shards to use and how many sessions may still be started."""
    del call
    return {
        "url": discord.gateway_url,
        "shards": discord.switches.recommended_shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": discord.switches.identifies_left,
            "reset_after": 3_600_000,
            "max_concurrency": discord.switches.max_concurrency,
        },
    }
