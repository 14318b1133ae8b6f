"""A blob store in memory that can be told to be full: mirrors the `BlobStore` port."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.app.errors import BlobMissing, StorageFull, StorageUnavailable
from core.app.ports import StoredBlob

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.domain.ids import BlobKey


class FakeBlobs:
    """Bytes in a dictionary. `refusals` is how many puts fail before there is room. `is_away`: gets fail."""

    def __init__(self) -> None:
        self.kept: dict[BlobKey, bytes] = {}
        self.refusals = 0
        self.is_away = False

    async def put(self, key: BlobKey, content: bytes, *, is_lasting: bool = True) -> None:
        """Keep the bytes, unless told to be full."""
        del is_lasting  # memory survives nothing
        if self.refusals > 0:
            self.refusals -= 1
            msg = "no room"
            raise StorageFull(msg)
        self.kept[key] = content

    async def get(self, key: BlobKey) -> bytes:
        """The bytes; raises BlobMissing."""
        if self.is_away:
            raise StorageUnavailable
        try:
            return self.kept[key]
        except KeyError:
            raise BlobMissing(key) from None

    async def pieces(self, key: BlobKey) -> AsyncIterator[bytes]:
        """The bytes, in pieces of a few."""
        content = await self.get(key)
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    async def exists(self, key: BlobKey) -> bool:
        """Whether they are there."""
        return key in self.kept

    async def delete(self, key: BlobKey) -> None:
        """Forget them."""
        self.kept.pop(key, None)

    async def listing(self) -> AsyncIterator[StoredBlob]:
        """All of them, as old as can be."""
        for key, content in list(self.kept.items()):
            yield StoredBlob(key, len(content), datetime(2000, 1, 1, tzinfo=UTC))
