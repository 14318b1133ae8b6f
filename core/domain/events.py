"""The facts an edit thread is told. Past tense: they have happened, and the machine cannot refuse them.

Owns what is known at the moment of each fact. Must never learn how it came to be known (a platform, a
worker, a row), nor carry pictures, words or clock times.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.ids import ActorId, AttemptId, Letter, Micros, ReservationId, TurnId
from core.domain.lineage import LETTERS, Head

FREE = Micros(0)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A turn as far as its place in the thread is concerned.

    `base` is the revision that the person named; None means the head at the moment the turn starts.
    `is_generate` asks for a picture from words alone, whatever the head is.
    """

    turn_id: TurnId
    actor: ActorId
    base: Head | None = None
    is_generate: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for a new picture that is said to start from an old one."""
        if self.is_generate and self.base is not None:
            msg = f"turn {self.turn_id} asks for a new picture and names the base {self.base}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class TurnRequested:
    """Somebody asked for a picture here."""

    turn: Ticket


@dataclass(frozen=True, slots=True)
class ReservationGranted:
    """The ledger took a hold for the turn. Said in the transaction that carries out `Reserve`."""

    turn_id: TurnId
    reservation_id: ReservationId


@dataclass(frozen=True, slots=True)
class ReservationRefused:
    """The ledger has no room for the turn. Said in the transaction that carries out `Reserve`."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class GenerationSucceeded:
    """An attempt brought pictures, and they are stored.

    `candidates` is how many came, 1 to 8. `attempt_is_open` says that the attempt has been neither settled
    nor written off so far; looked up when the fact is told, so that a repeat is told as closed.
    """

    turn_id: TurnId
    attempt_id: AttemptId
    candidates: int
    attempt_is_open: bool = True

    def __post_init__(self) -> None:
        """Raise ValueError for a number of candidates that has no letters."""
        if not 1 <= self.candidates <= len(LETTERS):
            msg = f"a revision has 1 to {len(LETTERS)} candidates, not {self.candidates}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class GenerationFailed:
    """The turn will bring no picture.

    `why` is the code of the notice that tells the person. `billed` is what the engine charged all the same,
    in micro-dollars; `attempt_id` is None when it failed before any call was made.
    """

    turn_id: TurnId
    attempt_id: AttemptId | None
    why: str
    billed: Micros

    def __post_init__(self) -> None:
        """Raise ValueError for money that no attempt answers for, or that flows backwards."""
        if self.billed < FREE or (self.billed > FREE and self.attempt_id is None):
            msg = f"turn {self.turn_id} was billed {self.billed} micro-dollars by attempt {self.attempt_id}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """The job stopped before any request left us; nothing can have been billed."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class Delivered:
    """The turn's pictures stand where people can see them."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """The surface would not take the pictures; they are stored all the same."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class UndoMove:
    """Back to where the head was before its last move."""


@dataclass(frozen=True, slots=True)
class RedoMove:
    """Forward again, after an undo."""


@dataclass(frozen=True, slots=True)
class GoToMove:
    """To a revision by its number, and to its candidate `a` unless a letter is named."""

    revision: int
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class UseMove:
    """To another candidate of the revision that the head is on."""

    letter: Letter


Move = UndoMove | RedoMove | GoToMove | UseMove


@dataclass(frozen=True, slots=True)
class HeadMoved:
    """Somebody who may do so moved the head by hand.

    The one fact without an identity of its own: a second undo is a second step back, so that the inbox
    must drop a repeated delivery before it gets here.
    """

    move: Move


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """Somebody who may do so called off these turns."""

    turn_ids: frozenset[TurnId]


@dataclass(frozen=True, slots=True)
class ThreadClosed:
    """Somebody who may do so closed the thread: replies are no longer edits here."""


@dataclass(frozen=True, slots=True)
class RevisionsForgotten:
    """Somebody who may do so had these revisions forgotten, by their numbers."""

    numbers: frozenset[int]


ReservationVerdict = ReservationGranted | ReservationRefused
JobOutcome = GenerationSucceeded | GenerationFailed | JobCancelled
DeliveryOutcome = Delivered | DeliveryFailed

Event = (
    TurnRequested
    | ReservationVerdict
    | JobOutcome
    | DeliveryOutcome
    | HeadMoved
    | CancelRequested
    | ThreadClosed
    | RevisionsForgotten
)
