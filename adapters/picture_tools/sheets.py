"""Several pictures on one sheet: two compared, candidates with letters, a strip of versions.

Owns the layout. Must never learn what the labels mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image as Pixels
from PIL import ImageDraw

from adapters.picture_tools.reading import pixels_of
from adapters.typeface import Block, fit, line_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.ports import Labelled

_PAPER = (245, 244, 241)
_INK = (38, 40, 52)
_QUIET = (104, 108, 122)
_ACCENT = (222, 104, 62)
_CHECK_LIGHT, _CHECK_DARK = (250, 250, 250), (222, 224, 228)
_CHECK_PX = 12
_GAP_PX = 20
_MARGIN_PX = 24
_FRAME_PX = 5


@dataclass(frozen=True, slots=True)
class _Layout:
    """How large a cell is, how many stand in a row, how high the words under it may be."""

    cell_px: int
    columns: int
    label_px: int
    words_px: int


def compared(left: Labelled, right: Labelled) -> Pixels.Image:
    """Put two pictures beside each other, or above each other where both are wide."""
    are_wide = all(side.image.size.width > 1.9 * side.image.size.height for side in (left, right))
    layout = _Layout(cell_px=900, columns=1 if are_wide else 2, label_px=30, words_px=64)
    return _sheet((left, right), layout)


def lettered(pictures: Sequence[Labelled]) -> Pixels.Image:
    """Put candidates on a grid, each with its letter in a corner."""
    columns = _columns(len(pictures))
    layout = _Layout(cell_px=640 if columns <= 2 else 480, columns=columns, label_px=0, words_px=0)  # noqa: PLR2004
    return _sheet(pictures, layout)


def in_order(pictures: Sequence[Labelled]) -> Pixels.Image:
    """Put versions in reading order, each with its label and what was asked."""
    layout = _Layout(cell_px=360, columns=min(4, max(1, len(pictures))), label_px=24, words_px=58)
    return _sheet(pictures, layout)


def _columns(count: int) -> int:
    return next(columns for most, columns in ((1, 1), (4, 2), (6, 3), (math.inf, 4)) if count <= most)


def _sheet(pictures: Sequence[Labelled], layout: _Layout) -> Pixels.Image:
    if not pictures:
        said = "a sheet needs at least one picture"
        raise ValueError(said)
    cells = [_fitted(picture, layout.cell_px) for picture in pictures]
    width = max(cell.width for cell in cells)
    rows = [
        range(start, min(start + layout.columns, len(cells)))
        for start in range(0, len(cells), layout.columns)
    ]
    words = layout.label_px * 3 // 2 + layout.words_px
    heights = [max(cells[place].height for place in row) + words for row in rows]
    columns = min(layout.columns, len(cells))
    size = (
        _MARGIN_PX * 2 + columns * width + (columns - 1) * _GAP_PX,
        _MARGIN_PX * 2 + sum(heights) + (len(rows) - 1) * _GAP_PX,
    )
    sheet = Pixels.new("RGB", size, _PAPER)
    top = _MARGIN_PX
    missing: list[str] = []
    for row, height in zip(rows, heights, strict=True):
        for column, place in enumerate(row):
            corner = (_MARGIN_PX + column * (width + _GAP_PX), top)
            missing += _cell(sheet, cells[place], pictures[place], (*corner, width, height - words), layout)
        top += height + _GAP_PX
    _own_up(sheet, missing)
    return sheet


def _fitted(picture: Labelled, edge_px: int) -> Pixels.Image:
    """Bring one picture to its cell's size, clear parts over a checkerboard."""
    pixels = pixels_of(picture.image)
    pixels.thumbnail((edge_px, edge_px), Pixels.Resampling.LANCZOS)
    if pixels.mode != "RGBA":
        return pixels
    board = _checkerboard(pixels.size)
    board.paste(pixels, (0, 0), pixels)
    return board


def _checkerboard(size: tuple[int, int]) -> Pixels.Image:
    across, down = -(-size[0] // _CHECK_PX), -(-size[1] // _CHECK_PX)
    small = Pixels.new("RGB", (across, down), _CHECK_LIGHT)
    for y in range(down):
        for x in range(y % 2, across, 2):
            small.putpixel((x, y), _CHECK_DARK)
    whole = small.resize((across * _CHECK_PX, down * _CHECK_PX), Pixels.Resampling.NEAREST)
    return whole.crop((0, 0, *size))


def _cell(
    sheet: Pixels.Image,
    cell: Pixels.Image,
    picture: Labelled,
    box: tuple[int, int, int, int],
    layout: _Layout,
) -> list[str]:
    """Put one picture with its words; returns the scripts that could not be drawn."""
    left, top, width, height = box
    pen = ImageDraw.Draw(sheet)
    corner = (left + (width - cell.width) // 2, top + (height - cell.height) // 2)
    if picture.is_head:
        edge = (corner[0] - _FRAME_PX, corner[1] - _FRAME_PX)
        far = (corner[0] + cell.width + _FRAME_PX - 1, corner[1] + cell.height + _FRAME_PX - 1)
        pen.rectangle((*edge, *far), fill=_ACCENT)
    sheet.paste(cell, corner)
    if not layout.label_px:
        return list(_badge(pen, corner, picture, layout.cell_px))
    label = line_block(picture.label, size_px=layout.label_px, width_px=width, is_bold=True)
    middle = left + width / 2
    label.draw(pen, (middle, top + height + layout.label_px * 0.9), _ACCENT if picture.is_head else _INK)
    note = _note(picture.note, width, layout)
    note.draw(pen, (middle, top + height + layout.label_px * 1.5 + layout.words_px / 2), _QUIET)
    return [*label.undrawable, *note.undrawable]


def _note(note: str, width: int, layout: _Layout) -> Block:
    largest = max(12, round(layout.label_px * 0.72))
    return fit(
        note,
        width_px=width * 0.96,
        height_px=layout.words_px,
        largest_px=largest,
        smallest_px=max(11, round(largest * 0.8)),
        is_bold=False,
    )


def _badge(
    pen: ImageDraw.ImageDraw, corner: tuple[int, int], picture: Labelled, cell_px: int
) -> tuple[str, ...]:
    """Letter a candidate in a disc, so that `use c` has something to mean."""
    side = max(34, cell_px // 11)
    label = line_block(picture.label, size_px=round(side * 0.56), is_bold=True)
    width = max(side, round(label.width_px + side * 0.6))
    left, top = corner[0] + side // 4, corner[1] + side // 4
    pen.rounded_rectangle(
        (left, top, left + width, top + side),
        side / 2,
        fill=_ACCENT if picture.is_head else _INK,
        outline=_PAPER,
        width=2,
    )
    label.draw(pen, (left + width / 2, top + side / 2), (255, 255, 255))
    return label.undrawable


def _own_up(sheet: Pixels.Image, missing: Sequence[str]) -> None:
    """Say which letters no font here can draw, rather than leave dots unexplained."""
    if not missing:
        return
    said = f"No font here can draw: {', '.join(dict.fromkeys(missing))}"
    block = line_block(said, size_px=13, width_px=sheet.width * 0.94)
    block.draw(ImageDraw.Draw(sheet), (sheet.width / 2, sheet.height - _MARGIN_PX / 2), _ACCENT)
