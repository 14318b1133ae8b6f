"""Slack's listeners with a fake desk behind them: what people do arrives as Inbounds, and nothing is painted.

Owns starting and stopping.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.database import check_schema, open_database
from adapters.system import SystemClock, SystemIds
from bots.slack_bot import listening, open_slack
from bots.surroundings import Surroundings
from tests.adapters.slack.slack_road import settings_for
from tests.fakes.blobs import FakeBlobs
from tests.fakes.desk import FakeDesk
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.types import ASGIApp

    from bots.slack_bot import SlackParts
    from core.app.inbound import Inbound, Reception
    from tests.fakes.slack_server import FakeSlack


class Desk(FakeDesk):
    """Remembers what arrives. `fault` is raised instead; `receive` waits for `gate` where there is one."""

    fault: Exception | None = None
    gate: asyncio.Event | None = None

    async def receive(self, inbound: Inbound) -> Reception:
        """Remember it, unless something is to go wrong."""
        if self.gate is not None:
            await self.gate.wait()
        if self.fault is not None:
            raise self.fault
        return await super().receive(inbound)


@dataclass(frozen=True, slots=True)
class Ears:
    """Listeners that hear a fake Slack, and what they told the desk."""

    slack: FakeSlack
    desk: Desk
    parts: SlackParts
    reports: FakeReports
    asgi: ASGIApp | None

    @property
    def last(self) -> Inbound:
        """What arrived last."""
        return self.desk.inbounds[-1]


@asynccontextmanager
async def open_ears(
    slack: FakeSlack, folder: Path, database_url: str, *, desk: Desk | None = None, **settings: object
) -> AsyncIterator[Ears]:
    """Listen while the block runs; over sockets where the settings have an app token, else over HTTP."""
    clock, ids, blobs, reports = SystemClock(), SystemIds(), FakeBlobs(), FakeReports()
    made = settings_for(slack, folder, database_url, **settings)
    async with AsyncExitStack() as stack:
        database = open_database(database_url, clock)
        stack.push_async_callback(database.close)
        await check_schema(database)
        around = Surroundings(made, database, blobs, clock, ids, reports)
        parts = await stack.enter_async_context(open_slack(around))
        heard = desk or Desk(parts.outlet.surface, blobs)
        heard.is_silent = True
        asgi = await stack.enter_async_context(listening(parts, heard, around))
        if made.slack_app_token is not None:
            await slack.sockets.until_connected(made.slack_connections)
        else:
            slack.use_request_url(asgi)
        yield Ears(slack, heard, parts, reports, asgi)
