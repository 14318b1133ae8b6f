"""What a motif is drawn with: its colour, and whether lamps are lit.

Owns `Ink`. Must never learn which motif uses it.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sandbox_images.pen import Colour, darker, lighter

LAMP: Colour = (255, 226, 142)
CREAM: Colour = (250, 243, 228)
COAL: Colour = (38, 38, 52)
ROCK: Colour = (98, 94, 102)
WOOD: Colour = (138, 96, 62)
LEAF: Colour = (70, 138, 78)
BLUSH: Colour = (244, 158, 150)


@dataclass(frozen=True, slots=True)
class Ink:
    """The colour that was asked for, or the motif's own; `is_lit` when lamps burn."""

    main: Colour
    is_lit: bool = False

    @property
    def light(self) -> Colour:
        """The lit part of the main colour."""
        return lighter(self.main, 0.28)

    @property
    def dark(self) -> Colour:
        """The shaded part of the main colour."""
        return darker(self.main, 0.3)

    @property
    def window(self) -> Colour:
        """Glass by day, lamplight by night."""
        return LAMP if self.is_lit else (150, 192, 214)
