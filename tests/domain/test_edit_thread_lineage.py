"""Revisions, the head, and the trails of undo and redo."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.domain.edit_thread import EditThread, step
from core.domain.effects import Say
from core.domain.events import GoToMove, HeadMoved, Move, RedoMove, UndoMove, UseMove
from core.domain.ids import Letter, TurnId
from core.domain.lineage import LETTERS, MAX_TRAIL, Head, Lineage
from tests.domain.edit_thread_places import Places

LETTER = st.sampled_from(LETTERS)
MOVE = st.one_of(
    st.builds(UndoMove),
    st.builds(RedoMove),
    st.builds(GoToMove, st.integers(0, 5), st.none() | LETTER),
    st.builds(UseMove, LETTER),
)


def family(*candidates: int) -> Lineage:
    """Make one revision after another, each the child of the one before and each the head in its turn."""
    lineage = Lineage()
    for number, count in enumerate(candidates, start=1):
        lineage, revision = lineage.keep(TurnId(f"t{number}"), lineage.head, count)
        lineage = lineage.go_to(Head(revision.number))
    return lineage


def browser(lineage: Lineage) -> Places:
    """The same past, as a browser would keep it."""
    places = Places(list(lineage.revisions))
    for head in (*lineage.undo_trail, lineage.head):
        if head is not None:
            places.visit(head)
    return places


@given(st.lists(st.integers(1, 8), max_size=4), st.lists(MOVE, max_size=30))
def test_moves_go_where_a_browser_would(candidates: list[int], moves: list[Move]) -> None:
    """Undo, redo, go to and use answer and lead like the buttons of a browser."""
    thread = EditThread().with_lineage(family(*candidates))
    places = browser(thread.lineage)
    for move in moves:
        code = places.move(move)
        thread, (said,) = step(thread, HeadMoved(move))
        assert isinstance(said, Say)
        assert (said.code, thread.head) == (code, places.head)


@given(st.lists(st.integers(1, 8), min_size=2, max_size=6), st.integers(1, 5))
def test_redo_takes_back_undo(candidates: list[int], times: int) -> None:
    """As many redos as undos lead back to the very same thread."""
    lineage = family(*candidates)
    moved = lineage
    steps = min(times, len(candidates) - 1)
    for _ in range(steps):
        moved = moved.undo() or moved
    assert moved.head == Head(len(candidates) - steps)
    for _ in range(steps):
        moved = moved.redo() or moved
    assert moved == lineage


def test_undo_goes_to_where_the_head_was_not_to_the_parent() -> None:
    """After going back to v1, undo returns to v3, which v1 is not a child of."""
    gone = family(1, 1, 1).go_to(Head(1))
    undone = gone.undo()
    assert undone is not None
    assert undone.head == Head(3)


def test_going_where_one_is_leaves_no_trace() -> None:
    """Saying `v2` on v2 twice leaves one undo, not three, and keeps what can be redone."""
    lineage = family(1, 1, 1).undo()
    assert lineage is not None
    assert lineage.go_to(Head(2)) == lineage


def test_a_revision_that_is_kept_aside_moves_nothing() -> None:
    """A late picture is numbered and kept; head and trails stay as they were."""
    lineage = family(2, 2)
    kept, revision = lineage.keep(TurnId("late"), Head(1, Letter("b")), 4)
    assert (revision.number, revision.parent, revision.candidates) == (3, Head(1, Letter("b")), 4)
    assert (kept.head, kept.undo_trail, kept.redo_trail) == (
        lineage.head,
        lineage.undo_trail,
        lineage.redo_trail,
    )
    assert kept.revisions == (*lineage.revisions, revision)


@given(st.integers(-2, 6), LETTER)
def test_a_head_exists_only_where_there_is_a_candidate(number: int, letter: Letter) -> None:
    """A head exists if its revision was made and brought that many candidates."""
    lineage = family(1, 3, 8)
    brought = {1: "a", 2: "abc", 3: "abcdefgh"}.get(number, "")
    assert lineage.has(Head(number, letter)) == (letter in brought)


def test_the_trail_forgets_its_oldest_end() -> None:
    """Going to and fro for ever does not make the thread grow for ever."""
    lineage = family(1, 1)
    for number in range(MAX_TRAIL + 10):
        lineage = lineage.go_to(Head(1 + number % 2))
    assert len(lineage.undo_trail) == MAX_TRAIL
