"""The bot's routes for messages: list, fetch, send, edit, delete, react, type.

Owns what each route asks for first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.fakes.discord_server.access import may_write, permissions, require, sees
from tests.fakes.discord_server.bits import Flag, Kind, Permission
from tests.fakes.discord_server.censor import censor, is_readable
from tests.fakes.discord_server.posting import (
    Draft,
    check_old_edit,
    create,
    delete,
    edit,
    new_message,
    same_nonce,
)
from tests.fakes.discord_server.refusals import invalid, refuse

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Json, Message


def _place(discord: Discord, call: Call) -> Channel:
    return discord.world.channel(call.id("channel_id"))


def _told(discord: Discord, message: Message) -> Json:
    """A message as this bot may read it: routes censor like the gateway does."""
    found = discord.show(message)
    return found if discord.switches.content_intent else censor(discord.world, message, found)


def many(discord: Discord, call: Call) -> list[Json]:
    """GET messages, newest first."""
    channel = _place(discord, call)
    require(discord.world, discord.world.bot.id, channel)
    if not channel.is_private and Permission.READ_MESSAGE_HISTORY not in permissions(
        discord.world, discord.world.bot.id, channel
    ):
        return []
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        invalid("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
    found = [message for message in channel.messages.values() if not message.is_deleted]
    if before := call.query.get("before"):
        found = [message for message in found if message.id < int(before)]
    if after := call.query.get("after"):
        chosen = [message for message in found if message.id > int(after)][:limit]
    elif around := call.query.get("around"):
        chosen = sorted(found, key=lambda message: abs(message.id - int(around)))[:limit]
    else:
        chosen = found[-limit:]
    return [_told(discord, message) for message in sorted(chosen, key=lambda message: -message.id)]


def one(discord: Discord, call: Call) -> Json:
    """GET a message."""
    channel = _place(discord, call)
    require(discord.world, discord.world.bot.id, channel, Permission.READ_MESSAGE_HISTORY)
    return _told(discord, discord.world.message(channel, call.id("message_id")))


def send(discord: Discord, call: Call) -> Json:
    """POST a message."""
    channel = _place(discord, call)
    bot = discord.world.bot
    may_write(discord.world, bot.id, channel)
    _check_person(discord, channel)
    fields = call.fields
    if call.files:
        require(discord.world, bot.id, channel, Permission.ATTACH_FILES)
    if fields.get("embeds"):
        require(discord.world, bot.id, channel, Permission.EMBED_LINKS)
    draft = Draft(fields, call.files)
    if Flag.EPHEMERAL in draft.flags:
        invalid("flags", "BASE_TYPE_CHOICES", "Only interactions can answer ephemerally.")
    if known := same_nonce(discord, bot.id, fields):
        return discord.show(known)
    message = new_message(discord, channel, bot.id)
    if fields.get("nonce") is not None:
        message.nonce = str(fields["nonce"])
    if fields.get("message_reference"):
        _refer(discord, channel, message, fields["message_reference"])
    return discord.show(create(discord, channel, message, draft, discord.real_limit(channel)))


def _check_person(discord: Discord, channel: Channel) -> None:
    """Who takes no messages from strangers, or shares no guild, cannot be written to (50007)."""
    if channel.kind is not Kind.DM:
        return
    for user_id in channel.recipients:
        if not discord.world.users[user_id].takes_dms:
            refuse(50007)


def _refer(discord: Discord, channel: Channel, message: Message, reference: Json) -> None:
    if int(reference.get("type") or 0) == 1:
        _check_forward(discord, reference)
        message.reference = (int(reference["channel_id"]), int(reference["message_id"]))
        return
    if not channel.is_private:
        allowed = permissions(discord.world, discord.world.bot.id, channel)
        if Permission.READ_MESSAGE_HISTORY not in allowed:
            refuse(160002)
    wanted = channel.messages.get(int(reference["message_id"]))
    if wanted is not None and not wanted.is_deleted:
        message.kind, message.reference = 19, (channel.id, wanted.id)
    elif reference.get("fail_if_not_exists", True):
        invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")


def _check_forward(discord: Discord, reference: Json) -> None:
    """A forward needs its content to be readable by the app (Discord, 2026-08: 160014)."""
    place = discord.world.channel(int(reference["channel_id"]))
    original = discord.world.message(place, int(reference["message_id"]))
    if not (discord.switches.content_intent or is_readable(discord.world, original)):
        refuse(160014)


def change(discord: Discord, call: Call) -> Json:
    """PATCH a message of the bot."""
    channel = _place(discord, call)
    bot = discord.world.bot
    if not sees(discord.world, bot.id, channel):
        refuse(50001)
    message = discord.world.message(channel, call.id("message_id"))
    if message.author_id != bot.id:
        refuse(50005)
    if channel.is_archived:
        refuse(50083)
    if call.files:
        require(discord.world, bot.id, channel, Permission.ATTACH_FILES)
    check_old_edit(discord, message)
    return discord.show(edit(discord, message, Draft(call.fields, call.files), discord.real_limit(channel)))


def remove(discord: Discord, call: Call) -> None:
    """DELETE a message: the bot's own, or another's with Manage Messages."""
    channel = _place(discord, call)
    bot = discord.world.bot
    if not sees(discord.world, bot.id, channel):
        refuse(50001)
    message = discord.world.message(channel, call.id("message_id"))
    if message.author_id != bot.id:
        if channel.is_private:
            refuse(50003)
        require(discord.world, bot.id, channel, Permission.MANAGE_MESSAGES)
    if channel.is_archived:
        refuse(50083)
    delete(discord, message)


def react(discord: Discord, call: Call) -> None:
    """PUT or DELETE the bot's own reaction."""
    channel = _place(discord, call)
    bot = discord.world.bot
    message = discord.world.message(channel, call.id("message_id"))
    name = unquote(call.params["emoji_name"])
    who = message.reactions.setdefault(name, [])
    if call.method == "DELETE":
        message.reactions[name] = [one for one in who if one != bot.id]
        event = "MESSAGE_REACTION_REMOVE"
    else:
        require(discord.world, bot.id, channel, Permission.ADD_REACTIONS, Permission.READ_MESSAGE_HISTORY)
        if channel.is_archived:
            refuse(50083)
        if bot.id not in who:
            who.append(bot.id)
        event = "MESSAGE_REACTION_ADD"
    discord.tell(event, channel, _reaction(channel, message, name, bot.id))


def _reaction(channel: Channel, message: Message, name: str, user_id: int) -> Json:
    found: Json = {
        "user_id": str(user_id),
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "message_author_id": str(message.author_id),
        "emoji": {"id": None, "name": name},
        "burst": False,
        "type": 0,
    }
    if channel.guild_id is not None:
        found["guild_id"] = str(channel.guild_id)
    return found


def typing(discord: Discord, call: Call) -> None:
    """POST typing."""
    channel = _place(discord, call)
    may_write(discord.world, discord.world.bot.id, channel)
    discord.typing.append((channel.id, discord.now()))
    discord.touch()
