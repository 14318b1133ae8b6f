"""What the whole road adds to the bare engine call of one turn.

Owns the first row of the table. The engine takes 50 ms, far less than a real one, so that ours shows.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from tests.benchmarks.databases import fresh_database, fresh_folder
from tests.benchmarks.results import Result, Unit
from tests.benchmarks.road import open_road, settings_for
from tests.benchmarks.stand_ins import SteadyEngine
from tests.benchmarks.timing import median_ms, timed_s

if TYPE_CHECKING:
    from core.domain.ids import ThreadRef
    from tests.benchmarks.road import Road
    from tests.benchmarks.scale import Scale

ENGINE_S = 0.05
LIMIT_MS = 60
WARM_UP = 3

NEW, EDIT = (
    "Whole road over the bare engine call, a new picture",
    "Whole road over the bare engine call, an edit",
)
ROWS = (NEW, EDIT)


async def measure(scale: Scale) -> list[Result]:
    """The overhead of a new picture and of an edit, on SQLite and a local folder."""
    engine = SteadyEngine(ENGINE_S)
    with fresh_folder() as folder, fresh_database("SQLite", folder) as url:
        async with open_road(settings_for(url, folder), engine=engine) as road:
            for number in range(WARM_UP):
                await road.carry_s(road.command(f"warming up {number}"))
            new_s, edit_s, bare_s = [], [], []
            busy_before_s = time.process_time()
            for number in range(scale.turns):
                new_s.append(await _alone_s(road, road.command(f"a lighthouse, number {number}")))
                reply = road.reply(await _newest_thread(road), f"make it {number} times as tall")
                edit_s.append(await _alone_s(road, reply))
                assert engine.last is not None
                bare_s.append(await timed_s(engine.generate(engine.last)))
            busy_s = (time.process_time() - busy_before_s) / (2 * scale.turns)
    return [_row(NEW, new_s, bare_s, busy_s), _row(EDIT, edit_s, bare_s, busy_s)]


async def _alone_s(road: Road, inbound: object) -> float:
    """One turn on an idle machine: the one before has ended in every respect."""
    await road.rest()
    await asyncio.sleep(0.02)
    return await road.carry_s(inbound)  # type: ignore[arg-type]


async def _newest_thread(road: Road) -> ThreadRef:
    (item, *_) = await road.parts.studio.gallery(road.command("").person.workspace, limit=1)
    assert item.thread_ref is not None
    return item.thread_ref


def _row(name: str, road_s: list[float], bare_s: list[float], busy_s: float) -> Result:
    road_ms, bare_ms = median_ms(road_s), median_ms(bare_s)
    aside = (
        f"{road_ms:.0f} ms and {bare_ms:.0f} ms: {road_ms / bare_ms:.2f}×; "
        f"a turn keeps a core busy for {busy_s * 1000:.0f} ms"
    )
    return Result(name, road_ms - bare_ms, Unit.MILLISECONDS, LIMIT_MS, aside)
