"""The table once more, as examples: for every cell a thread, a fact, and exactly what must come of it.

Written by hand from the design, not derived from the table it checks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.edit_thread import EditThread, Head, Revision, State, Ticket
from core.domain.effects import (
    Deliver,
    DropTurn,
    Effect,
    KeepRevision,
    Release,
    Reserve,
    Say,
    Settle,
    StartJob,
    WriteOff,
)
from core.domain.events import (
    CancelRequested,
    Delivered,
    DeliveryFailed,
    Event,
    GenerationFailed,
    GenerationSucceeded,
    JobCancelled,
    ReservationGranted,
    ReservationRefused,
    TurnRequested,
)
from core.domain.ids import ActorId, AttemptId, Letter, Micros, ReservationId, TurnId

MARIA = ActorId("maria")
T1, T2, T3, T4, T5 = (TurnId(f"t{number}") for number in range(1, 6))
ACTIVE, WAITING, NEW = Ticket(T3, MARIA), Ticket(T4, MARIA), Ticket(T5, MARIA)
ATTEMPT, HOLD = AttemptId("attempt"), ReservationId("hold")
V1, V2, V3 = Head(1), Head(2), Head(3)
MADE_1, MADE_2 = Revision(1, None, T1, 1), Revision(2, V1, T2, 3)
MADE_3 = Revision(3, V2, T3, 2)

IDLE = EditThread(revisions=(MADE_1, MADE_2), head=V2, undo_trail=(V1,))
RESERVING = replace(IDLE, state=State.RESERVING, active=ACTIVE, waiting=(WAITING,))
GENERATING = replace(RESERVING, state=State.GENERATING, active_base=V2, reservation_id=HOLD)
DELIVERING = replace(
    GENERATING,
    state=State.DELIVERING,
    reservation_id=None,
    revisions=(MADE_1, MADE_2, MADE_3),
    head=V3,
    undo_trail=(V1, V2),
)
CANCELLING = replace(GENERATING, state=State.CANCELLING)
CANCELLING_UNHELD = replace(RESERVING, state=State.CANCELLING)
CLOSED = replace(IDLE, state=State.CLOSED)
BUSY_ONES = (RESERVING, GENERATING, DELIVERING, CANCELLING)
EVERY_ONE = (IDLE, *BUSY_ONES, CLOSED)

# What `next` makes of a turn that ended: WAITING goes to the ledger, with or without T3 remembered.
NEXT = replace(IDLE, state=State.RESERVING, active=WAITING)
NEXT_REMEMBERED = replace(NEXT, ended=(T3,))
NEXT_AFTER_3 = replace(DELIVERING, state=State.RESERVING, active=WAITING, active_base=None, waiting=())
RESERVE_4 = Reserve(T4)

SUCCESS = GenerationSucceeded(T3, ATTEMPT, 2)
FAILURE = GenerationFailed(T3, ATTEMPT, "moderated", Micros(700))
CANCEL_BOTH = CancelRequested(frozenset({T3, T4}))
DROPPED_4 = (DropTurn(T4), Say("cancelled", T4))
CLOSED_4 = (DropTurn(T4), Say("closed", T4))


@dataclass(frozen=True, slots=True)
class Example:
    """One move. `becomes` is None where the fact is our own fault."""

    sentence: str
    given: EditThread
    event: Event
    becomes: EditThread | None
    effects: tuple[Effect, ...] = ()


def unmoved(sentence: str, event: Event, *given: EditThread, say: Say | None = None) -> tuple[Example, ...]:
    """Examples of threads that stay as they are, and perhaps say something."""
    effects = () if say is None else (say,)
    return tuple(Example(sentence, thread, event, thread, effects) for thread in given)


def faults(event: Event, *given: EditThread) -> tuple[Example, ...]:
    """Examples of facts that cannot be."""
    return tuple(Example("nobody waits for a verdict", thread, event, None) for thread in given)


def queued(thread: EditThread) -> Example:
    """The example of a turn that waits behind another."""
    becomes = replace(thread, waiting=(WAITING, NEW))
    return Example("a turn waits", thread, TurnRequested(NEW), becomes, (Say("queued", T5, ahead=2),))


def without_waiting(thread: EditThread) -> EditThread:
    """The same thread with the waiting turn dropped and remembered."""
    return replace(thread, waiting=(), ended=(T4,))


ASKING = (
    Example(
        "at rest", IDLE, TurnRequested(NEW), replace(IDLE, state=State.RESERVING, active=NEW), (Reserve(T5),)
    ),
    *(queued(thread) for thread in BUSY_ONES),
    *unmoved("a closed thread takes nothing", TurnRequested(NEW), CLOSED, say=Say("closed", T5)),
    *unmoved(
        "a closing thread takes nothing",
        TurnRequested(NEW),
        replace(CANCELLING, waiting=(), is_closing=True),
        replace(DELIVERING, waiting=(), is_closing=True),
        say=Say("closed", T5),
    ),
    *unmoved(
        "no room",
        TurnRequested(NEW),
        *(replace(thread, waiting=(WAITING, Ticket(T1, MARIA), Ticket(T2, MARIA))) for thread in BUSY_ONES),
        say=Say("busy", T5),
    ),
    *unmoved("asked for already", TurnRequested(ACTIVE), *BUSY_ONES),
    *unmoved("waiting already", TurnRequested(WAITING), *BUSY_ONES),
    *unmoved("made long ago", TurnRequested(Ticket(T2, MARIA)), IDLE, *BUSY_ONES, CLOSED),
    *unmoved("failed before", TurnRequested(ACTIVE), replace(IDLE, ended=(T3,))),
    *unmoved(
        "there is no v9",
        TurnRequested(Ticket(T5, MARIA, Head(9))),
        IDLE,
        GENERATING,
        say=Say("no_such_revision", T5, at=Head(9)),
    ),
    *unmoved(
        "v1 has no b",
        TurnRequested(Ticket(T5, MARIA, Head(1, Letter("b")))),
        IDLE,
        DELIVERING,
        say=Say("no_such_candidate", T5, at=Head(1, Letter("b"))),
    ),
)

OWN_BASE = replace(RESERVING, active=Ticket(T3, MARIA, base=V1))
FROM_WORDS = replace(RESERVING, active=Ticket(T3, MARIA, is_generate=True))
GRANTED = ReservationGranted(T3, HOLD)
VERDICTS = (
    Example("from the head", RESERVING, GRANTED, GENERATING, (StartJob(T3, V2),)),
    Example(
        "from its own base",
        OWN_BASE,
        GRANTED,
        replace(OWN_BASE, state=State.GENERATING, active_base=V1, reservation_id=HOLD),
        (StartJob(T3, V1),),
    ),
    Example(
        "from words alone",
        FROM_WORDS,
        GRANTED,
        replace(FROM_WORDS, state=State.GENERATING, reservation_id=HOLD),
        (StartJob(T3, None),),
    ),
    Example(
        "granted too late",
        CANCELLING_UNHELD,
        GRANTED,
        NEXT_REMEMBERED,
        (Release(T3), Say("cancelled", T3), RESERVE_4),
    ),
    Example(
        "no room", RESERVING, ReservationRefused(T3), NEXT_REMEMBERED, (Say("over_quota", T3), RESERVE_4)
    ),
    Example(
        "refused too late",
        CANCELLING_UNHELD,
        ReservationRefused(T3),
        NEXT_REMEMBERED,
        (Say("cancelled", T3), RESERVE_4),
    ),
    *faults(GRANTED, IDLE, GENERATING, DELIVERING, CANCELLING, CLOSED),
    *faults(ReservationRefused(T3), IDLE, GENERATING, DELIVERING, CANCELLING, CLOSED),
    *faults(ReservationGranted(T1, HOLD), RESERVING, CANCELLING_UNHELD),
    *faults(ReservationRefused(T1), RESERVING, CANCELLING_UNHELD),
)

KEPT_ASIDE = replace(NEXT, revisions=(MADE_1, MADE_2, MADE_3))
OF_AN_OLD_TURN = GenerationSucceeded(T1, ATTEMPT, 2)
SUCCESSES = (
    Example(
        "a picture",
        GENERATING,
        SUCCESS,
        DELIVERING,
        (KeepRevision(T3, MADE_3), Settle(T3, ATTEMPT), Deliver(T3, 3)),
    ),
    Example(
        "what could be redone is forgotten",
        replace(GENERATING, redo_trail=(V1,)),
        SUCCESS,
        DELIVERING,
        (KeepRevision(T3, MADE_3), Settle(T3, ATTEMPT), Deliver(T3, 3)),
    ),
    Example(
        "a picture in spite of a cancel",
        CANCELLING,
        SUCCESS,
        KEPT_ASIDE,
        (KeepRevision(T3, MADE_3), Settle(T3, ATTEMPT), Say("cancelled_late", T3, at=V3), RESERVE_4),
    ),
    *(
        Example("too late", thread, SUCCESS, thread, (WriteOff(T3, ATTEMPT, None),))
        for thread in (IDLE, RESERVING, DELIVERING, CANCELLING_UNHELD, CLOSED)
    ),
    *(
        Example("of an old turn", thread, OF_AN_OLD_TURN, thread, (WriteOff(T1, ATTEMPT, None),))
        for thread in EVERY_ONE
    ),
    *unmoved("told before", replace(SUCCESS, attempt_is_open=False), *EVERY_ONE),
)

FAILURES = (
    Example(
        "no picture",
        GENERATING,
        FAILURE,
        NEXT_REMEMBERED,
        (Release(T3), WriteOff(T3, ATTEMPT, Micros(700)), Say("moderated", T3), RESERVE_4),
    ),
    Example(
        "no picture, nothing billed",
        GENERATING,
        replace(FAILURE, billed=Micros(0)),
        NEXT_REMEMBERED,
        (Release(T3), Say("moderated", T3), RESERVE_4),
    ),
    Example(
        "no picture, none wanted",
        CANCELLING,
        FAILURE,
        NEXT_REMEMBERED,
        (Release(T3), WriteOff(T3, ATTEMPT, Micros(700)), Say("cancelled", T3), RESERVE_4),
    ),
    *unmoved("nothing to fail", FAILURE, IDLE, RESERVING, DELIVERING, CANCELLING_UNHELD, CLOSED),
    *unmoved("of an old turn", replace(FAILURE, turn_id=T1), *EVERY_ONE),
    *(
        Example(
            "stopped in time",
            thread,
            JobCancelled(T3),
            NEXT_REMEMBERED,
            (Release(T3), Say("cancelled", T3), RESERVE_4),
        )
        for thread in (GENERATING, CANCELLING)
    ),
    *unmoved("no job", JobCancelled(T3), IDLE, RESERVING, DELIVERING, CANCELLING_UNHELD, CLOSED),
    *unmoved("of an old turn", JobCancelled(T1), *EVERY_ONE),
)

DELIVERIES = (
    Example("it is out", DELIVERING, Delivered(T3), NEXT_AFTER_3, (RESERVE_4,)),
    Example("it stays in", DELIVERING, DeliveryFailed(T3), NEXT_AFTER_3, (RESERVE_4,)),
    Example(
        "out, and nobody waits",
        replace(DELIVERING, waiting=()),
        Delivered(T3),
        replace(NEXT_AFTER_3, state=State.IDLE, active=None),
    ),
    Example(
        "out, then closed",
        replace(DELIVERING, waiting=(), is_closing=True),
        Delivered(T3),
        replace(NEXT_AFTER_3, state=State.CLOSED, active=None),
    ),
    *unmoved("nothing to deliver", Delivered(T3), IDLE, RESERVING, GENERATING, CANCELLING, CLOSED),
    *unmoved("nothing to deliver", DeliveryFailed(T3), IDLE, RESERVING, GENERATING, CANCELLING, CLOSED),
    *unmoved("of an old turn", Delivered(T1), *EVERY_ONE),
    *unmoved("of an old turn", DeliveryFailed(T1), *EVERY_ONE),
)
