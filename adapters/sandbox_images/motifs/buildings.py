"""Buildings and shelters."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from adapters.sandbox_images.motifs.ink import COAL, CREAM, LAMP, ROCK, WOOD, Ink
from adapters.sandbox_images.pen import darker, lighter

if TYPE_CHECKING:
    from adapters.sandbox_images.pen import Pen


def lighthouse(pen: Pen, ink: Ink) -> None:
    """A banded tower on a rock; its lamp throws two beams when lit."""
    if ink.is_lit:
        pen.polygon(((0.5, 0.165), (0.0, 0.06), (0.0, 0.22)), LAMP, alpha=150)
        pen.polygon(((0.5, 0.165), (1.0, 0.06), (1.0, 0.22)), LAMP, alpha=150)
        pen.blurred(0.01)
        pen.faded(0.9, to_sides=True)
        pen.glow((0.5, 0.165), 0.17, LAMP, alpha=220)
    pen.polygon(((0.2, 1), (0.28, 0.9), (0.4, 0.87), (0.62, 0.87), (0.74, 0.92), (0.82, 1)), ROCK)
    pen.polygon(((0.2, 1), (0.28, 0.9), (0.4, 0.87), (0.46, 0.93), (0.38, 1)), lighter(ROCK, 0.16))
    _bands(pen, ink)
    pen.box((0.395, 0.205), (0.605, 0.232), COAL, radius=0.008)
    pen.box((0.445, 0.125), (0.555, 0.206), LAMP if ink.is_lit else (214, 232, 236))
    for x in (0.445, 0.5, 0.555):
        pen.line(((x, 0.125), (x, 0.205)), 0.006, COAL)
    pen.pie((0.5, 0.128), (0.075, 0.068), (180, 360), ink.main)
    pen.line(((0.5, 0.07), (0.5, 0.035)), 0.008, COAL)
    pen.ellipse((0.5, 0.032), (0.01, 0.01), COAL)
    pen.box((0.465, 0.795), (0.535, 0.888), darker(ink.main, 0.55), radius=0.03)
    for y in (0.37, 0.58):
        pen.box((0.483, y), (0.517, y + 0.045), COAL, radius=0.012)


def _bands(pen: Pen, ink: Ink) -> None:
    """Five bands that grow wider towards the rock."""
    edges = [0.232 + step * (0.89 - 0.232) / 5 for step in range(6)]
    for band, (top, low) in enumerate(pairwise(edges)):
        half_top, half_low = (0.082 + 0.062 * (y - 0.232) / 0.658 for y in (top, low))
        colour = CREAM if band % 2 else ink.main
        sides = ((0.5 - half_top, top), (0.5 + half_top, top), (0.5 + half_low, low), (0.5 - half_low, low))
        pen.polygon(sides, colour)
        shade = (
            (0.5 + half_top * 0.35, top),
            (0.5 + half_top, top),
            (0.5 + half_low, low),
            (0.5 + half_low * 0.35, low),
        )
        pen.polygon(shade, darker(colour, 0.22))


def house(pen: Pen, ink: Ink) -> None:
    """A small house with a chimney, and a light in the window when it is dark."""
    wall = CREAM
    pen.box((0.66, 0.2), (0.75, 0.45), darker(ink.main, 0.3))
    for x, y, r in ((0.72, 0.13, 0.035), (0.76, 0.07, 0.045), (0.83, 0.02, 0.05)):
        pen.ellipse((x, y), (r, r * 0.8), (255, 255, 255), alpha=90)
    pen.box((0.17, 0.5), (0.83, 1), wall)
    pen.box((0.62, 0.5), (0.83, 1), darker(wall, 0.1))
    pen.polygon(((0.08, 0.54), (0.5, 0.2), (0.92, 0.54)), ink.main)
    pen.polygon(((0.5, 0.2), (0.92, 0.54), (0.62, 0.54)), ink.dark)
    pen.box((0.44, 0.7), (0.58, 1), WOOD, radius=0.02)
    pen.ellipse((0.555, 0.86), (0.012, 0.012), LAMP)
    for x in (0.24, 0.65):
        pen.box((x, 0.64), (x + 0.13, 0.79), lighter(WOOD, 0.1))
        pen.box((x + 0.012, 0.652), (x + 0.118, 0.778), ink.window)
        pen.line(((x + 0.065, 0.645), (x + 0.065, 0.785)), 0.01, CREAM)
        pen.line(((x, 0.715), (x + 0.13, 0.715)), 0.01, CREAM)
    if ink.is_lit:
        pen.glow((0.305, 0.715), 0.15, LAMP, alpha=110)
        pen.glow((0.715, 0.715), 0.15, LAMP, alpha=110)


def castle(pen: Pen, ink: Ink) -> None:
    """A keep between two round towers with flags."""
    stone, shade = ink.main, ink.dark
    pen.box((0.2, 0.52), (0.8, 1), stone)
    _battlements(pen, 0.2, 0.8, 0.52, stone)
    for x in (0.1, 0.72):
        pen.box((x, 0.38), (x + 0.18, 1), lighter(stone, 0.1))
        pen.box((x + 0.11, 0.38), (x + 0.18, 1), shade)
        pen.polygon(((x - 0.03, 0.4), (x + 0.09, 0.16), (x + 0.21, 0.4)), (170, 66, 74))
        pen.line(((x + 0.09, 0.16), (x + 0.09, 0.06)), 0.008, COAL)
        pen.polygon(((x + 0.094, 0.06), (x + 0.2, 0.09), (x + 0.094, 0.125)), (226, 176, 70))
        pen.box((x + 0.07, 0.54), (x + 0.11, 0.64), ink.window if ink.is_lit else COAL, radius=0.02)
    pen.box((0.36, 0.34), (0.64, 0.6), lighter(stone, 0.06))
    _battlements(pen, 0.36, 0.64, 0.34, lighter(stone, 0.06))
    for x in (0.43, 0.53):
        pen.box((x, 0.42), (x + 0.04, 0.5), ink.window if ink.is_lit else COAL, radius=0.02)
    pen.box((0.41, 0.74), (0.59, 1.02), darker(WOOD, 0.3), radius=0.08)


def _battlements(pen: Pen, left: float, right: float, top: float, colour: tuple[int, int, int]) -> None:
    step = (right - left) / 7
    for tooth in range(0, 7, 2):
        pen.box((left + tooth * step, top - 0.045), (left + (tooth + 1) * step, top + 0.02), colour)


def tower(pen: Pen, ink: Ink) -> None:
    """A tall building with rows of windows."""
    pen.line(((0.5, 0.12), (0.5, 0.0)), 0.012, COAL)
    pen.box((0.38, 0.1), (0.62, 1), ink.main)
    pen.box((0.3, 0.3), (0.7, 1), lighter(ink.main, 0.06))
    pen.box((0.56, 0.3), (0.7, 1), ink.dark)
    for row in range(13):
        for column in range(6):
            is_on = (row * 7 + column * 5) % 4 != 0
            colour = ink.window if is_on else darker(ink.main, 0.45)
            x, y = 0.33 + column * 0.06, 0.34 + row * 0.05
            pen.box((x, y), (x + 0.034, y + 0.028), colour)


def windmill(pen: Pen, ink: Ink) -> None:
    """A windmill with four sails."""
    pen.polygon(((0.38, 0.42), (0.62, 0.42), (0.7, 1), (0.3, 1)), CREAM)
    pen.polygon(((0.54, 0.42), (0.62, 0.42), (0.7, 1), (0.56, 1)), darker(CREAM, 0.14))
    pen.pie((0.5, 0.43), (0.14, 0.13), (180, 360), ink.main)
    pen.box((0.46, 0.82), (0.55, 1), WOOD, radius=0.03)
    pen.box((0.47, 0.58), (0.53, 0.66), ink.window, radius=0.01)
    hub = (0.5, 0.38)
    for dx, dy in ((0.71, -0.71), (0.71, 0.71), (-0.71, 0.71), (-0.71, -0.71)):
        tip = (hub[0] + dx * 0.42, hub[1] + dy * 0.42)
        side = (-dy * 0.085, dx * 0.085)
        near = (hub[0] + dx * 0.1, hub[1] + dy * 0.1)
        sail = (near, tip, (tip[0] + side[0], tip[1] + side[1]), (near[0] + side[0], near[1] + side[1]))
        pen.polygon(sail, lighter(ink.main, 0.55))
        pen.line((hub, tip), 0.014, WOOD)
    pen.ellipse(hub, (0.025, 0.025), COAL)


def tent(pen: Pen, ink: Ink) -> None:
    """A tent that glows from inside at night."""
    pen.polygon(((0.5, 0.3), (0.04, 1), (0.96, 1)), ink.main)
    pen.polygon(((0.5, 0.3), (0.96, 1), (0.66, 1)), ink.dark)
    pen.polygon(((0.5, 0.42), (0.36, 1), (0.66, 1)), LAMP if ink.is_lit else darker(ink.main, 0.6))
    pen.polygon(((0.5, 0.42), (0.36, 1), (0.43, 1)), lighter(ink.main, 0.4))
    pen.line(((0.5, 0.22), (0.5, 0.34)), 0.014, WOOD)
    if ink.is_lit:
        pen.glow((0.5, 0.8), 0.3, LAMP, alpha=130)


def lantern(pen: Pen, ink: Ink) -> None:
    """A street lamp."""
    pen.box((0.47, 0.24), (0.53, 1), COAL)
    pen.box((0.4, 0.95), (0.6, 1), COAL, radius=0.01)
    pen.polygon(((0.39, 0.1), (0.61, 0.1), (0.57, 0.27), (0.43, 0.27)), LAMP if ink.is_lit else ink.light)
    pen.polygon(((0.36, 0.1), (0.5, 0.01), (0.64, 0.1)), COAL)
    pen.line(((0.5, 0.1), (0.5, 0.27)), 0.008, COAL)
    if ink.is_lit:
        pen.glow((0.5, 0.18), 0.42, LAMP, alpha=170)


def bench(pen: Pen, ink: Ink) -> None:
    """A park bench."""
    for y in (0.5, 0.58, 0.66):
        pen.box((0.08, y), (0.92, y + 0.055), ink.main, radius=0.01)
    pen.box((0.04, 0.76), (0.96, 0.82), ink.light, radius=0.01)
    for x in (0.14, 0.8):
        pen.box((x, 0.5), (x + 0.05, 1), COAL)
