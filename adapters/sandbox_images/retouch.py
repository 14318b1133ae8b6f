"""Changing a given picture: the pixels a wish does not touch stay exactly as they are.

Owns what each kind of wish does to a picture. Must never repaint a picture from words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from adapters.sandbox_images import weather
from adapters.sandbox_images.canvas import Canvas, ClearCanvas
from adapters.sandbox_images.lettering import put_note, put_ribbon, put_signs
from adapters.sandbox_images.motifs import MOTIFS, Stand
from adapters.sandbox_images.motifs.catalogue import KEEPSAKES
from adapters.sandbox_images.palettes import COLOURS, PALETTES
from adapters.sandbox_images.reading import Thing
from adapters.sandbox_images.scene import Spot, pin, place_thing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adapters.sandbox_images.pen import Colour
    from adapters.sandbox_images.reading import Wish
    from core.domain.generation import Size

_SAME_SHAPE = 0.03
_WASH_PX = 600
_MASK_PX = 380
_SURELY_BACKDROP = 90
_NEUTRAL_LIGHT = PALETTES["day"]


@dataclass(frozen=True, slots=True)
class _Grade:
    """How a mood changes a picture that exists: its lightness (0 to 1), colourfulness and tint."""

    lightness: float
    colourfulness: float
    tint: Colour
    share: float


_GRADES: dict[str, _Grade] = {
    "dusk": _Grade(0.42, 1.1, (226, 98, 84), 0.24),
    "dawn": _Grade(0.58, 0.98, (244, 172, 172), 0.2),
    "night": _Grade(0.24, 0.72, (24, 44, 108), 0.3),
    "storm": _Grade(0.36, 0.55, (62, 74, 92), 0.24),
    "fog": _Grade(0.6, 0.66, (224, 228, 230), 0.12),
    "winter": _Grade(0.6, 0.66, (206, 222, 240), 0.16),
    "autumn": _Grade(0.52, 1.08, (222, 128, 48), 0.24),
    "spring": _Grade(0.62, 1.16, (190, 226, 160), 0.12),
    "desert": _Grade(0.6, 0.94, (232, 186, 112), 0.26),
    "space": _Grade(0.28, 0.9, (70, 32, 122), 0.32),
    "deep": _Grade(0.4, 0.92, (18, 116, 158), 0.4),
    "neon": _Grade(0.36, 1.4, (148, 36, 172), 0.28),
    "golden": _Grade(0.58, 1.12, (255, 190, 92), 0.22),
    "morning": _Grade(0.64, 1.02, (255, 232, 186), 0.12),
    "day": _Grade(0.62, 1.1, (255, 246, 214), 0.08),
}
_DARKEST, _BRIGHTEST = 0.5, 1.45


def retouch(
    base: Image.Image, wish: Wish, size: Size, chance: np.random.Generator, pinned: Sequence[Image.Image] = ()
) -> Image.Image:
    """Do to a picture what the words ask, and nothing else. Alpha is kept; new things are opaque."""
    fitted = fit_to(base, size)
    canvas = Canvas(fitted.convert("RGB"))
    was_understood = _change_all(canvas, wish, chance)
    if fitted.mode == "RGBA":
        changed = canvas.image.convert("RGBA")
        changed.putalpha(fitted.getchannel("A"))
        canvas = ClearCanvas(changed)
    missing = _add(canvas, wish, chance, was_understood=was_understood)
    pin(canvas, pinned)
    put_note(canvas, missing)
    return canvas.image


def fit_to(base: Image.Image, size: Size) -> Image.Image:
    """Bring a picture to a size; where the shape differs, a soft copy of itself fills the rest."""
    target = (size.width, size.height)
    mode = "RGBA" if base.has_transparency_data else "RGB"
    if base.size == target:
        return base.convert(mode)
    shape, wanted = base.width / base.height, size.width / size.height
    if abs(shape / wanted - 1) < _SAME_SHAPE:
        return base.convert(mode).resize(target, Image.Resampling.LANCZOS)
    inner = ImageOps.contain(base.convert(mode), target, Image.Resampling.LANCZOS)
    corner = ((size.width - inner.width) // 2, (size.height - inner.height) // 2)
    if mode == "RGBA":
        around = Image.new("RGBA", target, (0, 0, 0, 0))
    else:
        small = ImageOps.fit(base.convert("RGB"), (max(1, size.width // 16), max(1, size.height // 16)))
        around = small.filter(ImageFilter.GaussianBlur(3)).resize(target, Image.Resampling.BICUBIC)
    around.paste(inner, corner)
    return around


def _change_all(canvas: Canvas, wish: Wish, chance: np.random.Generator) -> bool:
    """Change light, weather, look or colour everywhere; says whether the words asked for any of it."""
    for mood in wish.moods[:1]:
        _grade(canvas, _GRADES[mood])
    for look in wish.looks:
        canvas.image = _LOOKS[look](canvas.image)
    if wish.colours and not wish.texts:
        _colour(canvas, COLOURS[wish.colours[0]], wish.flags)
    _weather(canvas, wish, chance)
    return bool(wish.moods or wish.looks or wish.weather or wish.colours)


def _weather(canvas: Canvas, wish: Wish, chance: np.random.Generator) -> None:
    falls = set(wish.weather)
    if "lightning" in falls:
        weather.storm_clouds(canvas, chance)
        weather.lightning(canvas, chance)
    elif "rain" in falls and not wish.moods:
        _grade(canvas, _GRADES["storm"])
    if "stars" in falls:
        weather.starry(canvas, chance)
    if "fog" in falls:
        weather.fog(canvas, chance)
    if "rain" in falls:
        weather.rain(canvas, chance)
    if "snow" in falls:
        weather.lying_snow(canvas)
        weather.snow(canvas, chance)


def _add(canvas: Canvas, wish: Wish, chance: np.random.Generator, *, was_understood: bool) -> tuple[str, ...]:
    """Put in what was named; for a wish without a picture, a keepsake with the words on a ribbon."""
    is_removal = "removal" in wish.flags
    things = () if is_removal else wish.things
    for number, thing in enumerate(things):
        _put(canvas, thing, wish, number)
    place = 1 if "more" in wish.flags else 0
    missing = put_signs(canvas, wish.texts, is_neon="neon" in wish.flags, first_place=place)
    nothing_done = not things and not wish.texts and (is_removal or not was_understood)
    if not nothing_done or not wish.words:
        return missing
    keepsake = Thing(KEEPSAKES[int(chance.integers(len(KEEPSAKES)))])
    x, base = _put(canvas, keepsake, wish, 0, scale=0.7)
    return missing + put_ribbon(canvas, wish.words, x, min(0.95, base + 0.075))


def _put(canvas: Canvas, thing: Thing, wish: Wish, number: int, *, scale: float = 1.0) -> tuple[float, float]:
    """Put a thing where the words say, else where the picture is emptiest; returns where its foot is."""
    motif = MOTIFS[thing.name]
    is_up = motif.stand is Stand.SKY and "bottom" not in wish.places
    base = 0.46 if is_up or "top" in wish.places else 0.92
    if thing.name == "rainbow":
        place_thing(canvas, thing, Spot(0.5, 0.66, 1.5), _NEUTRAL_LIGHT)
        return 0.5, 0.66
    share = motif.height * scale * canvas.unit / canvas.width
    x = _named_column(wish, number) or _emptiest(canvas, base, motif.height * scale, share)
    place_thing(canvas, thing, Spot(x, base, scale), _NEUTRAL_LIGHT)
    return x, base


def _named_column(wish: Wish, number: int) -> float | None:
    columns = {"left": 0.2, "right": 0.8, "middle": 0.5}
    named = next((columns[place] for place in wish.places if place in columns), None)
    return None if named is None else min(0.92, named + 0.1 * number)


def _emptiest(canvas: Canvas, base: float, height: float, width: float) -> float:
    """Find the stretch with the fewest edges: adding things there hides least."""
    small = (
        canvas.image.convert("L").resize((192, 108), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    )
    edges = np.asarray(small.filter(ImageFilter.FIND_EDGES)).astype(np.float32)[2:-2, 2:-2]
    rows, columns = edges.shape
    share = height * canvas.unit / canvas.height
    band = edges[max(0, round((base - share) * rows)) : max(1, round(base * rows))].mean(axis=0)
    reach = min(columns - 1, max(2, round(width * columns)))
    means = np.convolve(band, np.ones(reach) / reach, mode="valid")
    middle = (np.arange(len(means)) + reach / 2) / columns
    pull = float(means.max() - means.min()) * 0.35
    return float(middle[int(np.argmin(means + pull * np.abs(middle - 0.5)))])


def _grade(canvas: Canvas, grade: _Grade) -> None:
    """Bring a picture to a mood's light; one that is dark already is not darkened into the unreadable."""
    lightness = (
        float(np.asarray(canvas.image.convert("L").resize((64, 64), Image.Resampling.BOX)).mean()) / 255
    )
    factor = min(_BRIGHTEST, max(_DARKEST, grade.lightness / max(0.05, lightness)))
    image = ImageEnhance.Brightness(canvas.image).enhance(factor)
    image = ImageEnhance.Color(image).enhance(grade.colourfulness)
    canvas.image = Image.blend(image, Image.new("RGB", image.size, grade.tint), grade.share)


def _colour(canvas: Canvas, colour: Colour, flags: frozenset[str]) -> None:
    """Turn everything, or only the sky or the ground, towards a colour; light and shade stay."""
    grey = canvas.image.convert("L")
    turned = ImageOps.colorize(grey, (10, 10, 24), (250, 250, 246), mid=colour)
    if flags & {"sky", "ground"}:
        mask = _sky_mask(canvas)
        canvas.image.paste(turned, (0, 0), mask if "sky" in flags else ImageOps.invert(mask))
    else:
        canvas.image = Image.blend(canvas.image, turned, 0.72)


def _sky_mask(canvas: Canvas, reach: tuple[float, float] = (0.54, 0.64)) -> Image.Image:
    """Take for sky what is close to its row's usual colour, down to where `reach` fades."""
    scale = max(2, canvas.unit // _MASK_PX)
    size = (max(1, canvas.width // scale), max(1, canvas.height // scale))
    small = canvas.image.resize(size, Image.Resampling.BOX)
    pixels = np.asarray(small).astype(np.float32)
    step = max(1, small.width // 160)
    usual = np.median(pixels[:, ::step], axis=1, keepdims=True)
    likeness = np.clip(1.7 - np.abs(pixels - usual).sum(axis=2) / 75, 0, 1)
    height = np.interp(np.linspace(0, 1, small.height), (0, *reach), (1, 1, float(reach[1] >= 1)))
    mask = Image.fromarray((likeness * height[:, None] * 235).astype(np.uint8), "L")
    return mask.filter(ImageFilter.MedianFilter(5)).resize(canvas.image.size, Image.Resampling.BICUBIC)


def cut_out(image: Image.Image) -> Image.Image:
    """Make clear what looks like backdrop: all that is close to its row's usual colour."""
    canvas = Canvas(image.convert("RGB"))
    backdrop = _sky_mask(canvas, reach=(1, 1)).point(lambda value: 255 if value > _SURELY_BACKDROP else 0)
    alpha = ImageOps.invert(backdrop).filter(ImageFilter.GaussianBlur(max(0.6, canvas.unit / 900)))
    alpha.paste(0, (0, 0, canvas.width, 1))
    result = canvas.image.convert("RGBA")
    result.putalpha(ImageChops.darker(alpha, image.convert("RGBA").getchannel("A")))
    clear = ClearCanvas(result)
    put_note(clear)
    return clear.image


def _mono(image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


def _sepia(image: Image.Image) -> Image.Image:
    return ImageOps.colorize(image.convert("L"), (40, 26, 18), (255, 244, 220), mid=(166, 128, 90))


def _pixels(image: Image.Image) -> Image.Image:
    step = max(4, min(image.size) // 110)
    small = image.resize((max(1, image.width // step), max(1, image.height // step)), Image.Resampling.BOX)
    return small.quantize(48).convert("RGB").resize(image.size, Image.Resampling.NEAREST)


def _watercolour(image: Image.Image) -> Image.Image:
    small = image.copy()
    small.thumbnail((_WASH_PX, _WASH_PX), Image.Resampling.BOX)
    washed = small.filter(ImageFilter.ModeFilter(5)).filter(ImageFilter.SMOOTH_MORE)
    return ImageEnhance.Brightness(washed.resize(image.size, Image.Resampling.BICUBIC)).enhance(1.08)


def _sketch(image: Image.Image) -> Image.Image:
    """Leave only where a picture is darker than its surroundings, as a pencil would."""
    grey = image.convert("L")
    around = grey.filter(ImageFilter.GaussianBlur(max(1.5, min(image.size) / 160)))
    lines = np.asarray(grey).astype(np.float32) * 255 / (np.asarray(around).astype(np.float32) + 1)
    strokes = np.clip(255 - (255 - np.clip(lines, 0, 255)) * 1.9, 0, 255)
    shade = 0.82 + 0.18 * np.asarray(grey).astype(np.float32) / 255
    drawn = Image.fromarray((strokes * shade).astype(np.uint8), "L")
    return ImageOps.colorize(drawn, (46, 42, 52), (253, 250, 241))


def _poster(image: Image.Image) -> Image.Image:
    return ImageEnhance.Color(ImageOps.posterize(image, 3)).enhance(1.3)


def _enhanced(
    kind: type[ImageEnhance.Brightness | ImageEnhance.Color], factor: float
) -> Callable[[Image.Image], Image.Image]:
    return lambda image: kind(image).enhance(factor)


def _tinted(tint: Colour) -> Callable[[Image.Image], Image.Image]:
    return lambda image: Image.blend(image, Image.new("RGB", image.size, tint), 0.18)


def _softer(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(min(image.size) / 180))


_LOOKS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "mono": _mono,
    "sepia": _sepia,
    "pixels": _pixels,
    "watercolour": _watercolour,
    "sketch": _sketch,
    "poster": _poster,
    "brighter": _enhanced(ImageEnhance.Brightness, 1.25),
    "darker": _enhanced(ImageEnhance.Brightness, 0.72),
    "warmer": _tinted((255, 168, 84)),
    "cooler": _tinted((84, 150, 255)),
    "softer": _softer,
    "vivid": _enhanced(ImageEnhance.Color, 1.5),
}
