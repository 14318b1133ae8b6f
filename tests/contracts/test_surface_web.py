"""The web platform keeps every promise of a Surface."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from adapters.platforms.transactions import Transactions
from adapters.web.memory import STUDIO, StoredUpload
from core.app.errors import StorageUnavailable
from core.app.inbound import Attachment
from core.domain.ids import ActorId, BlobKey
from tests.contracts.surface_contract import CHANNEL, Subject, SurfaceContract
from tests.fakes.web_platform import open_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection


def broken() -> AbstractAsyncContextManager[AsyncConnection]:
    """A database that cannot be reached."""
    problem = "the disk is gone"
    raise StorageUnavailable(problem)


@pytest.fixture
async def subject(tmp_path: Path) -> AsyncIterator[Subject]:
    """The web platform on a fresh database."""
    async with open_web(tmp_path / "web.sqlite") as web:

        async def texts_for(person: ActorId) -> list[str]:
            found = await web.store.messages.of_channel(STUDIO, person, before=None, limit=50)
            return [message.card["text"] for message in found if message.card is not None]

        async def attach(content: bytes) -> Attachment:
            blob = BlobKey(f"web:demo/{secrets.token_hex(32)}")
            await web.blobs.put(blob, content)
            upload = StoredUpload("up-1", ActorId("one"), "cat.png", "image/png", len(content), blob)
            await web.store.uploads.add(upload, most_unused=9)
            return Attachment("up-1", "cat.png", len(content))

        def break_down() -> None:
            web.store.messages._transactions = Transactions(read=broken, write=broken)

        yield Subject(web.surface, CHANNEL, ActorId("one"), ActorId("two"), texts_for, attach, break_down)


class TestWebSurface(SurfaceContract):
    """The contract, run against the page."""
