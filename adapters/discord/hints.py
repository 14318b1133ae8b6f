"""Words that Discord hides from us: people are told once how to be understood.

Owns which messages came without their words, and that no channel is told twice. Without the intent for the
content of messages Discord tells what names us, what is said in direct messages, and answers with a ping to
messages of the bot's own; not answers to an interaction's message (Discord, 2026-08).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from adapters.discord.notes import told_key
from adapters.platforms.payload import objects, text
from core.app.ports import Place, Posted
from core.app.wording import sentence
from core.domain.card import Card, CardKind, Line
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.discord.asked import Spot
    from adapters.discord.guilds import Guilds
    from adapters.discord.notes import Notes
    from adapters.discord.read import Heard
    from adapters.platforms.payload import Payload
    from core.app.ports import Surface

REFUSED_S: Final = 3600.0
"""How long a channel in which we may not speak is left alone: refusals count against us (2026-08)."""

MOST_REFUSED: Final = 2000
_HIDDEN: Final = ("attachments", "embeds", "components", "message_snapshots", "sticker_items")


@dataclass(slots=True)
class Hints:
    """Tells people how to be understood. `sees_content` says whether Discord tells us all words."""

    surface: Surface
    notes: Notes
    guilds: Guilds
    sees_content: bool
    now_s: Callable[[], float]
    refused: dict[str, float] = field(default_factory=dict)

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
        key = told_key(heard.spot.workspace, heard.spot.channel)
        if self._may_try(key) and await self.notes.get(key) is None:
            await self._tell(key, heard.spot, self.guilds.locale(guild))
        return True

    async def _tell(self, key: str, spot: Spot, locale: str) -> None:
        """Say it; told is what stands, so that whatever prevents it now does not prevent it for good."""
        told = sentence("said_hint_replies", locale)
        card = Card(CardKind.NOTICE, told, (Line(told),))
        # The surface knows by the key what it has posted: after a crash before the note it stands there once.
        message = MessageId(f"hint {spot.channel}")
        posted = await self.surface.post(Place(spot.workspace, spot.channel, spot.thread), card, key=message)
        if isinstance(posted, Posted):
            await self.notes.put(key, "")
        elif not posted.is_passing:
            self.refused[key] = self.now_s()
            if len(self.refused) > MOST_REFUSED:
                del self.refused[next(iter(self.refused))]

    def _may_try(self, key: str) -> bool:
        return key not in self.refused or self.now_s() - self.refused[key] >= REFUSED_S
