"""Bytes into pixels, with every bound checked before anything is decoded.

Owns what counts as a picture and why one is refused. Must never write a file or learn who sent it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ExifTags, ImageCms, UnidentifiedImageError
from PIL import Image as Pixels

from core.app.ports import PictureProblem
from core.domain.generation import Image, OutputFormat, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 64_000_000

# From this alpha on a pixel counts as opaque: engines leave 254 where they mean 255 (seen in 2026).
_OPAQUE_FROM = 250

_ENGINE_FORMATS = ("PNG", "JPEG", "WEBP")
_FOREIGN_FORMATS = (*_ENGINE_FORMATS, "GIF", "BMP", "TIFF", "AVIF")
_MOVING_FORMATS = {"GIF", "WEBP", "PNG", "AVIF"}
_OUTPUT = {
    "PNG": OutputFormat.PNG,
    "JPEG": OutputFormat.JPEG,
    "MPO": OutputFormat.JPEG,
    "WEBP": OutputFormat.WEBP,
}

_TURNS: Mapping[object, Pixels.Transpose] = {
    2: Pixels.Transpose.FLIP_LEFT_RIGHT,
    3: Pixels.Transpose.ROTATE_180,
    4: Pixels.Transpose.FLIP_TOP_BOTTOM,
    5: Pixels.Transpose.TRANSPOSE,
    6: Pixels.Transpose.ROTATE_270,
    7: Pixels.Transpose.TRANSVERSE,
    8: Pixels.Transpose.ROTATE_90,
}
"""What brings a picture upright, by the orientation that its metadata names (EXIF 2.32)."""

# How files begin that are pictures or near it, but of no format taken here.
_KNOWN_BEGINNINGS = (
    b"%PDF",
    b"8BPS",
    b"<svg",
    b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cJXL ",
    b"\xff\x0a",
    b"II\xbc",
)
_OUR_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class Opened:
    """Decoded pixels (RGB or RGBA, upright) and the format they came in."""

    pixels: Pixels.Image
    format: OutputFormat | None


def probed(content: bytes) -> Image | PictureProblem:
    """Say what an engine's bytes really are; the bytes stay as they are."""
    opened = opened_picture(content, formats=_ENGINE_FORMATS, is_foreign=False)
    if isinstance(opened, PictureProblem):
        return opened
    if opened.format is None:
        return PictureProblem("unsupported_format")
    return Image(content, opened.format, Size(*opened.pixels.size), has_alpha=is_see_through(opened.pixels))


def opened_foreign(content: bytes, file_name: str) -> Opened | PictureProblem:
    """Decode a file that a person sent: turned upright, in sRGB, without anything but its pixels."""
    return opened_picture(content, formats=_FOREIGN_FORMATS, is_foreign=True, file_name=file_name)


def opened_picture(
    content: bytes, *, formats: tuple[str, ...], is_foreign: bool, file_name: str = ""
) -> Opened | PictureProblem:
    """Decode bytes of one of the formats, or say why not; bounds are checked on the header alone."""
    if len(content) > MOST_BYTES:
        return PictureProblem("too_large", file_name)
    try:
        with Pixels.open(io.BytesIO(content), formats=formats) as file:
            code = _refusal(file)
            if code is not None:
                return PictureProblem(code, file_name)
            file.load()
            pixels = _plain(_upright(file) if is_foreign else file)
            # Pillow writes what it finds here (comments, profiles) into the next file, unasked.
            pixels.info.clear()
            return Opened(pixels, _OUTPUT.get(file.format or ""))
    except UnidentifiedImageError:
        return PictureProblem(_unknown(content), file_name)
    except (Pixels.DecompressionBombError, Pixels.DecompressionBombWarning):
        return PictureProblem("too_many_pixels", file_name)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - at a stranger's bytes decoders raise whatever they like; it means one thing
        return PictureProblem("truncated", file_name)


def pixels_of(image: Image) -> Pixels.Image:
    """Decode a picture that was checked before; raises ValueError where it is damaged all the same."""
    opened = opened_picture(image.content, formats=_ENGINE_FORMATS, is_foreign=False)
    if isinstance(opened, PictureProblem):
        said = f"a checked picture cannot be decoded any more: {opened.code}"
        raise ValueError(said)  # noqa: TRY004 - the value is wrong, not the type
    return opened.pixels


def is_see_through(pixels: Pixels.Image) -> bool:
    """Whether any pixel lets something through."""
    if pixels.mode != "RGBA":
        return False
    return any(pixels.getchannel("A").histogram()[:_OPAQUE_FROM])


def _refusal(file: Pixels.Image) -> str | None:
    """Judge by the header, before a single pixel is decoded."""
    if file.width * file.height > MOST_PIXELS:
        return "too_many_pixels"
    if file.format in _MOVING_FORMATS and getattr(file, "is_animated", False):
        return "animated"
    return None


def _upright(file: Pixels.Image) -> Pixels.Image:
    """Turn it as its metadata says. Pillow's own way writes all of that anew, which odd metadata breaks."""
    turn = _TURNS.get(file.getexif().get(ExifTags.Base.Orientation))
    return file if turn is None else file.transpose(turn)


def _plain(file: Pixels.Image) -> Pixels.Image:
    """Bring any mode to RGB or RGBA, wide colours to sRGB, so that dropping the profile changes nothing."""
    mode = "RGBA" if file.has_transparency_data else "RGB"
    profile = file.info.get("icc_profile")
    if not isinstance(profile, bytes) or file.mode not in {"RGB", "RGBA", "CMYK"}:
        return _eight_bits(file).convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(file, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return file.convert(mode)
    return turned if turned is not None else file.convert(mode)


def _eight_bits(file: Pixels.Image) -> Pixels.Image:
    """Scale greys of sixteen bits down; a plain conversion would cut them off at white."""
    if file.mode.startswith("I"):
        return file.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return file


def _unknown(content: bytes) -> str:
    """Tell a picture cut off in its header, or of a format not taken here, from a file that is none."""
    if content.startswith(_OUR_BEGINNINGS) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return "truncated"
    head = content.lstrip()[:64].lower() if content[:1] in b" \t\r\n<" else content[:64]
    is_heif = content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS
    is_vector = head.startswith(b"<?xml") and b"<svg" in content[:2048].lower()
    if is_heif or is_vector or head.startswith(_KNOWN_BEGINNINGS):
        return "unsupported_format"
    return "not_a_picture"
