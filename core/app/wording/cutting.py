"""Texts cut to a length that a platform or an eye can take.

Owns where a cut may fall: between words where there are any, and never inside a character that is made of
several (an emoji with its joiners, a letter with its accent).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"
_ATTACHED: Final = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3")
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_LONGEST_CHARACTER: Final = 16
"""Code points after which a cut is made all the same: nobody's emoji is longer, a hostile text may be."""


def shorten(text: str, letters: int) -> str:
    """Cut a text that is longer than `letters` code points, the ellipsis counted among them.

    The cut falls at a space where that keeps more than half. With no room at all nothing is left.
    """
    if len(text) <= letters:
        return text
    if letters < 1:
        return ""
    cut = text[: _whole_until(text, letters - 1)]
    at_word = cut if text[len(cut)].isspace() else cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > letters // 2 else cut).rstrip() + _ELLIPSIS


def _whole_until(text: str, end: int) -> int:
    """Move a cut back to where a character begins."""
    return next(
        (at for at in range(end, max(0, end - _LONGEST_CHARACTER), -1) if not _is_inside(text, at)), end
    )


def _is_inside(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return (
        unicodedata.combining(after) != 0
        or after in _ATTACHED
        or before == _JOINER
        or ord(after) in _SKIN_TONES
        or (ord(after) in _FLAGS and ord(before) in _FLAGS)
    )
