"""Hands out bytes: finished pictures exactly as they were made, small copies, previews, uploads.

Owns who may see which bytes, and how browsers keep them. Whole pictures pass through piece by piece,
so that it matters little how many are fetched at once and how slowly. Must never alter one that is fetched.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from adapters.web.errors import Code, refusal
from adapters.web.memory import WORKSPACE
from adapters.web.surface import preview_blob
from core.app.errors import BlobMissing
from core.domain.generation import Image
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request

    from adapters.web.doorway import Visitor
    from adapters.web.live import Hub
    from adapters.web.store import WebStore
    from core.app.ports import BlobStore, PictureTools
    from core.app.records import PictureRecord
    from core.app.views import Desk

WIDTHS = (160, 480, 960)
"""The edges, in pixels, that small copies come in."""

MAX_SMALL_BYTES = 32_000_000

MADE_AT_ONCE = 2
"""Small copies. For each a whole picture is in hand, and no more are worked on at a time."""

MOST_UNDER_WAY = 300
"""Pictures on their way to browsers. Each takes less than a megabyte (200 slow ones took 170, 2026-11)."""

FOREVER = "private, max-age=31536000, immutable"


class Showing:
    """GET /api/pictures, /api/previews and /api/uploads/{id}."""

    def __init__(
        self, desk: Desk, store: WebStore, hub: Hub, *, blobs: BlobStore, tools: PictureTools
    ) -> None:
        self._desk = desk
        self._store = store
        self._hub = hub
        self._passing_on = PassingOn(blobs)
        self._small = SmallCopies(blobs, tools)

    async def picture(self, request: Request, _visitor: Visitor) -> Response:
        """A finished picture: the very bytes, or a small copy with `?w=`."""
        record = await self._desk.picture(WORKSPACE, request.path_params["blob"])
        if record is None:
            raise refusal(Code.NOT_FOUND)
        wanted = request.query_params.get("w")
        edge_px = int(wanted) if wanted in {str(width) for width in WIDTHS} else None
        tag = f'"{record.blob.rpartition("/")[2]}-{edge_px or "full"}"'
        headers = {"ETag": tag, "Cache-Control": FOREVER}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if edge_px is not None:
            small = await self._small.copy(record, edge_px)
            return Response(small.content, media_type=small.format.media_type, headers=headers)
        sent = headers | _file(request, record) | {"Content-Length": str(record.size_bytes)}
        return await self._passing_on.answer(record.blob, record.format.media_type, sent)

    async def preview(self, request: Request, _visitor: Visitor) -> Response:
        """A partial picture that was announced a moment ago."""
        name: str = request.path_params["name"]
        if not self._hub.has_preview(name):
            raise refusal(Code.NOT_FOUND)
        digest, _, suffix = name.partition(".")
        kept = {"Cache-Control": FOREVER}
        return await self._passing_on.answer(preview_blob(digest), f"image/{suffix}", kept)

    async def upload(self, request: Request, _visitor: Visitor) -> Response:
        """A picture that somebody added to a message; its id is unguessable, and told with the message."""
        upload = await self._store.uploads.get(request.path_params["id"])
        if upload is None:
            raise refusal(Code.NOT_FOUND)
        sent = {"Cache-Control": FOREVER, "Content-Length": str(upload.size_bytes)}
        return await self._passing_on.answer(BlobKey(upload.blob), upload.media_type, sent)


class PassingOn:
    """Sends bytes as they lie in the store, each piece read when the one before has gone out."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._under_way = 0

    async def answer(self, key: BlobKey, media_type: str, headers: Mapping[str, str]) -> Response:
        """The bytes; raises Refusal where there are none, or where too many fetch some already."""
        if self._under_way >= MOST_UNDER_WAY:
            raise refusal(Code.CROWDED)
        pieces = self._blobs.pieces(key)
        try:
            first = await anext(pieces, b"")
        except BlobMissing:
            raise refusal(Code.NOT_FOUND) from None
        return StreamingResponse(self._all(first, pieces), media_type=media_type, headers=headers)

    async def _all(self, first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        # Counted from here: an answer that is never begun would never end.
        self._under_way += 1
        try:
            yield first
            async for piece in rest:
                yield piece
        finally:
            self._under_way -= 1


class SmallCopies:
    """Makes small copies once and keeps the last ones in memory, within a bound on bytes."""

    def __init__(self, blobs: BlobStore, tools: PictureTools) -> None:
        self._blobs = blobs
        self._tools = tools
        self._room = asyncio.Semaphore(MADE_AT_ONCE)
        self._kept: OrderedDict[tuple[str, int], Image] = OrderedDict()
        self._making: dict[tuple[str, int], asyncio.Lock] = {}

    async def copy(self, record: PictureRecord, edge_px: int) -> Image:
        """The small copy; many who ask at once wait for one."""
        key = (record.blob, edge_px)
        async with self._making.setdefault(key, asyncio.Lock()):
            found = self._kept.get(key)
            if found is None:
                found = await self._made(record, edge_px)
                self._keep(key, found)
            self._kept.move_to_end(key)
        self._making.pop(key, None)
        return found

    async def _made(self, record: PictureRecord, edge_px: int) -> Image:
        async with self._room:
            content = await _bytes(self._blobs, record.blob)
            whole = Image(content, record.format, record.size, record.has_alpha)
            return await self._tools.thumbnail(whole, edge_px=edge_px)

    def _keep(self, key: tuple[str, int], image: Image) -> None:
        self._kept[key] = image
        while (
            sum(len(kept.content) for kept in self._kept.values()) > MAX_SMALL_BYTES and len(self._kept) > 1
        ):
            self._kept.popitem(last=False)


async def _bytes(blobs: BlobStore, key: BlobKey) -> bytes:
    try:
        return await blobs.get(key)
    except BlobMissing:
        raise refusal(Code.NOT_FOUND) from None


def _file(request: Request, record: PictureRecord) -> dict[str, str]:
    if request.query_params.get("download") != "1":
        return {}
    wanted = request.query_params.get("name", "")
    plain = "".join(character for character in wanted if character.isalnum() or character in "-_. ")[:80]
    name = plain or f"inkthread-{record.blob.rpartition('/')[2][:12]}.{record.format.value}"
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
