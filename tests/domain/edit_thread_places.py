"""Where the head has been, told the way a browser tells it: one list of places and a finger on it.

Written apart from `core.domain.lineage`, which keeps two trails, so that one can be checked by the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.domain.events import GoToMove, Move, RedoMove, UndoMove, UseMove
from core.domain.lineage import LETTERS, Head

if TYPE_CHECKING:
    from core.domain.lineage import Revision


@dataclass(slots=True)
class Places:
    """The revisions there are, and the places the head has been at."""

    revisions: list[Revision] = field(default_factory=list)
    visited: list[Head] = field(default_factory=list)
    finger: int = -1
    forgotten: set[int] = field(default_factory=set)

    @property
    def head(self) -> Head | None:
        """Where the head is now."""
        return self.visited[self.finger] if self.visited else None

    def visit(self, head: Head) -> None:
        """Go somewhere new; what could be redone is forgotten."""
        if head != self.head:
            self.visited[self.finger + 1 :] = [head]
            self.finger += 1

    def problem_with(self, head: Head) -> str | None:
        """The notice for a head that points nowhere."""
        candidates = {revision.number: revision.candidates for revision in self.revisions}
        if head.revision not in candidates:
            return "no_such_revision"
        if head.revision in self.forgotten:
            return "revision_forgotten"
        if head.letter not in LETTERS[: candidates[head.revision]]:
            return "no_such_candidate"
        return None

    def forget(self, numbers: frozenset[int]) -> None:
        """Strike revisions from the list of places; the finger moves to a place that is left."""
        self.forgotten |= numbers & {revision.number for revision in self.revisions}
        here = self._next_of_kin(self.head)
        places = [*self.visited[: self.finger], here, *self.visited[self.finger + 1 :]]
        left: list[Head] = []
        finger = -1
        for index, place in enumerate(places):
            if place is not None and place.revision not in self.forgotten and left[-1:] != [place]:
                left.append(place)
            if index == self.finger:
                finger = len(left) - 1
        self.visited, self.finger = ([], -1) if here is None else (left, finger)

    def _next_of_kin(self, head: Head | None) -> Head | None:
        """Up the family to the first that lives; where the whole line is gone, the youngest that lives."""
        if head is None:
            return None
        parents = {revision.number: revision.parent for revision in self.revisions}
        line: Head | None = head
        while line is not None and line.revision in self.forgotten:
            line = parents[line.revision]
        return line or max(
            (Head(number) for number in parents if number not in self.forgotten),
            key=lambda one: one.revision,
            default=None,
        )

    def move(self, move: Move) -> str:
        """Move as a person asked; the code of the notice that answers."""
        match move:
            case UndoMove():
                return self._slide(-1, "nothing_to_undo")
            case RedoMove():
                return self._slide(+1, "nothing_to_redo")
            case GoToMove(revision, letter):
                return self._go(Head(revision, letter or LETTERS[0]))
            case UseMove(letter):
                return self._go(Head(self.head.revision, letter)) if self.head else "no_such_candidate"

    def _slide(self, by: int, otherwise: str) -> str:
        if not 0 <= self.finger + by < len(self.visited):
            return otherwise
        self.finger += by
        return "moved_to"

    def _go(self, head: Head) -> str:
        problem = self.problem_with(head)
        if problem is None:
            self.visit(head)
        return problem or "moved_to"
