"""How much of whole pictures the page holds, however many people fetch and send them, and however slowly."""

from __future__ import annotations

import asyncio
import hashlib
import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Pillow
from starlette.requests import Request

from adapters.blobs import open_blobs
from adapters.platforms.transactions import Transactions
from adapters.web.doorway import Visitor
from adapters.web.errors import Code, Refusal
from adapters.web.listeners import MOST_WAITING, UPLOADS_AT_ONCE, Dropping
from adapters.web.memory import WORKSPACE
from adapters.web.pictures import MADE_AT_ONCE, MOST_UNDER_WAY, PassingOn, SmallCopies
from core.app.records import PictureRecord
from core.domain.generation import OutputFormat, Size
from core.domain.ids import ActorId, BlobKey
from tests.fakes.web_platform import PlainTools, browser_of, open_web

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    import httpx
    from sqlalchemy.ext.asyncio import AsyncConnection
    from starlette.types import Message

    from core.domain.generation import Image
    from tests.fakes.web_platform import WebPlatform

SLOW = 25
LARGE_BYTES = 6_000_000
MOST_A_DOWNLOAD = 1_000_000
"""A piece or two, and what lies around them."""


class SlowReader:
    """A browser that takes the first piece of a picture and then nothing more."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.has_begun = asyncio.Event()

    async def receive(self) -> Message:
        """It stays."""
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take the head and the first piece."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        self.has_begun.set()
        await asyncio.Event().wait()


def large_picture() -> tuple[PictureRecord, bytes]:
    """Bytes as many as those of a picture in 4K; nobody here looks at them."""
    content = bytes(range(250)) * (LARGE_BYTES // 250)
    blob = BlobKey(f"{WORKSPACE}/{hashlib.sha256(content).hexdigest()}")
    return PictureRecord(blob, WORKSPACE, OutputFormat.PNG, Size(3840, 2160), len(content)), content


def asked(path: str, cookie: str) -> dict[str, Any]:
    """A request for that path, as the server hands it over."""
    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
    }


async def test_slow_downloads_hold_a_piece_each(tmp_path: Path) -> None:
    """Twenty-five who fetch six megabytes each and stop half-way cost a piece each, not 150 megabytes."""
    blobs = open_blobs(f"file://{tmp_path}/pictures")
    record, content = large_picture()
    await blobs.put(record.blob, content)
    async with open_web(tmp_path / "web.sqlite", blobs=blobs) as web, browser_of(web) as browser:  # type: ignore[arg-type]  # a real store
        web.desk.records[record.blob] = record
        await browser.get("/")
        cookie = f"inkthread={browser.cookies['inkthread']}"
        whole = await browser.get(f"/api/pictures/{record.blob}")
        assert (whole.content == content, whole.headers["content-length"]) == (True, str(LARGE_BYTES))
        del whole, content
        readers = [SlowReader() for _ in range(SLOW)]
        tracemalloc.start()
        asking = [
            asyncio.create_task(
                web.web.asgi(asked(f"/api/pictures/{record.blob}", cookie), one.receive, one.send)
            )
            for one in readers
        ]
        await asyncio.gather(*(one.has_begun.wait() for one in readers))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
    blobs.close()
    assert {one.status for one in readers} == {200}
    assert most < SLOW * MOST_A_DOWNLOAD


async def test_more_downloads_than_there_is_room_for_are_asked_to_come_again(web: WebPlatform) -> None:
    """What is under way goes on; who comes too many is refused, and let in once somebody is done."""
    blob = BlobKey(f"{WORKSPACE}/{hashlib.sha256(b'picture').hexdigest()}")
    await web.blobs.put(blob, b"picture")
    passing = PassingOn(web.blobs)
    answers = [await passing.answer(blob, "image/png", {}) for _ in range(MOST_UNDER_WAY)]
    bodies = [aiter(answer.body_iterator) for answer in answers]  # type: ignore[attr-defined]  # streaming ones
    assert {await anext(body) for body in bodies} == {b"picture"}
    with pytest.raises(Refusal) as refused:
        await passing.answer(blob, "image/png", {})
    assert refused.value.code is Code.CROWDED
    assert await anext(bodies[0], None) is None
    assert (await passing.answer(blob, "image/png", {})).status_code == 200


class CountingTools(PlainTools):
    """Knows how many small copies were in the making at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def thumbnail(self, image: Image, *, edge_px: int) -> Image:
        """A copy, after a while."""
        del edge_px
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return image


async def test_a_gallery_is_made_small_two_pictures_at_a_time(web: WebPlatform) -> None:
    """A page full of pictures nobody has seen small yet is not read into memory all at once."""
    tools, records = CountingTools(), []
    for number in range(20):
        content = bytes([number])
        blob = BlobKey(f"{WORKSPACE}/{hashlib.sha256(content).hexdigest()}")
        await web.blobs.put(blob, content)
        records.append(PictureRecord(blob, WORKSPACE, OutputFormat.PNG, Size(16, 16), 1))
    small = SmallCopies(web.blobs, tools)
    made = await asyncio.gather(*(small.copy(record, 480) for record in records))
    assert [one.content for one in made] == [bytes([number]) for number in range(20)]
    assert tools.most == MADE_AT_ONCE


async def test_uploads_stand_in_line_and_a_crowd_is_asked_to_come_again(web: WebPlatform) -> None:
    """A few are read at a time, others wait with nothing read; past the line they are refused, kindly."""
    dropping = Dropping(web.store, blobs=web.blobs, tools=PlainTools())
    ada, read = Visitor(ActorId("web:demo:ada"), "en", is_admin=False), 0

    async def silent() -> dict[str, object]:
        nonlocal read
        read += 1
        await asyncio.Event().wait()
        return {}

    def upload() -> asyncio.Task[object]:
        scope = {"type": "http", "method": "POST", "query_string": b"name=a.png", "headers": []}
        return asyncio.create_task(dropping.upload(Request(scope, silent), ada))

    standing = [upload() for _ in range(UPLOADS_AT_ONCE + MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Refusal) as refused:
        await upload()
    assert (refused.value.code, refused.value.status, read) == (Code.CROWDED, 503, UPLOADS_AT_ONCE)
    assert refused.value.retry_after_s == 2
    for task in standing:
        task.cancel()
    await asyncio.gather(*standing, return_exceptions=True)
    standing = [upload()]
    await asyncio.sleep(0)
    assert not standing[0].done()
    standing[0].cancel()


async def test_an_upload_is_written_in_one_transaction(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """Making room changes nothing most of the time; it does not cost a writer's turn of its own."""
    writes = 0
    usual = web.store.uploads._transactions

    def counted() -> AbstractAsyncContextManager[AsyncConnection]:
        nonlocal writes
        writes += 1
        return usual.write()

    web.store.uploads._transactions = Transactions(read=usual.read, write=counted)
    out = io.BytesIO()
    Pillow.new("RGB", (20, 12)).save(out, "PNG")
    answer = await ada.post("/api/uploads?name=a.png", content=out.getvalue())
    assert (answer.status_code, writes) == (201, 1)
