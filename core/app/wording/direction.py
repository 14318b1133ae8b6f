"""Texts of both directions within one sentence.

Owns the invisible marks that keep a right-to-left sentence and the left-to-right words in it (or the other
way round) in their order: U+2068 and U+2069, "first strong isolate" and its end (Unicode, annex 9).
"""

from __future__ import annotations

import re
from typing import Final

_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES: Final = dict.fromkeys("\u2066\u2067\u2068", _END) | dict.fromkeys(
    "\u202a\u202b\u202d\u202e", "\u202c"
)

_UNIT: Final = r"(?:\{\w+\}|[A-Za-z0-9$/-])"
_TOKEN: Final = rf"{_UNIT}(?:(?:\{{\w+\}}|[!-z])*{_UNIT})?"
_FOREIGN: Final = re.compile(rf"{_TOKEN}(?: {_TOKEN})*")


def isolated(template: str) -> str:
    """Set off what is foreign in a right-to-left sentence: values, and runs of Latin words and numbers."""
    return _FOREIGN.sub(rf"{_ISOLATE}\g<0>{_END}", template)


def contained(value: str) -> str:
    """Keep a value from turning the sentence around it.

    Directional marks that it opens are closed at its end, ends without a beginning are left out; a value
    with right-to-left letters is set off. Anything else comes back as it is.
    """
    whole = _balanced(value) if _CONTROLS.search(value) else value
    return f"{_ISOLATE}{whole}{_END}" if _RIGHT_TO_LEFT.search(whole) else whole


def side_by_side(*parts: str) -> str:
    """Put what is there in one line: `v2 · 1360×768 · 12 s`.

    Where one part is right-to-left each is set off, so that it turns no numbers beside it: `592×1760` after
    an Arabic word reads as 1760×592 otherwise.
    """
    shown = [part for part in parts if part.strip()]
    if any(_RIGHT_TO_LEFT.search(part) for part in shown):
        shown = [f"{_ISOLATE}{part}{_END}" for part in shown]
    return " · ".join(shown)


def _balanced(value: str) -> str:
    open_ends: list[str] = []

    def kept(found: re.Match[str]) -> str:
        mark = found.group()
        if mark in _CLOSES:
            open_ends.append(_CLOSES[mark])
            return mark
        # The end of an isolate also ends what was opened within it; other ends close only the innermost.
        if mark not in (open_ends if mark == _END else open_ends[-1:]):
            return ""
        ended = ""
        while not ended.endswith(mark):
            ended += open_ends.pop()
        return ended

    text = _CONTROLS.sub(kept, value)
    return text + "".join(reversed(open_ends))
