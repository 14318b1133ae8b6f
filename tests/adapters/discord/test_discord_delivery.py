"""Delivery on Discord when something breaks: one picture, one message, and words for what cannot be."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update as set_rows

from adapters.discord.context import Original, Room
from adapters.discord.memory import Opens
from adapters.discord.rest import REFUSED_S
from adapters.discord.tables import DiscordMessageRow
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind
from core.domain.card import Progress
from core.domain.generation import Image, OutputFormat, Size
from tests.adapters.discord.discord_shown import (
    CHANGE,
    FIRST,
    OPEN,
    SECOND,
    SEND,
    in_channel,
    notice,
    placeholder,
    result,
    rooted,
)
from tests.fakes.discord_platform import DiscordPlatform, broken_transactions
from tests.fakes.discord_server import Permission

ANY_HOOK = "PATCH /webhooks/*"
PREVIEW = Image(b"preview", OutputFormat.PNG, Size(16, 16))
PROGRESS = Progress("generating")


async def forget_that_it_stands(discord: DiscordPlatform) -> None:
    """As after a kill between Discord's answer and the note of it."""
    async with discord.engine.begin() as connection:
        await connection.execute(set_rows(DiscordMessageRow).values(message=""))


# --- killed on the way ---


@pytest.mark.parametrize("after_s", [1, 3600])
async def test_a_post_that_was_not_noted_is_found_again(discord: DiscordPlatform, after_s: float) -> None:
    """Within minutes and after an hour: by its mark, also where Discord has forgotten the nonce."""
    posted = await rooted(discord)
    await forget_that_it_stands(discord)
    discord.clock.advance(after_s)
    assert await discord.surface.find(discord.at(), key=FIRST) == posted
    assert await discord.surface.post(discord.at(), placeholder(), key=FIRST) == posted
    assert len(in_channel(discord)) == 1


async def test_an_answer_that_was_not_noted_is_found_again(discord: DiscordPlatform) -> None:
    """The interaction's own answer bears the mark as well; it may be much older than the try."""
    _, context = await discord.asked()
    discord.clock.advance(600)
    place = discord.at(context=context)
    posted = await discord.surface.post(place, placeholder(), key=FIRST)
    await forget_that_it_stands(discord)
    discord.clock.advance(3600)
    assert await discord.surface.post(place, placeholder(), key=FIRST) == posted
    assert len(in_channel(discord)) == 1


async def test_a_nonce_that_discord_knows_does_not_swallow_the_picture(discord: DiscordPlatform) -> None:
    """Where we may not read the channel the first try is known by its nonce alone, as it was then."""
    discord.fake.deny(discord.studio.channel, discord.studio.guild, Permission.READ_MESSAGE_HISTORY)
    await rooted(discord)
    await forget_that_it_stands(discord)
    made = result(await discord.picture(b"made"))
    assert isinstance(await discord.surface.post(discord.at(), made, key=FIRST), Posted)
    (shown,) = in_channel(discord)
    assert [one.content for one in shown.pictures] == [b"made"]


async def test_a_kill_before_the_thread_is_mended_by_the_next_try(discord: DiscordPlatform) -> None:
    """The message stands, its thread does not: posting again only makes the thread."""
    discord.fake.faults.add(OPEN, "502", "502")
    posted = await rooted(discord)
    assert not in_channel(discord)[0].has_thread
    assert await discord.surface.post(discord.at(), placeholder(), key=FIRST) == posted
    assert in_channel(discord)[0].has_thread


async def test_a_thread_that_was_made_but_not_noted_is_success(discord: DiscordPlatform) -> None:
    """Discord says that it exists; its first words are not said again."""
    discord.fake.faults.add(OPEN, "reset_after")
    posted = await rooted(discord)
    assert len(discord.fake.thread_view(int(posted.thread))) == 1
    kept = await discord.outlet.store.message(FIRST)
    assert kept is not None
    await discord.outlet.store.opened(FIRST, Opens.NOT_ASKED)
    await discord.surface.post(discord.at(), placeholder(), key=FIRST)
    assert len(discord.fake.thread_view(int(posted.thread))) == 1


async def test_what_was_posted_after_a_deletion_is_another_message(discord: DiscordPlatform) -> None:
    """Discord remembers the nonce of what was deleted; the new post has another."""
    posted = await rooted(discord)
    discord.fake.delete(in_channel(discord)[0].message)
    gone = await discord.surface.update(discord.at(), posted.message, placeholder())
    assert gone is not None
    assert gone.kind is SurfaceFaultKind.GONE
    discord.clock.advance(1)
    again = await rooted(discord)
    assert again.message != posted.message
    assert len(in_channel(discord)) == 1


async def test_a_worker_that_is_faster_than_the_acknowledgement_waits_for_it(
    discord: DiscordPlatform,
) -> None:
    """Discord does not know the token until then; the thinking must not stay beside the answer."""
    _, context = await discord.asked()
    discord.fake.faults.add(ANY_HOOK, "10015", "10015", "10015")
    place = discord.at(context=context)
    assert isinstance(await discord.surface.post(place, placeholder(), key=FIRST), Posted)
    assert [one.is_thinking for one in in_channel(discord)] == [False]


# --- broken connections ---


@pytest.mark.parametrize("fault", ["reset", "reset_after", "502", "503", "429:0.2", "429-global:0.2"])
async def test_a_post_that_breaks_off_stands_once(discord: DiscordPlatform, fault: str) -> None:
    """Whether Discord had it or not: the nonce makes the second try the first."""
    discord.fake.faults.add(SEND, fault)
    await rooted(discord)
    assert len(in_channel(discord)) == 1


@pytest.mark.parametrize("fault", ["reset", "reset_after", "502", "429:0.2"])
@pytest.mark.parametrize("route", [ANY_HOOK, CHANGE])
async def test_a_picture_that_breaks_off_is_sent_again(
    discord: DiscordPlatform, route: str, fault: str
) -> None:
    """A change is the same when it is made twice."""
    context = (await discord.asked())[1] if route == ANY_HOOK else ""
    place = discord.at(context=context)
    posted = await discord.surface.post(place, placeholder(), key=FIRST)
    assert isinstance(posted, Posted)
    discord.fake.faults.add(route, fault)
    made = result(await discord.picture(b"x" * 200_000))
    assert await discord.surface.update(place, posted.message, made) is None
    assert len(in_channel(discord)[0].pictures) == 1


async def test_cloudflares_refusal_passes_and_nothing_is_asked_meanwhile(discord: DiscordPlatform) -> None:
    """A 429 without Discord's own words is a ban of the address: every call counts against us."""
    discord.fake.faults.add(SEND, "429-bare")
    fault = await discord.surface.post(discord.at(), placeholder(), key=FIRST)
    assert isinstance(fault, SurfaceFault)
    assert fault.kind is SurfaceFaultKind.BUSY
    assert len(discord.fake.calls_to(SEND)) == 1
    discord.clock.advance(61)
    await rooted(discord)


async def test_a_follow_up_is_not_repeated_blindly(discord: DiscordPlatform) -> None:
    """It carries no nonce: nobody would know the second as the first."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    await discord.surface.post(place, placeholder(), key=SECOND)
    discord.fake.faults.add("POST /webhooks/*", "502", "502")
    ada = discord.actor(discord.studio.ada)
    fault = await discord.surface.post(place, notice("psst"), key=FIRST, private_to=ada)
    assert isinstance(fault, SurfaceFault)
    assert fault.is_passing
    assert len(discord.fake.calls_to("POST /webhooks/{webhook_id}/{webhook_token}")) == 1


async def test_a_refused_bot_token_is_rarely_shown_to_discord_again(discord: DiscordPlatform) -> None:
    """Ten thousand refusals in ten minutes would ban the address. What may be paid for waits meanwhile."""
    rest, token = discord.outlet.rest, discord.outlet.rest._token
    rest._token = "not.the.token"
    before = len(discord.fake.calls)
    for _ in range(3):
        fault = await discord.surface.post(discord.at(), placeholder(), key=FIRST)
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing
        assert 0 < fault.retry_after_s <= REFUSED_S
    assert len(discord.fake.calls) == before + 1
    rest._token = token
    discord.clock.advance(REFUSED_S)
    await rooted(discord)


async def test_our_own_storage_down_is_a_passing_fault(discord: DiscordPlatform) -> None:
    """Nothing is raised at the core."""
    posted = await rooted(discord)
    discord.outlet.store._transactions = broken_transactions()
    for fault in (
        await discord.surface.post(discord.at(), placeholder(), key=SECOND),
        await discord.surface.update(discord.at(), posted.message, placeholder()),
        await discord.surface.delete(discord.at(), posted.message),
    ):
        assert fault is not None
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing


# --- pictures ---


async def test_a_picture_that_stands_is_not_sent_again(discord: DiscordPlatform) -> None:
    """A new caption costs no upload; the attachment stays, with its words."""
    posted = await rooted(discord)
    picture = await discord.picture(b"once")
    for caption in ("v1", "v1 · you 2 of 20"):
        await discord.surface.update(discord.at(), posted.message, result(picture, caption=caption))
    assert [len(call.files) for call in discord.fake.calls_to(CHANGE)] == [1, 0]
    (shown,) = in_channel(discord)
    assert [(one.content, one.alt_text) for one in shown.pictures] == [(b"once", "a cat")]
    assert "you 2 of 20" in shown.text


async def test_a_note_of_attachments_that_is_wrong_is_mended(discord: DiscordPlatform) -> None:
    """What was believed to stand there is sent anew."""
    posted = await rooted(discord)
    picture = await discord.picture(b"once")
    await discord.outlet.store.shows(FIRST, {picture.blob: "123"})
    assert await discord.surface.update(discord.at(), posted.message, result(picture)) is None
    assert [one.content for one in in_channel(discord)[0].pictures] == [b"once"]


async def test_ten_pictures_stand_in_one_message(discord: DiscordPlatform) -> None:
    """Discord's most, each with its own bytes."""
    posted = await rooted(discord)
    pictures = [await discord.picture(f"no {one}".encode(), letter=one) for one in "abcdefghij"]
    assert await discord.surface.update(discord.at(), posted.message, result(*pictures)) is None
    assert [one.content for one in in_channel(discord)[0].pictures] == [
        f"no {one}".encode() for one in "abcdefghij"
    ]


# --- progress ---


async def test_a_preview_stands_where_the_picture_will_be(discord: DiscordPlatform) -> None:
    """Below the placeholder's own words; the picture takes its place."""
    posted = await rooted(discord)
    await discord.surface.progress(discord.at(), posted.message, PROGRESS, PREVIEW)
    (shown,) = in_channel(discord)
    assert [one.content for one in shown.pictures] == [b"preview"]
    assert "Next in line." in shown.text
    made = result(await discord.picture(b"made"))
    assert await discord.surface.update(discord.at(), posted.message, made) is None
    assert [one.content for one in in_channel(discord)[0].pictures] == [b"made"]


async def test_previews_that_come_too_fast_are_dropped(discord: DiscordPlatform) -> None:
    """Results want the room in Discord's buckets."""
    posted = await rooted(discord)
    for _ in range(3):
        await discord.surface.progress(discord.at(), posted.message, PROGRESS, PREVIEW)
    assert len(discord.fake.calls_to(CHANGE)) == 1
    discord.clock.advance(3)
    await discord.surface.progress(discord.at(), posted.message, PROGRESS, PREVIEW)
    assert len(discord.fake.calls_to(CHANGE)) == 2


async def test_a_preview_never_comes_over_the_picture(discord: DiscordPlatform) -> None:
    """What is late, and what comes while the picture is being sent, is dropped."""
    posted = await rooted(discord)
    discord.fake.faults.add(CHANGE, "slow:0.2")
    made = result(await discord.picture(b"made"))
    sending = asyncio.create_task(discord.surface.update(discord.at(), posted.message, made))
    await asyncio.sleep(0.05)
    await discord.surface.progress(discord.at(), posted.message, PROGRESS, PREVIEW)
    assert await sending is None
    discord.clock.advance(10)
    await discord.surface.progress(discord.at(), posted.message, PROGRESS, PREVIEW)
    assert [one.content for one in in_channel(discord)[0].pictures] == [b"made"]
    assert len(discord.fake.calls_to(CHANGE)) == 1


# --- taking away ---


async def test_an_ephemeral_message_past_its_token_is_left_to_discord(discord: DiscordPlatform) -> None:
    """It cannot be deleted, and it goes when its person leaves: no fault."""
    _, context = await discord.asked(original=Original.HIDDEN)
    place = discord.at(context=context)
    ada = discord.actor(discord.studio.ada)
    posted = await discord.surface.post(place, notice("psst"), key=FIRST, private_to=ada)
    assert isinstance(posted, Posted)
    discord.clock.advance(16 * 60)
    assert await discord.surface.delete(place, posted.message) is None
    assert await discord.surface.find(place, key=FIRST) is None


async def test_where_the_bot_is_not_its_messages_go_by_the_token(discord: DiscordPlatform) -> None:
    """As they came."""
    elsewhere = discord.fake.world.add_guild("Elsewhere", has_bot=False)
    hall = discord.fake.world.add_channel(elsewhere, "hall")
    discord.fake.join(elsewhere, discord.studio.ada)
    _, context = await discord.asked(hall, room=Room.FOREIGN)
    place = discord.at_home(discord.studio.ada, context=context, channel=hall)
    posted = await discord.surface.post(place, placeholder(), key=FIRST)
    assert isinstance(posted, Posted)
    assert await discord.surface.delete(place, posted.message) is None
    assert discord.fake.channel_view(hall, discord.studio.ada) == []


def test_a_context_tells_nothing_to_whoever_reads_it(discord: DiscordPlatform) -> None:
    """The token is neither in what is stored nor in what is printed."""
    asked = discord.fake.slash(discord.studio.channel, discord.studio.ada, "imagine", {"prompt": "x"})
    context = discord.context(asked, Original.SHOWN, Room.CHANNEL)
    opened = discord.outlet.contexts.open(context)
    assert opened is not None
    assert opened.answering is not None
    assert opened.answering.token == asked.token
    assert asked.token not in context
    assert asked.token not in repr(opened)
    assert discord.outlet.contexts.open(replace(discord.at(), context=context[:-4] + "AAAA").context) is None
