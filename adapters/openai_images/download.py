"""Fetches a picture that a server left at an address, without being led anywhere it should not go.

Compatible servers answer with a `url` instead of the bytes (LocalAI, relays; 2026-11). An answer is not
trusted: only the engine's own server may be at a private address, every redirect is judged anew, and the
connection goes to the very address that was judged, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx2

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

MOST_HOPS: Final = 4
MOST_TRIES: Final = 3
LARGEST_BYTES: Final = 64 * 1024 * 1024
PATIENCE_S: Final = 60.0

_PORTS: Final = {"http": 80, "https": 443}
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Where NAT64 hides an IPv4 address."""


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Why a picture could not be fetched. `is_passing` says that another try may help."""

    reason: str
    is_passing: bool = False


async def resolve_host(host: str, port: int) -> Sequence[str]:
    """The addresses of a name; none where it has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, also behind the ways that IPv6 wraps IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class PictureDownload:
    """Fetches pictures over the engine's HTTP client. `home` is the engine's own address."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        *,
        home: httpx2.URL,
        resolve: Callable[[str, int], Awaitable[Sequence[str]]],
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._http = http
        self._home = home
        self._resolve = resolve
        self._pause = pause

    async def fetch(self, address: str) -> bytes | NotFetched:
        """The bytes. Fetching costs nothing, so it is tried again, unlike what made the picture."""
        outcome: bytes | NotFetched = NotFetched("not tried")
        for number in range(1, MOST_TRIES + 1):
            outcome = await self._try(address)
            if isinstance(outcome, bytes) or not outcome.is_passing:
                return outcome
            if number < MOST_TRIES:
                await self._pause(float(number))
        return outcome

    async def _try(self, address: str) -> bytes | NotFetched:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._follow(httpx2.URL(address))
        except httpx2.InvalidURL:
            return NotFetched("not an address")
        except (httpx2.HTTPError, TimeoutError, OSError) as error:
            return NotFetched(type(error).__name__, is_passing=True)

    async def _follow(self, url: httpx2.URL) -> bytes | NotFetched:
        for _ in range(MOST_HOPS):
            request = await self._judged(url)
            if isinstance(request, NotFetched):
                return request
            step = await self._step(request, url)
            if not isinstance(step, httpx2.URL):
                return step
            url = step
        return NotFetched("too many redirects")

    async def _judged(self, url: httpx2.URL) -> httpx2.Request | NotFetched:
        """A request to the address that was found harmless."""
        if url.scheme not in _PORTS or not url.host or url.userinfo:
            return NotFetched("not a plain web address")
        if _origin(url) == _origin(self._home):
            return self._http.build_request("GET", url)
        found = await self._resolve(url.host, _origin(url)[2])
        if not found:
            return NotFetched("name not found", is_passing=True)
        if not all(is_public(one) for one in found):
            return NotFetched("not a public address")
        return self._http.build_request(
            "GET",
            url.copy_with(host=found[0]),
            headers={"host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.host},
        )

    async def _step(self, request: httpx2.Request, url: httpx2.URL) -> bytes | httpx2.URL | NotFetched:
        """The bytes, or where to go on."""
        response = await self._http.send(request, stream=True, follow_redirects=False)
        try:
            if response.has_redirect_location:
                return url.join(response.headers["location"])
            if not response.is_success:
                return NotFetched(f"status {response.status_code}", is_passing=response.is_server_error)
            return await _bounded_body(response)
        finally:
            await response.aclose()


async def _bounded_body(response: httpx2.Response) -> bytes | NotFetched:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_BYTES:
            return NotFetched("too large")
    return bytes(body)


def _origin(url: httpx2.URL) -> tuple[str, str, int]:
    return (url.scheme, url.host, url.port or _PORTS.get(url.scheme, 0))
