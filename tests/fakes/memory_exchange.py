"""Deliveries, people and messages, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.app.mentions import tells_of
from tests.fakes.memory_shelves import Delivery, Desk, add_new

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.app.inbound import Inbound
    from core.app.mentions import Tells
    from core.app.ports import Posted
    from core.app.records import (
        ActorRecord,
        ForgettingRecord,
        MessageRecord,
        Saying,
        ThreadRecord,
        WorkspaceRecord,
    )
    from core.domain.ids import (
        ActorId,
        ChannelRef,
        ForgettingId,
        MessageId,
        MessageRef,
        WorkspaceId,
    )


_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryInbox:
    """Which deliveries were seen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def admit(self, inbound: Inbound, *, is_pending: bool) -> bool:
        """Remember the delivery; False when its key was seen before."""
        inbox = self._desk.to_write().inbox
        if inbound.delivery_key in inbox:
            return False
        inbox[inbound.delivery_key] = Delivery(self._desk.now(), inbound if is_pending else None)
        return True

    async def finish(self, delivery_key: str) -> bool:
        """A pending delivery has been handled; False when somebody else finished it first."""
        inbox = self._desk.to_write().inbox
        delivery = inbox.get(delivery_key)
        if delivery is None or delivery.inbound is None:
            return False
        inbox[delivery_key] = replace(delivery, inbound=None)
        return True

    async def pending(self, *, before: datetime, limit: int) -> list[Inbound]:
        """Deliveries admitted before then and never finished, oldest first."""
        deliveries = sorted(self._desk.to_read().inbox.values(), key=lambda each: each.received_at)
        return [each.inbound for each in deliveries if each.inbound and each.received_at < before][:limit]

    async def forget(self, *, before: datetime) -> int:
        """Drop finished deliveries older than that; returns how many."""
        inbox = self._desk.to_write().inbox
        old = [key for key, each in inbox.items() if each.inbound is None and each.received_at < before]
        for key in old:
            del inbox[key]
        return len(old)


class MemoryPeople:
    """Workspaces and actors."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def workspace(self, workspace: WorkspaceId, *, for_change: bool = False) -> WorkspaceRecord | None:
        """The workspace, if it was seen before."""
        del for_change
        return self._desk.to_read().workspaces.get(workspace)

    async def save_workspace(self, record: WorkspaceRecord) -> None:
        """Insert or replace."""
        self._desk.to_write().workspaces[record.id] = record

    async def actor(self, actor: ActorId) -> ActorRecord | None:
        """The person, if seen before."""
        return self._desk.to_read().actors.get(actor)

    async def save_actor(self, record: ActorRecord) -> None:
        """Insert or replace."""
        self._desk.to_write().actors[record.id] = record

    async def admins(self, workspace: WorkspaceId, *, limit: int) -> list[ActorRecord]:
        """Who was last seen as an admin by the platform's word, the latest seen first."""
        found = [
            each
            for each in self._desk.to_read().actors.values()
            if each.workspace == workspace and each.is_admin
        ]
        found.sort(key=lambda each: each.id)
        return sorted(found, key=lambda each: each.seen_at or _NEVER, reverse=True)[:limit]


class MemoryMessages:
    """Our messages on surfaces."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, record: MessageRecord) -> None:
        """A message that shall be posted; one that is there already stays as it is."""
        self._desk.to_write().messages.setdefault(record.id, record)

    async def get(self, message: MessageId) -> MessageRecord | None:
        """The message."""
        return self._desk.to_read().messages.get(message)

    async def save(self, record: MessageRecord) -> None:
        """Store all of it and end its sending. `wanted` and `shown` only ever grow."""
        shelves = self._desk.to_write()
        stored = shelves.messages.get(record.id)
        if stored is None:
            return
        wanted, shown = max(stored.wanted, record.wanted), max(stored.shown, record.shown)
        shelves.messages[record.id] = replace(record, wanted=wanted, shown=shown)
        shelves.sending_until.pop(record.id, None)

    async def shown(self, message: MessageId, change: int, posted: Posted | None) -> None:
        """It shows that change and stands there, or (None) does not stand any more; its sending has ended."""
        shelves = self._desk.to_write()
        stored = shelves.messages.get(message)
        if stored is None:
            return
        place = (
            {"ref": posted.message, "thread_ref": posted.thread} if posted is not None else {"context": ""}
        )
        shown = {"shown": max(stored.shown, change), "tries": 0, "not_before": None}
        shelves.messages[message] = replace(stored, **place, **shown)  # type: ignore[arg-type]  # replace checks names
        shelves.sending_until.pop(message, None)

    async def want(self, message: MessageId) -> bool:
        """What it should say has changed; False when there is no such message."""
        messages = self._desk.to_write().messages
        if message not in messages:
            return False
        messages[message] = replace(messages[message], wanted=messages[message].wanted + 1)
        return True

    async def claim(self, message: MessageId, *, lease_s: float) -> MessageRecord | None:
        """Take it for sending and count the try; only if due, behind, not given up, and nobody is at it."""
        shelves, now = self._desk.to_write(), self._desk.now()
        record = shelves.messages.get(message)
        if record is None or not self._should_be_sent(record, now):
            return None
        shelves.sending_until[message] = now + timedelta(seconds=lease_s)
        shelves.messages[message] = replace(record, tries=record.tries + 1)
        return shelves.messages[message]

    async def break_leases(self) -> int:
        """End every sending that somebody has begun."""
        sending = self._desk.to_write().sending_until
        broken = len(sending)
        sending.clear()
        return broken

    async def unsent(self, *, before: datetime, limit: int) -> list[MessageId]:
        """Messages made before then that should be sent and that nobody is sending, oldest first."""
        now = self._desk.now()
        records = sorted(self._desk.to_read().messages.values(), key=lambda each: (each.created_at, each.id))
        return [each.id for each in records if each.created_at < before and self._should_be_sent(each, now)][
            :limit
        ]

    async def unposted(self, workspace: WorkspaceId, channel: ChannelRef) -> list[MessageRecord]:
        """Turns' messages there that somebody has begun to post and that no id is known of."""
        return [
            each
            for each in self._desk.to_read().messages.values()
            if (each.workspace, each.channel, each.ref) == (workspace, channel, None)
            and each.turn is not None
            and each.tries > 0
            and each.wanted > each.shown
            and not each.is_given_up
        ]

    async def by_ref(
        self, workspace: WorkspaceId, channel: ChannelRef, ref: MessageRef
    ) -> MessageRecord | None:
        """The message that stands there."""
        place = (workspace, channel, ref)
        records = self._desk.to_read().messages.values()
        return next((each for each in records if (each.workspace, each.channel, each.ref) == place), None)

    async def of_thread(self, thread: ThreadRecord) -> list[MessageRecord]:
        """All messages of the thread and those that stand in it without being of it, oldest first."""
        place = (thread.workspace, thread.channel, thread.ref)

        def is_in_it(each: MessageRecord) -> bool:
            return each.thread_ref is not None and (each.workspace, each.channel, each.thread_ref) == place

        return self._oldest_first(lambda each: each.thread == thread.id or is_in_it(each))

    async def private_to(self, workspace: WorkspaceId, actor: ActorId) -> list[MessageRecord]:
        """All messages to that person alone, oldest first."""
        return self._oldest_first(lambda each: (each.workspace, each.private_to) == (workspace, actor))

    def _oldest_first(self, is_wanted: Callable[[MessageRecord], bool]) -> list[MessageRecord]:
        found = filter(is_wanted, self._desk.to_read().messages.values())
        return sorted(found, key=lambda each: (each.created_at, each.id))

    async def telling(
        self, workspace: WorkspaceId, *what: Tells, private_to: ActorId | None = None
    ) -> list[MessageRecord]:
        """The messages that tell such a thing and are not forgotten, oldest first."""
        return self._oldest_first(
            lambda each: (
                each.workspace == workspace
                and not each.is_forgotten
                and tells_of(each.saying) in what
                and private_to in {None, each.private_to}
            )
        )

    async def forget(self, message: MessageId, instead: Saying, *, context: str = "") -> None:
        """It should not stand any more. Whoever is sending it now keeps its claim."""
        messages = self._desk.to_write().messages
        record = messages.get(message)
        if record is None or record.is_forgotten:
            return
        messages[message] = replace(
            record,
            saying=instead,
            context=context or record.context,
            wanted=record.wanted + 1,
            is_forgotten=True,
            is_given_up=False,
            not_before=None,
            sheet=None,
        )

    def _should_be_sent(self, record: MessageRecord, now: datetime) -> bool:
        sending_until = self._desk.to_read().sending_until.get(record.id)
        return (
            record.wanted > record.shown
            and not record.is_given_up
            and (record.not_before is None or record.not_before <= now)
            and (sending_until is None or sending_until <= now)
        )


class MemoryForgettings:
    """Wishes to have something forgotten."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, record: ForgettingRecord) -> None:
        """Somebody has confirmed it."""
        add_new(self._desk.to_write().forgettings, record.id, record)

    async def get(self, forgetting: ForgettingId, *, for_change: bool = True) -> ForgettingRecord | None:  # noqa: ARG002 - writers are alone
        """The wish; None once it is over."""
        return self._desk.to_read().forgettings.get(forgetting)

    async def save(self, record: ForgettingRecord) -> None:
        """Store how far it is."""
        forgettings = self._desk.to_write().forgettings
        if record.id in forgettings:
            forgettings[record.id] = record

    async def end(self, forgetting: ForgettingId) -> bool:
        """It is over; False when somebody else ended it first."""
        return self._desk.to_write().forgettings.pop(forgetting, None) is not None

    async def lying(self, *, before: datetime, limit: int) -> list[ForgettingId]:
        """Wishes confirmed before then that are not over, oldest first."""
        records = self._desk.to_read().forgettings.values()
        old = sorted((each.created_at, each.id) for each in records if each.created_at < before)
        return [forgetting for _, forgetting in old[:limit]]
