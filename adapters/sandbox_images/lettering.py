"""Boards, ribbons and the note that says where a picture comes from.

Owns how a text stands in the picture. Must never learn why it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

from adapters.sandbox_images.motifs.ink import COAL, CREAM, WOOD
from adapters.sandbox_images.pen import Pen, darker, lighter
from adapters.typeface import fit, line_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.sandbox_images.canvas import Canvas
    from adapters.sandbox_images.pen import Colour

NOTE = "Inkthread sandbox — not a real model"

_NEON: Colour = (255, 118, 188)
_NOTE_INK: Colour = (236, 238, 244)
_NOTE_GROUND: Colour = (30, 32, 46)
_PAPER: Colour = (252, 246, 230)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a board stands, as shares of the picture: its foot's middle, width, height of the board."""

    x: float
    base: float
    width: float
    height: float


def sign_slot(canvas: Canvas, place: int) -> Slot:
    """Give the standing place of the nth board; a new text in the same place hangs over the old one."""
    is_tall = canvas.height > canvas.width
    width = 0.6 if is_tall else min(0.38, 0.62 * canvas.unit / canvas.width)
    height = (0.24 if is_tall else 0.26) * canvas.unit / canvas.height
    column, row = (place, 0) if not is_tall else (0, place)
    x = ((0.25, 0.74, 0.5) if not is_tall else (0.4, 0.4, 0.4))[column % 3]
    base = 0.62 - 0.2 * (row % 3) if is_tall else 0.93
    return Slot(x, base, width, height)


def put_signs(
    canvas: Canvas, texts: Sequence[str], *, is_neon: bool, first_place: int = 0
) -> tuple[str, ...]:
    """Put up to three boards; more texts share the last one. Returns the scripts that could not be drawn."""
    boards = [*texts[:2], " · ".join(texts[2:])] if len(texts) > 3 else list(texts)  # noqa: PLR2004 - three boards
    missing: list[str] = []
    for place, text in enumerate(boards, first_place):
        missing += _put_sign(canvas, text, sign_slot(canvas, place), is_neon=is_neon)
    return tuple(dict.fromkeys(missing))


def _put_sign(canvas: Canvas, text: str, slot: Slot, *, is_neon: bool) -> tuple[str, ...]:
    width, board = round(slot.width * canvas.width), round(slot.height * canvas.height)
    post = round(board * 0.42)
    tile = _neon_board(width, board, post) if is_neon else _wooden_board(width, board, post)
    block = fit(
        text,
        width_px=width * 0.86,
        height_px=board * (0.74 if is_neon else 0.78),
        largest_px=round(board * 0.6),
        smallest_px=max(8, round(canvas.unit / 90)),
    )
    letters = Image.new("RGBA", tile.size, (0, 0, 0, 0))
    block.draw(ImageDraw.Draw(letters), (width / 2, board / 2), _NEON if is_neon else (62, 40, 28))
    if is_neon:
        tile.alpha_composite(letters.filter(ImageFilter.GaussianBlur(board * 0.06)))
    tile.alpha_composite(letters)
    canvas.stamp(tile, slot.x, slot.base)
    return block.undrawable


def _wooden_board(width: int, board: int, post: int) -> Image.Image:
    pen = Pen(width, board + post)
    share, edge = board / (board + post), 0.012
    for x in (0.2, 0.74):
        pen.box((x, share * 0.5), (x + 0.055, 1), darker(WOOD, 0.35))
        pen.box((x, share * 0.5), (x + 0.02, 1), darker(WOOD, 0.12))
    pen.box((0, 0), (1, share), darker(WOOD, 0.4), radius=0.03)
    pen.box((edge, edge), (1 - edge, share - edge * 1.6), lighter(WOOD, 0.1), radius=0.026)
    inset = edge * 2.6
    pen.box(
        (inset, inset * 1.3), (1 - inset, share - inset * 1.6), lighter((236, 206, 158), 0.2), radius=0.018
    )
    for step in (0.3, 0.52, 0.74):
        y = share * step
        pen.line(((inset * 1.6, y), (1 - inset * 1.6, y + 0.004)), 0.0018, (222, 192, 146))
    for x in (0.055, 0.945):
        for y in (share * 0.16, share * 0.82):
            pen.ellipse((x, y), (0.009, 0.009 * width / (board + post)), darker(WOOD, 0.3))
    return pen.shaded(0.4)


def _neon_board(width: int, board: int, post: int) -> Image.Image:
    pen = Pen(width, board + post)
    share = board / (board + post)
    for x in (0.2, 0.76):
        pen.box((x, share * 0.5), (x + 0.035, 1), COAL)
    pen.box((0, 0), (1, share), (24, 20, 40), radius=0.04)
    pen.box((0.014, 0.02), (0.986, share - 0.02), (70, 220, 226), radius=0.036)
    pen.box((0.024, 0.036), (0.976, share - 0.036), (24, 20, 40), radius=0.032)
    return pen.finished()


def put_ribbon(canvas: Canvas, words: str, x: float, base: float) -> tuple[str, ...]:
    """Hang a paper ribbon with words on it; returns the scripts that could not be drawn."""
    width, height = round(min(canvas.width * 0.44, canvas.unit * 0.6)), round(canvas.unit * 0.062)
    pen = Pen(width, height)
    for left in (0.0, 0.86):
        notch = left + 0.05 if left == 0 else left + 0.09
        tail = ((left, 0.22), (left + 0.14, 0.22), (left + 0.14, 1), (left, 1), (notch, 0.61))
        turned = ((left, 0.22), (left + 0.14, 0.22), (notch, 0.61), (left + 0.14, 1), (left, 1))
        pen.polygon(tail if left == 0 else turned, darker(_PAPER, 0.22))
    pen.box((0.07, 0), (0.93, 0.8), _PAPER)
    tile = pen.shaded(0.3)
    block = line_block(words, size_px=max(9, round(height * 0.4)), width_px=width * 0.8, is_bold=True)
    block.draw(ImageDraw.Draw(tile), (width / 2, height * 0.4), (70, 52, 44))
    half = width / canvas.width / 2
    canvas.stamp(tile, min(max(x, half + 0.01), 0.99 - half), base)
    return block.undrawable


def put_note(canvas: Canvas, missing: Sequence[str] = ()) -> None:
    """Say in a corner that no model made this, and above it which letters no font here can draw.

    Square and opaque, always in the same place: over an older note of ours it changes no pixel.
    """
    size_px = max(10, round(canvas.unit * 0.019))
    _put_tab(canvas, NOTE, size_px, lift=0, ground=_NOTE_GROUND)
    if missing:
        scripts = ", ".join(missing[:4])
        _put_tab(canvas, f"No font here can draw: {scripts}", size_px, lift=1, ground=(132, 48, 44))


def _put_tab(canvas: Canvas, text: str, size_px: int, *, lift: int, ground: Colour) -> None:
    block = line_block(text, size_px=size_px, width_px=canvas.width * 0.94)
    width, height = round(block.width_px + size_px * 1.2), round(size_px * 1.7)
    tab = Image.new("RGBA", (width, height), (*ground, 255))
    block.draw(ImageDraw.Draw(tab), (width / 2, height / 2), _NOTE_INK)
    canvas.put(tab, (0, canvas.height - height * (lift + 1)))


def framed(picture: Image.Image, edge_px: int) -> Image.Image:
    """Put a small picture in a white frame with a pin."""
    small = picture.convert("RGB")
    small.thumbnail((edge_px, edge_px), Image.Resampling.LANCZOS)
    border = max(3, edge_px // 22)
    width, height = small.width + border * 2, small.height + border * 3
    card = Image.new("RGBA", (width + border * 2, height + border * 3), (0, 0, 0, 0))
    ImageDraw.Draw(card).rectangle(
        (border, border * 2, border + width, border * 2 + height), fill=(10, 12, 26, 110)
    )
    card = card.filter(ImageFilter.GaussianBlur(border * 0.7))
    pen = ImageDraw.Draw(card)
    pen.rectangle((border // 2, border, border // 2 + width, border + height), fill=(*CREAM, 255))
    card.paste(small, (border // 2 + border, border * 2))
    middle, r = border // 2 + width // 2, max(3, border)
    pen.ellipse((middle - r, border - r, middle + r, border + r), fill=(206, 48, 52, 255))
    return card
