"""Where pictures' bytes are kept: a folder, or a bucket."""

from __future__ import annotations

from adapters.blobs.store import ObstoreBlobs, open_blobs

__all__ = ["ObstoreBlobs", "open_blobs"]
