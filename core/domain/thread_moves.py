"""What each cell of the table does: one function a move, from a thread and a fact to a thread and work.

Owns the moves, not when they are made: `TABLE` in `edit_thread.py` says which move answers which fact in
which state. A move may rely on its cell, so that it checks nothing the table already knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from core.domain.effects import (
    CancelJob,
    Deliver,
    DropTurn,
    Effect,
    KeepRevision,
    Release,
    Reserve,
    Say,
    Settle,
    StartJob,
    ThreadNotice,
    WriteOff,
)
from core.domain.events import FREE, GoToMove, RedoMove, UndoMove, UseMove
from core.domain.lineage import FIRST_LETTER, Head, Lineage, Revision
from core.domain.thread_state import MAX_ENDED, MAX_WAITING, EditThread, ImpossibleMove, State, Step

if TYPE_CHECKING:
    from collections.abc import Callable

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
    from core.domain.ids import TurnId

# Endings


def _next(thread: EditThread, *effects: Effect) -> Step:
    """Let the active turn go; close, start the turn that has waited longest, or rest."""
    rested = replace(thread, state=State.IDLE, active=None, active_base=None, reservation_id=None)
    if thread.is_closing:
        return replace(rested, state=State.CLOSED, is_closing=False), effects
    if not thread.waiting:
        return rested, effects
    first, *others = thread.waiting
    started = replace(rested, state=State.RESERVING, active=first, waiting=tuple(others))
    return started, (*effects, Reserve(first.turn_id))


def _remember(thread: EditThread, *turn_ids: TurnId) -> EditThread:
    """Note turns that ended without a revision."""
    return replace(thread, ended=(*thread.ended, *turn_ids)[-MAX_ENDED:])


def _end_without_revision(thread: EditThread, turn_id: TurnId, code: str, *effects: Effect) -> Step:
    return _next(_remember(thread, turn_id), *effects, Say(code, turn_id))


def _drop(thread: EditThread, turn_ids: frozenset[TurnId], notice: ThreadNotice) -> Step:
    """Drop those of the turns that wait, and tell each of them why."""
    dropped = tuple(turn.turn_id for turn in thread.waiting if turn.turn_id in turn_ids)
    kept = tuple(turn for turn in thread.waiting if turn.turn_id not in turn_ids)
    effects = [effect for turn_id in dropped for effect in (DropTurn(turn_id), Say(notice, turn_id))]
    return _remember(replace(thread, waiting=kept), *dropped), tuple(effects)


# Asking


def _refusal(thread: EditThread, turn: Ticket) -> Say | None:
    """Say why a turn cannot start from the base it names, or None when it can."""
    if turn.base is None or thread.lineage.has(turn.base):
        return None
    return Say(_what_is_missing(thread, turn.base), turn.turn_id, at=turn.base)


def _what_is_missing(thread: EditThread, head: Head) -> ThreadNotice:
    if head.revision in thread.forgotten:
        return ThreadNotice.REVISION_FORGOTTEN
    if thread.lineage.has_revision(head.revision):
        return ThreadNotice.NO_SUCH_CANDIDATE
    return ThreadNotice.NO_SUCH_REVISION


def begin(thread: EditThread, event: TurnRequested) -> Step:
    """A turn asked for at rest goes to the ledger at once."""
    refusal = _refusal(thread, event.turn)
    if refusal is not None:
        return thread, (refusal,)
    return replace(thread, state=State.RESERVING, active=event.turn), (Reserve(event.turn.turn_id),)


def queue_up(thread: EditThread, event: TurnRequested) -> Step:
    """A turn asked for while another is active waits behind it, if there is room and a future."""
    turn = event.turn
    if thread.is_closing:
        return thread, (Say(ThreadNotice.CLOSED, turn.turn_id),)
    refusal = _refusal(thread, turn)
    if refusal is not None:
        return thread, (refusal,)
    if len(thread.waiting) >= MAX_WAITING:
        return thread, (Say(ThreadNotice.BUSY, turn.turn_id),)
    queued = Say(ThreadNotice.QUEUED, turn.turn_id, ahead=len(thread.waiting) + 1)
    return replace(thread, waiting=(*thread.waiting, turn)), (queued,)


def ask_in_closed(thread: EditThread, event: TurnRequested) -> Step:
    """A turn asked for in a closed thread is told so."""
    return thread, (Say(ThreadNotice.CLOSED, event.turn.turn_id),)


# The ledger's verdict


def _start_base(thread: EditThread, turn: Ticket) -> Head | None:
    """What a turn that starts now works on: nothing, what it names, or the head as it is now."""
    if turn.is_generate:
        return None
    return turn.base or thread.head


def start(thread: EditThread, event: ReservationGranted) -> Step:
    """The hold is taken: fix what the turn works on, and queue the job."""
    base = _start_base(thread, _active(thread))
    started = replace(thread, state=State.GENERATING, active_base=base, reservation_id=event.reservation_id)
    return started, (StartJob(event.turn_id, base),)


def turn_away(thread: EditThread, event: ReservationRefused) -> Step:
    """The ledger has no room: the turn ends before anything was spent."""
    return _end_without_revision(thread, event.turn_id, ThreadNotice.OVER_QUOTA)


def give_back(thread: EditThread, event: ReservationGranted) -> Step:
    """The hold came after the turn was called off: it goes straight back."""
    return _end_without_revision(thread, event.turn_id, ThreadNotice.CANCELLED, Release(event.turn_id))


def end_unheld(thread: EditThread, event: ReservationRefused) -> Step:
    """The refusal came after the turn was called off: there is nothing to give back."""
    return _end_without_revision(thread, event.turn_id, ThreadNotice.CANCELLED)


# The job comes home


def _keep(thread: EditThread, event: GenerationSucceeded) -> tuple[Lineage, Revision]:
    return thread.lineage.keep(event.turn_id, thread.active_base, event.candidates)


def record(thread: EditThread, event: GenerationSucceeded) -> Step:
    """A new revision becomes the head, is paid for and goes out."""
    lineage, revision = _keep(thread, event)
    made = replace(
        thread.with_lineage(lineage.go_to(Head(revision.number))),
        state=State.DELIVERING,
        reservation_id=None,
    )
    return made, (
        KeepRevision(event.turn_id, revision),
        Settle(event.turn_id, event.attempt_id),
        Deliver(event.turn_id, revision.number),
    )


def record_beside_head(thread: EditThread, event: GenerationSucceeded) -> Step:
    """Pictures that came in spite of a cancel are paid for and kept, but the head stays."""
    lineage, revision = _keep(thread, event)
    return _next(
        thread.with_lineage(lineage),
        KeepRevision(event.turn_id, revision),
        Settle(event.turn_id, event.attempt_id),
        Say(ThreadNotice.CANCELLED_LATE, event.turn_id, at=Head(revision.number)),
    )


def write_off_late(thread: EditThread, event: GenerationSucceeded) -> Step:
    """Nobody waits for these pictures any more; the engine was paid for them all the same."""
    if not event.attempt_is_open:
        return thread, ()
    return thread, (WriteOff(event.turn_id, event.attempt_id, None),)


def _ends_of_failure(event: GenerationFailed) -> tuple[Effect, ...]:
    release = Release(event.turn_id)
    if event.attempt_id is None or event.billed == FREE:
        return (release,)
    return release, WriteOff(event.turn_id, event.attempt_id, event.billed)


def fail(thread: EditThread, event: GenerationFailed) -> Step:
    """No picture: the person pays nothing and hears why; what was billed is ours."""
    return _end_without_revision(thread, event.turn_id, event.why, *_ends_of_failure(event))


def fail_cancelled(thread: EditThread, event: GenerationFailed) -> Step:
    """No picture, and none was wanted any more."""
    return _end_without_revision(thread, event.turn_id, ThreadNotice.CANCELLED, *_ends_of_failure(event))


def call_off(thread: EditThread, event: JobCancelled) -> Step:
    """The job stopped in time: nothing was bought."""
    return _end_without_revision(thread, event.turn_id, ThreadNotice.CANCELLED, Release(event.turn_id))


def finish(thread: EditThread, _event: Delivered | DeliveryFailed) -> Step:
    """The pictures are out, or stay in the history; either way the turn is over."""
    return _next(thread)


# People steer


def move_head(thread: EditThread, event: HeadMoved) -> Step:
    """Move the head by hand; each such move can be undone."""
    match event.move:
        case UndoMove():
            return _moved(thread, thread.lineage.undo(), ThreadNotice.NOTHING_TO_UNDO)
        case RedoMove():
            return _moved(thread, thread.lineage.redo(), ThreadNotice.NOTHING_TO_REDO)
        case GoToMove(revision, letter):
            return _go_to(thread, Head(revision, letter or FIRST_LETTER))
        case UseMove() if thread.head is None:
            return thread, (Say(ThreadNotice.NO_SUCH_CANDIDATE),)
        case UseMove(letter):
            return _go_to(thread, replace(thread.head, letter=letter))
        case _:
            assert_never(event.move)


def _go_to(thread: EditThread, head: Head) -> Step:
    if not thread.lineage.has(head):
        return thread, (Say(_what_is_missing(thread, head), at=head),)
    return _moved(thread, thread.lineage.go_to(head), ThreadNotice.MOVED_TO)


def _moved(thread: EditThread, lineage: Lineage | None, otherwise: ThreadNotice) -> Step:
    if lineage is None:
        return thread, (Say(otherwise),)
    return thread.with_lineage(lineage), (Say(ThreadNotice.MOVED_TO, at=lineage.head),)


def cancel_job(thread: EditThread, event: CancelRequested) -> Step:
    """Drop the named turns that wait, and call the job back if the active one is named."""
    turn_id = _active(thread).turn_id
    left, effects = _drop(thread, event.turn_ids, ThreadNotice.CANCELLED)
    if turn_id in event.turn_ids:
        return replace(left, state=State.CANCELLING), (*effects, CancelJob(turn_id))
    return left, effects or (Say(ThreadNotice.NOTHING_TO_CANCEL),)


def cancel_without_job(thread: EditThread, event: CancelRequested) -> Step:
    """As with a job, except that there is none to call back, or it has been called back already."""
    left, effects = cancel_job(thread, event)
    return left, tuple(effect for effect in effects if not isinstance(effect, CancelJob))


def cancel_waiting(thread: EditThread, event: CancelRequested) -> Step:
    """Drop the named turns that wait; the active one is past calling back."""
    left, effects = _drop(thread, event.turn_ids, ThreadNotice.CANCELLED)
    return left, effects or (Say(ThreadNotice.NOTHING_TO_CANCEL),)


def close(thread: EditThread, _event: ThreadClosed) -> Step:
    """Close a thread at rest."""
    return replace(thread, state=State.CLOSED), ()


def close_after(thread: EditThread, _event: ThreadClosed) -> Step:
    """Let the active turn end, drop the others, then close."""
    everyone = frozenset(turn.turn_id for turn in thread.waiting)
    return _drop(replace(thread, is_closing=True), everyone, ThreadNotice.CLOSED)


def close_reserving(thread: EditThread, event: ThreadClosed) -> Step:
    """Close once the ledger has given its verdict."""
    left, effects = close_after(thread, event)
    return replace(left, state=State.CANCELLING), effects


def close_generating(thread: EditThread, event: ThreadClosed) -> Step:
    """Close once the job, called back, has come home."""
    left, effects = close_reserving(thread, event)
    return left, (*effects, CancelJob(_active(thread).turn_id))


def forget(thread: EditThread, event: RevisionsForgotten) -> Step:
    """Forget revisions, all or none: none while a turn starts from one of them, or is bringing it."""
    if event.numbers & thread.in_use:
        return thread, (Say(ThreadNotice.BUSY),)
    return thread.with_lineage(thread.lineage.forget(event.numbers)), ()


# Shared by many cells


def stay(thread: EditThread, _event: Event) -> Step:
    """A late or repeated fact: nothing happens."""
    return thread, ()


def our_fault(thread: EditThread, event: Event) -> Step:
    """A fact that cannot be: raise ImpossibleMove."""
    raise ImpossibleMove(thread.state, event)


def answer(notice: ThreadNotice) -> Callable[[EditThread, Event], Step]:
    """Make the move that only says something."""
    return lambda thread, _event: (thread, (Say(notice),))


def _active(thread: EditThread) -> Ticket:
    if thread.active is None:
        msg = f"a thread that is {thread.state} has no active turn"
        raise AssertionError(msg)
    return thread.active
