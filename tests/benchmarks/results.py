"""One measured number and the one it is held to.

Owns what a row says and whether it is good enough. Must never learn how anything is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number counts."""

    MILLISECONDS = "ms"
    MEGABYTES = "MB"
    TIMES = "×"
    PERCENT_OF_IDEAL = "% of ideal"
    TURNS_A_SECOND = "turns/s"


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the table. `limit` is what `value` must stay under; None where a number only informs.

    `aside` gives the absolute numbers behind a ratio, which say as much about the machine as about us.
    """

    name: str
    value: float
    unit: Unit
    limit: float | None = None
    aside: str = ""

    @property
    def measured(self) -> str:
        """The number with its unit, as precise as it deserves."""
        return _with_unit(self.value, self.unit)

    @property
    def target(self) -> str:
        """What it is held to."""
        return "" if self.limit is None else f"under {self.limit:g}{_separator(self.unit)}{self.unit.value}"

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.limit is None:
            return ""
        return "met" if self.value < self.limit else "**missed**"


_SMALL, _LARGE = 5, 20
"""Below the one, two digits behind the point matter; from the other on, none does."""


def _with_unit(value: float, unit: Unit) -> str:
    digits = 2 if value < _SMALL else 1 if value < _LARGE else 0
    number = f"{value:.{digits}f}"
    return f"{number}{_separator(unit)}{unit.value}"


def _separator(unit: Unit) -> str:
    return "" if unit in {Unit.TIMES, Unit.PERCENT_OF_IDEAL} else " "
