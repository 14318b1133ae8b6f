"""What a check of `inkthread doctor` found. Owns the form; the checks stand in the doctors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check came out."""

    FINE = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, what it is like, and what to do where something has to be done."""

    level: Level
    what: str
    to_do: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether Inkthread cannot work like this."""
        return self.level is Level.WRONG
