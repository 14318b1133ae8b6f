"""The database, seen from the application: one unit of work with a few repositories.

Owns the persistence ports. A unit of work is one transaction: nothing but the database is
awaited inside it. Leaving it without `commit` undoes everything. Every method may raise `Conflict`, which
means: run the whole unit again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from core.app.forgetting_repository import Forgettings
    from core.app.inbound import Inbound
    from core.app.ledger_repository import Audit, Quotas
    from core.app.mentions import Tells
    from core.app.ports import Posted
    from core.app.records import (
        ActorRecord,
        GalleryItem,
        MessageRecord,
        PictureRecord,
        Saying,
        ThreadRecord,
        WorkspaceRecord,
    )
    from core.app.work_repository import Attempts, Gate, Threads, Turns
    from core.domain.ids import (
        ActorId,
        BlobKey,
        ChannelRef,
        MessageId,
        MessageRef,
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

    async def workspace(self, workspace: WorkspaceId, *, for_change: bool = False) -> WorkspaceRecord | None:
        """The workspace, if it was seen before; locked where `for_change`, as it stands then."""
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


class Messages(Protocol):
    """Our messages on surfaces."""

    async def add(self, record: MessageRecord) -> None:
        """A message that shall be posted; one that is there already stays as it is."""
        ...

    async def get(self, message: MessageId) -> MessageRecord | None:
        """The message."""
        ...

    async def save(self, record: MessageRecord) -> None:
        """Store all of it and end its sending.

        `wanted` and `shown` never get smaller: others may have written since.
        """
        ...

    async def shown(self, message: MessageId, change: int, posted: Posted | None) -> None:
        """It shows that change, stands there, and its sending has ended. None: it does not stand any more.

        `shown` never gets smaller.
        """
        ...

    async def want(self, message: MessageId) -> bool:
        """What it should say has changed: `wanted` grows by one. False when there is no such message."""
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

    async def telling(
        self, workspace: WorkspaceId, *what: Tells, private_to: ActorId | None = None
    ) -> list[MessageRecord]:
        """A workspace's messages, or those to one person, that tell such a thing and are not forgotten."""
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

    async def add_copy(self, copy: BlobKey, of: BlobKey) -> bool:
        """Those bytes were made of these, or shown in their place before, and go with them.

        False, and not noted, where the latter are not kept any more. Idempotent.
        """
        ...

    async def copies_of(self, blob: BlobKey) -> list[BlobKey]:
        """The bytes that go with these."""
        ...

    async def is_referred_to(self, blob: BlobKey) -> bool:
        """Whether a turn (candidate, reference), a message (sheet) or a pending delivery needs the bytes."""
        ...

    async def forget(self, blob: BlobKey) -> None:
        """The bytes are gone. That others go with them stays noted until those are gone, too."""
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
