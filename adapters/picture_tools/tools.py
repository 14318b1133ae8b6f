"""The PictureTools port on Pillow, in threads of its own.

Owns the pool. Threads, not processes: Pillow and numpy let go of the interpreter while they decode, scale
and encode, which is where the time goes, and a picture need not be copied to another process and back.
Two threads bound the memory: each may hold a picture of the largest size and one copy of it.
"""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PIL import Image as Pixels

from adapters.picture_tools import sheets
from adapters.picture_tools.reading import (
    MOST_BYTES,
    is_see_through,
    opened_foreign,
    pixels_of,
    probed,
)
from adapters.picture_tools.writing import made_by, marked, on_white, refitted, stripped
from core.app.ports import PictureProblem
from core.domain.generation import Image, OutputFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.app.ports import Labelled

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LARGEST_EDGE_PX = 4096
_SHEET_QUALITY = 88


class PillowTools:
    """Works on pictures off the event loop, at most two at a time."""

    def __init__(self, *, workers: int = 2) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="pictures")

    async def probe(self, content: bytes) -> Image | PictureProblem:
        """Say what bytes from an engine really are; the bytes stay as they are."""
        return await self._off_loop(probed, content)

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        """Make a foreign file safe: verified, upright, without metadata, as png, jpeg or webp.

        An edge longer than 4096 pixels is scaled down to that: no model draws finer.
        """
        return await self._off_loop(_normalised, content, file_name)

    async def flatten(self, image: Image) -> Image:
        """Lay clear parts over white, for a model that cannot read them; an opaque picture stays as it is."""
        return await self._off_loop(_flattened, image)

    async def side_by_side(self, left: Labelled, right: Labelled) -> Image:
        """Put two pictures beside each other."""
        return await self._off_loop(_compared, left, right)

    async def contact_sheet(self, pictures: Sequence[Labelled]) -> Image:
        """Put candidates on one sheet with their letters; raises ValueError without any."""
        return await self._off_loop(_lettered, tuple(pictures))

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """Put all revisions in order, with what was asked each time; raises ValueError without any."""
        return await self._off_loop(_in_order, tuple(pictures))

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        """Make a picture fit, marked AI-generated; one that fits already keeps its bytes.

        Raises ValueError where not even a picture of sixteen pixels would fit.
        """
        return await self._off_loop(_refitted, image, max_bytes, formats)

    async def thumbnail(self, image: Image, *, edge_px: int) -> Image:
        """Make a copy whose longer edge has at most that many pixels."""
        return await self._off_loop(_thumbnail, image, edge_px)

    def close(self) -> None:
        """Let the threads end once they have finished what they are at."""
        self._pool.shutdown(wait=False)

    async def _off_loop(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(work, *args, **kwargs))


def _normalised(content: bytes, file_name: str) -> Image | PictureProblem:
    opened = opened_foreign(content, file_name)
    if isinstance(opened, PictureProblem):
        return opened
    pixels = opened.pixels
    pixels.thumbnail((_LARGEST_EDGE_PX, _LARGEST_EDGE_PX), Pixels.Resampling.LANCZOS)
    if pixels.mode != "RGB" and not is_see_through(pixels):
        pixels = pixels.convert("RGB")
    image = stripped(pixels, opened.format or OutputFormat.PNG)
    return image if len(image.content) < MOST_BYTES else stripped(pixels, OutputFormat.WEBP)


def _flattened(image: Image) -> Image:
    pixels = pixels_of(image)
    if not is_see_through(pixels):
        return image
    return marked(on_white(pixels), OutputFormat.PNG, source=made_by(image.content))


def _compared(left: Labelled, right: Labelled) -> Image:
    return marked(sheets.compared(left, right), OutputFormat.JPEG, quality=_SHEET_QUALITY)


def _lettered(pictures: Sequence[Labelled]) -> Image:
    return marked(sheets.lettered(pictures), OutputFormat.JPEG, quality=_SHEET_QUALITY)


def _in_order(pictures: Sequence[Labelled]) -> Image:
    return marked(sheets.in_order(pictures), OutputFormat.JPEG, quality=_SHEET_QUALITY)


def _refitted(image: Image, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
    if len(image.content) <= max_bytes and image.format in formats:
        return image
    source = made_by(image.content)
    return refitted(pixels_of(image), max_bytes=max_bytes, formats=formats, source=source)


def _thumbnail(image: Image, edge_px: int) -> Image:
    with Pixels.open(io.BytesIO(image.content), formats=("PNG", "JPEG", "WEBP")) as file:
        file.draft("RGB", (edge_px, edge_px))
        pixels = file.convert("RGBA" if file.has_transparency_data else "RGB")
    pixels.thumbnail((edge_px, edge_px), Pixels.Resampling.LANCZOS, reducing_gap=2.0)
    is_clear = is_see_through(pixels)
    source = made_by(image.content)
    return marked(pixels, OutputFormat.WEBP if is_clear else OutputFormat.JPEG, quality=82, source=source)
