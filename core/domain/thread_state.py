"""What an edit thread remembers between two facts.

Owns the thread's value and the fault that no fact should cause. Must never learn how a thread moves:
that stands in `edit_thread.py` and `thread_moves.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from core.domain.effects import Effect
from core.domain.events import Event, Ticket  # noqa: TC001 - what stores a thread may read its annotations
from core.domain.ids import ReservationId, TurnId  # noqa: TC001 - the same
from core.domain.lineage import Head, Lineage, Revision

MAX_WAITING = 3
"""How many turns may wait behind the active one."""

MAX_ENDED = 100
"""How many turns that made nothing are remembered; a repeat comes within minutes, not months."""


class State(StrEnum):
    """What the thread is busy with. RESERVING lasts no longer than one transaction."""

    IDLE = "idle"
    RESERVING = "reserving"
    GENERATING = "generating"
    DELIVERING = "delivering"
    CANCELLING = "cancelling"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class EditThread:
    """All that the machine remembers, as plain values: two threads with equal fields are the same thread.

    `active_base` is what the active turn's job started from, `reservation_id` the hold it has; both are
    None before it starts and after it ends. `is_closing` is only true on the way to CLOSED.
    `undo_trail` and `redo_trail` have their newest head last. `ended` names the latest turns
    that ended without a revision, so that asking for them again is known as a repeat. `forgotten` are the
    numbers of revisions of which nothing is left but the number.
    """

    state: State = State.IDLE
    active: Ticket | None = None
    active_base: Head | None = None
    waiting: tuple[Ticket, ...] = ()
    revisions: tuple[Revision, ...] = ()
    head: Head | None = None
    undo_trail: tuple[Head, ...] = ()
    redo_trail: tuple[Head, ...] = ()
    is_closing: bool = False
    reservation_id: ReservationId | None = None
    ended: tuple[TurnId, ...] = ()
    forgotten: tuple[int, ...] = ()

    @property
    def lineage(self) -> Lineage:
        """The revisions and the head, apart from what is going on."""
        return Lineage(self.revisions, self.head, self.undo_trail, self.redo_trail, self.forgotten)

    def with_lineage(self, lineage: Lineage) -> EditThread:
        """Return the same thread with these revisions and this head."""
        return replace(
            self,
            revisions=lineage.revisions,
            head=lineage.head,
            undo_trail=lineage.undo_trail,
            redo_trail=lineage.redo_trail,
            forgotten=lineage.forgotten,
        )

    @property
    def in_use(self) -> frozenset[int]:
        """The revisions that running and waiting turns start from, and the one that is being delivered."""
        tickets = (*self.waiting, *((self.active,) if self.active is not None else ()))
        bases = (self.active_base, *(ticket.base for ticket in tickets))
        made_now = (one for one in self.revisions[-1:] if self.active and one.turn_id == self.active.turn_id)
        return frozenset(base.revision for base in bases if base) | {one.number for one in made_now}


class ImpossibleMove(Exception):  # noqa: N818 - named for what happened, as the table's BUG cells are
    """A fact that cannot be true in this state: our own fault, never a person's. Nothing was changed."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{type(event).__name__} cannot happen while {state}: {event}")
        self.state = state
        self.event = event


Step = tuple[EditThread, tuple[Effect, ...]]
"""The thread after a fact, and the work to do, in order."""
