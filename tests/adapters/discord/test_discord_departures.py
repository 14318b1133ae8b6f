"""Servers that remove us, channels and threads that are gone: the core hears of it, and nothing is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.discord.memory import KeptMessage, Opens
from adapters.discord.notes import locale_key
from adapters.discord.refs import actor_id, guild_workspace, shard_of, thread_ref
from core.app.errors import StorageUnavailable
from core.app.inbound import InboundKind, Left
from core.domain.ids import ChannelRef, MessageId
from tests.adapters.discord.discord_ears import open_ears
from tests.adapters.discord.discord_road import LIMIT_S
from tests.fakes.discord_server.payloads import guild_json

if TYPE_CHECKING:
    from pathlib import Path

    from adapters.discord.departures import Departures
    from core.app.inbound import Inbound, Reception
    from core.domain.ids import WorkspaceId
    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio


def workspace(home: Studio) -> WorkspaceId:
    """The server in the core's words."""
    return guild_workspace(str(home.guild.id))


async def stands(ears: Ears, kept: KeptMessage) -> None:
    """As if that message of ours had been posted."""
    await ears.parts.outlet.store.about_to_post(kept)
    await ears.parts.outlet.store.has_posted(kept)


def first(home: Studio, message: object = 77) -> KeptMessage:
    """A picture in the channel, with its thread."""
    place = (workspace(home), str(home.channel.id))
    return KeptMessage(MessageId("m1"), *place, message=str(message), opens=Opens.THREAD)


async def dropped(ears: Ears, message: str) -> None:
    """Wait until nothing is noted of the message."""
    async with asyncio.timeout(LIMIT_S):
        is_noted = True
        while is_noted:
            await asyncio.sleep(0.01)
            is_noted = await ears.parts.outlet.store.at(message) is not None


async def heard(ears: Ears, *left: Left) -> None:
    """Wait until the core was told of these."""
    await ears.fake.until(lambda: ears.desk.left == list(left), LIMIT_S)


async def test_a_server_that_removes_us_is_forgotten(ears: Ears, home: Studio) -> None:
    """Its messages and its people's languages; other servers' stay."""
    notes = ears.parts.notes
    await stands(ears, first(home))
    mine, others = (locale_key(actor_id(one, "5")) for one in (workspace(home), guild_workspace("42")))
    await notes.put(mine, "de")
    await notes.put(others, "ja")
    ears.fake.kick_bot(home.guild)
    await heard(ears, Left(workspace(home)))
    await dropped(ears, "77")
    await ears.fake.until(lambda: ears.reports.told[-1][0] == "discord_removed_from_server", LIMIT_S)
    assert (await notes.get(mine), await notes.get(others)) == (None, "ja")


async def test_an_outage_of_discords_is_no_removal(ears: Ears, home: Studio) -> None:
    """Told in the same way, with a word more."""
    await stands(ears, first(home))
    ears.fake.lose(home.guild)
    ears.fake.say(ears.fake.dm(home.ada), home.ada, "hello")
    await ears.heard()
    assert ears.desk.left == []
    assert await ears.parts.outlet.store.at("77") is not None


async def test_a_deleted_channel_takes_what_waits_in_it_along(ears: Ears, home: Studio) -> None:
    """All threads of pictures in it."""
    await stands(ears, first(home))
    ears.fake.remove_channel(home.channel)
    await heard(ears, Left(workspace(home), ChannelRef(str(home.channel.id))))
    await dropped(ears, "77")


async def test_a_deleted_channel_takes_its_threads_along(ears: Ears, home: Studio) -> None:
    """Discord tells of the channel alone: what was noted in the threads that hung on it goes too."""
    await stands(ears, first(home))
    there = {"channel": "77", "thread": "77", "opens": Opens.REPLIES}
    await stands(ears, replace(first(home), key=MessageId("m2"), message="78", **there))  # type: ignore[arg-type]
    ears.fake.remove_channel(home.channel)
    await dropped(ears, "78")
    await dropped(ears, "77")


async def test_a_deleted_thread_leaves_its_first_picture(ears: Ears, home: Studio) -> None:
    """What waits in it ends; the picture that it hung on stands, and more of it will stand beside it."""
    thread = ears.fake.open_thread(home.channel, home.ada)
    root = first(home, thread.id)
    await stands(ears, root)
    place = {"channel": str(thread.id), "thread": str(thread.id), "opens": Opens.REPLIES}
    await stands(ears, replace(root, key=MessageId("m2"), message="78", **place))  # type: ignore[arg-type]
    ears.fake.remove_channel(thread)
    channel = ChannelRef(str(home.channel.id))
    await heard(ears, Left(workspace(home), channel, thread_ref(str(thread.id))))
    await dropped(ears, "78")
    left = await ears.parts.outlet.store.at(str(thread.id))
    assert left is not None
    assert left.opens is Opens.REPLIES


async def test_what_is_asked_after_a_deletion_is_no_part_of_it(ears: Ears, home: Studio) -> None:
    """However long it takes to end what waited, nothing new is taken in meanwhile: it would end too."""
    thread = ears.fake.open_thread(home.channel, home.ada)
    await stands(ears, first(home, thread.id))
    gate, desk, order = asyncio.Event(), ears.desk, list[object]()

    async def slow(left: Left) -> int:
        await gate.wait()
        order.append(left.thread)
        return 0

    async def remember(inbound: Inbound) -> Reception:
        order.append(inbound.text)
        return desk.answer

    desk.leave = slow  # type: ignore[method-assign]  # a desk that takes its time
    desk.receive = remember  # type: ignore[method-assign]  # and tells what came first
    ears.fake.remove_channel(thread)
    # It is acknowledged before it is stored, because that takes too long.
    await ears.fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"}).acknowledged()
    gate.set()
    await ears.fake.until(lambda: len(order) == 2, LIMIT_S)
    assert order == [thread_ref(str(thread.id)), "a lighthouse"]


async def test_what_goes_wrong_there_is_told_to_the_operator(ears: Ears, home: Studio) -> None:
    """And the connection stays."""
    ears.desk.fault = StorageUnavailable("no disk")
    ears.fake.remove_channel(home.channel)
    ears.fake.kick_bot(home.guild)
    await ears.fake.until(lambda: len(ears.reports.faults) == 2, LIMIT_S)
    ears.desk.fault = None
    ears.fake.say(ears.fake.dm(home.ada), home.ada, "hello")
    assert (await ears.heard()).kind is InboundKind.MESSAGE


async def test_a_deletion_long_after_is_nobodys_business(ears: Ears, home: Studio) -> None:
    """What came of it is over: nobody is asked. One of today is, also by whoever was started since."""
    fake, world = ears.fake, ears.fake.world
    said = fake.say(home.channel, home.ada, f"<@{world.bot.id}> a lighthouse")
    await ears.heard()
    old = fake.say(home.channel, home.ada, "old")
    old.id -= (25 * 3600 * 1000) << 22
    asked = len(ears.desk.asked)
    fake.delete(old)
    fake.delete(said)
    assert (await ears.heard(2)).kind is InboundKind.WITHDRAWN
    assert len(ears.desk.asked) == asked + 1


# --- while nobody listened ---


def departures(ears: Ears) -> Departures:
    """What acts on places that are gone."""
    client = ears.hearing.gateway._client
    assert client is not None
    return client._ears.departures


async def noted(ears: Ears, *guilds: object) -> None:
    """Wait until it is known that we are in these servers, and in no others."""
    wanted, found, bot = {str(one) for one in guilds}, None, str(ears.fake.world.bot.id)
    async with asyncio.timeout(LIMIT_S):
        while found != wanted:
            await asyncio.sleep(0.01)
            found = await ears.parts.notes.servers_of(bot)


async def test_a_server_that_removed_us_while_nobody_listened(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Discord tells nobody afterwards; it is missed in the list of the next start."""
    other = live.world.add_guild("Other")
    async with open_ears(live, tmp_path, sqlite_url) as ears:
        await noted(ears, home.guild.id, other.id)
        await stands(ears, first(home))
    live.kick_bot(home.guild)
    async with open_ears(live, tmp_path, sqlite_url) as ears:
        await heard(ears, Left(workspace(home)))
        await dropped(ears, "77")
        await noted(ears, other.id)


async def test_a_server_that_takes_us_in_is_known_from_then_on(ears: Ears, home: Studio) -> None:
    """Before the next start."""
    await noted(ears, home.guild.id)
    await ears.fake.until(lambda: ears.hearing.gateway.is_ready, LIMIT_S)
    other = ears.fake.world.add_guild("Other")
    told = guild_json(ears.fake.world, other)
    del told["unavailable"]
    ears.fake.gateway.tell("GUILD_CREATE", None, told)
    await noted(ears, home.guild.id, other.id)


@pytest.mark.parametrize("missed", ["by another shard", "by mistake", "with Discord down"])
async def test_a_server_that_is_not_listed_may_still_be_there(ears: Ears, home: Studio, missed: str) -> None:
    """Each shard is told its own; and nothing is dropped before Discord was asked."""
    fake, bot = ears.fake, str(ears.fake.world.bot.id)
    await noted(ears, home.guild.id)
    away = shard_of(str(home.guild.id), 2)
    if missed == "with Discord down":
        home.guild.has_bot = False
        fake.faults.add("GET /guilds/*", "502", "502")
    shard = [1 - away, 2] if missed == "by another shard" else [0, 1]
    departures(ears).listed({"user": {"id": bot}, "guilds": [], "shard": shard})
    await departures(ears).background.settle()
    asked = len(fake.calls_to("GET /guilds/{guild_id}"))
    assert (asked > 0, ears.desk.left) == (missed != "by another shard", [])
    await noted(ears, home.guild.id)
