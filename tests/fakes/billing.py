"""A provider's books in memory: mirrors the `Billing` port."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.billing import BillingFault


@dataclass
class FakeBilling:
    """Says what the test has it billed; `fault` is said instead where it is set."""

    engine: str = "fake"
    lines: list[tuple[datetime, int]] = field(default_factory=list)
    fault: BillingFault | None = None
    asked: int = 0

    def charge(self, micros: int, at: datetime) -> None:
        """Bill something as of that moment."""
        self.lines.append((at, micros))

    async def spent(self, first: date, last: date) -> Mapping[date, Micros] | BillingFault:
        """What each day has cost."""
        self.asked += 1
        if self.fault is not None:
            return self.fault
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return {day: Micros(sum(each for at, each in self.lines if _day(at) == day)) for day in days}


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
