"""What bytes are called in the blob store, their workspace and their hash, and what is kept about an image's.

Owns the name. Hashing 20 MB takes up to 50 ms, so that it happens beside the event loop, in a thread that
lets go of the interpreter meanwhile.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from core.app.records import PictureRecord
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from core.domain.generation import Image
    from core.domain.ids import WorkspaceId


async def blob_name(workspace: WorkspaceId, content: bytes) -> BlobKey:
    """The key under which these bytes are kept for that workspace."""
    return BlobKey(f"{workspace}/{await asyncio.to_thread(_digest, content)}")


async def picture_record(workspace: WorkspaceId, image: Image) -> PictureRecord:
    """What is kept about an image's bytes; the blob's name is their hash."""
    return PictureRecord(
        blob=await blob_name(workspace, image.content),
        workspace=workspace,
        format=image.format,
        size=image.size,
        size_bytes=len(image.content),
        has_alpha=image.has_alpha,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
