"""What an interaction looks like when it is sent to the app. Pure: state in, JSON out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import permissions
from tests.fakes.discord_server.bits import EVERYTHING, USUAL, Kind
from tests.fakes.discord_server.interactions import owners
from tests.fakes.discord_server.payloads import channel_json, member_json, user_json

if TYPE_CHECKING:
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Channel, Json

GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2


def context_of(discord: Discord, channel: Channel) -> int:
    """Where it was asked: a guild, the bot's own DM, or a conversation of others."""
    if channel.guild_id is not None:
        return GUILD
    is_bots = channel.kind is Kind.DM and discord.world.bot.id in channel.recipients
    return BOT_DM if is_bots else PRIVATE_CHANNEL


def envelope(discord: Discord, interaction: Interaction, data: Json) -> Json:
    """The whole interaction."""
    world = discord.world
    channel = world.channels[interaction.channel_id]
    person = world.users[interaction.user_id]
    app_permissions = _app_permissions(discord, interaction, channel)
    found: Json = {
        "id": str(interaction.id),
        "application_id": str(world.bot.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": channel_json(world, channel)
        | {
            "permissions": str(int(permissions(world, person.id, channel))),
            "app_permissions": app_permissions,
        },
        "locale": person.locale,
        "app_permissions": app_permissions,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(interaction),
        "context": context_of(discord, channel),
        "attachment_size_limit": discord.told_limit(channel, person.id),
    }
    guild = world.guild_of(channel)
    if guild is None:
        found["user"] = user_json(person)
    else:
        found |= {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member_json(world, guild, guild.members[person.id], channel),
        }
    if interaction.source is not None:
        found["message"] = discord.show(interaction.source)
    return found


def _app_permissions(discord: Discord, interaction: Interaction, channel: Channel) -> str:
    if channel.guild_id is None:
        return str(int(USUAL))
    if interaction.is_user_install:
        return str(int(permissions(discord.world, interaction.user_id, channel) & USUAL))
    return str(int(permissions(discord.world, discord.world.bot.id, channel) & EVERYTHING))
