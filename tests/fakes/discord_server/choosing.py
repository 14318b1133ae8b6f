"""A command as Discord's own client lets a person fill it in: which are offered, and which values pass.

What a person could not do in the client raises `NotOffered`: the test asked for the impossible, or the
product forgot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.access import permissions
from tests.fakes.discord_server.bits import Option, Permission, Wire
from tests.fakes.discord_server.envelopes import context_of
from tests.fakes.discord_server.files import make_file
from tests.fakes.discord_server.message_payloads import file_json
from tests.fakes.discord_server.payloads import channel_json, member_json, role_json, user_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Json

NUMERIC = {Option.INTEGER, Option.NUMBER}
Upload = bytes | tuple[str, bytes]


class NotOffered(AssertionError):  # noqa: N818 - it reads as what a person meets
    """Discord's client would not let a person do that."""


def name_of(thing: Upload, default: str = "picture.png") -> tuple[str, bytes]:
    """A file's name and bytes, where only bytes were given too."""
    return (default, thing) if isinstance(thing, bytes) else thing


def find_command(discord: Discord, channel: Channel, user_id: int, name: str, kind: int) -> Json:
    """The registered command that this person is offered here."""
    homes = [discord.commands.get(channel.guild_id, {}), discord.commands.get(None, {})]
    known = [one for home in homes for one in home.values() if (one["name"], one["type"]) == (name, kind)]
    if not known:
        told = f"the app has registered no command {name!r} of type {kind}"
        raise NotOffered(told)
    command = known[0]
    context = context_of(discord, channel)
    if command.get("contexts") is not None and context not in command["contexts"]:
        told = f"/{name} is not offered in context {context}"
        raise NotOffered(told)
    needed_install = 1 if is_user_install(discord, channel) else 0
    if needed_install not in (command.get("integration_types") or [0, 1]):
        told = f"/{name} is not offered to this kind of installation ({needed_install})"
        raise NotOffered(told)
    _check_right(discord, channel, user_id, command)
    return command


def is_user_install(discord: Discord, channel: Channel) -> bool:
    """Whether the app is here only because the person installed it."""
    guild = discord.world.guild_of(channel)
    if guild is not None:
        return not guild.has_bot
    return discord.world.bot.id not in channel.recipients


def _check_right(discord: Discord, channel: Channel, user_id: int, command: Json) -> None:
    if channel.is_archived:
        told = "no commands in archived threads"
        raise NotOffered(told)
    if channel.guild_id is None:
        return
    allowed = permissions(discord.world, user_id, channel)
    needed = Permission(int(command.get("default_member_permissions") or 0))
    if Permission.USE_APPLICATION_COMMANDS not in allowed or needed not in allowed:
        told = f"this person may not use {command['name']!r} here"
        raise NotOffered(told)


def fill_in(
    discord: Discord, channel: Channel, command: Json, path: list[str], values: Mapping[str, Any]
) -> tuple[list[Json], Json]:
    """The options as sent, and what they resolve to. `path` names subcommands."""
    options: list[Json] = command.get("options") or []
    if path:
        chosen = next((one for one in options if one["name"] == path[0]), None)
        if chosen is None:
            told = f"{command['name']!r} has no {path[0]!r}"
            raise NotOffered(told)
        inner, resolved = fill_in(discord, channel, chosen, path[1:], values)
        return [{"type": chosen["type"], "name": chosen["name"], "options": inner}], resolved
    _check_names(command, options, values)
    resolved = {}
    sent = []
    for option in options:
        if option["name"] in values:
            value = _value(discord, channel, option, values[option["name"]], resolved)
            sent.append({"type": option["type"], "name": option["name"], "value": value})
    return sent, resolved


def _check_names(command: Json, options: list[Json], values: Mapping[str, Any]) -> None:
    names = {option["name"] for option in options}
    if unknown := set(values) - names:
        told = f"{command['name']!r} has no option {sorted(unknown)}"
        raise NotOffered(told)
    missing = {option["name"] for option in options if option.get("required")} - set(values)
    if missing:
        told = f"{command['name']!r} wants {sorted(missing)}"
        raise NotOffered(told)


def _value(discord: Discord, channel: Channel, option: Json, value: Wire, resolved: Json) -> Wire:
    kind = Option(option["type"])
    if kind in RESOLVERS:
        return RESOLVERS[kind](discord, channel, value, resolved)
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        told = f"{option['name']!r} offers {[choice['value'] for choice in choices]}, not {value!r}"
        raise NotOffered(told)
    low, high = (option.get("min_value"), option.get("max_value")) if kind in NUMERIC else (None, None)
    size = value
    if kind is Option.STRING:
        low, high, size = option.get("min_length"), option.get("max_length") or 6000, len(value)
    if (low is not None and size < low) or (high is not None and size > high):
        told = f"{option['name']!r} takes {low} to {high}, not {size}"
        raise NotOffered(told)
    return value


def _id(value: Wire) -> int:
    return int(value.id if hasattr(value, "id") else value)


def _attachment(discord: Discord, channel: Channel, value: Upload, resolved: Json) -> str:
    name, content = name_of(value)
    file = make_file(discord.world, channel.id, name, content, is_passing=True)
    resolved.setdefault("attachments", {})[str(file.id)] = file_json(discord.world, file, discord.origin)
    return str(file.id)


def resolve_user(discord: Discord, channel: Channel, value: Wire, resolved: Json) -> str:
    """A person, and their membership where there is a guild."""
    user_id = _id(value)
    resolved.setdefault("users", {})[str(user_id)] = user_json(discord.world.users[user_id])
    guild = discord.world.guild_of(channel)
    if guild is not None and user_id in guild.members:
        told = member_json(discord.world, guild, guild.members[user_id], channel)
        resolved.setdefault("members", {})[str(user_id)] = told
    return str(user_id)


def _resolve_role(discord: Discord, channel: Channel, value: Wire, resolved: Json) -> str:
    guild = discord.world.guild_of(channel)
    assert guild is not None
    role = guild.roles[_id(value)]
    resolved.setdefault("roles", {})[str(role.id)] = role_json(role, 1)
    return str(role.id)


def _resolve_channel(discord: Discord, channel: Channel, value: Wire, resolved: Json) -> str:
    chosen = discord.world.channels[_id(value)]
    told = channel_json(discord.world, chosen)
    told["permissions"] = str(int(permissions(discord.world, discord.world.bot.id, channel)))
    resolved.setdefault("channels", {})[str(chosen.id)] = told
    return str(chosen.id)


def _resolve_either(discord: Discord, channel: Channel, value: Wire, resolved: Json) -> str:
    is_user = _id(value) in discord.world.users
    return (resolve_user if is_user else _resolve_role)(discord, channel, value, resolved)


RESOLVERS = {
    Option.ATTACHMENT: _attachment,
    Option.USER: resolve_user,
    Option.ROLE: _resolve_role,
    Option.CHANNEL: _resolve_channel,
    Option.MENTIONABLE: _resolve_either,
}
