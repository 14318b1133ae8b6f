"""Texts are set in whatever script they are written in, and fit their box."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pixels
from PIL import ImageDraw

from adapters.typeface import Block, fit, line_block
from adapters.typeface.faces import Face, _best_of, covered, known_faces

NOBODY_HAS = "\U00010a60\U00010a61"


def drawn(block: Block) -> Pixels.Image:
    """The block in black on white."""
    page = Pixels.new("L", (900, 300), 255)
    pen = ImageDraw.Draw(page)
    pen.fontmode = "L"
    block.draw(pen, (450, 150), (0,))
    return page


def boxed(text: str) -> Block:
    """The text set into a board."""
    return fit(text, width_px=600, height_px=160, largest_px=80)


@pytest.mark.parametrize("is_bold", [True, False])
def test_the_shipped_face_covers_what_the_product_always_needs(*, is_bold: bool) -> None:
    """Latin with accents, Greek, Cyrillic and Arabic need no font of the machine's own."""
    first = known_faces(is_bold=is_bold)[0]
    assert {ord(letter) for letter in "Aéñßąœ€“”—·ЖΩمرحبا"} <= covered(first)


@pytest.mark.parametrize("text", ["OPEN", "Café für Ärzte", "مفتوح الآن", "Привет", "50 % – “yes”"])
def test_a_text_leaves_ink_and_stays_in_its_box(text: str) -> None:
    """Something is drawn, and nothing outside the box."""
    block = boxed(text)
    box = drawn(block).point(lambda value: 255 - value).getbbox()
    assert box is not None
    assert box[0] >= 150 - 2
    assert box[2] <= 750 + 2
    assert block.undrawable == ()


def test_right_to_left_text_is_joined_and_turned() -> None:
    """The same letters one by one, from left to right, look different."""
    joined = drawn(boxed("سلام"))
    apart = drawn(boxed("س\u200cل\u200cا\u200cم"))
    assert joined.tobytes() != apart.tobytes()


def test_a_script_without_a_font_is_named_and_shows_no_boxes() -> None:
    """Missing letters become dots, the rest is drawn, and the caller is told which script."""
    block = boxed(f"OK {NOBODY_HAS}")
    assert block.undrawable == ("Old",)
    assert drawn(block).tobytes() == drawn(Block(("OK ··",), block.size_px, is_bold=True)).tobytes()


def test_joiners_and_selectors_are_no_missing_letters() -> None:
    """They show nothing of their own in any font."""
    assert boxed("a\u200db\ufe0f \u2069").undrawable == ()


@settings(max_examples=40)
@given(st.text(alphabet="ab WMñ雨ع \n", max_size=120), st.integers(40, 500), st.integers(20, 200))
def test_no_text_is_wider_than_its_box(text: str, width: int, height: int) -> None:
    """However long the text and small the box: broken, shrunk, and in the end cut with an ellipsis."""
    block = fit(text, width_px=width, height_px=height, largest_px=60)
    assert block.width_px <= width + 1
    assert len(block.lines) == 1 or block.height_px <= height


def test_a_cut_is_visible() -> None:
    """What does not fit ends in an ellipsis instead of in the middle of nowhere."""
    assert line_block("a very long line of words", size_px=20, width_px=90).lines[0].endswith("…")
    assert fit("word " * 90, width_px=60, height_px=30, largest_px=20).lines[-1].endswith("…")
    assert line_block("short", size_px=20, width_px=900).lines == ("short",)


def test_solid_scripts_break_between_any_letters() -> None:
    """Chinese has no spaces to break at."""
    assert len(fit("今日特价优惠活动开始" * 2, width_px=100, height_px=300, largest_px=30).lines) > 3


def test_fontconfig_answers_are_checked() -> None:
    """A face that is listed but lacks the letter, or does not exist, is not taken."""
    real = known_faces(is_bold=False)[0]
    listing = f"/nowhere/gone.ttf\t0\tRegular\n{real.path}\t{real.index}\tBook\nnonsense\n"
    assert _best_of(listing, ord("A"), is_bold=False) == Face(real.path, real.index)
    assert _best_of(listing, ord(NOBODY_HAS[0]), is_bold=False) is None
