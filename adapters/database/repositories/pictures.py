"""What is known of blobs, and the gallery, in SQL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, delete, exists, or_, select, text

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import long, param
from adapters.database.tables import (
    CANDIDATE,
    COPY,
    INBOX,
    MESSAGE,
    PENDING,
    PICTURE,
    REFERENCE,
    THREAD,
    TURN,
)
from core.app.records import GalleryItem, PictureRecord
from core.domain.generation import Size
from core.domain.lineage import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, RowMapping

    from adapters.database.transaction import Fields, Transaction
    from core.domain.ids import ActorId, BlobKey, WorkspaceId


_GET = select(PICTURE).where(PICTURE.c.blob == param("which"))
_COPIES = select(COPY.c.blob).where(COPY.c.original == param("of")).order_by(COPY.c.blob)


def picture_columns(record: PictureRecord) -> Fields:
    """Spread a picture over its columns."""
    return {**fields_of(record, but=("size",)), "width": record.size.width, "height": record.size.height}


def picture_of(row: RowMapping) -> PictureRecord:
    """Read a picture from its columns."""
    return record_of(PictureRecord, row, size=Size(row["width"], row["height"]))


class SqlPictures:
    """A row for bytes that are kept; who needs them is asked of turns and pending deliveries."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, record: PictureRecord) -> None:
        """Write that bytes are kept; idempotent."""
        await self._transaction.insert_missing(PICTURE, picture_columns(record))

    async def get(self, blob: BlobKey) -> PictureRecord | None:
        """What is known of them."""
        row = await self._transaction.one(_GET, {"which": blob})
        return None if row is None else picture_of(row)

    async def add_copy(self, copy: BlobKey, of: BlobKey) -> bool:
        """Write that those bytes go with these; False where these are not kept."""
        if await self._transaction.one(self._transaction.locked(_GET), {"which": of}) is None:
            return False
        await self._transaction.insert_missing(COPY, {"blob": copy, "original": of})
        return True

    async def copies_of(self, blob: BlobKey) -> list[BlobKey]:
        """The bytes that go with these."""
        return [row["blob"] for row in await self._transaction.all(_COPIES, {"of": blob})]

    async def is_referred_to(self, blob: BlobKey) -> bool:
        """Whether a turn, a message or a pending delivery still needs the bytes."""
        # A delivery's attachments belong to its adapter: any that contains the key may mean these bytes.
        spelled = json.dumps(blob)[1:-1]
        content = cast(INBOX.c.inbound, String)
        needs: list[ColumnElement[bool]] = [
            exists().where(CANDIDATE.c.blob == blob),
            exists().where(REFERENCE.c.blob == blob),
            exists().where(MESSAGE.c.sheet == blob),
            exists(
                select(INBOX.c.delivery_key).where(text(PENDING), content.contains(spelled, autoescape=True))
            ),
        ]
        row = await self._transaction.one(long(select(or_(*needs))))
        return bool(row and next(iter(row.values())))

    async def forget(self, blob: BlobKey) -> None:
        """Write that the bytes are gone. Ends in a Conflict when a turn has come to need them meanwhile."""
        await self._transaction.change(delete(COPY).where(COPY.c.blob == blob))
        await self._transaction.change(delete(PICTURE).where(PICTURE.c.blob == blob))

    async def gallery(
        self, workspace: WorkspaceId, *, actor: ActorId | None, before: datetime | None, limit: int
    ) -> list[GalleryItem]:
        """Finished pictures, newest first and a turn's in their order.

        A turn's pictures are never split between two pages, so a page may have a few more than the limit.
        """
        is_wanted = (CANDIDATE.c.workspace == workspace) & TURN.c.revision.is_not(None)
        if actor is not None:
            is_wanted &= CANDIDATE.c.actor == actor
        if before is not None:
            is_wanted &= CANDIDATE.c.made_at < before
        finished = select(CANDIDATE.c.made_at).join(TURN, TURN.c.id == CANDIDATE.c.turn).where(is_wanted)
        last = finished.order_by(CANDIDATE.c.made_at.desc()).limit(1).offset(limit - 1)
        row = await self._transaction.one(long(last))
        if row is not None:
            is_wanted &= CANDIDATE.c.made_at >= row["made_at"]
        query = (
            select(
                PICTURE,
                CANDIDATE.c.ordinal,
                CANDIDATE.c.made_at,
                TURN.c.id.label("turn"),
                TURN.c.revision,
                TURN.c.actor,
                TURN.c.ask,
                THREAD.c.id.label("thread"),
                THREAD.c.ref,
                THREAD.c.channel,
            )
            .join(CANDIDATE, CANDIDATE.c.blob == PICTURE.c.blob)
            .join(TURN, TURN.c.id == CANDIDATE.c.turn)
            .join(THREAD, THREAD.c.id == TURN.c.thread)
            .where(is_wanted)
            .order_by(CANDIDATE.c.made_at.desc(), TURN.c.id.desc(), CANDIDATE.c.ordinal)
        )
        return [_gallery_item(each) for each in await self._transaction.all(long(query))]


def _gallery_item(row: RowMapping) -> GalleryItem:
    elsewhere: Mapping[str, Any] = {
        "thread_ref": row["ref"],
        "letter": LETTERS[row["ordinal"]],
        "picture": picture_of(row),
        "text": row["ask"].text,
    }
    return record_of(GalleryItem, row, **elsewhere)
