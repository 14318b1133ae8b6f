"""Pixels into files: encoding, metadata that says AI, and the ladder that makes a file small enough.

Owns quality steps and provenance. Must never decide whether a file has to be smaller.
"""

from __future__ import annotations

import io
import math
import re

from PIL import Image as Pixels
from PIL.PngImagePlugin import PngInfo

from adapters.picture_tools.reading import is_see_through
from core.domain.generation import Image, OutputFormat, Size

_TRAINED = "trainedAlgorithmicMedia"
_SOURCE_TYPE = re.compile(rb"newscodes/digitalsourcetype/([A-Za-z]{4,64})")
_SMALLEST_EDGE_PX = 16
_HOPELESS = 4  # so many times too large, lower quality alone will not do

# What is tried at each size, best first: small losses before a smaller picture.
_LADDER = (
    (OutputFormat.WEBP, 90),
    (OutputFormat.WEBP, 80),
    (OutputFormat.JPEG, 88),
    (OutputFormat.JPEG, 76),
    (OutputFormat.PNG, 100),
)


def stripped(pixels: Pixels.Image, file_format: OutputFormat) -> Image:
    """Write nothing but pixels: no place, no camera, no profile, no comment."""
    return _encoded(pixels, file_format, quality=95, xmp=None)


def marked(
    pixels: Pixels.Image, file_format: OutputFormat, *, quality: int = 90, source: str = _TRAINED
) -> Image:
    """Write a picture whose metadata says how it was made."""
    return _encoded(pixels, file_format, quality=quality, xmp=_xmp(source))


def made_by(content: bytes) -> str:
    """Read the digital source type a file claims, so that a new encoding claims no other.

    A file that says nothing came from the engine: trained algorithmic media.
    """
    found = _SOURCE_TYPE.search(content)
    return found[1].decode() if found else _TRAINED


def refitted(pixels: Pixels.Image, *, max_bytes: int, formats: frozenset[OutputFormat], source: str) -> Image:
    """Encode ever smaller until the file fits; raises ValueError where not even a stamp would."""
    if not is_see_through(pixels):
        pixels = pixels.convert("RGB")
    ladder = [step for step in _LADDER if step[0] in formats] or list(_LADDER)
    if pixels.mode == "RGBA" and any(step[0] is not OutputFormat.JPEG for step in ladder):
        ladder = [step for step in ladder if step[0] is not OutputFormat.JPEG]
    current = pixels
    while True:
        smallest = None
        for file_format, quality in ladder:
            image = marked(current, file_format, quality=quality, source=source)
            if len(image.content) <= max_bytes:
                return image
            smallest = min(smallest or len(image.content), len(image.content))
            if len(image.content) > _HOPELESS * max_bytes:
                break
        if min(current.size) <= _SMALLEST_EDGE_PX:
            said = f"no picture fits into {max_bytes} bytes"
            raise ValueError(said)
        current = _smaller(pixels, current, max_bytes / (smallest or max_bytes))


def _smaller(original: Pixels.Image, current: Pixels.Image, share: float) -> Pixels.Image:
    """Guess the size that fits from how far the last one was off; at least a tenth smaller each time."""
    factor = min(0.9, math.sqrt(share) * 0.97)
    edges = [max(_SMALLEST_EDGE_PX, int(edge * factor)) for edge in current.size]
    return original.resize((edges[0], edges[1]), Pixels.Resampling.LANCZOS)


def _encoded(pixels: Pixels.Image, file_format: OutputFormat, *, quality: int, xmp: str | None) -> Image:
    if file_format is OutputFormat.JPEG:
        pixels = on_white(pixels)
    file = io.BytesIO()
    match file_format:
        case OutputFormat.PNG:
            pixels.save(file, "PNG", compress_level=2, pnginfo=_png_texts(xmp))
        case OutputFormat.WEBP:
            pixels.save(file, "WEBP", quality=quality, method=2, **_extra(xmp))
        case OutputFormat.JPEG:
            pixels.save(file, "JPEG", quality=quality, optimize=True, **_extra(xmp))
    return Image(file.getvalue(), file_format, Size(*pixels.size), has_alpha=is_see_through(pixels))


def on_white(pixels: Pixels.Image) -> Pixels.Image:
    """Lay clear parts over white."""
    if pixels.mode != "RGBA":
        return pixels.convert("RGB")
    white = Pixels.new("RGBA", pixels.size, (255, 255, 255, 255))
    return Pixels.alpha_composite(white, pixels).convert("RGB")


def _extra(xmp: str | None) -> dict[str, bytes]:
    return {} if xmp is None else {"xmp": xmp.encode()}


def _png_texts(xmp: str | None) -> PngInfo | None:
    if xmp is None:
        return None
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", xmp)
    return texts


def _xmp(source: str) -> str:
    """Write the packet; the property is IPTC's, its values from the NewsCodes (read July 2026)."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{source}"/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
