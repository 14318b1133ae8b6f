"""Which pictures were dropped on the page, by whom. Their bytes are in the blob store.

Owns the rows of uploads. Must never learn what a picture is used for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from adapters.web.memory import TAKES_LONG, StoredUpload
from adapters.web.tables import WebUploadRow
from core.domain.ids import ActorId

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Row

    from adapters.platforms.transactions import Transactions

_UPLOAD = WebUploadRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so


class UploadStore:
    """Keeps note of uploads until a day after nobody used them."""

    def __init__(self, transactions: Transactions, *, now_ms: Callable[[], int]) -> None:
        self._transactions = transactions
        self._now_ms = now_ms

    async def add(self, upload: StoredUpload, *, most_unused: int) -> None:
        """A picture has come in.

        Of those of that person that no message shows, the oldest go where there would be more than
        `most_unused`.
        """
        row = {
            "id": upload.id,
            "actor": upload.actor,
            "file_name": upload.file_name,
            "media_type": upload.media_type,
            "size_bytes": upload.size_bytes,
            "blob": upload.blob,
            "is_used": False,
            "created_ms": self._now_ms(),
        }
        unused = select(_UPLOAD.id).where(_UPLOAD.actor == upload.actor, _UPLOAD.is_used.is_(False))
        doomed = unused.order_by(_UPLOAD.created_ms.desc()).offset(most_unused - 1)
        async with self._transactions.write() as connection:
            await connection.execute(delete(WebUploadRow).where(_UPLOAD.id.in_(doomed)))
            await connection.execute(insert(WebUploadRow).values(row))

    async def get(self, upload: str) -> StoredUpload | None:
        """The upload."""
        found = await self.those([upload])
        return found[0] if found else None

    async def those(self, uploads: Sequence[str]) -> list[StoredUpload]:
        """The uploads that exist, in the order asked."""
        query = select(*_UPLOAD).where(_UPLOAD.id.in_(uploads))
        async with self._transactions.read() as connection:
            rows = {row.id: row for row in (await connection.execute(query)).all()}
        return [_upload(rows[one]) for one in uploads if one in rows]

    async def use(self, uploads: Sequence[str]) -> None:
        """A message shows them now: they stay."""
        async with self._transactions.write() as connection:
            await connection.execute(update(WebUploadRow).where(_UPLOAD.id.in_(uploads)).values(is_used=True))

    async def needs(self, blob: str) -> bool:
        """Whether an upload has those bytes."""
        query = select(func.count()).where(_UPLOAD.blob == blob)
        async with self._transactions.read() as connection:
            return bool(await connection.scalar(query))

    async def blobs_of(self, actor: ActorId) -> list[str]:
        """The bytes that are kept for that person."""
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(_UPLOAD.blob).where(_UPLOAD.actor == actor).distinct())
            return [row.blob for row in rows]

    async def forget_of(self, actor: ActorId) -> None:
        """Drop that person's uploads, also those that messages show."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(WebUploadRow).where(_UPLOAD.actor == actor))

    async def forget_unused(self, *, before_ms: int) -> None:
        """Drop uploads that no message shows and that came before then; their bytes go with the clean-up."""
        doomed = delete(WebUploadRow).where(_UPLOAD.is_used.is_(False), _UPLOAD.created_ms < before_ms)
        async with self._transactions.write() as connection:
            await connection.execute(doomed.execution_options(**TAKES_LONG))


def _upload(row: Row[Any]) -> StoredUpload:
    return StoredUpload(
        id=row.id,
        actor=ActorId(row.actor),
        file_name=row.file_name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        blob=row.blob,
    )
