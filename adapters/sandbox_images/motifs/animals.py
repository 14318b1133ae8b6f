"""Animals, and the robot, who is drawn like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.sandbox_images.motifs.ink import BLUSH, COAL, CREAM, LAMP, Ink
from adapters.sandbox_images.pen import darker, lighter

if TYPE_CHECKING:
    from adapters.sandbox_images.pen import Colour, Pen, Point


def _eye(pen: Pen, centre: Point, size: float, iris: Colour = COAL) -> None:
    pen.ellipse(centre, (size, size * 1.15), iris)
    pen.ellipse(
        (centre[0] - size * 0.3, centre[1] - size * 0.35), (size * 0.34, size * 0.34), (255, 255, 255)
    )


def cat(pen: Pen, ink: Ink) -> None:
    """A sitting cat, its tail around its side."""
    pen.curve(((0.66, 0.92), (0.86, 0.88), (0.91, 0.72), (0.86, 0.6), (0.91, 0.5)), 0.075, ink.dark)
    pen.ellipse((0.5, 0.78), (0.27, 0.25), ink.main)
    pen.ellipse((0.5, 0.62), (0.2, 0.22), ink.main)
    pen.ellipse((0.5, 0.78), (0.13, 0.2), lighter(ink.main, 0.5))
    for x in (0.4, 0.6):
        pen.box((x - 0.055, 0.74), (x + 0.055, 0.985), ink.main, radius=0.05)
        pen.ellipse((x, 0.965), (0.075, 0.035), lighter(ink.main, 0.5))
    for side in (-1, 1):
        pen.polygon(
            ((0.5 + side * 0.26, 0.32), (0.5 + side * 0.21, 0.07), (0.5 + side * 0.07, 0.24)), ink.main
        )
        pen.polygon(((0.5 + side * 0.215, 0.28), (0.5 + side * 0.19, 0.13), (0.5 + side * 0.11, 0.24)), BLUSH)
    pen.ellipse((0.5, 0.37), (0.265, 0.215), ink.main)
    for x in (-0.06, 0.0, 0.06):
        pen.line(((0.5 + x, 0.17), (0.5 + x * 0.8, 0.235)), 0.022, ink.dark)
    pen.ellipse((0.5, 0.455), (0.12, 0.085), lighter(ink.main, 0.55))
    for x in (0.385, 0.615):
        pen.ellipse((x, 0.36), (0.056, 0.062), (158, 204, 120))
        _eye(pen, (x, 0.362), 0.038)
    pen.polygon(((0.475, 0.415), (0.525, 0.415), (0.5, 0.445)), BLUSH)
    for side in (-1, 1):
        smile = (
            (0.5, 0.445),
            (0.5 + side * 0.012, 0.475),
            (0.5 + side * 0.05, 0.475),
            (0.5 + side * 0.066, 0.452),
        )
        pen.curve(smile, 0.011, COAL)
        for y in (0.43, 0.46):
            pen.line(((0.5 + side * 0.13, y), (0.5 + side * 0.31, y + (y - 0.445) * 1.6)), 0.005, CREAM)


def dog(pen: Pen, ink: Ink) -> None:
    """A sitting dog with hanging ears."""
    pen.curve(((0.68, 0.9), (0.86, 0.78), (0.91, 0.62)), 0.06, ink.main)
    pen.ellipse((0.5, 0.77), (0.25, 0.25), ink.main)
    pen.ellipse((0.5, 0.72), (0.15, 0.22), CREAM)
    for x in (0.39, 0.61):
        pen.box((x - 0.06, 0.72), (x + 0.06, 0.985), ink.main, radius=0.05)
        pen.ellipse((x, 0.965), (0.08, 0.036), CREAM)
    pen.ellipse((0.5, 0.34), (0.24, 0.23), ink.main)
    pen.ellipse((0.5, 0.44), (0.15, 0.13), CREAM)
    pen.polygon(((0.46, 0.14), (0.54, 0.14), (0.56, 0.4), (0.44, 0.4)), CREAM)
    for x in (0.27, 0.73):
        pen.ellipse((x, 0.36), (0.085, 0.19), ink.dark)
    for x in (0.4, 0.6):
        _eye(pen, (x, 0.32), 0.036)
    pen.ellipse((0.5, 0.405), (0.055, 0.038), COAL)
    pen.line(((0.5, 0.42), (0.5, 0.475)), 0.01, COAL)
    pen.ellipse((0.5, 0.52), (0.042, 0.055), BLUSH)
    pen.box((0.34, 0.565), (0.66, 0.605), (206, 48, 52), radius=0.02)
    pen.ellipse((0.5, 0.625), (0.03, 0.03), LAMP)


def fox(pen: Pen, ink: Ink) -> None:
    """A sitting fox with a white tip to its tail."""
    pen.curve(((0.64, 0.92), (0.86, 0.86), (0.9, 0.64)), 0.14, ink.main)
    pen.ellipse((0.9, 0.58), (0.075, 0.085), CREAM)
    pen.ellipse((0.5, 0.78), (0.23, 0.23), ink.main)
    pen.polygon(((0.38, 0.52), (0.62, 0.52), (0.5, 0.9)), CREAM)
    for x in (0.41, 0.59):
        pen.box((x - 0.05, 0.74), (x + 0.05, 0.985), ink.dark, radius=0.045)
    for side in (-1, 1):
        pen.polygon(
            ((0.5 + side * 0.27, 0.36), (0.5 + side * 0.26, 0.06), (0.5 + side * 0.06, 0.24)), ink.main
        )
        pen.polygon(((0.5 + side * 0.22, 0.27), (0.5 + side * 0.235, 0.12), (0.5 + side * 0.13, 0.23)), COAL)
    pen.polygon(((0.2, 0.34), (0.5, 0.2), (0.8, 0.34), (0.5, 0.6)), ink.main)
    pen.polygon(((0.2, 0.36), (0.42, 0.42), (0.5, 0.6)), CREAM)
    pen.polygon(((0.8, 0.36), (0.58, 0.42), (0.5, 0.6)), CREAM)
    for x in (0.4, 0.6):
        _eye(pen, (x, 0.37), 0.03)
    pen.ellipse((0.5, 0.575), (0.036, 0.03), COAL)


def rabbit(pen: Pen, ink: Ink) -> None:
    """A sitting rabbit."""
    pen.ellipse((0.75, 0.88), (0.08, 0.08), (255, 255, 255))
    for x in (0.4, 0.6):
        pen.ellipse((x, 0.2), (0.07, 0.2), ink.main)
        pen.ellipse((x, 0.21), (0.035, 0.15), BLUSH)
    pen.ellipse((0.5, 0.79), (0.25, 0.21), ink.main)
    pen.ellipse((0.5, 0.8), (0.14, 0.17), lighter(ink.main, 0.5))
    pen.ellipse((0.5, 0.47), (0.21, 0.19), ink.main)
    for x in (0.41, 0.59):
        _eye(pen, (x, 0.45), 0.036)
        pen.ellipse((x + (x - 0.5) * 0.6, 0.53), (0.035, 0.022), BLUSH)
    pen.polygon(((0.475, 0.51), (0.525, 0.51), (0.5, 0.54)), BLUSH)
    for x in (0.36, 0.64):
        pen.ellipse((x, 0.965), (0.11, 0.035), lighter(ink.main, 0.3))


def penguin(pen: Pen, ink: Ink) -> None:
    """A penguin."""
    for x in (0.4, 0.6):
        pen.ellipse((x, 0.97), (0.09, 0.03), (236, 150, 50))
    for x, lean in ((0.24, -0.06), (0.76, 0.06)):
        pen.polygon(((x, 0.44), (x + lean - 0.02, 0.76), (x + lean * 0.2 + 0.04, 0.74)), ink.dark)
    pen.ellipse((0.5, 0.64), (0.27, 0.34), ink.main)
    pen.ellipse((0.5, 0.7), (0.19, 0.27), CREAM)
    pen.ellipse((0.5, 0.28), (0.2, 0.19), ink.main)
    for x in (0.43, 0.57):
        pen.ellipse((x, 0.31), (0.085, 0.09), CREAM)
        _eye(pen, (x + (0.5 - x) * 0.2, 0.29), 0.03)
    pen.polygon(((0.44, 0.34), (0.56, 0.34), (0.5, 0.41)), (236, 150, 50))


def bird(pen: Pen, ink: Ink) -> None:
    """Three birds on the wing."""
    for x, y, size in ((0.3, 0.55, 0.24), (0.66, 0.36, 0.3), (0.76, 0.72, 0.17)):
        wing = size / 2
        pen.curve(((x - wing, y - wing * 0.3), (x - wing * 0.5, y - wing * 0.5), (x, y)), 0.022, ink.main)
        pen.curve(((x, y), (x + wing * 0.5, y - wing * 0.5), (x + wing, y - wing * 0.3)), 0.022, ink.main)
        pen.ellipse((x, y + 0.004), (wing * 0.22, wing * 0.11), ink.main)


def fish(pen: Pen, ink: Ink) -> None:
    """A fish swimming to the left."""
    pen.polygon(((0.68, 0.5), (0.96, 0.3), (0.9, 0.5), (0.96, 0.7)), ink.dark)
    pen.polygon(((0.36, 0.34), (0.52, 0.16), (0.66, 0.38)), ink.dark)
    pen.ellipse((0.44, 0.5), (0.34, 0.2), ink.main)
    pen.ellipse((0.4, 0.57), (0.24, 0.11), ink.light)
    for x in (0.44, 0.54, 0.64):
        pen.line(((x, 0.36), (x + 0.03, 0.5), (x, 0.63)), 0.02, ink.dark)
    pen.ellipse((0.25, 0.45), (0.05, 0.05), (255, 255, 255))
    _eye(pen, (0.24, 0.45), 0.03)
    for x, y, r in ((0.06, 0.36, 0.024), (0.03, 0.26, 0.018), (0.08, 0.18, 0.013)):
        pen.ellipse((x, y), (r, r), (226, 246, 250), alpha=170)


def whale(pen: Pen, ink: Ink) -> None:
    """A whale with its spout."""
    for x in (0.24, 0.36):
        pen.curve(((0.3, 0.38), (0.3, 0.24), (x, 0.15)), 0.022, (214, 236, 244))
    pen.polygon(((0.74, 0.62), (0.9, 0.34), (0.98, 0.28), (0.96, 0.46), (0.84, 0.74)), ink.main)
    pen.polygon(((0.92, 0.42), (0.8, 0.26), (0.98, 0.3)), ink.main)
    pen.pie((0.45, 0.62), (0.4, 0.26), (180, 360), ink.main)
    pen.pie((0.45, 0.61), (0.4, 0.24), (0, 180), lighter(ink.main, 0.12))
    pen.pie((0.38, 0.63), (0.33, 0.2), (10, 180), CREAM)
    for x in (0.2, 0.28, 0.36, 0.44):
        pen.line(((x, 0.67), (x + 0.02, 0.79)), 0.008, darker(CREAM, 0.2))
    _eye(pen, (0.22, 0.56), 0.026)


def robot(pen: Pen, ink: Ink) -> None:
    """A friendly robot that waves."""
    steel = ink.main
    pen.line(((0.5, 0.16), (0.5, 0.06)), 0.018, COAL)
    pen.ellipse((0.5, 0.055), (0.035, 0.035), (236, 92, 84))
    pen.line(((0.28, 0.6), (0.14, 0.52), (0.1, 0.36)), 0.06, ink.dark)
    pen.ellipse((0.1, 0.34), (0.055, 0.055), ink.light)
    pen.line(((0.72, 0.6), (0.85, 0.7), (0.86, 0.8)), 0.06, ink.dark)
    pen.ellipse((0.86, 0.82), (0.05, 0.05), ink.light)
    for x in (0.4, 0.6):
        pen.box((x - 0.045, 0.8), (x + 0.045, 0.96), ink.dark)
        pen.box((x - 0.08, 0.93), (x + 0.08, 1), COAL, radius=0.025)
    pen.box((0.27, 0.5), (0.73, 0.86), steel, radius=0.06)
    pen.box((0.36, 0.58), (0.64, 0.76), darker(steel, 0.45), radius=0.03)
    for x, colour in ((0.43, (236, 92, 84)), (0.5, LAMP), (0.57, (116, 200, 132))):
        pen.ellipse((x, 0.67), (0.024, 0.024), colour)
    pen.box((0.25, 0.16), (0.75, 0.48), ink.light, radius=0.09)
    pen.box((0.31, 0.22), (0.69, 0.42), (34, 44, 66), radius=0.06)
    for x in (0.41, 0.59):
        pen.glow((x, 0.31), 0.09, (120, 226, 236), alpha=150)
        pen.ellipse((x, 0.31), (0.036, 0.042), (160, 240, 244))
    pen.pie((0.5, 0.36), (0.06, 0.035), (0, 180), (160, 240, 244))
