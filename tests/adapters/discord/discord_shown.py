"""Cards to show on Discord, and what is seen of them there; shared by the tests of the surface.

Owns no expectation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.ports import Posted, SurfaceFault
from core.domain.card import Act, Button, Card, CardKind, Line, Picture, Tone
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from core.app.ports import Place
    from tests.fakes.discord_platform import DiscordPlatform
    from tests.fakes.discord_server.views import Shown

FIRST = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA1")
SECOND = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA2")
THIRD = MessageId("01JAAAAAAAAAAAAAAAAAAAAAA3")

HOOK = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
SEND = "POST /channels/{channel_id}/messages"
CHANGE = "PATCH /channels/{channel_id}/messages/{message_id}"
OPEN = "POST /channels/{channel_id}/messages/{message_id}/threads"


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


async def rooted(discord: DiscordPlatform) -> Posted:
    """A placeholder of the bot's own with its thread."""
    posted = await discord.surface.post(discord.at(), placeholder(), key=FIRST)
    assert isinstance(posted, Posted), posted
    return posted
