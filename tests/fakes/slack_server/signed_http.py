"""Request URLs: events, commands and interactions as signed HTTP requests to an ASGI app or an address.

Signatures carry real time, because the app checks them against its own clock. Broken ones are made on
purpose: see `Signing`.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.fakes.slack_server.deliveries import Attempt, Delivery
    from tests.fakes.slack_server.things import Json


@dataclass(frozen=True, slots=True)
class Signing:
    """How a request is signed; the defaults are right, everything else is wrong on purpose."""

    secret: str
    skew_s: int = 0
    is_tampered: bool = False
    has_signature: bool = True


class RequestUrl:
    """The one path where the app takes everything."""

    def __init__(self, signing: Signing, app: Any, path: str) -> None:  # noqa: ANN401 - any ASGI application, or a URL
        self.signing = signing
        self._path = path
        if isinstance(app, str):
            self._http = httpx.AsyncClient(base_url=app, timeout=PATIENCE_S)
        else:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            self._http = httpx.AsyncClient(
                transport=transport, base_url="https://inkthread.example", timeout=PATIENCE_S
            )
        self._running: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Let nothing go on after the fake."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._http.aclose()

    async def send(self, delivery: Delivery, *, retry: tuple[int, str] = (0, "")) -> bool:
        """Post a delivery; whatever the app does after three seconds comes too late."""
        attempt = delivery.begin("http")
        task = asyncio.create_task(self._post(delivery, attempt, retry))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task}, timeout=delivery.limit_s)
        return attempt.answered_s is not None

    async def post(
        self,
        content: bytes,
        kind: str,
        *,
        signing: Signing | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Post bytes with a signature, right or wrong."""
        signed = sign(content, signing or self.signing)
        if (signing or self.signing).is_tampered:
            content = content.replace(b"text", b"test") + b" "
        return await self._http.post(
            self._path, content=content, headers={"content-type": kind, **signed, **(headers or {})}
        )

    async def _post(self, delivery: Delivery, attempt: Attempt, retry: tuple[int, str]) -> None:
        content, kind = encoded(delivery.kind, delivery.payload)
        number, reason = retry
        headers = {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason} if number else {}
        response = await self.post(content, kind, headers=headers)
        attempt.status = response.status_code
        attempt.is_final = response.headers.get("x-slack-no-retry") == "1"
        if response.is_success:
            delivery.acknowledge(attempt, _answer(response), response.status_code)


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """A payload as it travels: events are JSON, commands a form, interactions JSON in a form."""
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    if kind == "slash_commands":
        return urlencode(payload).encode(), form
    return urlencode({"payload": json.dumps(payload)}).encode(), form


def sign(content: bytes, signing: Signing) -> dict[str, str]:
    """The headers of a signature: HMAC-SHA256 over version, time and body."""
    stamp = str(int(time.time()) + signing.skew_s)
    base = b"v0:" + stamp.encode() + b":" + content
    digest = hmac.new(signing.secret.encode(), base, hashlib.sha256).hexdigest()
    signature = {"X-Slack-Signature": f"v0={digest}"} if signing.has_signature else {}
    return {"X-Slack-Request-Timestamp": stamp, **signature}


def _answer(response: httpx.Response) -> Json | None:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        told: Json = response.json()
        return told
    return {"text": response.text} if response.text.strip() else None
