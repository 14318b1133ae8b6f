"""Vehicles and things to hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from adapters.sandbox_images.motifs.ink import BLUSH, COAL, CREAM, LAMP, WOOD, Ink
from adapters.sandbox_images.pen import darker, lighter

if TYPE_CHECKING:
    from adapters.sandbox_images.pen import Pen

_GLASS = (168, 208, 226)


def boat(pen: Pen, ink: Ink) -> None:
    """A sailing boat on its reflection."""
    pen.line(((0.48, 0.12), (0.48, 0.76)), 0.018, WOOD)
    pen.polygon(((0.5, 0.12), (0.5, 0.7), (0.86, 0.7)), CREAM)
    pen.polygon(((0.5, 0.12), (0.86, 0.7), (0.7, 0.7)), darker(CREAM, 0.12))
    pen.polygon(((0.46, 0.2), (0.46, 0.7), (0.2, 0.7)), ink.light)
    pen.polygon(((0.12, 0.75), (0.9, 0.75), (0.77, 0.91), (0.25, 0.91)), ink.main)
    pen.polygon(((0.12, 0.75), (0.9, 0.75), (0.875, 0.785), (0.15, 0.785)), CREAM)
    pen.polygon(((0.48, 0.12), (0.48, 0.04), (0.62, 0.085)), ink.main)
    for y, half in ((0.93, 0.34), (0.96, 0.24), (0.985, 0.12)):
        pen.ellipse((0.5, y), (half, 0.008), (255, 255, 255), alpha=90)


def rocket(pen: Pen, ink: Ink) -> None:
    """A rocket going up."""
    pen.glow((0.5, 0.9), 0.28, (255, 176, 84), alpha=200)
    pen.polygon(((0.42, 0.78), (0.5, 1), (0.58, 0.78)), (250, 168, 62))
    pen.polygon(((0.455, 0.78), (0.5, 0.92), (0.545, 0.78)), (255, 236, 160))
    pen.polygon(((0.38, 0.54), (0.2, 0.82), (0.4, 0.76)), ink.main)
    pen.polygon(((0.62, 0.54), (0.8, 0.82), (0.6, 0.76)), ink.dark)
    steps = [step / 24 for step in range(25)]
    widths = [(0.15 * math.sin(math.pi * (0.08 + 0.72 * t)) ** 0.8, 0.04 + 0.76 * t) for t in steps]
    left = [(0.5 - half, y) for half, y in widths]
    right = [(0.5 + half, y) for half, y in widths]
    pen.polygon([*left, *reversed(right)], CREAM)
    pen.polygon([*right, (0.56, 0.8), (0.56, 0.1)], darker(CREAM, 0.12))
    pen.polygon([*left[:7], *reversed(right[:7])], ink.main)
    pen.ellipse((0.5, 0.38), (0.075, 0.075), ink.dark)
    pen.ellipse((0.5, 0.38), (0.054, 0.054), _GLASS)
    pen.box((0.48, 0.6), (0.52, 0.82), ink.main, radius=0.02)


def astronaut(pen: Pen, ink: Ink) -> None:
    """A floating astronaut."""
    pen.box((0.3, 0.46), (0.7, 0.74), (176, 184, 198), radius=0.06)
    for start, end in (((0.36, 0.54), (0.14, 0.42)), ((0.64, 0.54), (0.86, 0.62))):
        pen.line((start, end), 0.1, CREAM)
        pen.ellipse(end, (0.06, 0.06), ink.main)
    for start, end in (((0.43, 0.78), (0.37, 0.94)), ((0.57, 0.78), (0.64, 0.93))):
        pen.line((start, end), 0.11, CREAM)
        pen.ellipse(end, (0.07, 0.045), ink.main)
    pen.box((0.34, 0.46), (0.66, 0.82), CREAM, radius=0.08)
    pen.box((0.43, 0.58), (0.57, 0.68), (150, 160, 176), radius=0.02)
    pen.ellipse((0.5, 0.3), (0.22, 0.21), CREAM)
    pen.ellipse((0.51, 0.31), (0.165, 0.15), (42, 54, 88))
    pen.ellipse((0.46, 0.26), (0.06, 0.04), (150, 196, 226))


def balloon(pen: Pen, ink: Ink) -> None:
    """A striped hot-air balloon."""
    for x in (0.42, 0.58):
        pen.line(((x + (x - 0.5) * 0.6, 0.62), (0.5 + (x - 0.5) * 0.6, 0.86)), 0.008, COAL)
    pen.polygon(((0.24, 0.5), (0.76, 0.5), (0.57, 0.72), (0.43, 0.72)), ink.main)
    pen.ellipse((0.5, 0.36), (0.31, 0.33), ink.main)
    for half, colour in ((0.2, CREAM), (0.1, ink.main)):
        pen.ellipse((0.5, 0.36), (half, 0.33), colour)
        pen.polygon(
            ((0.5 - half, 0.5), (0.5 + half, 0.5), (0.5 + half * 0.34, 0.72), (0.5 - half * 0.34, 0.72)),
            colour,
        )
    pen.box((0.43, 0.85), (0.57, 0.97), WOOD, radius=0.02)
    pen.box((0.42, 0.84), (0.58, 0.87), darker(WOOD, 0.2), radius=0.01)


def kite(pen: Pen, ink: Ink) -> None:
    """A kite with a tail."""
    pen.curve(((0.5, 0.62), (0.42, 0.74), (0.52, 0.84), (0.44, 0.97)), 0.01, COAL)
    for x, y in ((0.43, 0.74), (0.51, 0.84)):
        pen.polygon(
            ((x - 0.05, y - 0.03), (x + 0.05, y + 0.03), (x + 0.05, y - 0.03), (x - 0.05, y + 0.03)), LAMP
        )
    pen.polygon(((0.5, 0.04), (0.26, 0.3), (0.5, 0.64)), ink.main)
    pen.polygon(((0.5, 0.04), (0.74, 0.3), (0.5, 0.64)), ink.light)


def plane(pen: Pen, ink: Ink) -> None:
    """An aeroplane flying to the left."""
    pen.polygon(((0.8, 0.48), (0.95, 0.26), (0.99, 0.26), (0.93, 0.5)), ink.main)
    pen.ellipse((0.48, 0.52), (0.44, 0.08), CREAM)
    pen.polygon(((0.4, 0.53), (0.56, 0.53), (0.76, 0.8), (0.68, 0.8)), ink.dark)
    pen.polygon(((0.44, 0.49), (0.54, 0.49), (0.68, 0.32), (0.62, 0.32)), ink.light)
    for x in range(8):
        pen.ellipse((0.22 + x * 0.06, 0.5), (0.013, 0.016), (70, 110, 150))
    pen.pie((0.1, 0.505), (0.05, 0.035), (180, 330), (70, 110, 150))


def car(pen: Pen, ink: Ink) -> None:
    """A small car."""
    pen.polygon(((0.24, 0.68), (0.33, 0.48), (0.67, 0.48), (0.78, 0.68)), ink.dark)
    pen.polygon(((0.29, 0.67), (0.36, 0.52), (0.49, 0.52), (0.49, 0.67)), _GLASS)
    pen.polygon(((0.52, 0.52), (0.65, 0.52), (0.73, 0.67), (0.52, 0.67)), darker(_GLASS, 0.12))
    pen.box((0.08, 0.65), (0.94, 0.88), ink.main, radius=0.08)
    pen.box((0.08, 0.78), (0.94, 0.83), ink.dark)
    pen.ellipse((0.11, 0.73), (0.03, 0.035), LAMP)
    for x in (0.28, 0.74):
        pen.ellipse((x, 0.88), (0.105, 0.105), COAL)
        pen.ellipse((x, 0.88), (0.05, 0.05), (206, 212, 220))
    if ink.is_lit:
        pen.glow((0.08, 0.74), 0.2, LAMP, alpha=180)


def bicycle(pen: Pen, ink: Ink) -> None:
    """A bicycle."""
    for x in (0.24, 0.76):
        rim = [
            (x + math.cos(t * math.tau / 48) * 0.19, 0.8 + math.sin(t * math.tau / 48) * 0.19)
            for t in range(49)
        ]
        pen.line(rim, 0.022, COAL)
        for spoke in range(0, 48, 6):
            pen.line(((x, 0.8), rim[spoke]), 0.004, (150, 150, 160))
    frame = ((0.24, 0.8), (0.38, 0.54), (0.66, 0.54), (0.48, 0.8), (0.24, 0.8))
    pen.line(frame, 0.024, ink.main)
    pen.line(((0.48, 0.8), (0.36, 0.48)), 0.024, ink.main)
    pen.line(((0.76, 0.8), (0.64, 0.42), (0.72, 0.38)), 0.024, ink.dark)
    pen.box((0.28, 0.45), (0.43, 0.485), COAL, radius=0.016)
    pen.ellipse((0.48, 0.8), (0.045, 0.045), (150, 150, 160))


def umbrella(pen: Pen, ink: Ink) -> None:
    """An open umbrella."""
    pen.line(((0.5, 0.12), (0.5, 0.88)), 0.02, WOOD)
    hook = [
        (0.44 + math.cos(t * math.pi / 12) * 0.06, 0.88 + math.sin(t * math.pi / 12) * 0.07)
        for t in range(13)
    ]
    pen.line(hook, 0.026, WOOD)
    pen.pie((0.5, 0.52), (0.44, 0.4), (180, 360), ink.main)
    pen.pie((0.5, 0.52), (0.22, 0.4), (180, 360), ink.light)
    pen.pie((0.5, 0.52), (0.075, 0.4), (180, 360), ink.main)
    for step in range(4):
        x = 0.17 + step * 0.22
        pen.pie((x, 0.525), (0.11, 0.055), (180, 360), ink.dark)
    pen.line(((0.5, 0.12), (0.5, 0.07)), 0.018, COAL)


def cup(pen: Pen, ink: Ink) -> None:
    """A steaming cup on its saucer."""
    for x, lean in ((0.38, 0.03), (0.5, -0.03), (0.62, 0.03)):
        pen.curve(
            ((x, 0.4), (x + lean, 0.3), (x - lean, 0.2), (x + lean, 0.1)), 0.02, (255, 255, 255), alpha=150
        )
    pen.ellipse((0.48, 0.93), (0.42, 0.06), darker(CREAM, 0.12))
    pen.ellipse((0.48, 0.92), (0.4, 0.05), CREAM)
    handle = [
        (0.72 + math.cos(t * math.tau / 24) * 0.12, 0.62 + math.sin(t * math.tau / 24) * 0.12)
        for t in range(25)
    ]
    pen.line(handle, 0.045, ink.dark)
    pen.polygon(((0.2, 0.47), (0.76, 0.47), (0.68, 0.84), (0.6, 0.92), (0.36, 0.92), (0.28, 0.84)), ink.main)
    pen.ellipse((0.48, 0.47), (0.28, 0.065), ink.light)
    pen.ellipse((0.48, 0.475), (0.245, 0.048), (98, 62, 42))
    pen.ellipse((0.45, 0.472), (0.1, 0.02), (182, 136, 96))


def cake(pen: Pen, ink: Ink) -> None:
    """A cake with candles."""
    for x in (0.36, 0.5, 0.64):
        pen.box((x - 0.015, 0.28), (x + 0.015, 0.46), (120, 176, 214))
        pen.glow((x, 0.23), 0.1, LAMP, alpha=190)
        pen.ellipse((x, 0.235), (0.018, 0.036), (255, 196, 84))
    pen.box((0.18, 0.48), (0.82, 0.92), ink.main, radius=0.04)
    pen.box((0.18, 0.66), (0.82, 0.72), CREAM)
    pen.box((0.18, 0.44), (0.82, 0.54), CREAM, radius=0.05)
    for drip, length in ((0.25, 0.07), (0.36, 0.11), (0.48, 0.06), (0.6, 0.12), (0.73, 0.08)):
        pen.line(((drip, 0.5), (drip, 0.53 + length)), 0.06, CREAM)
    for x in (0.3, 0.5, 0.7):
        pen.ellipse((x, 0.43), (0.04, 0.04), (206, 48, 52))
    pen.box((0.1, 0.91), (0.9, 0.96), (220, 222, 228), radius=0.02)


def book(pen: Pen, ink: Ink) -> None:
    """An open book."""
    pen.polygon(((0.5, 0.6), (0.06, 0.5), (0.06, 0.88), (0.5, 0.98), (0.94, 0.88), (0.94, 0.5)), ink.main)
    for side in (-1, 1):
        page = (
            (0.5, 0.58),
            (0.5 + side * 0.2, 0.47),
            (0.5 + side * 0.4, 0.48),
            (0.5 + side * 0.4, 0.83),
            (0.5, 0.93),
        )
        pen.polygon(page, CREAM if side < 0 else darker(CREAM, 0.08))
        for row in range(5):
            y = 0.57 + row * 0.06
            pen.line(((0.5 + side * 0.07, y + 0.03), (0.5 + side * 0.34, y - 0.03)), 0.01, (164, 158, 150))
    pen.line(((0.5, 0.58), (0.5, 0.93)), 0.01, (164, 158, 150))


def gift(pen: Pen, ink: Ink) -> None:
    """A present with a bow."""
    ribbon = lighter(LAMP, 0.1)
    pen.box((0.18, 0.48), (0.82, 0.98), ink.main, radius=0.02)
    pen.box((0.13, 0.4), (0.87, 0.54), ink.light, radius=0.02)
    pen.box((0.44, 0.4), (0.56, 0.98), ribbon)
    for side in (-1, 1):
        pen.ellipse((0.5 + side * 0.13, 0.31), (0.13, 0.085), ribbon)
        pen.ellipse((0.5 + side * 0.13, 0.31), (0.065, 0.04), darker(ribbon, 0.3))
    pen.ellipse((0.5, 0.34), (0.055, 0.06), darker(ribbon, 0.1))


def hat(pen: Pen, ink: Ink) -> None:
    """A hat with a band."""
    pen.ellipse((0.5, 0.84), (0.44, 0.1), ink.dark)
    pen.ellipse((0.5, 0.81), (0.44, 0.09), ink.main)
    pen.box((0.28, 0.42), (0.72, 0.84), ink.main, radius=0.1)
    pen.box((0.28, 0.68), (0.72, 0.77), darker(ink.main, 0.6))


def heart(pen: Pen, ink: Ink) -> None:
    """A heart."""
    outline = [
        (0.5 + 0.026 * 16 * math.sin(t) ** 3,
         0.5 - 0.026 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)))
        for t in (step * math.tau / 72 for step in range(72))
    ]  # fmt: skip
    pen.glow((0.5, 0.5), 0.5, BLUSH, alpha=90)
    pen.polygon(outline, ink.main)
    pen.ellipse((0.33, 0.33), (0.075, 0.055), ink.light)
