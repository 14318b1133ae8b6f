"""A text as it was received, made ready to be read, with the way back to where each character stood.

Owns what is dropped from a text before anything else looks at it. Must never learn what the text means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.prompt.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

# Category Cc, and Cs: a surrogate that stands alone is no character and has no bytes in UTF-8.
_DROPPED: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_COLONS: Final = "\u2236\ufe55\ufe13\ua789"
_ARABIC_ZEROS: Final = (0x0660, 0x06F0)

_FOLDS: Final[Mapping[int, int]] = MappingProxyType(
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | {zero + digit: ord("0") + digit for zero in _ARABIC_ZEROS for digit in range(10)}
    | {ord(colon): ord(":") for colon in _COLONS}
    | {ord("×"): ord("x")}
)
"""Full-width letters and signs, Arabic digits and the signs of ratios, each to one ASCII character."""

# Ideographs, kana, Hangul and the scripts of South-East Asia: a neighbour there is no part of the word.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
"""Letters that are written without spaces between words, as ranges for a character class."""


@dataclass(frozen=True, slots=True)
class Received:
    """A text without control characters.

    `folded` is as long as `clean` and only for reading options: full-width and Arabic digits are ASCII in
    it. `origins` holds, for each character kept, where it stood; None where nothing was dropped.
    """

    clean: str
    folded: str
    origins: tuple[int, ...] | None
    original_length: int

    def span(self, start: int, end: int) -> Span:
        """Say where in the text as received a piece of the clean text stood."""
        if self.origins is None:
            return Span(start, end)
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self.original_length
            return Span(at, at)
        return Span(self.origins[start], self.origins[end - 1] + 1)


def fold(text: str) -> str:
    """Replace full-width letters and signs, Arabic digits and ratio signs by ASCII, one for one."""
    return text.translate(_FOLDS)


def receive(text: str) -> Received:
    """Drop control characters; those that part words (tab, line break) leave one space behind."""
    if _DROPPED.search(text) is None:
        return Received(text, fold(text), None, len(text))
    kept: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        is_control = _DROPPED.match(char) is not None
        if is_control and not (char.isspace() and kept and kept[-1] != " "):
            continue
        kept.append(" " if is_control else char)
        origins.append(at)
    clean = "".join(kept)
    return Received(clean, fold(clean), tuple(origins), len(text))
