"""Pictures on Slack: each goes up once and is shown once, whatever breaks on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.slack.memory import FileState, KeptFile
from core.app.ports import Posted, SurfaceFaultKind
from core.domain.ids import MessageId
from tests.adapters.slack.slack_pictures import deliver, placeholder, replies, result, root
from tests.fakes.slack_platform import SlackPlatform, open_slack
from tests.fakes.slack_server.things import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


KEY = MessageId("key-1")
CAT = b"\x89PNG a cat"
DOG = b"\x89PNG a dog"


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[SlackPlatform]:
    """Slack on a fresh database."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        yield platform


def count(platform: SlackPlatform, method: str) -> int:
    """How often that was called."""
    return len(platform.slack.calls_of(method))


# --- the common way -----------------------------------------------------------------------------------------


async def test_a_picture_costs_six_calls(platform: SlackPlatform) -> None:
    """Placeholder, address, bytes, completion, one look, result: the exact bytes, with their alt text."""
    platform.slack.switches.ready_after_s = 0.2
    message = await placeholder(platform)
    assert await deliver(platform, message, await platform.picture(CAT)) is None
    assert [call.method for call in platform.slack.calls] == [
        "chat.postMessage",
        "files.getUploadURLExternal",
        "(upload)",
        "files.completeUploadExternal",
        "files.info",
        "chat.update",
    ]
    (picture,) = root(platform).pictures
    assert (picture.content, picture.alt) == (CAT, "a cat")
    assert replies(platform) == []


async def test_a_message_can_be_posted_with_its_picture(platform: SlackPlatform) -> None:
    """A strip or a comparison is one message from the start."""
    posted = await platform.surface.post(platform.place, result(await platform.picture(CAT)), key=KEY)
    assert isinstance(posted, Posted)
    assert [one.content for one in root(platform).pictures] == [CAT]


async def test_showing_it_again_uploads_nothing(platform: SlackPlatform) -> None:
    """Repeating an update changes nothing and costs one call."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    for _ in range(3):
        assert await deliver(platform, message, picture) is None
    assert count(platform, "(upload)") == 1
    assert count(platform, "files.info") == 1
    assert [one.content for one in root(platform).pictures] == [CAT]


async def test_several_pictures_stand_in_one_message(platform: SlackPlatform) -> None:
    """Four candidates, each with its letter, in their order."""
    message = await placeholder(platform)
    pictures = [await platform.picture(CAT + letter.encode(), letter=letter) for letter in "abcd"]
    assert await deliver(platform, message, *pictures) is None
    assert [(one.title, one.content) for one in root(platform).pictures] == [
        (letter, CAT + letter.encode()) for letter in "abcd"
    ]
    assert replies(platform) == []


async def test_the_wish_stands_in_no_address(platform: SlackPlatform) -> None:
    """File names and alt texts travel in bodies: addresses end up in the logs of others."""
    message = await placeholder(platform)
    await deliver(platform, message, await platform.picture(CAT))
    (call,) = platform.slack.calls_of("files.getUploadURLExternal")
    assert call.verb == "POST"
    assert call.args["alt_txt"] == "a cat"
    assert {call.verb for call in platform.slack.calls} == {"POST"}


# --- not ready ----------------------------------------------------------------------------------------------


async def test_a_file_is_waited_for_with_growing_pauses(platform: SlackPlatform) -> None:
    """Slack takes three seconds to look at it: few questions are asked meanwhile."""
    platform.slack.switches.ready_after_s = 3.0
    message = await placeholder(platform)
    assert await deliver(platform, message, await platform.picture(CAT)) is None
    assert [one.content for one in root(platform).pictures] == [CAT]
    assert count(platform, "files.info") <= 5


async def test_a_picture_that_slack_calls_invalid_is_shown_a_little_later(platform: SlackPlatform) -> None:
    """Slack may call a file ready and not show it yet: the message is sent again, nothing goes up again."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    await deliver(platform, message, picture)
    (file,) = platform.slack.world.files.values()
    file.ready_at = platform.slack.world.now() + 2
    assert await deliver(platform, message, picture) is None
    assert [one.content for one in root(platform).pictures] == [CAT]
    assert count(platform, "(upload)") == 1
    assert count(platform, "chat.update") > 2


# --- broken on the way --------------------------------------------------------------------------------------


async def test_a_408_that_hides_a_success_repeats_nothing(platform: SlackPlatform) -> None:
    """The bytes arrived although the answer says otherwise: Slack is asked, and they go up once."""
    platform.slack.switches.upload_answers.append(408)
    message = await placeholder(platform)
    assert await deliver(platform, message, await platform.picture(CAT)) is None
    assert count(platform, "(upload)") == 1
    assert [one.content for one in root(platform).pictures] == [CAT]


@pytest.mark.parametrize("method", ["files.completeUploadExternal", "files.getUploadURLExternal"])
async def test_a_lost_answer_repeats_no_upload(platform: SlackPlatform, method: str) -> None:
    """Whether the completion counted is asked of the file itself."""
    message = await placeholder(platform)
    platform.lose_answer_of(method)
    assert await deliver(platform, message, await platform.picture(CAT)) is None
    assert count(platform, "(upload)") == 1
    assert [one.content for one in root(platform).pictures] == [CAT]


@pytest.mark.parametrize("fault", ["503", "internal_error"])
@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal", "files.info", "chat.update"]
)
async def test_trouble_at_any_step_passes_and_the_next_try_goes_on(
    platform: SlackPlatform, method: str, fault: str
) -> None:
    """Slack fails in the middle: the core hears that it may pass, and in the end there is one picture."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    platform.slack.fail(method, fault, fault, fault)
    for _ in range(5):
        told = await deliver(platform, message, picture)
        if told is None:
            break
        assert told.is_passing
    assert [one.content for one in root(platform).pictures] == [CAT]
    assert replies(platform) == []
    shown = [one for one in platform.slack.world.files.values() if one.stage is Stage.COMPLETE]
    assert len(shown) == 1


@pytest.mark.parametrize("method", ["files.completeUploadExternal", "files.info", "chat.update"])
async def test_dying_before_any_step_leaves_one_picture(platform: SlackPlatform, method: str) -> None:
    """The process is gone before that call; the next one goes on with the file that is there."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    dies_at(platform, method)
    with pytest.raises(Killed):
        await deliver(platform, message, picture)
    assert await deliver(platform, message, picture) is None
    assert count(platform, "(upload)") == 1
    assert [one.content for one in root(platform).pictures] == [CAT]


async def test_dying_between_the_upload_and_the_post_leaves_one_message(platform: SlackPlatform) -> None:
    """A message that is posted with its picture: the picture is up, the message is not."""
    card = result(await platform.picture(CAT))
    dies_at(platform, "chat.postMessage")
    with pytest.raises(Killed):
        await platform.surface.post(platform.place, card, key=KEY)
    assert isinstance(await platform.surface.post(platform.place, card, key=KEY), Posted)
    assert count(platform, "(upload)") == 1
    assert [one.content for one in root(platform).pictures] == [CAT]


async def test_dying_after_the_share_shares_nothing_again(platform: SlackPlatform) -> None:
    """The file stands in the thread, and that it does was not written down: Slack is asked."""
    platform.slack.switches.ready_after_s = None
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    await deliver(platform, message, picture)
    store, workspace = platform.outlet.store, platform.workspace
    file = await store.file(workspace, KEY, picture.blob)
    assert file is not None
    await store.keep_file(workspace, KEY, picture.blob, KeptFile(file.file_id, FileState.SHARING))
    assert await deliver(platform, message, picture) is None
    platform.clock.advance(1)
    assert len(replies(platform)) == 1


async def test_an_id_whose_bytes_never_went_up_is_given_up(platform: SlackPlatform) -> None:
    """The process died between the id and the bytes: another file takes its place."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    await platform.outlet.store.keep_file(
        platform.workspace, KEY, picture.blob, KeptFile("F99999999", FileState.RESERVED)
    )
    assert await deliver(platform, message, picture) is None
    assert [one.content for one in root(platform).pictures] == [CAT]


# --- refused for good ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fact", "value"), [("is_full", True), ("has_uploads", False)])
async def test_no_room_for_files_is_no_passing_fault(
    platform: SlackPlatform, fact: str, value: object
) -> None:
    """A full workspace, or one without uploads, is told to the core, which tells the person."""
    message = await placeholder(platform)
    setattr(platform.team, fact, value)
    fault = await deliver(platform, message, await platform.picture(CAT))
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.FORBIDDEN


async def test_a_channel_that_was_archived_meanwhile_takes_no_picture(platform: SlackPlatform) -> None:
    """Between placeholder and result somebody archived it: that does not pass by waiting."""
    message = await placeholder(platform)
    platform.here.is_archived = True
    fault = await deliver(platform, message, await platform.picture(CAT))
    assert fault is not None
    assert not fault.is_passing


async def test_a_blob_that_is_gone_is_our_own_trouble(platform: SlackPlatform) -> None:
    """Without the bytes nothing is shown, and nothing is raised."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    platform.blobs.kept.clear()
    fault = await deliver(platform, message, picture)
    assert fault is not None
    assert fault.is_passing


# --- going away ---------------------------------------------------------------------------------------------


async def test_deleting_a_message_deletes_its_files(platform: SlackPlatform) -> None:
    """Slack keeps an uploaded file when its message goes: whoever forgets a picture wants both gone."""
    message = await placeholder(platform)
    await deliver(platform, message, await platform.picture(CAT), await platform.picture(DOG))
    for _ in range(2):
        assert await platform.surface.delete(platform.place, message) is None
    assert platform.slack.channel_view(platform.here.id) == []
    assert {one.stage for one in platform.slack.world.files.values()} == {Stage.DELETED}
    assert await platform.outlet.store.files_of(platform.workspace, KEY) == []


async def test_a_file_that_is_gone_already_stops_no_deletion(platform: SlackPlatform) -> None:
    """Somebody deleted the file by hand: the message goes all the same."""
    message = await placeholder(platform)
    await deliver(platform, message, await platform.picture(CAT))
    (file,) = platform.slack.world.files.values()
    file.stage = Stage.DELETED
    assert await platform.surface.delete(platform.place, message) is None
    assert platform.slack.channel_view(platform.here.id) == []


async def test_trouble_while_deleting_is_told_and_the_rest_follows(platform: SlackPlatform) -> None:
    """Slack has no answer for the first file: nothing is forgotten here until all of it is gone there."""
    message = await placeholder(platform)
    await deliver(platform, message, await platform.picture(CAT), await platform.picture(DOG))
    platform.slack.fail("files.delete", "503")
    fault = await platform.surface.delete(platform.place, message)
    assert fault is not None
    assert fault.is_passing
    assert await platform.surface.delete(platform.place, message) is None
    assert {one.stage for one in platform.slack.world.files.values()} == {Stage.DELETED}


async def test_what_a_workspace_had_is_forgotten_with_it(platform: SlackPlatform) -> None:
    """An app that was taken away keeps no list of what it showed there."""
    message = await placeholder(platform)
    await deliver(platform, message, await platform.picture(CAT))
    await platform.outlet.store.forget_workspace(platform.workspace)
    assert await platform.outlet.store.message(KEY) is None
    assert await platform.outlet.store.files_of(platform.workspace, KEY) == []


# --- how a process dies -------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone: nothing catches this."""


def dies_at(platform: SlackPlatform, method: str) -> None:
    """The next call of that method is never made."""
    api = platform.outlet.api
    really = api._once

    async def once(workspace: object, called: str, arguments: object) -> object:
        if called == method:
            api._once = really  # type: ignore[method-assign]  # the next process lives
            raise Killed
        return await really(workspace, called, arguments)  # type: ignore[arg-type]  # passed on

    api._once = once  # type: ignore[assignment,method-assign]  # where the process dies
