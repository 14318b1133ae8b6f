"""The stage: sky, light, distance and ground, before anything stands on it.

Owns how each kind of ground is painted and where things can stand on it. Must never learn words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from adapters.sandbox_images.canvas import peaks, ridge
from adapters.sandbox_images.motifs.ink import LAMP, Ink
from adapters.sandbox_images.motifs.nature import pine
from adapters.sandbox_images.pen import Pen, darker, halo, lighter, mixed, softened

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.sandbox_images.canvas import Canvas
    from adapters.sandbox_images.palettes import Palette
    from adapters.sandbox_images.pen import Colour

_HORIZON = 0.62
_CLOUD_PX = 480
_STANDING = 0.88


@dataclass(frozen=True, slots=True)
class Stage:
    """What a painted backdrop offers: where the horizon is, and where things on land and water stand."""

    horizon: float
    land: float
    water: float


def paint_sky(
    canvas: Canvas, mood: Palette, chance: np.random.Generator, *, has_stars: bool, is_clear: bool
) -> None:
    """Paint the sky down to the lower edge, so that any ground may be put over it."""
    canvas.gradient(0, _HORIZON + 0.06, mood.sky)
    canvas.gradient(_HORIZON + 0.06, 1, (mood.sky[3], mood.haze))
    if has_stars or mood.has_moon:
        stars(canvas, chance)
    x = 0.2 + 0.22 * chance.random()
    _orb(canvas, mood, x)
    if not is_clear:
        _clouds(canvas, mood, chance)


def _orb(canvas: Canvas, mood: Palette, x: float) -> None:
    y = mood.orb_height * _HORIZON * 1.16
    if mood.is_hidden:
        canvas.glow(x, y, 0.6, mood.orb, alpha=90)
        return
    canvas.glow(x, y, 0.75, mood.orb, alpha=70 if mood.has_moon else 120)
    canvas.glow(x, y, 0.26, lighter(mood.orb), alpha=150)
    side = max(8, round(canvas.unit * (0.105 if mood.has_moon else 0.125)))
    pen = Pen(side)
    pen.ellipse((0.5, 0.5), (0.49, 0.49), lighter(mood.orb, 0.4))
    if mood.has_moon:
        for cx, cy, r in ((0.36, 0.36, 0.12), (0.62, 0.5, 0.09), (0.42, 0.66, 0.1)):
            pen.ellipse((cx, cy), (r, r), mixed(mood.orb, (150, 150, 170), 0.3))
    canvas.stamp(pen.finished(), x, y + side / canvas.height / 2)


def stars(canvas: Canvas, chance: np.random.Generator, *, count: int = 130) -> None:
    """Scatter stars over the upper sky, a few of them large."""
    for _ in range(count):
        x, y, size = chance.random(), chance.random() ** 1.3 * 0.6, 0.0012 + 0.0026 * chance.random() ** 3
        side = max(2, round(size * 2.4 * canvas.unit))
        mask = halo(side * 2, int(120 + 135 * chance.random())).point(lambda value: min(255, value * 2))
        corner = (round(x * canvas.width) - side, round(y * canvas.height) - side)
        canvas.image.paste((255, 250, 232), (*corner, corner[0] + side * 2, corner[1] + side * 2), mask)


def _clouds(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> None:
    tint = mixed(mood.sky[3], (255, 255, 255), 0.12 if mood.is_dark else 0.5)
    for _ in range(5):
        width = round(canvas.unit * (0.3 + 0.3 * chance.random()))
        tile = soft_cloud(width, tint, alpha=0.45 + 0.3 * chance.random(), chance=chance)
        canvas.stamp(tile, chance.random(), 0.16 + 0.3 * chance.random())


def soft_cloud(width_px: int, tint: Colour, *, alpha: float, chance: np.random.Generator) -> Image.Image:
    """Heap a cloud of puffs that melts away towards its base; drawn small, because its edges are soft."""
    drawn_px = min(width_px, _CLOUD_PX)
    height_px = max(2, round(drawn_px * 0.42))
    pen = Pen(drawn_px, height_px)
    for step in range(9):
        x = 0.14 + step * 0.09
        reach = 0.1 + 0.16 * (1 - abs(step - 4) / 4.6) * (0.65 + 0.5 * chance.random())
        pen.ellipse((x, 0.74 - reach * 0.9), (reach * 0.62, reach * 1.36), tint)
    tile = pen.finished()
    melt = np.interp(np.linspace(0, 1, height_px), (0, 0.45, 1), (1, 0.8, 0)) * alpha
    mask = np.asarray(tile.getchannel("A")) * melt[:, None]
    tile.putalpha(Image.fromarray(mask.astype(np.uint8), "L"))
    soft = softened(tile, max(0.8, drawn_px * 0.004))
    return soft.resize((width_px, max(2, round(width_px * 0.42))), Image.Resampling.BICUBIC)


def _hills(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    for step, (level, tree_size) in enumerate(((0.6, 0.022), (0.68, 0.038), (0.77, None))):
        tone = mixed(mood.haze, mood.land, (0.25, 0.55, 0.85)[step])
        line = ridge(columns, chance, level=level, swing=0.05 - step * 0.006, waves=1.4 + step * 0.5)
        canvas.land(line, (lighter(tone, 0.12), tone, darker(tone, 0.12)))
        if tree_size is not None:
            _row_of_trees(canvas, line, darker(tone, 0.18), chance, size=tree_size)
    _foreground(canvas, mood.land, chance, level=0.86)
    return Stage(0.58, _STANDING, _STANDING)


def _meadow(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    far = mixed(mood.haze, mood.land, 0.4)
    canvas.land(ridge(columns, chance, level=0.62, swing=0.03), (lighter(far, 0.1), far))
    line = ridge(columns, chance, level=0.69, swing=0.02)
    canvas.land(line, (lighter(mood.land, 0.2), mood.land, darker(mood.land, 0.12)))
    _row_of_trees(canvas, line, darker(mixed(mood.haze, mood.land, 0.7), 0.2), chance, size=0.05)
    _foreground(canvas, lighter(mood.land, 0.06), chance, level=0.82)
    _blossoms(canvas, chance)
    return Stage(0.6, _STANDING, _STANDING)


def _blossoms(canvas: Canvas, chance: np.random.Generator) -> None:
    colours: tuple[Colour, ...] = ((250, 236, 226), (246, 200, 92), (236, 138, 160), (214, 190, 232))
    for _ in range(70):
        y = 0.85 + 0.14 * chance.random()
        side = max(3, round(canvas.unit * 0.012 * (0.4 + (y - 0.82) * 4)))
        pen = Pen(side)
        pen.ellipse((0.5, 0.5), (0.46, 0.42), colours[int(chance.integers(4))])
        pen.ellipse((0.5, 0.5), (0.17, 0.15), (252, 220, 120))
        canvas.stamp(pen.finished(), chance.random(), y)


def _forest(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    for step, level in enumerate((0.6, 0.69, 0.8)):
        tone = mixed(mood.haze, darker(mood.land, 0.25), (0.25, 0.55, 0.85)[step])
        line = ridge(columns, chance, level=level, swing=0.022)
        _row_of_pines(canvas, line, tone, chance, size=(0.2, 0.3, 0.4)[step])
        canvas.land(line, (tone, darker(tone, 0.15)))
    _foreground(canvas, darker(mood.land, 0.15), chance, level=0.87)
    return Stage(0.5, _STANDING, _STANDING)


def _mountains(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    far, near = mixed(mood.haze, (96, 112, 148), 0.4), mixed(mood.haze, (70, 84, 118), 0.65)
    for level, swing, tone in ((0.42, 0.19, far), (0.54, 0.13, near)):
        line = peaks(columns, chance, level=level, swing=swing)
        canvas.land(line, (lighter(tone, 0.12), tone, mixed(tone, mood.haze, 0.6)))
        _snow_caps(canvas, line, level, tone, chance)
    tone = mixed(mood.haze, mood.land, 0.7)
    line = ridge(columns, chance, level=0.72, swing=0.03)
    _row_of_pines(canvas, line, darker(tone, 0.3), chance, size=0.09)
    canvas.land(line, (lighter(tone, 0.1), tone))
    _foreground(canvas, mood.land, chance, level=0.85)
    return Stage(0.5, _STANDING, _STANDING)


def _snow_caps(
    canvas: Canvas, line: np.ndarray, level: float, tone: Colour, chance: np.random.Generator
) -> None:
    """Whiten each mountain above a ragged line: what lies between its skyline and the cap's lower edge."""
    ragged = peaks(canvas.columns(), chance, level=level - 0.06, swing=0.035, count=23)
    rows = np.arange(canvas.height, dtype=np.float32)[:, None]
    below = np.clip(rows - line[None, :] * canvas.height + 0.5, 0, 1)
    above = np.clip(ragged[None, :] * canvas.height - rows + 0.5, 0, 1)
    mask = Image.fromarray((below * above * 235).astype(np.uint8), "L")
    canvas.image.paste(mixed((250, 252, 255), tone, 0.12), (0, 0), mask)


def _desert(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    for step, level in enumerate((0.62, 0.7, 0.79)):
        tone = mixed(mood.haze, mood.land, (0.35, 0.65, 0.92)[step])
        line = ridge(columns, chance, level=level, swing=0.045, waves=1.2)
        canvas.land(line, (lighter(tone, 0.25), tone, darker(tone, 0.14)))
    _foreground(canvas, mood.land, chance, level=0.87)
    return Stage(0.58, _STANDING, _STANDING)


def _city(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    for step, base in enumerate((0.74, 0.8, 0.86)):
        tone = mixed(mood.haze, darker(mixed(mood.land, (70, 76, 100), 0.6), 0.3), (0.3, 0.6, 0.92)[step])
        _skyline(canvas, mood, tone, base, chance, low=(0.22, 0.16, 0.08)[step], tall=(0.3, 0.28, 0.2)[step])
        canvas.gradient(base, 1, (tone, darker(tone)))
    street = mixed(mood.land, (74, 76, 92), 0.7)
    canvas.gradient(0.86, 1, (darker(street, 0.1), street, lighter(street, 0.06)))
    return Stage(0.55, 0.93, 0.93)


def _skyline(  # noqa: PLR0913 - one row of houses is this many numbers
    canvas: Canvas,
    mood: Palette,
    tone: Colour,
    base: float,
    chance: np.random.Generator,
    *,
    low: float,
    tall: float,
) -> None:
    x = -0.02
    while x < 1:
        width = (0.05 + 0.06 * chance.random()) * canvas.unit / canvas.width
        height = (low + tall * chance.random() ** 1.6) * min(1.0, 1.3 * canvas.unit / canvas.height)
        size = (round(width * canvas.width), round(height * canvas.height))
        canvas.stamp(_block(size, tone, chance, is_lit=mood.is_dark), x + width / 2, base)
        x += width * (0.94 + 0.2 * chance.random())


def _block(size: tuple[int, int], tone: Colour, chance: np.random.Generator, *, is_lit: bool) -> Image.Image:
    pen = Pen(*size)
    pen.box((0, 0.03), (1, 1), tone)
    pen.box((0.72, 0.03), (1, 1), darker(tone, 0.16))
    pen.box((0.3, 0), (0.46, 0.05), darker(tone, 0.1))
    rows, columns = max(3, round(size[1] / max(1, size[0]) * 5)), 4
    for row in range(rows):
        for column in range(columns):
            is_on = chance.random() < (0.45 if is_lit else 0.7)
            glass = (LAMP if is_lit else lighter(tone, 0.28)) if is_on else darker(tone, 0.2)
            x, y = 0.12 + column * 0.21, 0.08 + row * 0.9 / rows
            pen.box((x, y), (x + 0.12, y + 0.4 / rows), mixed(tone, glass, 0.8))
    return pen.finished()


def _sea(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    columns = canvas.columns()
    far = mixed(mood.haze, mood.land, 0.35)
    canvas.land(ridge(columns, chance, level=_HORIZON - 0.012, swing=0.03, waves=1.1), (far, far))
    canvas.gradient(_HORIZON, 1, (mixed(mood.water, mood.sky[3], 0.45), mood.water, darker(mood.water, 0.35)))
    canvas.glow(0.31, _HORIZON + 0.02, 0.34, lighter(mood.orb, 0.2), alpha=110)
    canvas.gradient(_HORIZON - 0.001, _HORIZON + 0.002, (lighter(mood.sky[3], 0.2),) * 2)
    _glitter(canvas, mood, chance)
    _headland(canvas, mood, chance)
    return Stage(_HORIZON, 0.865, 0.8)


def _glitter(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> None:
    """Draw waves as thin lens shapes, finer and denser towards the horizon."""
    bright, dark = lighter(mixed(mood.water, mood.sky[3], 0.6), 0.2), darker(mood.water, 0.24)
    crests = (bright, bright, dark, dark, dark)
    for _ in range(230):
        depth = chance.random() ** 1.7
        y = _HORIZON + 0.012 + depth * (0.99 - _HORIZON)
        width = max(6, round(canvas.unit * (0.03 + 0.2 * depth) * (0.5 + chance.random())))
        height = max(2, round(canvas.unit * (0.0018 + 0.0075 * depth)))
        colour = crests[int(chance.integers(len(crests)))]
        pen = Pen(width, height)
        pen.ellipse((0.5, 0.5), (0.5, 0.46), colour, alpha=int(50 + 90 * chance.random()))
        canvas.stamp(pen.finished(), chance.random() * 1.1 - 0.05, y)


def _headland(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> None:
    """Raise land out of the water on both sides, higher on the right, so that things can stand there."""
    columns = canvas.columns()
    right = 1 / (1 + np.exp(-(columns - 0.44) * 15))
    left = 1 / (1 + np.exp((columns - 0.3) * 17))
    line = 1.03 - 0.195 * right - 0.13 * left + ridge(columns, chance, level=0, swing=0.01, waves=5)
    shore = mixed(mood.land, mood.haze, 0.25)
    canvas.land((line - 0.008).astype(np.float32), (lighter(mood.water, 0.5), lighter(mood.water, 0.4)))
    canvas.land(line.astype(np.float32), (lighter(shore, 0.1), mood.land, darker(mood.land, 0.25)))


def _space(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    for _ in range(5):
        tint = mixed(mood.sky[2], mood.sky[3], chance.random())
        canvas.glow(chance.random(), chance.random() * 0.7, 0.4 + 0.3 * chance.random(), tint, alpha=90)
    stars(canvas, chance, count=220)
    ground = ridge(canvas.columns(), chance, level=0.85, swing=0.03)
    canvas.land(ground, (lighter(mood.land, 0.25), mood.land, darker(mood.land, 0.3)))
    for _ in range(7):
        side = round(canvas.unit * (0.05 + 0.09 * chance.random()))
        pen = Pen(side, max(2, side // 3))
        pen.ellipse((0.5, 0.5), (0.5, 0.5), darker(mood.land, 0.35))
        pen.ellipse((0.5, 0.6), (0.44, 0.38), darker(mood.land, 0.18))
        canvas.stamp(pen.finished(), chance.random(), 0.93 + 0.06 * chance.random())
    return Stage(0.8, 0.9, 0.6)


def _deep(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    canvas.gradient(0, 1, mood.sky)
    _shafts(canvas, mood, chance)
    line = ridge(canvas.columns(), chance, level=0.9, swing=0.02)
    tone = mixed(mood.haze, mood.land, 0.6)
    canvas.land(line, (lighter(tone, 0.1), darker(tone, 0.2)))
    for _ in range(26):
        side = max(4, round(canvas.unit * (0.008 + 0.02 * chance.random())))
        pen = Pen(side)
        pen.ellipse((0.5, 0.5), (0.48, 0.48), (214, 246, 250), alpha=70)
        pen.ellipse((0.36, 0.34), (0.12, 0.12), (255, 255, 255), alpha=170)
        canvas.stamp(pen.finished(), chance.random(), 0.1 + 0.75 * chance.random())
    return Stage(0.9, 0.93, 0.6)


def _shafts(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> None:
    """Let light fall in from above; drawn small and enlarged, because its edges are soft anyway."""
    pen = Pen(160, 100)
    for step in range(6):
        x, width = step / 6 + 0.08 * chance.random(), 0.025 + 0.05 * chance.random()
        lean = (x - 0.5) * 0.5
        pen.polygon(((x, -0.1), (x + width, -0.1), (x + width * 2.2 + lean, 0.9), (x + lean, 0.9)), mood.orb)
    pen.blurred(0.014)
    pen.faded(0.2)
    light = pen.tile.resize((canvas.width, canvas.height), Image.Resampling.BICUBIC)
    canvas.put(light, (0, 0))


def _room(canvas: Canvas, mood: Palette, chance: np.random.Generator) -> Stage:
    """Paint a quiet interior: a wall with a soft light on it, and a table."""
    wall = mixed(mood.sky[2], mood.sky[3], 0.5)
    canvas.gradient(0, 1, (mixed(wall, mood.sky[1], 0.3), wall, lighter(wall, 0.12)))
    x = 0.42 + 0.16 * chance.random()
    side = round(canvas.unit * 0.8)
    disc = Pen(side)
    disc.ellipse((0.5, 0.5), (0.49, 0.49), lighter(wall, 0.3))
    canvas.stamp(disc.finished(), x, 0.5 + side / canvas.height / 2)
    canvas.glow(x - 0.1, 0.3, 0.6, lighter(mood.orb, 0.5), alpha=80)
    table = mixed((168, 118, 82), mood.haze, 0.15)
    canvas.gradient(0.82, 1, (lighter(table, 0.16), table, darker(table, 0.2)))
    canvas.gradient(0.818, 0.823, (lighter(table, 0.4), lighter(table, 0.3)))
    return Stage(0.6, 0.9, 0.9)


def _foreground(canvas: Canvas, tone: Colour, chance: np.random.Generator, *, level: float) -> None:
    line = ridge(canvas.columns(), chance, level=level, swing=0.018)
    canvas.land(line, (lighter(tone, 0.1), tone, darker(tone, 0.3)))


def _row_of_trees(
    canvas: Canvas, line: np.ndarray, tone: Colour, chance: np.random.Generator, *, size: float
) -> None:
    for _ in range(16):
        x = chance.random()
        side = max(4, round(canvas.unit * size * (0.6 + 0.8 * chance.random())))
        pen = Pen(side)
        for cx, cy, r in ((0.5, 0.4, 0.36), (0.24, 0.6, 0.24), (0.76, 0.6, 0.24)):
            pen.ellipse((cx, cy), (r, r), tone)
        pen.box((0.2, 0.6), (0.8, 0.95), tone, radius=0.1)
        canvas.stamp(pen.finished(), x, _height_at(line, x) + 0.006)


def _row_of_pines(
    canvas: Canvas, line: np.ndarray, tone: Colour, chance: np.random.Generator, *, size: float
) -> None:
    places = max(8, round(canvas.width / canvas.unit * 2.6 / size))
    for place in sorted(chance.random(places)):
        side = max(6, round(canvas.unit * size * (0.6 + 0.6 * chance.random())))
        pen = Pen(side)
        colour = mixed(tone, lighter(tone, 0.2), chance.random() * 0.6)
        pine(pen, Ink(colour), trunk=darker(colour, 0.3))
        canvas.stamp(pen.finished(), float(place), _height_at(line, float(place)) + 0.015)


def _height_at(line: np.ndarray, x: float) -> float:
    return float(line[min(len(line) - 1, max(0, int(x * len(line))))])


GROUNDS: dict[str, Callable[[Canvas, Palette, np.random.Generator], Stage]] = {
    "hills": _hills,
    "meadow": _meadow,
    "forest": _forest,
    "mountains": _mountains,
    "desert": _desert,
    "city": _city,
    "sea": _sea,
    "space": _space,
    "deep": _deep,
    "room": _room,
}
