"""Finished pictures that tests show on Slack, and where they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.ports import Posted
from core.domain.card import Act, Button, Card, CardKind, Line, Tone
from tests.adapters.slack.slack_messages import KEY

if TYPE_CHECKING:
    from core.app.ports import SurfaceFault
    from core.domain.card import Picture
    from core.domain.ids import MessageRef
    from tests.fakes.slack_platform import SlackPlatform
    from tests.fakes.slack_server.seen import Seen


def result(*pictures: Picture) -> Card:
    """A finished turn with those pictures."""
    buttons = (Button(Act.EDIT, "Edit…", "v1"),)
    return Card(CardKind.RESULT, "v1: a cat", (Line("a cat", Tone.TITLE),), pictures, buttons, "v1", 1)


async def placeholder(platform: SlackPlatform) -> MessageRef:
    """Our message that stands where the picture will be."""
    card = Card(CardKind.PLACEHOLDER, "a cat", (Line("a cat", Tone.TITLE),))
    posted = await platform.surface.post(platform.place, card, key=KEY)
    assert isinstance(posted, Posted), posted
    return posted.message


async def deliver(platform: SlackPlatform, message: MessageRef, *pictures: Picture) -> SurfaceFault | None:
    """Make the placeholder show the pictures."""
    return await platform.surface.update(platform.place, message, result(*pictures))


def root(platform: SlackPlatform) -> Seen:
    """The message in the channel."""
    (seen,) = platform.slack.channel_view(platform.here.id)
    return seen


def replies(platform: SlackPlatform) -> list[Seen]:
    """What stands in its thread."""
    return platform.slack.thread_view(platform.here.id, root(platform).ts)[1:]
