"""What goes wrong beside the road: our own storage, events that nobody can read, what is delivered twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.discord.beginnings import STEADY_S
from adapters.discord.notes import locale_key
from adapters.discord.refs import actor_id, guild_workspace
from core.app.errors import StorageUnavailable
from core.app.inbound import ReceiptKind, Reception
from tests.adapters.discord.discord_ears import open_ears
from tests.adapters.discord.discord_line import connected
from tests.adapters.discord.discord_road import LIMIT_S
from tests.adapters.discord.test_discord_modals import open_setting, owner_of
from tests.fakes.clock import HastyClock

if TYPE_CHECKING:
    from pathlib import Path

    from core.app.inbound import Inbound
    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio


async def test_our_own_storage_fails_while_we_log_in(live: FakeDiscord, home: Studio) -> None:
    """The operator is told, and it is tried again: nobody would notice a bot that gave up."""
    assert home.fake is live
    tries = 0

    async def fails_once(application: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StorageUnavailable(application)

    async with connected(live, fails_once) as reports:
        await live.until_ready(LIMIT_S)
    assert [what for what, _ in reports.faults] == ["discord_not_connected"]


async def test_an_event_that_the_library_cannot_read(live: FakeDiscord, home: Studio) -> None:
    """It ends the connection (discord.py 2.7.1); another one is made."""
    async with connected(live) as reports:
        await live.until_ready(LIMIT_S)
        known = live.gateway.counts.identifies
        live.gateway.tell("GUILD_ROLE_CREATE", None, {"guild_id": str(home.guild.id), "role": {}})
        await live.until(lambda: live.gateway.counts.identifies > known, LIMIT_S)
    assert [what for what, _ in reports.faults] == ["discord_not_connected"]


async def test_an_event_that_comes_with_every_connection(live: FakeDiscord, home: Studio) -> None:
    """Each wait is longer than the one before, since Discord counts beginnings; not after a calm hour."""
    clock = HastyClock()
    async with connected(live, clock=clock) as reports:
        await live.until_ready(LIMIT_S)
        for wait_s in (2.0, 4.0, 2.0):
            if len(reports.faults) == 2:
                clock.advance(STEADY_S)
            began, known = clock.now(), live.gateway.counts.identifies
            live.gateway.tell("GUILD_ROLE_CREATE", None, {"guild_id": str(home.guild.id), "role": {}})
            await _identified(live, known + 1)
            assert (clock.now() - began).total_seconds() == wait_s


async def _identified(live: FakeDiscord, times: int) -> None:
    await live.until(lambda: live.gateway.counts.identifies >= times, LIMIT_S)


async def test_a_grant_that_is_delivered_twice_is_given_once(ears: Ears, home: Studio) -> None:
    """After a broken connection Discord delivers again what was answered long ago."""
    fake, owner = ears.fake, owner_of(ears, home)
    sent = fake.submit(await open_setting(ears, home, owner, "more"), {"amount": "5"})
    await fake.until(lambda: bool(fake.ephemerals(owner)), LIMIT_S)
    told = len(fake.calls)
    fake.deliver(sent)
    await fake.until(lambda: any("callback" in one.name for one in fake.calls[told:]), LIMIT_S)
    await fake.slash(home.channel, home.ada, "help").acknowledged()
    assert list(ears.desk.extras.values()) == [5]


async def test_a_first_answer_of_which_nothing_was_heard(ears: Ears, home: Studio) -> None:
    """Discord took it and the line broke: the second is refused as one too many, and all goes on."""
    fake, owner = ears.fake, owner_of(ears, home)
    asked = await open_setting(ears, home, owner, "more")
    fake.faults.add("POST /interactions/*/callback", "reset_after")
    fake.submit(asked, {"amount": "5"})
    await fake.until(lambda: bool(ears.desk.extras), LIMIT_S)


async def test_a_wish_that_another_process_has_taken(ears: Ears, home: Studio) -> None:
    """Two processes hear the same; whoever answers second leaves alone what the other's picture fills."""
    fake = ears.fake
    asked = fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    ears.desk._seen.add(f"discord:{asked.id}")
    await asked.acknowledged()
    await fake.slash(home.channel, home.ada, "help").acknowledged()
    assert len(fake.channel_view(home.channel)) == 1


async def test_a_first_word_after_a_restart_is_answered_in_its_language(ears: Ears, home: Studio) -> None:
    """Also what the surface says by itself, as in the first message of a thread."""
    here = actor_id(guild_workspace(str(home.guild.id)), str(home.ada.id))
    await ears.parts.notes.put(locale_key(here), "de")
    ears.fake.say(home.channel, home.ada, f"<@{ears.fake.world.bot.id}> ein Leuchtturm")
    heard = await ears.heard()
    told = ears.parts.outlet.contexts.open(heard.context)
    assert told is not None
    assert (heard.person.locale, told.locale) == ("de", "de")


async def test_a_process_that_stops_answers_first(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """What was stored in its last moment is acknowledged too, or Discord would say that nothing happened."""
    async with open_ears(live, tmp_path, sqlite_url) as ears:
        live.faults.add("POST /interactions/*/callback", "slow:0.3")
        asked = live.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
        await ears.heard()
    assert asked.is_acknowledged


async def test_a_process_that_stops_stores_what_was_said_last(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Discord tells it to nobody else."""
    heard, gate, stored = asyncio.Event(), asyncio.Event(), []

    async def slow(inbound: Inbound) -> Reception:
        heard.set()
        await gate.wait()
        stored.append(inbound.text)
        return Reception(ReceiptKind.ACCEPTED)

    async with open_ears(live, tmp_path, sqlite_url) as ears:
        ears.desk.receive = slow  # type: ignore[method-assign]  # a desk that takes its time
        live.say(live.dm(home.ada), home.ada, "a lighthouse")
        await heard.wait()
        asyncio.get_running_loop().call_later(0.2, gate.set)
    assert stored == ["a lighthouse"]
