"""Puts the bridge together: simcord's world, the server before it, and waiting for what happens in it.

Owns starting and stopping. simcord's people act by `env`, which wants a client of discord.py to be attached
to: it gets one that hears nothing and does nothing, and the program connects by the addresses.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import discord
from aiohttp import web
from simcord import Env

from tests.fakes.simcord_bridge.doors import API, Doors
from tests.fakes.simcord_bridge.hours import Hours
from tests.fakes.simcord_bridge.sockets import Sockets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.fakes.simcord_bridge.doors import Complaint

_LARGEST = 64 * 1024 * 1024


class Bridge:
    """A simcord that is reached over the network. Make it on a running loop."""

    def __init__(self) -> None:
        self.env = Env(discord.Client(intents=discord.Intents.none()))
        self.hours = Hours()
        self.env.backend.clock = self.hours  # type: ignore[assignment]  # has all that simcord calls
        self.doors = Doors(self.env.backend, self._note)
        self.sockets = Sockets(self.env.backend, self.doors)
        self.env.backend.subscribers.append(lambda _event, _payload: self._note())
        self._news = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Bridge]:
        """Listen while the block runs."""
        app = web.Application(client_max_size=_LARGEST)
        self.doors.add_to(app)
        self.sockets.add_to(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.doors.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await self.env.start()
        try:
            yield self
        finally:
            await self.sockets.close()
            await runner.cleanup()
            await self.env.shutdown()
        self.env.raise_errors()

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        return self.doors.origin + API

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        return self.doors.origin.replace("http", "ws", 1) + "/gateway"

    @property
    def complaints(self) -> list[Complaint]:
        """What simcord refused or did not know, but for what a test took out as expected."""
        return self.doors.complaints

    def grant(self, *, message_content: bool) -> None:
        """Say whether the application may read messages that are not meant for it."""
        self.sockets.approved.message_content = self.doors.sees_content = message_content

    async def until(self, is_so: Callable[[], Any], limit_s: float = 20.0) -> None:
        """Wait until something is so; looked at after each call and event."""
        async with asyncio.timeout(limit_s):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    def _note(self) -> None:
        self._news.set()
