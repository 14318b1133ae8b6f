from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.prompt.model import Options, Problem, ProblemCode, Prompt, Span
from core.domain.prompt.options import OPTIONS
from core.domain.prompt.parser import MAX_CHARACTERS, parse_prompt
from core.domain.prompt.spelling import nearest, slips
from core.domain.shape import Ratio
from tests.domain.prompt import prompt_texts


def _problem(text: str) -> Problem:
    problem = parse_prompt(text)
    assert isinstance(problem, Problem), problem
    return problem


def _place(text: str, problem: Problem) -> str:
    return text[problem.span.start : problem.span.end]


@pytest.mark.parametrize(
    ("text", "code", "place", "suggestion"),
    [
        ("a fox --qualty high", ProblemCode.UNKNOWN_OPTION, "--qualty", "--quality"),
        ("a fox --aspct 1:1", ProblemCode.UNKNOWN_OPTION, "--aspct", "--aspect"),
        ("a fox --ratio 1:1", ProblemCode.UNKNOWN_OPTION, "--ratio", "--ar"),
        ("a fox --negative hat", ProblemCode.UNKNOWN_OPTION, "--negative", "--no"),
        ("a fox --trans", ProblemCode.UNKNOWN_OPTION, "--trans", "--transparent"),
        ("a fox --n4", ProblemCode.UNKNOWN_OPTION, "--n4", "--n 4"),
        ("a fox --ar16:9", ProblemCode.UNKNOWN_OPTION, "--ar16", "--ar 16"),
        ("a fox --stylize 5", ProblemCode.UNKNOWN_OPTION, "--stylize", None),
        ("猫--foo", ProblemCode.UNKNOWN_OPTION, "--foo", None),
        ("a --größe 2k", ProblemCode.UNKNOWN_OPTION, "--größe", None),
        ("a fox --ar", ProblemCode.MISSING_VALUE, "--ar", "--ar 16:9"),
        ("a fox --ar --draft", ProblemCode.MISSING_VALUE, "--ar", "--ar 16:9"),
        ("a fox --ar —draft", ProblemCode.MISSING_VALUE, "--ar", "--ar 16:9"),
        ('a fox --ar "16:9"', ProblemCode.MISSING_VALUE, "--ar", "--ar 16:9"),
        ("a fox --no", ProblemCode.MISSING_VALUE, "--no", "--no text"),
        ("a fox --no , --draft", ProblemCode.MISSING_VALUE, "--no", "--no text"),
        ("a fox -n", ProblemCode.MISSING_VALUE, "-n", "-n 4"),
        ("a fox --ar 16:", ProblemCode.BAD_RATIO, "16", None),
        ("a fox --ar 5:1", ProblemCode.BAD_RATIO, "5:1", "3:1"),
        ("a fox --ar 1:4", ProblemCode.BAD_RATIO, "1:4", "1:3"),
        ("a fox --ar 0:4", ProblemCode.BAD_RATIO, "0:4", None),
        ("a fox --ar sqare", ProblemCode.BAD_RATIO, "sqare", "square"),
        ("a fox --ar 宽的", ProblemCode.BAD_RATIO, "宽的", None),
        ("a fox --ar宽", ProblemCode.BAD_RATIO, "宽", None),
        ("a fox --size 8k", ProblemCode.BAD_SIZE, "8k", "4k"),
        ("a fox --size 1920x1080", ProblemCode.BAD_SIZE, "1920x1080", "1920x1088"),
        ("a fox --size 0x0", ProblemCode.BAD_SIZE, "0x0", None),
        ("a fox --size 1024", ProblemCode.BAD_SIZE, "1024", "1024x1024"),
        ("a fox --quality max", ProblemCode.BAD_VALUE, "max", "high"),
        ("a fox --quality hgih", ProblemCode.BAD_VALUE, "hgih", "high"),
        ("a fox --format gif", ProblemCode.BAD_VALUE, "gif", None),
        ("a fox --format jpge", ProblemCode.BAD_VALUE, "jpge", "jpeg"),
        ("a fox --draft=no", ProblemCode.BAD_VALUE, "--draft=no", "--draft"),
        ("a fox --n 9", ProblemCode.BAD_COUNT, "9", "8"),
        ("a fox --n 0", ProblemCode.BAD_COUNT, "0", "1"),
        ("a fox -n -3", ProblemCode.BAD_COUNT, "-3", "1"),
        ("a fox --n two", ProblemCode.BAD_COUNT, "two", None),
        ("a fox --n 99999999999999999999", ProblemCode.BAD_COUNT, "99999999999999999999", None),
        ("a fox --seed 42 in snow", ProblemCode.NO_SEEDS, "--seed 42", None),
        ("a fox --seed", ProblemCode.NO_SEEDS, "--seed", None),
        ("a fox --web", ProblemCode.NOT_YET, "--web", None),
        ("a fox --kit acme", ProblemCode.NOT_YET, "--kit", None),
        ("--scenes a | b", ProblemCode.NOT_YET, "--scenes", None),
        ("a fox --ref https://example.org/a.png", ProblemCode.NOT_YET, "--ref", None),
        ("a fox —private", ProblemCode.NOT_YET, "—private", None),
        ("  \n ", ProblemCode.EMPTY, "  \n ", None),
        ("--draft", ProblemCode.EMPTY, "--draft", None),
    ],
)
def test_every_mistake_is_refused(text: str, code: ProblemCode, place: str, suggestion: str | None) -> None:
    """A mistake is named, pointed at, and answered with what was probably meant."""
    problem = _problem(text)
    assert (problem.code, _place(text, problem), problem.suggestion) == (code, place, suggestion)


@pytest.mark.parametrize(
    ("text", "later", "earlier", "suggestion"),
    [
        ("a --transparent --format jpeg", "--format jpeg", "--transparent", "--format png"),
        ("a --format jpg --transparent", "--transparent", "--format jpg", None),
        ("a --draft --quality high", "--quality high", "--draft", "--quality low"),
        ("a --size 4k --draft", "--draft", "--size 4k", None),
        ("a --draft --size 1024x1024", "--size 1024x1024", "--draft", "--size 1k"),
        ("a --ar 1:1 --size 1024x1024", "--size 1024x1024", "--ar 1:1", None),
    ],
)
def test_conflicts_name_both_options(text: str, later: str, earlier: str, suggestion: str | None) -> None:
    """Two options that cannot stand together are both named, the later one pointed at."""
    problem = _problem(text)
    assert problem.code is ProblemCode.CONFLICT
    assert (problem.subject, problem.other, problem.suggestion) == (later, earlier, suggestion)
    assert _place(text, problem) == later


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("a --ar 1:1 --aspect 2:3", "--aspect 2:3", "--ar 1:1"),
        ("a -n 2 --n 2", "--n 2", "-n 2"),
        ("a --draft —draft", "—draft", "--draft"),
    ],
)
def test_an_option_said_twice_is_refused(text: str, second: str, first: str) -> None:
    """Which of the two counts would be a guess, so nobody guesses."""
    problem = _problem(text)
    assert (problem.code, problem.subject, problem.other) == (ProblemCode.REPEATED, second, first)


def test_control_characters_do_not_shift_the_place() -> None:
    """A problem is pointed at in the text as received, whatever was dropped from it."""
    text = "a\x00\x00 fox\r\n\r\n--qua\x01lty high"
    problem = _problem(text)
    assert _place(text, problem) == "--qua\x01lty"
    assert problem.subject == "--qualty"


def test_too_long_is_refused_and_never_cut() -> None:
    """One code point over 32,000 is refused, with the length said and the surplus pointed at."""
    assert isinstance(parse_prompt("猫" * MAX_CHARACTERS), Prompt)
    problem = _problem("猫" * (MAX_CHARACTERS + 1))
    assert problem == Problem(ProblemCode.TOO_LONG, Span(32_000, 32_001), subject="32001")


def test_an_edit_may_be_options_alone() -> None:
    """Where words may be missing, an option is enough and nothing at all still is not."""
    assert parse_prompt("--ar 16:9", may_lack_words=True) == Prompt("", options=Options(ratio=Ratio(16, 9)))
    empty = parse_prompt(" ", may_lack_words=True)
    assert isinstance(empty, Problem)
    assert empty.code is ProblemCode.EMPTY


@given(st.text(alphabet="abcdefgrstz-", min_size=1, max_size=12), prompt_texts.plain_words)
def test_unknown_options_are_always_refused(letters: str, after: str) -> None:
    """Two dashes and a name nobody knows are refused, and exactly they are pointed at."""
    name = "x" + "-".join(part for part in letters.split("-") if part)
    text = f"a fox --{name} {after}"
    problem = _problem(text)
    assert name not in OPTIONS
    assert (problem.code, _place(text, problem)) == (ProblemCode.UNKNOWN_OPTION, f"--{name}")


@given(prompt_texts.messages)
def test_a_suggestion_repairs_its_problem(text: str) -> None:
    """Put in the place pointed at, a suggestion is never refused again for the same reason."""
    problem = parse_prompt(text)
    if isinstance(problem, Problem) and problem.suggestion is not None:
        start, end = problem.span.start, problem.span.end
        again = parse_prompt(text[:start] + problem.suggestion + text[end:], may_lack_words=True)
        assert not (isinstance(again, Problem) and again.code is problem.code and again.span.start == start)


def test_long_nonsense_is_quoted_shortly() -> None:
    """What is repeated to the person stays a line long, however long the nonsense was."""
    problem = _problem(f"a --x{'y' * 20_000}")
    assert len(problem.subject) < 70
    assert problem.suggestion is None


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        ("", "", 0),
        ("ar", "ra", 1),
        ("size", "siez", 1),
        ("draft", "drft", 1),
        ("no", "size", 4),
        ("abc", "", 3),
    ],
)
def test_slips_are_counted(left: str, right: str, count: int) -> None:
    """Missing, extra, wrong and swapped letters count one each."""
    assert slips(left, right) == slips(right, left) == count


def test_nothing_is_offered_that_is_not_near() -> None:
    """A guess from far away would be worse than none."""
    assert nearest("zzzzzz", ("quality", "size")) is None
    assert nearest("x", ("q", "n")) is None
    assert nearest("quality" * 10, ("quality",)) is None
    assert nearest("quality", ()) is None
