"""The model's own previews, shown in the place of a picture that is still being made.

Owns what a placeholder looked like last, so that a preview can stand below its words; kept in this process
alone, since a preview is worth no more. Must never learn how a message is changed.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from adapters.discord import render
from adapters.discord.rest import Upload
from adapters.discord.showing import PINGS_NOBODY, V2, Prepared
from core.app.wording import shorten

if TYPE_CHECKING:
    from adapters.discord.limiter import Pace
    from adapters.discord.refs import At
    from core.domain.card import Card
    from core.domain.generation import Image

MAX_KEPT: Final = 500


class Previews:
    """Makes placeholders show previews."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._cards: OrderedDict[str, Card] = OrderedDict()

    def remember(self, message: str, card: Card) -> None:
        """The message shows that placeholder now."""
        self._cards[message] = card
        self._cards.move_to_end(message)
        if len(self._cards) > MAX_KEPT:
            self._cards.popitem(last=False)

    def forget(self, message: str) -> None:
        """The message is no placeholder any more."""
        self._cards.pop(message, None)

    def message(self, at: At, preview: Image, guild: str | None) -> Prepared | None:
        """The placeholder with the preview; None where it is not known, or it is too soon for another."""
        card = self._cards.get(at.message)
        if card is None or not self._pace.may_show(message=at.message, channel=at.channel):
            return None
        name = f"preview.{preview.format.value}"
        drawn = render.message(card, guild=guild)
        # After the words; what is above the buttons is read first.
        alt_text = shorten(card.text, render.ALT_LETTERS)
        item = {"media": {"url": f"attachment://{name}"}, "description": alt_text}
        gallery = {"type": render.GALLERY, "items": [item]}
        body = {
            "flags": V2,
            "components": [*drawn.components[:1], gallery, *drawn.components[1:]],
            "attachments": [{"id": "0", "filename": name}],
            "allowed_mentions": PINGS_NOBODY,
        }
        return Prepared(body, (Upload(name, preview.content),), {})
