"""Pictures made for one message alone: kept as long as the message that shows them.

Owns the storing. What is on a sheet is its maker's to know.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.blob_names import picture_record
from core.app.outside import transact

if TYPE_CHECKING:
    from core.app.outside import Outside
    from core.app.records import MessageRecord, PictureRecord
    from core.app.repositories import UnitOfWork
    from core.domain.generation import Image


async def keep_sheet(outside: Outside, message: MessageRecord, sheet: Image) -> PictureRecord:
    """Keep the sheet with its message. Raises the StorageFault family."""
    record = await picture_record(message.workspace, sheet)
    await outside.blobs.put(record.blob, sheet.content)

    async def keep(unit: UnitOfWork) -> None:
        await unit.pictures.add(record)
        current = await unit.messages.get(message.id)
        if current is not None and not current.is_forgotten:
            # Saving ends the sending that this drawing is a part of; taking it up again is no new try.
            await unit.messages.save(replace(current, sheet=record.blob, tries=current.tries - 1))
            await unit.messages.claim(message.id, lease_s=outside.policy.sending_lease_s)

    await transact(outside.database, keep)
    return record
