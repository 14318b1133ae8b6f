"""The place of a problem, shown in an excerpt of what was typed.

Owns the marks `‹ ›`: they stand beside characters, so that wide letters, emoji and right-to-left text need
no counting of columns.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.domain.prompt.model import Span

AROUND: Final = 24
"""How many characters are shown before and after the place."""

LONGEST_PLACE: Final = 60

# Line breaks would tear the excerpt, and directional overrides would turn the sentence around it.
_UNSHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_JOINERS: Final = "\u200c\u200d\ufe0e\ufe0f"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_LONGEST_CLUSTER: Final = 16


def point_at(text: str, span: Span) -> str:
    """Excerpt `text` with the span marked: `… a fox ‹--qualty› high`.

    What is left out shows as `…`. A place of more than 60 characters is shortened in its middle. Any span is
    taken; one outside the text points at its end.
    """
    start = min(max(span.start, 0), len(text))
    end = min(max(span.end, start), len(text))
    first = _edge(text, max(0, start - AROUND), -1)
    last = _edge(text, min(len(text), end + AROUND), 1)
    before = ("… " if first > 0 else "") + _shown(text[first:start]).lstrip()
    after = _shown(text[end:last]).rstrip() + (" …" if last < len(text) else "")
    return f"{before}‹{shortened(text[start:end])}›{after}"


def shortened(place: str) -> str:
    """Shorten what is longer than 60 characters in its middle, for use within a sentence."""
    if len(place) <= LONGEST_PLACE:
        return _shown(place)
    half = LONGEST_PLACE // 2
    head, tail = _edge(place, half, 1), _edge(place, len(place) - half, -1)
    return f"{_shown(place[:head])}…{_shown(place[tail:])}"


def _shown(text: str) -> str:
    return _UNSHOWN.sub(" ", text)


def _edge(text: str, at: int, step: int) -> int:
    """Move a cut out of the middle of a character that is made of several, a few places at most."""
    for moved in range(at, at + step * _LONGEST_CLUSTER, step):
        if not 0 < moved < len(text) or not _is_inside_cluster(text, moved):
            return min(max(moved, 0), len(text))
    return at


def _is_inside_cluster(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return (
        unicodedata.combining(after) != 0
        or after in _JOINERS
        or before == "\u200d"
        or ord(after) in _SKIN_TONES
        or (ord(after) in _FLAGS and ord(before) in _FLAGS)
    )
