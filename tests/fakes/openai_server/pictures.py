"""Real pictures of realistic weight, fast: noise made once a size, a band of colours that differs each time.

A PNG is put together from two deflate streams, so that only the band has to be compressed anew.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

BAND_ROWS = 16
"""How many rows at the top carry what makes each picture distinct."""

LIGHT_BITS = 4
HEAVY_BITS = 7
"""Bits of noise a channel: 1.5 MB for a PNG of 1024 x 1024, or above 20 MB for one of 3840 x 2160."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to paint. Equal ones are equal byte for byte."""

    width: int
    height: int
    format: str
    has_alpha: bool
    seed: str
    is_heavy: bool = False

    @property
    def channels(self) -> int:
        """Bytes a pixel."""
        return 4 if self.has_alpha else 3


def paint(wanted: Wanted) -> bytes:
    """The file."""
    return PAINTERS[wanted.format](wanted)


def _paint_png(wanted: Wanted) -> bytes:
    band = _rows(wanted, _band_pixels(wanted), BAND_ROWS)
    tail = _noise_tail(wanted.width, wanted.height, wanted.channels, is_heavy=wanted.is_heavy)
    head = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = head.compress(band) + head.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">I", zlib.adler32(tail.raw, zlib.adler32(band)))
    colour_type = 6 if wanted.has_alpha else 2
    header = struct.pack(">IIBBBBB", wanted.width, wanted.height, 8, colour_type, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", b"\x78\x01" + packed + tail.packed + checksum),
            _chunk(b"IEND", b""),
        ),
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return b"".join(
        (struct.pack(">I", len(data)), name, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(name))))
    )


def _band_pixels(wanted: Wanted) -> bytes:
    """Four flat colours, one below the other, that come from the seed."""
    digest = hashlib.sha256(wanted.seed.encode()).digest()
    rows = []
    for row in range(BAND_ROWS):
        start = row // 4 * 3
        pixel = digest[start : start + 3] + (b"\xff" if wanted.has_alpha else b"")
        rows.append(pixel * wanted.width)
    return b"".join(rows)


def _rows(wanted: Wanted, pixels: bytes, count: int) -> bytes:
    """Pixels as PNG rows: each begins with the byte that says it is not filtered."""
    stride = wanted.width * wanted.channels
    return b"".join(b"\x00" + pixels[row * stride : (row + 1) * stride] for row in range(count))


@dataclass(frozen=True, slots=True)
class _Tail:
    raw: bytes
    packed: bytes


@lru_cache(maxsize=12)
def _noise_tail(width: int, height: int, channels: int, *, is_heavy: bool) -> _Tail:
    row_bytes = width * channels
    noise = _noise(row_bytes, height - BAND_ROWS, has_alpha=channels == 4, is_heavy=is_heavy)
    raw = b"".join(b"\x00" + noise[at : at + row_bytes] for at in range(0, len(noise), row_bytes))
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
    return _Tail(raw, squeeze.compress(raw) + squeeze.flush())


def _noise(row_bytes: int, rows: int, *, has_alpha: bool, is_heavy: bool) -> bytes:
    bits = HEAVY_BITS if is_heavy else LIGHT_BITS
    table = bytes(96 + (value & ((1 << bits) - 1)) for value in range(256))
    noise = hashlib.shake_128(f"noise {row_bytes} {rows}".encode()).digest(row_bytes * rows).translate(table)
    if not has_alpha:
        return noise
    see_through = bytearray(noise)
    see_through[3::4] = (b"\x00" * (row_bytes // 8) + b"\xff" * (row_bytes // 4 - row_bytes // 8)) * rows
    return bytes(see_through)


@lru_cache(maxsize=12)
def _noise_picture(width: int, height: int, channels: int, *, is_heavy: bool) -> Image.Image:
    mode = "RGBA" if channels == 4 else "RGB"
    noise = _noise(width * channels, height, has_alpha=channels == 4, is_heavy=is_heavy)
    return Image.frombytes(mode, (width, height), noise)


def _encoded(wanted: Wanted, name: str, **options: int) -> bytes:
    picture = _noise_picture(wanted.width, wanted.height, wanted.channels, is_heavy=wanted.is_heavy).copy()
    band = Image.frombytes(picture.mode, (wanted.width, BAND_ROWS), _band_pixels(wanted))
    picture.paste(band, (0, 0))
    file = io.BytesIO()
    picture.save(file, name, **options)
    return file.getvalue()


def _paint_jpeg(wanted: Wanted) -> bytes:
    return _encoded(wanted, "JPEG", quality=90)


def _paint_webp(wanted: Wanted) -> bytes:
    return _encoded(wanted, "WEBP", quality=80, method=0)


PAINTERS: dict[str, Callable[[Wanted], bytes]] = {"png": _paint_png, "jpeg": _paint_jpeg, "webp": _paint_webp}
