"""How one picture is worked on in one place: the table, and `step`, which every move goes through.

Owns which move answers which fact in which state, and which facts are late or repeated. Pure and
synchronous: facts in, work out. Must never learn the clock, a platform, a price, a person's words, or
how any of the work is done. The table and the picture in `docs/edit-thread.md` are drawn from `TABLE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Generic, Literal, TypeVar

from core.domain import thread_moves as moves
from core.domain.effects import ThreadNotice
from core.domain.events import (
    CancelRequested,
    Delivered,
    DeliveryFailed,
    Event,
    GenerationFailed,
    GenerationSucceeded,
    HeadMoved,
    JobCancelled,
    ReservationGranted,
    ReservationRefused,
    RevisionsForgotten,
    ThreadClosed,
    Ticket,
    TurnRequested,
)
from core.domain.lineage import Head, Revision
from core.domain.thread_state import MAX_WAITING, EditThread, ImpossibleMove, State, Step

__all__ = [
    "MAX_WAITING",
    "TABLE",
    "Cell",
    "EditThread",
    "Head",
    "ImpossibleMove",
    "Revision",
    "State",
    "Step",
    "Table",
    "Ticket",
    "new_thread",
    "step",
]

Fact_contra = TypeVar("Fact_contra", contravariant=True)

Target = State | Literal["next"]
"""Where a cell can lead: a state, or wherever the end of a turn leads."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[Fact_contra]):
    """What one fact does in one state.

    `text` is the cell as the documentation prints it. `leads_to` lists where it can move the thread;
    empty means that it always stays.
    """

    text: str
    act: Callable[[EditThread, Fact_contra], Step]
    leads_to: tuple[Target, ...] = ()


Table = Mapping[tuple[State, type[Any]], Cell[Any]]
"""One cell for every state and every type of event."""

# The cells. Short names, so that the table below can be read across.

IGNORE: Final[Cell[Event]] = Cell(".", moves.stay)
BUG: Final[Cell[Event]] = Cell("BUG", moves.our_fault)
BUSY: Final[Cell[Event]] = Cell('"busy"', moves.answer(ThreadNotice.BUSY))
SAY_CLOSED: Final[Cell[Event]] = Cell('"closed"', moves.answer(ThreadNotice.CLOSED))
NO_CANCEL: Final[Cell[Event]] = Cell('"nothing_to_cancel"', moves.answer(ThreadNotice.NOTHING_TO_CANCEL))

BEGIN: Final = Cell("RESERVING; Reserve", moves.begin, (State.RESERVING,))
QUEUE_UP: Final = Cell('wait "queued", or "busy" when full; "closed" when closing', moves.queue_up)
TELL_CLOSED: Final = Cell('"closed"', moves.ask_in_closed)

START: Final = Cell(
    "GENERATING; StartJob (base = head, or the turn's own base)", moves.start, (State.GENERATING,)
)
TURN_AWAY: Final = Cell('next; "over_quota"', moves.turn_away, ("next",))
GIVE_BACK: Final = Cell('next; Release, "cancelled"', moves.give_back, ("next",))
END_UNHELD: Final = Cell('next; "cancelled"', moves.end_unheld, ("next",))

RECORD: Final = Cell(
    "DELIVERING; KeepRevision, head moves; Settle, Deliver", moves.record, (State.DELIVERING,)
)
KEEP_ASIDE: Final = Cell(
    'next; KeepRevision, head stays; Settle, "cancelled_late"', moves.record_beside_head, ("next",)
)
LATE: Final = Cell("late: WriteOff unless the attempt is closed", moves.write_off_late)
FAIL: Final = Cell("next; Release, WriteOff (billed), why", moves.fail, ("next",))
END_FAILED: Final = Cell('next; Release, WriteOff (billed), "cancelled"', moves.fail_cancelled, ("next",))
CALL_OFF: Final = Cell('next; Release, "cancelled"', moves.call_off, ("next",))

FINISH: Final = Cell("next", moves.finish, ("next",))
UNSEEN: Final = Cell('next; the Revision stays ("show" posts it again)', moves.finish, ("next",))

MOVE_HEAD: Final = Cell(
    'head moves, "moved_to"; or "nothing_to_undo", "nothing_to_redo", '
    '"no_such_revision", "no_such_candidate", "revision_forgotten"',
    moves.move_head,
)
CANCEL_ASK: Final = Cell(
    'named waiting turns drop; the active one, if named: CANCELLING; else "nothing_to_cancel"',
    moves.cancel_without_job,
    (State.CANCELLING,),
)
CANCEL_JOB: Final = Cell(
    'named waiting turns drop; the active one, if named: CANCELLING, CancelJob; else "nothing_to_cancel"',
    moves.cancel_job,
    (State.CANCELLING,),
)
DROP_NAMED: Final = Cell('named waiting turns drop, else "nothing_to_cancel"', moves.cancel_waiting)

CLOSE: Final = Cell("CLOSED", moves.close, (State.CLOSED,))
CLOSE_ASK: Final = Cell("CANCELLING, closing; waiting turns drop", moves.close_reserving, (State.CANCELLING,))
CLOSE_JOB: Final = Cell(
    "CANCELLING, closing; waiting turns drop; CancelJob", moves.close_generating, (State.CANCELLING,)
)
CLOSE_AFTER: Final = Cell("closing; waiting turns drop", moves.close_after)

FORGET: Final = Cell(
    'revisions forgotten, a forgotten head moves to one that is left; or "busy" while a turn uses one',
    moves.forget,
)


def _row(event: type[Fact_contra], *cells: Cell[Fact_contra]) -> dict[tuple[State, type[Any]], Cell[Any]]:
    """One row of the table: the event, then its cells in the order of `State`."""
    return {(state, event): cell for state, cell in zip(State, cells, strict=True)}


# fmt: off
TABLE: Final[Table] = MappingProxyType({
    #                           IDLE       RESERVING   GENERATING  DELIVERING   CANCELLING   CLOSED
    **_row(TurnRequested,       BEGIN,     QUEUE_UP,   QUEUE_UP,   QUEUE_UP,    QUEUE_UP,    TELL_CLOSED),
    **_row(ReservationGranted,  BUG,       START,      BUG,        BUG,         GIVE_BACK,   BUG),
    **_row(ReservationRefused,  BUG,       TURN_AWAY,  BUG,        BUG,         END_UNHELD,  BUG),
    **_row(GenerationSucceeded, LATE,      LATE,       RECORD,     LATE,        KEEP_ASIDE,  LATE),
    **_row(GenerationFailed,    IGNORE,    IGNORE,     FAIL,       IGNORE,      END_FAILED,  IGNORE),
    **_row(JobCancelled,        IGNORE,    IGNORE,     CALL_OFF,   IGNORE,      CALL_OFF,    IGNORE),
    **_row(Delivered,           IGNORE,    IGNORE,     IGNORE,     FINISH,      IGNORE,      IGNORE),
    **_row(DeliveryFailed,      IGNORE,    IGNORE,     IGNORE,     UNSEEN,      IGNORE,      IGNORE),
    **_row(HeadMoved,           MOVE_HEAD, BUSY,       BUSY,       BUSY,        BUSY,        SAY_CLOSED),
    **_row(CancelRequested,     NO_CANCEL, CANCEL_ASK, CANCEL_JOB, DROP_NAMED,  CANCEL_ASK,  IGNORE),
    **_row(ThreadClosed,        CLOSE,     CLOSE_ASK,  CLOSE_JOB,  CLOSE_AFTER, CLOSE_AFTER, IGNORE),
    **_row(RevisionsForgotten,  FORGET,    FORGET,     FORGET,     FORGET,      FORGET,      FORGET),
})
# fmt: on


def new_thread() -> EditThread:
    """Return a thread in which nothing has been asked yet."""
    return EditThread()


def step(thread: EditThread, event: Event, *, table: Table = TABLE) -> Step:
    """Tell the thread one fact; return it as it is now, and the work to do in order.

    Raises ImpossibleMove for a verdict that nobody is waiting for; the caller then saves nothing. Only the
    machine's own tests pass another `table`.
    """
    if isinstance(event, TurnRequested) and _is_known(thread, event.turn):
        return thread, ()
    return table[_column(thread, event), type(event)].act(thread, event)


def _is_known(thread: EditThread, turn: Ticket) -> bool:
    """Whether the turn was accepted before, so that asking for it again is a repeat."""
    present = {ticket.turn_id for ticket in (thread.active, *thread.waiting) if ticket is not None}
    made = {revision.turn_id for revision in thread.revisions}
    return turn.turn_id in present | made or turn.turn_id in thread.ended


def _column(thread: EditThread, event: Event) -> State:
    """Choose the column that answers: the thread's own, or the one a late fact would have found."""
    if _is_late(thread, event):
        return State.IDLE
    if thread.state is State.CANCELLING:
        return _column_while_cancelling(event, has_hold=thread.reservation_id is not None)
    return thread.state


def _is_late(thread: EditThread, event: Event) -> bool:
    """Whether the fact finds another turn active, or its own attempt closed.

    It is answered as if the thread were at rest.
    """
    match event:
        case TurnRequested() | HeadMoved() | CancelRequested() | ThreadClosed() | RevisionsForgotten():
            return False
        case _ if thread.active is None:
            return False
        case GenerationSucceeded(attempt_is_open=False):
            return True
        case _:
            return event.turn_id != thread.active.turn_id


def _column_while_cancelling(event: Event, *, has_hold: bool) -> State:
    """Tell apart a turn cancelled before the ledger's verdict from one whose job must come home.

    The first has no job to hear of, the second expects no verdict.
    """
    match event:
        case ReservationGranted() | ReservationRefused() if has_hold:
            return State.GENERATING
        case GenerationSucceeded() | GenerationFailed() | JobCancelled() if not has_hold:
            return State.RESERVING
        case _:
            return State.CANCELLING
