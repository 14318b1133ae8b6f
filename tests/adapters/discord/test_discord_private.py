"""What one person alone sees on Discord, and places where the bot has only a token to speak by."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.discord.context import Original, Room
from core.app.ports import SurfaceFaultKind
from tests.adapters.discord.discord_shown import (
    OPEN,
    SECOND,
    THIRD,
    a_thread,
    fault_of,
    in_channel,
    notice,
    placeholder,
    post,
    result,
)
from tests.adapters.discord.test_discord_delivery import PREVIEW, PROGRESS

if TYPE_CHECKING:
    from tests.fakes.discord_platform import DiscordPlatform


async def test_a_private_answer_fills_the_hidden_thinking(discord: DiscordPlatform) -> None:
    """Only the person sees it, and it can be changed as long as the token lives."""
    _, context = await discord.asked(original=Original.HIDDEN)
    place = discord.at(context=context)
    posted = await post(discord, place, notice("quota"), to_ada=True)
    assert await discord.surface.update(place, posted.message, notice("quota again")) is None
    (shown,) = discord.fake.ephemerals(discord.studio.ada)
    assert shown.text == "quota again"
    assert in_channel(discord) == [shown]


async def test_a_private_answer_to_a_public_command_leaves_nothing_for_others(
    discord: DiscordPlatform,
) -> None:
    """The thinking that all see goes, and a picture that comes all the same finds its place."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    await post(discord, place, notice("first upload"), to_ada=True)
    assert [one.is_private for one in in_channel(discord)] == [True]
    await post(discord, place, placeholder(), SECOND)
    assert [one.is_private for one in in_channel(discord)] == [True, False]
    assert discord.fake.discord.deprecations == []


async def test_what_is_said_beside_a_picture_leaves_its_place_alone(discord: DiscordPlatform) -> None:
    """The picture fills the thinking, also where the words beside it were there first."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    beside = asyncio.create_task(post(discord, replace(place, is_aside=True), notice("tip"), to_ada=True))
    await asyncio.sleep(0.05)
    await post(discord, place, placeholder(), SECOND)
    await beside
    first, *_ = in_channel(discord)
    assert (first.is_private, first.message.token is not None) == (False, True)
    assert first.text.startswith("> a lighthouse")
    assert discord.fake.discord.deprecations == []


async def test_what_is_said_beside_a_hidden_answer_may_fill_it(discord: DiscordPlatform) -> None:
    """A form's answer is for its person alone, so no picture waits for that room."""
    _, context = await discord.asked(original=Original.HIDDEN)
    await post(discord, replace(discord.at(context=context), is_aside=True), notice("tip"), to_ada=True)
    await post(discord, discord.at(context=context), placeholder(), SECOND)
    seen = [(one.is_private, one.is_thinking) for one in in_channel(discord)]
    assert sorted(seen) == [(False, False), (True, False)]


async def test_a_follow_up_that_has_nothing_to_follow_is_a_direct_message(discord: DiscordPlatform) -> None:
    """Where Discord holds on to the thinking that was taken away, the words come all the same."""
    _, context = await discord.asked()
    discord.fake.faults.add("POST /webhooks/{webhook_id}/{webhook_token}", "10008")
    await post(discord, discord.at(context=context), notice("first upload"), to_ada=True)
    assert in_channel(discord) == []
    sent = discord.fake.channel_view(discord.fake.dm(discord.studio.ada))
    assert [one.text for one in sent] == ["first upload"]


async def test_a_private_answer_never_fills_what_all_see(discord: DiscordPlatform) -> None:
    """While a picture's message has yet to fill the thinking, a follow-up would: the words come directly."""
    asked, context = await discord.asked()
    assert await discord.outlet.store.claim(str(asked.id), SECOND)
    place = discord.at(context=context)
    await post(discord, place, notice("first upload"), to_ada=True)
    assert [one.is_thinking for one in in_channel(discord)] == [True]
    sent = discord.fake.channel_view(discord.fake.dm(discord.studio.ada))
    assert [one.text for one in sent] == ["first upload"]
    await post(discord, place, placeholder(), SECOND)
    await post(discord, place, notice("second"), THIRD, to_ada=True)
    assert [(one.is_thinking, one.is_private) for one in in_channel(discord)] == [
        (False, False),
        (False, True),
    ]


async def test_a_private_answer_to_a_press_is_seen_by_its_presser(discord: DiscordPlatform) -> None:
    """The pressed message is not touched, and nobody is written to elsewhere."""
    root, context = await a_thread(discord)
    place = discord.at(context=context)
    await discord.surface.update(place, root.message, result(await discord.picture()))
    _, pressed = await discord.pressed(in_channel(discord)[0], "Edit…", room=Room.CHANNEL)
    await post(discord, discord.at(root.thread, context=pressed), notice("not yours"), SECOND, to_ada=True)
    assert [one.text for one in discord.fake.ephemerals(discord.studio.ada)] == ["not yours"]
    assert len(discord.fake.channel_view(discord.studio.channel)) == 1
    assert discord.fake.channel_view(discord.fake.dm(discord.studio.ada)) == []


async def test_in_a_direct_message_everything_is_private(discord: DiscordPlatform) -> None:
    """A private answer fills the thinking there like any other, and can be changed after the token's end."""
    ada = discord.studio.ada
    _, context = await discord.asked(discord.fake.dm(ada), room=Room.DIRECT)
    home = discord.at_home(ada, context=context)
    posted = await post(discord, home, notice("quota"), to_ada=True)
    discord.clock.advance(16 * 60)
    assert await discord.surface.update(home, posted.message, notice("quota again")) is None
    assert [one.text for one in discord.fake.channel_view(discord.fake.dm(ada))] == ["quota again"]


async def test_without_a_token_a_private_answer_is_a_direct_message(discord: DiscordPlatform) -> None:
    """Discord shows nothing to one person of a channel otherwise."""
    await post(discord, discord.at(), notice("psst"), to_ada=True)
    assert in_channel(discord) == []
    assert [one.text for one in discord.fake.channel_view(discord.fake.dm(discord.studio.ada))] == ["psst"]


async def test_anothers_token_answers_nobody_else(discord: DiscordPlatform) -> None:
    """Ben's interaction would show it to Ben."""
    _, context = await discord.asked(by=discord.studio.ben, original=Original.HIDDEN)
    await post(discord, discord.at(context=context), notice("psst"), to_ada=True)
    assert [one.text for one in discord.fake.ephemerals(discord.studio.ben)] == [""]
    assert [one.text for one in discord.fake.channel_view(discord.fake.dm(discord.studio.ada))] == ["psst"]


async def test_who_takes_no_direct_messages_is_not_written_to(discord: DiscordPlatform) -> None:
    """The core hears that it is not allowed; nothing is said in public instead."""
    discord.studio.ada.takes_dms = False
    fault = await fault_of(
        discord, discord.at(), notice("psst"), private_to=discord.actor(discord.studio.ada)
    )
    assert fault.kind is SurfaceFaultKind.FORBIDDEN
    assert in_channel(discord) == []


async def test_a_private_answer_past_its_token_is_said_anew_elsewhere(discord: DiscordPlatform) -> None:
    """It cannot be changed any more: the core hears that it is gone, and the new words come directly."""
    _, context = await discord.asked(original=Original.HIDDEN)
    place = discord.at(context=context)
    posted = await post(discord, place, notice("old"), to_ada=True)
    discord.clock.advance(16 * 60)
    fault = await discord.surface.update(place, posted.message, notice("new"))
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.GONE
    await post(discord, place, notice("new"), to_ada=True)
    assert [one.text for one in discord.fake.channel_view(discord.fake.dm(discord.studio.ada))] == ["new"]


# --- direct messages, and where the bot is not ---


async def test_in_a_direct_message_each_picture_has_its_own_thread(discord: DiscordPlatform) -> None:
    """Discord knows no threads there: answers stand below, as replies to the first message."""
    ada = discord.studio.ada
    home = discord.at_home(ada)
    first = await post(discord, home, placeholder())
    second = await post(discord, home, placeholder("another"), SECOND)
    assert first.thread != second.thread
    edit = await post(discord, replace(home, thread=first.thread), notice("v2"), THIRD)
    assert edit.thread == first.thread
    shown = discord.fake.channel_view(discord.fake.dm(ada), ada)
    assert [one.replies_to for one in shown] == [None, None, shown[0].message.id]
    assert discord.fake.calls_to(OPEN) == []


async def test_where_people_brought_the_app_along_tokens_carry_everything(discord: DiscordPlatform) -> None:
    """The first picture fills the answer, the next are follow-ups; no thread, and no call as the bot."""
    elsewhere = discord.fake.world.add_guild("Elsewhere", has_bot=False)
    hall = discord.fake.world.add_channel(elsewhere, "hall")
    ada = discord.studio.ada
    discord.fake.join(elsewhere, ada)
    _, context = await discord.asked(hall, room=Room.FOREIGN)
    place = discord.at_home(ada, context=context, channel=hall)
    before = len(discord.fake.calls)
    root = await post(discord, place, placeholder())
    assert await discord.surface.update(place, root.message, result(await discord.picture(b"1"))) is None
    edit = await post(discord, replace(place, thread=root.thread), placeholder("stormy"), SECOND)
    made = result(await discord.picture(b"2"))
    assert await discord.surface.update(replace(place, thread=root.thread), edit.message, made) is None
    shown = discord.fake.channel_view(hall, ada)
    assert [[one.content for one in each.pictures] for each in shown] == [[b"1"], [b"2"]]
    assert all("/webhooks/" in call.name for call in discord.fake.calls[before:])


async def test_where_the_bot_is_not_the_tokens_end_is_the_end(discord: DiscordPlatform) -> None:
    """The core hears that it may not; nothing is tried that cannot work."""
    elsewhere = discord.fake.world.add_guild("Elsewhere", has_bot=False)
    hall = discord.fake.world.add_channel(elsewhere, "hall")
    discord.fake.join(elsewhere, discord.studio.ada)
    _, context = await discord.asked(hall, room=Room.FOREIGN)
    place = discord.at_home(discord.studio.ada, context=context, channel=hall)
    root = await post(discord, place, placeholder())
    discord.clock.advance(16 * 60)
    before = len(discord.fake.calls)
    fault = await discord.surface.update(place, root.message, result(await discord.picture()))
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.FORBIDDEN
    assert (await discord.surface.post(place, notice("x"), key=SECOND)) == fault
    assert await discord.surface.delete(place, root.message) is not None
    await discord.surface.progress(place, root.message, PROGRESS, PREVIEW)
    assert len(discord.fake.calls) == before
