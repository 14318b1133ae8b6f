"""What `inkthread doctor` finds, and what it says to do about each: settings, key, model, platforms."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bots import doctor
from bots.settings import Settings
from core.domain.engine_profile import profile_for
from tests.fakes.openai_server import KEY
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes.openai_server.running import FakeOpenAI
    from tests.road.conftest import Told


def test_the_doctor_before_the_first_start(command: Callable[..., Told]) -> None:
    """A fresh folder is fine: what is not there yet is named without alarm."""
    told = command("doctor")
    assert told.code == 0
    assert "look  There is no SQLite database yet." in told.out
    assert "look  No OPENAI_API_KEY: pictures come from the sandbox" in told.out
    assert told.out.endswith("Everything that is needed is there.\n")


def test_the_doctor_with_a_good_key(command: Callable[..., Told], server: FakeOpenAI) -> None:
    """With a key and a database there is nothing to mend, and asking cost nothing."""
    server.reset()
    command("migrate")
    told = command("doctor", OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.base_url)
    assert told.code == 0
    assert "ok  The SQLite database answers and has this version's schema." in told.out
    assert "ok  The key works, and the server lists gpt-image-2." in told.out
    assert "look" not in told.out
    assert server.billed_micros == 0
    assert KEY not in told.out + told.err


def wrong(server: FakeOpenAI) -> dict[str, tuple[dict[str, str], str, str]]:
    """Settings, what the doctor finds, and what it says to do."""
    key = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
    return {
        "key": (
            {**key, "OPENAI_API_KEY": "sk-wrong-987654321"},
            "The key is refused.",
            "Check OPENAI_API_KEY",
        ),
        "model": ({**key, "IMAGE_MODEL": "gpt-image-9"}, "does not list gpt-image-9", "Check IMAGE_MODEL"),
        "network": (
            {**key, "OPENAI_BASE_URL": f"http://127.0.0.1:{free_port()}/v1"},
            "cannot be reached.",
            "Check the network",
        ),
        "host": ({"HOST": "0.0.0.0"}, "HOST is 0.0.0.0", "Set WEB_PASSWORD"),  # noqa: S104 - to be refused
        "storage": (
            {"STORAGE_URL": "file:///dev/null/x"},
            "The picture storage does not work.",
            "STORAGE_URL",
        ),
        "scheme": (
            {"DATABASE_URL": "mysql://ink:hunter2@db/ink"},
            "names no database",
            "Set it to sqlite:///",
        ),
        "postgres": (
            {"DATABASE_URL": f"postgresql://ink:hunter2@127.0.0.1:{free_port()}/ink"},
            "The Postgres database cannot be used.",
            "The database cannot be reached",
        ),
        "cookies": (
            {"DATABASE_URL": f"postgresql://ink:hunter2@127.0.0.1:{free_port()}/ink"},
            "No key for cookies",
            "openssl rand -hex 32",
        ),
    }


@pytest.mark.parametrize(
    "case", ["key", "model", "network", "host", "storage", "scheme", "postgres", "cookies"]
)
def test_the_doctor_finds(command: Callable[..., Told], server: FakeOpenAI, case: str) -> None:
    """What is wrong is found, and what to do about it stands in the next line; no secret is repeated."""
    settings, finding, to_do = wrong(server)[case]
    told = command("doctor", **settings)
    assert told.code == 1
    assert re.search(rf"^ wrong  .*{re.escape(finding)}.*\n +→ .*{re.escape(to_do)}", told.out, re.MULTILINE)
    assert "mended first." in told.out
    assert "Traceback" not in told.err
    for secret in ("hunter2", "sk-wrong", KEY):
        assert secret not in told.out + told.err


@pytest.mark.parametrize(
    ("days_before", "level", "words"),
    [
        (200, "ok", "gpt-image-1 will be shut down on"),
        (30, "look", "gpt-image-1 will be shut down on"),
        (0, "wrong", "gpt-image-1 was shut down on"),
    ],
)
def test_the_doctor_knows_when_a_model_ends(
    tmp_path: Path, server: FakeOpenAI, days_before: int, level: str, words: str
) -> None:
    """Far off it is only said, near it is a reason to look, and afterwards nothing works."""
    settings = Settings(
        _env_file=None,
        openai_api_key=SecretStr(KEY),
        openai_base_url=server.base_url,
        image_model="gpt-image-1",
        database_url=f"sqlite:///{tmp_path}/ink.sqlite3",
        storage_url=f"file://{tmp_path}/pictures",
    )
    end = profile_for("gpt-image-1").retires_on
    assert end is not None
    findings = asyncio.run(doctor.examine(settings, today=end - timedelta(days=days_before)))
    assert (level, True) in {(one.level.value, words in one.what) for one in findings}


# --- platforms ---


def test_the_doctor_says_when_slack_cannot_be_asked(command: Callable[..., Told]) -> None:
    """With what to do, and without the token."""
    nobody_there = f"http://127.0.0.1:{free_port()}/api/"
    told = command("doctor", SLACK_BOT_TOKEN="xoxb-1-hunter2", SLACK_API_URL=nobody_there)
    assert told.code == 1
    assert "Slack cannot be asked about SLACK_BOT_TOKEN" in told.out
    assert "Slack can be written to, but not heard" in told.out
    assert "hunter2" not in told.out


def test_the_doctor_says_when_discord_cannot_be_asked(command: Callable[..., Told]) -> None:
    """With what to do, and without the token."""
    nobody_there = f"http://127.0.0.1:{free_port()}/api/v10"
    told = command("doctor", DISCORD_TOKEN="hunter2.x.y", DISCORD_API_URL=nobody_there)
    assert told.code == 1
    assert "Discord cannot be asked about DISCORD_TOKEN" in told.out
    assert "DISCORD_API_URL" in told.out
    assert "hunter2" not in told.out


def test_a_key_that_is_none_is_named(command: Callable[..., Told]) -> None:
    """It would fail at the first command otherwise."""
    told = command("doctor", DISCORD_TOKEN="hunter2.x.y", DISCORD_PUBLIC_KEY="no key")
    assert told.code != 0
    assert "DISCORD_PUBLIC_KEY" in told.out + told.err
    assert "Traceback" not in told.err
