"""Runs the server on a free port: on the loop of a test, from a thread, or as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord_server.bits import Kind
from tests.fakes.discord_server.control import Control
from tests.fakes.discord_server.core import Discord
from tests.fakes.discord_server.doorstep import Doorstep
from tests.fakes.discord_server.faults import Faults
from tests.fakes.discord_server.gateway import Gateway
from tests.fakes.discord_server.lag import Lag
from tests.fakes.discord_server.limits import Limits
from tests.fakes.discord_server.moderators import Moderators
from tests.fakes.discord_server.people import People
from tests.fakes.discord_server.schema import schema_at
from tests.fakes.discord_server.server import API, Rest, application
from tests.fakes.discord_server.views import Shown, channel_view, ephemerals, open_modals, shown
from tests.fakes.discord_server.world import World, id_of
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from core.app.ports import Clock
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.bits import Wire
    from tests.fakes.discord_server.core import Ping, Switches, Violation
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Channel, Message, User

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GfAkEd.inkthread-test-token"


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class FakeDiscord(People, Moderators):
    """The whole platform.

    `specs` is the folder of INKTHREAD_SPECS; without it no body is held to the schema.
    """

    def __init__(
        self, *, clock: Clock | None = None, specs: Path | None = None, token: str = TOKEN, port: int = 0
    ) -> None:
        now: Callable[[], datetime] = _wall_clock if clock is None else clock.now
        super().__init__(Discord(now, World(now)))
        self.token = token
        self.limits = Limits()
        self.faults = Faults()
        self.lag = Lag()
        self.gateway = Gateway(self.discord, token)
        self.discord.ear = self.gateway
        schema = None if specs is None else schema_at(specs / "discord" / "openapi.json")
        self.rest = Rest(self.discord, token=token, limits=self.limits, faults=self.faults, schema=schema)
        self._port = port
        self._runner: web.AppRunner | None = None

    # --- running -----------------------------------------------------------------------------------

    async def start(self) -> FakeDiscord:
        """Listen on the running loop."""
        app = application()
        self.rest.add_to(app)
        self.gateway.add_to(app)
        Control(self).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        self.discord.origin = f"http://127.0.0.1:{self._port}"
        self.lag.start()
        return self

    async def stop(self) -> None:
        """Stop listening; open connections are cut."""
        self.lag.stop()
        if self.doorstep is not None:
            await self.doorstep.aclose()
        self.gateway.abort()
        if self._runner is not None:
            await self._runner.cleanup()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[FakeDiscord]:
        """Listen while the block runs."""
        await self.start()
        try:
            yield self
        finally:
            await self.stop()

    @contextlib.contextmanager
    def in_thread(self) -> Iterator[FakeDiscord]:
        """Listen from a thread with a loop of its own.

        Reach it over HTTP (`Remote`), its objects are not safe here.
        """
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="fake-discord", daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.start(), loop).result(timeout=PATIENCE_S)
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.stop(), loop).result(timeout=PATIENCE_S)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=PATIENCE_S)
            loop.close()

    def receive_over_http(self, url: str, app: Wire = None) -> Doorstep:
        """From now on interactions are POSTed, signed, to that address or ASGI application."""
        self.doorstep = Doorstep(self.discord, url, app)
        return self.doorstep

    # --- what a program is given ---------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """For `Route.BASE`, or DISCORD_API_URL."""
        return self.discord.origin + API

    @property
    def gateway_url(self) -> str:
        """For `DiscordWebSocket.DEFAULT_GATEWAY`, or DISCORD_GATEWAY_URL."""
        return self.discord.gateway_url

    @property
    def world(self) -> World:
        """All that exists; make guilds, channels and people there."""
        return self.discord.world

    @property
    def switches(self) -> Switches:
        """What a test may turn."""
        return self.discord.switches

    @contextlib.contextmanager
    def redirecting(self) -> Iterator[None]:
        """Point discord.py at this server while the block runs: for tests of this server without the program.

        The library has no setting per client: every `Route` reads its class's BASE, and every fresh IDENTIFY
        goes to its class's DEFAULT_GATEWAY (2.7.1). So this holds for the whole process, as it will in the
        program.
        """
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api_url, yarl.URL(self.gateway_url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    # --- what happened -------------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every request, oldest first."""
        return self.discord.calls

    def calls_to(self, name: str) -> list[Call]:
        """The requests of one route, such as `POST /channels/{channel_id}/messages`."""
        return [call for call in self.calls if call.name == name]

    @property
    def pings(self) -> list[Ping]:
        """Whose phone rang."""
        return self.discord.pings

    @property
    def violations(self) -> list[Violation]:
        """What broke the schema, or a rule that Discord would not refuse for.

        Should be empty after every test.
        """
        return self.discord.violations

    @property
    def interactions(self) -> list[Interaction]:
        """Every interaction, oldest first."""
        return list(self.discord.interactions.values())

    def ack_latencies(self) -> list[float]:
        """Seconds from sending to response of every acknowledged interaction.

        This server's own lag taken off.
        """
        found = []
        for one in self.interactions:
            if one.ack_latency_s is not None:
                one.own_lag_s = self.lag.worst(one.asked_s, one.asked_s + one.ack_latency_s)
                found.append(max(0.0, one.ack_latency_s - one.own_lag_s))
        return found

    async def until(self, is_so: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
        """Wait until something is so; fails after real seconds."""
        await self.discord.until(is_so, timeout_s)

    async def until_ready(self, timeout_s: float = PATIENCE_S) -> None:
        """Wait until a bot is connected and identified."""
        await self.until(lambda: self.gateway.is_ready, timeout_s)

    # --- what people see -----------------------------------------------------------------------------

    def channel_view(self, channel: Channel | int, user: User | int | None = None) -> list[Shown]:
        """A channel from top to bottom, with what only that person sees."""
        who = None if user is None else id_of(user)
        return channel_view(self.discord, id_of(channel), who)

    def thread_of(self, message: Message) -> Channel:
        """The thread made at a message."""
        return self.world.channels[message.id]

    def thread_view(self, thread: Channel | Message | int, user: User | int | None = None) -> list[Shown]:
        """A thread, given itself or the message it was made at."""
        return self.channel_view(id_of(thread), user)

    def ephemerals(self, user: User | int) -> list[Shown]:
        """What only that person sees."""
        who = id_of(user)
        return [shown(self.discord, message) for message in ephemerals(self.discord, who)]

    def open_modals(self, user: User | int) -> list[Interaction]:
        """The interactions whose form is open before a person; give one to `submit`."""
        return open_modals(self.discord, id_of(user))

    def dm(self, user: User) -> Channel:
        """The bot's private conversation with a person."""
        return self.world.dm_with(user.id)

    def group_dm(self, *users: User) -> Channel:
        """A private conversation of several people; the bot is never in it."""
        ids = [user.id for user in users]
        return self.world.add_channel(None, "friends", Kind.GROUP_DM, recipients=ids, owner_id=ids[0])
