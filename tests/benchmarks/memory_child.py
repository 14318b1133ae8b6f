"""`python -m tests.benchmarks.memory_child 200 1e9`: makes so many pictures at once and says what it took.

Owns the crowd whose engine answers everybody, as fast as a line of so many bits a second brings the answers.
The last line it prints is JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.databases import fresh_database, fresh_folder
from tests.benchmarks.road import open_road, settings_for
from tests.benchmarks.stand_ins import SteadyEngine, picture_number

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.domain.generation import Failure, GenerationRequest, GenerationResult, Preview

_MB = 1_000_000
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class GatheringEngine(SteadyEngine):
    """Waits until everybody has asked, then answers all, one picture after the other down the line."""

    def __init__(self, crowd: int, bits_a_second: float) -> None:
        super().__init__(0)
        self._missing = crowd
        self._picture_s = 8 * len(picture_number(0)) / bits_a_second
        self._line = asyncio.Lock()
        self._is_complete = asyncio.Event()

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """One picture, once everybody has asked."""
        self._missing -= 1
        if self._missing <= 0:
            self._is_complete.set()
        await self._is_complete.wait()
        if self._picture_s:
            async with self._line:
                await asyncio.sleep(self._picture_s)
        return await super().generate(request, on_preview=on_preview)


async def _measure(crowd: int, bits_a_second: float) -> dict[str, float]:
    with fresh_folder() as folder, fresh_database("SQLite", folder) as url:
        engine = GatheringEngine(crowd, bits_a_second)
        async with open_road(settings_for(url, folder), engine=engine) as road:
            idle_mb = _peak_mb()
            asks = [road.command(f"a lighthouse, number {number}") for number in range(crowd)]
            await asyncio.gather(*(road.parts.studio.receive(ask) for ask in asks))
            await road.until(crowd)
    pictures_mb = crowd * len(picture_number(0)) / _MB
    return {"idle_mb": idle_mb, "peak_mb": _peak_mb(), "pictures_mb": pictures_mb}


def _peak_mb() -> float:
    """The most that was ever resident. Linux' ru_maxrss would count what started us, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / _MB
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / _MB


if __name__ == "__main__":
    found = asyncio.run(_measure(int(sys.argv[1]), float(sys.argv[2])))
    sys.stdout.write(json.dumps(found) + "\n")
