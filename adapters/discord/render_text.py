"""Text as Discord has to be given it so that it is shown as it was typed. Pure.

Owns escaping and cutting. Discord reads markdown in everything a bot says, and knows no plain text: a
backslash before any sign of ASCII shows the sign itself (Discord, 2026-08). What is written escaped counts
with its backslashes. Must never learn what a text says.
"""

from __future__ import annotations

import re
from typing import Final

from core.app.wording import shorten

MAX_LETTERS: Final = 4000
"""All text of a message together (Discord, 2026-08)."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SIGNS: Final = re.compile(r"[\\*_~`|<>\[\]#@]|:(?=//)")
_BULLET: Final = re.compile(r"^([ \t]*)([-+])(?=[ \t])", re.MULTILINE)
_NUMBER: Final = re.compile(r"^([ \t]*\d+)([.)])(?=[ \t])", re.MULTILINE)
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_SPACES: Final = re.compile(r"\s+")


def clean(text: str) -> str:
    """A text that can be sent at all: a half of a character, which nothing can encode, becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", text).replace("\x00", "")


def escaped(text: str) -> str:
    """The text so that no mark-up, mention, link or emoji code in it means anything."""
    marked = _SIGNS.sub(lambda found: f"\\{found[0]}", clean(text))
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", marked))


def within(text: str, letters: int) -> str:
    """The escaped text, cut visibly where it would be longer than that."""
    # More letters than may be shown need not be escaped, nor looked at again.
    room = max(0, letters)
    whole = escaped(text[: room + 1])
    while len(whole) > room:
        letters -= max(1, (len(whole) - room) // 2)
        whole = escaped(shorten(clean(text), letters)) if letters > 0 else ""
    return whole


def prefixed(text: str, prefix: str) -> str:
    """Every line of the text with that before it; empty lines would end a quote or show a bare sign."""
    return "\n".join(f"{prefix}{line}" for line in text.split("\n") if line.strip())


def one_line(text: str, letters: int) -> str:
    """The text on one line, for a thread's name: Discord reads no mark-up there."""
    return shorten(_SPACES.sub(" ", clean(text)).strip(), letters)


def file_name(name: str) -> str:
    """A name that Discord keeps as it is: it drops all but ASCII letters, digits and `_-.` (2026-08)."""
    return _NOT_IN_NAMES.sub("_", name).lstrip(".")[-80:] or "file"
