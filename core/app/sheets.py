"""Pictures made for one message alone: kept as long as the message that shows them.

Owns the storing. What is on a sheet is its maker's to know.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.blob_deletion import delete_blob
from core.app.blob_names import picture_record
from core.app.errors import BlobMissing
from core.app.outside import transact

if TYPE_CHECKING:
    from core.app.outside import Outside
    from core.app.records import MessageRecord, PictureRecord
    from core.app.repositories import UnitOfWork
    from core.domain.generation import Image


async def keep_sheet(outside: Outside, message: MessageRecord, sheet: Image) -> PictureRecord:
    """Keep the sheet with its message. Raises the StorageFault family: BlobMissing if that is forgotten."""
    record = await picture_record(message.workspace, sheet)
    await outside.blobs.put(record.blob, sheet.content)

    async def keep(unit: UnitOfWork) -> bool:
        current = await unit.messages.get(message.id)
        if current is None or current.is_forgotten:
            return False
        await unit.pictures.add(record)
        if current.sheet not in {None, record.blob}:
            # It was drawn before, and what it showed then may have to be forgotten with what it shows now.
            await unit.pictures.add_copy(current.sheet, of=record.blob)
        # Saving ends the sending that this drawing is a part of; taking it up again is no new try.
        await unit.messages.save(replace(current, sheet=record.blob, tries=current.tries - 1))
        await unit.messages.claim(message.id, lease_s=outside.policy.sending_lease_s)
        return True

    if not await transact(outside.database, keep):
        await delete_blob(outside, record.blob)
        raise BlobMissing(record.blob)
    return record
