"""The bench itself works: every section gives its rows. No number is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.page import table, write_section
from tests.benchmarks.results import Result, Unit
from tests.benchmarks.scale import QUICK
from tests.benchmarks.sections import ROWS, SECTIONS, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.chaos
@pytest.mark.parametrize("name", SECTIONS)
def test_each_section_gives_all_its_rows(name: str) -> None:
    """A quick run measures everything that the table promises."""
    names = [result.name for result in run(name, QUICK)]
    assert [row for row in ROWS[name] if not any(one.startswith(row) for one in names)] == []


def test_the_parser_is_measured() -> None:
    """The cheapest section runs with every test run, so that the bench cannot rot unseen."""
    assert tuple(result.name for result in run("parser", QUICK)) == ROWS["parser"]


@pytest.mark.parametrize(("value", "verdict"), [(59.0, "met"), (60.0, "**missed**"), (61.0, "**missed**")])
def test_a_target_is_met_only_below_it(value: float, verdict: str) -> None:
    """Under 60 ms means under."""
    assert Result("a row", value, Unit.MILLISECONDS, 60).verdict == verdict


def test_only_what_is_between_the_markers_is_replaced(tmp_path: Path) -> None:
    """Writing a section twice leaves one table, and every other word of the page."""
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- begin x -->\n<!-- end x -->\nafter\n")
    results = [Result("a row", 1.5, Unit.TIMES, 2)]
    for _ in range(2):
        write_section(page, "x", results, "a machine")
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert text.count(table(results)) == 1


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    """A section that has no place on the page is an error, not a silent loss."""
    page = tmp_path / "page.md"
    page.write_text("nothing here\n")
    with pytest.raises(ValueError, match="no markers"):
        write_section(page, "x", [], "a machine")
    assert page.read_text() == "nothing here\n"
