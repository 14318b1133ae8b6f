"""`inkthread doctor` says what is wrong with Slack's settings, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.database import open_database
from adapters.sealing import Seal
from adapters.slack.installations import InstallationStore, Installed
from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from adapters.system import SystemClock
from bots import slack_doctor
from bots.surroundings import transactions_of
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


async def test_workspaces_that_installed_an_older_app_are_named(
    slack: FakeSlack, tmp_path: Path, sqlite_url: str
) -> None:
    """With what each lacks; and how many tokens no key opens any more."""
    credentials = {"slack_client_id": "1.2", "slack_client_secret": "hush", "slack_bot_token": None}
    made = settings_for(slack, tmp_path, sqlite_url, public_url="https://ink.example", **credentials)

    async def told() -> list[str]:
        return [f"{one.level}: {one.what}" for one in await slack_doctor.examine(made)][2:]

    assert await told() == ["ok: Workspaces that have the app: 0."]
    database = open_database(sqlite_url, SystemClock())
    transactions = transactions_of(database)
    ours = InstallationStore(transactions, Seal(made.encryption_keys(), purpose="slack"))
    scopes = tuple(NEEDED)
    await ours.save(Installed("T1", name="Acme", scopes=scopes, token="xoxb-hush"), now_ms=1)
    assert await told() == ["ok: Workspaces that have the app: 1."]
    old = tuple(NEEDED - {"files:write", "channels:join"})
    await ours.save(Installed("T2", name="Bolt", scopes=old, token="xoxb-hush"), now_ms=1)
    other = InstallationStore(transactions, Seal([b"another key"], purpose="slack"))
    await other.save(Installed("T3", name="Crab", scopes=scopes, token="xoxb-hush"), now_ms=1)
    await database.close()
    assert await told() == [
        "look: The app in Bolt lacks: files:write.",
        "wrong: ENCRYPTION_KEY does not open the tokens of 1.",
    ]


async def test_http_wants_an_https_address(slack: FakeSlack, tmp_path: Path) -> None:
    """Slack calls no other."""
    team = slack.world.add_team("acme", scopes=NEEDED)
    levels = await found(slack, tmp_path, slack_bot_token=team.bot_token)
    assert [level for what, level in levels.items() if "over HTTP" in what] == ["look"]
    good = await found(slack, tmp_path, slack_bot_token=team.bot_token, public_url="https://ink.example")
    assert set(good.values()) == {"ok"}
    assert NEEDED <= ALL_SCOPES
