"""The manifests say what the listeners hear, no more and no less, in the shape that Slack takes."""

from __future__ import annotations

import inspect
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from adapters.slack import app, manifest
from adapters.slack.listeners import Listeners
from adapters.slack.oauth import Distribution
from tests.architecture.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = {
    "manifest.socket.json": manifest.socket_manifest(),
    "manifest.http.json": manifest.http_manifest(),
}

KNOWN_SCOPES = frozenset(
    {
        "app_mentions:read", "assistant:write", "channels:history", "channels:join",
        "chat:write", "commands", "files:read", "files:write", "groups:history", "im:history", "im:write",
        "mpim:history", "usergroups:read", "users:read",
    }
)  # fmt: skip
"""Slack's own names of what we may ask for (2026-11): its schema takes any word."""

KNOWN_EVENTS = frozenset(
    {
        "agent_session_stopped", "app_home_opened", "app_mention", "app_uninstalled", "message.channels",
        "message.groups", "message.im", "message.mpim", "tokens_revoked",
    }
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_what_is_generated(name: str) -> None:
    """`make manifests` was run after the last change."""
    assert (ROOT / "deploy" / "slack" / name).read_text(encoding="utf-8") == manifest.written(FILES[name])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
def test_slack_takes_them(name: str, version: str) -> None:
    """They are valid against both of Slack's published schemas."""
    specs = os.environ.get("INKTHREAD_SPECS")
    if specs is None:
        pytest.skip("INKTHREAD_SPECS is not set")
    schema = json.loads(Path(specs, "slack", f"manifest.schema.{version}.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(FILES[name])] == []


def listeners() -> Listeners:
    """Listeners that nobody calls."""
    parts = dict.fromkeys(inspect.signature(Listeners).parameters)
    return Listeners(**parts)  # type: ignore[arg-type]  # they are never called


@pytest.mark.parametrize("shown", FILES.values(), ids=FILES)
def test_every_way_in_has_a_listener_and_every_listener_a_way_in(shown: Mapping[str, Any]) -> None:
    """Commands, shortcuts and events are the same in the manifest and in Bolt."""
    features, settings = shown["features"], shown["settings"]
    assert {one["command"] for one in features["slash_commands"]} == app.command_listeners(listeners()).keys()
    assert {one["callback_id"] for one in features["shortcuts"]} == app.shortcut_listeners(listeners()).keys()
    heard = {event.split(".")[0] for event in settings["event_subscriptions"]["bot_events"]}
    assert heard == app.event_listeners(listeners()).keys()


def test_only_names_that_slack_knows_are_asked_for() -> None:
    """A misspelt scope or event would be taken by the schema and refused by Slack."""
    assert {*manifest.SCOPES, *manifest.OPTIONAL_SCOPES} <= KNOWN_SCOPES
    assert set(manifest.EVENTS) <= KNOWN_EVENTS


def test_optional_scopes_are_asked_for_too() -> None:
    """What an admin may leave out stands in both lists."""
    scopes = manifest.socket_manifest()["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) == set(manifest.OPTIONAL_SCOPES) <= set(scopes["bot"])


def test_socket_mode_names_no_address() -> None:
    """The two ways exclude each other in one app."""
    assert "http" not in json.dumps(manifest.socket_manifest())
    assert manifest.socket_manifest()["settings"]["socket_mode_enabled"]


def test_http_calls_the_address_given() -> None:
    """Every address in it is the operator's own."""
    written = json.dumps(manifest.http_manifest("https://ink.acme.example/"))
    assert "https://ink.acme.example/slack/events" in written
    assert "https://ink.acme.example/slack/oauth_redirect" in written
    assert manifest.EXAMPLE_ADDRESS not in written


def test_credentials_do_not_show() -> None:
    """Not even in a trace."""
    assert "hush" not in repr(Distribution("id", "hush", "https://a.example", "https://slack.com"))
