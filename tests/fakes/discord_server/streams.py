"""Transport compression of a gateway connection.

One context for its whole life, a flush behind every message.
"""

from __future__ import annotations

import importlib
import sys
import zlib
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """`compress=zstd-stream`: blocks are flushed, the frame never ends.

    discord.py asks for it where it finds Python 3.14's own module or the package `zstandard`; so does this.
    """

    def __init__(self) -> None:
        self._pack = _python_zstd() if sys.version_info >= (3, 14) else _package_zstd()

    def pack(self, text: str) -> bytes:
        """The frame."""
        return self._pack(text.encode())


def _python_zstd() -> Callable[[bytes], bytes]:
    zstd: Any = importlib.import_module("compression.zstd")
    context = zstd.ZstdCompressor()
    return lambda raw: bytes(context.compress(raw, context.FLUSH_BLOCK))


def _package_zstd() -> Callable[[bytes], bytes]:
    zstandard: Any = importlib.import_module("zstandard")
    context = zstandard.ZstdCompressor().compressobj()
    flush_block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return lambda raw: bytes(context.compress(raw) + context.flush(flush_block))


STREAMS: dict[str, type[ZlibStream | ZstdStream]] = {"zlib-stream": ZlibStream, "zstd-stream": ZstdStream}
