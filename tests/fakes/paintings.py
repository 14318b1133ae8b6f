"""Small landscapes for tests that look at a page: quick, deterministic, different for different words.

A picture is only its words: the first ones choose the colours, each further change adds something that can
be seen. Nothing here claims to be a model.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from core.domain.generation import Image, OutputFormat, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

PALETTES = (
    ((28, 32, 74), (232, 122, 96), (18, 24, 48)),
    ((64, 120, 168), (246, 214, 164), (30, 70, 82)),
    ((110, 60, 110), (250, 170, 130), (54, 28, 66)),
    ((38, 84, 90), (226, 226, 190), (16, 44, 52)),
)


def paint(words: Sequence[str], size: Size, *, blur: int = 0) -> Image:
    """A landscape for those words; `blur` in pixels makes a preview of it."""
    seed = int.from_bytes(hashlib.sha256(words[0].encode()).digest()[:4])
    random = np.random.default_rng(seed)
    stormy = any("storm" in word for word in words)
    top, glow, land = PALETTES[seed % len(PALETTES)]
    canvas = Pillow.fromarray(_sky(top, glow, size, is_stormy=stormy))
    draw = ImageDraw.Draw(canvas)
    _sun(draw, size, random)
    for layer in range(4):
        _hills(draw, size, random, layer, land)
    for index, word in enumerate(words[1:]):
        _change(draw, size, word, index, random)
    if blur:
        canvas = canvas.filter(ImageFilter.GaussianBlur(blur))
    return Image(_png(canvas), OutputFormat.PNG, size)


def _sky(top: Sequence[int], glow: Sequence[int], size: Size, *, is_stormy: bool) -> np.ndarray:
    share = np.linspace(0, 1, size.height)[:, None, None] ** 1.4
    sky = np.array(top)[None, None, :] * (1 - share) + np.array(glow)[None, None, :] * share
    if is_stormy:
        sky = sky * 0.45 + 40
    return np.repeat(sky, size.width, axis=1).astype(np.uint8)


def _sun(draw: ImageDraw.ImageDraw, size: Size, random: np.random.Generator) -> None:
    x, y, radius = random.uniform(0.2, 0.8) * size.width, size.height * 0.42, size.height * 0.09
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 236, 205))


def _hills(
    draw: ImageDraw.ImageDraw, size: Size, random: np.random.Generator, layer: int, land: Sequence[int]
) -> None:
    xs = np.linspace(0, size.width, 120)
    base = size.height * (0.58 + 0.11 * layer)
    phase, wave = random.uniform(0, 6, 3), size.height * (0.07 - 0.008 * layer)
    ys = base + wave * (
        np.sin(xs / size.width * 5 + phase[0]) + 0.5 * np.sin(xs / size.width * 13 + phase[1])
    )
    light = 1.9 - 0.42 * layer
    fill = tuple(int(min(255, part * light + 18)) for part in land)
    outline = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    draw.polygon([*outline, (size.width, size.height), (0, size.height)], fill=fill)


def _change(
    draw: ImageDraw.ImageDraw, size: Size, word: str, index: int, random: np.random.Generator
) -> None:
    if "storm" in word or "snow" in word:
        colour = (235, 240, 248) if "snow" in word else (170, 190, 215)
        for x, y in random.uniform(0, 1, (160, 2)):
            left, upper = x * size.width, y * size.height
            length = 3 if "snow" in word else 16
            draw.line((left, upper, left - length / 3, upper + length), fill=colour, width=3)
        return
    x, y, radius = size.width * (0.25 + 0.2 * index), size.height * 0.8, size.height * 0.08
    colour = (206, 54, 62) if "red" in word else (86, 148, 214)
    draw.pieslice((x - radius, y - radius, x + radius, y + radius), 180, 360, fill=colour)
    draw.line((x, y, x, y + radius), fill=(40, 30, 30), width=4)


def _png(canvas: Pillow.Image) -> bytes:
    out = io.BytesIO()
    canvas.save(out, "PNG", compress_level=1)
    return out.getvalue()
