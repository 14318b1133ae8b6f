"""Discord's gateway alone, with nobody who listens."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.discord.departures import Departures
from adapters.discord.gateway import Gateway, Line, redirect
from adapters.discord.listeners import Listeners
from tests.adapters.discord.discord_road import as_before
from tests.fakes.clock import HastyClock
from tests.fakes.discord_server import TOKEN
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from adapters.platforms.payload import Payload
    from tests.fakes.discord_server import FakeDiscord


class NoDepartures(Departures):
    """Whoever comes or goes, nobody is told."""

    def __init__(self) -> None:
        """Without anything to act on."""

    def listed(self, event: Payload) -> None:
        """Nobody looks."""


class Nobody(Listeners):
    """Listeners that nothing reaches."""

    def __init__(self) -> None:
        """Without anything to listen with."""
        self.departures = NoDepartures()

    def sees_content(self, *, is_seen: bool) -> None:
        """Nobody looks."""


async def ended(running: asyncio.Task[None]) -> None:
    """Stop it and wait for its end."""
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@asynccontextmanager
async def connected(
    live: FakeDiscord,
    on_login: Callable[[str], Awaitable[None]] | None = None,
    *,
    clock: HastyClock | None = None,
) -> AsyncIterator[FakeReports]:
    """A gateway alone, with nobody who listens, on a clock on which waiting takes no time."""
    reports = FakeReports()
    line = Line(TOKEN, identify_every_s=0.0, options={"guild_ready_timeout": 0.05})
    gateway = Gateway(line, clock=clock or HastyClock(), reports=reports)
    gateway.on_login = on_login
    with as_before():
        redirect(live.api_url, live.gateway_url)
        running = asyncio.create_task(gateway.run(Nobody()))
        try:
            yield reports
        finally:
            await ended(running)
