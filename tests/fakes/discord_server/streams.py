"""Transport compression of a gateway connection.

One context for its whole life, a flush behind every message.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Any, Protocol

ZLIB_SUFFIX = b"\x00\x00\xff\xff"


class Stream(Protocol):
    """Turns one message into the bytes of one frame."""

    def pack(self, text: str) -> bytes:
        """The frame."""


class ZlibStream:
    """`compress=zlib-stream`: each frame ends with the suffix of a sync flush."""

    def __init__(self) -> None:
        self._context = zlib.compressobj()

    def pack(self, text: str) -> bytes:
        """The frame."""
        return self._context.compress(text.encode()) + self._context.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """`compress=zstd-stream`: blocks are flushed, the frame never ends. Wants the package `zstandard`."""

    def __init__(self) -> None:
        zstandard: Any = importlib.import_module("zstandard")
        self._context = zstandard.ZstdCompressor().compressobj()
        self._flush_block = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, text: str) -> bytes:
        """The frame."""
        return bytes(self._context.compress(text.encode()) + self._context.flush(self._flush_block))


STREAMS: dict[str, type[ZlibStream | ZstdStream]] = {"zlib-stream": ZlibStream, "zstd-stream": ZstdStream}
