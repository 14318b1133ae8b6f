"""Messages that tests post on Slack, and how they post them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.ports import Posted, SurfaceFault
from core.domain.card import Act, Button, Card, CardKind, Line, Progress, Tone
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from core.app.ports import Place
    from core.domain.ids import ActorId
    from tests.fakes.slack_platform import SlackPlatform

KEY = MessageId("key-1")
NOTICE = Card(CardKind.NOTICE, "notice", (Line("notice"),))
PLACEHOLDER = Card(
    CardKind.PLACEHOLDER,
    "Ada: a cat",
    (Line("a cat", Tone.TITLE), Line("In the queue: 1 picture goes first.", Tone.QUIET)),
    buttons=(Button(Act.CANCEL, "Cancel", "t1"),),
    progress=Progress("queued"),
)
GENERATING = replace(
    PLACEHOLDER,
    lines=(Line("a cat", Tone.TITLE), Line("Making the picture…", Tone.QUIET)),
    progress=Progress("generating"),
)
RESULT = Card(CardKind.RESULT, "v1: a cat", (Line("a cat", Tone.TITLE),), caption="v1")


async def post(
    platform: SlackPlatform,
    card: Card = NOTICE,
    *,
    place: Place | None = None,
    key: str = KEY,
    to: ActorId | None = None,
) -> Posted:
    """A message that stands."""
    posted = await platform.surface.post(place or platform.place, card, key=MessageId(key), private_to=to)
    assert isinstance(posted, Posted), posted
    return posted


async def fault_of(platform: SlackPlatform, place: Place, card: Card = NOTICE) -> SurfaceFault:
    """Why a message cannot be posted there."""
    posted = await platform.surface.post(place, card, key=KEY)
    assert isinstance(posted, SurfaceFault), posted
    return posted


def methods(platform: SlackPlatform) -> list[str]:
    """What was called, in order."""
    return [call.method for call in platform.slack.calls]
