"""Discord's listeners with a fake desk behind them: what people do arrives, and nothing is painted.

Owns starting and stopping.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.database import check_schema, open_database
from adapters.system import SystemClock, SystemIds
from bots.discord_bot import DiscordParts, Hearing, listening, open_discord
from bots.surroundings import Surroundings
from core.app.inbound import ReceiptKind, Reception
from tests.adapters.discord.discord_road import LIMIT_S, as_before, brisk_line, settings_for
from tests.fakes.blobs import FakeBlobs
from tests.fakes.desk import FakeDesk
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.app.inbound import Inbound, Left
    from tests.fakes.discord_server import FakeDiscord


class Desk(FakeDesk):
    """Remembers what arrives and takes it. `fault` is raised instead."""

    fault: Exception | None = None
    answer = Reception(ReceiptKind.ACCEPTED)

    async def receive(self, inbound: Inbound) -> Reception:
        """Remember it, unless something is to go wrong."""
        if self.fault is not None:
            raise self.fault
        received = await super().receive(inbound)
        return received if received.kind is ReceiptKind.REPEATED else self.answer

    async def leave(self, left: Left) -> int:
        """The same."""
        if self.fault is not None:
            raise self.fault
        return await super().leave(left)


@dataclass(frozen=True, slots=True)
class Ears:
    """Listeners that hear a fake Discord, and what they told the desk."""

    fake: FakeDiscord
    desk: Desk
    parts: DiscordParts
    reports: FakeReports
    hearing: Hearing

    async def heard(self, count: int = 1) -> Inbound:
        """The last of so many that arrived."""
        await self.fake.until(lambda: len(self.desk.inbounds) >= count, LIMIT_S)
        return self.desk.inbounds[count - 1]


@asynccontextmanager
async def open_ears(
    fake: FakeDiscord, folder: Path, database_url: str, **settings: object
) -> AsyncIterator[Ears]:
    """Listen while the block runs."""
    clock, ids, blobs, reports = SystemClock(), SystemIds(), FakeBlobs(), FakeReports()
    made = settings_for(fake, folder, database_url, **settings)
    async with AsyncExitStack() as stack:
        stack.enter_context(as_before())
        database = open_database(database_url, clock)
        stack.push_async_callback(database.close)
        await check_schema(database)
        around = Surroundings(made, database, blobs, clock, ids, reports)
        parts = await stack.enter_async_context(open_discord(around))
        desk = Desk(parts.outlet.surface, blobs)
        desk.is_silent = True
        known = fake.gateway.counts.identifies
        line = brisk_line(parts, made)
        hearing = await stack.enter_async_context(listening(parts, desk, around, line=line))
        await fake.until(lambda: fake.gateway.counts.identifies > known and fake.gateway.is_ready, LIMIT_S)
        yield Ears(fake, desk, parts, reports, hearing)
