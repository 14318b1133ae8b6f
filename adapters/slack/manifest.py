"""What Slack has to be told about the app: commands, shortcuts, events, scopes.

Owns the one table of ways in. The listeners are registered from it and the manifests are generated from it,
so neither can know of something that the other does not. Must never learn what a way in does.

`python -m adapters.slack.manifest` prints the manifest for Socket Mode; with an address behind it
(`https://inkthread.example.com`), the one for HTTP there.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any, Final

EVENTS_PATH: Final = "/slack/events"
INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"

EXAMPLE_ADDRESS: Final = "https://inkthread.example.com"
"""What the HTTP manifest in `deploy/slack/` holds in place of the operator's own address."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. Slack shows one description to everybody, whatever their language (2026-11)."""

    name: str
    description: str
    usage_hint: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut: in a message's menu, or everywhere."""

    callback_id: str
    name: str
    description: str
    is_on_messages: bool


IMAGINE: Final = Command(
    "/imagine",
    "Make a picture and open a thread; every reply there edits it",
    'a lighthouse at dusk, "OPEN" on a sign --ar 16:9',
)
INKTHREAD: Final = Command(
    "/inkthread",
    "What is left, what was made, settings, help",
    "quota | usage | history | settings | forget me | help",
)
COMMANDS: Final = (IMAGINE, INKTHREAD)

EDIT_THIS: Final = Shortcut(
    "edit_this_picture", "Edit this picture", "Start from the picture in this message", is_on_messages=True
)
NEW_PICTURE: Final = Shortcut(
    "new_picture", "New picture", "Say what you want to see, and where", is_on_messages=False
)
SHORTCUTS: Final = (EDIT_THIS, NEW_PICTURE)

MESSAGE_EVENTS: Final = ("message.channels", "message.groups", "message.im", "message.mpim")
"""Where people write; Slack delivers them all as `message`."""

EVENTS: Final = (
    "agent_session_stopped",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    *MESSAGE_EVENTS,
    "tokens_revoked",
)

SCOPES: Final = {
    "app_mentions:read": "to hear when it is mentioned",
    "assistant:write": "to show that it works on something, and Slack's own Stop",
    "channels:history": "to hear replies in public channels",
    "chat:write": "to post pictures",
    "commands": "for /imagine, /inkthread and the shortcuts",
    "files:read": "to fetch the pictures that people send, and to see that its own are ready",
    "files:write": "to upload pictures",
    "groups:history": "to hear replies in private channels it was invited to",
    "im:history": "to hear what people write to it directly",
    "im:write": "to write to people directly",
    "mpim:history": "to hear replies in group messages it is part of",
    "usergroups:read": "to know who is in a user group that has an allowance",
    "users:read": "to call people by their names, in their language, and to know the admins",
}
"""Every bot scope that is needed, and what for."""

OPTIONAL_SCOPES: Final = {
    "channels:join": "to join a public channel by itself when it is asked for a picture there"
}
"""Scopes that an admin may leave out: then it has to be invited."""

_ABOUT: Final = "Ask for a picture, reply to edit it. An image studio in your team's chat."
_LONG: Final = (
    "Inkthread makes pictures with an image model and keeps working on them with your team. Ask with "
    "/imagine, by mentioning it, or in a direct message: it posts the picture and opens a thread, and every "
    "reply there is an edit of the last picture. Undo, branch, compare and finish in plain words or with "
    "buttons. Everybody sees what a picture costs and what is left of their quota. Pictures are "
    "AI-generated and labelled so; what you write, and the pictures you send along, go to the image service "
    "that your operator chose."
)


def socket_manifest() -> dict[str, Any]:
    """The manifest of an app that opens the connections itself: no public address."""
    return _manifest(None)


def http_manifest(address: str = EXAMPLE_ADDRESS) -> dict[str, Any]:
    """The manifest of an app that Slack calls at that address, which others can install."""
    return _manifest(address.rstrip("/"))


def written(manifest: dict[str, Any]) -> str:
    """The manifest as a file."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _manifest(address: str | None) -> dict[str, Any]:
    calls = None if address is None else f"{address}{EVENTS_PATH}"
    scopes = {"bot": sorted([*SCOPES, *OPTIONAL_SCOPES]), "bot_optional": sorted(OPTIONAL_SCOPES)}
    redirects = {} if address is None else {"redirect_urls": [f"{address}{REDIRECT_PATH}"]}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Inkthread",
            "description": _ABOUT,
            "long_description": _LONG,
            "background_color": "#1f2430",
        },
        "features": _features(calls),
        "oauth_config": {**redirects, "scopes": scopes},
        "settings": {
            "event_subscriptions": {**_called("request_url", calls), "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **_called("request_url", calls)},
            "org_deploy_enabled": address is not None,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _features(calls: str | None) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {"agent_description": _ABOUT},
        "bot_user": {"display_name": "inkthread", "always_online": True},
        "shortcuts": [
            {
                "name": one.name,
                "type": "message" if one.is_on_messages else "global",
                "callback_id": one.callback_id,
                "description": one.description,
            }
            for one in SHORTCUTS
        ],
        "slash_commands": [
            {
                "command": one.name,
                **_called("url", calls),
                "description": one.description,
                "usage_hint": one.usage_hint,
                # People and channels arrive with their ids and are shown by name; without it they are lost.
                "should_escape": True,
            }
            for one in COMMANDS
        ],
    }


def _called(key: str, address: str | None) -> dict[str, str]:
    return {} if address is None else {key: address}


if __name__ == "__main__":
    sys.stdout.write(written(http_manifest(sys.argv[1]) if sys.argv[1:] else socket_manifest()))
