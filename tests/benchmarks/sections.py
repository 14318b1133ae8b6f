"""What `make bench` measures, in order.

Owns the list.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING

from tests.benchmarks import handlers, loop_lag, memory, overhead, parser_growth, throughput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.benchmarks.results import Result
    from tests.benchmarks.scale import Scale

SECTIONS: dict[str, Callable[[Scale], list[Result] | Awaitable[list[Result]]]] = {
    "parser": parser_growth.measure,
    "overhead": overhead.measure,
    "throughput": throughput.measure,
    "lag": loop_lag.measure,
    "memory": memory.measure,
    "handlers": handlers.measure,
}

ROWS: dict[str, tuple[str, ...]] = {
    "parser": parser_growth.ROWS,
    "overhead": overhead.ROWS,
    "throughput": throughput.ROWS,
    "lag": loop_lag.ROWS,
    "memory": memory.ROWS,
    "handlers": handlers.ROWS,
}
"""The rows of each section, or how their names begin."""


def run(name: str, scale: Scale) -> list[Result]:
    """Measure one section, in an event loop of its own where it needs one."""
    measured = SECTIONS[name](scale)
    if not inspect.isawaitable(measured):
        return measured
    return asyncio.run(_awaited(measured))


async def _awaited(measured: Awaitable[list[Result]]) -> list[Result]:
    return await measured
