"""Turns a second with many people at once, against what the engine alone would allow.

Owns the rows about crowds. In a crowd of N there are always N turns under way: whenever a picture is shown,
somebody asks for the next. The ideal is the engine's: N pictures in the time of one.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from tests.benchmarks.databases import fresh_database, fresh_folder
from tests.benchmarks.results import Result, Unit
from tests.benchmarks.road import open_road, settings_for
from tests.benchmarks.stand_ins import SteadyEngine

if TYPE_CHECKING:
    from tests.benchmarks.road import Road
    from tests.benchmarks.scale import Scale

RUSH_ENGINE_S = 0.05

ROWS = ("Turns a second",)
"""How the names of the rows begin; the databases and crowds are the scale's."""


async def measure(scale: Scale) -> list[Result]:
    """The share of the ideal for each crowd on each database, and the most turns a second."""
    results: list[Result] = []
    for kind in scale.databases:
        with fresh_folder() as folder, fresh_database(kind, folder) as url:
            engine = SteadyEngine(scale.engine_s)
            async with open_road(settings_for(url, folder), engine=engine) as road:
                await road.carry_s(road.command("warming up"))
                results += [await _crowded(road, engine, kind, crowd, scale) for crowd in scale.crowds]
                engine.latency_s = RUSH_ENGINE_S
                results.append(await _rush(road, kind, scale))
    return results


async def _crowded(road: Road, engine: SteadyEngine, kind: str, crowd: int, scale: Scale) -> Result:
    turns = max(1, crowd * scale.waves)
    took_s = await _pass(road, turns, at_once=crowd)
    ideal_s = engine.latency_s * max(1, scale.waves)
    name = f"Turns a second, {crowd} at once, {kind}, engine of {engine.latency_s:g} s"
    aside = f"{turns / took_s:.1f} turns/s of {turns / ideal_s:.1f}"
    return Result(name, 100 * ideal_s / took_s, Unit.PERCENT_OF_IDEAL, None, aside)


async def _rush(road: Road, kind: str, scale: Scale) -> Result:
    took_s = await _pass(road, scale.rush, at_once=scale.rush)
    name = f"Turns a second, as many as the machine can, {kind}"
    aside = f"{scale.rush} turns asked for at once, engine of {RUSH_ENGINE_S * 1000:.0f} ms"
    return Result(name, scale.rush / took_s, Unit.TURNS_A_SECOND, None, aside)


async def _pass(road: Road, turns: int, *, at_once: int) -> float:
    """Let that many turns pass, always so many under way; returns the seconds until the last is shown."""
    await road.rest()
    before = len(road.surface.shown_at_s)
    began = time.perf_counter()
    first = min(at_once, turns)
    async with asyncio.TaskGroup() as people:
        for number in range(turns):
            if number >= first:
                await road.until(before + number - first + 1)
            people.create_task(_ask(road, number))
        await road.until(before + turns)
    return road.surface.shown_at_s[before + turns - 1] - began


async def _ask(road: Road, number: int) -> None:
    await road.parts.studio.receive(road.command(f"a lighthouse at {time.time_ns()}, number {number}"))
