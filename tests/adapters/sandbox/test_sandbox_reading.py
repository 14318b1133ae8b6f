"""Which words of a prompt the sandbox acts on."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sandbox_images import lexicon
from adapters.sandbox_images.motifs import MOTIFS
from adapters.sandbox_images.palettes import COLOURS, PALETTES
from adapters.sandbox_images.reading import Thing, read_prompt, read_wish
from adapters.sandbox_images.retouch import _GRADES, _LOOKS
from core.domain.prompt.compiler import compile_final, compile_prompt
from core.domain.prompt.model import Options, Problem, Prompt
from core.domain.prompt.parser import parse_prompt


def test_every_word_leads_to_something_that_can_be_painted() -> None:
    """The lexicon names no motif, colour, mood or look that does not exist, and none is out of reach."""
    assert set(lexicon.MOTIFS) == set(MOTIFS) - {"shimmer"}
    assert set(lexicon.COLOUR_WORDS) == set(COLOURS)
    assert set(lexicon.MOODS) <= set(PALETTES)
    assert set(_GRADES) == set(lexicon.MOODS)
    assert set(_LOOKS) == set(lexicon.LOOKS)


@pytest.mark.parametrize(
    ("words", "things"),
    [
        ("a cat with a red umbrella", [Thing("cat"), Thing("umbrella", "red")]),
        ("a black cat and a white dog", [Thing("cat", "black"), Thing("dog", "white")]),
        ("un gato negro", [Thing("cat", "black")]),
        ("红色的雨伞", [Thing("umbrella", "red")]),
        ("黑猫", [Thing("cat", "black")]),
        ("빨간 우산", [Thing("umbrella", "red")]),
        ("three penguins", [Thing("penguin")] * 3),
        ("two red cars", [Thing("car", "red")] * 2),
        ("Lighthouses!", [Thing("lighthouse")]),
        ("القطة", [Thing("cat")]),
        ("category catalogue scatter", []),
        ('the words "cat and dog"', []),
    ],
)
def test_things_are_found_with_their_colour_and_number(words: str, things: list[Thing]) -> None:
    """Whole words, in ten languages, and never inside quotation marks."""
    assert list(read_wish(words).things) == things


@pytest.mark.parametrize(
    ("words", "moods", "grounds"),
    [
        ("a lighthouse at dusk", ("dusk",), ("sea",)),
        ("城市的夜晚", ("night",), ("city",)),
        ("forêt en automne", ("autumn",), ("forest",)),
        ("nothing in particular", (), ()),
    ],
)
def test_time_and_place_are_found(words: str, moods: tuple[str, ...], grounds: tuple[str, ...]) -> None:
    """The light and the ground come from the words where they name them."""
    wish = read_wish(words)
    assert (wish.moods, wish.grounds) == (moods, grounds)


@pytest.mark.parametrize("is_edit", [True, False])
@pytest.mark.parametrize("options", ["", " --transparent", " --no cats, rain", " --ar 16:9"])
def test_what_the_compiler_adds_is_not_taken_for_the_wish(options: str, *, is_edit: bool) -> None:
    """The scaffold's own words (`light`, `texts`, `first picture`) ask for nothing."""
    prompt = parse_prompt(f'a boat and a cat in the rain, "HELLO"{options}')
    assert not isinstance(prompt, Problem)
    text = compile_prompt(prompt, is_edit=is_edit, kit="warm film look, cats everywhere", reference_count=2)
    assert isinstance(text, str)
    wish = read_prompt(text)
    assert wish.texts == ("HELLO",)
    assert wish.looks == wish.colours == ()
    is_less = "--no" in options
    assert [thing.name for thing in wish.things] == (["boat"] if is_less else ["boat", "cat"])
    assert wish.weather == (() if is_less else ("rain",))


def test_a_final_and_an_edit_without_words_wish_for_nothing() -> None:
    """Their first paragraph is the compiler's already."""
    final = compile_final(("OPEN",), kit="a blue look")
    assert isinstance(final, str)
    edit = compile_prompt(Prompt("", options=Options(is_transparent=True)), is_edit=True, reference_count=1)
    assert isinstance(edit, str)
    for text in (final, edit):
        wish = read_prompt(text)
        assert (wish.words, wish.texts, wish.things, wish.looks, wish.colours) == ("", (), (), (), ())


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_no_words_are_too_strange_to_read(words: str) -> None:
    """Whatever people type is read without a fault, and asks for a bounded number of things."""
    assert len(read_prompt(words).things) <= 6


@pytest.mark.parametrize("piece", ["“", "cat ", "猫", "a", "two red cats and ", '"'])
def test_long_prompts_are_read_quickly(piece: str) -> None:
    """Thirty-two thousand characters of anything take no noticeable time."""
    words = (piece * 32_000)[:32_000]
    start = time.process_time()
    read_prompt(words)
    assert time.process_time() - start < 1.0
