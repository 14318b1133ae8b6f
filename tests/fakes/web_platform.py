"""The whole web platform on a database in a file, with a FakeDesk where the core would be.

`open_web(path)` builds it; opening the same path again is a restart. Picture tools and blobs are as plain as
can be.
"""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import httpx
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.platforms.transactions import Transactions
from adapters.web.app import WebApp, WebParts, build_web_app
from adapters.web.sessions import WebAccess
from adapters.web.store import WebStore
from adapters.web.surface import WebSurface
from adapters.web.tables import TABLES
from core.app.errors import BlobMissing
from core.app.ports import PictureProblem, Signal, StoredBlob
from core.domain.generation import Image, OutputFormat, Size
from tests.fakes.desk import FakeDesk
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from core.app.ports import Labelled
    from core.domain.ids import BlobKey

ORDINARY = WebAccess(secret="a secret for tests")


class MemoryBlobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[BlobKey, bytes] = {}

    async def put(self, key: BlobKey, content: bytes, *, is_lasting: bool = True) -> None:
        del is_lasting
        self.kept[key] = content

    async def get(self, key: BlobKey) -> bytes:
        if key not in self.kept:
            raise BlobMissing(key)
        return self.kept[key]

    async def pieces(self, key: BlobKey) -> AsyncIterator[bytes]:
        content = await self.get(key)
        for start in range(0, len(content), 100_000):
            yield content[start : start + 100_000]

    async def exists(self, key: BlobKey) -> bool:
        return key in self.kept

    async def delete(self, key: BlobKey) -> None:
        self.kept.pop(key, None)

    async def listing(self) -> AsyncIterator[StoredBlob]:
        for key, content in self.kept.items():
            yield StoredBlob(key, len(content), datetime(2026, 11, 22, tzinfo=UTC))


class PlainSignals:
    """Tells everybody who listens in this process, at once."""

    def __init__(self) -> None:
        self.published: list[Signal] = []
        self._ears: list[tuple[tuple[str, ...], asyncio.Queue[Signal]]] = []

    async def publish(self, signal: Signal) -> None:
        self.published.append(signal)
        for topics, queue in self._ears:
            if signal.topic in topics:
                queue.put_nowait(signal)

    async def listen(self, *topics: str) -> AsyncIterator[Signal]:
        queue: asyncio.Queue[Signal] = asyncio.Queue()
        self._ears.append((topics, queue))
        while True:
            yield await queue.get()


class PlainTools:
    """Opens pictures with Pillow, makes small copies, and can do nothing else."""

    async def probe(self, content: bytes) -> Image | PictureProblem:
        return await self.normalise(content, file_name="")

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        try:
            opened = Pillow.open(io.BytesIO(content))
        except UnidentifiedImageError:
            return PictureProblem("not_a_picture", file_name)
        if getattr(opened, "is_animated", False):
            return PictureProblem("animated", file_name)
        return _image(opened)

    async def thumbnail(self, image: Image, *, edge_px: int) -> Image:
        opened = Pillow.open(io.BytesIO(image.content))
        opened.thumbnail((edge_px, edge_px))
        return _image(opened)

    async def flatten(self, image: Image) -> Image:
        raise NotImplementedError(image.format)

    async def side_by_side(self, left: Labelled, right: Labelled) -> Image:
        raise NotImplementedError(left.label + right.label)

    async def contact_sheet(self, pictures: Sequence[Labelled]) -> Image:
        raise NotImplementedError(len(pictures))

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        raise NotImplementedError(len(pictures))

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        raise NotImplementedError(max_bytes, formats, image.format)


class SteppingClock:
    """The real time, or a moment that tests choose."""

    def __init__(self) -> None:
        self.fixed: datetime | None = None

    def now(self) -> datetime:
        return self.fixed or datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class CountedIds:
    """Ids that sort by when they were made, and differ between runs of the program."""

    def __init__(self) -> None:
        self._start = int(datetime.now(UTC).timestamp() * 1e6)
        self._count = count()

    def new(self) -> str:
        return f"{self._start:016d}{next(self._count):06d}"


@dataclass
class WebPlatform:
    """Everything that was built."""

    web: WebApp
    desk: FakeDesk
    store: WebStore
    surface: WebSurface
    blobs: MemoryBlobs
    signals: PlainSignals
    clock: SteppingClock
    engine: AsyncEngine
    reports: FakeReports
    is_ready: bool = True


@asynccontextmanager
async def open_web(  # noqa: PLR0913 - what tests choose, each by its name
    path: Path,
    *,
    access: WebAccess = ORDINARY,
    pace_s: float = 0.0,
    heartbeat_s: float = 15.0,
    blobs: MemoryBlobs | None = None,
    transactions: Transactions | None = None,
) -> AsyncIterator[WebPlatform]:
    """The platform on the database in that file, or behind `transactions`; its signals heard."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    event.listen(engine.sync_engine, "connect", _no_transactions_of_its_own)
    async with engine.begin() as connection:
        await connection.run_sync(TABLES.create_all)
    clock, signals, blobs, reports = SteppingClock(), PlainSignals(), blobs or MemoryBlobs(), FakeReports()
    store = WebStore(transactions or sqlite_transactions(engine), clock=clock, ids=CountedIds())
    surface = WebSurface(store, blobs=blobs, signals=signals)
    desk = FakeDesk(surface, blobs, pace_s=pace_s)

    async def is_ready() -> bool:
        return platform.is_ready

    parts = WebParts(desk, store, blobs, PlainTools(), signals, clock, access, is_ready, reports, heartbeat_s)
    platform = WebPlatform(build_web_app(parts), desk, store, surface, blobs, signals, clock, engine, reports)
    try:
        yield platform
    finally:
        await desk.quiet()
        await engine.dispose()


def sqlite_transactions(engine: AsyncEngine) -> Transactions:
    """Transactions on SQLite: writers begin by taking the lock."""
    return Transactions(read=lambda: _begun(engine, "BEGIN"), write=lambda: _begun(engine, "BEGIN IMMEDIATE"))


@asynccontextmanager
async def browser_of(
    web: WebPlatform, base_url: str = "http://localhost"
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a cookie yet, on no network."""
    transport = httpx.ASGITransport(web.web.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
        yield client


@asynccontextmanager
async def _begun(engine: AsyncEngine, begin: str) -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as connection:
        await connection.execute(text(begin))
        yield connection
        await connection.commit()


def _no_transactions_of_its_own(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # as SQLAlchemy's page on SQLite says


def _image(opened: Pillow.Image) -> Image:
    out = io.BytesIO()
    opened.convert("RGBA" if "A" in opened.getbands() else "RGB").save(out, "PNG")
    return Image(out.getvalue(), OutputFormat.PNG, Size(*opened.size), "A" in opened.getbands())
