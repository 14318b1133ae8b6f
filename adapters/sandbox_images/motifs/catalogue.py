"""The table of motifs: who draws each, how large it stands, where it belongs.

Owns the table. Must never learn the words for it (the lexicon has them) or the picture it goes into.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from adapters.sandbox_images.motifs import animals, buildings, nature, things
from adapters.sandbox_images.motifs.ink import CREAM, LEAF, WOOD

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.sandbox_images.motifs.ink import Ink
    from adapters.sandbox_images.pen import Colour, Pen


class Stand(StrEnum):
    """Where a motif belongs."""

    LAND = "land"
    WATER = "water"
    SKY = "sky"


@dataclass(frozen=True, slots=True)
class Motif:
    """One thing: its painter, own colour, place, and height as a share of the picture's shorter edge.

    `ground` is the backdrop that suits it where the words name none.
    """

    paint: Callable[[Pen, Ink], None]
    colour: Colour
    height: float
    stand: Stand = Stand.LAND
    ground: str = "hills"
    is_light: bool = False


_SKY, _WATER = Stand.SKY, Stand.WATER

MOTIFS: dict[str, Motif] = {
    "lighthouse": Motif(buildings.lighthouse, (198, 58, 58), 0.7, ground="sea"),
    "house": Motif(buildings.house, (186, 78, 66), 0.4),
    "castle": Motif(buildings.castle, (172, 168, 178), 0.56),
    "tower": Motif(buildings.tower, (92, 110, 140), 0.66, ground="city"),
    "windmill": Motif(buildings.windmill, (176, 84, 66), 0.52, ground="meadow"),
    "tent": Motif(buildings.tent, (226, 138, 62), 0.32, ground="forest"),
    "lantern": Motif(buildings.lantern, (232, 226, 196), 0.44),
    "bench": Motif(buildings.bench, WOOD, 0.26, ground="meadow"),
    "tree": Motif(nature.tree, LEAF, 0.52, ground="meadow"),
    "pine": Motif(nature.pine, (46, 108, 82), 0.5, ground="forest"),
    "cactus": Motif(nature.cactus, (78, 142, 86), 0.36, ground="desert"),
    "flower": Motif(nature.flower, (236, 108, 132), 0.34, ground="meadow"),
    "mushroom": Motif(nature.mushroom, (206, 58, 52), 0.3, ground="forest"),
    "campfire": Motif(nature.campfire, (232, 98, 46), 0.24, is_light=True),
    "snowman": Motif(nature.snowman, (206, 58, 62), 0.44),
    "moon": Motif(nature.moon, (250, 244, 216), 0.34, _SKY, is_light=True),
    "sun": Motif(nature.sun, (255, 208, 84), 0.38, _SKY, is_light=True),
    "star": Motif(nature.star, (255, 222, 112), 0.22, _SKY, is_light=True),
    "cloud": Motif(nature.cloud, (250, 250, 252), 0.36, _SKY),
    "planet": Motif(nature.planet, (226, 164, 104), 0.38, _SKY, ground="space", is_light=True),
    "cat": Motif(animals.cat, (232, 154, 82), 0.46),
    "dog": Motif(animals.dog, (206, 146, 86), 0.46, ground="meadow"),
    "fox": Motif(animals.fox, (222, 112, 52), 0.44, ground="forest"),
    "rabbit": Motif(animals.rabbit, (214, 200, 186), 0.4, ground="meadow"),
    "penguin": Motif(animals.penguin, (48, 58, 82), 0.42),
    "robot": Motif(animals.robot, (126, 158, 184), 0.52),
    "bird": Motif(animals.bird, (52, 56, 76), 0.3, _SKY),
    "fish": Motif(animals.fish, (240, 142, 62), 0.26, _WATER, ground="deep"),
    "whale": Motif(animals.whale, (72, 118, 158), 0.4, _WATER, ground="sea"),
    "boat": Motif(things.boat, (186, 66, 62), 0.32, _WATER, ground="sea"),
    "rocket": Motif(things.rocket, (214, 76, 68), 0.5, _SKY, ground="space", is_light=True),
    "astronaut": Motif(things.astronaut, (226, 134, 62), 0.42, _SKY, ground="space", is_light=True),
    "balloon": Motif(things.balloon, (216, 76, 72), 0.38, _SKY),
    "kite": Motif(things.kite, (222, 88, 92), 0.32, _SKY),
    "plane": Motif(things.plane, (74, 128, 188), 0.3, _SKY),
    "car": Motif(things.car, (212, 72, 64), 0.3, ground="city"),
    "bicycle": Motif(things.bicycle, (62, 140, 150), 0.34, ground="meadow"),
    "umbrella": Motif(things.umbrella, (206, 60, 66), 0.36),
    "cup": Motif(things.cup, (86, 132, 160), 0.46, ground="room"),
    "cake": Motif(things.cake, (226, 134, 156), 0.46, ground="room"),
    "book": Motif(things.book, (146, 66, 74), 0.42, ground="room"),
    "gift": Motif(things.gift, (74, 132, 150), 0.4, ground="room"),
    "hat": Motif(things.hat, (112, 84, 68), 0.26, ground="room"),
    "heart": Motif(things.heart, (220, 72, 92), 0.3, _SKY, ground="room", is_light=True),
    "rainbow": Motif(nature.rainbow, CREAM, 0.6, _SKY, is_light=True),
    "shimmer": Motif(nature.shimmer, CREAM, 0.26, _SKY, is_light=True),
}

KEEPSAKES = ("balloon", "kite", "flower", "mushroom", "gift", "bird", "star", "cup", "shimmer")
"""What may be pinned on for a wish the sandbox has no picture for."""
