"""How the platform words what it tells: events, commands, interactions. Shapes from Slack's own samples.

OURS marks the shapes for which no sample was at hand (2026-11): they follow the written documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.shapes import message_json, view_json
from tests.fakes.slack_server.things import Room
from tests.fakes.slack_server.world import APP_ID

if TYPE_CHECKING:
    from tests.fakes.slack_server.things import Channel, Json, Message, Team, User, View
    from tests.fakes.slack_server.world import World

VERIFICATION_TOKEN = "verification-token"


def event_callback(world: World, team_id: str, event: Json) -> Json:
    """An event in its envelope; the id is the same in every repetition."""
    team = world.teams[team_id]
    number = world.new_id("Ev")
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team_id,
        "context_team_id": team_id,
        "context_enterprise_id": team.enterprise or None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": number,
        "event_time": int(world.now()),
        "authorizations": [
            {
                "enterprise_id": team.enterprise or None,
                # Where a whole organisation has the app, only the envelope names the workspace.
                "team_id": None if team.is_org_install else team_id,
                "user_id": team.bot_user,
                "is_bot": True,
                "is_enterprise_install": team.is_org_install,
            }
        ],
        "is_ext_shared_channel": _is_shared(world, str(event.get("channel", ""))),
        "event_context": f"4-{number}",
    } | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def _is_shared(world: World, channel_id: str) -> bool:
    return any(
        team.channels[channel_id].is_shared for team in world.teams.values() if channel_id in team.channels
    )


def url_verification(challenge: str) -> Json:
    """What a new Request URL is asked first."""
    return {"type": "url_verification", "token": VERIFICATION_TOKEN, "challenge": challenge}


def slash_command(world: World, user: User, channel: Channel, command: str, text: str) -> Json:
    """A slash command. Everything in it is a string, as it travels as a form."""
    team = world.teams[user.team]
    told = {
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": _spoken_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(team.is_org_install).lower(),
        "response_url": world.new_response_url("commands", channel, user.id),
        "trigger_id": world.new_trigger(team.id, user.id),
    }
    return told | ({"enterprise_id": team.enterprise, "enterprise_name": "Org"} if team.enterprise else {})


def _spoken_name(channel: Channel) -> str:
    return {Room.IM: "directmessage", Room.MPIM: "mpdm"}.get(
        channel.room, "privategroup" if channel.room is Room.PRIVATE else channel.name
    )


def _interaction(world: World, kind: str, user: User) -> Json:
    team = world.teams[user.team]
    return {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": APP_ID,
        "team": _team(team),
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "enterprise": {"id": team.enterprise, "name": "Org"} if team.enterprise else None,
        "is_enterprise_install": team.is_org_install,
        "trigger_id": world.new_trigger(team.id, user.id),
    }


def _team(team: Team) -> Json:
    told = {"id": team.id, "domain": team.domain}
    return told | ({"enterprise_id": team.enterprise, "enterprise_name": "Org"} if team.enterprise else {})


def message_shortcut(world: World, user: User, channel: Channel, message: Message, callback_id: str) -> Json:
    """A shortcut on a message."""
    return _interaction(world, "message_action", user) | {
        "action_ts": world.new_ts(),
        "channel": {"id": channel.id, "name": _spoken_name(channel)},
        "callback_id": callback_id,
        "message_ts": message.ts,
        "message": message_json(world, message),
        "response_url": world.new_response_url(
            "app", channel, user.id, message_ts=message.ts, thread_ts=message.root_ts
        ),
    }


def global_shortcut(world: World, user: User, callback_id: str) -> Json:
    """A shortcut from anywhere: no conversation, no response_url."""
    return _interaction(world, "shortcut", user) | {"action_ts": world.new_ts(), "callback_id": callback_id}


def message_actions(world: World, user: User, channel: Channel, message: Message, action: Json) -> Json:
    """A press on something in a message."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.private_to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    told = _interaction(world, "block_actions", user) | {
        "container": container,
        "channel": {"id": channel.id, "name": _spoken_name(channel)},
        "state": {"values": {}},
        "response_url": world.new_response_url(
            "actions",
            channel,
            user.id,
            message_ts=message.ts,
            thread_ts=message.thread_ts,
        ),
        "actions": [action],
    }
    if not message.private_to:
        told["message"] = message_json(world, message)
    return told


def view_actions(world: World, user: User, view: View, action: Json) -> Json:
    """A press on something in a modal or in the home tab."""
    return _interaction(world, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(world, view),
        "state": {"values": view.values},
        "actions": [action],
    }


def view_submission(world: World, user: User, view: View, response_urls: list[Json]) -> Json:
    """A modal sent."""
    return _interaction(world, "view_submission", user) | {
        "view": view_json(world, view),
        "response_urls": response_urls,
    }


def view_closed(world: World, user: User, view: View) -> Json:
    """A modal closed, where it wants to know."""
    told = _interaction(world, "view_closed", user) | {"view": view_json(world, view), "is_cleared": False}
    told.pop("trigger_id")
    return told


def action_of(world: World, element: Json, block_id: str, chosen: Json) -> Json:
    """One entry of `actions`: the element without its looks, and what was chosen."""
    kept = {
        name: element[name] for name in ("type", "action_id", "text", "value", "style") if name in element
    }
    if "text" in kept:
        kept["text"] = {"emoji": True} | kept["text"]
    return kept | {"block_id": block_id, "action_ts": world.new_ts(), **chosen}


def home_opened(world: World, user: User, channel: str, tab: str, view: View | None) -> Json:
    """app_home_opened."""
    told: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel,
        "tab": tab,
        "event_ts": world.new_ts(),
    }
    return told | ({"view": view_json(world, view)} if view is not None and tab == "home" else {})


def session_stopped(world: World, user: User, channel: str, thread_ts: str) -> Json:
    """agent_session_stopped. OURS: keys as documented, no sample seen."""
    return {
        "type": "agent_session_stopped",
        "channel": channel,
        "thread_ts": thread_ts,
        "user": user.id,
        "streaming_message_ts": [],
        "event_ts": world.new_ts(),
    }
