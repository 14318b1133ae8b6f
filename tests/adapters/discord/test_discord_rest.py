"""Calls to Discord wait for room as Discord tells it, and never longer than a sender has."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.discord.beginnings import IdentifyPace
from adapters.discord.errors import FAULTS, RATE_LIMITED, Trouble, storage_fault_of
from adapters.discord.limiter import GLOBAL_A_SECOND, Limiter, Pace
from adapters.discord.rest import Call, Rest, Route
from adapters.discord.store import CLAIMS_LIVE_MS
from adapters.system.clock import SystemClock
from core.app.errors import BlobMissing, Conflict, StorageUnavailable
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind
from core.domain.ids import BlobKey, MessageId
from tests.contracts.surface_contract import card
from tests.fakes.clock import NOON, FakeClock, HastyClock
from tests.fakes.discord_platform import DiscordPlatform, open_discord
from tests.fakes.discord_server import TOKEN
from tests.fakes.discord_server.refusals import TABLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ROOM = {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2.0"}
TYPING = Route("POST", "/channels/{channel_id}/typing", {"channel_id": "1"})


@pytest.fixture
async def discord(tmp_path: Path) -> AsyncIterator[DiscordPlatform]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite") as platform:
        yield platform


# --- the limiter alone ---


async def test_a_full_bucket_is_waited_for() -> None:
    """As long as its last answer said, and then all of it is there again."""
    clock = HastyClock()
    limiter = Limiter(clock)
    limiter.learn("a", ROOM)
    began = clock.now()
    for _ in range(5):
        assert await limiter.admit("a", at_most_s=10, is_global=True) is None
    assert (clock.now() - began).total_seconds() == 2.0
    assert await limiter.admit("b", at_most_s=10, is_global=True) is None
    assert (clock.now() - began).total_seconds() == 2.0


async def test_no_second_sees_more_calls_than_discord_allows() -> None:
    """Nobody knows where Discord's seconds begin: half of one and half of the next count together."""
    clock = FakeClock(NOON + timedelta(seconds=0.9))
    limiter = Limiter(clock)
    for _ in range(GLOBAL_A_SECOND):
        assert await limiter.admit("a", at_most_s=0, is_global=True) is None
    clock.advance(0.2)
    assert await limiter.admit("a", at_most_s=0, is_global=True) == pytest.approx(0.8)
    clock.advance(0.8)
    assert await limiter.admit("a", at_most_s=0, is_global=True) is None


async def test_who_cannot_wait_is_told_how_long_it_would_take() -> None:
    """Progress is dropped, a result comes back later."""
    limiter = Limiter(FakeClock())
    limiter.learn("a", ROOM)
    assert await limiter.admit("a", at_most_s=1.0, is_global=True) == 2.0


async def test_answers_that_overtake_each_other_give_no_room_twice() -> None:
    """An older answer knows of fewer calls than were made since."""
    limiter = Limiter(FakeClock())
    limiter.learn("a", ROOM | {"X-RateLimit-Remaining": "4"})
    for _ in range(4):
        assert await limiter.admit("a", at_most_s=0, is_global=True) is None
    limiter.learn("a", ROOM | {"X-RateLimit-Remaining": "3"})
    assert await limiter.admit("a", at_most_s=0, is_global=True) == 2.0


async def test_a_pause_of_everything_holds_all_but_interactions() -> None:
    """Discord's global limit does not count the calls of an interaction's token."""
    limiter = Limiter(FakeClock())
    limiter.pause("a", 3.0, is_global=True)
    assert await limiter.admit("b", at_most_s=0, is_global=True) == 3.0
    assert await limiter.admit("c", at_most_s=0, is_global=False) is None


async def test_no_second_has_more_calls_than_discord_allows() -> None:
    """The bot as a whole has fifty; one process takes fewer."""
    clock = HastyClock()
    limiter = Limiter(clock)
    began = clock.now()
    for number in range(2 * GLOBAL_A_SECOND + 1):
        assert await limiter.admit(f"{number}", at_most_s=10, is_global=True) is None
    assert (clock.now() - began).total_seconds() == 2.0


async def test_headers_that_make_no_sense_are_no_news() -> None:
    """A proxy may drop or change them."""
    limiter = Limiter(FakeClock())
    for headers in ({}, ROOM | {"X-RateLimit-Limit": "many"}, {"X-RateLimit-Remaining": "0"}):
        limiter.learn("a", headers)
        assert limiter.learning("a") is not None


def test_progress_leaves_room_in_its_channel() -> None:
    """Two placeholders in one channel share the pace."""
    clock = FakeClock()
    pace = Pace(clock)
    assert pace.may_show(message="1", channel="c")
    assert not pace.may_show(message="2", channel="c")
    assert pace.may_show(message="3", channel="d")
    clock.advance(2.6)
    assert pace.may_show(message="2", channel="c")
    assert not pace.may_show(message="1", channel="c")


# --- with Discord ---


async def test_a_burst_into_one_channel_meets_no_refusal(discord: DiscordPlatform) -> None:
    """The first call learns the bucket, the others wait for it; nothing is answered 429."""
    discord.fake.limits.table["POST /channels/{channel_id}/typing"] = (3, 0.2)
    route = Route(TYPING.method, TYPING.path, {"channel_id": str(discord.studio.channel.id)})
    clock, usual = SystemClock(), discord.outlet.rest
    rest = Rest(TOKEN, Limiter(clock), session=usual.session, clock=clock, base_url=usual.base_url)
    answers = await asyncio.gather(*(rest.ask(route) for _ in range(8)))
    assert answers == [None] * 8
    assert discord.fake.limits.hits == 0


async def test_a_call_that_cannot_wait_is_made_now_or_never(discord: DiscordPlatform) -> None:
    """It does not even take a place in the line."""
    route = Route(TYPING.method, TYPING.path, {"channel_id": str(discord.studio.channel.id)})
    discord.outlet.rest._limiter.pause(route.key, 5, is_global=False)
    answer = await discord.outlet.rest.ask(route, may_wait=False)
    assert isinstance(answer, Trouble)
    assert (answer.code, answer.retry_after_s) == (RATE_LIMITED, 5.0)


async def test_progress_does_not_wait_for_the_first_call_of_its_bucket(discord: DiscordPlatform) -> None:
    """A result may be behind it."""
    route = Route(TYPING.method, TYPING.path, {"channel_id": str(discord.studio.channel.id)})
    learning = discord.outlet.rest._limiter.learning(route.key)
    assert learning is not None
    async with learning:
        answer = await discord.outlet.rest.ask(route, may_wait=False)
    assert isinstance(answer, Trouble)
    assert answer.code == RATE_LIMITED


async def test_nobody_waits_longer_for_the_first_call_of_a_bucket_than_for_anything(
    discord: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an outage the first one hangs, and so would each of those behind it."""
    monkeypatch.setattr("adapters.discord.rest.MAX_WAIT_S", 0.05)
    route = Route(TYPING.method, TYPING.path, {"channel_id": str(discord.studio.channel.id)})
    learning = discord.outlet.rest._limiter.learning(route.key)
    assert learning is not None
    async with learning, asyncio.timeout(5):
        answer = await discord.outlet.rest.ask(route)
    assert isinstance(answer, Trouble)
    assert answer.code == RATE_LIMITED
    assert await discord.outlet.rest.ask(route) is None


async def test_old_messages_have_an_edit_limit_of_their_own(discord: DiscordPlatform) -> None:
    """It is told with a 429 that says nothing of a bucket: later, and nothing else waits for it."""
    discord.fake.faults.add("PATCH /channels/{channel_id}/messages/{message_id}", "30046")
    ids = {"channel_id": str(discord.studio.channel.id), "message_id": "1"}
    answer = await discord.outlet.rest.ask(
        Route("PATCH", "/channels/{channel_id}/messages/{message_id}", ids)
    )
    assert isinstance(answer, Trouble)
    assert answer.fault.kind is SurfaceFaultKind.BUSY
    assert answer.retry_after_s == 60.0


def test_a_route_never_shows_its_token() -> None:
    """Neither it nor the call around it, whoever prints them."""
    route = Route("POST", "/webhooks/{webhook_id}/{webhook_token}", {"webhook_token": "secret"})
    assert "secret" not in repr(Call(route))


def test_ids_cannot_leave_their_place_in_a_path() -> None:
    """What came from outside is quoted."""
    route = Route("GET", "/channels/{channel_id}", {"channel_id": "../users/@me?x"})
    assert route.address == "/channels/..%2Fusers%2F@me%3Fx"


# --- faults ---


@pytest.mark.parametrize("code", sorted(TABLE))
def test_every_refusal_is_a_fault_the_core_knows(code: int) -> None:
    """What has no line of its own goes by its status."""
    status = TABLE[code][0]
    kind = Trouble(code, status).fault.kind
    if code in FAULTS:
        assert kind is FAULTS[code]
    elif status == 404:
        assert kind is SurfaceFaultKind.GONE
    elif status in {401, 403}:
        assert kind is SurfaceFaultKind.FORBIDDEN
    else:
        assert kind in {SurfaceFaultKind.REJECTED, SurfaceFaultKind.BUSY}


def test_our_own_storage_passes() -> None:
    """A writer who was second soon, a disk that is gone later; what is no fault of storage is raised."""
    assert storage_fault_of(Conflict("x")).kind is SurfaceFaultKind.BUSY
    assert storage_fault_of(StorageUnavailable("x")).kind is SurfaceFaultKind.UNREACHABLE
    assert storage_fault_of(BlobMissing(BlobKey("x"))).is_passing


# --- the notes ---


async def test_an_interaction_has_one_answer_and_is_forgotten_after_a_day(discord: DiscordPlatform) -> None:
    """The first who asks has it, again too; a day later nobody remembers, and nobody could use it."""
    store = discord.outlet.store
    assert await store.claim("1", MessageId("a"))
    assert await store.claim("1", MessageId("a"))
    assert not await store.claim("1", MessageId("b"))
    discord.clock.advance(CLAIMS_LIVE_MS / 1000 + 1)
    assert await store.claim("2", MessageId("b"))
    assert await store.claim("1", MessageId("b"))


async def test_nothing_is_kept_of_a_server_that_has_left(discord: DiscordPlatform) -> None:
    """Its rows go, others stay."""
    posted = await discord.surface.post(discord.at(), card("x"), key=MessageId("a"))
    assert isinstance(posted, Posted)
    await discord.outlet.store.forget_workspace(discord.workspace)
    assert await discord.outlet.store.message(MessageId("a")) is None


class SetBackClock(HastyClock):
    """A clock that somebody sets back by an hour."""

    is_set_back = False

    def now(self) -> datetime:
        """The time, or an hour before it."""
        return super().now() - timedelta(hours=self.is_set_back)


async def test_a_clock_that_is_set_back_holds_nobody_up() -> None:
    """Neither calls, nor previews, nor shards wait for the time that was already."""
    clock = SetBackClock()
    limiter, pace, shards = Limiter(clock), Pace(clock), IdentifyPace(clock)
    limiter.learn("a", ROOM)
    for number in range(GLOBAL_A_SECOND):
        assert await limiter.admit(f"{number}", at_most_s=0, is_global=True) is None
    assert pace.may_show(message="1", channel="2")
    await shards.admit(0)
    clock.is_set_back = True
    began = clock.now()
    assert await limiter.admit("b", at_most_s=5, is_global=True) is None
    assert await limiter.admit("a", at_most_s=5, is_global=True) is None
    assert not pace.may_show(message="1", channel="2")
    await shards.admit(0)
    assert pace.may_show(message="1", channel="2")
    assert (clock.now() - began).total_seconds() < 10.0


def hook_of(discord: DiscordPlatform, token: str) -> Route:
    """A call by an interaction's token."""
    ids = {"webhook_id": str(discord.fake.world.bot.id), "webhook_token": token}
    return Route("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", ids)


async def test_what_refuses_the_address_is_left_alone_by_every_call(discord: DiscordPlatform) -> None:
    """Cloudflare counts the calls of interactions too, and each one makes its ban longer."""
    asked, _ = await discord.asked()
    route = hook_of(discord, asked.token)
    discord.fake.faults.add("GET /webhooks/*", "429-bare", "429-bare", "429-bare")
    calls = len(discord.fake.calls)
    assert (await discord.outlet.rest.ask(route)).code == RATE_LIMITED
    assert len(discord.fake.calls) == calls + 1


async def test_a_call_that_met_a_global_limit_waits_itself(discord: DiscordPlatform) -> None:
    """Also one of an interaction, whom the bot's global limit does not hold."""
    asked, _ = await discord.asked()
    route = hook_of(discord, asked.token)
    discord.fake.faults.add("GET /webhooks/*", "429-global:2")
    began = discord.clock.now()
    assert not isinstance(await discord.outlet.rest.ask(route), Trouble)
    assert (discord.clock.now() - began).total_seconds() >= 2.0


@asynccontextmanager
async def in_between(discord: DiscordPlatform, status: int, **headers: str) -> AsyncIterator[list[str]]:
    """Something that is not Discord answers everything with a page; yields what it was asked."""
    asked: list[str] = []

    async def page(request: web.Request) -> web.Response:
        asked.append(request.path)
        text = "<h1>Welcome to the hotel</h1>"
        return web.Response(text=text, content_type="text/html", status=status, headers=headers)

    application, usual = web.Application(), discord.outlet.rest.base_url
    application.router.add_route("*", "/{any:.*}", page)
    async with TestServer(application) as between:
        discord.outlet.rest.base_url = str(between.make_url("/api/v10"))
        try:
            yield asked
        finally:
            discord.outlet.rest.base_url = usual


@pytest.mark.parametrize("status", [200, 400, 403, 404, 407, 418])
async def test_an_answer_that_discord_did_not_write(discord: DiscordPlatform, status: int) -> None:
    """A page of something in between says neither yes nor no: what is to be shown waits for Discord."""
    posted = await discord.surface.post(discord.at(), card("a lighthouse"), key=MessageId("m"))
    assert isinstance(posted, Posted)
    async with in_between(discord, status):
        fault = await discord.surface.post(discord.at(), card("a windmill"), key=MessageId("n"))
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing
        unchanged = await discord.surface.update(discord.at(), posted.message, card("stormy"))
        assert unchanged is not None
        assert unchanged.is_passing
    assert await discord.outlet.store.message(MessageId("m")) is not None
    assert await discord.surface.update(discord.at(), posted.message, card("stormy")) is None


async def test_nobody_leads_a_call_elsewhere(discord: DiscordPlatform) -> None:
    """Discord's API redirects nowhere; whoever does would be sent what people wrote, and tokens."""
    async with in_between(discord, 200) as elsewhere:
        address = f"{discord.outlet.rest.base_url}/somewhere"
        async with in_between(discord, 307, Location=address) as asked:
            fault = await discord.surface.post(discord.at(), card("a lighthouse"), key=MessageId("m"))
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing
        assert asked
        assert elsewhere == []


async def test_a_clock_that_is_slow_asks_discord_for_seconds_not_for_hours(discord: DiscordPlatform) -> None:
    """By our clock the interaction is not acknowledged yet, and never will be."""
    interaction, context = await discord.asked()
    discord.fake.discord.tokens.pop(interaction.token)
    given = discord.outlet.contexts.open(context)
    assert given is not None
    assert given.answering is not None
    ahead = str(int(interaction.id) + (3_600_000 << 22))
    told = replace(given, answering=replace(given.answering, interaction=ahead))
    place = discord.at(context=discord.outlet.contexts.close(told))
    began = discord.clock.now()
    posted = await discord.surface.post(place, card("a lighthouse"), key=MessageId("m"))
    assert isinstance(posted, Posted)
    assert (discord.clock.now() - began).total_seconds() < 60
