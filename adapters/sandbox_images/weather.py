"""Rain, snow, fog, cloud and lightning over a finished picture.

Owns what weather adds. Must never learn whether the picture was painted here or brought along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from adapters.sandbox_images.backdrop import soft_cloud
from adapters.sandbox_images.pen import Pen, halo

if TYPE_CHECKING:
    from adapters.sandbox_images.canvas import Canvas
    from adapters.sandbox_images.pen import Colour

_TILE_PX = 640
_LEDGE_COLUMNS, _LEDGE_ROWS, _LEDGE_CONTRAST = 640, 360, 34
_RAIN: Colour = (214, 228, 240)
_SNOW: Colour = (252, 253, 255)


def rain(canvas: Canvas, chance: np.random.Generator) -> None:
    """Draw slanting streaks, near and far; one tile of them is repeated without a seam."""
    tile = Image.new("L", (_TILE_PX, _TILE_PX), 0)
    pen = ImageDraw.Draw(tile)
    for _ in range(170):
        x, y = chance.random() * _TILE_PX, chance.random() * _TILE_PX
        length, alpha = 18 + 46 * chance.random(), int(40 + 110 * chance.random())
        for dx in (-_TILE_PX, 0, _TILE_PX):
            for dy in (-_TILE_PX, 0, _TILE_PX):
                start = (x + dx, y + dy)
                pen.line((*start, start[0] - length * 0.22, start[1] + length), fill=alpha, width=2)
    canvas.image.paste(_RAIN, (0, 0), _tiled(tile, canvas))


def _tiled(tile: Image.Image, canvas: Canvas) -> Image.Image:
    side = max(64, round(_TILE_PX * canvas.unit / 1000))
    scaled = np.asarray(tile.resize((side, side), Image.Resampling.LANCZOS))
    whole = np.tile(scaled, (-(-canvas.height // side), -(-canvas.width // side)))
    return Image.fromarray(whole[: canvas.height, : canvas.width].copy(), "L")


def snow(canvas: Canvas, chance: np.random.Generator) -> None:
    """Let flakes fall: many small ones far off, a few large soft ones near."""
    for count, low, high, alpha in (
        (240, 0.003, 0.006, 190),
        (110, 0.006, 0.011, 225),
        (26, 0.014, 0.024, 170),
    ):
        for _ in range(count):
            side = max(3, round(canvas.unit * (low + (high - low) * chance.random()) * 2))
            mask = halo(side, alpha).point(lambda value: min(255, value * 2))
            x, y = round(chance.random() * canvas.width), round(chance.random() * canvas.height)
            canvas.image.paste(
                _SNOW, (x - side // 2, y - side // 2, x - side // 2 + side, y - side // 2 + side), mask
            )


def lying_snow(canvas: Canvas) -> None:
    """Let snow lie: on the ground, and on the upper edge of whatever stands out against the sky."""
    light = np.asarray(canvas.image.convert("L")).astype(np.float32) / 255
    depth = np.interp(np.linspace(0, 1, canvas.height), (0, 0.66, 0.84, 1), (0, 0, 0.55, 0.8))
    ground = depth[:, None].astype(np.float32) * (0.5 + 0.5 * light)
    mask = Image.fromarray((ground * 255).astype(np.uint8), "L")
    canvas.image.paste(_SNOW, (0, 0), ImageChops.lighter(mask, _ledges(canvas)))


def _ledges(canvas: Canvas) -> Image.Image:
    """Find, in every column, where the first thing below the sky begins; lettering further down stays."""
    small = canvas.image.convert("L").resize((_LEDGE_COLUMNS, _LEDGE_ROWS), Image.Resampling.BOX)
    grey = np.asarray(small.filter(ImageFilter.GaussianBlur(0.8))).astype(np.int16)
    contrast = np.abs(grey[2:] - grey[:-2]) > _LEDGE_CONTRAST
    first = contrast.argmax(axis=0)
    rows = np.arange(_LEDGE_ROWS)[:, None]
    lies = (rows > first) & (rows <= first + 4) & contrast.any(axis=0) & (first > _LEDGE_ROWS // 20)
    mask = Image.fromarray((lies * 225).astype(np.uint8), "L").resize(
        canvas.image.size, Image.Resampling.BICUBIC
    )
    return mask.filter(ImageFilter.GaussianBlur(max(0.6, canvas.unit / 900)))


def fog(canvas: Canvas, chance: np.random.Generator) -> None:
    """Lay pale banks across the picture, thickest in the middle distance."""
    small = chance.random((9, 14)).astype(np.float32)
    banks = Image.fromarray((small * 255).astype(np.uint8), "L").resize(
        (max(1, canvas.width // 8), max(1, canvas.height // 8)), Image.Resampling.BICUBIC
    )
    depth = np.interp(np.linspace(0, 1, banks.height), (0, 0.35, 0.62, 1), (0.18, 0.4, 0.75, 0.35))
    mask = (np.asarray(banks).astype(np.float32) * 0.45 + 140) * depth[:, None]
    whole = Image.fromarray(np.clip(mask, 0, 235).astype(np.uint8), "L").resize(canvas.image.size)
    canvas.image.paste((226, 231, 233), (0, 0), whole)


def storm_clouds(canvas: Canvas, chance: np.random.Generator) -> None:
    """Hang heavy clouds along the upper edge."""
    for row, (level, tint) in enumerate(((0.06, (46, 52, 64)), (0.16, (62, 70, 84)), (0.26, (84, 94, 108)))):
        for _ in range(6 - row):
            width = round(canvas.unit * (0.6 + 0.5 * chance.random()))
            tile = soft_cloud(width, tint, alpha=0.92, chance=chance)
            canvas.stamp(tile, chance.random() * 1.1 - 0.05, level + 0.06 + 0.05 * chance.random())


def lightning(canvas: Canvas, chance: np.random.Generator) -> None:
    """Strike once, with a branch, and light up the sky around it."""
    x = 0.3 + 0.2 * chance.random()
    canvas.glow(x, 0.24, 0.6, (206, 216, 255), alpha=110)
    pen = Pen(max(8, round(canvas.unit * 0.26)), max(8, round(canvas.unit * 0.46)))
    points = [(0.5, 0.0)]
    while points[-1][1] < 1:
        near = points[-1]
        points.append((min(0.95, max(0.05, near[0] + 0.36 * (chance.random() - 0.5))), near[1] + 0.1))
    for width, colour in ((0.05, (186, 198, 255)), (0.02, (255, 255, 255))):
        pen.line(points, width, colour)
        pen.line([points[4], (points[4][0] + 0.2, 0.52), (points[4][0] + 0.16, 0.66)], width * 0.7, colour)
    canvas.stamp(pen.finished(), x, 0.5)


def starry(canvas: Canvas, chance: np.random.Generator) -> None:
    """Scatter stars over a sky, but not over what is bright already."""
    for _ in range(90):
        x, y = chance.random(), 0.5 * chance.random() ** 1.4
        side = max(3, round(canvas.unit * (0.004 + 0.008 * chance.random() ** 3)))
        mask = halo(side, 255)
        left, top = round(x * canvas.width), round(y * canvas.height)
        canvas.image.paste((255, 250, 232), (left, top, left + side, top + side), mask)
