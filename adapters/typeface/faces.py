"""Which font files there are, and which characters each can draw.

Owns the table of known open fonts and the question to fontconfig. Must never draw. DejaVu Sans comes with
matplotlib, which the project needs anyway, so Latin, Greek, Cyrillic and Arabic letters are always there;
other scripts need a font of the machine's own (the container brings Noto CJK).
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

_FC_LIST_TIMEOUT_S = 5.0

_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:/Windows/Fonts",
)

# Regular file, bold file, place inside a collection. The first face that covers a text draws all of it.
_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", 0),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", 0),
    ("PingFang.ttc", "PingFang.ttc", 2),
    ("Arial Unicode.ttf", "Arial Unicode.ttf", 0),
    ("segoeui.ttf", "segoeuib.ttf", 0),
    ("msyh.ttc", "msyhbd.ttc", 0),
    ("malgun.ttf", "malgunbd.ttf", 0),
)

# Han letters differ by country; the place of each country's shapes inside Noto Sans CJK's collection.
_NOTO_CJK = "NotoSansCJK"
_JAPANESE, _KOREAN = 0, 1
_KANA = range(0x3040, 0x3100)
_HANGUL = range(0xAC00, 0xD7B0)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file; `index` is its place in a collection."""

    path: Path
    index: int = 0

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """Load the face for letters `size_px` high."""
        return ImageFont.truetype(str(self.path), size_px, index=self.index)


@cache
def covered(face: Face) -> frozenset[int]:
    """List the code points that a face has a glyph for; none, where the file cannot be read."""
    try:
        with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # noqa: BLE001 - a broken font file on a machine is no reason to draw nothing
        return frozenset()


@cache
def known_faces(*, is_bold: bool) -> tuple[Face, ...]:
    """Find the faces of the table that this machine has, best first."""
    folders = [Path(folder) for folder in (*_shipped_folders(), *_FOLDERS)]
    found: list[Face] = []
    for regular, bold, index in _FAMILIES:
        name = bold if is_bold else regular
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None:
            found.append(Face(path, index))
    return tuple(found)


def in_its_country(face: Face, text: str) -> Face:
    """Choose the Japanese or Korean shapes of a collection where the text is clearly one of them."""
    if not face.path.name.startswith(_NOTO_CJK):
        return face
    points = [ord(letter) for letter in text]
    if any(point in _KANA for point in points):
        return Face(face.path, _JAPANESE)
    if any(point in _HANGUL for point in points):
        return Face(face.path, _KOREAN)
    return face


@cache
def face_of_machine(point: int, *, is_bold: bool) -> Face | None:
    """Ask fontconfig for any face that has this code point; None without fontconfig or without one."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    question = [program, f":charset={point:x}", "--format", "%{file}\t%{index}\t%{style}\n"]
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program; the one argument is a hexadecimal number
            question, capture_output=True, check=True, text=True, timeout=_FC_LIST_TIMEOUT_S
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _best_of(answer.stdout, point, is_bold=is_bold)


def _best_of(listing: str, point: int, *, is_bold: bool) -> Face | None:
    """Prefer the wanted weight, then the shortest name; take only what really covers the letter."""
    rows = [row.split("\t") for row in listing.splitlines() if row.count("\t") == 2]  # noqa: PLR2004 - columns
    rows.sort(key=lambda row: (("Bold" in row[2]) != is_bold, "Italic" in row[2], len(row[0]), row))
    for file, index, _ in rows:
        face = Face(Path(file), int(index) & 0xFFFF)
        if point in covered(face):
            return face
    return None


def _shipped_folders() -> tuple[str, ...]:
    """Where matplotlib keeps its DejaVu files; looked up without importing it."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or not spec.submodule_search_locations:
        return ()
    return tuple(f"{place}/mpl-data/fonts/ttf" for place in spec.submodule_search_locations)
