"""Picture tools that only look: mirrors the `PictureTools` port for tests that are not about pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from core.app.ports import PictureProblem
from core.domain.generation import Image, OutputFormat, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.ports import Labelled


class FakeTools:
    """Reads headers; made-up pictures are small ones that nobody looks at."""

    async def probe(self, content: bytes) -> Image | PictureProblem:
        """What the bytes are."""
        try:
            with Pillow.open(io.BytesIO(content)) as opened:
                kind = OutputFormat((opened.format or "").lower())
                return Image(content, kind, Size(*opened.size), has_alpha=opened.mode == "RGBA")
        except (UnidentifiedImageError, ValueError):
            return PictureProblem("not_a_picture")

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        """The bytes as they are, if they are a picture."""
        image = await self.probe(content)
        return PictureProblem(image.code, file_name) if isinstance(image, PictureProblem) else image

    async def flatten(self, image: Image) -> Image:
        """The same."""
        return image

    async def side_by_side(self, left: Labelled, right: Labelled) -> Image:
        """A sheet."""
        return sheet(left.label + right.label)

    async def contact_sheet(self, pictures: Sequence[Labelled]) -> Image:
        """A sheet."""
        return sheet("".join(one.label for one in pictures))

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """A sheet."""
        return sheet("".join(one.label for one in pictures))

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        """A picture of exactly that many bytes, at most."""
        kind = OutputFormat.WEBP if OutputFormat.WEBP in formats else OutputFormat.PNG
        return Image(sheet("refit").content[:max_bytes], kind, image.size)

    async def thumbnail(self, image: Image, *, edge_px: int) -> Image:
        """A sheet."""
        return sheet(f"{image.size} {edge_px}")


def sheet(label: str) -> Image:
    """A picture as wide as the label is long."""
    buffer = io.BytesIO()
    Pillow.new("L", (max(1, len(label)), 1)).save(buffer, "PNG")
    return Image(buffer.getvalue(), OutputFormat.PNG, Size(max(1, len(label)), 1))
