"""Messages on Discord: each once, with its exact bytes, whatever breaks on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.discord.context import Original, Room
from adapters.discord.showing import MIB
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind
from core.domain.card import Act, Button, Card, CardKind, Line, Picture, Tone
from core.domain.ids import MessageId
from tests.fakes.discord_platform import DiscordPlatform, open_discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.app.ports import Place
    from tests.fakes.discord_server.views import Shown

FIRST = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA1")
SECOND = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA2")
THIRD = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA3")

HOOK = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
SEND = "POST /channels/{channel_id}/messages"
CHANGE = "PATCH /channels/{channel_id}/messages/{message_id}"
OPEN = "POST /channels/{channel_id}/messages/{message_id}/threads"


@pytest.fixture
async def discord(tmp_path: Path, specs_if_there: Path | None) -> AsyncIterator[DiscordPlatform]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite", specs_if_there) as platform:
        yield platform


def placeholder(wish: str = "a lighthouse") -> Card:
    """A turn that waits."""
    lines = (Line(wish, Tone.TITLE), Line("Next in line.", Tone.QUIET))
    cancel = Button(Act.CANCEL, "Cancel", "t1")
    return Card(CardKind.PLACEHOLDER, f"Ada: {wish}", lines, buttons=(cancel,), caption="about $0.05")


def result(*pictures: Picture, wish: str = "a lighthouse", caption: str = "v1 · 12 s") -> Card:
    """A turn that is over."""
    edit = Button(Act.EDIT, "Edit…", "v1")
    return Card(CardKind.RESULT, f"v1: {wish}", (Line(wish, Tone.TITLE),), pictures, (edit,), caption=caption)


def notice(text: str) -> Card:
    """A few words."""
    return Card(CardKind.NOTICE, text, (Line(text),))


async def post(
    discord: DiscordPlatform, place: Place, card: Card, key: MessageId = FIRST, *, to_ada: bool = False
) -> Posted:
    """A message that stands."""
    private_to = discord.actor(discord.studio.ada) if to_ada else None
    posted = await discord.surface.post(place, card, key=key, private_to=private_to)
    assert isinstance(posted, Posted), posted
    return posted


async def fault_of(discord: DiscordPlatform, place: Place, card: Card, **how: object) -> SurfaceFault:
    """What a post was refused with."""
    fault = await discord.surface.post(place, card, key=FIRST, **how)  # type: ignore[arg-type]  # private_to
    assert isinstance(fault, SurfaceFault), fault
    return fault


def in_channel(discord: DiscordPlatform) -> list[Shown]:
    """What Ada sees in the channel."""
    return discord.fake.channel_view(discord.studio.channel, discord.studio.ada)


def in_thread(discord: DiscordPlatform, posted: Posted) -> list[Shown]:
    """What Ada sees in the thread."""
    return discord.fake.thread_view(int(posted.thread), discord.studio.ada)


async def a_thread(discord: DiscordPlatform) -> tuple[Posted, str]:
    """A placeholder with its thread, asked for by a command; and the context of that."""
    _, context = await discord.asked()
    return await post(discord, discord.at(context=context), placeholder()), context


# --- the road ---


async def test_from_a_command_to_a_picture_a_thread_and_edits(discord: DiscordPlatform) -> None:
    """The deferred answer becomes the picture, the thread hangs on it, edits follow within it."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    root = await post(discord, place, placeholder())
    first = await discord.picture(b"first")
    assert await discord.surface.update(place, root.message, result(first)) is None
    for number, key in enumerate((SECOND, THIRD), 2):
        inside = discord.at(root.thread)
        edit = await post(discord, inside, placeholder("stormy"), key)
        assert edit.thread == root.thread
        made = result(await discord.picture(f"edit {number}".encode()), wish="stormy")
        assert await discord.surface.update(inside, edit.message, made) is None
    (shown,) = in_channel(discord)
    assert [one.content for one in shown.pictures] == [b"first"]
    assert (shown.is_thinking, shown.has_thread) == (False, True)
    thread = discord.fake.thread_of(shown.message)
    assert thread.name == "a lighthouse"
    hint, *edits = in_thread(discord, root)
    assert (hint.text, hint.pictures) == ("-# Reply to this message to change the picture.", ())
    assert hint.message.interaction is None
    assert [[one.content for one in edit.pictures] for edit in edits] == [[b"edit 2"], [b"edit 3"]]
    assert discord.fake.pings == []


async def test_a_message_posted_again_is_the_same_message(discord: DiscordPlatform) -> None:
    """Also its thread and the words in it are made once."""
    _, context = await discord.asked()
    place = discord.at(context=context)
    posted = await post(discord, place, placeholder())
    assert await post(discord, place, placeholder()) == posted
    assert len(in_channel(discord)) == len(in_thread(discord, posted)) == 1


async def test_without_an_interaction_the_bot_posts_itself(discord: DiscordPlatform) -> None:
    """A mention is answered in the channel, with a thread of its own, by a message that carries a nonce."""
    posted = await post(discord, discord.at(), placeholder())
    (shown,) = in_channel(discord)
    assert shown.has_thread
    assert shown.message.nonce is not None
    assert len(in_thread(discord, posted)) == 1


async def test_one_interaction_is_filled_by_one_message(discord: DiscordPlatform) -> None:
    """A second message of the same wish stands beside it."""
    _, context = await discord.asked()
    await post(discord, discord.at(context=context), placeholder())
    await post(discord, discord.at(context=context), placeholder("another"), SECOND)
    assert [one.text.split("\n")[0] for one in in_channel(discord)] == ["> a lighthouse", "> another"]


async def test_a_pressed_button_leaves_its_message_alone(discord: DiscordPlatform) -> None:
    """The answer to a press is a message of its own in the thread."""
    root, context = await a_thread(discord)
    place = discord.at(context=context)
    await discord.surface.update(place, root.message, result(await discord.picture()))
    _, pressed = await discord.pressed(in_channel(discord)[0], "Edit…", room=Room.CHANNEL)
    await post(discord, discord.at(root.thread, context=pressed), placeholder("greener"), SECOND)
    assert in_channel(discord)[0].text.startswith("> a lighthouse")
    assert in_thread(discord, root)[1].text.startswith("> greener")


async def test_a_thinking_message_elsewhere_does_not_stay(discord: DiscordPlatform) -> None:
    """Whoever asks in the channel for an edit that stands in a thread sees no endless thinking."""
    root, _ = await a_thread(discord)
    _, context = await discord.asked()
    await post(discord, discord.at(root.thread, context=context), placeholder("greener"), SECOND)
    assert not any(one.is_thinking for one in in_channel(discord))
    assert len(in_thread(discord, root)) == 2


async def test_in_a_thread_of_others_no_thread_is_made(discord: DiscordPlatform) -> None:
    """The pictures stand in it, each edit as a reply to the first."""
    theirs = discord.fake.open_thread(discord.studio.channel, discord.studio.ada)
    _, context = await discord.asked(theirs, room=Room.THREAD)
    place = discord.at(context=context, channel=theirs)
    root = await post(discord, place, placeholder())
    edit = await post(discord, discord.at(root.thread, context=context, channel=theirs), notice("v2"), SECOND)
    assert edit.thread == root.thread
    *_, first, second = discord.fake.thread_view(theirs, discord.studio.ada)
    assert second.replies_to == first.message.id
    assert discord.fake.calls_to(OPEN) == []


async def test_what_people_write_pings_nobody(discord: DiscordPlatform) -> None:
    """Mentions of everybody, of a role or a person are shown as typed."""
    wish = f"@everyone <@{discord.studio.ben.id}> <@&{discord.studio.guild.id}>"
    root, context = await a_thread(discord)
    place = discord.at(context=context)
    await discord.surface.update(place, root.message, result(await discord.picture(), wish=wish))
    await post(discord, discord.at(root.thread), placeholder(wish), SECOND)
    assert discord.fake.pings == []


# --- the token's end ---


@pytest.mark.parametrize(
    ("after_s", "way"), [(14 * 60 + 25, HOOK), (14 * 60 + 59, CHANGE), (15 * 60 + 1, CHANGE)]
)
async def test_the_picture_comes_also_after_the_tokens_end(
    discord: DiscordPlatform, after_s: float, way: str
) -> None:
    """By the token while there is time for an upload, by the bot from then on; the same message."""
    root, context = await a_thread(discord)
    discord.clock.advance(after_s)
    made = result(await discord.picture(b"late"))
    assert await discord.surface.update(discord.at(context=context), root.message, made) is None
    assert [one.content for one in in_channel(discord)[0].pictures] == [b"late"]
    assert discord.fake.calls[-1].name == way
    assert all(call.status < 400 for call in discord.fake.calls)


@pytest.mark.parametrize("code", ["50027", "10015", "10062"])
async def test_a_token_that_ends_early_is_no_obstacle(discord: DiscordPlatform, code: str) -> None:
    """Whatever Discord says of it, posting and changing go on by the bot."""
    _, context = await discord.asked()
    discord.fake.faults.add(HOOK.replace("{message_id}", "*"), code)
    discord.fake.faults.add("PATCH /webhooks/*", code, code)
    place = discord.at(context=context)
    root = await post(discord, place, placeholder())
    assert await discord.surface.update(place, root.message, result(await discord.picture(b"x"))) is None
    assert [one.content for one in in_channel(discord)[-1].pictures] == [b"x"]


async def test_an_answer_that_somebody_took_away_is_posted_by_the_bot(discord: DiscordPlatform) -> None:
    """The thinking message can be dismissed before it is filled."""
    asked, context = await discord.asked()
    assert asked.original is not None
    discord.fake.delete(asked.original)
    await post(discord, discord.at(context=context), placeholder())
    assert len(in_channel(discord)) == 1


# --- to one person ---


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
    assert len(discord.fake.calls) == before


# --- too large ---


async def test_what_a_place_does_not_take_is_refused_before_a_byte_is_sent(discord: DiscordPlatform) -> None:
    """With the size that would do: ten mebibytes where nothing else is known."""
    picture = replace(await discord.picture(), size_bytes=11 * MIB)
    before = len(discord.fake.calls)
    fault = await fault_of(discord, discord.at(), result(picture))
    assert (fault.kind, fault.limit_bytes) == (SurfaceFaultKind.TOO_LARGE, 10 * MIB)
    assert len(discord.fake.calls) == before


async def test_a_boosted_server_takes_more(discord: DiscordPlatform) -> None:
    """As its interaction said."""
    discord.studio.guild.tier = 2
    _, context = await discord.asked()
    picture = await discord.picture(b"x" * (11 * MIB))
    await post(discord, discord.at(context=context), result(picture))
    assert len(in_channel(discord)[0].pictures[0].content) == 11 * MIB


async def test_a_limit_that_was_told_too_high_is_corrected_and_remembered(discord: DiscordPlatform) -> None:
    """Discord told fifty mebibytes and refuses eleven: the next try is ten, and so is every later one."""
    discord.studio.guild.tier = 2
    discord.fake.switches.real_file_limit = 10 * MIB
    _, context = await discord.asked()
    picture = await discord.picture(b"x" * (11 * MIB))
    fault = await fault_of(discord, discord.at(context=context), result(picture))
    assert (fault.kind, fault.limit_bytes) == (SurfaceFaultKind.TOO_LARGE, 10 * MIB)
    before = len(discord.fake.calls)
    again = await fault_of(discord, discord.at(context=context), result(picture))
    assert again.limit_bytes == 10 * MIB
    assert len(discord.fake.calls) == before


async def test_several_pictures_share_the_size_of_a_request(discord: DiscordPlatform) -> None:
    """Each may have its part: together they stay below Discord's 25 mebibytes."""
    pictures = [replace(await discord.picture(letter=one), size_bytes=9 * MIB) for one in "abcd"]
    fault = await fault_of(discord, discord.at(), result(*pictures))
    assert fault.limit_bytes is not None
    assert fault.limit_bytes > 6 * MIB
    assert 4 * fault.limit_bytes < 25 * MIB
