"""What is said while our storage is away waits for it; what waits too long is lost, and that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.discord.taking import PATIENCE_S, TRY_AGAIN_S
from core.app.errors import StorageUnavailable
from tests.adapters.discord.discord_road import LIMIT_S
from tests.fakes.clock import FakeClock, HastyClock
from tests.fakes.discord_platform import broken_transactions

if TYPE_CHECKING:
    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Channel


async def test_what_is_said_while_our_storage_is_away(ears: Ears, home: Studio) -> None:
    """It waits for it, in order, since Discord tells a message once."""
    ears.parts.outlet.contexts.clock = clock = FakeClock()
    ears.desk.fault, here = StorageUnavailable("a restart"), ears.fake.dm(home.ada)
    ears.fake.say(here, home.ada, "a lighthouse")
    ears.fake.say(here, home.ada, "at night")
    await clock.until_asleep()
    ears.desk.fault = None
    clock.advance(TRY_AGAIN_S)
    await ears.heard(2)
    assert [one.text for one in ears.desk.inbounds] == ["a lighthouse", "at night"]
    assert ears.reports.faults == []


async def test_our_storage_stays_away(ears: Ears, home: Studio) -> None:
    """After half a minute the operator is told, and those who wait behind wait no longer."""
    ears.parts.outlet.contexts.clock = clock = HastyClock()
    began = clock.now()
    ears.desk.fault, here = StorageUnavailable("no disk"), ears.fake.dm(home.ada)
    for number in range(3):
        ears.fake.say(here, home.ada, f"word {number}")
    await ears.fake.until(lambda: len(ears.reports.faults) == 3, LIMIT_S)
    assert {what for what, _ in ears.reports.faults} == {"discord_message_failed"}
    assert (clock.now() - began).total_seconds() <= PATIENCE_S + TRY_AGAIN_S


def without_storage(ears: Ears) -> None:
    """From now on neither the core nor the adapter can read or write, and nobody waits in earnest."""
    outlet = ears.parts.outlet
    outlet.contexts.clock = HastyClock()
    ears.desk.fault = StorageUnavailable("no disk")
    outlet.store._transactions = ears.parts.notes._transactions = broken_transactions()


async def given_up(ears: Ears, messages: int) -> None:
    """Wait until so many messages were lost."""
    faults = ears.reports.faults
    await ears.fake.until(
        lambda: [what for what, _ in faults].count("discord_message_failed") == messages, LIMIT_S
    )


def told_in(ears: Ears, place: Channel) -> list[tuple[int | None, str]]:
    """What the bot said there, each with the message that it answers."""
    shown = ears.fake.channel_view(place)
    return [(one.replies_to, one.text) for one in shown if one.message.author_id == ears.fake.world.bot.id]


async def test_whoever_said_it_is_told(ears: Ears, home: Studio) -> None:
    """In a direct message, by a mention and in a thread of ours: nothing was spent, and nothing waits."""
    fake, bot = ears.fake, ears.fake.world.bot
    thread = fake.open_thread(home.channel, bot)
    await fake.until(lambda: ears.hearing.gateway.is_ours(str(home.guild.id), str(thread.id)), LIMIT_S)
    without_storage(ears)
    here = {fake.dm(home.ada).id: "a cat", home.channel.id: f"<@{bot.id}> a cat", thread.id: "a cat"}
    said = {place: fake.say(fake.world.channel(place), home.ada, words) for place, words in here.items()}
    await fake.until(lambda: all(told_in(ears, fake.world.channel(place)) for place in here), LIMIT_S)
    for place, message in said.items():
        ((answers, told),) = told_in(ears, fake.world.channel(place))
        assert answers == message.id
        assert "Nothing was spent" in told
    assert home.ada.id not in {one.user_id for one in fake.pings}


async def test_the_person_is_told_in_their_language(ears: Ears, home: Studio) -> None:
    """As far as this process knows it."""
    fake = ears.fake
    fake.world.users[home.ada.id].locale = "zh-CN"
    await fake.slash(home.channel, home.ada, "help").acknowledged()
    without_storage(ears)
    fake.say(home.channel, home.ada, f"<@{fake.world.bot.id}> a cat")
    await fake.until(lambda: len(told_in(ears, home.channel)) == 1, LIMIT_S)
    assert "没有产生费用" in told_in(ears, home.channel)[0][1]


async def test_people_among_themselves_are_told_nothing(ears: Ears, home: Studio) -> None:
    """What was not said to us would have made no picture, nor would a comment or an emoji."""
    fake = ears.fake
    thread = fake.open_thread(home.channel, home.ben)
    here = fake.dm(home.ada)
    without_storage(ears)
    fake.say(thread, home.ada, "nice")
    fake.say(here, home.ada, "// a note to myself")
    fake.say(here, home.ada, "😀")
    await given_up(ears, 3)
    assert [told_in(ears, place) for place in (thread, here)] == [[], []]


async def test_a_message_that_is_gone_when_it_is_answered(ears: Ears, home: Studio) -> None:
    """Whoever took it back needs no answer."""
    fake = ears.fake
    here = fake.dm(home.ada)
    without_storage(ears)
    fake.world.message(here, fake.say(here, home.ada, "a cat").id).is_deleted = True
    await given_up(ears, 1)
    await fake.until(
        lambda: [one.code for one in fake.calls if one.name.endswith("/messages")] == [50035], LIMIT_S
    )
    assert told_in(ears, here) == []


@pytest.mark.parametrize("leap_s", [-3600.0, 3600.0])
async def test_a_clock_that_is_set_while_somebody_waits(ears: Ears, home: Studio, leap_s: float) -> None:
    """Set back, it keeps nobody in line for an hour more; set forward, the one try that is left is made."""
    ears.parts.outlet.contexts.clock = clock = FakeClock()
    ears.desk.fault, here = StorageUnavailable("no disk"), ears.fake.dm(home.ada)
    ears.fake.say(here, home.ada, "a lighthouse")
    await clock.until_asleep()
    clock.leap(leap_s)
    began = clock.now()
    while not ears.reports.faults:
        await clock.pass_time(TRY_AGAIN_S)
        await ears.fake.until(lambda: bool(ears.reports.faults or clock.sleepers), LIMIT_S)
    assert (clock.now() - began).total_seconds() <= PATIENCE_S + TRY_AGAIN_S
