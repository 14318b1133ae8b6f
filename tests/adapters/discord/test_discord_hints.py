"""How people learn to be understood: said once, and told only once it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.discord.asked import Spot
from adapters.discord.context import Room
from adapters.discord.hints import REFUSED_S, Hints
from adapters.discord.memory import Opens
from adapters.discord.notes import told_key
from adapters.discord.read import Us, read_message
from adapters.discord.refs import guild_workspace
from adapters.platforms.monotonic import MonotonicTime
from core.app.ports import Place, Posted
from core.domain.ids import ChannelRef, ThreadRef
from tests.adapters.discord.discord_ears import open_ears
from tests.adapters.discord.discord_shown import (
    FIRST,
    OPEN,
    SEND,
    in_channel,
    in_thread,
    placeholder,
    post,
    rooted,
)
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_platform import DiscordPlatform
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Channel


# --- the first message in a thread ---


async def opens_of(discord: DiscordPlatform) -> Opens:
    """What is noted of the thread."""
    kept = await discord.outlet.store.message(FIRST)
    assert kept is not None
    return kept.opens


async def test_a_thread_in_which_nothing_could_be_said_yet(discord: DiscordPlatform) -> None:
    """It is said when the message is posted again: only Discord's own first message stands there."""
    discord.fake.faults.add(SEND, "pass", "502", "502")
    posted = await rooted(discord)
    assert in_channel(discord)[0].has_thread
    assert (in_thread(discord, posted), await opens_of(discord)) == ([], Opens.NOT_ASKED)
    await post(discord, discord.at(), placeholder())
    (hint,) = in_thread(discord, posted)
    assert "Reply to this message" in hint.text
    assert await opens_of(discord) is Opens.THREAD


async def test_a_thread_in_which_nothing_may_be_said(discord: DiscordPlatform) -> None:
    """It is not tried for ever."""
    discord.fake.faults.add(SEND, "pass", "50013")
    posted = await rooted(discord)
    assert (in_thread(discord, posted), await opens_of(discord)) == ([], Opens.THREAD)


async def test_people_who_talk_in_the_thread_already_need_no_hint(discord: DiscordPlatform) -> None:
    """Somebody was faster than we after a broken connection."""
    discord.fake.faults.add(OPEN, "reset_after", "502")
    posted = await rooted(discord)
    thread = discord.fake.thread_of(in_channel(discord)[0].message)
    discord.fake.say(thread, discord.studio.ada, "make it red")
    await post(discord, discord.at(), placeholder())
    assert [one.text for one in in_thread(discord, posted)] == ["make it red"]


# --- words that are hidden ---


@pytest.fixture
async def deaf(live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners from whom Discord hides words."""
    assert home.fake is live
    live.switches.content_intent = False
    async with open_ears(live, tmp_path, sqlite_url) as ears:
        yield ears


async def a_thread_of_ours(deaf: Ears, home: Studio) -> Channel:
    """A thread that hangs on a picture of ours."""
    place = Place(guild_workspace(str(home.guild.id)), ChannelRef(str(home.channel.id)))
    posted = await deaf.parts.outlet.surface.post(place, placeholder(), key=FIRST)
    assert isinstance(posted, Posted)
    return deaf.fake.world.channel(int(posted.thread))


def hints_in(deaf: Ears, thread: Channel) -> int:
    """How often people read there how to be understood."""
    return sum("I cannot read plain replies" in one.text for one in deaf.fake.channel_view(thread))


async def is_told(deaf: Ears, home: Studio) -> bool:
    """Whether it is noted that the channel was told."""
    key = told_key(guild_workspace(str(home.guild.id)), ChannelRef(str(home.channel.id)))
    return await deaf.parts.notes.get(key) is not None


async def unheard(deaf: Ears, home: Studio, thread: Channel) -> None:
    """Somebody says what we cannot read, and it has been dealt with."""
    deaf.fake.say(thread, home.ada, "make it red")
    deaf.fake.say(thread, home.ada, f"<@{deaf.fake.world.bot.id}> help")
    await deaf.heard(len(deaf.desk.inbounds) + 1)


async def test_a_hint_that_did_not_arrive_is_said_the_next_time(deaf: Ears, home: Studio) -> None:
    """It was noted as told before it stood, and then never said. Told once it stands, it is said once."""
    thread = await a_thread_of_ours(deaf, home)
    deaf.fake.faults.add(SEND, "502", "502")
    await unheard(deaf, home, thread)
    assert (hints_in(deaf, thread), await is_told(deaf, home)) == (0, False)
    for _ in range(2):
        await unheard(deaf, home, thread)
        assert (hints_in(deaf, thread), await is_told(deaf, home)) == (1, True)


async def test_a_hint_that_was_not_noted_stands_once(deaf: Ears, home: Studio) -> None:
    """As after a crash between the two."""
    thread = await a_thread_of_ours(deaf, home)
    await unheard(deaf, home, thread)
    await deaf.parts.notes.forget_workspace(guild_workspace(str(home.guild.id)))
    assert not await is_told(deaf, home)
    await unheard(deaf, home, thread)
    assert (hints_in(deaf, thread), await is_told(deaf, home)) == (1, True)


async def test_where_we_may_not_speak_we_do_not_try_each_time(deaf: Ears, home: Studio) -> None:
    """Refusals count against the address; after a while it is tried again."""
    thread = await a_thread_of_ours(deaf, home)
    clock, gateway = FakeClock(), deaf.hearing.gateway
    hints = Hints(
        deaf.parts.outlet.surface,
        deaf.parts.notes,
        gateway,
        sees_content=False,
        now_s=MonotonicTime(clock).now_s,
    )
    event = {"id": "1", "guild_id": str(home.guild.id), "author": {"id": str(home.ada.id)}, "content": ""}
    workspace, channel = guild_workspace(str(home.guild.id)), ChannelRef(str(home.channel.id))
    heard = read_message(event, Us("2"), Spot(workspace, channel, ThreadRef(str(thread.id)), Room.THREAD))
    deaf.fake.faults.add(SEND, "50013")
    for _ in range(3):
        assert await hints.is_unreadable(event, heard)
    assert hints_in(deaf, thread) == 0
    clock.advance(REFUSED_S)
    assert await hints.is_unreadable(event, heard)
    assert hints_in(deaf, thread) == 1
