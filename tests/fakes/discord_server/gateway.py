"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats, and every way in which a connection can go wrong.

Owns the socket and the close codes. Its pace is in real seconds, because the library's is.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.fakes.discord_server.bits import KNOWN_INTENTS, PRIVILEGED, Intent, Wire
from tests.fakes.discord_server.payloads import guild_json, user_json
from tests.fakes.discord_server.sessions import Session, Sessions
from tests.fakes.discord_server.streams import STREAMS

if TYPE_CHECKING:
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.streams import Stream
    from tests.fakes.discord_server.world import Json

MOST_BYTES = 4096
MOST_SENDS_A_MINUTE = 120
MOST_GUILDS_A_SHARD = 2500
HEARTBEAT_MS = 41_250


class Closed(Exception):  # noqa: N818 - it is no error of ours
    """The connection is to be closed with a code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True)
class Connection:
    """One open socket."""

    socket: web.WebSocketResponse
    request: web.Request
    stream: Stream | None
    queue: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    sends: deque[float] = field(default_factory=deque)
    is_zombie: bool = False

    def put(self, frame: Json) -> None:
        """Queue a frame; a zombie keeps everything to itself."""
        if not self.is_zombie:
            self.queue.put_nowait(frame)


@dataclass(slots=True)
class Counts:
    """What was seen, for assertions."""

    hellos: int = 0
    identifies: int = 0
    resumes: int = 0
    heartbeats: int = 0
    closes: list[int] = field(default_factory=list)
    """Codes that this server closed with."""
    identified: list[Json] = field(default_factory=list)


class Gateway:
    """All connections and sessions of the bot."""

    def __init__(self, discord: Discord, token: str) -> None:
        self.discord = discord
        self.sessions = Sessions(discord)
        self.connections: list[Connection] = []
        self.counts = Counts()
        self.token = token
        self.heartbeat_ms = HEARTBEAT_MS
        self.next_is_zombie = False
        self._last_identify: dict[int, float] = {}

    def add_to(self, application: web.Application) -> None:
        """Put the socket's route into an application."""
        application.router.add_get("/gw", self._serve)
        application.router.add_get("/gw/", self._serve)

    @property
    def is_ready(self) -> bool:
        """Whether anybody is connected and identified."""
        return any(connection.session is not None for connection in self.connections)

    def tell(self, event: str, place: Wire, data: Json, *, message: Wire = None) -> None:
        """Send an event to whoever may hear it."""
        self.sessions.tell(event, place, data, message=message)

    # --- what can go wrong -------------------------------------------------------------------------

    def ask_to_reconnect(self) -> None:
        """Op 7 to everybody."""
        for connection in self.connections:
            connection.put({"op": 7, "d": None, "s": None, "t": None})

    def invalidate(self, *, is_resumable: bool) -> None:
        """Op 9 to everybody; without resuming the sessions are forgotten."""
        if not is_resumable:
            self.forget()
        for connection in self.connections:
            connection.put({"op": 9, "d": is_resumable, "s": None, "t": None})

    def forget(self) -> None:
        """Lose all sessions: a RESUME is answered with op 9 false."""
        self.sessions.known.clear()

    async def close(self, code: int) -> None:
        """Close everybody's connection with a code; 4009 is a timed-out session."""
        self.counts.closes.append(code)
        for connection in list(self.connections):
            self._detach(connection)
            await connection.socket.close(code=code, message=b"closed by the test")

    def abort(self) -> None:
        """Cut all connections without a word, as a failing network does. Events are kept for the resume."""
        for connection in list(self.connections):
            self._detach(connection)
            transport = connection.request.transport
            if transport is not None:
                transport.abort()

    def go_silent(self) -> None:
        """Turn all connections into zombies: open, but neither heartbeat nor event is answered."""
        for connection in self.connections:
            connection.is_zombie = True

    def hear_again(self) -> None:
        """Let zombies speak; what they missed comes by resuming only."""
        for connection in self.connections:
            connection.is_zombie = False

    # --- a connection ------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(max_msg_size=0, heartbeat=None)
        await socket.prepare(request)
        made = STREAMS.get(request.query.get("compress", ""))
        connection = Connection(socket, request, made() if made else None, is_zombie=self.next_is_zombie)
        self.connections.append(connection)
        writer = asyncio.create_task(self._write(connection))
        try:
            await self._talk(connection)
        except Closed as closed:
            self.counts.closes.append(closed.code)
            await socket.close(code=closed.code, message=closed.reason.encode())
        finally:
            writer.cancel()
            self._detach(connection)
        return socket

    def _detach(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if connection.session is not None:
            connection.session.send = None
            connection.session = None
        self.discord.touch()

    async def _write(self, connection: Connection) -> None:
        while (frame := await connection.queue.get()) is not None:
            text = json.dumps(frame)
            try:
                if connection.stream is None:
                    await connection.socket.send_str(text)
                else:
                    await connection.socket.send_bytes(connection.stream.pack(text))
            except ConnectionError:
                return

    async def _talk(self, connection: Connection) -> None:
        if connection.request.query.get("v", "10") not in {"9", "10"}:
            raise Closed(4012, "Invalid API version.")
        self.counts.hellos += 1
        hello = {"heartbeat_interval": self.heartbeat_ms, "_trace": ["fake"]}
        connection.put({"op": 10, "d": hello, "s": None, "t": None})
        async for read in connection.socket:
            if read.type is not WSMsgType.TEXT:
                raise Closed(4002, "Error while decoding payload.")
            self._check_pace(connection, read.data)
            try:
                frame: Json = json.loads(read.data)
            except ValueError:
                raise Closed(4002, "Error while decoding payload.") from None
            self._take(connection, frame)

    def _check_pace(self, connection: Connection, text: str) -> None:
        now = time.monotonic()
        connection.sends.append(now)
        while connection.sends[0] < now - 60:
            connection.sends.popleft()
        if len(connection.sends) > MOST_SENDS_A_MINUTE:
            raise Closed(4008, "Rate limited.")
        if len(text.encode()) > MOST_BYTES:
            raise Closed(4002, "Error while decoding payload.")

    def _take(self, connection: Connection, frame: Json) -> None:
        operation = frame.get("op")
        if operation == 1:
            self.counts.heartbeats += 1
            connection.put({"op": 11, "d": None, "s": None, "t": None})
        elif operation == 2:
            self._identify(connection, frame.get("d") or {})
        elif operation == 6:
            self._resume(connection, frame.get("d") or {})
        elif operation not in {3, 4, 8}:
            raise Closed(4001, "Unknown opcode.")
        elif connection.session is None:
            raise Closed(4003, "Not authenticated.")

    # --- starting a session ------------------------------------------------------------------------

    def _identify(self, connection: Connection, told: Json) -> None:
        if connection.session is not None:
            raise Closed(4005, "Already authenticated.")
        self._check_token(told)
        shard = self._shard(told)
        intents = self._intents(told)
        self.counts.identifies += 1
        self.counts.identified.append({**told, "token": "[taken out]"})
        if not self._may_identify(shard[0]):
            connection.put({"op": 9, "d": False, "s": None, "t": None})
            return
        session = Session(intents, shard)
        self.sessions.known[session.id] = session
        self._attach(connection, session)
        self._greet(session)

    def _check_token(self, told: Json) -> None:
        if str(told.get("token", "")).removeprefix("Bot ") != self.token:
            raise Closed(4004, "Authentication failed.")

    def _shard(self, told: Json) -> tuple[int, int]:
        index, number = told.get("shard") or (0, 1)
        if not 0 <= index < number:
            raise Closed(4010, "Invalid shard.")
        joined = [guild for guild in self.discord.world.guilds.values() if guild.has_bot]
        if len(joined) > MOST_GUILDS_A_SHARD * number:
            raise Closed(4011, "Sharding required.")
        return index, number

    def _intents(self, told: Json) -> Intent:
        value = told.get("intents")
        if not isinstance(value, int) or value & ~KNOWN_INTENTS:
            raise Closed(4013, "Invalid intent(s).")
        switches = self.discord.switches
        granted = Intent.MESSAGE_CONTENT if switches.content_intent else Intent(0)
        if switches.other_privileged:
            granted |= Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES
        if Intent(value) & PRIVILEGED & ~granted:
            raise Closed(4014, "Disallowed intent(s).")
        return Intent(value)

    def _may_identify(self, shard: int) -> bool:
        """One IDENTIFY a concurrency bucket every five seconds, and a budget a day."""
        switches = self.discord.switches
        if switches.identifies_left <= 0:
            raise Closed(4004, "Authentication failed.")  # Discord resets the token of who used it up
        bucket = shard % switches.max_concurrency
        last = self._last_identify.get(bucket)
        now = time.monotonic()
        if last is not None and now - last < switches.identify_every_s:
            return False
        self._last_identify[bucket] = now
        switches.identifies_left -= 1
        return True

    def _attach(self, connection: Connection, session: Session) -> None:
        for other in list(self.connections):
            if other.session is session:
                other.session = None
        connection.session = session
        session.send = connection.put
        self.discord.touch()

    def _greet(self, session: Session) -> None:
        world = self.discord.world
        guilds = [guild for guild in world.guilds.values() if guild.has_bot and session.hears(guild.id)]
        ready: Json = {
            "v": 10,
            "user": user_json(world.bot) | {"verified": True, "mfa_enabled": False, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.discord.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(world.bot.id), "flags": 0},
            "private_channels": [],
            "user_settings": {},
            "presences": [],
            "relationships": [],
            "geo_ordered_rtc_regions": [],
            "_trace": ["fake"],
        }
        session.push("READY", ready)
        if Intent.GUILDS in session.intents:
            for guild in guilds:
                session.push("GUILD_CREATE", guild_json(world, guild))

    def _resume(self, connection: Connection, told: Json) -> None:
        if connection.session is not None:
            raise Closed(4005, "Already authenticated.")
        self._check_token(told)
        self.counts.resumes += 1
        session = self.sessions.known.get(str(told.get("session_id")))
        if session is None:
            connection.put({"op": 9, "d": False, "s": None, "t": None})
            return
        sequence = told.get("seq")
        if not isinstance(sequence, int) or sequence > session.sequence:
            raise Closed(4007, "Invalid seq.")
        missed = session.missed_since(sequence)
        for frame in missed:
            connection.put(frame)
        self._attach(connection, session)
        session.push("RESUMED", {"_trace": ["fake"]})
