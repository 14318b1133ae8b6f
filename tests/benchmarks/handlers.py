"""How long people wait for an acknowledgement or a page, with few and with very many threads in the database.

Owns the rows about growth. The two databases are asked in turn, so that the machine's moods hit both.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from adapters.web.memory import STUDIO, WORKSPACE
from core.domain.ids import Platform, ThreadRef
from tests.benchmarks.databases import fresh_database, fresh_folder
from tests.benchmarks.many_threads import multiply, reference_of
from tests.benchmarks.results import Result, Unit
from tests.benchmarks.road import open_road, settings_for
from tests.benchmarks.stand_ins import SteadyEngine
from tests.benchmarks.timing import median_ms, timed_s

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from tests.benchmarks.road import Road
    from tests.benchmarks.scale import Scale

LIMIT = 1.5
WARM_UP = 3

ROWS = ("Handler",)
"""How the names of the rows begin; the databases are the scale's."""


@dataclass(slots=True)
class Town:
    """A road with that many threads beside it."""

    road: Road
    threads: int
    first: ThreadRef
    newest_at: datetime
    chance: random.Random

    def somewhere(self) -> ThreadRef:
        """Any of the threads."""
        return ThreadRef(reference_of(self.first, self.chance.randrange(self.threads)))

    async def command(self) -> None:
        """Somebody asks for a new picture."""
        await self.road.parts.studio.receive(self.road.command(f"a cat, number {self.road.sent}"))

    async def reply(self) -> None:
        """Somebody asks for an edit."""
        inbound = self.road.reply(self.somewhere(), f"make it {self.road.sent} times as tall")
        await self.road.parts.studio.receive(inbound)

    async def view(self) -> None:
        """Somebody opens a thread."""
        found = await self.road.parts.studio.thread_view(WORKSPACE, Platform.WEB, STUDIO, self.somewhere())
        assert found is not None

    async def gallery(self) -> None:
        """Somebody opens the gallery."""
        assert await self.road.parts.studio.gallery(WORKSPACE)

    async def old_gallery(self) -> None:
        """Somebody has scrolled half-way down the gallery."""
        before = self.newest_at - timedelta(seconds=self.threads // 2)
        assert await self.road.parts.studio.gallery(WORKSPACE, before=before)


ACTIONS: dict[str, Callable[[Town], Awaitable[None]]] = {
    "a command": Town.command,
    "a reply": Town.reply,
    "a thread's page": Town.view,
    "the gallery": Town.gallery,
    "the gallery, half-way down": Town.old_gallery,
}


async def measure(scale: Scale) -> list[Result]:
    """Each action's growth from few threads to many, on each database."""
    results: list[Result] = []
    for kind in scale.databases:
        with fresh_folder() as folder:
            async with (
                _town(kind, folder / "few", scale.few_threads) as few,
                _town(kind, folder / "many", scale.many_threads) as many,
            ):
                results += [await _growth(kind, name, few, many, scale) for name in ACTIONS]
    return results


async def _growth(kind: str, name: str, few: Town, many: Town, scale: Scale) -> Result:
    action = ACTIONS[name]
    for town in (few, many):
        for _ in range(WARM_UP):
            await action(town)
    few_s, many_s = [], []
    for _ in range(scale.handler_samples):
        few_s.append(await timed_s(action(few)))
        many_s.append(await timed_s(action(many)))
    few_ms, many_ms = median_ms(few_s), median_ms(many_s)
    title = f"Handler, {name}, {scale.many_threads:,} threads over {scale.few_threads:,}, {kind}"
    return Result(title, many_ms / few_ms, Unit.TIMES, LIMIT, f"{many_ms:.1f} ms and {few_ms:.1f} ms")


@contextlib.asynccontextmanager
async def _town(kind: str, folder: Path, threads: int) -> AsyncIterator[Town]:
    await asyncio.to_thread(folder.mkdir)
    with fresh_database(kind, folder) as url:
        first, newest_at = await _first_thread(url, folder)
        await asyncio.to_thread(multiply, url, threads)
        async with open_road(settings_for(url, folder), engine=SteadyEngine(0), has_worker=False) as road:
            yield Town(road, threads, first, newest_at, random.Random(threads))


async def _first_thread(url: str, folder: Path) -> tuple[ThreadRef, datetime]:
    """One picture, really made, to be copied."""
    async with open_road(settings_for(url, folder), engine=SteadyEngine(0)) as road:
        await road.carry_s(road.command("a lighthouse at dusk --ar 16:9"))
        await road.rest()
        (item,) = await road.parts.studio.gallery(WORKSPACE)
        assert item.thread_ref is not None
        return item.thread_ref, item.made_at
