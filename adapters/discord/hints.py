"""Words that Discord hides from us: people are told once how to be understood.

Owns which messages came without their words, and that no channel is told twice. Without the intent for the
content of messages Discord tells what names us, what is said in direct messages, and answers with a ping to
messages of the bot's own; not answers to an interaction's message (Discord, 2026-08).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.discord.notes import told_key
from adapters.platforms.payload import objects, text
from core.app.ports import Place
from core.app.wording import sentence
from core.domain.card import Card, CardKind, Line
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from adapters.discord.guilds import Guilds
    from adapters.discord.notes import Notes
    from adapters.discord.read import Heard
    from adapters.platforms.payload import Payload
    from core.app.ports import Surface

_HIDDEN: Final = ("attachments", "embeds", "components", "message_snapshots", "sticker_items")


@dataclass(slots=True)
class Hints:
    """Tells people how to be understood. `sees_content` says whether Discord tells us all words."""

    surface: Surface
    notes: Notes
    guilds: Guilds
    sees_content: bool

    async def is_unreadable(self, event: Payload, heard: Heard) -> bool:
        """Whether the message came without its words; then the channel is told, the first time."""
        guild = text(event, "guild_id")
        if (
            self.sees_content
            or not guild
            or text(event, "content")
            or any(objects(event, one) for one in _HIDDEN)
        ):
            return False
        if heard.is_addressed or "poll" in event:
            return False
        spot = heard.spot
        if await self.notes.is_first(told_key(spot.workspace, spot.channel)):
            told = sentence("said_hint_replies", self.guilds.locale(guild))
            place = Place(spot.workspace, spot.channel, spot.thread)
            card = Card(CardKind.NOTICE, told, (Line(told),))
            await self.surface.post(place, card, key=MessageId(f"hint {text(event, 'id')}"))
        return True
