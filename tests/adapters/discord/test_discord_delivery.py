"""Delivery on Discord when something breaks: one picture, one message, and words for what cannot be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update as set_rows

from adapters.discord.context import Original, Room
from adapters.discord.memory import Opens
from adapters.discord.tables import DiscordMessageRow
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind
from core.domain.card import Card, CardKind, Line, Progress, Tone
from core.domain.generation import Image, OutputFormat, Size
from core.domain.ids import MessageId
from tests.fakes.discord_platform import DiscordPlatform, broken_transactions, open_discord
from tests.fakes.discord_server import Permission

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.domain.card import Picture
    from tests.fakes.discord_server.views import Shown

KEY = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA1")
OTHER = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA2")

HOOK = "PATCH /webhooks/*"
SEND = "POST /channels/{channel_id}/messages"
CHANGE = "PATCH /channels/{channel_id}/messages/{message_id}"
OPEN = "POST /channels/{channel_id}/messages/{message_id}/threads"
PREVIEW = Image(b"preview", OutputFormat.PNG, Size(16, 16))
PROGRESS = Progress("generating")


@pytest.fixture
async def discord(tmp_path: Path, specs_if_there: Path | None) -> AsyncIterator[DiscordPlatform]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite", specs_if_there) as platform:
        yield platform


def placeholder(wish: str = "a lighthouse") -> Card:
    """A turn that waits."""
    return Card(CardKind.PLACEHOLDER, wish, (Line(wish, Tone.TITLE), Line("Making it.", Tone.QUIET)))


def result(*pictures: Picture, caption: str = "v1") -> Card:
    """A turn that is over."""
    return Card(CardKind.RESULT, "v1", (Line("a lighthouse", Tone.TITLE),), pictures, caption=caption)


def notice(text: str) -> Card:
    """A few words."""
    return Card(CardKind.NOTICE, text, (Line(text),))


async def rooted(discord: DiscordPlatform) -> Posted:
    """A placeholder of the bot's own with its thread."""
    posted = await discord.surface.post(discord.at(), placeholder(), key=KEY)
    assert isinstance(posted, Posted), posted
    return posted


def in_channel(discord: DiscordPlatform) -> list[Shown]:
    """What Ada sees in the channel."""
    return discord.fake.channel_view(discord.studio.channel, discord.studio.ada)


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
    assert await discord.surface.find(discord.at(), key=KEY) == posted
    assert await discord.surface.post(discord.at(), placeholder(), key=KEY) == posted
    assert len(in_channel(discord)) == 1


async def test_an_answer_that_was_not_noted_is_found_again(discord: DiscordPlatform) -> None:
    """The interaction's own answer bears the mark as well; it may be much older than the try."""
    _, context = await discord.asked()
    discord.clock.advance(600)
    place = discord.at(context=context)
    posted = await discord.surface.post(place, placeholder(), key=KEY)
    await forget_that_it_stands(discord)
    discord.clock.advance(3600)
    assert await discord.surface.post(place, placeholder(), key=KEY) == posted
    assert len(in_channel(discord)) == 1


async def test_a_nonce_that_discord_knows_does_not_swallow_the_picture(discord: DiscordPlatform) -> None:
    """Where we may not read the channel the first try is known by its nonce alone, as it was then."""
    discord.fake.deny(discord.studio.channel, discord.studio.guild, Permission.READ_MESSAGE_HISTORY)
    await rooted(discord)
    await forget_that_it_stands(discord)
    made = result(await discord.picture(b"made"))
    assert isinstance(await discord.surface.post(discord.at(), made, key=KEY), Posted)
    (shown,) = in_channel(discord)
    assert [one.content for one in shown.pictures] == [b"made"]


async def test_a_kill_before_the_thread_is_mended_by_the_next_try(discord: DiscordPlatform) -> None:
    """The message stands, its thread does not: posting again only makes the thread."""
    discord.fake.faults.add(OPEN, "502", "502")
    posted = await rooted(discord)
    assert not in_channel(discord)[0].has_thread
    assert await discord.surface.post(discord.at(), placeholder(), key=KEY) == posted
    assert in_channel(discord)[0].has_thread


async def test_a_thread_that_was_made_but_not_noted_is_success(discord: DiscordPlatform) -> None:
    """Discord says that it exists; its first words are not said again."""
    discord.fake.faults.add(OPEN, "reset_after")
    posted = await rooted(discord)
    assert len(discord.fake.thread_view(int(posted.thread))) == 1
    kept = await discord.outlet.store.message(KEY)
    assert kept is not None
    await discord.outlet.store.opened(KEY, Opens.NOT_ASKED)
    await discord.surface.post(discord.at(), placeholder(), key=KEY)
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
    discord.fake.faults.add(HOOK, "10015", "10015", "10015")
    place = discord.at(context=context)
    assert isinstance(await discord.surface.post(place, placeholder(), key=KEY), Posted)
    assert [one.is_thinking for one in in_channel(discord)] == [False]


# --- broken connections ---


@pytest.mark.parametrize("fault", ["reset", "reset_after", "502", "503", "429:0.2", "429-global:0.2"])
async def test_a_post_that_breaks_off_stands_once(discord: DiscordPlatform, fault: str) -> None:
    """Whether Discord had it or not: the nonce makes the second try the first."""
    discord.fake.faults.add(SEND, fault)
    await rooted(discord)
    assert len(in_channel(discord)) == 1


@pytest.mark.parametrize("fault", ["reset", "reset_after", "502", "429:0.2"])
@pytest.mark.parametrize("route", [HOOK, CHANGE])
async def test_a_picture_that_breaks_off_is_sent_again(
    discord: DiscordPlatform, route: str, fault: str
) -> None:
    """A change is the same when it is made twice."""
    context = (await discord.asked())[1] if route == HOOK else ""
    place = discord.at(context=context)
    posted = await discord.surface.post(place, placeholder(), key=KEY)
    assert isinstance(posted, Posted)
    discord.fake.faults.add(route, fault)
    made = result(await discord.picture(b"x" * 200_000))
    assert await discord.surface.update(place, posted.message, made) is None
    assert len(in_channel(discord)[0].pictures) == 1


async def test_cloudflares_refusal_passes_and_nothing_is_asked_meanwhile(discord: DiscordPlatform) -> None:
    """A 429 without Discord's own words is a ban of the address: every call counts against us."""
    discord.fake.faults.add(SEND, "429-bare")
    fault = await discord.surface.post(discord.at(), placeholder(), key=KEY)
    assert isinstance(fault, SurfaceFault)
    assert fault.kind is SurfaceFaultKind.BUSY
    assert len(discord.fake.calls_to(SEND)) == 1
    discord.clock.advance(61)
    await rooted(discord)


async def test_a_follow_up_is_not_repeated_blindly(discord: DiscordPlatform) -> None:
    """It carries no nonce: nobody would know the second as the first."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    await discord.surface.post(place, placeholder(), key=OTHER)
    discord.fake.faults.add("POST /webhooks/*", "502", "502")
    ada = discord.actor(discord.studio.ada)
    fault = await discord.surface.post(place, notice("psst"), key=KEY, private_to=ada)
    assert isinstance(fault, SurfaceFault)
    assert fault.is_passing
    assert len(discord.fake.calls_to("POST /webhooks/{webhook_id}/{webhook_token}")) == 1


async def test_a_dead_bot_token_is_not_shown_to_discord_again(discord: DiscordPlatform) -> None:
    """Ten thousand refusals in ten minutes would ban the address."""
    discord.outlet.rest._token = "not.the.token"
    before = len(discord.fake.calls)
    for _ in range(3):
        fault = await discord.surface.post(discord.at(), placeholder(), key=KEY)
        assert isinstance(fault, SurfaceFault)
        assert fault.kind is SurfaceFaultKind.FORBIDDEN
    assert len(discord.fake.calls) == before + 1


async def test_our_own_storage_down_is_a_passing_fault(discord: DiscordPlatform) -> None:
    """Nothing is raised at the core."""
    posted = await rooted(discord)
    discord.outlet.store._transactions = broken_transactions()
    for fault in (
        await discord.surface.post(discord.at(), placeholder(), key=OTHER),
        await discord.surface.update(discord.at(), posted.message, placeholder()),
        await discord.surface.delete(discord.at(), posted.message),
    ):
        assert fault is not None
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing


# --- threads that change ---


async def test_an_archived_thread_is_woken_for_a_change(discord: DiscordPlatform) -> None:
    """Discord wakes a thread for a new message, but not for a changed or a deleted one."""
    root = await rooted(discord)
    inside = discord.at(root.thread)
    edit = await discord.surface.post(inside, placeholder("stormy"), key=OTHER)
    assert isinstance(edit, Posted)
    thread = discord.fake.world.channel(int(root.thread))
    discord.fake.archive(thread)
    assert await discord.surface.update(inside, edit.message, result(await discord.picture())) is None
    discord.fake.archive(thread)
    assert await discord.surface.delete(inside, edit.message) is None


async def test_a_locked_thread_says_that_we_may_not(discord: DiscordPlatform) -> None:
    """Moderators have closed it; nobody gets around that."""
    root = await rooted(discord)
    discord.fake.archive(discord.fake.world.channel(int(root.thread)), is_locked=True)
    fault = await discord.surface.post(discord.at(root.thread), placeholder(), key=OTHER)
    assert isinstance(fault, SurfaceFault)
    assert fault.kind is SurfaceFaultKind.FORBIDDEN


async def test_after_a_thread_was_deleted_answers_stand_beside_its_message(discord: DiscordPlatform) -> None:
    """No picture is lost with it."""
    root = await rooted(discord)
    discord.fake.remove_channel(discord.fake.world.channel(int(root.thread)))
    for number, key in enumerate((OTHER, MessageId("01JAAAAAAAAAAAAAAAAAAAAAA3")), 2):
        made = await discord.surface.post(discord.at(root.thread), notice(f"v{number}"), key=key)
        assert isinstance(made, Posted)
        assert made.thread == root.thread
    first, *answers = in_channel(discord)
    assert [one.text for one in answers] == ["v2", "v3"]
    assert all(one.replies_to == first.message.id for one in answers)


async def test_a_thread_of_which_nothing_is_noted_is_answered_beside_too(discord: DiscordPlatform) -> None:
    """As after the loss of our notes: the channel is known to the core."""
    root = await rooted(discord)
    discord.fake.remove_channel(discord.fake.world.channel(int(root.thread)))
    await discord.outlet.store.forget(KEY)
    made = await discord.surface.post(discord.at(root.thread), notice("v2"), key=OTHER)
    assert isinstance(made, Posted)
    assert [one.text for one in in_channel(discord)][1:] == ["v2"]


async def test_where_no_thread_may_be_made_pictures_stand_beside_each_other(discord: DiscordPlatform) -> None:
    """The permission is missing or there are too many: people can still reply."""
    discord.fake.deny(discord.studio.channel, discord.studio.guild, Permission.CREATE_PUBLIC_THREADS)
    root = await rooted(discord)
    edit = await discord.surface.post(discord.at(root.thread), placeholder("stormy"), key=OTHER)
    assert isinstance(edit, Posted)
    assert in_channel(discord)[1].replies_to == in_channel(discord)[0].message.id
    assert len(discord.fake.calls_to(OPEN)) == 1


@pytest.mark.parametrize("place", ["channel", "message"])
async def test_a_message_or_channel_that_is_gone_says_so(discord: DiscordPlatform, place: str) -> None:
    """The core decides what becomes of the picture then."""
    posted = await rooted(discord)
    if place == "channel":
        discord.fake.remove_channel(discord.studio.channel)
    else:
        discord.fake.delete(in_channel(discord)[0].message)
    fault = await discord.surface.update(discord.at(), posted.message, placeholder())
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.GONE


# --- permissions ---


async def test_what_is_missing_is_named_before_anything_is_spent(discord: DiscordPlatform) -> None:
    """The interaction says what we may do: no placeholder where no picture could follow."""
    allowed = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS
    _, context = await discord.asked(permissions=int(allowed))
    fault = await discord.surface.post(discord.at(context=context), placeholder(), key=KEY)
    assert isinstance(fault, SurfaceFault)
    assert (fault.kind, fault.missing) == (SurfaceFaultKind.FORBIDDEN, ("attach_files",))
    ada = discord.actor(discord.studio.ada)
    told = await discord.surface.post(
        discord.at(context=context), notice("Attach Files"), key=OTHER, private_to=ada
    )
    assert isinstance(told, Posted)
    assert [(one.text, one.is_private) for one in in_channel(discord)] == [("Attach Files", True)]


@pytest.mark.parametrize(
    ("denied", "card", "missing"),
    [
        (Permission.SEND_MESSAGES, placeholder(), "send_messages"),
        (Permission.VIEW_CHANNEL, placeholder(), "view_channel"),
        (Permission.ATTACH_FILES, None, "attach_files"),
    ],
)
async def test_a_permission_taken_away_is_named(
    discord: DiscordPlatform, denied: Permission, card: Card | None, missing: str
) -> None:
    """Discord names none; what was tried needs only one."""
    discord.fake.deny(discord.studio.channel, discord.studio.guild, denied)
    shown = card or result(await discord.picture())
    fault = await discord.surface.post(discord.at(), shown, key=KEY)
    assert isinstance(fault, SurfaceFault)
    assert (fault.kind, fault.missing) == (SurfaceFaultKind.FORBIDDEN, (missing,))


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
    await discord.outlet.store.shows(KEY, {picture.blob: "123"})
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
    assert "Making it." in shown.text
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
    posted = await discord.surface.post(place, notice("psst"), key=KEY, private_to=ada)
    assert isinstance(posted, Posted)
    discord.clock.advance(16 * 60)
    assert await discord.surface.delete(place, posted.message) is None
    assert await discord.surface.find(place, key=KEY) is None


async def test_where_the_bot_is_not_its_messages_go_by_the_token(discord: DiscordPlatform) -> None:
    """As they came."""
    elsewhere = discord.fake.world.add_guild("Elsewhere", has_bot=False)
    hall = discord.fake.world.add_channel(elsewhere, "hall")
    discord.fake.join(elsewhere, discord.studio.ada)
    _, context = await discord.asked(hall, room=Room.FOREIGN)
    place = discord.at_home(discord.studio.ada, context=context, channel=hall)
    posted = await discord.surface.post(place, placeholder(), key=KEY)
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
