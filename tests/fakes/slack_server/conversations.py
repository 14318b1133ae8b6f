"""conversations.* and users.conversations: who is where, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tests.fakes.slack_server.access import KIND, check_scopes, visible_channel
from tests.fakes.slack_server.limits import MINUTE_S
from tests.fakes.slack_server.refusals import refuse, refuse_arguments
from tests.fakes.slack_server.shapes import channel_json, message_json
from tests.fakes.slack_server.things import Channel, Json, Room

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.things import Message

Row = TypeVar("Row")

TYPE_NAMES = {
    "public_channel": Room.PUBLIC,
    "private_channel": Room.PRIVATE,
    "im": Room.IM,
    "mpim": Room.MPIM,
}


def _readable(ask: Ask, what: str) -> Channel:
    """A conversation to read of, with the scope that its kind needs."""
    channel = visible_channel(ask, ask.needed("channel"))
    check_scopes(ask, (f"{KIND[channel.room]}:{what}",))
    return channel


def info(ask: Ask) -> Json:
    """conversations.info."""
    return {"channel": channel_json(_readable(ask, "read"), viewer=ask.team.bot_user)}


def join(ask: Ask) -> Json:
    """conversations.join: public conversations only."""
    channel = ask.team.channels.get(ask.needed("channel"))
    if channel is None:
        refuse("channel_not_found")
    if channel.room is not Room.PUBLIC:
        refuse(
            "method_not_supported_for_channel_type"
            if channel.room is not Room.PRIVATE
            else "channel_not_found"
        )
    if channel.is_archived:
        refuse("is_archived")
    was_in = ask.team.bot_user in channel.members
    channel.members.add(ask.team.bot_user)
    answer: Json = {"channel": channel_json(channel, viewer=ask.team.bot_user)}
    if was_in:
        return answer | {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    event = {
        "type": "member_joined_channel",
        "user": ask.team.bot_user,
        "channel": channel.id,
        "channel_type": "C",
        "team": ask.team.id,
        "event_ts": ask.world.new_ts(),
    }
    ask.world.tell(ask.team.id, event, "member_joined_channel")
    return answer


def open_direct(ask: Ask) -> Json:
    """conversations.open: the direct messages with these people."""
    users = [user for user in ask.text("users").split(",") if user]
    if ask.text("channel"):
        return {
            "channel": {"id": visible_channel(ask, ask.text("channel")).id},
            "already_open": True,
            "no_op": True,
        }
    if not users:
        refuse("users_list_not_supplied")
    check_scopes(ask, ("im:write",) if len(users) == 1 else ("mpim:write",))
    for user in users:
        if user not in ask.team.users:
            refuse("user_not_found")
        if ask.team.users[user].is_deleted:
            refuse("user_disabled")
        if user == ask.team.bot_user or ask.team.users[user].is_bot:
            refuse("cannot_dm_bot")
    channel = ask.world.im_with(ask.team.id, *users)
    told = channel_json(channel, viewer=ask.team.bot_user) if ask.flag("return_im") else {"id": channel.id}
    return {"channel": told}


def members(ask: Ask) -> Json:
    """conversations.members, in pages."""
    page, cursor = _page(ask, sorted(_readable(ask, "read").members), 100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(ask: Ask) -> Json:
    """conversations.history, newest first; the bot must be in it."""
    channel = _inside(ask, _readable(ask, "history"))
    _spare(ask, "conversations.history")
    said = [
        message
        for message in reversed(channel.messages.values())
        if not message.is_reply or message.is_broadcast
    ]
    return _told(ask, _within(ask, said))


def replies(ask: Ask) -> Json:
    """conversations.replies: the root and what hangs below it, oldest first."""
    channel = _inside(ask, _readable(ask, "history"))
    _spare(ask, "conversations.replies")
    ts = ask.needed("ts")
    if ts not in channel.messages:
        refuse("thread_not_found")
    root = channel.messages[ts].root_ts
    said = [message for message in channel.messages.values() if message.root_ts == root]
    return _told(ask, [said[0], *_within(ask, said[1:])])


def of_user(ask: Ask) -> Json:
    """users.conversations: those that the bot, or the named person, is in."""
    user = ask.text("user") or ask.team.bot_user
    rooms = []
    for name in (ask.text("types") or "public_channel").split(","):
        if name not in TYPE_NAMES:
            refuse("invalid_types")
        check_scopes(ask, (f"{KIND[TYPE_NAMES[name]]}:read",))
        rooms.append(TYPE_NAMES[name])
    found = [
        channel
        for channel in ask.team.channels.values()
        if channel.room in rooms
        and {user, ask.team.bot_user if channel.room is not Room.PUBLIC else user} <= channel.members
        and not (channel.is_archived and ask.flag("exclude_archived"))
    ]
    page, cursor = _page(ask, found, 100)
    told = [channel_json(channel, viewer=ask.team.bot_user) for channel in page]
    return {"channels": told, "response_metadata": {"next_cursor": cursor}}


def _inside(ask: Ask, channel: Channel) -> Channel:
    if ask.team.bot_user not in channel.members:
        refuse("not_in_channel")
    return channel


def _spare(ask: Ask, method: str) -> None:
    """What apps sold outside the Marketplace get: one call a minute, fifteen messages (slack.md 8.3)."""
    if ask.world.switches.rates.has_history_limits:
        ask.world.buckets.take(("history", method, ask.team.id), 1, MINUTE_S, ask.world.now())
        if ask.number("limit", 15) > 15:
            ask.args["limit"] = 15


def _within(ask: Ask, said: Iterable[Message]) -> list[Message]:
    oldest, latest = ask.text("oldest") or "0", ask.text("latest") or "9999999999"
    whole = ask.flag("inclusive")
    return [
        message
        for message in said
        if float(oldest) < float(message.ts) < float(latest) or (whole and message.ts in {oldest, latest})
    ]


def _told(ask: Ask, said: list[Message]) -> Json:
    page, cursor = _page(ask, said, 15 if ask.world.switches.rates.has_history_limits else 100)
    shapes = [message_json(ask.world, message) for message in page]
    if not ask.flag("include_all_metadata"):
        shapes = [{name: value for name, value in shape.items() if name != "metadata"} for shape in shapes]
    return {"messages": shapes, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _page(ask: Ask, rows: list[Row], usual: int) -> tuple[list[Row], str]:
    """One page of rows and where the next begins; the cursor is opaque to the caller."""
    limit = ask.number("limit", usual) or usual
    if limit < 0 or limit > 1000:
        refuse("invalid_limit")
    cursor = ask.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdecimal():
        refuse_arguments("invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    end = start + limit
    return rows[start:end], f"next:{end}" if end < len(rows) else ""
