"""Pictures that a message cannot show itself: they stand beside it as files, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.slack.uploads import READY_WITHIN_S
from core.app.ports import Posted
from core.domain.card import CardKind
from core.domain.generation import OutputFormat
from core.domain.ids import MessageId
from tests.adapters.slack.slack_messages import fault_of, post
from tests.adapters.slack.slack_pictures import deliver, placeholder, replies, result, root
from tests.fakes.slack_platform import SlackPlatform, open_slack
from tests.fakes.slack_server.things import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CAT = b"\x89PNG a cat"


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[SlackPlatform]:
    """Slack on a fresh database."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        yield platform


async def test_a_file_that_never_gets_ready_stands_in_the_thread(platform: SlackPlatform) -> None:
    """After fifteen seconds the picture is shared as a file, once, and the message does without."""
    platform.slack.switches.ready_after_s = None
    began = platform.clock.now()
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    assert await deliver(platform, message, picture) is None
    assert (platform.clock.now() - began).total_seconds() < READY_WITHIN_S * 2
    platform.clock.advance(1)
    for _ in range(3):
        assert await deliver(platform, message, picture) is None
    platform.clock.advance(1)
    assert [one.content for reply in replies(platform) for one in reply.shared] == [CAT]
    assert root(platform).pictures == ()
    assert root(platform).button("Edit…").value == "v1:edit:v1"


async def test_a_picture_that_is_never_shown_is_shared(platform: SlackPlatform) -> None:
    """The file calls itself ready and the message is refused to the end: the same way out."""
    message = await placeholder(platform)
    picture = await platform.picture(CAT)
    await deliver(platform, message, picture)
    (file,) = platform.slack.world.files.values()
    file.ready_at = None
    assert await deliver(platform, message, picture) is None
    platform.clock.advance(1)
    assert [one.content for reply in replies(platform) for one in reply.shared] == [CAT]
    assert root(platform).pictures == ()


async def test_a_webp_is_a_file_to_download(platform: SlackPlatform) -> None:
    """Slack shows no webp: the unchanged original stands in the thread as a file."""
    original = await platform.picture(b"RIFF webp", OutputFormat.WEBP)
    card = replace(result(original), kind=CardKind.SHEET, text="The original")
    message = await placeholder(platform)
    place = platform.at(platform.here, message.split(":")[1])
    assert isinstance(await platform.surface.post(place, card, key=MessageId("key-2")), Posted)
    platform.clock.advance(1)
    assert [one.content for reply in replies(platform) for one in reply.shared] == [b"RIFF webp"]


async def test_a_post_is_not_done_before_its_file_stands_beside_it(platform: SlackPlatform) -> None:
    """Slack failed between the message and the file: the next try finds the message, and shares the file."""
    original = await platform.picture(b"RIFF webp", OutputFormat.WEBP)
    platform.slack.fail("files.completeUploadExternal", "internal_error")
    fault = await fault_of(platform, platform.place, result(original))
    assert fault.is_passing
    assert replies(platform) == []
    for _ in range(2):
        await post(platform, result(original))
        platform.clock.advance(1)
        assert [one.content for reply in replies(platform) for one in reply.shared] == [b"RIFF webp"]


@pytest.mark.parametrize("is_shown_first", [True, False])
async def test_deleting_a_message_leaves_no_file_that_nobody_sees(
    platform: SlackPlatform, *, is_shown_first: bool
) -> None:
    """A picture that stands beside its message was uploaded twice: both go."""
    message, picture = await placeholder(platform), await platform.picture(CAT)
    if is_shown_first:
        await deliver(platform, message, picture)
        (file,) = platform.slack.world.files.values()
        file.ready_at = None
    platform.slack.switches.ready_after_s = None
    assert await deliver(platform, message, picture) is None
    platform.clock.advance(1)
    assert [one.content for reply in replies(platform) for one in reply.shared] == [CAT]
    assert await platform.surface.delete(platform.place, message) is None
    assert {one.stage for one in platform.slack.world.files.values()} == {Stage.DELETED}
