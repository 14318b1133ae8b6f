"""The random world has teeth: change any one cell of the table, and it notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.domain import edit_thread as machine
from core.domain.edit_thread import TABLE, Cell, ImpossibleMove, State
from core.domain.events import CancelRequested, ThreadClosed
from tests.domain.edit_thread_walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

WORLDS = 200
STEPS = 80

Key = tuple[State, type[Any]]

SAME_BY_ANOTHER_NAME: dict[Key, Cell[Any]] = {
    # At rest nothing waits, so that dropping what is named says the same.
    (State.IDLE, CancelRequested): machine.DROP_NAMED,
    # Going to CANCELLING from CANCELLING is staying.
    (State.CANCELLING, ThreadClosed): machine.CLOSE_ASK,
    # Closing what is closed is staying too.
    (State.CLOSED, ThreadClosed): machine.CLOSE,
}


def neighbours(key: Key) -> list[Cell[Any]]:
    """All that could stand in a cell by mistake: nothing, BUG, or another cell of its row."""
    row = [TABLE[state, key[1]] for state in State]
    others = {id(cell): cell for cell in (machine.IGNORE, machine.BUG, *row) if cell != TABLE[key]}
    return list(others.values())


def is_noticed(key: Key, cell: Cell[Any]) -> bool:
    """Whether a world in which this cell stands there comes apart."""
    table = {**TABLE, key: cell}
    for seed in range(WORLDS):
        try:
            Walk(seed, table).run(STEPS)
        except (AssertionError, ImpossibleMove, KeyError):
            return True
    return False


@pytest.mark.parametrize("key", TABLE, ids=lambda key: f"{key[1].__name__}-{key[0]}")
def test_a_changed_cell_is_noticed(key: Key) -> None:
    """Whatever else stands in a cell, the random world finds out."""
    unnoticed = [cell.text for cell in neighbours(key) if not is_noticed(key, cell)]
    twin = SAME_BY_ANOTHER_NAME.get(key)
    assert unnoticed == ([] if twin is None else [twin.text])


RULES: dict[str, Callable[..., object]] = {
    "_is_known": lambda *_: False,
    "_is_late": lambda *_: False,
    "_column_while_cancelling": lambda *_, has_hold: State.CANCELLING,  # noqa: ARG005 - takes what it ignores
}


@pytest.mark.parametrize("rule", RULES)
def test_a_missing_rule_is_noticed(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules in front of the table, on repeats and late facts, are needed as well."""
    monkeypatch.setattr(machine, rule, RULES[rule])
    key = (State.IDLE, ThreadClosed)
    assert is_noticed(key, TABLE[key])
