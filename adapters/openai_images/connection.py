"""How the engine's server is reached: timeouts, the pool, the client of the SDK.

Owns what a key and an address must look like. Must never learn what is asked over them.
"""

from __future__ import annotations

from typing import Final

import httpx2
from openai import AsyncOpenAI

from core.app.errors import SettingsFault

CONNECT_S: Final = 10.0
ANSWER_S: Final = 600.0
"""How long the server may be silent. Jobs are reported to take 8 to 200 s (2026-11)."""

KEEPALIVE_S: Final = 5.0
"""Idle connections go early: one that the server closed meanwhile would look like a call broken off."""

CONNECTIONS: Final = 256
"""More than ENGINE_CONCURRENCY may be (200): the gate decides how many calls go out, not this."""


def open_http(*, transport: httpx2.AsyncBaseTransport | None = None) -> httpx2.AsyncClient:
    """Make the HTTP client that the engine is given; whoever calls this closes it.

    Redirects are not followed: a paid request goes to the address that was set, or nowhere.
    """
    return httpx2.AsyncClient(
        transport=transport,
        timeout=timeouts(ANSWER_S),
        limits=httpx2.Limits(
            max_connections=CONNECTIONS,
            max_keepalive_connections=CONNECTIONS,
            keepalive_expiry=KEEPALIVE_S,
        ),
        follow_redirects=False,
    )


def timeouts(answer_s: float) -> httpx2.Timeout:
    """Patience with each step of a call; `answer_s` is the longest silence while the server works."""
    return httpx2.Timeout(connect=CONNECT_S, read=answer_s, write=answer_s, pool=CONNECT_S)


def checked_key(key: str, *, setting: str = "OPENAI_API_KEY") -> str:
    """Return the key without the blanks around it; raises SettingsFault, which never repeats the key."""
    bare = key.strip()
    if not bare or not bare.isascii() or not bare.isprintable() or " " in bare:
        told = f"{setting} is empty or holds characters that no key has. Copy it again."
        raise SettingsFault(told)
    return bare


def checked_base_url(address: str) -> httpx2.URL:
    """Return the address as a URL; raises SettingsFault where nothing could ever be reached there."""
    try:
        url = httpx2.URL(address.strip())
    except httpx2.InvalidURL:
        url = httpx2.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        told = "OPENAI_BASE_URL must look like https://api.openai.com/v1."
        raise SettingsFault(told)
    return url


def open_sdk(
    *,
    key: str,
    base_url: httpx2.URL,
    http: httpx2.AsyncClient,
    answer_s: float,
    project: str | None = None,
) -> AsyncOpenAI:
    """Make the SDK's client. Its own retries are off: they buy pictures twice (openai 3.54, 2026-11).

    `project` is whose bill the calls go on, where the key may be used for several.
    """
    return AsyncOpenAI(
        api_key=key,
        base_url=str(base_url),
        http_client=http,
        project=project,
        max_retries=0,
        timeout=timeouts(answer_s),
    )
