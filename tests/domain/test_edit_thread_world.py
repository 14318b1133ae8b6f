"""The machine in a random world: ledger, jobs, deliveries, people, and facts that come late or twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.edit_thread import TABLE, Cell, EditThread, State, Step, Table
from tests.domain.edit_thread_walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

WORLDS = 150
STEPS = 80


@given(seed=st.integers(0, 2**32))
@settings(max_examples=100)
def test_what_always_holds_holds_in_any_world(seed: int) -> None:
    """All seven invariants hold after every step of every walk, and when it comes to rest."""
    Walk(seed).run(STEPS)


Reached = dict[tuple[State, type[Any]], set[State]]


def recording(reached: Reached) -> Table:
    """Make the table with cells that note where they lead."""

    def noting(key: tuple[State, type[Any]], cell: Cell[Any]) -> Callable[[EditThread, Any], Step]:
        def act(thread: EditThread, event: Any) -> Step:  # noqa: ANN401 - each cell takes its own event
            reached[key].add(key[0])
            moved, effects = cell.act(thread, event)
            reached[key].add(moved.state if thread.state is key[0] else key[0])
            return moved, effects

        return act

    return {key: replace(cell, act=noting(key, cell)) for key, cell in TABLE.items()}


@pytest.fixture(scope="module")
def reached() -> Reached:
    """Where each cell led in many worlds, its own state included."""
    found: Reached = defaultdict(set)
    table = recording(found)
    for seed in range(WORLDS):
        Walk(seed, table).run(STEPS)
    return found


def test_the_random_world_visits_every_cell(reached: Reached) -> None:
    """No cell of the table is out of the random world's reach."""
    assert set(reached) == set(TABLE)


def test_cells_lead_where_the_table_says(reached: Reached) -> None:
    """Each cell leads to every state it names and to no other; the diagram is drawn from that."""
    ends_of_turns: set[State] = set()
    for key, cell in TABLE.items():
        left_for = reached[key] - {key[0]}
        if "next" in cell.leads_to:
            ends_of_turns |= left_for
            assert left_for, key
        else:
            assert left_for == set(cell.leads_to) - {key[0]}, key
    assert ends_of_turns == {State.IDLE, State.RESERVING, State.CLOSED}


def test_the_random_world_keeps_pictures() -> None:
    """The walks are not idle: most worlds make several revisions, and some end closed."""
    worlds = [Walk(seed) for seed in range(40)]
    for world in worlds:
        world.run(STEPS)
    revisions = [len(walk.world.thread.revisions) for walk in worlds]
    assert sorted(revisions)[len(revisions) // 2] >= 3
    assert {walk.world.thread.state for walk in worlds} == {State.IDLE, State.CLOSED}
