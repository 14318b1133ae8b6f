from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from core.domain.prompt.compiler import compile_prompt
from core.domain.prompt.directives import parse_reply
from core.domain.prompt.marks import point_at
from core.domain.prompt.model import Problem
from core.domain.prompt.parser import parse_prompt
from core.domain.prompt.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

# What somebody would send who wants the parser to choke.
_UNITS = (
    "“", "„", "„a“", '"', '" ', '"a" ', "「『«", "-", "—", "- ", "-- ", "—n", "–a", "-n ", "--no a ",
    '--no "a, b" ', ",", "a,", "--ar",
    "--ar = ", "16:9 ", "1:1", "4k ", "透明背景", "transparent background ", "1", ":", "@", ":a", "//",
    " ", "\n", "\0", "👩‍", "İ", "a-", "猫",
    "v2:", "e\u0301", "=",
)  # fmt: skip
_STARTS = ("", "--no ", "--ar ", "v2: “a” ")


def _work(text: str) -> None:
    parsed = parse_prompt(text)
    parse_reply(text)
    if isinstance(parsed, Problem):
        point_at(text, parsed.span)
    else:
        render(parsed)
        compile_prompt(parsed, is_edit=True)


def _calls(work: Callable[[str], None], text: str) -> int:
    """Count the calls that the work makes, Python's and C's: a measure that no busy machine disturbs."""
    count = 0

    def note(_frame: object, event: str, _given: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("start", _STARTS)
@pytest.mark.parametrize("unit", _UNITS)
def test_work_grows_with_the_text_and_no_faster(start: str, unit: str) -> None:
    """Eight times the text takes at most nine times the calls, however nasty the text."""
    short, long = ((start + unit * size)[:size] for size in (200, 1_600))
    assert _calls(_work, long) <= 9 * _calls(_work, short)
