"""`inkthread doctor` says what is wrong with Slack's settings, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bots import slack_doctor
from tests.adapters.slack.slack_road import settings_for
from tests.fakes.slack_server.things import ALL_SCOPES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack

NEEDED = frozenset({*SCOPES, *OPTIONAL_SCOPES})


async def found(slack: FakeSlack, folder: Path, **settings: object) -> dict[str, str]:
    """What was found, level by words."""
    made = settings_for(slack, folder, "sqlite:///unused", **settings)
    return {one.what: one.level for one in await slack_doctor.examine(made)}


async def test_a_bot_that_has_what_it_needs_is_well(slack: FakeSlack, tmp_path: Path) -> None:
    """Known, allowed, heard."""
    team = slack.world.add_team("acme", scopes=NEEDED)
    levels = await found(slack, tmp_path, slack_bot_token=team.bot_token, slack_app_token=slack.app_token)
    assert set(levels.values()) == {"ok"}, levels
    assert any("workspace Acme" in what for what in levels)


async def test_missing_and_needless_scopes_are_named(slack: FakeSlack, tmp_path: Path) -> None:
    """With what each is for."""
    team = slack.world.add_team("acme", scopes=(NEEDED - {"files:write"}) | {"reactions:write"})
    levels = await found(slack, tmp_path, slack_bot_token=team.bot_token, slack_app_token=slack.app_token)
    assert [level for what, level in levels.items() if "lacks: files:write (to upload" in what] == ["wrong"]
    assert [level for what, level in levels.items() if "reactions:write" in what] == ["look"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"slack_bot_token": "xoxb-unknown"}, "does not take SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxp-user"}, "is no bot token"),
        ({"slack_app_token": "xapp-unknown"}, "does not take SLACK_APP_TOKEN"),
        ({"slack_app_token": "nonsense"}, "is no app-level token"),
        ({"slack_app_token": None, "slack_signing_secret": None}, "not heard"),
        ({"slack_client_id": "1.2"}, "one is missing"),
        ({"slack_client_id": "1.2", "slack_client_secret": "x"}, "could not come back"),
        ({"slack_bot_token": None}, "no bot token"),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(
    slack: FakeSlack, studio: Studio, tmp_path: Path, settings: dict[str, object], told: str
) -> None:
    """Each in one sentence, no token in it."""
    right = {"slack_bot_token": studio.team.bot_token, "slack_app_token": slack.app_token}
    made = settings_for(slack, tmp_path, "sqlite:///unused", **(right | settings))
    wrong = [one for one in await slack_doctor.examine(made) if one.level == "wrong"]
    assert [one for one in wrong if told in one.what and one.to_do], wrong
    assert "unknown" not in str(wrong)


async def test_http_wants_an_https_address(slack: FakeSlack, tmp_path: Path) -> None:
    """Slack calls no other."""
    team = slack.world.add_team("acme", scopes=NEEDED)
    levels = await found(slack, tmp_path, slack_bot_token=team.bot_token)
    assert [level for what, level in levels.items() if "over HTTP" in what] == ["look"]
    good = await found(slack, tmp_path, slack_bot_token=team.bot_token, public_url="https://ink.example")
    assert set(good.values()) == {"ok"}
    assert NEEDED <= ALL_SCOPES
