"""What the page reads: messages, threads, quota, gallery, the stream of changes.

Owns the safe half of the API. Must never change anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, StreamingResponse

from adapters.web.errors import MAX_UPLOAD_BYTES, MAX_UPLOADS_A_MESSAGE, Code, refusal
from adapters.web.memory import STUDIO, WORKSPACE
from adapters.web.people import MAX_NAME
from adapters.web.read import MAX_TEXT
from adapters.web.render import engine_json, gallery_json, quota_json, thread_json
from adapters.web.security import int_or_zero
from core.domain.ids import Platform, ThreadRef

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from adapters.web.doorway import Doorway, Visitor
    from adapters.web.live import EventStream, Hub
    from adapters.web.memory import WebMessage
    from adapters.web.presenting import Presenter
    from adapters.web.store import WebStore
    from core.app.views import Desk

PAGE_SIZE = 40
MAX_GALLERY = 60
NO_STORE = {"Cache-Control": "no-store"}
STREAM_HEADERS = NO_STORE | {"X-Accel-Buffering": "no"}
"""The second one keeps nginx from holding the stream back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """GET under /api, except pictures."""

    desk: Desk
    store: WebStore
    doorway: Doorway
    presenter: Presenter
    hub: Hub
    stream: EventStream

    async def me(self, _request: Request, visitor: Visitor) -> Response:
        """Who the visitor is, and what the page has to know before anything else."""
        return _json(
            {
                "actor": visitor.actor,
                "name": await self.store.people.name_of(visitor.actor),
                "locale": visitor.locale,
                "is_admin": visitor.is_admin,
                "workspace": WORKSPACE,
                "channels": [STUDIO],
                "now_ms": self.store.now_ms(),
                "limits": {
                    "text": MAX_TEXT,
                    "name": MAX_NAME,
                    "upload_bytes": MAX_UPLOAD_BYTES,
                    "uploads": MAX_UPLOADS_A_MESSAGE,
                },
            }
        )

    async def channel(self, request: Request, visitor: Visitor) -> Response:
        """A page of the channel, oldest first; `?before=` a message's seq gives the page before."""
        _, event_id = await self.store.messages.event_span()
        before = int_or_zero(request.query_params.get("before")) or None
        found = await self.store.messages.of_channel(
            STUDIO, visitor.actor, before=before, limit=PAGE_SIZE + 1
        )
        return _json(await self._page(found, visitor) | {"event_id": event_id})

    async def thread(self, request: Request, visitor: Visitor) -> Response:
        """A thread: the message that opened it, a page of replies, and its versions."""
        _, event_id = await self.store.messages.event_span()
        root = await self._root(request, visitor)
        before = int_or_zero(request.query_params.get("before")) or None
        found = await self.store.messages.of_thread(
            root.thread_ref, visitor.actor, before=before, limit=PAGE_SIZE + 1
        )
        shown = await self.presenter.messages([root], visitor.actor)
        page = await self._page(found, visitor)
        versions = await self._versions(root)
        return _json(page | {"root": shown[0], "versions": versions, "event_id": event_id})

    async def versions(self, request: Request, visitor: Visitor) -> Response:
        """The versions of a thread alone."""
        return _json({"versions": await self._versions(await self._root(request, visitor))})

    async def _versions(self, root: WebMessage) -> dict[str, Any] | None:
        view = await self.desk.thread_view(WORKSPACE, Platform.WEB, root.channel, ThreadRef(root.id))
        return None if view is None else thread_json(view)

    async def _root(self, request: Request, visitor: Visitor) -> WebMessage:
        root = await self.store.messages.get(request.path_params["ref"])
        if root is None or root.thread is not None or not root.is_visible_to(visitor.actor):
            raise refusal(Code.NOT_FOUND)
        return root

    async def _page(self, found: list[WebMessage], visitor: Visitor) -> dict[str, Any]:
        # One more than a page was asked for: it only tells whether there is more.
        messages = found[-PAGE_SIZE:]
        shown = await self.presenter.messages(messages, visitor.actor)
        return {"messages": shown, "has_more": len(found) > len(messages)}

    async def quota(self, _request: Request, visitor: Visitor) -> Response:
        """Every allowance that applies to the visitor."""
        rows = await self.desk.quota_of(await self.doorway.person(visitor), STUDIO)
        return _json({"rows": [quota_json(row) for row in rows]})

    async def gallery(self, request: Request, _visitor: Visitor) -> Response:
        """Finished pictures, newest first; `?before=` the time of the last one gives more."""
        before = _time(request.query_params.get("before"))
        items = await self.desk.gallery(WORKSPACE, before=before, limit=MAX_GALLERY)
        names = await self.store.people.names_of(item.actor for item in items)
        shown = [gallery_json(item, names) for item in items]
        return _json({"items": shown, "has_more": len(items) >= MAX_GALLERY})

    async def engine(self, _request: Request, _visitor: Visitor) -> Response:
        """Which engine makes the pictures."""
        return _json(engine_json(self.desk.engine()))

    async def events(self, request: Request, visitor: Visitor) -> Response:
        """The stream of changes, from Last-Event-ID or `?after=` on."""
        if self.hub.is_full(visitor.actor):
            raise refusal(Code.TOO_MANY_STREAMS)
        last = request.headers.get("last-event-id") or request.query_params.get("after")
        events = self.stream.events(visitor.actor, int_or_zero(last))
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)


def _json(content: dict[str, Any]) -> JSONResponse:
    return JSONResponse(content, headers=NO_STORE)


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    problem = refusal(Code.BAD_REQUEST, what="`before` is a time with its offset, in ISO 8601")
    try:
        found = datetime.fromisoformat(text)
        # At either end of the calendar a time with an offset is none in UTC.
        in_utc = None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise problem from None
    if in_utc is None:
        raise problem
    return in_utc
