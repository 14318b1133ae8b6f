"""The gateway: a websocket over which simcord tells what happens, as much as the intents allow.

Owns HELLO, IDENTIFY, READY and the numbers of events. What a connection may hear, and what is taken out of
it, decides simcord by the intents that came with the IDENTIFY. It knows no sessions: none can be resumed.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

import discord
from aiohttp import WSMsgType, web
from simcord.backend import serializers
from simcord.gateway import FakeGateway
from simcord.intents import missing_privileged_intents

from tests.fakes.discord_server import TOKEN
from tests.fakes.simcord_bridge.doors import Complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simcord.backend import Backend

    from tests.fakes.simcord_bridge.doors import Doors

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 9, 10, 11
_BAD_TOKEN, _NOT_GRANTED = 4004, 4014
_HEARTBEAT_MS: Final = 45_000


class _Parsers(dict[str, "Callable[[Any], None]"]):
    """Where simcord looks for who hears an event: here everything is told on."""

    def __init__(self, tell: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, event: str) -> Callable[[Any], None]:
        return lambda payload: self._tell(event, payload)


class _Session:
    """One connection. `intents` and `parsers` are what simcord asks of the library's own state."""

    def __init__(self, socket: web.WebSocketResponse, wire: Callable[[Any], str]) -> None:
        self.intents = discord.Intents.none()
        self.parsers = _Parsers(self.tell)
        self._socket = socket
        self._wire = wire
        self._count = 0
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    def tell(self, event: str, payload: Any) -> None:  # noqa: ANN401 - JSON of any form
        """Say what happened."""
        self._count += 1
        self.say(_DISPATCH, payload, s=self._count, t=event)

    def say(self, op: int, payload: Any = None, **more: object) -> None:  # noqa: ANN401 - the same
        """Send something, after what was said before."""
        self._lines.put_nowait(self._wire({"op": op, "d": payload, **more}))

    async def write(self) -> None:
        """Send what is said, until cancelled."""
        while True:
            await self._socket.send_str(await self._lines.get())


class Sockets:
    """Takes connections. `approved` are the intents that the application was granted."""

    def __init__(self, backend: Backend, doors: Doors) -> None:
        self.approved = discord.Intents.all()
        self._backend = backend
        self._doors = doors
        self._feeds: dict[_Session, FakeGateway] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        backend.subscribers.append(self._emit)

    @property
    def listening(self) -> int:
        """How many have identified."""
        return len(self._feeds)

    def add_to(self, app: web.Application) -> None:
        """Take the path."""
        app.router.add_get("/gateway", self._take)

    async def close(self) -> None:
        """Cut all connections."""
        for socket in list(self._sockets):
            await socket.close()

    def _emit(self, event: str, payload: Mapping[str, Any]) -> None:
        for feed in list(self._feeds.values()):
            feed.feed(event, payload)

    async def _take(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        session = _Session(socket, self._doors.told)
        writing = asyncio.create_task(session.write(), name="simcord gateway")
        self._sockets.add(socket)
        try:
            session.say(_HELLO, {"heartbeat_interval": _HEARTBEAT_MS})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._heard(session, socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
            self._feeds.pop(session, None)
            writing.cancel()
            self._doors.changed()
        return socket

    async def _heard(self, session: _Session, socket: web.WebSocketResponse, told: dict[str, Any]) -> None:
        match told["op"]:
            case op if op == _HEARTBEAT:
                session.say(_ACK)
            case op if op == _IDENTIFY:
                await self._identify(session, socket, told["d"])
            case op if op == _RESUME:
                session.say(_INVALID, payload=False)
            case op:
                self._doors.complaints.append(Complaint(f"gateway {op}", 0, 0, "simcord does not know it"))

    async def _identify(self, session: _Session, socket: web.WebSocketResponse, wish: dict[str, Any]) -> None:
        session.intents.value = wish["intents"]
        if wish["token"] != TOKEN:
            await socket.close(code=_BAD_TOKEN)
            return
        if missing_privileged_intents(session.intents, self.approved):
            await socket.close(code=_NOT_GRANTED)
            return
        backend, feed = self._backend, FakeGateway(self._backend, session)
        feed.deliver("READY", self._ready(wish))
        for guild in backend.guilds.values():
            feed.feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        self._feeds[session] = feed
        self._doors.changed()

    def _ready(self, wish: dict[str, Any]) -> dict[str, Any]:
        backend = self._backend
        return {
            "v": 10,
            "user": dict(serializers.user_payload(backend.bot_user)),
            "guilds": [{"id": str(one), "unavailable": True} for one in backend.guilds],
            "session_id": "simcord",
            "resume_gateway_url": f"{self._doors.origin.replace('http', 'ws', 1)}/gateway",
            "shard": wish.get("shard", [0, 1]),
            "application": {"id": str(backend.application_id), "flags": 0},
        }
