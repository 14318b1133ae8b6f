"""The gateway: who may identify when, what a fatal close means, and that nothing grows with what is said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.discord.gateway import Gateway, Line
from tests.adapters.discord.discord_ears import open_ears
from tests.adapters.discord.discord_line import Nobody, ended
from tests.adapters.discord.discord_road import LIMIT_S
from tests.fakes.clock import HastyClock
from tests.fakes.discord_server import MIB, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio


async def test_an_intent_that_is_not_granted(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Discord closes with 4014: the operator reads what to do, and the bot goes on without."""
    live.switches.content_intent = False
    async with open_ears(live, tmp_path, sqlite_url) as ears:
        told = dict(ears.reports.told)
        assert "Message Content Intent" in str(told["discord_intent_not_granted"])
        live.say(home.channel, home.ada, f"<@{live.world.bot.id}> a lighthouse")
        assert (await ears.heard()).text == "a lighthouse"


async def test_an_intent_that_is_not_wanted(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Where the setting says so it is not asked for, and nothing is warned of."""
    assert home.fake is live
    live.switches.content_intent = False
    async with open_ears(live, tmp_path, sqlite_url, discord_message_content=False) as ears:
        assert "discord_intent_not_granted" not in dict(ears.reports.told)
        assert live.gateway.counts.identifies == 1


async def test_discord_cannot_be_reached(ears: Ears) -> None:
    """It is tried again, later each time."""
    clock = HastyClock()
    began = clock.now()
    ears.fake.faults.add("GET /users/@me", "50001", "50001")
    gateway = Gateway(Line("not.a.token"), clock=clock, reports=ears.reports)
    running = asyncio.create_task(gateway.run(Nobody()))
    await ears.fake.until(lambda: "discord_token_refused" in dict(ears.reports.told), LIMIT_S)
    waited_s = (clock.now() - began).total_seconds()
    await ended(running)
    assert {what for what, _ in ears.reports.faults} == {"discord_not_connected"}
    assert waited_s >= 6.0


async def test_what_the_gateway_knows_of_servers(ears: Ears, home: Studio) -> None:
    """Channels, threads, rights and our own role, without a call."""
    fake, guild = ears.fake, str(home.guild.id)
    thread = fake.open_thread(home.channel, home.ada)
    guilds = ears.hearing.gateway
    await fake.until(lambda: guilds.is_plain(guild, str(thread.id)) is False, LIMIT_S)
    assert guilds.is_plain(guild, str(home.channel.id)) is True
    assert guilds.is_plain(guild, "12345") is None
    assert guilds.is_plain("12345", str(home.channel.id)) is None
    assert guilds.is_admin(guild, str(home.guild.owner_id), [])
    assert not guilds.is_admin(guild, str(home.ben.id), [])
    assert guilds.locale("12345") == "en"
    (role,) = guilds.our_roles(guild)
    fake.say(home.channel, home.ada, f"<@&{role}> a lighthouse")
    assert (await ears.heard()).text == "a lighthouse"


async def test_what_we_may_do_is_known_without_a_call(ears: Ears, home: Studio) -> None:
    """Roles, overwrites and boosts, as they change; a thread has the rights of what it hangs on."""
    fake, guild, channel = ears.fake, str(home.guild.id), str(home.channel.id)
    guilds = ears.hearing.gateway
    thread = fake.open_thread(home.channel, home.ada)
    await fake.until(lambda: guilds.is_plain(guild, str(thread.id)) is False, LIMIT_S)

    def may(place: str, what: Permission) -> bool:
        rights = guilds.permissions(guild, place)
        return rights is not None and bool(rights & what)

    assert may(channel, Permission.ATTACH_FILES)
    assert may(str(thread.id), Permission.SEND_MESSAGES_IN_THREADS)
    fake.deny(home.channel, home.guild, Permission.ATTACH_FILES)
    await fake.until(lambda: not may(str(thread.id), Permission.ATTACH_FILES), LIMIT_S)
    curator = fake.add_role(home.guild, "curator", Permission.ADMINISTRATOR)
    fake.give(home.guild, fake.world.bot, curator)
    await fake.until(lambda: may(channel, Permission.ATTACH_FILES), LIMIT_S)
    assert guilds.file_limit(guild) == 10 * MIB
    assert guilds.permissions(guild, "12345") is None
    assert guilds.permissions("12345", channel) is None
    assert guilds.file_limit("12345") is None


async def test_where_nobody_may_write_files_in_threads_are_still_allowed(ears: Ears, home: Studio) -> None:
    """A channel for reading with threads for talking is common: nothing is missing there."""
    fake = ears.fake
    fake.deny(home.channel, home.guild, Permission.SEND_MESSAGES)
    guild, channel = str(home.guild.id), str(home.channel.id)
    wanted = Permission.ATTACH_FILES | Permission.SEND_MESSAGES_IN_THREADS

    def rights() -> int:
        return ears.hearing.gateway.permissions(guild, channel) or 0

    await fake.until(lambda: rights() > 0 and not rights() & Permission.SEND_MESSAGES, LIMIT_S)
    assert rights() & wanted == wanted


async def test_nothing_is_kept_of_what_is_said(ears: Ears, home: Studio) -> None:
    """A hundred messages of talk leave no message, member or view behind."""
    for number in range(100):
        ears.fake.say(home.channel, home.ada, f"talk {number}")
    ears.fake.say(home.channel, home.ada, f"<@{ears.fake.world.bot.id}> a lighthouse")
    await ears.heard()
    client = ears.hearing.gateway._client
    assert client is not None
    assert list(client.cached_messages) == []
    assert [one for one in client.get_all_members() if one.id != client.user.id] == []  # type: ignore[union-attr]
    assert client.persistent_views == []


async def test_a_dead_connection_is_noticed(ears: Ears, home: Studio) -> None:
    """Reconnecting is asked for and done; what was said meanwhile is heard, once."""
    ears.fake.gateway.ask_to_reconnect()
    ears.fake.say(home.channel, home.ada, f"<@{ears.fake.world.bot.id}> meanwhile")
    assert (await ears.heard()).text == "meanwhile"
    await ears.fake.until(lambda: ears.fake.gateway.counts.resumes == 1, LIMIT_S)
    assert len(ears.desk.inbounds) == 1
