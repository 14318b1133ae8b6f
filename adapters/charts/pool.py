"""The Charts port on matplotlib, in a thread of its own.

Owns the thread. One is enough, because charts are asked for by few and matplotlib's settings are its
process's; it is also what pays for the import, a second that nobody should wait for at the start.
"""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from core.domain.generation import Image, OutputFormat, Size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.app.ports import ChartWords
    from core.app.spending import SpendRow


class ThreadedCharts:
    """Draws charts off the event loop, one at a time. Close it when done."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")

    async def spending(
        self, rows: Sequence[SpendRow], days: Sequence[date], words: Sequence[ChartWords]
    ) -> Image:
        """Who spent what on each of those days, in the first of the languages that can be drawn."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _drawn, tuple(rows), tuple(days), tuple(words))

    def close(self) -> None:
        """Draw nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _drawn(rows: Sequence[SpendRow], days: Sequence[date], words: Sequence[ChartWords]) -> Image:
    from adapters.charts.spending import DOTS_PER_INCH, SIZE_INCHES, draw_spending  # noqa: PLC0415 - see above

    buffer = io.BytesIO()
    draw_spending(rows, days, buffer, words)
    width, height = (inches * DOTS_PER_INCH for inches in SIZE_INCHES)
    return Image(buffer.getvalue(), OutputFormat.PNG, Size(width, height), has_alpha=True)
