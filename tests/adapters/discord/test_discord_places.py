"""Discord's places that change or do not let us in: woken, answered beside, or named to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind
from core.app.wording import sentence
from tests.adapters.discord.discord_shown import (
    FIRST,
    OPEN,
    SECOND,
    THIRD,
    in_channel,
    notice,
    placeholder,
    result,
    rooted,
)
from tests.fakes.discord_server import Permission

if TYPE_CHECKING:
    from core.domain.card import Card
    from tests.fakes.discord_platform import DiscordPlatform


async def test_an_archived_thread_is_woken_for_a_change(discord: DiscordPlatform) -> None:
    """Discord wakes a thread for a new message, but not for a changed or a deleted one."""
    root = await rooted(discord)
    inside = discord.at(root.thread)
    edit = await discord.surface.post(inside, placeholder("stormy"), key=SECOND)
    assert isinstance(edit, Posted)
    thread = discord.fake.world.channel(int(root.thread))
    discord.fake.archive(thread)
    assert await discord.surface.update(inside, edit.message, result(await discord.picture())) is None
    discord.fake.archive(thread)
    assert await discord.surface.delete(inside, edit.message) is None


@pytest.mark.parametrize("is_asleep", [False, True])
async def test_a_thread_is_not_called_by_words_that_are_forgotten(
    discord: DiscordPlatform,
    is_asleep: bool,  # noqa: FBT001 - pytest's
) -> None:
    """It outlives the message that it was made from, whose wish it is called by; others go on in it."""
    root = await rooted(discord)
    thread = discord.fake.world.channel(int(root.thread))
    edit = await discord.surface.post(discord.at(root.thread), placeholder("stormy"), key=SECOND)
    assert isinstance(edit, Posted)
    assert thread.name == "a lighthouse"
    if is_asleep:
        discord.fake.archive(thread)
    assert await discord.surface.delete(discord.at(root.thread), edit.message) is None
    assert thread.name == "a lighthouse", "only the message that it began with is its wish"
    assert await discord.surface.delete(discord.at(), root.message) is None
    assert thread.name == sentence("forgotten", "en")
    assert await discord.surface.delete(discord.at(), root.message) is None


async def test_a_locked_thread_keeps_its_name_and_loses_its_message(discord: DiscordPlatform) -> None:
    """Only moderators may change it then; that is no reason to let the picture stand."""
    root = await rooted(discord)
    thread = discord.fake.world.channel(int(root.thread))
    discord.fake.archive(thread, is_locked=True)
    assert await discord.surface.delete(discord.at(), root.message) is None
    assert in_channel(discord) == []


async def test_a_thread_that_cannot_be_renamed_just_now_is_tried_again(discord: DiscordPlatform) -> None:
    """The message goes at once; it is not thought to be done."""
    root = await rooted(discord)
    for _ in range(10):
        discord.fake.faults.add("PATCH /channels/{channel_id}", "503")
    fault = await discord.surface.delete(discord.at(), root.message)
    assert fault is not None
    assert fault.is_passing
    assert in_channel(discord) == []
    discord.fake.faults.clear()
    assert await discord.surface.delete(discord.at(), root.message) is None
    assert discord.fake.world.channel(int(root.thread)).name == sentence("forgotten", "en")


async def test_a_locked_thread_says_that_we_may_not(discord: DiscordPlatform) -> None:
    """Moderators have closed it; nobody gets around that."""
    root = await rooted(discord)
    discord.fake.archive(discord.fake.world.channel(int(root.thread)), is_locked=True)
    fault = await discord.surface.post(discord.at(root.thread), placeholder(), key=SECOND)
    assert isinstance(fault, SurfaceFault)
    assert fault.kind is SurfaceFaultKind.FORBIDDEN


async def test_after_a_thread_was_deleted_answers_stand_beside_its_message(discord: DiscordPlatform) -> None:
    """No picture is lost with it."""
    root = await rooted(discord)
    discord.fake.remove_channel(discord.fake.world.channel(int(root.thread)))
    for number, key in enumerate((SECOND, THIRD), 2):
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
    await discord.outlet.store.is_gone(FIRST)
    made = await discord.surface.post(discord.at(root.thread), notice("v2"), key=SECOND)
    assert isinstance(made, Posted)
    assert [one.text for one in in_channel(discord)][1:] == ["v2"]


async def test_where_no_thread_may_be_made_pictures_stand_beside_each_other(discord: DiscordPlatform) -> None:
    """The permission is missing or there are too many: people can still reply."""
    discord.fake.deny(discord.studio.channel, discord.studio.guild, Permission.CREATE_PUBLIC_THREADS)
    root = await rooted(discord)
    edit = await discord.surface.post(discord.at(root.thread), placeholder("stormy"), key=SECOND)
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
    fault = await discord.surface.post(discord.at(context=context), placeholder(), key=FIRST)
    assert isinstance(fault, SurfaceFault)
    assert (fault.kind, fault.missing) == (SurfaceFaultKind.FORBIDDEN, ("attach_files",))
    ada = discord.actor(discord.studio.ada)
    told = await discord.surface.post(
        discord.at(context=context), notice("Attach Files"), key=SECOND, private_to=ada
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
    fault = await discord.surface.post(discord.at(), shown, key=FIRST)
    assert isinstance(fault, SurfaceFault)
    assert (fault.kind, fault.missing) == (SurfaceFaultKind.FORBIDDEN, (missing,))
