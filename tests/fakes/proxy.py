"""A proxy that lets nobody through, and remembers where everybody wanted to go."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# In words that platforms use: what is none of their own is no answer, and asked for again.
_NO = b'{"ok": false, "error": "proxied", "code": 0, "message": "proxied"}'
_REFUSED = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(_NO), _NO)
)


@dataclass(slots=True)
class Asked:
    """What a client wanted: `POST http://slack.test/api/users.info`, and its headers, names in lower case."""

    what: str
    headers: dict[str, str]


@dataclass(slots=True)
class FakeProxy:
    """Its address, for HTTP_PROXY, and what it was asked for."""

    address: str
    asked: list[Asked] = field(default_factory=list)


@asynccontextmanager
async def open_proxy() -> AsyncIterator[FakeProxy]:
    """A proxy on this machine while the block runs; its address has a login."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        line, *fields = head.strip().split("\r\n")
        pairs = (one.split(": ", 1) for one in fields)
        proxy.asked.append(Asked(line.rpartition(" ")[0], {name.lower(): value for name, value in pairs}))
        writer.write(_REFUSED)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    proxy = FakeProxy(f"http://ink:hush@127.0.0.1:{server.sockets[0].getsockname()[1]}")
    async with server:
        yield proxy
