"""The bot's routes for channels and threads: fetch, create, change, delete, join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import permissions, require, sees
from tests.fakes.discord_server.bits import STARTER, THREADS, Flag, Kind, Permission
from tests.fakes.discord_server.payloads import channel_json, thread_json, thread_member_json
from tests.fakes.discord_server.posting import Draft, create, new_message
from tests.fakes.discord_server.refusals import between, invalid, refuse
from tests.fakes.discord_server.world import Channel

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Guild, Json, Message

ARCHIVE_AFTER_MIN = (60, 1440, 4320, 10080)
THREAD_OF = {Kind.TEXT: Kind.PUBLIC_THREAD, Kind.NEWS: Kind.NEWS_THREAD}


def one(discord: Discord, call: Call) -> Json:
    """GET a channel."""
    channel = discord.world.channel(call.id("channel_id"))
    if not sees(discord.world, discord.world.bot.id, channel):
        refuse(50001)
    return channel_json(discord.world, channel)


def thread_from_message(discord: Discord, call: Call) -> Json:
    """POST a thread at a message; its id is the message's."""
    world = discord.world
    parent = world.channel(call.id("channel_id"))
    message_id = call.id("message_id")
    if parent.kind not in THREAD_OF:
        refuse(50024)
    require(world, world.bot.id, parent, Permission.CREATE_PUBLIC_THREADS, Permission.READ_MESSAGE_HISTORY)
    message = world.message(parent, message_id)
    if Flag.HAS_THREAD in message.flags or message.id in world.channels:
        refuse(160004)
    thread = _make(discord, parent, call.fields, THREAD_OF[parent.kind], message.id)
    message.flags |= Flag.HAS_THREAD
    discord.tell_message("MESSAGE_UPDATE", message)
    _begin(discord, thread, message)
    return thread_json(world, thread)


def _begin(discord: Discord, thread: Channel, message: Message) -> None:
    """The first message of such a thread is Discord's own: it says nothing and points to the other one."""
    reference = (message.channel_id, message.id)
    starter = new_message(discord, thread, message.author_id, kind=STARTER, reference=reference)
    discord.world.keep(starter)
    discord.tell_message("MESSAGE_CREATE", starter)


def thread_alone(discord: Discord, call: Call) -> Json:
    """POST a thread without a message, or a post in a forum."""
    world = discord.world
    parent = world.channel(call.id("channel_id"))
    if parent.kind is Kind.FORUM:
        return _forum_post(discord, parent, call)
    if parent.kind not in THREAD_OF:
        refuse(50024)
    wanted = call.fields.get("type", Kind.PRIVATE_THREAD)
    if wanted not in THREADS:
        invalid("type", "BASE_TYPE_CHOICES", "Value must be one of (10, 11, 12).")
    kind = Kind(wanted)
    needed = (
        Permission.CREATE_PRIVATE_THREADS if kind is Kind.PRIVATE_THREAD else Permission.CREATE_PUBLIC_THREADS
    )
    require(world, world.bot.id, parent, needed)
    return thread_json(world, _make(discord, parent, call.fields, kind, world.new_id()))


def _forum_post(discord: Discord, parent: Channel, call: Call) -> Json:
    world = discord.world
    require(world, world.bot.id, parent, Permission.SEND_MESSAGES)
    if not call.fields.get("message"):
        invalid("message", "BASE_TYPE_REQUIRED", "This field is required")
    thread = _make(discord, parent, call.fields, Kind.PUBLIC_THREAD, world.new_id())
    message = new_message(discord, thread, world.bot.id)
    message.id = thread.id
    draft = Draft(call.fields["message"], call.files)
    create(discord, thread, message, draft, discord.real_limit(thread))
    return thread_json(world, thread) | {"message": discord.show(message)}


def _make(discord: Discord, parent: Channel, fields: Json, kind: Kind, thread_id: int) -> Channel:
    world = discord.world
    between("name", str(fields.get("name") or ""), 1, 100)
    minutes = fields.get("auto_archive_duration") or 1440
    if minutes not in ARCHIVE_AFTER_MIN:
        invalid("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
    guild = world.guilds[parent.guild_id or 0]
    _check_cap(discord, guild)
    thread = Channel(
        thread_id,
        kind,
        str(fields["name"]),
        guild.id,
        parent.id,
        owner_id=world.bot.id,
        member_ids=[world.bot.id],
        auto_archive_min=int(minutes),
    )
    world.channels[thread.id] = thread
    discord.tell("THREAD_CREATE", thread, thread_json(world, thread) | {"newly_created": True})
    return thread


def _check_cap(discord: Discord, guild: Guild) -> None:
    if len(discord.world.threads_of(guild)) >= guild.active_threads_cap:
        refuse(160006)


def change(discord: Discord, call: Call) -> Json:
    """PATCH a thread: name, archived, locked, slow mode. Other channels want Manage Channels."""
    world = discord.world
    channel = world.channel(call.id("channel_id"))
    if not channel.is_thread:
        require(world, world.bot.id, channel, Permission.MANAGE_CHANNELS)
    fields = call.fields
    allowed = permissions(world, world.bot.id, channel)
    _check_thread_change(discord, channel, fields, is_manager=Permission.MANAGE_THREADS in allowed)
    if "name" in fields:
        between("name", str(fields["name"] or ""), 1, 100)
        channel.name = str(fields["name"])
    channel.is_archived = bool(fields.get("archived", channel.is_archived))
    channel.is_locked = bool(fields.get("locked", channel.is_locked))
    event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
    found = channel_json(world, channel)
    discord.tell(event, channel, found)
    return found


def _check_thread_change(discord: Discord, thread: Channel, fields: Json, *, is_manager: bool) -> None:
    if not thread.is_thread:
        return
    bot = discord.world.bot.id
    require(discord.world, bot, thread, Permission.SEND_MESSAGES_IN_THREADS)
    if thread.is_archived and fields.get("archived", True):
        refuse(50083)
    needs_manager = thread.owner_id != bot or thread.is_locked or "locked" in fields
    if needs_manager and not is_manager:
        refuse(50013)


def remove(discord: Discord, call: Call) -> Json:
    """DELETE a channel or thread; a private conversation is only closed."""
    world = discord.world
    channel = world.channel(call.id("channel_id"))
    if not channel.is_private:
        needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
        require(world, world.bot.id, channel, needed)
        drop(discord, channel)
    return channel_json(world, channel)


def drop(discord: Discord, channel: Channel) -> None:
    """A channel is gone, with its threads."""
    world = discord.world
    event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
    told = channel_json(world, channel)
    discord.tell(event, channel, told)
    channel.is_deleted = True
    for other in world.channels.values():
        if other.parent_id == channel.id:
            other.is_deleted = True
    discord.touch()


def join(discord: Discord, call: Call) -> None:
    """PUT or DELETE a membership of a thread."""
    world = discord.world
    thread = world.channel(call.id("channel_id"))
    if not thread.is_thread:
        refuse(50024)
    if thread.is_archived:
        refuse(50083)
    name = call.params["user_id"]
    user_id = world.bot.id if name == "@me" else call.id("user_id")
    if name != "@me":
        require(world, world.bot.id, thread, Permission.SEND_MESSAGES_IN_THREADS)
    members = [one for one in thread.member_ids if one != user_id]
    thread.member_ids = members if call.method == "DELETE" else [*members, user_id]
    discord.touch()


def members(discord: Discord, call: Call) -> list[Json]:
    """GET who is in a thread."""
    thread = discord.world.channel(call.id("channel_id"))
    return [thread_member_json(thread, user) for user in thread.member_ids]


def active_threads(discord: Discord, call: Call) -> Json:
    """GET the threads of a guild that are not archived and that the bot sees."""
    world = discord.world
    guild = world.guild(call.id("guild_id"))
    seen = [thread for thread in world.threads_of(guild) if sees(world, world.bot.id, thread)]
    bot = world.bot.id
    mine = [thread_member_json(thread, bot) for thread in seen if bot in thread.member_ids]
    return {"threads": [thread_json(world, thread) for thread in seen], "members": mine, "has_more": False}
