"""Fetching a picture from an address: only where it may go, and only to the address that was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import pytest

from adapters.openai_images.download import LARGEST_BYTES, NotFetched, PictureDownload

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from tests.adapters.openai_images.conftest import Pauses

HOME = httpx2.URL("https://api.example/v1")
PUBLIC = "93.184.215.14"


class Names:
    """A resolver with a table."""

    def __init__(self, **table: str) -> None:
        self.table = {
            "pictures.example": [PUBLIC],
            "inner.example": ["10.0.0.5"],
            "both.example": [PUBLIC, "10.0.0.5"],
        }
        self.asked: list[str] = []
        self.table |= {name: [address] for name, address in table.items()}

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(f"{host}:{port}")
        return self.table.get(host, ())


class Web:
    """A web that answers by a function, and remembers what reached it."""

    def __init__(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self.seen: list[httpx2.Request] = []
        self._answer = answer

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        return self._answer(request)


def download(web: Web, names: Names, pauses: Pauses) -> PictureDownload:
    """A download over that web."""
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(web))
    return PictureDownload(http, home=HOME, resolve=names, pause=pauses)


def _says(content: bytes) -> Callable[[httpx2.Request], httpx2.Response]:
    return lambda _: httpx2.Response(200, content=content)


async def test_the_connection_goes_to_the_judged_address(pauses: Pauses) -> None:
    """The name is resolved once; what is connected to is the address that was found public."""
    web, names = Web(_says(b"picture")), Names()

    assert await download(web, names, pauses).fetch("https://pictures.example/a.png?x=1") == b"picture"

    request = web.seen[0]
    assert str(request.url) == f"https://{PUBLIC}/a.png?x=1"
    assert request.headers["host"] == "pictures.example"
    assert request.extensions["sni_hostname"] == "pictures.example"
    assert names.asked == ["pictures.example:443"]
    assert "authorization" not in request.headers


@pytest.mark.parametrize("host", ["inner.example", "both.example", "10.0.0.5"])
async def test_a_name_with_any_inner_address_is_refused(pauses: Pauses, host: str) -> None:
    """One private address among several is one too many, and nothing is sent."""
    web = Web(_says(b"secret"))
    names = Names()
    names.table["10.0.0.5"] = ["10.0.0.5"]

    found = await download(web, names, pauses).fetch(f"http://{host}/a.png")

    assert found == NotFetched("not a public address")
    assert web.seen == []


async def test_another_port_of_home_is_not_home(pauses: Pauses) -> None:
    """The engine's own server is trusted at its own port only."""
    web = Web(_says(b"secret"))
    names = Names(**{"api.example": "10.0.0.9"})

    at_home = await download(web, names, pauses).fetch("https://api.example/files/1.png")
    beside = await download(web, names, pauses).fetch("https://api.example:6379/")

    assert at_home == b"secret"
    assert beside == NotFetched("not a public address")


async def test_redirects_end_somewhere(pauses: Pauses) -> None:
    """A redirect to a relative address is followed; a ring of them is not, for ever."""
    web = Web(
        lambda request: (
            httpx2.Response(200, content=b"here")
            if request.url.path == "/b"
            else httpx2.Response(302, headers={"location": "/b" if request.url.path == "/a" else "/ring"})
        )
    )

    assert await download(web, Names(), pauses).fetch("https://pictures.example/a") == b"here"
    assert await download(web, Names(), pauses).fetch("https://pictures.example/ring") == NotFetched(
        "too many redirects"
    )


async def test_a_body_without_end_is_cut(pauses: Pauses) -> None:
    """More bytes than any picture has are not taken."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(8 * 1024 * 1024)

    web = Web(lambda _: httpx2.Response(200, content=endless()))

    assert LARGEST_BYTES < 100 * 1024 * 1024
    assert await download(web, Names(), pauses).fetch("https://pictures.example/a") == NotFetched("too large")


async def test_passing_faults_are_tried_three_times(pauses: Pauses) -> None:
    """A server that is down is asked three times; one that says no is asked once."""

    def down(_: httpx2.Request) -> httpx2.Response:
        told = "down"
        raise httpx2.ConnectError(told)

    broken, gone = Web(down), Web(lambda _: httpx2.Response(404))

    found = await download(broken, Names(), pauses).fetch("https://pictures.example/a")
    missing = await download(gone, Names(), pauses).fetch("https://pictures.example/a")

    assert found == NotFetched("ConnectError", is_passing=True)
    assert missing == NotFetched("status 404")
    assert (len(broken.seen), len(gone.seen)) == (3, 1)
    assert pauses.asked_s == [1.0, 2.0]
