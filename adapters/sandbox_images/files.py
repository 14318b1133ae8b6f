"""Picture files in and out: encoding with honest metadata, decoding what an edit brings.

Owns what the files say about themselves: drawn by an algorithm, not by a trained model. Must never learn
what is in the pictures.
"""

from __future__ import annotations

import io

from PIL import Image as Pixels
from PIL.PngImagePlugin import PngInfo

from core.domain.generation import Image, OutputFormat, Size

SOFTWARE = "Inkthread sandbox"

# IPTC NewsCodes, digital source type (read July 2026): made purely by an algorithm, without trained data.
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    f'xmp:CreatorTool="{SOFTWARE}" '
    'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"/>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_JPEG_QUALITY = 92
_WEBP_QUALITY = 90
_PNG_EFFORT = 4


def encoded(pixels: Pixels.Image, file_format: OutputFormat) -> Image:
    """Write a picture file; JPEG has no alpha, so clear parts become white there."""
    has_alpha = pixels.mode == "RGBA" and file_format is not OutputFormat.JPEG
    if pixels.mode == "RGBA" and not has_alpha:
        pixels = Pixels.alpha_composite(Pixels.new("RGBA", pixels.size, (255, 255, 255, 255)), pixels)
    pixels = pixels.convert("RGBA" if has_alpha else "RGB")
    file = io.BytesIO()
    match file_format:
        case OutputFormat.PNG:
            pixels.save(file, "PNG", pnginfo=_png_texts(), compress_level=_PNG_EFFORT)
        case OutputFormat.WEBP:
            pixels.save(file, "WEBP", quality=_WEBP_QUALITY, method=2, xmp=_XMP.encode())
        case OutputFormat.JPEG:
            pixels.save(file, "JPEG", quality=_JPEG_QUALITY, xmp=_XMP.encode())
    is_see_through = has_alpha and pixels.getchannel("A").getextrema() != (255, 255)
    return Image(file.getvalue(), file_format, Size(*pixels.size), has_alpha=is_see_through)


def decoded(image: Image) -> Pixels.Image | None:
    """Read a picture that an edit brings; None where it cannot be read."""
    try:
        with Pixels.open(io.BytesIO(image.content), formats=("PNG", "JPEG", "WEBP")) as file:
            file.load()
            return file.convert("RGBA" if file.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Pixels.DecompressionBombError):
        return None


def _png_texts() -> PngInfo:
    texts = PngInfo()
    texts.add_text("Software", SOFTWARE)
    texts.add_itxt("XML:com.adobe.xmp", _XMP)
    return texts
