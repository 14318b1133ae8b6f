"""Runs the web page: one uvicorn server on the application that the web adapter builds.

Owns the server's life. Must never decide what a request means.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from adapters.web.app import WebParts, build_web_app
from adapters.web.sessions import WebAccess
from core.app.errors import SettingsFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from adapters.web.app import WebApp
    from bots.settings import Settings
    from bots.wiring import Parts

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

GOODBYE_S = 3
"""How long open requests may finish when the server is stopped."""


class WebServer(uvicorn.Server):
    """A uvicorn server on a socket of ours that leaves signals alone and ends the page's streams with it."""

    def __init__(
        self, app: WebApp, settings: Settings, *, beside: Mapping[str, ASGIApp] | None = None
    ) -> None:
        config = uvicorn.Config(
            together(app.asgi, beside) if beside else app.asgi,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_S,
            lifespan="on",
        )
        super().__init__(config)
        self._app = app
        self.is_up = asyncio.Event()
        self._socket = open_socket(settings)
        self.port: int = self._socket.getsockname()[1]

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the process, which has more to stop than this server."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.is_up.set()

    async def run_until_cancelled(self) -> None:
        """Serve; on cancellation finish what is under way, then stop."""
        serving = asyncio.ensure_future(self.serve(sockets=[self._socket]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self._app.close()
            self.should_exit = True
            await serving
            raise


def together(page: ASGIApp, beside: Mapping[str, ASGIApp]) -> ASGIApp:
    """One port for all: what a platform asks under its prefix is no business of the page and its guards."""

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        app = next((one for prefix, one in beside.items() if path.startswith(prefix)), page)
        await app(scope, receive, send)

    return chosen


def open_socket(settings: Settings) -> socket.socket:
    """The listening socket. Raises SettingsFault when the port is taken or not ours to use."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        msg = (
            f"The page cannot be served on {settings.host}:{settings.port} ({_reason(error)}). "
            "Set PORT to a free one, or stop the program that uses it."
        )
        raise SettingsFault(msg) from error


def _reason(error: OSError) -> str:
    """The system's own words: Python's repeat the address."""
    is_from_system = error.errno is not None and not isinstance(error, socket.gaierror)
    return os.strerror(error.errno or 0) if is_from_system else str(error.strerror)


def web_app(parts: Parts) -> WebApp:
    """The page's application."""
    settings = parts.settings

    async def is_ready() -> bool:
        async with parts.database.unit(read_only=True) as unit:
            await unit.now()
        return True

    return build_web_app(
        WebParts(
            desk=parts.studio,
            store=parts.web_store,
            blobs=parts.outside.blobs,
            tools=parts.outside.pictures,
            signals=parts.signals,
            clock=parts.clock,
            access=access_of(settings),
            is_ready=is_ready,
            reports=parts.outside.reports,
        )
    )


def access_of(settings: Settings) -> WebAccess:
    """Who may come in, by which names. Raises SettingsFault for a page that would be open to the network."""
    check_exposure(settings)
    hosts = {"127.0.0.1", "localhost", "[::1]"}
    if settings.public_url is not None:
        hosts.add(urlsplit(settings.public_url).hostname or "")
    if settings.host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound to
        hosts.add(settings.host)
    password = settings.web_password
    return WebAccess(
        secret=hashlib.sha256(b"web cookies" + settings.secret_for_cookies()).hexdigest(),
        hosts=frozenset(hosts - {""}),
        password=password.get_secret_value() if password is not None else None,
        is_https=(settings.public_url or "").startswith("https://"),
        # On a page that only this machine can open, whoever opens it runs Inkthread.
        is_everyone_admin=settings.host in LOOPBACK and password is None,
    )


def check_exposure(settings: Settings) -> None:
    """Raises SettingsFault when the page could be reached from elsewhere without a password."""
    if settings.host not in LOOPBACK and settings.web_password is None:
        msg = (
            f"HOST is {settings.host}, so the page could be reached from other machines, where anybody could "
            "spend your money. Set WEB_PASSWORD, or leave HOST at 127.0.0.1."
        )
        raise SettingsFault(msg)
    if is_shown_to_others(settings) and settings.web_password is None:
        msg = (
            f"PUBLIC_URL is {settings.public_url}, so what stands before this page shows it to others, where "
            "anybody could spend your money. Set WEB_PASSWORD."
        )
        raise SettingsFault(msg)


def is_shown_to_others(settings: Settings) -> bool:
    """Whether something before this server gives it an address that other machines can use."""
    public = urlsplit(settings.public_url or "").hostname
    return public is not None and public not in LOOPBACK


def address_of(settings: Settings, port: int) -> str:
    """What to type into a browser. `port` is the one that was opened, which PORT=0 leaves to the system."""
    host = "localhost" if settings.host in {*LOOPBACK, "0.0.0.0", "::"} else settings.host  # noqa: S104 - shown only
    return settings.public_url or f"http://{host}:{port}/"
