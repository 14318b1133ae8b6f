"""Interactions over HTTP, for whoever runs behind a load balancer: each is signed by Discord.

Owns the signature and the one path. Discord probes with wrong signatures and takes the address away that
accepts one (2026-08). The first answer is given by the callback route, as over the gateway, so the request
itself is answered with nothing. Must never learn what an interaction asks for.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.discord.asked import Kind

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from adapters.discord.listeners import Listeners

PATH: Final = "/discord/interactions"
MAX_BYTES: Final = 1024 * 1024
_PONG: Final = {"type": 1}


class Interactions:
    """Takes Discord's requests. `public_key` is the application's, in hex."""

    def __init__(self, public_key: str, listeners: Listeners) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        self._listeners = listeners
        self._running: set[asyncio.Task[None]] = set()

    def asgi(self) -> ASGIApp:
        """The application with the one path."""
        return Starlette(routes=[Route(PATH, self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if not self._is_signed(request, body):
            return Response(status_code=401)
        payload = _json(body)
        if payload is None:
            return Response(status_code=400)
        if payload.get("type") == Kind.PING:
            return JSONResponse(_PONG)
        task = asyncio.create_task(self._listeners.interaction(payload), name="discord interaction")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return Response(status_code=202)

    def _is_signed(self, request: Request, body: bytes) -> bool:
        signed_at = request.headers.get("X-Signature-Timestamp", "")
        try:
            signature = bytes.fromhex(request.headers.get("X-Signature-Ed25519", ""))
            self._key.verify(signature, signed_at.encode() + body)
        except (InvalidSignature, ValueError):
            return False
        return True


async def _body(request: Request) -> bytes | None:
    """The body; None for one that no interaction is as large as."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            return None
    return b"".join(parts)


def _json(body: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
