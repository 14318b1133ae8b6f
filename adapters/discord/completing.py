"""What is offered while somebody types into an option: shapes, and the versions of the thread.

Owns the offers. Nothing here decides whether a value is good: what was typed may always be sent.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.discord.read_commands import options_of
from adapters.platforms.payload import text
from core.app.wording import shorten
from core.domain.ids import Platform

if TYPE_CHECKING:
    from adapters.discord.asked import Asked
    from adapters.discord.callbacks import Callbacks
    from adapters.discord.places import Places
    from core.app.views import Desk

RATIOS: Final = (
    "1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "3:1",
    "square", "portrait", "landscape", "wide", "tall",
)  # fmt: skip
IN_TIME_S: Final = 1.5
MOST: Final = 25
LABEL_LETTERS: Final = 100
VALUE_LETTERS: Final = 32


@dataclass(frozen=True, slots=True)
class Completing:
    """Answers what people are typing."""

    desk: Desk
    places: Places
    callbacks: Callbacks

    async def complete(self, asked: Asked) -> None:
        """Offer what begins like it; what takes too long offers nothing."""
        focused = next((one for one in options_of(asked).values() if one.get("focused") is True), {})
        typed = text(focused, "value").strip()
        offers: list[tuple[str, str]] = []
        if text(focused, "name") == "aspect":
            offers = _ratios(typed)
        elif text(focused, "name") == "version":
            try:
                async with asyncio.timeout(IN_TIME_S):
                    offers = await self._versions(asked, typed)
            except TimeoutError:
                offers = []
        await self.callbacks.choices(asked, offers)

    async def _versions(self, asked: Asked, typed: str) -> list[tuple[str, str]]:
        """The versions of this thread, the newest first, each with what was asked."""
        spot = await self.places.of_latest(asked)
        if spot is None or spot.thread is None:
            return []
        view = await self.desk.thread_view(spot.workspace, Platform.DISCORD, spot.channel, spot.thread)
        found = [
            (f"v{one.number}", shorten(f"v{one.number} · {one.text}", LABEL_LETTERS))
            for one in reversed(view.revisions if view is not None else ())
            if not one.is_forgotten
        ]
        return [one for one in found if typed.lower() in one[1].lower()][:MOST]


def _ratios(typed: str) -> list[tuple[str, str]]:
    known = [one for one in RATIOS if one.startswith(typed.lower())]
    # What nobody offers is offered as it was typed, so that it can be chosen.
    own = [typed] if typed and typed.lower() not in RATIOS and len(typed) <= VALUE_LETTERS else []
    return [(one, one) for one in (*own, *known)][:MOST]
