"""Discord's limits met on the whole road: tokens that end, files too large, places that close, lost rights.

Each ends well or says why, and the quota is right afterwards.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from adapters.downloads import Downloads
from bots.wiring import links_of
from core.domain.generation import Failure, FailureKind, Image, OutputFormat, Size
from tests.adapters.discord.discord_road import LIMIT_S, Road, is_done, open_road, picture_of, settings_for
from tests.fakes.discord_server import MIB, FakeDiscord, Permission
from tests.fakes.discord_server.studio import Studio
from tests.fakes.engine import FakeEngine
from tests.fakes.heavy_engine import HeavyEngine, noise
from tests.fakes.simcord_bridge import Hours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from core.domain.generation import GenerationRequest
    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Channel

HOOK = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
CHANGE = "PATCH /channels/{channel_id}/messages/{message_id}"


def said(road: Road, home: Studio, place: Channel) -> str:
    """Everything that Ada reads there, and what the bot told her directly."""
    seen = [*road.fake.channel_view(place, home.ada), *road.fake.channel_view(road.fake.dm(home.ada))]
    return "\n".join(one.text for one in seen)


async def begun(road: Road, calls: int) -> None:
    """Wait until the engine was asked so often."""
    await road.fake.until(lambda: len(road.engine.calls) == calls, LIMIT_S)


async def used(road: Road, home: Studio) -> list[tuple[int, int]]:
    """Pictures of Ada's day that are used and held."""
    return (await road.used(home.ada, home.channel))[:1]


async def hold_and(
    road: Road, ask: Callable[[], object], happens: Callable[[], Awaitable[None] | None]
) -> None:
    """Ask for a picture, and let something happen while it is made."""
    calls = len(road.engine.calls)
    gate = road.engine.hold()
    ask()
    await begun(road, calls + 1)
    done = happens()
    if done is not None:
        await done
    road.engine.gate = None
    gate.set()


async def shows(road: Road, place: Channel, count: int) -> list[Shown]:
    """Wait until so many finished pictures stand there."""
    await road.fake.until(lambda: len(road.pictures(place)) == count, LIMIT_S)
    found = road.pictures(place)
    await road.rest(found[-1])
    return found


# --- the token's end ---


@pytest.fixture
async def hours(tmp_path: Path, sqlite_url: str) -> AsyncIterator[tuple[Road, Studio, Hours]]:
    """The program and Discord on one clock, which can be set forward: the day does not end meanwhile."""
    clock = Hours()
    noon = clock.now().replace(hour=12) + timedelta(days=1)
    clock.advance((noon - clock.now()).total_seconds())
    async with FakeDiscord(clock=clock).running() as fake:
        fake.switches.identify_every_s = 0
        home = Studio.in_world(fake)
        async with open_road(fake, settings_for(fake, tmp_path, sqlite_url), hours=clock) as road:
            yield road, home, clock


@pytest.mark.parametrize(("after_s", "way"), [(14 * 60, HOOK), (14 * 60 + 59, CHANGE), (15 * 60 + 1, CHANGE)])
async def test_a_picture_that_takes_as_long_as_the_token_lives(
    hours: tuple[Road, Studio, Hours], after_s: float, way: str
) -> None:
    """It comes in the same message, by the token or by the bot; no token that has ended is used."""
    road, home, clock = hours
    fake = road.fake

    async def time_passes() -> None:
        # What the placeholder says is being sent beside the engine's call, by the token as long as it lives.
        await road.parts.studio.background.settle()
        clock.advance(after_s)

    await hold_and(
        road,
        lambda: fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"}),
        time_passes,
    )
    (shown,) = await shows(road, home.channel, 1)
    assert shown.message.interaction is not None
    uploads = [call.name for call in fake.calls if call.files]
    assert uploads == [way]
    assert [call.name for call in fake.calls if call.status >= 400] == []
    assert await used(road, home) == [(1, 0)]
    thread = await road.thread_at(shown)
    second = await road.reply(thread, home.ada, "make it stormy")
    assert road.engine.calls[1].inputs[0].content == picture_of(shown)
    assert len(second.pictures) == 1


# --- too large ---


class NoisyEngine(FakeEngine):
    """Makes small pictures that no compression makes smaller."""

    async def paint(self, _request: GenerationRequest, index: int) -> Image:
        """Each is another."""
        size = Size(128, 128)
        return Image(noise(size, seed=index), OutputFormat.PNG, size)


async def ask_for_the_original(road: Road, home: Studio, shown: Shown) -> Shown:
    """Press More > Original file; what is answered."""
    thread = await road.thread_at(shown)
    known = {one.message.id for one in road.fake.channel_view(thread)}
    road.fake.press(shown.message, home.ada, "v1:more:v1", values=["v1:original:v1"])

    def fresh() -> list[Shown]:
        return [one for one in road.fake.channel_view(thread) if one.message.id not in known]

    await road.fake.until(lambda: bool(fresh()), LIMIT_S)
    return fresh()[0]


@pytest.mark.parametrize("public_url", ["https://ink.example", None])
async def test_a_file_that_discord_refuses_comes_smaller_and_the_original_is_to_be_had(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str, public_url: str | None
) -> None:
    """413 although Discord had told more; the very bytes come by a link, or it is said how they are had."""
    live.switches.told_file_limit, live.switches.real_file_limit = 500 * MIB, 30_000
    settings = settings_for(live, tmp_path, sqlite_url, public_url=public_url)
    async with open_road(live, settings, NoisyEngine()) as road:
        shown = await road.imagine(home.channel, home.ada, "noise")
        assert len(picture_of(shown)) <= 30_000
        assert "original is one click away" in shown.text
        assert live.calls_to(HOOK)[-1].status == 200
        assert 40005 in {call.code for call in live.calls}
        answer = await ask_for_the_original(road, home, shown)
        assert answer.pictures == ()
        made = noise(Size(128, 128), seed=0)
        if public_url is None:
            assert "whoever runs Inkthread" in answer.text
        else:
            links = links_of(settings, road.parts.clock)
            assert links is not None
            outside = road.parts.outside
            app = Downloads(links, road.parts.studio, outside.blobs, outside.reports).asgi()
            address = answer.text.partition("(<")[2].partition(">)")[0]
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as http:
                assert (await http.get(address)).content == made
        thread = await road.thread_at(shown)
        await road.reply(thread, home.ada, "make it stormy")
        assert road.engine.calls[1].inputs[0].content == made, "an edit starts from the original"
        assert await used(road, home) == [(2, 0)]


async def test_several_files_above_the_limit_of_a_request(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Each passes alone and all of them do not: they come smaller, in one message."""
    live.switches.request_limit = 150_000
    async with open_road(live, settings_for(live, tmp_path, sqlite_url), NoisyEngine()) as road:
        shown = await road.imagine(home.channel, home.ada, "noise", count=8)
        assert len(shown.pictures) == 8
        assert sum(len(one.content) for one in shown.pictures) < 150_000
        assert await used(road, home) == [(8, 0)]


async def test_ten_files_in_a_reply(road: Road, home: Studio) -> None:
    """All that Discord lets people add to a message go to the engine behind the picture, in their order."""
    files = [(f"{at}.png", noise(Size(32, 32), seed=at)) for at in range(10)]
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    await road.reply(thread, home.ada, "with all of these", files=files)
    base, *references = road.engine.calls[1].inputs
    assert base.content == picture_of(root)
    assert len(references) == 10
    assert len({one.content for one in references}) == 10
    assert await used(road, home) == [(2, 0)]


@pytest.mark.chaos
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tier", [0, 2])
async def test_many_4k_pictures_in_one_message(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str, tier: int
) -> None:
    """Eight of 25 MB: each made to fit its part of the 25 MiB that a request may have."""
    home.guild.tier = tier
    async with open_road(live, settings_for(live, tmp_path, sqlite_url), HeavyEngine()) as road:
        live.slash(
            home.channel, home.ada, "imagine", {"prompt": "noise", "size": "4k", "aspect": "16:9", "count": 8}
        )
        await live.until(lambda: bool(road.pictures(home.channel)), 500)
        (shown,) = road.pictures(home.channel)
        assert len(shown.pictures) == 8
        assert sum(len(one.content) for one in shown.pictures) < 25 * MIB
        assert await used(road, home) == [(8, 0)]


# --- places that close ---


async def test_a_locked_thread_spends_nothing(road: Road, home: Studio) -> None:
    """Only moderators may write there: the person is told why, and nothing is held."""
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    road.fake.lock(thread)
    road.fake.press(root.message, home.ada, "Again")
    await road.fake.until(lambda: "may not post here" in said(road, home, home.channel), LIMIT_S)
    assert len(road.engine.calls) == 1
    assert await used(road, home) == [(1, 0)]


@pytest.mark.parametrize("is_locked", [False, True])
async def test_a_thread_that_closes_while_a_picture_is_made(
    road: Road, home: Studio, *, is_locked: bool
) -> None:
    """Archived it wakes for the picture; locked as well it cannot, and the person is told."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    await hold_and(
        road,
        lambda: fake.say(thread, home.ada, "make it stormy"),
        lambda: fake.archive(thread, is_locked=is_locked),
    )
    if not is_locked:
        await shows(road, thread, 1)
    else:
        await fake.until(lambda: "made and kept" in said(road, home, thread), LIMIT_S)
    assert await used(road, home) == [(2, 0)]


async def test_a_thread_that_is_deleted_while_a_picture_is_made(road: Road, home: Studio) -> None:
    """The picture stands beside the one that it came from; what waited behind it is called off."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)

    async def waits_and_goes() -> None:
        before = len(fake.channel_view(thread))
        fake.say(thread, home.ben, "make it rain")
        await fake.until(lambda: len(fake.channel_view(thread)) == before + 2, LIMIT_S)
        fake.remove_channel(thread)

    await hold_and(road, lambda: fake.say(thread, home.ada, "make it stormy"), waits_and_goes)
    _, second = await shows(road, home.channel, 2)
    assert second.replies_to == root.message.id
    assert len(road.engine.calls) == 2
    assert await used(road, home) == [(2, 0)]
    assert (await road.used(home.ben, home.channel))[:1] == [(0, 0)]


async def test_a_placeholder_that_somebody_deletes(road: Road, home: Studio) -> None:
    """The picture is posted anew, once, in the thread, which outlives it; replies there are edits of it."""
    fake = road.fake
    await hold_and(
        road,
        lambda: fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"}),
        lambda: fake.delete(fake.channel_view(home.channel)[0].message),
    )
    (thread,) = [one for one in fake.world.channels.values() if one.parent_id == home.channel.id]
    (shown,) = await shows(road, thread, 1)
    assert await used(road, home) == [(1, 0)]
    await road.reply(thread, home.ada, "make it stormy")
    assert road.engine.calls[1].inputs[0].content == picture_of(shown)


async def test_a_server_that_removes_us_meanwhile(road: Road, home: Studio) -> None:
    """What waits for the engine gives its hold back; nothing is asked of the engine for it."""
    road.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=600.0))
    road.fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    await begun(road, 1)
    await road.fake.until(lambda: "asks us to wait" in said(road, home, home.channel), LIMIT_S)
    assert await used(road, home) == [(0, 1)]
    road.fake.kick_bot(home.guild)
    async with asyncio.timeout(LIMIT_S):
        is_held = True
        while is_held:
            await asyncio.sleep(0.02)
            is_held = await used(road, home) != [(0, 0)]
    assert len(road.engine.calls) == 1


# --- rights that go ---


@pytest.mark.parametrize(
    ("right", "name"),
    [
        (Permission.ATTACH_FILES, "Attach Files"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    ],
)
async def test_a_reply_where_a_right_is_missing_spends_nothing(
    road: Road, home: Studio, right: Permission, name: str
) -> None:
    """A message does not say what the bot may do, the gateway does: the right is named before it costs."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    fake.deny(home.channel, fake.bot_role(home.guild), right)
    fake.say(thread, home.ada, "make it stormy")
    await fake.until(lambda: name in said(road, home, thread), LIMIT_S)
    assert len(road.engine.calls) == 1
    assert await used(road, home) == [(1, 0)]


async def test_a_right_that_goes_while_a_picture_is_made(road: Road, home: Studio) -> None:
    """The picture is paid for and kept; the missing right is named, and with it "show" brings the picture."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    bot = fake.bot_role(home.guild)
    await hold_and(
        road,
        lambda: fake.say(thread, home.ada, "make it stormy"),
        lambda: fake.deny(home.channel, bot, Permission.ATTACH_FILES),
    )
    await fake.until(lambda: "Attach Files" in said(road, home, thread), LIMIT_S)
    await fake.until(lambda: "made and kept" in said(road, home, thread), LIMIT_S)
    assert await used(road, home) == [(2, 0)]
    fake.allow(home.channel, bot, Permission.ATTACH_FILES)
    shown = await road.reply(thread, home.ada, "show")
    assert is_done(shown)
    assert len(road.engine.calls) == 2


# --- taken back ---


async def test_a_message_taken_back_after_a_restart_calls_its_wish_off(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Discord does not say whose message is gone; who asked with it is stored."""
    settings, engine = settings_for(live, tmp_path, sqlite_url), FakeEngine()
    async with open_road(live, settings, engine) as road:
        root = await road.imagine(home.channel, home.ada, "a lighthouse")
        thread = await road.thread_at(root)
        engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=600.0))
        reply = live.say(thread, home.ada, "make it stormy")
        await live.until(lambda: "asks us to wait" in said(road, home, thread), LIMIT_S)
    async with open_road(live, settings, engine) as road:
        live.delete(reply)
        await live.until(lambda: "Cancelled" in said(road, home, thread), LIMIT_S)
        assert len(engine.calls) == 2
        assert await used(road, home) == [(1, 0)]
