from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.generation import Size
from core.domain.prompt.compiler import compile_final, compile_prompt, texts_tip
from core.domain.prompt.model import Options, Problem, ProblemCode, Prompt
from core.domain.prompt.parser import MAX_CHARACTERS, parse_prompt
from core.domain.shape import Ratio
from tests.domain.prompt import prompt_texts


def _parsed(text: str) -> Prompt:
    prompt = parse_prompt(text)
    assert isinstance(prompt, Prompt), prompt
    return prompt


def _compiled(
    prompt: Prompt, *, is_edit: bool = False, kit: str | None = None, reference_count: int = 0
) -> str:
    compiled = compile_prompt(prompt, is_edit=is_edit, kit=kit, reference_count=reference_count)
    assert isinstance(compiled, str)
    return compiled


def test_plain_words_are_sent_as_they_are() -> None:
    """Without quotes, options or a picture to keep, nothing is added."""
    assert _compiled(_parsed("a fox in snow --ar 16:9 --q high")) == "a fox in snow"


def test_the_parts_stand_in_order() -> None:
    """Words, then the texts one by one, then what to avoid, then the kit, then what must stay."""
    prompt = _parsed("a sign “OPEN” and 「你好」 --no people, cars")
    parts = _compiled(prompt, is_edit=True, kit="flat colours").split("\n\n")
    assert parts[0] == "a sign “OPEN” and 「你好」"
    assert parts[1].endswith("letter by letter, and nothing in its place:\n1. “OPEN”\n2. “你好”")
    assert parts[2] == "Leave out of the picture: people; cars"
    assert parts[3] == "The look to keep to: flat colours"
    assert parts[4].startswith("Change only what is asked for above. Everything else")
    assert len(parts) == 5


def test_a_text_is_listed_once() -> None:
    """The same text quoted twice is one text."""
    assert _compiled(_parsed("“A” left, “B” in the middle, “A” right")).endswith("\n1. “A”\n2. “B”")


def test_an_edit_without_words_asks_for_the_same_picture() -> None:
    """Options alone must not invite the model to change what is shown."""
    order = _compiled(Prompt("", options=Options(ratio=Ratio(16, 9))), is_edit=True)
    assert order.startswith("Draw the first picture again and change nothing in it")
    assert order.endswith("Where the frame has another shape, continue the scene to fill it.")
    exact = Prompt("", options=Options(exact_size=Size(1024, 1024)))
    assert "another shape" in _compiled(exact, is_edit=True)
    assert "another shape" not in _compiled(Prompt("a hat"), is_edit=True)


def test_transparency_is_said_and_not_painted() -> None:
    """A transparent background is named in words too, and is then a change that an edit asks for."""
    prompt = Prompt("", options=Options(is_transparent=True))
    assert _compiled(prompt, is_edit=True).startswith("The background is fully transparent")
    assert "Change only what is asked for above" in _compiled(prompt, is_edit=True)
    assert "transparent" in _compiled(_parsed("a fox --transparent"))


def test_references_are_told_from_the_picture_to_change() -> None:
    """An edit with further pictures says which is which, and what to do with them where nobody did."""
    told = _compiled(Prompt("put this hat on"), is_edit=True, reference_count=1)
    assert "The first picture is the one to change" in told
    assert "Work what" not in told
    wordless = _compiled(Prompt(""), is_edit=True, reference_count=2)
    assert wordless.startswith("Work what the pictures after the first one show into the first one.")
    assert "change nothing" not in wordless


def test_final_changes_nothing() -> None:
    """The final rendering keeps everything, its texts letter by letter."""
    plain = compile_final()
    assert isinstance(plain, str)
    assert "change nothing in it" in plain
    assert "finer" in plain
    with_texts = compile_final(("OPEN",), kit="flat")
    assert isinstance(with_texts, str)
    assert with_texts.startswith(plain)
    assert with_texts.endswith("letter by letter:\n1. “OPEN”\n\nThe look to keep to: flat")


def test_a_compiled_prompt_that_is_too_long_is_refused() -> None:
    """A prompt that fits can still be too long once compiled; it is refused, not cut."""
    exact = Prompt("猫" * MAX_CHARACTERS)
    assert compile_prompt(exact, is_edit=False) == exact.words
    problem = compile_prompt(exact, is_edit=True)
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.TOO_LONG
    assert int(problem.subject) > MAX_CHARACTERS
    assert isinstance(compile_final(("x" * MAX_CHARACTERS,)), Problem)


@given(text=prompt_texts.messages, is_edit=st.booleans())
def test_everything_asked_for_is_sent(*, text: str, is_edit: bool) -> None:
    """The words come first and whole; every text and everything to avoid is in what is sent."""
    prompt = parse_prompt(text)
    if isinstance(prompt, Prompt):
        compiled = _compiled(prompt, is_edit=is_edit)
        assert compiled.startswith(prompt.words)
        assert all(f"“{quoted}”" in compiled for quoted in prompt.quoted)
        assert all(thing in compiled for thing in prompt.options.avoid)


@pytest.mark.parametrize(
    ("text", "is_due"),
    [
        ("a sign “OPEN”", False),
        ("a sign “OPEN” " + "in snow " * 20, False),
        ("a sign “OPEN” " + "in snow " * 100, True),
        ("海报上写“春节快乐”" + "很多细节" * 20, False),
        ("海报上写“春节快乐”" + "很多细节" * 60, True),
        ("海报上写着春节快乐" + "很多细节" * 60, True),
        ("很多细节" * 60, False),
        ("a fox in snow " * 100, False),
        ("a poster with the text hello " * 40, True),
    ],
)
def test_the_tip_about_texts_is_given_when_due(*, text: str, is_due: bool) -> None:
    """Long prompts with lettering get the tip, Chinese, Japanese and Korean ones earlier."""
    assert texts_tip(_parsed(text)) is is_due
