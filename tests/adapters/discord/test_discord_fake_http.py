"""Interactions over HTTP: signed as Discord signs, answered in the body or by callback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.discord_server.ed25519 import SigningKey

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Json

pytestmark = pytest.mark.usefixtures("commands")


def test_signatures_are_those_of_the_standard() -> None:
    """RFC 8032, section 7.1, tests 1 and 3."""
    empty = SigningKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    short = SigningKey(bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"))

    assert empty.public_hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert empty.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert short.sign(bytes.fromhex("af82")).hex() == (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a"
    )


class App:
    """An app that signs for what it gets: it answers PING, and `answer` to anything else."""

    def __init__(self, key: SigningKey, answer: Response) -> None:
        self.key = key
        self.answer = answer
        self.seen: list[Json] = []
        self.asgi = Starlette(routes=[Route("/interactions", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        """Verified by signing again, which is as good where one has the key."""
        raw = await request.body()
        signed = self.key.sign(request.headers["x-signature-timestamp"].encode() + raw).hex()
        if signed != request.headers["x-signature-ed25519"]:
            return Response(status_code=401)
        told = json.loads(raw)
        if told["type"] == 1:
            return JSONResponse({"type": 1})
        self.seen.append(told)
        return self.answer


def _app(fake: FakeDiscord, answer: Response) -> App:
    doorstep = fake.receive_over_http("http://app.test/interactions")
    app = App(doorstep.key, answer)
    fake.receive_over_http("http://app.test/interactions", app.asgi)
    return app


async def test_the_address_is_tried(fake: FakeDiscord) -> None:
    """The portal takes an address that answers PING and refuses bad signatures, and no other."""
    _app(fake, Response(status_code=202))
    assert fake.doorstep is not None
    assert await fake.doorstep.is_accepted()

    async def gullible(request: Request) -> Response:
        del request
        return JSONResponse({"type": 1})

    careless = Starlette(routes=[Route("/interactions", gullible, methods=["POST"])])
    assert not await fake.receive_over_http("http://app.test/interactions", careless).is_accepted()


async def test_answered_in_the_body(fake: FakeDiscord, studio: Studio) -> None:
    """A 200 with a response in it acknowledges; nothing goes to the gateway."""
    app = _app(fake, JSONResponse({"type": 4, "data": {"content": "hi"}}))
    asked = await studio.imagine().acknowledged()

    assert app.seen[0]["token"] == asked.token
    assert [one.text for one in fake.channel_view(studio.channel)] == ["hi"]


async def test_202_leaves_it_to_the_callback(fake: FakeDiscord, studio: Studio) -> None:
    """An empty 202 says that the answer comes by callback; a response that breaks a rule is written down."""
    _app(fake, Response(status_code=202))
    asked = studio.imagine()
    await fake.until(lambda: asked.http_status == 202)
    assert not asked.is_acknowledged
    _app(fake, JSONResponse({"type": 6}))
    wrong = studio.imagine()
    await fake.until(lambda: bool(fake.violations))
    assert not wrong.is_acknowledged
