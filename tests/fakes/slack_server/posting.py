"""Putting messages into conversations, changing and removing them, and who hears of it.

The one place where a message comes to be, whoever said it, so that every event tells of the same thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fakes.slack_server.shapes import message_json
from tests.fakes.slack_server.things import Channel, Json, Message, Room
from tests.fakes.slack_server.world import PendingShare

if TYPE_CHECKING:
    from tests.fakes.slack_server.world import World

SCOPE_OF = {
    Room.PUBLIC: "message.channels",
    Room.PRIVATE: "message.groups",
    Room.IM: "message.im",
    Room.MPIM: "message.mpim",
}


def put(world: World, message: Message) -> Message:
    """A message appears: kept, and told to the app if it is there."""
    channel = world.channel(message.channel)
    message.ts = message.ts or world.new_ts()
    channel.messages[message.ts] = message
    if message.is_reply and message.thread_ts in channel.messages:
        root = channel.messages[message.thread_ts]
        root.thread_ts = root.ts
    channel.statuses.pop(message.root_ts, None) if message.bot_id else None
    tell_of(world, channel, message)
    return message


def tell_of(world: World, channel: Channel, message: Message) -> None:
    """The events of a message: `message` where the bot is a member, and `app_mention` besides."""
    team = world.teams[channel.team]
    if team.bot_user not in channel.members:
        return
    if message.bot_id and not world.switches.sends_own_messages:
        return
    base = message_json(world, message)
    event = base | _places(channel, message.ts)
    if message.is_broadcast and message.thread_ts in channel.messages:
        event["root"] = message_json(world, channel.messages[message.thread_ts])
    if message.subtype == "file_share":
        event.pop("team", None)  # file_share events lack it (slack-api-specs#62)
    world.tell(team.id, event, SCOPE_OF[channel.room])
    mentions = re.search(rf"<@{team.bot_user}(\|[^>]*)?>", message.text)
    if mentions and not message.bot_id and channel.room is not Room.IM:
        mention = base | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        mention.pop("subtype", None)
        world.tell(team.id, mention, "app_mention")


def _places(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "event_ts": ts, "channel_type": channel.room.value}


def change(world: World, message: Message, before: Json) -> None:
    """Tell of a message that was changed; `before` is how it looked."""
    channel = world.channel(message.channel)
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": message_json(world, message),
        "previous_message": before,
        "hidden": True,
        "ts": world.new_ts(),
    }
    _tell_hidden(world, channel, event, is_own=bool(message.bot_id))


def remove(world: World, message: Message) -> None:
    """Take a message away and tell of it."""
    channel = world.channel(message.channel)
    before = message_json(world, message)
    del channel.messages[message.ts]
    for file_id in message.files:
        stamps = world.files[file_id].shares.get(channel.id, [])
        world.files[file_id].shares[channel.id] = [ts for ts in stamps if ts != message.ts]
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "deleted_ts": message.ts,
        "hidden": True,
        "ts": world.new_ts(),
    }
    _tell_hidden(world, channel, event, is_own=bool(message.bot_id))


def _tell_hidden(world: World, channel: Channel, event: Json, *, is_own: bool) -> None:
    team = world.teams[channel.team]
    if team.bot_user in channel.members and (world.switches.sends_own_messages or not is_own):
        world.tell(team.id, event | _places(channel, event["ts"]), SCOPE_OF[channel.room])


def share_later(world: World, channel: Channel, message: Message) -> None:
    """A file's message that appears on its own time, possibly after later messages."""
    world.pending_shares.append(
        PendingShare(world.now() + (world.switches.share_after_s or 0.0), channel.id, message)
    )
    if world.switches.share_after_s <= 0:
        catch_up(world)


def catch_up(world: World) -> None:
    """Let everything appear whose time has come."""
    now = world.now()
    due = [share for share in world.pending_shares if share.at <= now]
    world.pending_shares = [share for share in world.pending_shares if share.at > now]
    for share in due:
        put(world, share.message)
        for file_id in share.message.files:
            world.files[file_id].shares.setdefault(share.channel, []).append(share.message.ts)
