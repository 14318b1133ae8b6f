"""Messages on Discord: each once, with its exact bytes, whatever breaks on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.discord.context import Room
from adapters.discord.showing import BELIEVED_S, MIB
from core.app.ports import SurfaceFaultKind
from core.domain.ids import Letter
from tests.adapters.discord.discord_shown import (
    CHANGE,
    HOOK,
    OPEN,
    SECOND,
    SEND,
    THIRD,
    a_thread,
    fault_of,
    in_channel,
    in_thread,
    notice,
    placeholder,
    post,
    result,
)

if TYPE_CHECKING:
    from tests.fakes.discord_platform import DiscordPlatform


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


async def test_the_same_picture_twice_is_shown_twice(discord: DiscordPlatform) -> None:
    """Both were paid for and have a letter each; a new caption sends neither anew."""
    same = await discord.picture(b"same")
    pair = [replace(same, letter=Letter(one), file_name=f"inkthread-v1{one}.png") for one in "ab"]
    posted = await post(discord, discord.at(), result(*pair))
    assert await discord.surface.update(discord.at(), posted.message, result(*pair, caption="v1")) is None
    (shown,) = in_channel(discord)
    assert [one.content for one in shown.pictures] == [b"same", b"same"]
    assert len(shown.message.files) == 2
    assert discord.fake.calls_to(CHANGE)[-1].files == ()


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


async def test_what_was_learnt_of_a_limit_fades(discord: DiscordPlatform) -> None:
    """After a day the server is believed again, and at once when Discord tells another limit (boosts)."""
    discord.studio.guild.tier = 2
    discord.fake.switches.real_file_limit = 10 * MIB
    _, context = await discord.asked()
    picture = await discord.picture(b"x" * (11 * MIB))
    await fault_of(discord, discord.at(context=context), result(picture))
    discord.fake.switches.real_file_limit = None
    discord.studio.guild.tier = 3
    _, boosted = await discord.asked()
    await post(discord, discord.at(context=boosted), result(picture), SECOND)
    discord.studio.guild.tier = 2
    discord.clock.advance(BELIEVED_S)
    _, context = await discord.asked()
    await post(discord, discord.at(context=context), result(picture), THIRD)


async def test_a_proxy_that_takes_less_says_nothing_of_the_server(discord: DiscordPlatform) -> None:
    """Its page has the same status: this picture comes smaller, and the next is tried as it is."""
    discord.fake.faults.add(SEND, "413")
    picture = await discord.picture(b"x" * (9 * MIB))
    fault = await fault_of(discord, discord.at(), result(picture))
    assert (fault.kind, fault.limit_bytes) == (SurfaceFaultKind.TOO_LARGE, 8 * MIB)
    await post(discord, discord.at(), result(picture))
    assert len(in_channel(discord)[0].pictures[0].content) == 9 * MIB


async def test_several_pictures_share_the_size_of_a_request(discord: DiscordPlatform) -> None:
    """Each may have its part: together they stay below Discord's 25 mebibytes."""
    pictures = [replace(await discord.picture(letter=one), size_bytes=9 * MIB) for one in "abcd"]
    fault = await fault_of(discord, discord.at(), result(*pictures))
    assert fault.limit_bytes is not None
    assert fault.limit_bytes > 6 * MIB
    assert 4 * fault.limit_bytes < 25 * MIB
