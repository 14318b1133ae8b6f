"""The database, seen from the application: one unit of work with a few repositories.

Owns the persistence ports. A unit of work is one transaction: nothing but the database is
awaited inside it. Leaving it without `commit` undoes everything. Every method may raise `Conflict`, which
means: run the whole unit again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import TracebackType

    from core.app.forgetting_repository import Forgettings
    from core.app.inbound import Inbound, Left
    from core.app.ledger_repository import Audit, Quotas
    from core.app.records import (
        ActorRecord,
        AttemptRecord,
        GalleryItem,
        MessageRecord,
        PictureRecord,
        Saying,
        Stage,
        ThreadRecord,
        TurnRecord,
        WorkspaceRecord,
    )
    from core.domain.fair_share import Flow, Tags
    from core.domain.gate import GateState
    from core.domain.ids import (
        ActorId,
        AttemptId,
        BlobKey,
        ChannelRef,
        MessageId,
        MessageRef,
        Micros,
        Platform,
        ThreadId,
        ThreadRef,
        TurnId,
        WorkspaceId,
    )


class Inbox(Protocol):
    """Which deliveries were seen."""

    async def admit(self, inbound: Inbound, *, is_pending: bool) -> bool:
        """Remember the delivery, a pending one whole; False when its key was seen before."""
        ...

    async def finish(self, delivery_key: str) -> bool:
        """A pending delivery has been handled; False when somebody else finished it first."""
        ...

    async def pending(self, *, before: datetime, limit: int) -> list[Inbound]:
        """Deliveries that were admitted before that time and never finished."""
        ...

    async def forget(self, *, before: datetime) -> int:
        """Drop finished deliveries older than that; returns how many."""
        ...


class People(Protocol):
    """Workspaces and actors."""

    async def workspace(self, workspace: WorkspaceId) -> WorkspaceRecord | None:
        """The workspace, if it was seen before."""
        ...

    async def save_workspace(self, record: WorkspaceRecord) -> None:
        """Insert or replace."""
        ...

    async def actor(self, actor: ActorId) -> ActorRecord | None:
        """The person, if seen before."""
        ...

    async def save_actor(self, record: ActorRecord) -> None:
        """Insert or replace."""
        ...

    async def admins(self, workspace: WorkspaceId, *, limit: int) -> list[ActorRecord]:
        """Who was last seen as an admin by the platform's word, the latest seen first."""
        ...


class Threads(Protocol):
    """Edit threads with their revisions. Reading one for change locks it until the unit ends."""

    async def get(self, thread: ThreadId, *, for_change: bool = True) -> ThreadRecord | None:
        """The thread, locked where `for_change`."""
        ...

    async def find(
        self,
        workspace: WorkspaceId,
        platform: Platform,
        channel: ChannelRef,
        ref: ThreadRef,
        *,
        for_change: bool = True,
    ) -> ThreadRecord | None:
        """The thread that lives there."""
        ...

    async def add(self, record: ThreadRecord) -> None:
        """A new thread."""
        ...

    async def save(self, record: ThreadRecord) -> None:
        """Store the machine's state and the ref; new revisions are added, none is changed."""
        ...

    async def revision_turn(self, thread: ThreadId, revision: int) -> TurnRecord | None:
        """The turn that made that revision, with its pictures."""
        ...


class Turns(Protocol):
    """Turns and who holds them."""

    async def get(self, turn: TurnId, *, for_change: bool = False) -> TurnRecord | None:
        """The turn."""
        ...

    async def add(self, record: TurnRecord) -> None:
        """A new turn."""
        ...

    async def save(self, record: TurnRecord, *, stage: Stage, holder: str | None = None) -> bool:
        """Store the turn if it is still at that stage (and held by that holder, if given); else False.

        The lease is only written by claim, renew and release, and a cancel that was requested is never
        taken back: the record may be older than both. Pictures are added once.
        """
        ...

    async def claim(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Take the turn's lease, or return None.

        It is given if nobody has it, its time (`not_before`) has come, and it is neither waiting nor over.
        """
        ...

    async def renew(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Lengthen the lease; None when it was lost. The record tells whether a cancel was requested."""
        ...

    async def release(self, turn: TurnId, *, holder: str, not_before: datetime | None = None) -> None:
        """Give the lease back, to be looked at again not before that time."""
        ...

    async def break_leases(self) -> int:
        """Take every lease away, whoever holds it; returns how many. Only for a process that is alone."""
        ...

    async def stale(self, *, nudged_before: datetime, limit: int) -> list[TurnId]:
        """Turns that are due, not waiting, not held, and not nudged since then; marks them nudged now."""
        ...

    async def of_thread(self, thread: ThreadId, *, stages: Sequence[Stage] = ()) -> list[TurnRecord]:
        """The thread's turns in order, of those stages where given."""
        ...

    async def last_position(self, thread: ThreadId) -> int:
        """Where the thread's last turn stands; 0 when there is none. The thread must be held."""
        ...

    async def twin(
        self, workspace: WorkspaceId, actor: ActorId, twin_key: str, *, since: datetime
    ) -> TurnRecord | None:
        """The same wish of the same person since then whose placeholder is not posted yet."""
        ...

    async def by_source(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> TurnRecord | None:
        """The latest turn that came from that message of a person."""
        ...

    async def unfinished_in(self, left: Left) -> list[ThreadId]:
        """The threads in that place in which a turn is not over, the oldest turn's first."""
        ...

    async def threads_of(self, workspace: WorkspaceId, actor: ActorId) -> list[ThreadId]:
        """The threads with turns of that person of which something is left, the oldest turn's first."""
        ...

    async def forget(self, record: TurnRecord) -> None:
        """Store what is left of a turn that is over; what it made and was given is not referred to any more.

        The record has no pictures and no references.
        """
        ...

    async def ahead_of(self, turn: TurnId) -> int:
        """How many turns that wait for the engine were queued before this one."""
        ...

    async def moderated(self, actor: ActorId, *, since: datetime) -> list[datetime]:
        """When turns of that person were refused by the safety system since then, oldest first."""
        ...

    async def flows(self) -> list[Flow]:
        """For each workspace and actor the oldest announced, unheld turn whose time has come."""
        ...


class Attempts(Protocol):
    """Calls to the engine."""

    async def add(self, record: AttemptRecord) -> None:
        """A call is about to be made."""
        ...

    async def get(self, attempt: AttemptId) -> AttemptRecord | None:
        """The attempt."""
        ...

    async def of_turn(self, turn: TurnId) -> list[AttemptRecord]:
        """All attempts of the turn, in order."""
        ...

    async def close(self, record: AttemptRecord) -> bool:
        """Store an attempt's outcome if it is still open; False otherwise."""
        ...

    async def correct(self, record: AttemptRecord) -> bool:
        """Store what a LOST attempt turned out to have cost; once; False when it is not LOST any more."""
        ...

    async def reprice(self, attempt: AttemptId, *, was: Micros, cost: Micros) -> bool:
        """Store another estimate of what a call cost; False when it is none, or not `was` any more."""
        ...


class Gate(Protocol):
    """The one gate to the engine, shared by all workers."""

    async def state(self) -> GateState:
        """Lock the gate and read it: living calls, the pictures of the last minute, the pause."""
        ...

    async def pause(self, *, until: datetime | None, reason: str | None) -> None:
        """Pause the engine (until None with a reason: until an operator acts); reason None ends the pause."""
        ...

    async def tags(self) -> Tags:
        """The fair share's tags."""
        ...

    async def save_tags(self, tags: Tags) -> None:
        """Store them."""
        ...


class Messages(Protocol):
    """Our messages on surfaces."""

    async def add(self, record: MessageRecord) -> None:
        """A message that shall be posted."""
        ...

    async def get(self, message: MessageId) -> MessageRecord | None:
        """The message."""
        ...

    async def save(self, record: MessageRecord) -> None:
        """Store all of it and end its sending.

        `wanted` and `shown` never get smaller: others may have written since.
        """
        ...

    async def want(self, message: MessageId) -> None:
        """What it should say has changed: `wanted` grows by one."""
        ...

    async def claim(self, message: MessageId, *, lease_s: float) -> MessageRecord | None:
        """Take it for sending and count the try, or return None. A second try looks for what the first left.

        It is given if it is due (`not_before`), not up to date, not given up, and nobody is sending it.
        """
        ...

    async def break_leases(self) -> int:
        """End every sending that somebody has begun; returns how many. As for turns."""
        ...

    async def unsent(self, *, before: datetime, limit: int) -> list[MessageId]:
        """Messages made before then that do not show what they should.

        Not given up, their time has come, and nobody is sending them.
        """
        ...

    async def unposted(self, workspace: WorkspaceId, channel: ChannelRef) -> list[MessageRecord]:
        """Turns' messages there that somebody has begun to post and that no id is known of."""
        ...

    async def by_ref(
        self, workspace: WorkspaceId, channel: ChannelRef, ref: MessageRef
    ) -> MessageRecord | None:
        """The message that stands there."""
        ...

    async def of_thread(self, thread: ThreadRecord) -> list[MessageRecord]:
        """All messages of the thread and those that stand in it without being of it, oldest first."""
        ...

    async def private_to(self, workspace: WorkspaceId, actor: ActorId) -> list[MessageRecord]:
        """All messages to that person alone, oldest first."""
        ...

    async def forget(self, message: MessageId, instead: Saying, *, context: str = "") -> None:
        """It should not stand on the platform any more; `instead` is what it says where it cannot go.

        Whoever is sending it now keeps its claim, so that two never work on one message. A new `context`
        replaces its own, for platforms where only the latest one lets it be taken away.
        """
        ...


class Pictures(Protocol):
    """What is known of blobs."""

    async def add(self, record: PictureRecord) -> None:
        """Bytes that are kept; idempotent."""
        ...

    async def get(self, blob: BlobKey) -> PictureRecord | None:
        """What is known of them."""
        ...

    async def is_referred_to(self, blob: BlobKey) -> bool:
        """Whether a turn (candidate, reference), a message (sheet) or a pending delivery needs the bytes."""
        ...

    async def forget(self, blob: BlobKey) -> None:
        """The bytes are gone."""
        ...

    async def gallery(
        self, workspace: WorkspaceId, *, actor: ActorId | None, before: datetime | None, limit: int
    ) -> list[GalleryItem]:
        """Finished pictures, newest first, one item a candidate.

        A turn's candidates are never split between pages, so that there may be a few more than `limit`
        (1 or more).
        """
        ...


class UnitOfWork(Protocol):
    """One transaction."""

    inbox: Inbox
    people: People
    threads: Threads
    turns: Turns
    attempts: Attempts
    gate: Gate
    messages: Messages
    quotas: Quotas
    audit: Audit
    pictures: Pictures
    forgettings: Forgettings

    async def now(self) -> datetime:
        """The database's clock, aware, in UTC."""
        ...

    async def commit(self) -> None:
        """Make it so."""
        ...

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; undo what was not committed."""
        ...


class Database(Protocol):
    """Opens units of work. `read_only` ones wait for no writer, `is_urgent` ones write before the others."""

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """A new unit of work, to be entered with `async with`."""
        ...
