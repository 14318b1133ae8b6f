"""Charts that nobody looks at: mirrors the `Charts` port and remembers what it was asked to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.tools import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.app.ports import ChartWords
    from core.app.spending import SpendRow
    from core.domain.generation import Image


class FakeCharts:
    """Draws a sheet as wide as the first title is long."""

    def __init__(self) -> None:
        self.drawn: list[tuple[tuple[SpendRow, ...], tuple[date, ...], tuple[ChartWords, ...]]] = []

    async def spending(
        self, rows: Sequence[SpendRow], days: Sequence[date], words: Sequence[ChartWords]
    ) -> Image:
        """A sheet."""
        self.drawn.append((tuple(rows), tuple(days), tuple(words)))
        return sheet(words[0].title)
