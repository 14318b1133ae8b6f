"""Text in quotation marks: what is to be drawn letter by letter, and never an option.

Owns the pairs of marks and the rule that tells a quotation mark from inches. An apostrophe is no quotation
mark. A mark without its partner is ordinary text.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.prompt.received import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLOSERS: Final[Mapping[str, str]] = MappingProxyType(
    {'"': '"', "“": "”", "„": "“”", "「": "」", "『": "』", "«": "»"}
)
"""Each opening mark with the marks that can close it; German opens low and closes high."""

QUOTE_MARKS: Final = frozenset("".join(CLOSERS)) | frozenset("".join(CLOSERS.values()))

_OPENER: Final = re.compile(f"[{''.join(CLOSERS)}]")
_STRAY: Final = re.compile(f"[{''.join(sorted(QUOTE_MARKS))}]")
_PRIME: Final = "″"


class QuoteFinder:
    """Finds the end of quotations in one text, in time linear in its length.

    Must be asked from left to right: it remembers where the next closing mark of each kind stands, so that
    thousands of opening marks without a partner cost no more than one.
    """

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._next_at: dict[str, int] = {}

    def end(self, start: int, *, is_fresh: bool = False) -> int | None:
        """Say where the quotation that opens at `start` ends, or None where none opens or none ends.

        `is_fresh`: an option ended right before, so what stands there is no part of the text.
        """
        opener = self._folded[start]
        if opener == '"' and not is_fresh and self._means_inches(start):
            return None
        nearest = min(self._next(closer, start + 1) for closer in CLOSERS[opener])
        return nearest + 1 if nearest < len(self._folded) else None

    def _means_inches(self, start: int) -> bool:
        """`5" pipe`: after a digit and before no letter, the straight mark measures."""
        before = self._folded[start - 1 : start]
        after = self._folded[start + 1 : start + 2]
        return before.isdigit() and not after.isalnum()

    def _next(self, closer: str, start: int) -> int:
        """Where `closer` stands from `start` on; past the end where it does not, remembered likewise."""
        known = self._next_at.get(closer, -1)
        if known < start:
            found = self._folded.find(closer, start)
            known = self._next_at[closer] = found if found >= 0 else len(self._folded)
        return known


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each quotation in `text` starts and ends, marks included."""
    folded = fold(text)
    finder = QuoteFinder(folded)
    at = 0
    while (opener := _OPENER.search(folded, at)) is not None:
        end = finder.end(opener.start())
        if end is not None:
            yield opener.start(), end
        at = end or opener.end()


def quoted_texts(text: str) -> tuple[str, ...]:
    """Each text in quotes, in order, without its marks and the space beside them; empty ones left out."""
    inner = (text[start + 1 : end - 1].strip() for start, end in quotations(text))
    return tuple(words for words in inner if words)


def without_quotations(text: str) -> str:
    """Blank out what is quoted, so that what is left can be searched; the length stays."""
    pieces: list[str] = []
    at = 0
    for start, end in quotations(text):
        pieces += (text[at:start], "\0" * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


def without_stray_marks(text: str) -> str:
    """Leave only quotation marks that have a partner: inches become `″`, all others a space."""
    pieces: list[str] = []
    at = 0
    for start, end in quotations(text):
        pieces += (_unmarked(text[at:start]), text[start:end])
        at = end
    return "".join((*pieces, _unmarked(text[at:])))


def _unmarked(text: str) -> str:
    folded = fold(text)
    return "".join(
        (_PRIME if folded[at - 1 : at].isdigit() else " ") if _STRAY.match(mark) else char
        for at, (char, mark) in enumerate(zip(text, folded, strict=True))
    )
