"""Puts the web platform together: one Starlette application.

Owns the routes and what happens when the server starts and stops. Must never decide anything else.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.doors import Doors
from adapters.web.doorway import Doorway
from adapters.web.errors import Code, refusal
from adapters.web.listeners import Dropping, Talking
from adapters.web.live import HEARTBEAT_S, EventStream, Hub
from adapters.web.openapi import description
from adapters.web.pages import FRESH, STATIC, Pages
from adapters.web.pictures import Showing
from adapters.web.presenting import Presenter
from adapters.web.security import Guard, answer
from adapters.web.sessions import Sessions, Tries, locale_of
from adapters.web.views import Reading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from adapters.web.sessions import WebAccess
    from adapters.web.store import WebStore
    from core.app.ports import BlobStore, Clock, PictureTools, Signals
    from core.app.reports import Reports
    from core.app.views import Desk


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the page needs of the rest of the program."""

    desk: Desk
    store: WebStore
    blobs: BlobStore
    tools: PictureTools
    signals: Signals
    clock: Clock
    access: WebAccess
    is_ready: Callable[[], Awaitable[bool]]
    reports: Reports
    heartbeat_s: float = HEARTBEAT_S


@dataclass(frozen=True, slots=True)
class WebApp:
    """The application for an ASGI server; `close` when the server is asked to stop, so that streams end."""

    asgi: Starlette
    hub: Hub

    def close(self) -> None:
        """End all open streams."""
        self.hub.close()


def build_web_app(parts: WebParts) -> WebApp:
    """The page, its API and its stream."""
    hub = Hub(parts.signals)
    app = Starlette(
        routes=_routes(parts, hub),
        middleware=[Middleware(Guard, hosts=parts.access.hosts)],
        exception_handlers={HTTPException: _http_problem, Exception: _broken},
        lifespan=_lifespan(hub),
    )
    return WebApp(app, hub)


def _routes(parts: WebParts, hub: Hub) -> list[Route | Mount]:
    sessions = Sessions(parts.access)
    doorway = Doorway(sessions, parts.store.people, parts.reports)
    doors = Doors(sessions, Tries(parts.clock), Pages(), parts.is_ready)
    presenter = Presenter(parts.store, hub)
    stream = EventStream(hub, parts.store.messages, presenter.messages, parts.heartbeat_s)
    reading = Reading(parts.desk, parts.store, doorway, presenter, hub, stream)
    talking = Talking(parts.desk, parts.store, parts.signals, doorway, presenter)
    dropping = Dropping(parts.store, blobs=parts.blobs, tools=parts.tools)
    showing = Showing(parts.desk, parts.store, hub, blobs=parts.blobs, tools=parts.tools)
    return [
        Route("/", doorway.safe(doors.page)),
        Route("/login", doorway.safe(doors.login_form)),
        Route("/login", doorway.safe(doors.log_in), methods=["POST"]),
        Route("/healthz", doorway.safe(doors.health)),
        Route("/readyz", doorway.safe(doors.readiness)),
        Route("/openapi.json", _description),
        Route("/api/me", doorway.known(reading.me)),
        Route("/api/me", doorway.known(talking.rename), methods=["POST"]),
        Route("/api/state", doorway.known(reading.channel)),
        Route("/api/threads/{ref}", doorway.known(reading.thread)),
        Route("/api/threads/{ref}/versions", doorway.known(reading.versions)),
        Route("/api/messages", doorway.known(talking.message), methods=["POST"]),
        Route("/api/presses", doorway.known(talking.press), methods=["POST"]),
        Route("/api/uploads", doorway.known(dropping.upload), methods=["POST"]),
        Route("/api/uploads/{id}", doorway.known(showing.upload)),
        Route("/api/quota", doorway.known(reading.quota)),
        Route("/api/gallery", doorway.known(reading.gallery)),
        Route("/api/engine", doorway.known(reading.engine)),
        Route("/api/events", doorway.known(reading.events)),
        Route("/api/pictures/{blob:path}", doorway.known(showing.picture)),
        Route("/api/previews/{name}", doorway.known(showing.preview)),
        Mount("/static", _FreshFiles(directory=STATIC)),
    ]


class _FreshFiles(StaticFiles):
    """The page's files, asked for anew each time: they have no names that change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(FRESH)
        return response


def _lifespan(hub: Hub) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        hearing = asyncio.create_task(hub.run(), name="web signals")
        try:
            yield
        finally:
            hub.close()
            hearing.cancel()
            with suppress(asyncio.CancelledError):
                await hearing

    return lifespan


async def _description(_request: Request) -> Response:
    return JSONResponse(description())


async def _http_problem(request: Request, problem: Exception) -> Response:
    response = answer(refusal(Code.NOT_FOUND), locale_of(request.headers))
    if isinstance(problem, HTTPException):
        response.status_code = problem.status_code
    return response


async def _broken(request: Request, _fault: Exception) -> Response:
    return answer(refusal(Code.BROKEN), locale_of(request.headers))
