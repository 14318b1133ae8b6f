"""Setting a text: splitting it over faces, breaking it into lines, fitting it into a box.

Owns what a set text measures and which scripts could not be drawn. Must never learn colours' meaning or
where on a picture the text goes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PIL import features

from adapters.typeface.faces import Face, covered, face_of_machine, in_its_country, known_faces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import ImageDraw, ImageFont

_RIGHT_TO_LEFT = {"R", "AL"}
_LINE_HEIGHT = 1.24
_CAP_HEIGHT = 0.73
_SYMBOLS = {"So", "Sk", "Cs", "Co", "Cn"}
_MISSING_MARK = "·"
_MOST_LETTERS = 400

Colour = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring letters that one face draws."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines at one size; `undrawable` names the scripts no face here can draw."""

    lines: tuple[str, ...]
    size_px: int
    is_bold: bool
    undrawable: tuple[str, ...] = ()

    @property
    def width_px(self) -> float:
        """The width of the widest line."""
        return max((_width_px(line, self.size_px, is_bold=self.is_bold) for line in self.lines), default=0.0)

    @property
    def height_px(self) -> int:
        """The height of all lines."""
        return round(self.size_px * _LINE_HEIGHT * len(self.lines))

    def draw(self, pen: ImageDraw.ImageDraw, centre: tuple[float, float], fill: Colour) -> None:
        """Letter the block with its middle at `centre`, lines centred."""
        step = self.size_px * _LINE_HEIGHT
        baseline = centre[1] - step * (len(self.lines) - 1) / 2 + self.size_px * _CAP_HEIGHT / 2
        for line in self.lines:
            left = centre[0] - _width_px(line, self.size_px, is_bold=self.is_bold) / 2
            for run in _runs(line, is_bold=self.is_bold):
                font = _font(run.face, self.size_px)
                pen.text((left, baseline), run.text, font=font, fill=fill, anchor="ls")
                left += font.getlength(run.text)
            baseline += step


def line_block(text: str, *, size_px: int, width_px: float | None = None, is_bold: bool = False) -> Block:
    """Set one line at a fixed size; what is wider than `width_px` is cut, with an ellipsis to say so."""
    line = _bounded(text)
    if width_px is not None:
        line = _no_wider(line, size_px, width_px, is_bold=is_bold)
    return Block((line,), size_px, is_bold, undrawable(line, is_bold=is_bold))


def fit(  # noqa: PLR0913 - a box is four numbers, and naming them beats wrapping them
    text: str,
    *,
    width_px: float,
    height_px: float,
    largest_px: int,
    smallest_px: int = 9,
    is_bold: bool = True,
) -> Block:
    """Set a text as large as its box allows; at the smallest size the last line is cut visibly."""
    text = _bounded(text)
    missing = undrawable(text, is_bold=is_bold)
    size_px = max(smallest_px, largest_px)
    while True:
        room = max(1, int(height_px / (size_px * _LINE_HEIGHT)))
        lines = _broken(text, size_px, width_px, is_bold=is_bold)
        does_fit = len(lines) <= room and all(
            _width_px(line, size_px, is_bold=is_bold) <= width_px for line in lines
        )
        if does_fit:
            return Block(tuple(lines), size_px, is_bold, missing)
        if size_px <= smallest_px:
            lines = _shortened(lines, room, size_px, width_px, is_bold=is_bold)
            return Block(tuple(lines), size_px, is_bold, missing)
        size_px = max(smallest_px, int(size_px * 0.92))


def undrawable(text: str, *, is_bold: bool = False) -> tuple[str, ...]:
    """Name the scripts of a text that cannot be drawn here, each once, such as `Thai`."""
    letters = [letter for letter in dict.fromkeys(text) if _needs_glyph(letter)]
    names = [_script(letter) for letter in letters if _face(letter, is_bold=is_bold) is None]
    return tuple(dict.fromkeys(names))


@cache
def _font(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    return face.at(size_px)


def _width_px(line: str, size_px: int, *, is_bold: bool) -> float:
    return sum((_font(run.face, size_px).getlength(run.text) for run in _runs(line, is_bold=is_bold)), 0.0)


def _runs(text: str, *, is_bold: bool) -> tuple[_Run, ...]:
    """Give a text to one face where one covers it all: joined and right-to-left letters stay whole."""
    drawn = _with_marks(text, is_bold=is_bold)
    needed = {ord(letter) for letter in drawn if _needs_glyph(letter)}
    for face in known_faces(is_bold=is_bold):
        if needed <= covered(face):
            return (_Run(drawn, in_its_country(face, drawn)),)
    return tuple(_split(drawn, is_bold=is_bold))


def _split(text: str, *, is_bold: bool) -> Iterator[_Run]:
    """Give each stretch to the face of its first letter, for as long as that face can go on."""
    stretch, face = "", None
    for letter in text:
        if face is not None and (not _needs_glyph(letter) or ord(letter) in covered(face)):
            stretch += letter
            continue
        if face is not None:
            yield _Run(stretch, in_its_country(face, stretch))
        stretch, face = letter, _face(letter, is_bold=is_bold)
    if face is not None and stretch:
        yield _Run(stretch, in_its_country(face, stretch))


def _with_marks(text: str, *, is_bold: bool) -> str:
    """Put a middle dot where no face has the letter: an empty box would look like an answer."""
    return "".join(
        letter if not _needs_glyph(letter) or _face(letter, is_bold=is_bold) is not None else _MISSING_MARK
        for letter in text
    )


@cache
def _face(letter: str, *, is_bold: bool) -> Face | None:
    if unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT and not _can_join_letters():
        return None
    for face in known_faces(is_bold=is_bold):
        if ord(letter) in covered(face):
            return face
    return face_of_machine(ord(letter), is_bold=is_bold)


@cache
def _can_join_letters() -> bool:
    """Whether Pillow found the library that joins and turns right-to-left letters."""
    return features.check_feature("raqm") is True


def _needs_glyph(letter: str) -> bool:
    """Spaces, joiners and variation selectors show nothing of their own."""
    is_selector = "\ufe00" <= letter <= "\ufe0f"
    return not letter.isspace() and not is_selector and unicodedata.category(letter) not in {"Cf", "Cc"}


def _script(letter: str) -> str:
    if unicodedata.category(letter) in _SYMBOLS:
        return "some symbols"
    name = unicodedata.name(letter, "some letters")
    return "Chinese" if name.startswith("CJK") else name.split()[0].capitalize()


def _broken(text: str, size_px: int, width_px: float, *, is_bold: bool) -> list[str]:
    """Break between words, and between letters of scripts that write without spaces."""
    lines = [""]
    for piece in _pieces(text):
        longer = lines[-1] + piece
        if not lines[-1] or _width_px(longer.rstrip(), size_px, is_bold=is_bold) <= width_px:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [line.strip() for line in lines if line.strip()] or [""]


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if unicodedata.east_asian_width(letter) in {"W", "F"} and unicodedata.category(letter) == "Lo":
            yield from (piece for piece in (word, letter) if piece)
            word = ""
            continue
        word += letter
        if letter == " ":
            yield word
            word = ""
    if word:
        yield word


def _shortened(lines: list[str], room: int, size_px: int, width_px: float, *, is_bold: bool) -> list[str]:
    kept = lines[:room]
    if len(lines) > room:
        kept[-1] += "…"
    return [_no_wider(line, size_px, width_px, is_bold=is_bold) for line in kept]


def _no_wider(line: str, size_px: int, width_px: float, *, is_bold: bool) -> str:
    is_narrow = _width_px(line, size_px, is_bold=is_bold) <= width_px
    return line if is_narrow else _cut(line, size_px, width_px, is_bold=is_bold)


def _bounded(text: str) -> str:
    """No board holds more than this; setting a whole book would keep a core busy for nothing."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_LETTERS else line[:_MOST_LETTERS] + "…"


def _cut(line: str, size_px: int, width_px: float, *, is_bold: bool) -> str:
    """Find the longest beginning that fits with its ellipsis, halving the distance each time."""
    shortest, longest = 0, len(line)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if _width_px(line[:middle].rstrip() + "…", size_px, is_bold=is_bold) <= width_px:
            shortest = middle
        else:
            longest = middle - 1
    return line[:shortest].rstrip() + "…"
