from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.prompt.model import Options, Prompt
from core.domain.prompt.parser import parse_prompt
from core.domain.prompt.quotes import QuoteFinder, quotations, without_quotations, without_stray_marks
from tests.domain.prompt import prompt_texts


@pytest.mark.parametrize(("opening", "closing"), prompt_texts.QUOTES)
def test_quoted_text_is_kept_and_listed(opening: str, closing: str) -> None:
    """Every pair of marks shields its text, which stays in the words in its own marks."""
    text = f"a sign {opening} OPEN --draft {closing} in snow"
    assert parse_prompt(text) == Prompt(text, quoted=("OPEN --draft",))


def test_several_texts_come_in_order() -> None:
    """Each quoted text is listed, in the order in which it stands."""
    prompt = parse_prompt('写着“你好”和「再见」 and "BYE" --draft')
    assert isinstance(prompt, Prompt)
    assert prompt.quoted == ("你好", "再见", "BYE")


@pytest.mark.parametrize(
    "text",
    [
        "it's a fox's den",
        "l'été d'un renard",
        "a ‘fox’ in snow",
        '5" pipe and 6" pipe',
        'a "fox',
        "a fox”",
        "““",
        "“a”"[1:],
    ],
)
def test_apostrophes_inches_and_lonely_marks_are_text(text: str) -> None:
    """A mark without a partner, an apostrophe and inches quote nothing."""
    assert parse_prompt(text) == Prompt(text)


def test_a_lonely_mark_shields_nothing() -> None:
    """After a quotation mark that never closes, options act as ever."""
    assert parse_prompt('a "fox --draft') == Prompt('a "fox', options=Options(is_draft=True))
    assert parse_prompt('a 5" pipe --draft 6" long') == Prompt(
        'a 5" pipe 6" long', options=Options(is_draft=True)
    )


def test_a_mark_after_a_digit_opens_before_a_letter() -> None:
    """Chinese text sticks to its marks: `3"你好"` quotes."""
    prompt = parse_prompt('画3"你好" --draft')
    assert isinstance(prompt, Prompt)
    assert prompt.quoted == ("你好",)


def test_a_mark_right_after_a_value_opens() -> None:
    """The digit of a value is not in the words, so what follows it measures nothing."""
    prompt = parse_prompt('a sign --n 4" --draft x"')
    assert prompt == Prompt('a sign " --draft x"', quoted=("--draft x",), options=Options(count=4))


def test_the_outer_marks_win() -> None:
    """Marks inside other marks belong to the text."""
    prompt = parse_prompt('“say "hi" «now»” and 「『a』」 ""')
    assert isinstance(prompt, Prompt)
    assert prompt.quoted == ('say "hi" «now»', "『a』")


@given(st.sampled_from(prompt_texts.QUOTES), prompt_texts.working_options, prompt_texts.plain_words)
def test_quoted_options_never_act(marks: tuple[str, str], option: str, word: str) -> None:
    """Whatever option stands in quotes, in whatever spelling, it is only text."""
    inner = word.strip(marks[0] + marks[1] + '"')
    prompt = parse_prompt(f"a sign {marks[0]}{option} {inner}{marks[1]}")
    assert isinstance(prompt, Prompt)
    assert prompt.options == Options()
    assert prompt.quoted == (f"{option} {inner}".strip(),)


@given(prompt_texts.messages)
def test_blanking_and_tidying_keep_every_place(text: str) -> None:
    """What is blanked out or tidied keeps its length, and what is quoted is not touched by tidying."""
    tidy = without_stray_marks(text)
    assert len(without_quotations(text)) == len(tidy) == len(text)
    assert list(quotations(tidy)) == list(quotations(text))
    assert without_stray_marks(tidy) == tidy


class _CountingText(str):
    """A text that counts how many characters were searched for closing marks."""

    __slots__ = ("searched",)
    searched: int

    def find(self, *given: object) -> int:
        start = given[1]
        assert isinstance(start, int)
        at = str.find(self, str(given[0]), start)
        self.searched += (at if at >= 0 else len(self)) - start
        return at


@pytest.mark.parametrize("unit", ["“", "„", "„a“", '"', '"a" ', "„“„”", "「『«“„", "«»", "「」『"])
def test_finding_closing_marks_is_linear(unit: str) -> None:
    """Thousands of marks, paired or not, cost a few looks at each character and no more."""
    text = _CountingText(unit * (20_000 // len(unit)))
    text.searched = 0
    finder, at = QuoteFinder(text), 0
    while at < len(text):
        at = (finder.end(at) if text[at] in '“„"「『«' else None) or at + 1
    assert text.searched <= 7 * len(text)
