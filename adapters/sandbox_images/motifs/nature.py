"""Plants and what stands in the sky."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from adapters.sandbox_images.motifs.ink import COAL, CREAM, LAMP, LEAF, WOOD, Ink
from adapters.sandbox_images.pen import darker, lighter

if TYPE_CHECKING:
    from adapters.sandbox_images.pen import Colour, Pen

_RAINBOW = ((214, 78, 84), (236, 146, 72), (246, 208, 92), (106, 176, 102), (82, 144, 206), (138, 98, 178))


def tree(pen: Pen, ink: Ink) -> None:
    """A round tree."""
    pen.polygon(((0.46, 1), (0.475, 0.6), (0.525, 0.6), (0.55, 1)), WOOD)
    pen.line(((0.5, 0.72), (0.62, 0.56)), 0.025, WOOD)
    for x, y, r in ((0.5, 0.34, 0.27), (0.29, 0.47, 0.2), (0.71, 0.48, 0.2), (0.5, 0.54, 0.22)):
        pen.ellipse((x, y), (r, r), darker(ink.main, 0.18))
    for x, y, r in ((0.46, 0.3, 0.23), (0.27, 0.44, 0.165), (0.66, 0.43, 0.16), (0.46, 0.49, 0.17)):
        pen.ellipse((x, y), (r, r), ink.main)
    for x, y, r in ((0.4, 0.22, 0.11), (0.23, 0.38, 0.075), (0.6, 0.37, 0.07)):
        pen.ellipse((x, y), (r, r), ink.light)


def pine(pen: Pen, ink: Ink, *, trunk: Colour = WOOD) -> None:
    """A fir with four tiers."""
    pen.box((0.465, 0.86), (0.535, 1), trunk)
    for tier in range(4):
        low, top, half = 0.9 - tier * 0.2, 0.58 - tier * 0.18, 0.34 - tier * 0.065
        pen.polygon(((0.5, top), (0.5 - half, low), (0.5 + half, low)), ink.main)
        pen.polygon(((0.5, top), (0.5 + half, low), (0.54, low)), ink.dark)


def cactus(pen: Pen, ink: Ink) -> None:
    """A saguaro with two arms."""
    pen.line(((0.5, 0.97), (0.5, 0.2)), 0.17, ink.main)
    pen.line(((0.25, 0.38), (0.25, 0.58), (0.5, 0.66)), 0.11, ink.main)
    pen.line(((0.75, 0.3), (0.75, 0.5), (0.5, 0.58)), 0.11, ink.dark)
    for x in (0.46, 0.5, 0.54):
        pen.line(((x, 0.2), (x, 0.95)), 0.008, ink.light)
    pen.ellipse((0.5, 0.115), (0.05, 0.035), (240, 138, 172))


def flower(pen: Pen, ink: Ink) -> None:
    """Three flowers of different heights."""
    for x, top, scale in ((0.26, 0.46, 0.8), (0.74, 0.4, 0.85), (0.5, 0.24, 1.1)):
        pen.line(((x, top), (0.5 + (x - 0.5) * 0.55, 1)), 0.02, LEAF)
        pen.ellipse((x + 0.07, (top + 1) / 2), (0.07, 0.026), lighter(LEAF, 0.12))
        pen.ellipse((x - 0.06, (top + 1) / 2 + 0.08), (0.065, 0.024), darker(LEAF, 0.1))
        for petal in range(8):
            angle = petal * math.tau / 8
            centre = (x + math.cos(angle) * 0.085 * scale, top + math.sin(angle) * 0.085 * scale)
            pen.ellipse(centre, (0.06 * scale, 0.06 * scale), ink.main if petal % 2 else ink.light)
        pen.ellipse((x, top), (0.055 * scale, 0.055 * scale), (246, 204, 86))
        pen.ellipse((x + 0.01, top + 0.012), (0.035 * scale, 0.035 * scale), (214, 152, 52))


def mushroom(pen: Pen, ink: Ink) -> None:
    """A toadstool with dots."""
    pen.polygon(((0.4, 0.5), (0.6, 0.5), (0.66, 1), (0.34, 1)), CREAM)
    pen.polygon(((0.54, 0.5), (0.6, 0.5), (0.66, 1), (0.56, 1)), darker(CREAM, 0.16))
    pen.ellipse((0.5, 0.56), (0.4, 0.06), darker(CREAM, 0.25))
    pen.pie((0.5, 0.57), (0.43, 0.42), (180, 360), ink.main)
    for x, y, r in ((0.32, 0.42, 0.055), (0.52, 0.28, 0.065), (0.7, 0.42, 0.05), (0.5, 0.47, 0.04)):
        pen.ellipse((x, y), (r, r * 0.85), CREAM)


def campfire(pen: Pen, ink: Ink) -> None:
    """Flames over crossed logs."""
    pen.glow((0.5, 0.68), 0.5, (255, 158, 66), alpha=170)
    pen.line(((0.22, 0.96), (0.78, 0.84)), 0.075, WOOD)
    pen.line(((0.22, 0.84), (0.78, 0.96)), 0.075, darker(WOOD, 0.2))
    pen.polygon(
        ((0.3, 0.84), (0.34, 0.6), (0.44, 0.68), (0.5, 0.3), (0.6, 0.62), (0.67, 0.54), (0.7, 0.84)), ink.main
    )
    pen.polygon(((0.38, 0.84), (0.43, 0.68), (0.52, 0.46), (0.58, 0.68), (0.62, 0.84)), (250, 176, 66))
    pen.polygon(((0.44, 0.84), (0.5, 0.62), (0.56, 0.84)), (255, 236, 160))


def moon(pen: Pen, ink: Ink) -> None:
    """A full moon with its seas."""
    pen.glow((0.5, 0.5), 0.5, ink.light, alpha=150)
    pen.ellipse((0.5, 0.5), (0.27, 0.27), ink.main)
    for x, y, r in ((0.42, 0.42, 0.065), (0.58, 0.5, 0.045), (0.47, 0.61, 0.05), (0.6, 0.38, 0.028)):
        pen.ellipse((x, y), (r, r), darker(ink.main, 0.12))


def sun(pen: Pen, ink: Ink) -> None:
    """A sun with rays."""
    pen.glow((0.5, 0.5), 0.5, ink.light, alpha=200)
    for ray in range(12):
        angle = ray * math.tau / 12
        near, far = 0.29, 0.4 if ray % 2 else 0.45
        x, y = math.cos(angle), math.sin(angle)
        pen.line(((0.5 + x * near, 0.5 + y * near), (0.5 + x * far, 0.5 + y * far)), 0.026, ink.main)
    pen.ellipse((0.5, 0.5), (0.235, 0.235), ink.main)
    pen.ellipse((0.47, 0.47), (0.17, 0.17), ink.light)


def star(pen: Pen, ink: Ink) -> None:
    """A five-pointed star."""
    pen.glow((0.5, 0.5), 0.5, ink.light, alpha=120)
    pen.polygon(_star_points(0.5, 0.5, 0.4), ink.main)
    pen.polygon(_star_points(0.48, 0.47, 0.22), ink.light)


def _star_points(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = corner * math.tau / 10 - math.pi / 2
        points.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    return points


def cloud(pen: Pen, ink: Ink) -> None:
    """A heap of cloud with a flat base."""
    puffs = ((0.3, 0.56, 0.17), (0.5, 0.46, 0.23), (0.69, 0.54, 0.18), (0.17, 0.62, 0.1), (0.84, 0.62, 0.1))
    for x, y, r in puffs:
        pen.ellipse((x, y), (r, r), darker(ink.main, 0.1))
    pen.box((0.08, 0.58), (0.93, 0.72), darker(ink.main, 0.1), radius=0.07)
    for x, y, r in puffs:
        pen.ellipse((x - 0.012, y - 0.02), (r * 0.93, r * 0.93), ink.main)


def rainbow(pen: Pen, _ink: Ink) -> None:
    """Six bands, clear inside."""
    for band, colour in enumerate(_RAINBOW):
        radius = 0.48 - band * 0.034
        points = [
            (
                0.5 + math.cos(math.pi * step / 40) * radius,
                0.98 - math.sin(math.pi * step / 40) * radius * 1.6,
            )
            for step in range(41)
        ]
        pen.line(points, 0.036, colour)
    pen.blurred(0.006)
    pen.faded(0.55)


def planet(pen: Pen, ink: Ink) -> None:
    """A ringed planet."""
    pen.glow((0.5, 0.5), 0.5, ink.light, alpha=90)
    turns = [turn * math.tau / 60 for turn in range(61)]
    ring = [(0.5 + math.cos(t) * 0.46, 0.5 + math.sin(t) * 0.12 - math.cos(t) * 0.1) for t in turns]
    pen.line(ring[30:61], 0.03, lighter(ink.main, 0.5))
    pen.ellipse((0.5, 0.5), (0.27, 0.27), ink.main)
    for y, r, colour in ((0.42, 0.25, ink.light), (0.56, 0.25, ink.dark)):
        pen.ellipse((0.5, y), (r, 0.032), colour)
    pen.line(ring[0:31], 0.03, lighter(ink.main, 0.5))


def snowman(pen: Pen, ink: Ink) -> None:
    """Three balls of snow with a hat and a scarf."""
    for y, r in ((0.79, 0.21), (0.5, 0.155), (0.28, 0.115)):
        pen.ellipse((0.5, y), (r, r), (246, 248, 252))
        pen.ellipse((0.54, y + 0.02), (r * 0.84, r * 0.86), (226, 234, 244))
        pen.ellipse((0.48, y - 0.015), (r * 0.84, r * 0.86), (250, 251, 253))
    pen.box((0.39, 0.16), (0.61, 0.185), COAL)
    pen.box((0.43, 0.03), (0.57, 0.17), COAL)
    pen.box((0.38, 0.365), (0.62, 0.405), ink.main, radius=0.02)
    pen.box((0.56, 0.38), (0.61, 0.53), ink.dark, radius=0.01)
    for x in (0.46, 0.54):
        pen.ellipse((x, 0.26), (0.013, 0.013), COAL)
    pen.polygon(((0.5, 0.285), (0.62, 0.305), (0.5, 0.315)), (236, 128, 44))
    for y in (0.47, 0.54):
        pen.ellipse((0.5, y), (0.014, 0.014), COAL)
    for x, tip in ((0.36, 0.16), (0.64, 0.84)):
        pen.line(((x, 0.5), (tip, 0.42)), 0.014, WOOD)


def shimmer(pen: Pen, _ink: Ink) -> None:
    """A few fireflies: what stands for a wish without a picture."""
    for x, y, r in ((0.3, 0.4, 0.16), (0.62, 0.3, 0.2), (0.55, 0.66, 0.14)):
        pen.glow((x, y), r, LAMP, alpha=220)
        pen.ellipse((x, y), (0.02, 0.02), CREAM)
