"""Typed fields of forms and commands, written as options behind a person's words."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.domain.generation import OutputFormat, Quality, Size
from core.domain.prompt.chosen import Chosen, with_chosen
from core.domain.prompt.hints import without_hints
from core.domain.prompt.model import Options, Problem, ProblemCode, Prompt
from core.domain.prompt.parser import parse_prompt
from core.domain.shape import Ratio, Tier
from tests.domain.prompt.prompt_texts import messages

RATIOS = {"16:9": Ratio(16, 9), "1:1": Ratio(1, 1), "tall": Ratio(9, 16), None: None}
SIZES = {"1k": Tier.ONE_K, "4k": Tier.FOUR_K, "1024x1536": Size(1024, 1536), None: None}
QUALITIES = {"low": Quality.LOW, "high": Quality.HIGH, None: None}
FORMATS = {"png": OutputFormat.PNG, "webp": OutputFormat.WEBP, "jpeg": OutputFormat.JPEG, None: None}

choices = st.builds(
    Chosen,
    ratio=st.sampled_from(list(RATIOS)),
    size=st.sampled_from(list(SIZES)),
    quality=st.sampled_from(list(QUALITIES)),
    count=st.sampled_from([None, 1, 4, 8]),
    background=st.sampled_from([None, "transparent"]),
    output_format=st.sampled_from(list(FORMATS)),
)

EVERYTHING = Chosen("16:9", "4k", "high", 4, "transparent", "webp")


def _meant(chosen: Chosen) -> Options:
    size = SIZES[chosen.size]
    return Options(
        ratio=RATIOS[chosen.ratio],
        tier=size if isinstance(size, Tier) else None,
        exact_size=size if isinstance(size, Size) else None,
        quality=QUALITIES[chosen.quality],
        count=chosen.count,
        is_transparent=True if chosen.background else None,
        output_format=FORMATS[chosen.output_format],
    )


def _clashes(chosen: Chosen) -> bool:
    is_clash_of_shape = chosen.ratio is not None and isinstance(SIZES[chosen.size], Size)
    return is_clash_of_shape or (chosen.background is not None and chosen.output_format == "jpeg")


@given(words=messages, chosen=choices)
@example(words='a sign that says "open', chosen=EVERYTHING)
@example(words="a sign „open", chosen=EVERYTHING)
@example(words="a fox —", chosen=EVERYTHING)
@example(words="a fox --", chosen=EVERYTHING)
@example(words='a pipe of 5"', chosen=EVERYTHING)
@example(words="a fox: =", chosen=EVERYTHING)
@example(words=",", chosen=EVERYTHING)
@example(words="一只猫", chosen=EVERYTHING)
def test_words_without_options_get_exactly_the_chosen_ones(words: str, chosen: Chosen) -> None:
    """Whatever the words end with, what was chosen is read as it was chosen, and nothing else is set."""
    alone = parse_prompt(words)
    assume(isinstance(alone, Prompt) and without_hints(alone) == Options())
    assert isinstance(alone, Prompt)
    read = parse_prompt(with_chosen(words, chosen))
    if _clashes(chosen):
        assert isinstance(read, Problem)
        assert read.code is ProblemCode.CONFLICT
        return
    assert isinstance(read, Prompt), read
    assert without_hints(read) == _meant(chosen)
    assert read.quoted == alone.quoted


@given(words=messages, chosen=choices)
def test_a_wish_that_is_refused_stays_refused(words: str, chosen: Chosen) -> None:
    """Choosing something mends no wrong option in the words, except that options alone can be an edit."""
    alone = parse_prompt(words)
    assume(isinstance(alone, Problem) and alone.code is not ProblemCode.EMPTY)
    assert isinstance(parse_prompt(with_chosen(words, chosen)), Problem)


@pytest.mark.parametrize("words", ["a fox --no text, people", "a fox —no text, people —", 'a fox --no "text'])
def test_what_is_to_be_left_out_ends_before_what_was_chosen(words: str) -> None:
    """`--no` takes the words up to the next option, and the chosen ones are options."""
    read = parse_prompt(with_chosen(words, EVERYTHING))
    assert isinstance(read, Prompt)
    assert (read.options.ratio, read.options.is_transparent) == (Ratio(16, 9), True)
    assert read.options.avoid
    assert all("16:9" not in thing and "ar" not in thing for thing in read.options.avoid)


def test_an_option_that_lacks_its_value_does_not_take_a_chosen_one() -> None:
    """`--quality` at the end of the words is refused, not given the ratio as its value."""
    read = parse_prompt(with_chosen("a fox --quality", Chosen(ratio="16:9")))
    assert isinstance(read, Problem)
    assert read.code is ProblemCode.MISSING_VALUE


def test_what_was_typed_and_chosen_is_told_apart_by_nobody() -> None:
    """The same option in the words and in a field is a repeated option, told before anything is spent."""
    read = parse_prompt(with_chosen("a fox --ar 1:1", Chosen(ratio="16:9")))
    assert isinstance(read, Problem)
    assert read.code is ProblemCode.REPEATED


@pytest.mark.parametrize("value", ['16:9" --n 8 "', "16:9 --n 8", "16:9\n--n 8", "“16:9”--n 8"])
def test_a_field_cannot_smuggle_another_option_in(value: str) -> None:
    """A value that is more than one word is refused as a whole or read as one value, never as two."""
    read = parse_prompt(with_chosen("a fox", Chosen(ratio=value)))
    assert isinstance(read, Problem) or read.options.count is None


def test_nothing_chosen_leaves_the_words_alone() -> None:
    """Words come back as they were, and a choice without words is options alone."""
    assert with_chosen(" a fox ", Chosen()) == " a fox "
    assert with_chosen("", Chosen(ratio="16:9")) == "--ar 16:9"
