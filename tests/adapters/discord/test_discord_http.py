"""Interactions over HTTP: only Discord is heard, and everything works as over the gateway."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.discord.http_interactions import MAX_BYTES, PATH, Interactions
from bots.web_bot import together
from tests.adapters.discord.discord_ears import open_ears
from tests.fakes.discord_server.ed25519 import SigningKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
PING = json.dumps({"type": 1}).encode()


class Ears:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[Mapping[str, object]] = []

    async def interaction(self, payload: Mapping[str, object]) -> None:
        """Remember it."""
        self.heard.append(payload)


def signed(body: bytes, at: str = "1700000000") -> dict[str, str]:
    """The headers that Discord would send."""
    return {"X-Signature-Timestamp": at, "X-Signature-Ed25519": KEY.sign(at.encode() + body).hex()}


async def post(app: ASGIApp, body: bytes, headers: dict[str, str], path: str = PATH) -> httpx.Response:
    """One request."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="https://ink.example"
    ) as http:
        return await http.post(path, content=body, headers=headers)


@pytest.fixture
def ears() -> Ears:
    """Listeners that only remember."""
    return Ears()


@pytest.fixture
def app(ears: Ears) -> ASGIApp:
    """The application with Discord's path."""
    return Interactions(PUBLIC, ears).asgi()  # type: ignore[arg-type]  # only `interaction` is called


async def test_discord_asks_whether_we_are_there(app: ASGIApp, ears: Ears) -> None:
    """A ping is answered in the response, and tells nobody."""
    answer = await post(app, PING, signed(PING))
    assert (answer.status_code, answer.json()) == (200, {"type": 1})
    assert ears.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(PING + b" "),
        signed(PING) | {"X-Signature-Timestamp": "1700000001"},
        signed(PING) | {"X-Signature-Ed25519": "00" * 64},
        signed(PING) | {"X-Signature-Ed25519": "no hex"},
        signed(PING) | {"X-Signature-Ed25519": "00"},
    ],
)
async def test_anybody_else_is_refused(app: ASGIApp, ears: Ears, headers: dict[str, str]) -> None:
    """Without a signature, with another's, over other words or another time."""
    assert (await post(app, PING, headers)).status_code == 401
    assert ears.heard == []


@pytest.mark.parametrize(
    ("body", "status"), [(b"no json", 400), (b"[1]", 400), (b" " * (MAX_BYTES + 1), 413)]
)
async def test_what_is_no_interaction(app: ASGIApp, ears: Ears, body: bytes, status: int) -> None:
    """Signed nonsense and bodies without end."""
    assert (await post(app, body, signed(body))).status_code == status
    assert ears.heard == []


async def test_an_interaction_is_answered_with_nothing(app: ASGIApp, ears: Ears) -> None:
    """It is handed on; its answer goes by the callback route."""
    body = json.dumps({"type": 2, "id": "5"}).encode()
    answer = await post(app, body, signed(body))
    assert (answer.status_code, answer.content) == (202, b"")
    await asyncio.sleep(0)
    assert [one["id"] for one in ears.heard] == ["5"]


@pytest.mark.parametrize(
    ("path", "who"), [(PATH, "discord"), ("/discord/x", "discord"), ("/", "page"), ("/discordant", "page")]
)
async def test_the_page_and_discord_share_a_port(path: str, who: str) -> None:
    """What comes under `/discord/` never meets the page's guards."""

    def says(name: str) -> ASGIApp:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            del scope, receive
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": name.encode()})

        return app

    answer = await post(together(says("page"), {"/discord/": says("discord")}), b"", {}, path)
    assert answer.text == who


async def test_a_command_over_http(live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str) -> None:
    """Signed by the fake's own key, answered by the callback route; the gateway still tells what is said."""
    key = SigningKey(b"inkthread fake discord signs it.").public_hex
    async with open_ears(live, tmp_path, sqlite_url, discord_public_key=key) as ears:
        doorstep = live.receive_over_http(f"https://ink.example{PATH}", ears.hearing.asgi)
        assert await doorstep.is_accepted()
        asked = await live.slash(home.channel, home.ada, "quota").acknowledged()
        assert asked.http_status == 202
        live.say(home.channel, home.ada, f"<@{live.world.bot.id}> a lighthouse")
        await ears.heard(2)
        assert [one.text for one in ears.desk.inbounds] == ["quota", "a lighthouse"]
