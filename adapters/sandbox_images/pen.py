"""Vector drawing on a square of one by one, smooth at the edges.

Owns supersampling: shapes are drawn at twice the size and brought down. Must never learn what a motif is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

Colour = tuple[int, int, int]
Point = tuple[float, float]

_OVERSAMPLING = 2
_FINEST_BLUR_PX = 2.5
_LIT_SIDE, _DARK_SIDE = 1.07, 0.8


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Mix two colours; `share` is how much of the other, 0 to 1."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    """Mix in white."""
    return mixed(colour, (255, 255, 255), share)


def darker(colour: Colour, share: float = 0.3) -> Colour:
    """Mix in a deep blue: shadows outdoors are not black."""
    return mixed(colour, (16, 18, 44), share)


class Pen:
    """Draws on a transparent tile. Coordinates run from 0 to 1 in both directions, y downwards."""

    def __init__(self, width_px: int, height_px: int | None = None) -> None:
        height_px = height_px or width_px
        self._size = (max(1, width_px), max(1, height_px))
        big = (self._size[0] * _OVERSAMPLING, self._size[1] * _OVERSAMPLING)
        self.tile = Image.new("RGBA", big, (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.tile)

    def polygon(self, points: Sequence[Point], colour: Colour, *, alpha: int = 255) -> None:
        """Fill a polygon."""
        self._draw.polygon([self._at(point) for point in points], fill=(*colour, alpha))

    def ellipse(self, centre: Point, radii: Point, colour: Colour, *, alpha: int = 255) -> None:
        """Fill an ellipse."""
        left, top = self._at((centre[0] - radii[0], centre[1] - radii[1]))
        right, bottom = self._at((centre[0] + radii[0], centre[1] + radii[1]))
        self._draw.ellipse((left, top, right, bottom), fill=(*colour, alpha))

    def box(self, corner: Point, opposite: Point, colour: Colour, *, radius: float = 0.0) -> None:
        """Fill a rectangle, its corners rounded by `radius`."""
        edges = (*self._at(corner), *self._at(opposite))
        self._draw.rounded_rectangle(edges, radius * self.tile.width, fill=(*colour, 255))

    def line(self, points: Sequence[Point], width: float, colour: Colour, *, alpha: int = 255) -> None:
        """Draw a line with round ends."""
        width_px = max(1, round(width * self.tile.width))
        places = [self._at(point) for point in points]
        self._draw.line(places, fill=(*colour, alpha), width=width_px, joint="curve")
        for x, y in (places[0], places[-1]):
            r = width_px / 2
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=(*colour, alpha))

    def curve(self, points: Sequence[Point], width: float, colour: Colour, *, alpha: int = 255) -> None:
        """Draw a line that runs smoothly through all points."""
        self.line(_smooth(points), width, colour, alpha=alpha)

    def pie(self, centre: Point, radii: Point, degrees: tuple[float, float], colour: Colour) -> None:
        """Fill a slice of an ellipse; degrees run clockwise from three o'clock."""
        left, top = self._at((centre[0] - radii[0], centre[1] - radii[1]))
        right, bottom = self._at((centre[0] + radii[0], centre[1] + radii[1]))
        self._draw.pieslice((left, top, right, bottom), degrees[0], degrees[1], fill=(*colour, 255))

    def glow(self, centre: Point, radius: float, colour: Colour, *, alpha: int = 150) -> None:
        """Let a light shine softly around a point."""
        side = max(2, round(2 * radius * self.tile.width))
        light = Image.new("RGBA", (side, side), (*colour, 255))
        light.putalpha(halo(side, alpha))
        x, y = self._at(centre)
        self._overlay(light, (round(x - side / 2), round(y - side / 2)))

    def shaded(self, strength: float = 1.0) -> Image.Image:
        """Bring the tile down to size, lit from the left; `strength` 0 leaves it flat."""
        small = self.finished()
        fall = 1 - (1 - _DARK_SIDE) * strength
        across = np.linspace(255, 255 * fall, small.width).round().astype(np.uint8)[None, :]
        shade = Image.fromarray(across, "L").resize(small.size, Image.Resampling.NEAREST)
        lit = [min(255, round(value * (1 + (_LIT_SIDE - 1) * strength))) for value in range(256)]
        red, green, blue, alpha = small.split()
        bands = [ImageChops.multiply(band, shade).point(lit) for band in (red, green, blue)]
        return Image.merge("RGBA", (*bands, alpha))

    def finished(self) -> Image.Image:
        """Bring the tile down to size as it is."""
        return self.tile.resize(self._size, Image.Resampling.BOX)

    def blurred(self, radius: float) -> None:
        """Soften all that was drawn so far; `radius` is a share of the width."""
        self.tile = softened(self.tile, radius * self.tile.width)
        self._draw = ImageDraw.Draw(self.tile)

    def faded(self, share: float, *, to_sides: bool = False) -> None:
        """Let all that was drawn so far show through; `to_sides` fades it out towards left and right."""
        across = np.full(self.tile.width, share)
        if to_sides:
            across *= np.clip(1.15 - np.abs(np.linspace(-1.15, 1.15, self.tile.width)), 0, 1)
        row = Image.fromarray((across * 255).astype(np.uint8)[None, :], "L")
        veil = row.resize(self.tile.size, Image.Resampling.NEAREST)
        self.tile.putalpha(ImageChops.multiply(self.tile.getchannel("A"), veil))

    def _overlay(self, light: Image.Image, corner: tuple[int, int]) -> None:
        layer = Image.new("RGBA", self.tile.size, (0, 0, 0, 0))
        layer.paste(light, corner)
        self.tile.alpha_composite(layer)

    def _at(self, point: Point) -> Point:
        return point[0] * self.tile.width, point[1] * self.tile.height


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Run a Catmull-Rom spline through the points, eight steps a stretch."""
    padded = np.array([points[0], *points, points[-1]], dtype=np.float64)
    steps = np.linspace(0, 1, 9)[:, None]
    stretches = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        linear = (end - before) * steps
        square = (2 * before - 5 * start + 4 * end - after) * steps**2
        cube = (3 * start - before - 3 * end + after) * steps**3
        stretches.append(0.5 * (2 * start + linear + square + cube))
    return [(float(x), float(y)) for x, y in np.concatenate(stretches)]


def softened(tile: Image.Image, radius_px: float) -> Image.Image:
    """Blur a tile; its colours are weighed by alpha, or clear pixels would bleed in as black.

    Wide blurs are made small and enlarged: nobody sees the difference, and it is many times faster.
    """
    step = max(1, int(radius_px / _FINEST_BLUR_PX))
    small = tile.resize((max(1, tile.width // step), max(1, tile.height // step)), Image.Resampling.BOX)
    soft = small.convert("RGBa").filter(ImageFilter.GaussianBlur(radius_px / step))
    return soft.resize(tile.size, Image.Resampling.BICUBIC).convert("RGBA")


def halo(side_px: int, alpha: int) -> Image.Image:
    """Make a round mask that is full in the middle and fades to nothing at the rim."""
    steps = np.linspace(-1, 1, 128, dtype=np.float32)
    distance = np.sqrt(steps[None, :] ** 2 + steps[:, None] ** 2)
    falloff = np.clip(1 - distance, 0, 1) ** 2
    mask = Image.fromarray((falloff * alpha).astype(np.uint8), "L")
    return mask.resize((side_px, side_px), Image.Resampling.BICUBIC)
