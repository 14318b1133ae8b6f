"""Slack calls us: what is not signed, not fresh or not readable is turned away, the rest is answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest

from adapters.slack.transport import MAX_BODY_BYTES
from tests.adapters.slack.slack_ears import Ears, open_ears
from tests.fakes.slack_server.signed_http import RequestUrl, Signing, sign

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
async def ears(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over HTTP, with a token of the usual workspace."""
    async with open_ears(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token) as hearing:
        yield hearing


def url(ears: Ears) -> RequestUrl:
    """Our address, as Slack has it."""
    found = ears.slack.office.request_url
    assert found is not None
    return found


def command(studio: Studio, text: str) -> bytes:
    """A command as it travels."""
    fields = {
        "command": "/imagine",
        "text": text,
        "user_id": studio.ada.id,
        "user_name": "ada",
        "channel_id": studio.here.id,
        "team_id": studio.team.id,
        "trigger_id": f"1.2.{text}",
        "response_url": "https://hooks.slack.com/commands/x",
    }
    return urlencode(fields).encode()


async def test_a_signed_command_is_taken(ears: Ears, studio: Studio) -> None:
    """200 with nothing to say: the answer comes as a message."""
    answer = await url(ears).post(command(studio, "a fox"), FORM)
    assert (answer.status_code, answer.text) == (200, "")
    assert ears.last.text == "a fox"


@pytest.mark.parametrize(
    "wrong",
    [
        {"skew_s": -302},
        {"skew_s": 302},
        {"is_tampered": True},
        {"has_signature": False},
        {"secret": "another"},
        {"secret": ""},
    ],
    ids=["too old", "from the future", "tampered", "unsigned", "another secret", "no secret"],
)
async def test_what_slack_did_not_sign_just_now_is_turned_away(
    ears: Ears, studio: Studio, wrong: dict[str, object]
) -> None:
    """401, and nothing is stored."""
    signing = Signing(**({"secret": ears.slack.signing_secret} | wrong))  # type: ignore[arg-type]
    answer = await url(ears).post(command(studio, "text to tamper with"), FORM, signing=signing)
    assert answer.status_code == 401
    assert ears.desk.inbounds == []


async def test_a_signed_request_that_is_played_again_does_nothing(ears: Ears, studio: Studio) -> None:
    """Within five minutes the signature stays good, so the key has to tell."""
    for _ in range(3):
        assert (await url(ears).post(command(studio, "a fox"), FORM)).status_code == 200
    assert len(ears.desk.inbounds) == 1


@pytest.mark.parametrize("text", ["payload", "a truck with a payload=heavy", "{payload}"])
async def test_the_word_payload_is_a_word_like_any_other(ears: Ears, studio: Studio, text: str) -> None:
    """Bolt takes it for a button and loses the command; here it arrives."""
    assert (await url(ears).post(command(studio, text), FORM)).status_code == 200
    assert ears.last.text == text


async def test_slack_can_verify_the_address(ears: Ears) -> None:
    """The challenge comes back, but only to Slack."""
    body = json.dumps({"type": "url_verification", "challenge": "echo"}).encode()
    answer = await url(ears).post(body, JSON)
    assert answer.status_code == 200
    assert "echo" in answer.text
    unsigned = Signing("", has_signature=False)
    assert (await url(ears).post(body, JSON, signing=unsigned)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"[1]", b"{", b"\xff\xfe", b'"text"', b"null", b"", b"payload=%7B", b"payload=[]",
        b'{"a":' + b"[" * 200_000, b'{"authorizations": {}}', b'{"authorizations": [7]}', b'{"team": 7}',
        b'{"event": {"team": 7}}', b'{"authorizations": [[]]}', b'{"user": 7}', b'{"enterprise": 7}',
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_turned_away_without_a_fault(ears: Ears, body: bytes) -> None:
    """400 or 401 or 404, never 500: none of it is from Slack."""
    unsigned = Signing("", has_signature=False)
    for kind in (JSON, FORM):
        assert (await url(ears).post(body, kind, signing=unsigned)).status_code in {400, 401}
    assert ears.reports.faults == []


async def test_more_than_slack_sends_is_not_read(ears: Ears) -> None:
    """Whoever sends it, it is dropped before it fills the memory."""
    answer = await url(ears).post(b"x" * (MAX_BODY_BYTES + 1), FORM)
    assert answer.status_code == 413


async def test_repeated_events_are_one(ears: Ears, studio: Studio) -> None:
    """Slack repeats up to three times with the same ids."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, f"<@{studio.team.bot_user}> a fox")
    for attempt in (1, 2, 3):
        assert await ears.slack.redeliver(said.deliveries[0], attempt, "http_timeout")
    assert len(ears.desk.inbounds) == 1


async def test_other_paths_are_not_there(ears: Ears) -> None:
    """Without a client id there is nothing to install, and nothing is answered to a GET."""
    assert ears.asgi is not None
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=ears.asgi), base_url="https://ink.example"
    ) as browser:
        assert (await browser.get("/slack/install")).status_code == 404
        assert (await browser.get("/slack/events")).status_code == 405
        headers = sign(b"{}", Signing(ears.slack.signing_secret))
        assert (await browser.post("/slack/other", content=b"{}", headers=headers)).status_code == 404
