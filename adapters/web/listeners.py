"""What people do on the page: messages, presses, uploads, a new name. Each becomes at most one Inbound.

Owns the unsafe half of the API. Must never decide what a person's words mean.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.responses import JSONResponse

from adapters.web import read
from adapters.web.errors import MAX_UNUSED_UPLOADS, MAX_UPLOAD_BYTES, Code, refusal
from adapters.web.live import changed
from adapters.web.memory import STUDIO, WORKSPACE, Draft, StoredUpload
from adapters.web.people import MAX_NAME
from adapters.web.security import json_body, limited_body
from core.app.ports import PictureProblem
from core.domain.ids import BlobKey, ThreadRef
from core.domain.prompt.privacy import asks_for_privacy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from adapters.web.doorway import Doorway, Visitor
    from adapters.web.memory import WebMessage
    from adapters.web.presenting import Presenter
    from adapters.web.store import WebStore
    from core.app.ports import BlobStore, PictureTools, Signals
    from core.app.views import Desk

UPLOADS_AT_ONCE = 3
"""Each is held in memory whole while it is checked."""

MOST_WAITING = 60
"""More than that many uploads in line are asked to come again: it is long for whoever stands at its end."""

STALLED_S = 20.0
"""So long nothing more of an upload may come: it holds one of those places, and others wait for it."""

MAX_FILE_NAME = 120
MAX_UPLOAD_MB = MAX_UPLOAD_BYTES // 1_000_000


@dataclass(frozen=True, slots=True)
class Talking:
    """POST /api/messages, /api/presses and /api/me."""

    desk: Desk
    store: WebStore
    signals: Signals
    doorway: Doorway
    presenter: Presenter

    async def message(self, request: Request, visitor: Visitor) -> Response:
        """Store what was said, so that everybody sees it, and hand it over. Safe to repeat by key."""
        wish = read.read_message(await json_body(request))
        thread = await self._thread(wish, visitor)
        uploads = await self._uploads(wish, visitor)
        person = await self.doorway.person(visitor)
        message = await self._stored(wish, visitor, thread, uploads)
        reception = await self.desk.receive(read.message_inbound(wish, person, thread, uploads))
        shown = await self.presenter.messages([message], visitor.actor)
        return _accepted({"message": shown[0], "received": reception.kind.value})

    async def _thread(self, wish: read.MessageWish, visitor: Visitor) -> ThreadRef | None:
        if read.opens_channel_message(wish):
            return None
        root = await self.store.messages.get(wish.thread or "")
        if root is None or root.thread is not None or not root.is_visible_to(visitor.actor):
            raise refusal(Code.NOT_FOUND)
        return ThreadRef(root.id)

    async def _uploads(self, wish: read.MessageWish, visitor: Visitor) -> list[StoredUpload]:
        uploads = await self.store.uploads.those(wish.uploads)
        if len(uploads) != len(wish.uploads) or any(one.actor != visitor.actor for one in uploads):
            raise refusal(Code.UPLOAD_GONE)
        return uploads

    async def _stored(
        self,
        wish: read.MessageWish,
        visitor: Visitor,
        thread: ThreadRef | None,
        uploads: list[StoredUpload],
    ) -> WebMessage:
        key = f"{visitor.actor}:{wish.key}"
        draft = Draft(
            key,
            STUDIO,
            thread,
            author=visitor.actor,
            text=wish.text,
            uploads=tuple(uploads),
            # Whatever becomes of them: who asks for privacy has not said these words to everybody.
            private_to=visitor.actor if asks_for_privacy(wish.text) else None,
        )
        message, is_new = await self.store.messages.post(draft)
        if uploads:
            await self.store.uploads.use(wish.uploads)
        if is_new:
            await self.signals.publish(changed())
        return message

    async def press(self, request: Request, visitor: Visitor) -> Response:
        """Hand a pressed button over. Safe to repeat with the same key."""
        wish = read.read_press(await json_body(request))
        message = await self.store.messages.get(wish.message)
        if message is None or message.is_deleted or not message.is_visible_to(visitor.actor):
            raise refusal(Code.NOT_FOUND)
        person = await self.doorway.person(visitor)
        reception = await self.desk.receive(read.press_inbound(wish, person, message))
        return _accepted({"received": reception.kind.value})

    async def rename(self, request: Request, visitor: Visitor) -> Response:
        """Call the visitor something else."""
        name = read.read_name(await json_body(request), limit=MAX_NAME)
        await self.store.people.rename(visitor.actor, name)
        return JSONResponse({"name": name})


class Dropping:
    """POST /api/uploads: one picture a request, its bytes as the body, its name in `?name=`."""

    def __init__(
        self, store: WebStore, *, blobs: BlobStore, tools: PictureTools, patience_s: float = STALLED_S
    ) -> None:
        self._patience_s = patience_s
        self._store = store
        self._blobs = blobs
        self._tools = tools
        self._room = asyncio.Semaphore(UPLOADS_AT_ONCE)
        self._here = 0

    async def upload(self, request: Request, visitor: Visitor) -> Response:
        """Check a picture, strip it of metadata, keep it for a message to come."""
        name = _file_name(request.query_params.get("name", ""))
        async with self._place():
            content = await self._received(request, name)
            checked = await self._tools.normalise(content, file_name=name)
            if isinstance(checked, PictureProblem):
                code = _PROBLEMS.get(checked.code, Code.NOT_A_PICTURE)
                raise refusal(code, name=name, limit=MAX_UPLOAD_MB)
            blob = BlobKey(f"{WORKSPACE}/{hashlib.sha256(checked.content).hexdigest()}")
            await self._blobs.put(blob, checked.content)
        upload = StoredUpload(
            id=secrets.token_urlsafe(18),
            actor=visitor.actor,
            file_name=name,
            media_type=checked.format.media_type,
            size_bytes=len(checked.content),
            blob=blob,
        )
        await self._store.uploads.add(upload, most_unused=MAX_UNUSED_UPLOADS)
        return JSONResponse({"id": upload.id, "name": name, "url": f"/api/uploads/{upload.id}"}, 201)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """One of the few places, once it is free; nothing of the upload is read before."""
        if self._here >= UPLOADS_AT_ONCE + MOST_WAITING:
            raise refusal(Code.CROWDED)
        self._here += 1
        try:
            async with self._room:
                yield
        finally:
            self._here -= 1

    async def _received(self, request: Request, name: str) -> bytes:
        too_large = refusal(Code.PICTURE_TOO_LARGE, name=name, limit=MAX_UPLOAD_MB)
        try:
            return await limited_body(request, MAX_UPLOAD_BYTES, too_large, patience_s=self._patience_s)
        except TimeoutError:
            raise refusal(Code.STALLED, name=name) from None


_PROBLEMS = {
    "not_a_picture": Code.NOT_A_PICTURE,
    "unsupported_format": Code.UNSUPPORTED_FORMAT,
    "animated": Code.ANIMATED,
    "too_many_pixels": Code.TOO_MANY_PIXELS,
    "truncated": Code.TRUNCATED,
    "too_large": Code.PICTURE_TOO_LARGE,
}


def _file_name(given: str) -> str:
    last = unquote(given).replace("\\", "/").rpartition("/")[2]
    printable = "".join(character for character in last if character.isprintable()).strip()
    return printable[-MAX_FILE_NAME:] or "picture"


def _accepted(content: dict[str, object]) -> JSONResponse:
    return JSONResponse(content, 202, {"Cache-Control": "no-store"})
