"""What goes wrong on the way: cuts, replays, late answers, threads that are gone, people at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.adapters.discord.discord_road import LIMIT_S, open_road, picture_of, settings_for
from tests.fakes.discord_server import MIB, Permission
from tests.fakes.engine import FakeEngine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.discord.discord_road import Road
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio


async def _begun(road: Road) -> None:
    """Wait until the engine is at work."""
    known = len(road.engine.calls)
    await road.fake.until(lambda: len(road.engine.calls) > known, LIMIT_S)


@pytest.mark.parametrize("cut", ["abort", "ask_to_reconnect", "close", "forget"])
async def test_the_gateway_is_cut_while_a_picture_is_made(road: Road, home: Studio, cut: str) -> None:
    """However the connection ends, the picture comes, once, and the next reply is heard."""
    fake, gate = road.fake, road.engine.hold()
    asked = fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    await asked.acknowledged()
    await fake.until(lambda: len(road.engine.calls) == 1, LIMIT_S)
    before = fake.gateway.counts.resumes + fake.gateway.counts.identifies
    if cut == "close":
        await fake.gateway.close(4009)
    else:
        if cut == "forget":
            fake.gateway.forget()
        fake.gateway.ask_to_reconnect() if cut == "ask_to_reconnect" else fake.gateway.abort()
    gate.set()
    road.engine.gate = None
    root = await road.next_picture(home.channel, set())
    await fake.until(lambda: fake.gateway.counts.resumes + fake.gateway.counts.identifies > before, LIMIT_S)
    await fake.until(lambda: fake.gateway.is_ready, LIMIT_S)
    thread = await road.thread_at(root)
    await road.reply(thread, home.ada, "make it stormy")
    assert len(road.pictures(home.channel)) == 1
    assert len(road.engine.calls) == 2


async def test_what_is_delivered_again_does_nothing_twice(road: Road, home: Studio) -> None:
    """After a resume old interactions and messages come again: nothing is bought, answered or shown anew."""
    fake, ada = road.fake, home.ada
    asked = fake.slash(home.channel, ada, "imagine", {"prompt": "a lighthouse"})
    root = await road.next_picture(home.channel, set())
    calls = len(fake.calls)
    fake.deliver(asked)
    fake.deliver(asked)
    await fake.until(lambda: len([one for one in fake.calls[calls:] if "callback" in one.name]) == 2, LIMIT_S)
    thread = await road.thread_at(root)
    await road.reply(thread, ada, "make it stormy")
    assert len(road.engine.calls) == 2
    assert [one.is_thinking for one in fake.channel_view(home.channel, ada)] == [False]


async def test_the_same_wish_twice_is_one(road: Road, home: Studio) -> None:
    """People click twice: one picture, and no message that thinks for ever."""
    fake, gate = road.fake, road.engine.hold()
    first = fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    second = fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    await asyncio.gather(first.acknowledged(), second.acknowledged())
    gate.set()
    await road.next_picture(home.channel, set())
    await fake.until(lambda: len(fake.channel_view(home.channel)) == 1, LIMIT_S)
    assert len(road.engine.calls) == 1


async def test_an_answer_that_comes_too_late(road: Road, home: Studio) -> None:
    """Discord takes no answer after three seconds; the picture comes all the same, by the bot itself."""
    fake = road.fake
    asked = fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})
    asked.asked_at = asked.asked_at.replace(year=2020)
    await road.next_picture(home.channel, set())
    assert not asked.is_acknowledged
    assert len(road.engine.calls) == 1


async def test_a_worker_that_is_faster_than_the_acknowledgement(road: Road, home: Studio) -> None:
    """What is stored first and acknowledged late still fills the "thinking" of its own command."""
    road.fake.faults.add("POST /interactions/*/callback", "slow:0.5")
    await road.imagine(home.channel, home.ada, "a lighthouse")
    (shown,) = road.fake.channel_view(home.channel)
    assert (shown.is_thinking, len(shown.pictures)) == (False, 1)


async def test_a_permission_that_is_missing(road: Road, home: Studio) -> None:
    """Where a permission is missing, it is named before anything is spent."""
    fake = road.fake
    fake.deny(home.channel, home.guild, Permission.ATTACH_FILES)
    fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"})

    def seen() -> list[tuple[bool, bool]]:
        view = fake.channel_view(home.channel, home.ada)
        return [("Attach Files" in one.text, one.is_thinking) for one in view]

    await fake.until(lambda: seen() == [(True, False)], LIMIT_S)
    assert road.engine.calls == []


async def test_an_archived_thread_wakes(road: Road, home: Studio) -> None:
    """A button in a thread that sleeps goes on with the picture there."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    fake.archive(thread)
    known = {one.message.id for one in fake.channel_view(thread)}
    fake.press(root.message, home.ada, "Again")
    await road.next_picture(thread, known)
    assert len(road.engine.calls) == 2


async def test_a_thread_that_was_deleted(road: Road, home: Studio) -> None:
    """The edit stands beside the picture that it came from."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    fake.remove_channel(thread)
    known = {one.message.id for one in fake.channel_view(home.channel)}
    opened = await fake.press(root.message, home.ada, "Edit…").acknowledged()
    fake.submit(opened, {"words": "make it stormy"})
    await road.next_picture(home.channel, known)
    assert road.engine.calls[1].inputs[0].content == picture_of(root)


async def test_two_people_edit_at_once(road: Road, home: Studio) -> None:
    """Their edits follow each other, each from the one before, in the order in which they were said."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    known = {one.message.id for one in fake.channel_view(thread)}
    fake.say(thread, home.ada, "make it stormy")
    fake.say(thread, home.ben, "add a red umbrella")
    await fake.until(
        lambda: len([o for o in road.pictures(thread) if o.message.id not in known]) == 2, LIMIT_S
    )
    stormy, red = [one for one in road.pictures(thread) if one.message.id not in known]
    assert "stormy" in stormy.text
    assert "stormy" in road.engine.calls[1].plan.prompt
    assert road.engine.calls[2].inputs[0].content == picture_of(stormy)
    assert picture_of(red) != picture_of(stormy)
    assert [(await road.used(who, home.channel))[0] for who in (home.ada, home.ben)] == [(2, 0), (1, 0)]


async def test_words_are_shown_as_typed_and_ring_nobody(road: Road, home: Studio) -> None:
    """@everyone, roles, masked links and text from right to left stay what they are."""
    fake = road.fake
    typed = "@everyone <@&1> [a link](https://evil.example) **bold** \u202eright to left"
    await road.imagine(home.channel, home.ada, typed)
    (shown,) = fake.channel_view(home.channel)
    assert fake.pings == []
    assert "@everyone" in shown.text
    assert "[a link](https://evil.example)" in shown.text.replace("\\", "")


async def test_a_file_larger_than_the_server_takes(road: Road, home: Studio) -> None:
    """A refused file comes smaller; the person is not told that something failed."""
    fake = road.fake
    fake.limits.nominal()
    home.guild.tier = 0
    fake.switches.told_file_limit = 500 * MIB
    seen = await road.imagine(home.channel, home.ada, "a lighthouse", count=2)
    assert len(seen.pictures) == 2


async def test_after_a_restart_buttons_and_forms_work(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """A form opened before the restart is sent after it, and an old button is pressed in a new process."""
    settings = settings_for(live, tmp_path, sqlite_url)
    engine = FakeEngine()
    async with open_road(live, settings, engine) as road:
        root = await road.imagine(home.channel, home.ada, "a lighthouse")
        thread = await road.thread_at(root)
        opened = await live.press(root.message, home.ada, "Edit…").acknowledged()
    async with open_road(live, settings, engine) as road:
        known = {one.message.id for one in live.channel_view(thread)}
        live.submit(opened, {"words": "make it stormy"})
        second = await road.next_picture(thread, known)
        known = {one.message.id for one in live.channel_view(thread)}
        live.press(root.message, home.ada, "Again")
        await road.next_picture(thread, known)
    assert engine.calls[1].inputs[0].content == picture_of(root)
    assert "v2" in second.text
    registered = live.calls_to("PUT /applications/{application_id}/commands")
    assert len(registered) == 1, "commands that have not changed are told once"


async def test_without_the_content_of_messages(
    live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Pings, mentions, buttons and forms do it; a plain reply is answered once with how to be heard."""
    live.switches.content_intent = False
    async with open_road(live, settings_for(live, tmp_path, sqlite_url)) as road:
        root = await road.imagine(home.channel, home.ada, "a lighthouse")
        thread = await road.thread_at(root)
        live.say(thread, home.ada, "unheard")
        await live.until(lambda: any("ping" in one.text for one in live.channel_view(thread)), LIMIT_S)
        told = len(live.channel_view(thread))
        live.say(thread, home.ada, "unheard again")
        bot = live.world.bot.id
        second = await road.reply(thread, home.ada, f"<@{bot}> make it stormy")
        third = await road.reply(thread, home.ada, "at night", reply_to=second.message, ping=True)
        assert road.engine.calls[2].inputs[0].content == picture_of(second)
        opened = await live.press(third.message, home.ada, "Edit…").acknowledged()
        known = {one.message.id for one in live.channel_view(thread)}
        live.submit(opened, {"words": "in fog"})
        await road.next_picture(thread, known)
        hints = [one for one in live.channel_view(thread) if "I cannot read plain replies" in one.text]
        assert len(hints) == 1
        assert told
    assert len(road.engine.calls) == 4
