"""Text as Slack has to be given it so that it is shown as it was typed. Pure.

Owns escaping, cutting and the three shapes that text takes: rich text (never read as markup), plain text (for
labels and quiet lines), and the escaped line for notifications. Must never learn what a text says.
"""

from __future__ import annotations

import re
from typing import Any, Final

from core.app.wording import shorten

Json = dict[str, Any]

ELEMENT_LETTERS: Final = 3000
"""The longest text object that Slack documents (2026-11); longer texts go on in the next element."""

NOTIFICATION_LETTERS: Final = 3900
"""Slack takes 4,000 letters of `text` when a message is changed (2026-11), counted after escaping."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST_ESCAPE: Final = 5


def clean(text: str) -> str:
    """A text that can be sent at all: a half of a character, which nothing can encode, becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def plain(text: str, letters: int) -> Json:
    """A text object without markup, cut visibly; one without anything to see becomes a space that is kept."""
    return {"type": "plain_text", "text": shorten(clean(text), letters) or "\u00a0", "emoji": False}


def escaped(text: str) -> str:
    """The line for notifications and screen readers: no mention, no link, nobody is pinged."""
    whole = clean(text).translate(_ESCAPES)
    if len(whole) <= NOTIFICATION_LETTERS:
        return whole
    return shorten(clean(text), NOTIFICATION_LETTERS // _LONGEST_ESCAPE).translate(_ESCAPES)


def rich(text: str, *, bold: bool = False) -> list[Json]:
    """Elements of rich text, in as many pieces as its length needs."""
    style: Json = {"style": {"bold": True}} if bold else {}
    pieces = _pieces(clean(text))
    return [{"type": "text", "text": piece, **style} for piece in pieces]


def _pieces(text: str) -> list[str]:
    return [text[at : at + ELEMENT_LETTERS] for at in range(0, len(text), ELEMENT_LETTERS)]
