"""docs/edit-thread.md shows the table that runs.

`INKTHREAD_REWRITE_DOCS=1 pytest tests/docs` draws the page again.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, get_args

import pytest

from core.domain.edit_thread import TABLE, State
from core.domain.effects import Effect, ThreadNotice
from core.domain.events import Event

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = get_args(Event)
NEXT = (
    ("CLOSED", "closing"),
    ("RESERVING", "a turn waits"),
    ("IDLE", "nothing waits"),
)


def table_lines() -> list[str]:
    """The table in Markdown: a row an event, a column a state."""
    names = [state.name for state in State]
    rows = [[event.__name__, *(TABLE[state, event].text for state in State)] for event in EVENTS]
    lines = [["Event", *names], ["---"] * (len(names) + 1), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def arrows() -> list[tuple[str, str, str]]:
    """Every way from one state to another: from, to, and the event that leads there."""
    return [
        (state.name, target if target == "next" else State(target).name, event.__name__)
        for (state, event), cell in TABLE.items()
        for target in cell.leads_to
        if target != state
    ]


def diagram_lines() -> list[str]:
    """The states and the ways between them, as a Mermaid diagram; events that lead alike share an arrow."""
    ways = sorted(arrows(), key=lambda arrow: (list(State.__members__).index(arrow[0]), arrow[1]))
    drawn = [
        f"    {start} --> {end}: {', '.join(event for *_, event in same)}"
        for (start, end), same in groupby(ways, key=lambda arrow: arrow[:2])
    ]
    onward = [f"    next --> {state}: {reason}" for state, reason in NEXT]
    return [
        "```mermaid",
        "stateDiagram-v2",
        "    state next <<choice>>",
        "    [*] --> IDLE",
        *drawn,
        *onward,
        "```",
    ]


DRAWN = {"table": table_lines, "diagram": diagram_lines}


def up_to_date(text: str) -> str:
    """The page with each drawn block drawn again."""
    for name, draw in DRAWN.items():
        before, rest = text.split(f"<!-- drawn: {name} -->\n")
        _outdated, after = rest.split(f"<!-- end: {name} -->")
        drawn = "\n".join(draw())
        text = f"{before}<!-- drawn: {name} -->\n\n{drawn}\n\n<!-- end: {name} -->{after}"
    return text


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> Path:
    """The page about the edit thread."""
    found: Path = request.config.rootpath / "docs" / "edit-thread.md"
    return found


def test_the_page_shows_the_table_that_runs(page: Path) -> None:
    """The table and the diagram in the docs are those of the code, to the letter."""
    text = page.read_text(encoding="utf-8")
    current = up_to_date(text)
    if os.environ.get("INKTHREAD_REWRITE_DOCS") == "1":
        page.write_text(current, encoding="utf-8")
        text = current
    assert text == current, "out of date: run INKTHREAD_REWRITE_DOCS=1 pytest tests/docs"


def test_an_outdated_page_is_noticed(page: Path) -> None:
    """A cell or an arrow that the code does not have is drawn over."""
    text = page.read_text(encoding="utf-8")
    for piece in ("JobCancelled", "GENERATING --> next", '"nothing_to_cancel"'):
        assert up_to_date(text.replace(piece, "something else")) != text.replace(piece, "something else")


def test_the_page_names_every_effect_and_notice(page: Path) -> None:
    """Nothing the machine can ask for goes unmentioned."""
    text = page.read_text(encoding="utf-8")
    names = [*(effect.__name__ for effect in get_args(Effect)), *(f'"{notice}"' for notice in ThreadNotice)]
    assert [name for name in names if name not in text] == []
