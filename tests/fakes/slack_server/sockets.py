"""Socket Mode: connections, envelopes to any one of them, acknowledgements by id, and their ends.

Slack, 2026-11: ten connections at most; each envelope goes to any one; a `disconnect` frame asks for a new
connection; an abrupt end is noticed by the client itself.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.fakes.slack_server.access import check_token
from tests.fakes.slack_server.limits import MINUTE_S
from tests.fakes.slack_server.refusals import refuse
from tests.fakes.slack_server.world import APP_ID
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.deliveries import Attempt, Delivery
    from tests.fakes.slack_server.things import Json
    from tests.fakes.slack_server.world import World

MOST_CONNECTIONS = 10
OPENS_A_MINUTE = 50
"""The method's 2026 page says tier 3, an older one tier 1."""


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket."""

    number: int
    socket: web.WebSocketResponse = field(repr=False)
    request: web.Request = field(repr=False)
    is_leaving: bool = False

    @property
    def name(self) -> str:
        """What attempts call it."""
        return f"socket {self.number}"


class Sockets:
    """The connections of our app."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.connections: list[Connection] = []
        self.opened = 0
        self.unknown_acks: list[str] = []
        self.stale_addresses = 0
        """How many addresses from now on lead nowhere, as when the network fails before they are used."""
        self._tickets: set[str] = set()
        self._turn = 0
        self._awaited: dict[str, tuple[Delivery, Attempt]] = {}
        self._changed = asyncio.Event()

    def open_connection(self, ask: Ask) -> Json:
        """apps.connections.open: an address that is good for one connection."""
        check_token(ask)
        token = ask.token
        if token is None or not token.is_app:
            refuse("not_allowed_token_type")
        if "connections:write" not in token.scopes:
            refuse("missing_scope", needed="connections:write", provided=",".join(token.scopes))
        if self.world.switches.rates.is_kept:
            self.world.buckets.take((ask.method,), OPENS_A_MINUTE, MINUTE_S, self.world.now())
        ticket = self.world.new_id("").lower()
        if self.stale_addresses:
            self.stale_addresses -= 1
        else:
            self._tickets.add(ticket)
        return {"url": f"{self.world.origin.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.opened += 1
        connection = Connection(self.opened, socket, request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json(self._frame("disconnect", reason="too_many_websockets"))
            await socket.close()
            return socket
        self.connections.append(connection)
        await socket.send_json(self._frame("hello"))
        self._changed.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
        finally:
            self._forget(connection)
        return socket

    async def until_connected(self, count: int = 1) -> None:
        """Wait until that many connections stand; fails after a minute of real time."""
        async with asyncio.timeout(PATIENCE_S):
            while len([each for each in self.connections if not each.is_leaving]) < count:
                self._changed.clear()
                await self._changed.wait()

    async def until_opened(self, count: int) -> None:
        """Wait until that many connections were opened since the start, and the last of them stands."""
        async with asyncio.timeout(PATIENCE_S):
            while self.opened < count or not self.connections:
                self._changed.clear()
                await self._changed.wait()

    async def until_acknowledged(self, delivery: Delivery) -> None:
        """Wait for an acknowledgement that may come late; fails after a minute of real time."""
        async with asyncio.timeout(PATIENCE_S):
            while not delivery.is_acknowledged:
                self._changed.clear()
                await self._changed.wait()

    async def send(
        self, delivery: Delivery, *, retry: tuple[int, str] = (0, ""), to: int | None = None
    ) -> bool:
        """Hand an envelope to one connection, and wait for its acknowledgement."""
        living = [each for each in self.connections if not each.is_leaving and not each.socket.closed]
        if not living:
            delivery.begin("nobody")
            return False
        self._turn += 1
        connection = living[(self._turn if to is None else to) % len(living)]
        attempt = delivery.begin(connection.name)
        self._awaited[delivery.envelope_id] = (delivery, attempt)
        envelope: Json = {
            "envelope_id": delivery.envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        try:
            await connection.socket.send_str(json.dumps(envelope))
        except ConnectionError:
            return False
        return await delivery.answered()

    async def refresh(self, reason: str = "refresh_requested", *, connection: int = 0) -> None:
        """Ask a client to come anew; reasons are warning, refresh_requested and link_disabled."""
        leaving = self.connections[connection]
        await leaving.socket.send_json(self._frame("disconnect", reason=reason))
        if reason != "warning":
            leaving.is_leaving = True

    def drop(self, connection: int = 0) -> None:
        """Cut a connection without a word, as a failing network does."""
        gone = self.connections[connection]
        gone.is_leaving = True
        if gone.request.transport is not None:
            gone.request.transport.abort()

    async def close(self) -> None:
        """End every connection, and let nobody in again."""
        self._tickets.clear()
        for connection in list(self.connections):
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def _read(self, text: str) -> None:
        ack: Json = json.loads(text)
        awaited = self._awaited.get(str(ack.get("envelope_id")))
        if awaited is None:
            self.unknown_acks.append(text)
            return
        delivery, attempt = awaited
        delivery.acknowledge(attempt, ack.get("payload") or None)
        self._changed.set()

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        self._changed.set()

    def _frame(self, kind: str, **more: str) -> Json:
        return {
            "type": kind,
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-fake",
                "build_number": 10,
                "approximate_connection_time": 18_060,
            },
            "connection_info": {"app_id": APP_ID},
            **more,
        }
