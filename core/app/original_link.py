"""Where the unchanged file is, for a place that takes only smaller ones. Pure.

Owns that card. How an address is made is an adapter's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.cards import head_name
from core.app.wording import megabytes, sentence
from core.domain.card import Card, CardKind, Line

if TYPE_CHECKING:
    from core.domain.card import Picture
    from core.domain.lineage import Head


def original_elsewhere(picture: Picture, head: Head, address: str, locale: str) -> Card:
    """What is said instead of showing it. `address` is empty where people cannot reach us by web."""
    values = {
        "head": head_name(head),
        "size": megabytes(picture.size_bytes),
        "name": picture.blob.rpartition("/")[2],
    }
    text = sentence("original_linked" if address else "original_kept", locale, **values)
    lines = [Line(text)]
    if address:
        lines.append(Line(sentence("original_link", locale), address=address))
    return Card(CardKind.NOTICE, text, tuple(lines))
