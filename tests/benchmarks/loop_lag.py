"""How long the event loop is held up while large pictures are finished.

Owns the rows about lag. The pictures come through the real OpenAI adapter from a server in a process of its
own, so that its work is not measured as ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.picture_tools import PillowTools
from core.app.ports import Labelled
from core.domain.generation import Image, OutputFormat, Size
from tests.benchmarks.databases import fresh_database, fresh_folder
from tests.benchmarks.results import Result, Unit
from tests.benchmarks.road import open_road, settings_for
from tests.benchmarks.timing import watched_loop
from tests.fakes.openai_server.pictures import Wanted, paint
from tests.fakes.openai_server.running import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.scale import Scale
    from tests.benchmarks.timing import Lags

AT_ONCE = 4
P99_LIMIT_MS, WORST_LIMIT_MS = 30, 150
HEAVY_SIZE, LIGHT_SIZE = Size(3840, 2160), Size(1024, 1024)
SLACK_FILE_BYTES = 8_000_000
"""A limit that the picture has to be refitted for."""

TURNS, TOOLS = "four 4K turns, 20 MB each", "four 4K pictures worked on"
ROOT = Path(__file__).resolve().parents[2]

ROWS = tuple(f"Event loop, {what}: {which}" for what in (TURNS, TOOLS) for which in ("p99", "worst"))


async def measure(scale: Scale) -> list[Result]:
    """Lag while turns end, and lag while pictures are flattened, refitted and put on sheets."""
    idle = await _idle()
    with _server() as base_url, fresh_folder() as folder, fresh_database("SQLite", folder) as url:
        settings = settings_for(url, folder, openai_base_url=base_url, key=KEY)
        async with open_road(settings) as road:
            await road.carry_s(road.command(_words(scale, "warming up")))
            async with watched_loop() as turns:
                for number in range(scale.heavy_rounds):
                    before = len(road.surface.shown_at_s)
                    asks = (_words(scale, f"{number} {each}") for each in range(AT_ONCE))
                    await asyncio.gather(*(road.parts.studio.receive(road.command(text)) for text in asks))
                    await road.until(before + AT_ONCE)
    return [*_rows(TURNS, turns, idle), *_rows(TOOLS, await _tools(scale), idle)]


def _words(scale: Scale, words: str) -> str:
    if scale.is_heavy:
        return f"a harbour {words} [[heavy]] --size {HEAVY_SIZE}"
    return f"a harbour {words} --size {LIGHT_SIZE}"


async def _idle() -> Lags:
    """What the machine alone does to a loop with nothing to do."""
    async with watched_loop() as lags:
        await asyncio.sleep(1)
    return lags


async def _tools(scale: Scale) -> Lags:
    size = HEAVY_SIZE if scale.is_heavy else LIGHT_SIZE
    pictures = [_see_through(size, number, is_heavy=scale.is_heavy) for number in range(AT_ONCE)]
    tools = PillowTools()
    async with watched_loop() as lags:
        await asyncio.gather(*(_work_on(tools, picture) for picture in pictures))
        await tools.contact_sheet([Labelled(picture, "v1") for picture in pictures])
    tools.close()
    return lags


def _see_through(size: Size, number: int, *, is_heavy: bool) -> Image:
    wanted = Wanted(size.width, size.height, "png", has_alpha=True, seed=str(number), is_heavy=is_heavy)
    return Image(paint(wanted), OutputFormat.PNG, size, has_alpha=True)


async def _work_on(tools: PillowTools, picture: Image) -> None:
    await tools.probe(picture.content)
    await tools.flatten(picture)
    await tools.refit(
        picture, max_bytes=SLACK_FILE_BYTES, formats=frozenset({OutputFormat.PNG, OutputFormat.JPEG})
    )
    await tools.thumbnail(picture, edge_px=512)


def _rows(what: str, lags: Lags, idle: Lags) -> list[Result]:
    return [
        Result(
            f"Event loop, {what}: p99",
            lags.p99_ms,
            Unit.MILLISECONDS,
            P99_LIMIT_MS,
            f"an idle loop on this machine: {idle.p99_ms:.1f} ms",
        ),
        Result(
            f"Event loop, {what}: worst",
            lags.worst_ms,
            Unit.MILLISECONDS,
            WORST_LIMIT_MS,
            f"an idle loop on this machine: {idle.worst_ms:.1f} ms",
        ),
    ]


@contextlib.contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.fakes.openai_server", "--latency-s", "0.2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        try:
            yield started.stdout.readline().strip()
        finally:
            started.kill()
