"""The nearest right spelling of a word that was typed wrong.

Owns how near is near enough. Works on short words only, so that a long one costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_READ: Final = 24


def nearest(word: str, candidates: Sequence[str]) -> str | None:
    """Offer the candidate with the fewest slips from `word`, or None where none is near.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour. The shorter word decides
    how many are allowed: none in one letter, one in up to four, two beyond. Between equals the first wins.
    """
    if len(word) > _LONGEST_READ or not candidates:
        return None
    best = min(candidates, key=lambda candidate: slips(word, candidate))
    return best if slips(word, best) <= _allowed_slips(min(len(word), len(best))) else None


def _allowed_slips(length: int) -> int:
    return {0: 0, 1: 0, 2: 1, 3: 1, 4: 1}.get(length, 2)


def slips(left: str, right: str) -> int:
    """Count the slips that lead from one word to the other (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for across, char in enumerate(left, start=1):
        older, before, row = before, row, [across]
        for down, wanted in enumerate(right, start=1):
            cost = min(before[down] + 1, row[-1] + 1, before[down - 1] + (char != wanted))
            is_swap = across > 1 and down > 1 and char == right[down - 2] and left[across - 2] == wanted
            row.append(min(cost, older[down - 2] + 1) if is_swap else cost)
    return row[-1]
