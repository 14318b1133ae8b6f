"""The table: no cell is missing, and each does what the design says."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

import pytest

from core.domain.edit_thread import TABLE, EditThread, ImpossibleMove, State, new_thread, step
from core.domain.events import Event, GenerationFailed, GenerationSucceeded, Ticket
from core.domain.ids import ActorId, AttemptId, Micros, TurnId
from core.domain.lineage import Head
from core.domain.thread_state import MAX_ENDED
from tests.domain.edit_thread_examples import FAILURE, GENERATING, Example
from tests.domain.edit_thread_examples_people import EXAMPLES


def name_of(example: Example) -> str:
    """Name an example after its cell and its sentence."""
    return f"{type(example.event).__name__}-{example.given.state}-{example.sentence}"


def test_no_cell_is_missing() -> None:
    """Every state answers every type of event, and the table holds nothing else."""
    assert set(TABLE) == {(state, event) for state in State for event in get_args(Event)}


def test_every_cell_has_an_example() -> None:
    """No cell goes without an example of what it does."""
    assert {(example.given.state, type(example.event)) for example in EXAMPLES} == set(TABLE)


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_each_cell_does_what_the_design_says(example: Example) -> None:
    """A thread in this state makes exactly this move, or calls the fact our own fault."""
    if example.becomes is None:
        with pytest.raises(ImpossibleMove, match=type(example.event).__name__) as caught:
            step(example.given, example.event)
        assert (caught.value.state, caught.value.event) == (example.given.state, example.event)
    else:
        assert step(example.given, example.event) == (example.becomes, example.effects)


def test_a_thread_begins_at_rest_with_nothing() -> None:
    """A new thread has no turn, no revision and no head."""
    assert new_thread() == EditThread(
        state=State.IDLE,
        active=None,
        active_base=None,
        waiting=(),
        revisions=(),
        head=None,
        undo_trail=(),
        redo_trail=(),
        is_closing=False,
        reservation_id=None,
        ended=(),
    )


def test_a_thread_can_be_put_together_again_from_its_fields() -> None:
    """What stores a thread needs only its fields; their annotations can be read at run time."""
    fields = {name: getattr(GENERATING, name) for name in get_type_hints(EditThread)}
    assert EditThread(**fields) == GENERATING


def test_only_the_latest_endings_are_remembered() -> None:
    """Turns that came to nothing do not make the thread grow for ever."""
    many = tuple(TurnId(f"old{number}") for number in range(MAX_ENDED))
    ended, _ = step(replace(GENERATING, ended=many), FAILURE)
    assert ended.ended == (*many[1:], FAILURE.turn_id)


@pytest.mark.parametrize("candidates", [0, -1, 9])
def test_a_success_without_letters_cannot_be_said(candidates: int) -> None:
    """A revision has one to eight candidates."""
    with pytest.raises(ValueError, match="1 to 8 candidates"):
        GenerationSucceeded(TurnId("t"), AttemptId("a"), candidates)


@pytest.mark.parametrize(("attempt", "billed"), [(None, 1), ("a", -1)])
def test_money_without_an_attempt_cannot_be_said(attempt: str | None, billed: int) -> None:
    """What was billed has an attempt that answers for it, and is never negative."""
    with pytest.raises(ValueError, match="was billed"):
        GenerationFailed(TurnId("t"), AttemptId(attempt) if attempt else None, "why", Micros(billed))


def test_a_new_picture_cannot_start_from_an_old_one() -> None:
    """A picture from words alone names no base."""
    with pytest.raises(ValueError, match="names the base"):
        Ticket(TurnId("t"), ActorId("maria"), Head(1), is_generate=True)
