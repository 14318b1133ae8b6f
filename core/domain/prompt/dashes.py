"""Where an option begins: two dashes and a name, or what phones and Chinese keyboards make of them.

Owns the rule that tells an option from a dash in the text. Must never learn what an option does.

- `--name` at the start of a word is an option, known or not; a dash inside a word (`well--known`) is text.
- Any other run of dashes (`—`, `–`, `－－`, `——`, `-–`) counts only right before a known name.
- One plain hyphen counts only as `-n`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.domain.prompt.options import OPTIONS
from core.domain.prompt.received import UNSPACED

if TYPE_CHECKING:
    from core.domain.prompt.options import OptionKind
    from core.domain.prompt.received import Received

TYPOGRAPHIC_DASHES: Final = "‐‑‒–—―−﹘﹣－⸺⸻"
DASHES: Final = rf"\-{TYPOGRAPHIC_DASHES}"
"""All dashes, as the inside of a character class."""

DASH_RUN: Final = re.compile(f"[{DASHES}]+")
_NAME: Final = re.compile(rf"[A-Za-z](?:[^\W{UNSPACED}]|-(?=[A-Za-z0-9]))*")
_SHORT_COUNT: Final = re.compile(r"[nN](?![^\W\d]|['’\-])")
_PART_OF_A_WORD: Final = re.compile(rf"[^\W{UNSPACED}]|[_/\\=&#@%+~]")


@dataclass(frozen=True, slots=True)
class Mark:
    """An option's dashes and name at `start` to `end`; `kind` is None where the name is unknown."""

    start: int
    end: int
    name: str
    kind: OptionKind | None
    is_short: bool = False


def mark_at(source: Received, start: int, dashes_end: int, *, is_fresh: bool) -> Mark | None:
    """Read the option whose dashes stand at `start` to `dashes_end`, or None where they are text.

    `is_fresh`: an option ended right before, so that no word can reach up to here.
    """
    if not is_fresh and _is_inside_a_word(source.folded[start - 1 : start]):
        return None
    dashes = source.clean[start:dashes_end]
    if dashes == "-":
        return _short_count(source, start, dashes_end)
    found = _NAME.match(source.folded, dashes_end)
    if found is None:
        return None
    kind = OPTIONS.get(found.group().lower())
    if kind is None and dashes != "--":
        return None
    return Mark(start, found.end(), found.group(), kind)


def _short_count(source: Received, start: int, dashes_end: int) -> Mark | None:
    found = _SHORT_COUNT.match(source.folded, dashes_end)
    if found is None:
        return None
    return Mark(start, found.end(), "n", OPTIONS["n"], is_short=True)


def _is_inside_a_word(before: str) -> bool:
    """Whether a word reaches up to here; an accent typed as its own character belongs to one."""
    return before != "" and (_PART_OF_A_WORD.match(before) is not None or unicodedata.combining(before) != 0)
