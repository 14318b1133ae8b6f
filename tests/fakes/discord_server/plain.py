"""Plain HTTP and a plain socket towards the fake, without discord.py: for breaking each rule once."""

from __future__ import annotations

import contextlib
import io
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from tests.fakes.discord_server.bits import Intent, Wire
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.running import FakeDiscord
    from tests.fakes.discord_server.world import Json

GUILD_TALK = Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES
"""What the program asks for without the content of messages."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: Wire
    headers: Mapping[str, str]

    @property
    def code(self) -> int | None:
        """Discord's JSON code."""
        return self.body.get("code") if isinstance(self.body, dict) else None

    @property
    def told(self) -> tuple[int, int | None]:
        """Status and code, as rules name them."""
        return self.status, self.code

    @property
    def fault(self) -> str:
        """Where 50035 says that the fault lies, such as `components.0.custom_id`."""
        at, path = self.body.get("errors", {}), []
        while isinstance(at, dict) and "_errors" not in at and at:
            name, at = next(iter(at.items()))
            path.append(name)
        return ".".join(path)


class Plain:
    """Requests with the bot's token. `files` go as multipart, the rest beside them as `payload_json`."""

    def __init__(self, fake: FakeDiscord, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.session = session
        self.token: str | None = fake.token

    async def ask(
        self, method: str, path: str, body: object = None, files: Mapping[str, bytes] | None = None
    ) -> Reply:
        """One request; `path` is below /api/v10."""
        headers = {} if self.token is None else {"Authorization": f"Bot {self.token}"}
        data: aiohttp.FormData | None = None
        if files is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body or {}))
            for number, (name, content) in enumerate(files.items()):
                file = io.BytesIO(content)
                data.add_field(
                    f"files[{number}]", file, filename=name, content_type="application/octet-stream"
                )
        url = self.fake.api_url + path
        async with self.session.request(
            method, url, json=body if files is None else None, data=data, headers=headers
        ) as answer:
            text = await answer.text()
            is_json = answer.headers.get("Content-Type") == "application/json"
            return Reply(answer.status, json.loads(text) if is_json else text, answer.headers)

    async def get(self, path: str) -> Reply:
        """GET."""
        return await self.ask("GET", path)

    async def post(self, path: str, body: object = None, files: Mapping[str, bytes] | None = None) -> Reply:
        """POST."""
        return await self.ask("POST", path, body, files)

    async def patch(self, path: str, body: object = None, files: Mapping[str, bytes] | None = None) -> Reply:
        """PATCH."""
        return await self.ask("PATCH", path, body, files)

    async def acknowledge(
        self, asked: Interaction, kind: int, data: Json | None = None, query: str = ""
    ) -> Reply:
        """The callback of an interaction."""
        body: Json = {"type": kind} | ({"data": data} if data is not None else {})
        return await self.post(f"/interactions/{asked.id}/{asked.token}/callback{query}", body)

    def hook(self, asked: Interaction, rest: str = "") -> str:
        """The path of an interaction's token."""
        return f"/webhooks/{self.fake.world.bot.id}/{asked.token}{rest}"

    def original(self, asked: Interaction) -> str:
        """The path of an interaction's first response."""
        return self.hook(asked, "/messages/@original")

    # --- the gateway -------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def socket(self, query: str = "v=10&encoding=json") -> AsyncIterator[Socket]:
        """A connection; the first frame is HELLO."""
        async with self.session.ws_connect(f"{self.fake.gateway_url}?{query}") as socket:
            yield Socket(socket, self.fake.token)


class Socket:
    """One connection, spoken to in plain frames."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self.socket = socket
        self.token = token
        self.close_code: int | None = None
        self._inflate = zlib.decompressobj()

    async def send(self, operation: int, data: object) -> None:
        """One frame."""
        await self.socket.send_str(json.dumps({"op": operation, "d": data}))

    async def next(self) -> Json | None:
        """The next frame; None once the connection was closed, whose code then stands in `close_code`."""
        read = await self.socket.receive(timeout=PATIENCE_S)
        if read.type is aiohttp.WSMsgType.TEXT:
            return dict(json.loads(read.data))
        if read.type is aiohttp.WSMsgType.BINARY:
            return dict(json.loads(self._inflate.decompress(read.data)))
        self.close_code = self.socket.close_code
        return None

    async def until(self, *events: str) -> list[Json]:
        """The frames up to each of these events in turn, by name or `op 9`; all of them, in order."""
        found: list[Json] = []
        for event in events:
            while True:
                frame = await self.next()
                assert frame is not None, f"closed with {self.close_code} while waiting for {event}"
                found.append(frame)
                if event in {frame.get("t"), f"op {frame['op']}"}:
                    break
        return found

    async def identify(self, intents: int = GUILD_TALK, **more: object) -> None:
        """IDENTIFY."""
        told: Json = {"token": self.token, "intents": int(intents), "properties": {}, **more}
        await self.send(2, told)

    async def start(self, intents: int = GUILD_TALK, **more: object) -> Json:
        """HELLO, IDENTIFY, READY; returns READY's data."""
        await self.until("op 10")
        await self.identify(intents, **more)
        frames = await self.until("READY")
        return dict(frames[-1]["d"])

    async def resume(self, session_id: str, sequence: int) -> None:
        """RESUME."""
        await self.send(6, {"token": self.token, "session_id": session_id, "seq": sequence})

    async def closed(self) -> int | None:
        """Read to the end; returns the close code."""
        while await self.next() is not None:
            pass
        return self.close_code
