"""What the database in memory keeps, and one unit's copy of it.

Owns the state; the repositories beside it own the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from core.app.errors import Conflict
from core.domain.fair_share import Tags
from core.domain.quota import AllowanceName  # noqa: TC001 - others import it from here

if TYPE_CHECKING:
    from core.app.audit import AuditLine
    from core.app.inbound import Inbound
    from core.app.ports import Clock
    from core.app.records import (
        ActorRecord,
        AttemptRecord,
        ForgettingRecord,
        MessageRecord,
        PictureRecord,
        ThreadRecord,
        TurnRecord,
        WorkspaceRecord,
    )
    from core.domain.ids import (
        ActorId,
        AttemptId,
        BlobKey,
        ForgettingId,
        MessageId,
        ReservationId,
        ThreadId,
        TurnId,
        WorkspaceId,
    )
    from core.domain.quota import Allowance, Entry, Reservation

    Key = TypeVar("Key")
    Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that was seen; whole as long as it is pending."""

    received_at: datetime
    inbound: Inbound | None


@dataclass(frozen=True, slots=True)
class Made:
    """A turn's pictures and when they were stored."""

    at: datetime
    pictures: tuple[PictureRecord, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What is used and held of an allowance in one window, and what was given on top of it."""

    used: int = 0
    held: int = 0
    extra: int = 0


@dataclass(frozen=True, slots=True)
class GateRow:
    """The gate's pause and its fair share."""

    paused_until: datetime | None = None
    pause_reason: str | None = None
    tags: Tags = field(default_factory=Tags)


@dataclass(slots=True)
class Shelves:
    """Everything, by its key."""

    inbox: dict[str, Delivery] = field(default_factory=dict)
    workspaces: dict[WorkspaceId, WorkspaceRecord] = field(default_factory=dict)
    actors: dict[ActorId, ActorRecord] = field(default_factory=dict)
    threads: dict[ThreadId, ThreadRecord] = field(default_factory=dict)
    turns: dict[TurnId, TurnRecord] = field(default_factory=dict)
    made: dict[TurnId, Made] = field(default_factory=dict)
    attempts: dict[AttemptId, AttemptRecord] = field(default_factory=dict)
    pictures: dict[BlobKey, PictureRecord] = field(default_factory=dict)
    messages: dict[MessageId, MessageRecord] = field(default_factory=dict)
    sending_until: dict[MessageId, datetime] = field(default_factory=dict)
    allowances: dict[AllowanceName, Allowance] = field(default_factory=dict)
    sums: dict[tuple[AllowanceName, datetime], Sum] = field(default_factory=dict)
    reservations: dict[ReservationId, Reservation] = field(default_factory=dict)
    ended: dict[ReservationId, datetime] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    audit: dict[int, AuditLine] = field(default_factory=dict)
    alerts: dict[tuple[WorkspaceId, str], datetime] = field(default_factory=dict)
    gate: dict[str, GateRow] = field(default_factory=dict)
    copies: dict[tuple[BlobKey, BlobKey], BlobKey] = field(default_factory=dict)
    forgettings: dict[ForgettingId, ForgettingRecord] = field(default_factory=dict)

    def copy(self) -> Shelves:
        """Another set of shelves with the same things on them."""
        return replace(self, **{each.name: dict(getattr(self, each.name)) for each in fields(self)})

    def dangling(self) -> list[str]:
        """Rows that point at a row that is not there."""
        return [
            *(f"turn {turn.id}" for turn in self.turns.values() if turn.thread not in self.threads),
            *(
                f"attempt {attempt.id}"
                for attempt in self.attempts.values()
                if attempt.turn not in self.turns
            ),
            *(
                f"revision {revision.number} of {thread.id}"
                for thread in self.threads.values()
                for revision in thread.machine.revisions
                if revision.turn_id not in self.turns
            ),
            *(
                f"turn {turn.id} needs {blob}"
                for turn in self.turns.values()
                for blob in (*turn.ask.references, *(picture.blob for picture in turn.pictures))
                if blob not in self.pictures
            ),
        ]


class Desk:
    """One unit's copy of the shelves, and the clock."""

    def __init__(self, shelves: Shelves, clock: Clock, *, is_read_only: bool) -> None:
        self._shelves = shelves
        self._clock = clock
        self._is_read_only = is_read_only
        self._has_ended = False

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock.now().astimezone(UTC)

    def to_read(self) -> Shelves:
        """The shelves, for looking only. Raises RuntimeError after the commit."""
        if self._has_ended:
            msg = "this unit of work has been committed; open another one"
            raise RuntimeError(msg)
        return self._shelves

    def to_write(self) -> Shelves:
        """The shelves, for changing. Raises RuntimeError in a unit that promised not to."""
        if self._is_read_only:
            msg = "this unit of work was opened with read_only=True"
            raise RuntimeError(msg)
        return self.to_read()

    def end(self) -> None:
        """The unit was committed."""
        self._has_ended = True


def add_new(shelf: dict[Key, Record], key: Key, record: Record) -> None:
    """Put something where nothing is yet, or raise Conflict."""
    if key in shelf:
        message = f"{key} is there already"
        raise Conflict(message)
    shelf[key] = record
