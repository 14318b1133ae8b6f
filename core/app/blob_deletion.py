"""Bytes that nothing needs any more: the one way in which they are deleted.

Owns the order: first it is written down that they are gone, then they go, so that a crash between leaves
bytes that nothing refers to, and never a picture without bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.outside import look, transact

if TYPE_CHECKING:
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.domain.ids import BlobKey


async def delete_blob(outside: Outside, blob: BlobKey) -> bool:
    """Delete the bytes unless something still needs them; says whether they are gone. Safe to repeat.

    What was made of them for a platform goes with them.
    """
    if any([await keeper.needs(blob) for keeper in outside.keepers]):
        return False

    # Nearly all blobs are needed, and readers stand in nobody's way.
    if await look(outside.database, lambda unit: unit.pictures.is_referred_to(blob)):
        return False

    async def forget(unit: UnitOfWork) -> bool:
        if await unit.pictures.is_referred_to(blob):
            return False
        await unit.pictures.forget(blob)
        return True

    if not await transact(outside.database, forget):
        return False
    await outside.blobs.delete(blob)
    for copy in await look(outside.database, lambda unit: unit.pictures.copies_of(blob)):
        await delete_blob(outside, copy)
    return True
