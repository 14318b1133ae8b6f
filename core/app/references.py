"""Files that a person sent along: fetched, checked, made safe, kept.

Owns the refusal of files. Nothing here costs money; everything in a file is untrusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.app.blob_names import picture_record
from core.app.errors import StorageFault
from core.app.planning import MAX_INPUTS
from core.app.ports import AttachmentFault, PictureProblem

if TYPE_CHECKING:
    from core.app.inbound import Attachment, Inbound
    from core.app.outside import Outside
    from core.app.records import PictureRecord

MAX_FILE_BYTES = 50_000_000
"""The API takes pictures under 50 MB (OpenAI, 2026-11)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why files were not taken, as a notice."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


class References:
    """Makes references of attachments."""

    def __init__(self, outside: Outside) -> None:
        """Fetch, check and keep with these."""
        self._outside = outside

    async def check(self, inbound: Inbound) -> tuple[PictureRecord, ...] | Refused:
        """All files of the delivery as kept pictures, or the first reason why they cannot be used."""
        count = len(inbound.attachments)
        if count > MAX_INPUTS:
            return Refused("too_many_references", {"subject": count, "suggestion": MAX_INPUTS})
        kept: list[PictureRecord] = []
        for attachment in inbound.attachments:
            async with self._outside.hands.holding(_in_hand(attachment)):
                checked = await self._check_one(inbound, attachment)
            if isinstance(checked, Refused):
                return checked
            kept.append(checked)
        return tuple(kept)

    async def _check_one(self, inbound: Inbound, attachment: Attachment) -> PictureRecord | Refused:
        surface = self._outside.surfaces[inbound.platform]
        content = await surface.fetch(attachment, max_bytes=MAX_FILE_BYTES)
        if isinstance(content, AttachmentFault):
            return Refused(f"file_{content.code}", {"file": attachment.file_name})
        image = await self._outside.pictures.normalise(content, file_name=attachment.file_name)
        if isinstance(image, PictureProblem):
            return Refused(f"file_{image.code}", {"file": attachment.file_name})
        record = await picture_record(inbound.person.workspace, image)
        try:
            await self._outside.blobs.put(record.blob, image.content)
        except StorageFault as error:
            self._outside.reports.fault("reference_not_stored", error)
            return Refused("storage_down")
        return record


def _in_hand(attachment: Attachment) -> int:
    """Twice its size: as it came, and as it was made safe."""
    size_bytes = MAX_FILE_BYTES if attachment.size_bytes is None else attachment.size_bytes
    return 2 * min(size_bytes, MAX_FILE_BYTES)
