"""The work an edit thread hands back, for the Studio to carry out in the order given.

Owns what is to be done. Must never learn how: no prices, no wording, no queue, no platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.domain.ids import AttemptId, Micros, TurnId
    from core.domain.lineage import Head, Revision


class ThreadNotice(StrEnum):
    """The notices an edit thread itself can ask for; a failure's own code comes on top of these."""

    QUEUED = "queued"
    BUSY = "busy"
    CLOSED = "closed"
    OVER_QUOTA = "over_quota"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled_late"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    NO_SUCH_REVISION = "no_such_revision"
    NO_SUCH_CANDIDATE = "no_such_candidate"
    REVISION_FORGOTTEN = "revision_forgotten"
    MOVED_TO = "moved_to"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Ask the ledger for a hold, and tell its verdict to `step` in the same transaction."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class StartJob:
    """Queue the turn for a worker. `base` is None for a picture made from words alone."""

    turn_id: TurnId
    base: Head | None


@dataclass(frozen=True, slots=True)
class Settle:
    """End the hold at what the attempt really cost, and close the attempt."""

    turn_id: TurnId
    attempt_id: AttemptId


@dataclass(frozen=True, slots=True)
class Release:
    """End the hold at no cost to the person."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Book what the engine billed for nothing, and close the attempt.

    Done once an attempt, however often it is asked. `billed` is in micro-dollars; None means what the attempt
    is recorded to have cost, as it brought pictures after all.
    """

    turn_id: TurnId
    attempt_id: AttemptId
    billed: Micros | None


@dataclass(frozen=True, slots=True)
class KeepRevision:
    """Store a new revision."""

    turn_id: TurnId
    revision: Revision


@dataclass(frozen=True, slots=True)
class Deliver:
    """Show the revision of that number in the thread."""

    turn_id: TurnId
    revision: int


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Ask the worker to stop if no request has left us; the turn ends when the job comes home."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class DropTurn:
    """A turn that waited will not be done; it holds nothing."""

    turn_id: TurnId


@dataclass(frozen=True, slots=True)
class Say:
    """Tell people something. `code` is a ThreadNotice, or the `why` of a failure.

    `turn_id` is the turn it is about, None when it answers somebody directly. `at` is the revision it is
    about. `ahead` is how many turns come first.
    """

    code: str
    turn_id: TurnId | None = None
    at: Head | None = None
    ahead: int = 0


Effect = (
    Reserve | StartJob | Settle | Release | WriteOff | KeepRevision | Deliver | CancelJob | DropTurn | Say
)
