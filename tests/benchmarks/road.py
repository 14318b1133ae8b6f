"""The whole of Inkthread but HTTP, wired as in production, with a stopwatch at its end.

Owns opening it and the verbs of the people in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from adapters.web.memory import STUDIO, WORKSPACE
from bots.settings import Settings
from bots.wiring import migrate_all, open_parts, work
from core.app.inbound import Inbound, InboundKind, Person
from core.domain.engine_profile import profile_for
from core.domain.ids import ActorId, Platform
from tests.benchmarks.stand_ins import WatchedSurface
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bots.wiring import Parts
    from core.app.outside import Outside
    from core.app.ports import Engine
    from core.domain.ids import ThreadRef

MODEL = "gpt-image-2"
PEOPLE = 20
BOUNDLESS_PICTURES = 10**9
BOUNDLESS_USD = 1e9
BOUNDLESS_A_MINUTE = 100_000
WIDE_GATE = 200
NOWHERE = "http://127.0.0.1:9/v1"
"""Where nobody listens: an engine that was not meant to be asked fails at once."""


@dataclass
class Road:
    """A running Studio with a worker, and the page it shows its results on."""

    parts: Parts
    surface: WatchedSurface
    reports: FakeReports
    sent: int = 0

    def command(self, text: str) -> Inbound:
        """Somebody's `/imagine`."""
        return self._inbound(InboundKind.COMMAND, text, None)

    def reply(self, thread: ThreadRef, text: str) -> Inbound:
        """Somebody's reply in a thread."""
        return self._inbound(InboundKind.MESSAGE, text, thread)

    def _inbound(self, kind: InboundKind, text: str, thread: ThreadRef | None) -> Inbound:
        self.sent += 1
        return Inbound(
            delivery_key=f"bench-{time.time_ns()}-{self.sent}",
            platform=Platform.WEB,
            kind=kind,
            person=person_number(self.sent),
            channel=STUDIO,
            text=text,
            thread=thread,
        )

    async def carry_s(self, inbound: Inbound) -> float:
        """How long it takes from the person's word to the picture on the page, in seconds."""
        before = len(self.surface.shown_at_s)
        began = time.perf_counter()
        await self.parts.studio.receive(inbound)
        await self.until(before + 1)
        return self.surface.shown_at_s[before] - began

    async def until(self, shown: int) -> None:
        """Wait for that many results since the start. Raises what went wrong instead, if something did."""
        async with asyncio.timeout(600):
            await self.surface.until(shown)
        if self.reports.faults:
            raise self.reports.faults[0][1]

    async def rest(self) -> None:
        """Let everything end that a shown result still has to do."""
        await self.parts.studio.background.settle()


def person_number(number: int) -> Person:
    """One of the people, in turn."""
    name = f"person{number % PEOPLE}"
    return Person(ActorId(f"{WORKSPACE}:{name}"), WORKSPACE, name)


def settings_for(url: str, folder: Path, *, openai_base_url: str = NOWHERE, key: str = "") -> Settings:
    """Settings under which nothing but the machine limits how many turns are made."""
    return Settings(
        _env_file=None,
        openai_api_key=SecretStr(key) if key else None,
        openai_base_url=openai_base_url,
        image_model=MODEL,
        database_url=url,
        storage_url=f"file://{folder}/pictures",
        encryption_key=SecretStr("0123456789abcdef" * 4),
        engine_concurrency=WIDE_GATE,
        engine_images_per_minute=BOUNDLESS_A_MINUTE,
        pictures_per_person_per_day=BOUNDLESS_PICTURES,
        monthly_budget_usd=BOUNDLESS_USD,
    )


@contextlib.asynccontextmanager
async def open_road(
    settings: Settings, *, engine: Engine | None = None, has_worker: bool = True
) -> AsyncIterator[Road]:
    """Migrate, wire, start a worker. `engine` takes the place of the configured one."""
    await asyncio.to_thread(migrate_all, settings)
    reports = FakeReports()
    watched: list[WatchedSurface] = []

    def around(outside: Outside) -> Outside:
        watched.append(WatchedSurface(outside.surfaces[Platform.WEB]))
        return replace(
            outside,
            engine=engine or outside.engine,
            profile=profile_for(MODEL),
            surfaces={Platform.WEB: watched[0]},
            reports=reports,
        )

    async with open_parts(settings, around=around) as parts:
        worker = asyncio.create_task(work(parts) if has_worker else asyncio.sleep(0), name="worker")
        try:
            yield Road(parts, watched[0], reports)
        finally:
            await parts.studio.background.settle()
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
