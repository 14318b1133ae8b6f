"""assistant.threads.*, agents.sessions.* and reactions.*: small signs of life beside a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.access import writable_channel
from tests.fakes.slack_server.refusals import refuse, refuse_arguments

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.things import Channel, Json, Message

STATUS_LIFE_S = 120
"""An assistant status clears itself after two minutes (slack.md 11)."""

SESSION_STATES = frozenset({"active", "processing", "suspended", "closed"})


def set_status(ask: Ask) -> Json:
    """assistant.threads.setStatus; an empty one clears."""
    channel = _here(ask)
    thread = ask.needed("thread_ts")
    if thread not in channel.messages:
        refuse("invalid_thread_ts")
    if "status" not in ask.args:
        refuse_arguments("missing required field: status")
    loading = ask.nested("loading_messages", list) or []
    if len(loading) > 10:
        refuse_arguments("no more than 10 items allowed [json-pointer:/loading_messages]")
    channel.statuses.pop(thread, None)
    if ask.text("status"):
        ends_at = ask.world.now() + STATUS_LIFE_S
        channel.statuses[thread] = {"status": ask.text("status"), "loading": loading, "ends_at": ends_at}
    return {}


def session_status(ask: Ask) -> Json:
    """agents.sessions.setStatus: makes the session if there is none."""
    channel, key = _session(ask)
    status = ask.needed("status")
    if status not in SESSION_STATES:
        refuse_arguments(f"unknown status: {status}")
    session = channel.sessions.setdefault(key, {"title": ""})
    session["status"] = status
    if ask.text("title"):
        session["title"] = _title(ask)
    return {"session": {"channel_id": channel.id, "thread_ts": key, **session}}


def session_rename(ask: Ask) -> Json:
    """agents.sessions.rename."""
    channel, key = _session(ask)
    if key not in channel.sessions:
        refuse("session_not_found")
    ask.needed("title")
    channel.sessions[key]["title"] = _title(ask)
    return {}


def _session(ask: Ask) -> tuple[Channel, str]:
    if not ask.team.has_agent_sessions:
        refuse("not_allowed_token_type")
    channel, key = _here(ask), ask.text("thread_ts")
    if key and key not in channel.messages:
        refuse("invalid_thread_ts")
    return channel, key


def _here(ask: Ask) -> Channel:
    return writable_channel(ask, ask.needed("channel_id"))


def _title(ask: Ask) -> str:
    title = ask.text("title")
    if len(title) > 200:
        refuse_arguments("must be less than 201 characters [json-pointer:/title]")
    return title


def add_reaction(ask: Ask) -> Json:
    """reactions.add."""
    message, name = _reacted(ask)
    users = message.reactions.setdefault(name, [])
    if ask.team.bot_user in users:
        refuse("already_reacted")
    users.append(ask.team.bot_user)
    return {}


def remove_reaction(ask: Ask) -> Json:
    """reactions.remove."""
    message, name = _reacted(ask)
    if ask.team.bot_user not in message.reactions.get(name, []):
        refuse("no_reaction")
    message.reactions[name].remove(ask.team.bot_user)
    if not message.reactions[name]:
        del message.reactions[name]
    return {}


def _reacted(ask: Ask) -> tuple[Message, str]:
    channel = writable_channel(ask, ask.needed("channel"))
    message = channel.messages.get(ask.needed("timestamp"))
    if message is None:
        refuse("message_not_found")
    return message, ask.needed("name").strip(":")
