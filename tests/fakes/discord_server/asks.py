"""What a client sent, as received: recorded for assertions, and read into a body and files.

Judges nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.bits import MIB, Wire
from tests.fakes.discord_server.refusals import invalid, refuse

if TYPE_CHECKING:
    from aiohttp import BodyPartReader, web

READ_AT_MOST = 256 * MIB
"""A request above its cap is still read to here, so that the client sees the refusal and no broken pipe."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a multipart body, its bytes exactly as they came."""

    field: str
    name: str
    content_type: str
    content: bytes

    @property
    def number(self) -> str:
        """The n of `files[n]`, which `attachments` refers to."""
        return self.field.removeprefix("files[").removesuffix("]")


@dataclass(slots=True)
class Call:
    """One request and what became of it.

    `route` is the template, such as `/channels/{channel_id}/messages`.
    """

    number: int
    method: str
    path: str
    route: str
    headers: dict[str, str]
    query: dict[str, str]
    params: dict[str, str] = field(default_factory=dict)
    body: Wire = None
    files: tuple[SentFile, ...] = ()
    status: int = 0
    code: int | None = None
    size_bytes: int = 0
    arrived_s: float = 0.0
    took_s: float = 0.0

    @property
    def name(self) -> str:
        """Method and route, as scripts and assertions write them."""
        return f"{self.method} {self.route}"

    def id(self, name: str) -> int:
        """A snowflake of the path."""
        value = self.params[name]
        return int(value) if value.isdigit() else invalid(name, "NUMBER_TYPE_COERCE", "is not snowflake.")

    @property
    def fields(self) -> dict[str, Any]:
        """The body where it is an object; nothing otherwise."""
        return self.body if isinstance(self.body, dict) else {}


async def read_body(request: web.Request, call: Call, limit: int) -> None:
    """Read the whole request into the call; 40005 above the limit, 50035 where it cannot be read."""
    kind = call.headers.get("content-type", "").partition(";")[0]
    if kind == "multipart/form-data":
        await _read_form(request, call)
    elif request.can_read_body:
        raw = await request.read()
        call.size_bytes = len(raw)
        call.body = _json(raw) if raw else None
    if call.size_bytes > limit:
        refuse(40005)


async def _read_form(request: web.Request, call: Call) -> None:
    files: list[SentFile] = []
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        read: BodyPartReader = part  # type: ignore[assignment]  # Discord's forms do not nest
        content = bytes(await read.read(decode=False))
        call.size_bytes += len(content)
        if read.filename is None and read.name == "payload_json":
            call.body = _json(content)
        elif read.filename is not None:
            mime = read.headers.get("content-type", "")
            files.append(SentFile(read.name or "", read.filename, mime, content))
    call.files = tuple(files)


def _json(raw: bytes) -> Wire:
    try:
        return json.loads(raw)
    except ValueError:
        refuse(50035, "The request body contains invalid JSON.")
