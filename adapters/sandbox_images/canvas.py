"""The picture being painted: fast full-frame strokes for skies, lands, lights and grain.

Owns the pixels and their measures. Must never learn what is painted. Everything here works in whole-image
steps, because a 4K picture has eight million pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops

from adapters.sandbox_images.pen import halo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from adapters.sandbox_images.pen import Colour

_GRAIN_TILE_PX = 256
_GRAIN_MIDDLE = 128
_SHADE: Colour = (14, 16, 36)


class Canvas:
    """An RGB picture with a share-of-picture coordinate system: 0 to 1, y downwards."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.width, self.height = image.size
        self.unit = min(image.size)

    def gradient(self, top: float, bottom: float, colours: Sequence[Colour]) -> None:
        """Fill all between two heights with colours that run into each other, evenly spaced."""
        first, last = round(top * self.height), round(bottom * self.height)
        if last <= first:
            return
        column = column_of(colours, last - first).resize((self.width, last - first), Image.Resampling.NEAREST)
        self.image.paste(column, (0, first))

    def land(self, heights: NDArray[np.float32], colours: Sequence[Colour]) -> float:
        """Fill all below a skyline (one height a column, as shares); returns its highest point."""
        edge = np.clip(heights, -1, 2) * self.height
        first = max(0, int(edge.min()) - 1)
        deep = self.height - first
        if deep <= 0:
            return 1.0
        rows = np.arange(first, self.height, dtype=np.float32)[:, None]
        mask = Image.fromarray((np.clip(rows - edge[None, :] + 0.5, 0, 1) * 255).astype(np.uint8), "L")
        fill = column_of(colours, deep).resize((self.width, deep), Image.Resampling.NEAREST)
        self.image.paste(fill, (0, first), mask)
        return first / self.height

    def glow(self, x: float, y: float, radius: float, colour: Colour, *, alpha: int = 150) -> None:
        """Let light shine around a point; `radius` is a share of the shorter edge."""
        side = max(4, round(2 * radius * self.unit))
        self.image.paste(colour, self._box(x, y, side, side), halo(side, alpha))

    def stamp(self, tile: Image.Image, x: float, base: float) -> None:
        """Put a tile with its foot's middle at a point."""
        corner = (round(x * self.width - tile.width / 2), round(base * self.height - tile.height))
        self.put(tile, corner)

    def put(self, tile: Image.Image, corner: tuple[int, int]) -> None:
        """Put a tile with its upper left corner at a pixel; what lies outside is cut."""
        self.image.paste(tile.convert("RGB"), corner, tile.getchannel("A"))

    def shadow(self, x: float, base: float, width_px: int) -> None:
        """Darken the ground under something that stands there."""
        height_px = max(2, round(width_px * 0.14))
        left, top = round(x * self.width - width_px / 2), round(base * self.height - height_px * 0.62)
        mask = halo(128, 150).resize((max(1, width_px), height_px))
        self.image.paste(_SHADE, (left, top, left + max(1, width_px), top + height_px), mask)

    def grain(self, chance: np.random.Generator, strength: float = 1.7) -> None:
        """Give the surface the slightest texture; it also hides bands in soft skies."""
        noise = chance.normal(_GRAIN_MIDDLE, strength, (_GRAIN_TILE_PX, _GRAIN_TILE_PX))
        tile = noise.round().clip(0, 255).astype(np.uint8)
        rows, columns = -(-self.height // _GRAIN_TILE_PX), -(-self.width // _GRAIN_TILE_PX)
        whole = np.tile(tile, (rows, columns))[: self.height, : self.width]
        layer = Image.fromarray(whole, "L")
        bands = [ImageChops.add(band, layer, 1, -_GRAIN_MIDDLE) for band in self.image.split()]
        self.image = Image.merge("RGB", bands)

    def columns(self) -> NDArray[np.float32]:
        """List the middle of every column as a share of the width."""
        places = (np.arange(self.width) + 0.5) / self.width
        return places.astype(np.float32)

    def _box(self, x: float, y: float, width: int, height: int) -> tuple[int, int, int, int]:
        left, top = round(x * self.width - width / 2), round(y * self.height - height / 2)
        return left, top, left + width, top + height


class ClearCanvas(Canvas):
    """An RGBA picture with clear parts: what is put on it becomes opaque there, and nothing else does."""

    def put(self, tile: Image.Image, corner: tuple[int, int]) -> None:
        """Lay a tile over, alpha and all; compositing takes no negative corner, so that part is cut."""
        left, top = max(0, -corner[0]), max(0, -corner[1])
        inside = tile.crop((left, top, max(left, tile.width), max(top, tile.height)))
        self.image.alpha_composite(inside, (max(0, corner[0]), max(0, corner[1])))

    def shadow(self, x: float, base: float, width_px: int) -> None:
        """There is no ground to darken."""


def column_of(colours: Sequence[Colour], height_px: int) -> Image.Image:
    """Make a column one pixel wide that runs through the colours."""
    places = np.linspace(0, len(colours) - 1, max(1, height_px))
    stops = np.arange(len(colours))
    channels = [np.interp(places, stops, [colour[channel] for colour in colours]) for channel in range(3)]
    pixels = np.stack(channels, axis=-1).round().astype(np.uint8)[:, None, :]
    return Image.fromarray(pixels, "RGB")


def ridge(
    columns: NDArray[np.float32],
    chance: np.random.Generator,
    *,
    level: float,
    swing: float,
    waves: float = 2.0,
) -> NDArray[np.float32]:
    """Make a rolling skyline around a level: four sines of ever finer, ever smaller waves."""
    line = np.zeros_like(columns)
    for octave in range(4):
        phase, stretch = chance.uniform(0, 2 * np.pi), chance.uniform(0.8, 1.25)
        line += np.sin(columns * waves * 2**octave * stretch * np.pi + phase) / 2.2**octave
    return (level + line * swing / 1.7).astype(np.float32)


def peaks(
    columns: NDArray[np.float32], chance: np.random.Generator, *, level: float, swing: float, count: int = 5
) -> NDArray[np.float32]:
    """Make a jagged skyline: a broken line through random peaks, roughened twice."""
    line = np.zeros_like(columns)
    for octave in range(4):
        places = count * 2**octave + 1
        knots = (
            chance.uniform(-1, 1, places)
            if octave
            else np.where(np.arange(places) % 2, 1, -1) * chance.uniform(0.5, 1, places)
        )
        line += np.interp(columns, np.linspace(-0.1, 1.1, places), knots).astype(np.float32) / 2.3**octave
    return (level - line * swing / 1.5).astype(np.float32)
