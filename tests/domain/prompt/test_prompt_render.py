from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from core.domain.prompt.model import Prompt
from core.domain.prompt.parser import parse_prompt
from core.domain.prompt.render import render
from tests.domain.prompt import prompt_texts


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("—ar wide a fox --q=high -n 2", "a fox --ar 16:9 --quality high --n 2"),
        ("--transparent --draft a fox", "a fox --draft --transparent"),
        ("a fox, 16:9, 4K", "a fox, 16:9, 4K"),
        ("a fox, 16:9, 4K --size 2k", "a fox, 16:9, 4K --size 2k"),
        ("a --size 1536x864 fox", "a fox --size 1536x864"),
        ('--no "x y" --draft a "fox', '--no "x y" --draft a "fox'),
        ("a --no==x", "a --no = =x"),
    ],
)
def test_there_is_one_spelling(text: str, canonical: str) -> None:
    """A prompt has one canonical text: words, options by their names, and nothing that words say already."""
    prompt = parse_prompt(text)
    assert isinstance(prompt, Prompt)
    assert render(prompt) == canonical


@settings(max_examples=120)
@given(prompt_texts.messages)
@example('--no "=--x')
@example('\n, --q low--no 5" y-",🏳️\u200d🌈="  −− ')
@example('--no x --draft 5" a "b')
@example('--no 5" x --ar 1:1 "hello')
@example('--no "cats" --draft "hello')
@example("--no ,=--x")
@example("--no a --draft transparent background, 16:9")
def test_rendering_reads_back_as_the_same_prompt(text: str) -> None:
    """Whatever was understood once is understood the same way from its canonical text."""
    for may_lack_words in (False, True):
        prompt = parse_prompt(text, may_lack_words=may_lack_words)
        if isinstance(prompt, Prompt):
            rendered = render(prompt)
            assert parse_prompt(rendered, may_lack_words=may_lack_words) == prompt
