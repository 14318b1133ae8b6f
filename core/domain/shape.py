"""How people say what shape and how big a picture shall be. Pure.

Owns the two words, ratio and tier; `sizing.py` makes pixels of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Ratio:
    """Width to height as the person gave it, such as 16:9. Between 1:3 and 3:1."""

    width: int
    height: int

    def __str__(self) -> str:
        """`16:9`."""
        return f"{self.width}:{self.height}"


class Tier(StrEnum):
    """A budget of pixels, whatever the ratio."""

    ONE_K = "1k"
    TWO_K = "2k"
    FOUR_K = "4k"
