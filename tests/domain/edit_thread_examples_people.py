"""The examples' other half: what people do to a thread by hand."""

from __future__ import annotations

from dataclasses import replace

from core.domain.edit_thread import Head, Revision, State, Ticket
from core.domain.effects import CancelJob, Say
from core.domain.events import (
    CancelRequested,
    GoToMove,
    HeadMoved,
    RedoMove,
    RevisionsForgotten,
    ThreadClosed,
    TurnRequested,
    UndoMove,
    UseMove,
)
from core.domain.ids import Letter, TurnId
from tests.domain.edit_thread_examples import (
    ASKING,
    BUSY_ONES,
    CANCEL_BOTH,
    CANCELLING,
    CLOSED,
    CLOSED_4,
    DELIVERIES,
    DELIVERING,
    DROPPED_4,
    EVERY_ONE,
    FAILURES,
    GENERATING,
    IDLE,
    MARIA,
    RESERVING,
    SUCCESSES,
    T3,
    T4,
    T5,
    V1,
    V2,
    V3,
    VERDICTS,
    WAITING,
    Example,
    unmoved,
    without_waiting,
)

V2C = Head(2, Letter("c"))
UNDONE = replace(IDLE, head=V1, undo_trail=(), redo_trail=(V2,))
NOBODY = CancelRequested(frozenset({TurnId("a stranger's")}))
ONLY_ACTIVE = CancelRequested(frozenset({T3}))
ONLY_WAITING = CancelRequested(frozenset({T4}))

MOVES = (
    Example("undo", IDLE, HeadMoved(UndoMove()), UNDONE, (Say("moved_to", at=V1),)),
    Example("redo", UNDONE, HeadMoved(RedoMove()), IDLE, (Say("moved_to", at=V2),)),
    *unmoved("the beginning", HeadMoved(UndoMove()), UNDONE, say=Say("nothing_to_undo")),
    *unmoved("the end", HeadMoved(RedoMove()), IDLE, say=Say("nothing_to_redo")),
    Example(
        "go to",
        IDLE,
        HeadMoved(GoToMove(1)),
        replace(IDLE, head=V1, undo_trail=(V1, V2)),
        (Say("moved_to", at=V1),),
    ),
    Example(
        "use",
        replace(IDLE, redo_trail=(V1,)),
        HeadMoved(UseMove(Letter("c"))),
        replace(IDLE, head=V2C, undo_trail=(V1, V2)),
        (Say("moved_to", at=V2C),),
    ),
    *unmoved("there already", HeadMoved(GoToMove(2)), IDLE, say=Say("moved_to", at=V2)),
    *unmoved("no v7", HeadMoved(GoToMove(7)), IDLE, say=Say("no_such_revision", at=Head(7))),
    *unmoved("no v0", HeadMoved(GoToMove(0)), IDLE, say=Say("no_such_revision", at=Head(0))),
    *unmoved(
        "v2 has no d",
        HeadMoved(UseMove(Letter("d"))),
        IDLE,
        say=Say("no_such_candidate", at=Head(2, Letter("d"))),
    ),
    *unmoved(
        "nothing to use",
        HeadMoved(UseMove(Letter("b"))),
        replace(IDLE, head=None, undo_trail=()),
        say=Say("no_such_candidate"),
    ),
    *unmoved("not while one is made", HeadMoved(UndoMove()), *BUSY_ONES, say=Say("busy")),
    *unmoved("not when closed", HeadMoved(UndoMove()), CLOSED, say=Say("closed")),
)

CANCELS = (
    *unmoved("at rest", NOBODY, IDLE, say=Say("nothing_to_cancel")),
    *unmoved("when closed", CANCEL_BOTH, CLOSED),
    Example(
        "before the verdict",
        RESERVING,
        CANCEL_BOTH,
        replace(without_waiting(RESERVING), state=State.CANCELLING),
        DROPPED_4,
    ),
    Example(
        "with a job",
        GENERATING,
        CANCEL_BOTH,
        replace(without_waiting(GENERATING), state=State.CANCELLING),
        (*DROPPED_4, CancelJob(T3)),
    ),
    Example(
        "only the active one",
        GENERATING,
        ONLY_ACTIVE,
        CANCELLING,
        (CancelJob(T3),),
    ),
    Example("when out", DELIVERING, CANCEL_BOTH, without_waiting(DELIVERING), DROPPED_4),
    Example("once more", CANCELLING, CANCEL_BOTH, without_waiting(CANCELLING), DROPPED_4),
    *(
        Example("only one that waits", thread, ONLY_WAITING, without_waiting(thread), DROPPED_4)
        for thread in BUSY_ONES
    ),
    *unmoved("nobody's", NOBODY, *BUSY_ONES, say=Say("nothing_to_cancel")),
    *unmoved("past calling back", ONLY_ACTIVE, DELIVERING, say=Say("nothing_to_cancel")),
    *unmoved("called back already", ONLY_ACTIVE, CANCELLING),
)

CLOSING = (
    Example("at rest", IDLE, ThreadClosed(), CLOSED),
    Example(
        "before the verdict",
        RESERVING,
        ThreadClosed(),
        replace(without_waiting(RESERVING), state=State.CANCELLING, is_closing=True),
        CLOSED_4,
    ),
    Example(
        "with a job",
        GENERATING,
        ThreadClosed(),
        replace(without_waiting(GENERATING), state=State.CANCELLING, is_closing=True),
        (*CLOSED_4, CancelJob(T3)),
    ),
    Example(
        "when out",
        DELIVERING,
        ThreadClosed(),
        replace(without_waiting(DELIVERING), is_closing=True),
        CLOSED_4,
    ),
    Example(
        "when called back",
        CANCELLING,
        ThreadClosed(),
        replace(without_waiting(CANCELLING), is_closing=True),
        CLOSED_4,
    ),
    *unmoved("when closed", ThreadClosed(), CLOSED),
)

MADE_3_FROM_NOTHING = Revision(3, None, T3, 1)
FORGET_1, FORGET_2 = RevisionsForgotten(frozenset({1})), RevisionsForgotten(frozenset({2}))
FORGET_3 = RevisionsForgotten(frozenset({3}))

FORGETTING = (
    Example("an older one", IDLE, FORGET_1, replace(IDLE, undo_trail=(), forgotten=(1,))),
    Example("the head", IDLE, FORGET_2, replace(IDLE, head=V1, undo_trail=(), forgotten=(2,))),
    Example(
        "the head when closed", CLOSED, FORGET_2, replace(CLOSED, head=V1, undo_trail=(), forgotten=(2,))
    ),
    Example(
        "everything",
        IDLE,
        RevisionsForgotten(frozenset({1, 2})),
        replace(IDLE, head=None, undo_trail=(), forgotten=(1, 2)),
    ),
    Example(
        "the head and its parent, so that the newest that is left is next",
        replace(IDLE, revisions=(*IDLE.revisions, MADE_3_FROM_NOTHING), redo_trail=(V3,)),
        RevisionsForgotten(frozenset({1, 2})),
        replace(
            IDLE,
            revisions=(*IDLE.revisions, MADE_3_FROM_NOTHING),
            head=V3,
            undo_trail=(),
            forgotten=(1, 2),
        ),
    ),
    *(
        Example("what nobody uses", thread, FORGET_1, replace(thread, undo_trail=(), forgotten=(1,)))
        for thread in (RESERVING, GENERATING, CANCELLING)
    ),
    Example("what nobody uses", DELIVERING, FORGET_1, replace(DELIVERING, undo_trail=(V2,), forgotten=(1,))),
    *unmoved("not what a job starts from", FORGET_2, GENERATING, DELIVERING, CANCELLING, say=Say("busy")),
    *unmoved("not what is being delivered", FORGET_3, DELIVERING, say=Say("busy")),
    *unmoved(
        "not what a waiting turn names",
        FORGET_1,
        replace(GENERATING, waiting=(replace(WAITING, base=V1),)),
        say=Say("busy"),
    ),
    *unmoved("no v7", RevisionsForgotten(frozenset({7})), *EVERY_ONE),
    *unmoved(
        "no way back to it",
        HeadMoved(GoToMove(1)),
        replace(IDLE, undo_trail=(), forgotten=(1,)),
        say=Say("revision_forgotten", at=V1),
    ),
    *unmoved(
        "no edit of it",
        TurnRequested(Ticket(T5, MARIA, base=V1)),
        replace(IDLE, undo_trail=(), forgotten=(1,)),
        say=Say("revision_forgotten", T5, at=V1),
    ),
)

EXAMPLES = (*ASKING, *VERDICTS, *SUCCESSES, *FAILURES, *DELIVERIES, *MOVES, *CANCELS, *CLOSING, *FORGETTING)
