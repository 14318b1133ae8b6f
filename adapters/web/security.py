"""Keeps other sites away from the page.

Host and Origin are checked before anything else, and every answer says what a browser may do with it.
Owns the checks and the headers. Must never learn who somebody is; that is `sessions.py`.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

from adapters.web.errors import Code, Refusal, refusal
from adapters.web.sessions import locale_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STREAM_PATH = "/api/events"
OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""Asked by machines that know the server by other names; they tell nothing and change nothing."""

MAX_JSON_BYTES = 300_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Stands before the application. `hosts` are the names it answers to, beside the loopback's."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = LOOPBACK | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._problem(scope)
        app = self._app if problem is None else answer(problem, locale_of(Headers(scope=scope)))
        await app(scope, receive, _with_headers(send))

    def _problem(self, scope: Scope) -> Refusal | None:
        if scope["path"] in OPEN_PATHS:
            return None
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if _name_of(host) not in self._hosts:
            return refusal(Code.FOREIGN_HOST)
        if "\0" in scope["path"]:
            # No address of ours, and the one character that Postgres cannot take in a text.
            return refusal(Code.NOT_FOUND)
        is_guarded = scope["method"] not in SAFE_METHODS or scope["path"] == STREAM_PATH
        return refusal(Code.FOREIGN_ORIGIN) if is_guarded and not is_from_here(headers, host) else None


def is_from_here(headers: Headers, host: str) -> bool:
    """Whether a request was made by our own page, or by no browser at all.

    Browsers send Sec-Fetch-Site always and Origin with every unsafe request (Fetch standard, 2026-11).
    """
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    return origin is None or urlsplit(origin).netloc.lower() == host


def answer(problem: Refusal, locale: str) -> JSONResponse:
    """A refusal as the API says it, in that language."""
    headers = {} if problem.retry_after_s is None else {"Retry-After": str(problem.retry_after_s)}
    content = {"error": {"code": problem.code, "message": problem.said_in(locale)}}
    return JSONResponse(content, problem.status, headers | {"Cache-Control": "no-store"})


async def json_body(request: Request) -> dict[str, object]:
    """The JSON object that was sent. Raises Refusal."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise refusal(Code.NOT_JSON)
    content = await limited_body(request, MAX_JSON_BYTES, refusal(Code.TOO_LARGE, limit=40_000))
    return parse_object(content)


async def limited_body(
    request: Request, max_bytes: int, too_large: Refusal, *, patience_s: float | None = None
) -> bytes:
    """The body, read no further than the limit.

    Raises `too_large`, and TimeoutError where nothing more comes for `patience_s`.
    """
    if int_or_zero(request.headers.get("content-length")) > max_bytes:
        raise too_large
    content = bytearray()
    chunks = aiter(request.stream())
    while True:
        async with asyncio.timeout(patience_s):
            chunk = await anext(chunks, None)
        if chunk is None:
            return bytes(content)
        content += chunk
        if len(content) > max_bytes:
            raise too_large


def parse_object(content: bytes) -> dict[str, object]:
    """A JSON object. Raises Refusal for anything else."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise refusal(Code.BAD_REQUEST, what="the body is not JSON") from None
    if not isinstance(found, dict):
        raise refusal(Code.BAD_REQUEST, what="the body is not a JSON object")
    return found


def int_or_zero(text: str | None) -> int:
    """A whole number from outside, 0 when it is none or far too long."""
    is_number = text is not None and re.fullmatch(r"[0-9]{1,15}", text) is not None
    return int(text or 0) if is_number else 0


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
