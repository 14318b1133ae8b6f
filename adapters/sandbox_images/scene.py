"""Painting a new picture from words.

Owns the composition: which mood and ground, where each thing stands, in which order they are painted. Must
never learn about calls, files or people.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageOps

from adapters.sandbox_images import weather
from adapters.sandbox_images.backdrop import GROUNDS, Stage, paint_sky
from adapters.sandbox_images.canvas import Canvas, ClearCanvas
from adapters.sandbox_images.lettering import framed, put_note, put_ribbon, put_signs
from adapters.sandbox_images.motifs import MOTIFS, Stand
from adapters.sandbox_images.motifs.catalogue import KEEPSAKES
from adapters.sandbox_images.motifs.ink import Ink
from adapters.sandbox_images.palettes import COLOURS, DAY_MOODS, PALETTES, Palette
from adapters.sandbox_images.pen import Pen
from adapters.sandbox_images.reading import Thing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.sandbox_images.reading import Wish
    from core.domain.generation import Size

_BEHIND_LAND = {"moon", "sun", "star", "cloud", "rainbow", "planet"}
_CLEAR_SKIES = {"space", "deep", "room"}
_GROUND_MOODS = {"space": "space", "deep": "deep", "desert": "desert"}
_SHY_FIRST = "shimmer"
_MIRRORED = 0.45
_LAMP_RED, _LAMP_WARMTH = 236, 70

# What a thing may look like where no colour was asked for, so that several candidates differ.
_OTHER_COLOURS = {
    "lighthouse": ("blue", "teal"),
    "house": ("blue", "brown", "teal"),
    "boat": ("blue", "teal", "orange"),
    "balloon": ("orange", "blue", "purple"),
    "cat": ("grey", "white", "brown"),
    "dog": ("brown", "grey"),
    "car": ("yellow", "teal", "blue"),
    "umbrella": ("yellow", "blue", "purple"),
    "flower": ("yellow", "purple", "orange"),
    "robot": ("teal", "orange", "grey"),
    "kite": ("teal", "orange", "purple"),
    "cup": ("red", "orange", "teal"),
    "gift": ("red", "purple", "green"),
    "tent": ("teal", "red"),
    "rocket": ("blue", "purple"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing's foot stands, as shares of the picture, and how much larger than usual it is."""

    x: float
    base: float
    scale: float


def chance_of(*parts: object) -> np.random.Generator:
    """Derive chance from what was asked, so that the same request paints the same picture."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def paint_scene(wish: Wish, size: Size, chance: np.random.Generator, *, turn: int = 0) -> Image.Image:
    """Paint a whole picture; `turn` counts the candidates, whose colours differ."""
    canvas = Canvas(Image.new("RGB", (size.width, size.height)))
    is_understood = bool(wish.things or wish.grounds or wish.moods or wish.texts)
    things = _varied(wish.things, turn) if is_understood else _stand_in(chance)
    ground, mood = _ground(wish, things, chance), _mood(wish, things, chance)
    stage = _paint_stage(canvas, replace(wish, things=things, grounds=(ground,)), mood, chance)
    for thing, spot in _spread(things, stage, canvas, chance, has_sign=bool(wish.texts)):
        if thing.name not in _BEHIND_LAND:
            place_thing(canvas, thing, spot, mood)
    _paint_weather(canvas, wish, chance)
    canvas.grain(chance)
    if not wish.texts and chance.random() < _MIRRORED:
        canvas.image = ImageOps.mirror(canvas.image)
    missing = put_signs(canvas, wish.texts, is_neon="neon" in wish.flags)
    if not is_understood and wish.words:
        missing += put_ribbon(canvas, wish.words, 0.5, 0.12)
    put_note(canvas, missing)
    return canvas.image


def paint_cutout(wish: Wish, size: Size, chance: np.random.Generator, *, turn: int = 0) -> Image.Image:
    """Paint the things alone, on nothing: the pixels around them are really transparent."""
    canvas = ClearCanvas(Image.new("RGBA", (size.width, size.height), (0, 0, 0, 0)))
    things = _varied(wish.things, turn) or _stand_in(chance)
    is_alone = len(things) == 1 and not wish.texts
    share = (0.84 if is_alone else 0.62 / len(things) ** 0.6) * chance.uniform(0.92, 1.0)
    for number, thing in enumerate(things):
        tile = thing_tile(thing, round(canvas.unit * share), PALETTES["day"])
        if chance.random() < _MIRRORED:
            tile = ImageOps.mirror(tile)
        x = 0.5 if is_alone else (number + 1) / (len(things) + 1) + (0.16 if wish.texts else 0)
        is_up = MOTIFS[thing.name].stand is Stand.SKY
        canvas.stamp(tile, x, 0.5 + tile.height / canvas.height / 2 if is_up else 0.91)
    missing = put_signs(canvas, wish.texts, is_neon="neon" in wish.flags)
    put_note(canvas, missing)
    return canvas.image


def place_thing(canvas: Canvas, thing: Thing, spot: Spot, mood: Palette) -> None:
    """Put one thing with its foot at a spot, with its shadow where it stands on something."""
    motif = MOTIFS[thing.name]
    tile = thing_tile(thing, max(8, round(canvas.unit * motif.height * spot.scale)), mood)
    if motif.stand is Stand.LAND:
        canvas.shadow(spot.x, spot.base, round(tile.width * 0.8))
    canvas.stamp(tile, spot.x, spot.base)


def thing_tile(thing: Thing, side_px: int, mood: Palette) -> Image.Image:
    """Draw one thing in its colour and in the light of the mood."""
    motif = MOTIFS[thing.name]
    colour = COLOURS[thing.colour] if thing.colour else motif.colour
    pen = Pen(side_px)
    motif.paint(pen, Ink(colour, is_lit=mood.is_dark))
    if motif.is_light:
        return pen.finished()
    return _in_light(pen.shaded(), mood)


def _in_light(tile: Image.Image, mood: Palette) -> Image.Image:
    """Tint a tile by the mood's light; lamps and windows, being brightest, keep theirs."""
    red, green, blue, alpha = tile.split()
    tables = [[min(255, round(value * share)) for value in range(256)] for share in mood.light]
    bands = [band.point(table) for band, table in zip((red, green, blue), tables, strict=True)]
    if mood.is_dark:
        is_bright = red.point(lambda value: 255 if value > _LAMP_RED else 0)
        is_warm = ImageChops.subtract(red, blue).point(lambda value: 255 if value > _LAMP_WARMTH else 0)
        lamps = ImageChops.multiply(is_bright, is_warm)
        bands = [Image.composite(own, lit, lamps) for own, lit in zip((red, green, blue), bands, strict=True)]
    return Image.merge("RGBA", (*bands, alpha))


def pin(canvas: Canvas, pictures: Sequence[Image.Image]) -> None:
    """Hang references along the upper edge, small and framed."""
    edge = round(canvas.unit * (0.24 if len(pictures) <= 4 else 0.8 / len(pictures)))  # noqa: PLR2004 - a row
    for number, picture in enumerate(pictures):
        card = framed(picture, edge)
        x = canvas.width - (number + 1) * (edge * 1.16) - canvas.unit * 0.01
        canvas.put(card, (round(x), round(canvas.unit * 0.03)))


def _varied(things: Sequence[Thing], turn: int) -> tuple[Thing, ...]:
    """Choose a colour for what came without one, another at each turn; at turn 0 the thing's own."""
    varied = []
    for number, thing in enumerate(things):
        choices = (None, *_OTHER_COLOURS.get(thing.name, ()))
        varied.append(thing if thing.colour else Thing(thing.name, choices[(turn + number) % len(choices)]))
    return tuple(varied)


def _stand_in(chance: np.random.Generator) -> tuple[Thing, ...]:
    names = [name for name in KEEPSAKES if name != _SHY_FIRST]
    return (Thing(names[int(chance.integers(len(names)))]),)


def _ground(wish: Wish, things: Sequence[Thing], chance: np.random.Generator) -> str:
    if wish.grounds:
        return wish.grounds[0]
    suited = [MOTIFS[thing.name].ground for thing in things]
    special = next((ground for ground in suited if ground != "hills"), None)
    if special is not None and wish.things:
        return special
    return ("hills", "meadow", "mountains")[int(chance.integers(3))] if not wish.things else "hills"


def _mood(wish: Wish, things: Sequence[Thing], chance: np.random.Generator) -> Palette:
    if wish.moods:
        return PALETTES[wish.moods[0]]
    ground = (
        wish.grounds[0] if wish.grounds else next((MOTIFS[thing.name].ground for thing in things), "hills")
    )
    if ground in _GROUND_MOODS:
        return PALETTES[_GROUND_MOODS[ground]]
    if "rain" in wish.weather:
        return PALETTES["storm"]
    return PALETTES[DAY_MOODS[int(chance.integers(len(DAY_MOODS)))]]


def _paint_stage(canvas: Canvas, wish: Wish, mood: Palette, chance: np.random.Generator) -> Stage:
    """Paint all that things stand before; the wish's first ground is the one."""
    ground = wish.grounds[0]
    paint_sky(canvas, mood, chance, has_stars="stars" in wish.weather, is_clear=ground in _CLEAR_SKIES)
    if "lightning" in wish.weather:
        weather.storm_clouds(canvas, chance)
        weather.lightning(canvas, chance)
    behind = [
        thing
        for thing in wish.things
        if thing.name in _BEHIND_LAND and not (thing.name == "moon" and mood.has_moon)
    ]
    for number, thing in enumerate(behind):
        is_arch = thing.name == "rainbow"
        spot = Spot(0.55, 0.74, 1.5) if is_arch else Spot((0.72, 0.2, 0.46)[number % 3], 0.4, 1.0)
        place_thing(canvas, thing, spot, mood)
    stage = GROUNDS[ground](canvas, mood, chance)
    if "snow" in wish.weather:
        weather.lying_snow(canvas)
    return stage


def _spread(
    things: Sequence[Thing], stage: Stage, canvas: Canvas, chance: np.random.Generator, *, has_sign: bool
) -> list[tuple[Thing, Spot]]:
    """Give each thing a place of its kind: on land, on water, in the sky."""
    places = {
        Stand.LAND: [0.67, 0.88, 0.5, 0.78, 0.58, 0.4] if has_sign else [0.64, 0.3, 0.86, 0.14, 0.47, 0.76],
        Stand.WATER: [0.5, 0.36, 0.62, 0.22, 0.74, 0.12] if has_sign else [0.36, 0.2, 0.5, 0.62, 0.1, 0.8],
        Stand.SKY: [0.46, 0.84, 0.24, 0.64, 0.12, 0.92],
    }
    is_tall = canvas.height > canvas.width
    crowd = (1.0, 1.0, 0.86, 0.74, 0.66, 0.6, 0.56)[len(things)]
    taken = dict.fromkeys(Stand, 0)
    spread: list[tuple[Thing, Spot]] = []
    for thing in things:
        stand = MOTIFS[thing.name].stand
        number = taken[stand]
        taken[stand] += 1
        base = {Stand.LAND: stage.land, Stand.WATER: stage.water, Stand.SKY: 0.44}[stand]
        step = 0.022 * (number % 3) * (1 if stand is Stand.LAND else -1)
        scale = (
            crowd * (1.12 if number == 0 else 0.86) * (1.1 if is_tall else 1.0) * chance.uniform(0.9, 1.08)
        )
        x = places[stand][number % 6] + chance.uniform(-0.035, 0.035)
        spread.append((thing, Spot(x, base + step, scale)))
    return sorted(spread, key=lambda pair: pair[1].base)


def _paint_weather(canvas: Canvas, wish: Wish, chance: np.random.Generator) -> None:
    if "fog" in wish.weather:
        weather.fog(canvas, chance)
    if "rain" in wish.weather:
        weather.rain(canvas, chance)
    if "snow" in wish.weather:
        weather.snow(canvas, chance)
