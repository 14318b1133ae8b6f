"""The fake on a loop of its own and as a process of its own, spoken to over HTTP."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.fakes.discord_server import TOKEN, FakeDiscord, Remote
from tests.fakes.discord_server.process import own_process
from tests.fakes.discord_server.studio import COMMANDS, button, row, v2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.fakes.discord_server.bits import Wire


class Bot:
    """A bot of plain HTTP that knows only the address."""

    def __init__(self, origin: str, session: aiohttp.ClientSession) -> None:
        self.api = f"{origin}/api/v10"
        self.session = session

    async def ask(self, method: str, path: str, body: object = None) -> Wire:
        """One request that has to succeed."""
        headers = {"Authorization": f"Bot {TOKEN}"}
        async with self.session.request(method, self.api + path, json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A connection pool."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@contextlib.contextmanager
def own_loop() -> Iterator[str]:
    """The fake on a thread of its own."""
    with FakeDiscord().in_thread() as fake:
        yield fake.discord.origin


@pytest.mark.parametrize("where", [own_process, own_loop], ids=["process", "thread"])
async def test_told_and_read_from_outside(
    session: aiohttp.ClientSession, where: Callable[[], AbstractContextManager[str]]
) -> None:
    """A guild is made, people act, things go wrong, and what is seen is told: all over HTTP."""
    with where() as origin:
        bot, remote = Bot(origin, session), Remote(origin)
        try:
            await _tell_and_read(bot, remote)
        finally:
            await remote.aclose()


async def _tell_and_read(bot: Bot, remote: Remote) -> None:
    made = await remote.make(guild="Studio", channels=2, users=2)
    (channel, _), (ada, _) = made["channels"], made["users"]
    me = (await bot.ask("GET", "/users/@me"))["id"]
    await bot.ask("PUT", f"/applications/{me}/commands", COMMANDS)
    picture = {"prompt": "x", "image1": b"bytes"}
    asked = await remote.do("slash", int(channel), int(ada), "imagine", picture)
    said = await remote.do("say", int(channel), int(ada), "look", files=[b"bytes"])
    body = v2(row(button("v1:edit:7", "Edit…")))
    await bot.ask("POST", f"/channels/{channel}/messages", body)
    *_, sent = await remote.view(channel, ada)
    pressed = await remote.do("press", remote.message(sent["id"]), int(ada), "Edit…")
    with pytest.raises(AssertionError, match="registered no command"):
        await remote.do("menu", remote.message(said), int(ada), "nonsense")
    with pytest.raises(AssertionError, match="no such verb"):
        await remote.do("running")
    await remote.switch(content_intent=False)
    await remote.faults("POST /channels/*/typing", "50013")
    await remote.trouble("abort")
    await remote.close(4009)
    with pytest.raises(AssertionError, match="no such trouble"):
        await remote.trouble("burn")

    seen = {one["id"]: one for one in await remote.view(channel)}
    assert seen[said]["pictures"][0]["sha256"] == hashlib.sha256(b"bytes").hexdigest()
    assert seen[sent["id"]]["buttons"] == [{"label": "Edit…", "custom_id": "v1:edit:7"}]
    assert [one["id"] for one in await remote.interactions()] == [asked, pressed]
    report = await remote.report()
    assert report["unanswered"] == 2
    assert report["violations"] == []
    assert report["calls"][-1] == {
        "name": "POST /channels/{channel_id}/messages",
        "status": 200,
        "code": None,
    }
