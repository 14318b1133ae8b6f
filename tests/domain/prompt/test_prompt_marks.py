from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.prompt.marks import AROUND, LONGEST_PLACE, point_at, shortened
from core.domain.prompt.model import Problem, Span
from core.domain.prompt.parser import parse_prompt
from tests.domain.prompt import prompt_texts


def _pointed(before: str, place: str, after: str) -> str:
    return point_at(before + place + after, Span(len(before), len(before) + len(place)))


@pytest.mark.parametrize(
    ("before", "place", "after", "expected"),
    [
        ("a fox ", "--qualty", " high", "a fox ‹--qualty› high"),
        ("", "--qualty", "", "‹--qualty›"),
        ("一只猫在雪里", "--ar", "", "一只猫在雪里‹--ar›"),
        ("a\nred\tfox ", "--x", "\r\nin snow", "a red fox ‹--x› in snow"),
        ("", "", "", "‹›"),
        ("x" * 100, "--x", "y" * 100, f"… {'x' * AROUND}‹--x›{'y' * AROUND} …"),
        ("a \u202efox ", "--x", "", "a  fox ‹--x›"),
    ],
)
def test_the_place_is_marked(before: str, place: str, after: str, expected: str) -> None:
    """The place stands between its marks, with a little of what is around it on one line."""
    assert _pointed(before, place, after) == expected


def test_a_cut_spares_composed_characters() -> None:
    """A family, a flag, a skin tone or an accent is shown whole or not at all."""
    family = "👩‍👩‍👧‍👦"
    assert _pointed(family * 20, "--x", "").removeprefix("… ").startswith(family)
    assert _pointed("", "--x", "a" + "👍🏽" * 40).removesuffix(" …").endswith("👍🏽")
    assert _pointed("", "--x", "a" + "e\u0301" * 40).removesuffix(" …").endswith("e\u0301")
    assert _pointed("", "--x", "a" * (AROUND - 1) + "🇯🇵" + "a" * 9).removesuffix(" …").endswith("🇯🇵")


def test_a_long_place_is_shortened_in_its_middle() -> None:
    """A place of any length takes one line."""
    place = "--" + "x" * 10_000 + "y"
    assert len(shortened(place)) == LONGEST_PLACE + 1
    assert shortened(place).startswith("--x")
    assert shortened(place).endswith("xy")
    assert shortened("x" * LONGEST_PLACE) == "x" * LONGEST_PLACE


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50))
def test_any_span_gives_one_short_line(text: str, start: int, end: int) -> None:
    """Whatever is pointed at, even beside the text, comes out as one line of bounded length."""
    shown = point_at(text, Span(start, end))
    assert "‹" in shown
    assert "›" in shown
    assert len(shown) <= 2 * AROUND + LONGEST_PLACE + 3 * 16 + 7
    assert shown.splitlines() == [shown]


@given(prompt_texts.messages)
def test_a_problem_is_shown_where_it_stands(text: str) -> None:
    """What stands between the marks is what the problem is about."""
    problem = parse_prompt(text)
    if isinstance(problem, Problem) and text.isprintable() and len(problem.subject) < LONGEST_PLACE:
        assert f"‹{text[problem.span.start : problem.span.end]}›" in point_at(text, problem.span)
