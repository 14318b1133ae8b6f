"""Hands out the bytes of an address, exactly as they were made.

Owns the answers. A picture that was forgotten meanwhile is gone here too. Must never hand out anything that
no address names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from adapters.downloads.links import PATH
from core.app.errors import BlobMissing, Conflict, StorageFault
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from adapters.downloads.links import SealedLinks
    from core.app.ports import BlobStore
    from core.app.reports import Reports
    from core.app.views import Desk

_GUARDS: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""An address is as good as the picture: nobody on the way keeps it or hands it on."""


class Downloads:
    """GET /downloads/{sealed}."""

    def __init__(self, links: SealedLinks, desk: Desk, blobs: BlobStore, reports: Reports) -> None:
        self._reports = reports
        self._links = links
        self._desk = desk
        self._blobs = blobs

    def asgi(self) -> ASGIApp:
        """The application with the one path."""
        return Starlette(routes=[Route(f"{PATH}{{sealed}}", self._take)])

    async def _take(self, request: Request) -> Response:
        wanted = self._links.read(request.path_params["sealed"])
        if wanted is None:
            return _refused(request, 404, "download_unknown")
        if self._links.is_over(wanted):
            return _refused(request, 410, "download_over")
        pieces, first = self._blobs.pieces(wanted.blob), b""
        try:
            record = await self._desk.picture(wanted.workspace, wanted.blob)
            if record is not None:
                first = await anext(pieces, b"")
        except BlobMissing:
            record = None
        except (Conflict, StorageFault) as fault:
            self._reports.fault("download_failed", fault)
            return _refused(request, 503, "download_later")
        if record is None:
            return _refused(request, 404, "forgotten")
        named = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(wanted.file_name)}",
            "Content-Length": str(record.size_bytes),
        }
        sent = _in_order(first, pieces)
        return StreamingResponse(sent, media_type=record.format.media_type, headers=_GUARDS | named)


async def _in_order(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is read when the one before it has gone out: however many fetch, none is held whole."""
    yield first
    async for piece in rest:
        yield piece


def _refused(request: Request, status: int, code: str) -> Response:
    locale = request.headers.get("Accept-Language", "en").partition(",")[0].partition(";")[0].strip()
    return PlainTextResponse(sentence(code, locale or "en"), status, headers=_GUARDS)
