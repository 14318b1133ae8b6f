"""Pictures that a platform cannot show as they are: smaller or re-encoded, with the original one click away.

Owns that such a copy goes when its picture goes: it is written down before its bytes are kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.blob_deletion import delete_blob
from core.app.blob_names import blob_name
from core.app.errors import BlobMissing
from core.app.outside import look, transact
from core.app.wording import sentence, side_by_side
from core.domain.generation import Image

if TYPE_CHECKING:
    from core.app.outside import Outside
    from core.app.records import MessageRecord
    from core.domain.card import Card, Picture
    from core.domain.ids import BlobKey


async def fitted(outside: Outside, card: Card, message: MessageRecord, max_bytes: int | None) -> Card:
    """The card with pictures that the message's platform takes. Raises the StorageFault family."""
    if not card.pictures:
        return card
    pictures = tuple([await _fit(outside, one, message, max_bytes) for one in card.pictures])
    note = sentence("caption_refit", message.locale) if pictures != card.pictures else ""
    return replace(card, pictures=pictures, caption=side_by_side(card.caption, note))


async def _fit(outside: Outside, picture: Picture, message: MessageRecord, max_bytes: int | None) -> Picture:
    limits = outside.surfaces[message.platform].limits
    most = min(limits.max_file_bytes, max_bytes or limits.max_file_bytes)
    if picture.size_bytes <= most and picture.format in limits.formats:
        return picture
    async with outside.hands.holding(2 * picture.size_bytes):
        content = await outside.blobs.get(picture.blob)
        image = await outside.pictures.refit(
            Image(content, picture.format, picture.size), max_bytes=most, formats=limits.formats
        )
        blob = await blob_name(message.workspace, image.content)
        await _keep_copy(outside, blob, image.content, of=picture.blob)
    return replace(
        picture,
        blob=blob,
        format=image.format,
        size=image.size,
        size_bytes=len(image.content),
        file_name=f"{picture.file_name.rsplit('.', 1)[0]}.{image.format.value}",
        original=picture.blob,
    )


async def _keep_copy(outside: Outside, copy: BlobKey, content: bytes, *, of: BlobKey) -> None:
    """Keep the copy as long as its picture is kept. Raises BlobMissing where that was forgotten meanwhile."""
    if not await transact(outside.database, lambda unit: unit.pictures.add_copy(copy, of=of)):
        raise BlobMissing(of)
    await outside.blobs.put(copy, content)
    if await look(outside.database, lambda unit: unit.pictures.get(of)) is None:
        # It was forgotten between the two, before there were bytes to take away.
        await delete_blob(outside, copy)
        raise BlobMissing(of)
