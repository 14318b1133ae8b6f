"""The two ways by which Slack reaches us: connections that we open, or requests that it makes.

Owns connecting, reconnecting and the HTTP routes under `/slack/`. What is said over either is Bolt's and the
listeners' business.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from time import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.response import BoltResponse
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.web.async_client import AsyncWebClient
    from starlette.requests import Request

MAX_BODY_BYTES: Final = 2_000_000
"""More than Slack ever sends (a view has 250 kB, a message 40,000 characters), and little enough to read."""

MOST_CONNECTIONS: Final = 10
"""What Slack allows an app (2026-11)."""

AGAIN_S: Final = 10.0
"""How often a connection is looked at, and how long until the next attempt when one has failed."""


class Sockets:
    """Socket Mode: connections that we hold open, over any of which Slack sends anything."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        client: AsyncWebClient,
        *,
        connections: int = 1,
        again_s: float = AGAIN_S,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._connections = min(max(connections, 1), MOST_CONNECTIONS)
        self._again_s = again_s

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Connect, and again whenever a connection ends, until the block is left.

        The first attempt is not waited for: without a network the program starts all the same and connects
        when there is one.
        """
        lines = [self._line() for _ in range(self._connections)]
        async with AsyncExitStack() as stack:
            for line in lines:
                stack.push_async_callback(line.close)
            connecting = [asyncio.create_task(_connect(one), name="slack socket") for one in lines]
            try:
                yield
            finally:
                for task in connecting:
                    task.cancel()
                await asyncio.gather(*connecting, return_exceptions=True)

    def _line(self) -> FreshAddresses:
        line = FreshAddresses(self._app_token, self._app.logger, self._client, ping_interval=self._again_s)
        line.proxy = self._client.proxy
        line.socket_mode_request_listeners.append(self._heard)
        return line

    async def _heard(self, line: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began_s = time()
        answer = await run_async_bolt_app(self._app, request)
        await send_async_response(line, request, answer, began_s)


async def _connect(line: FreshAddresses) -> None:
    await line.connect()  # type: ignore[no-untyped-call]  # the SDK does not say what it returns: nothing


class FreshAddresses(SocketModeClient):
    """The SDK's connection, but each attempt goes to an address that Slack has just named.

    Slack's addresses are good for one connection, soon. The SDK (3.47) keeps the one of an attempt that
    failed and tries it for ever: after a moment without network at the wrong time nothing is heard any more.
    """

    _address: str | None = None
    _named_s: float = 0.0

    @property  # type: ignore[override]  # the SDK has a plain attribute, which is None at first
    def wss_uri(self) -> str | None:
        """Where to connect, or None: then Slack is asked."""
        is_fresh = asyncio.get_running_loop().time() - self._named_s < self.ping_interval / 2
        return self._address if is_fresh else None

    @wss_uri.setter
    def wss_uri(self, address: str | None) -> None:
        self._address, self._named_s = address, asyncio.get_running_loop().time()


class Requests:
    """HTTP: what Slack asks of us under `/slack/`. Bolt checks the signature; Host and cookies count not."""

    def __init__(self, app: AsyncApp, *, is_called: bool = True) -> None:
        self._app = app
        self._flow = app.oauth_flow
        self._is_called = is_called

    def asgi(self) -> Starlette:
        """The application for these routes. With Socket Mode there are only those for installing."""
        routes = [Route(EVENTS_PATH, self._delivery, methods=["POST"])] if self._is_called else []
        if self._flow is not None:
            routes += [Route(INSTALL_PATH, self._install), Route(REDIRECT_PATH, self._installed)]
        return Starlette(routes=routes)

    async def _delivery(self, request: Request) -> Response:
        asked = bolt_request(await _body(request), request.url.query, dict(request.headers))
        return _answer(await self._app.async_dispatch(asked))

    async def _install(self, request: Request) -> Response:
        return await self._with_flow(request, "handle_installation")

    async def _installed(self, request: Request) -> Response:
        return await self._with_flow(request, "handle_callback")

    async def _with_flow(self, request: Request, step: str) -> Response:
        asked = bolt_request("", request.url.query, dict(request.headers))
        answer = _answer(await getattr(self._flow, step)(asked))
        answer.headers.update(_PRIVATE_PAGE)
        return answer


_PRIVATE_PAGE: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def bolt_request(raw: str, query: str, headers: dict[str, str]) -> AsyncBoltRequest:
    """A request for Bolt, read by us where Bolt would lose it.

    Bolt (1.30) takes every form in which the word "payload" stands for a button that was pressed; a command
    with that word in its text came out empty.
    """
    try:
        asked = AsyncBoltRequest(body=raw, query=query, headers=dict(headers))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        # What Slack sends can be read; this is looked at before the signature is.
        raise HTTPException(400) from None
    if raw and not asked.body:
        fields: dict[str, Any] = dict(parse_qsl(raw, keep_blank_values=True))
        asked.body = fields
        asked.context = build_async_context(AsyncBoltContext({}), fields)
    return asked


async def _body(request: Request) -> str:
    """What was sent, while it is short enough and is text; anything else is not from Slack."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise HTTPException(413)
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None


def _answer(answer: BoltResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values:
            response.headers.append(name, value)
    return response
