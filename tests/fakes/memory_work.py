"""Edit threads and turns, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.app.errors import Conflict
from core.app.records import Stage, ThreadRecord, TurnRecord
from core.domain.fair_share import Flow
from core.domain.generation import FailureKind
from tests.fakes.memory_shelves import Desk, Made, Shelves, add_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.app.inbound import Left
    from core.domain.ids import (
        ActorId,
        ChannelRef,
        MessageRef,
        Platform,
        ThreadId,
        ThreadRef,
        TurnId,
        WorkspaceId,
    )


class MemoryThreads:
    """Edit threads with their revisions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def get(self, thread: ThreadId, *, for_change: bool = True) -> ThreadRecord | None:  # noqa: ARG002 - writers are alone
        """The thread."""
        return self._desk.to_read().threads.get(thread)

    async def find(
        self,
        workspace: WorkspaceId,
        platform: Platform,
        channel: ChannelRef,
        ref: ThreadRef,
        *,
        for_change: bool = True,  # noqa: ARG002 - writers are alone
    ) -> ThreadRecord | None:
        """The thread that lives there."""
        place = (workspace, platform, channel, ref)
        return next((each for each in self._desk.to_read().threads.values() if _place(each) == place), None)

    async def add(self, record: ThreadRecord) -> None:
        """A new thread."""
        shelves = self._desk.to_write()
        self._refuse_taken_place(shelves, record)
        add_new(shelves.threads, record.id, record)

    async def save(self, record: ThreadRecord) -> None:
        """Store the machine's state and the ref; revisions that are new are added, none is changed."""
        shelves = self._desk.to_write()
        stored = shelves.threads.get(record.id)
        if stored is None:
            return
        self._refuse_taken_place(shelves, record)
        known = stored.machine.revisions
        new = tuple(each for each in record.machine.revisions if each.number > len(known))
        machine = replace(record.machine, revisions=(*known, *new))
        shelves.threads[record.id] = replace(stored, machine=machine, ref=record.ref)

    async def revision_turn(self, thread: ThreadId, revision: int) -> TurnRecord | None:
        """The turn that made that revision, with its pictures."""
        shelves = self._desk.to_read()
        record = shelves.threads.get(thread)
        if record is None:
            return None
        made_by = (each.turn_id for each in record.machine.revisions if each.number == revision)
        return next((shelves.turns[turn] for turn in made_by), None)

    async def asked(self, thread: ThreadId, revisions: Sequence[int]) -> dict[int, str]:
        """What was typed for each of those revisions, where it was not forgotten."""
        found = {number: await self.revision_turn(thread, number) for number in revisions}
        return {
            number: turn.ask.text
            for number, turn in found.items()
            if turn is not None and not turn.is_forgotten
        }

    def _refuse_taken_place(self, shelves: Shelves, record: ThreadRecord) -> None:
        others = (each for each in shelves.threads.values() if each.id != record.id)
        if record.ref is not None and any(_place(each) == _place(record) for each in others):
            message = f"another thread lives at {record.ref}"
            raise Conflict(message)


def _place(record: ThreadRecord) -> tuple[WorkspaceId, Platform, ChannelRef, ThreadRef | None]:
    return record.workspace, record.platform, record.channel, record.ref


class MemoryTurns:
    """Turns and who holds them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def get(self, turn: TurnId, *, for_change: bool = False) -> TurnRecord | None:  # noqa: ARG002 - writers are alone
        """The turn."""
        return self._desk.to_read().turns.get(turn)

    async def add(self, record: TurnRecord) -> None:
        """A new turn."""
        shelves = self._desk.to_write()
        places = {(each.thread, each.position) for each in shelves.turns.values()}
        if (record.thread, record.position) in places:
            message = f"another turn stands at {record.position} in {record.thread}"
            raise Conflict(message)
        add_new(shelves.turns, record.id, record)
        self._keep_pictures(shelves, record)

    async def save(self, record: TurnRecord, *, stage: Stage, holder: str | None = None) -> bool:
        """Store the turn if it still is as expected; its lease stays, and a cancel is never taken back."""
        shelves = self._desk.to_write()
        stored = shelves.turns.get(record.id)
        if stored is None or stored.stage is not stage or holder not in {None, stored.held_by}:
            return False
        shelves.turns[record.id] = replace(
            record,
            held_by=stored.held_by,
            lease_until=stored.lease_until,
            is_cancel_requested=stored.is_cancel_requested or record.is_cancel_requested,
            pictures=stored.pictures or record.pictures,
        )
        self._keep_pictures(shelves, record)
        return True

    async def claim(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Take the turn's lease if nobody has it, its time has come, and it is neither waiting nor over."""
        record, now = self._desk.to_write().turns.get(turn), self._desk.now()
        if record is None or record.stage.is_over or record.stage is Stage.WAITING:
            return None
        return self._held(record, holder, lease_s) if _is_free(record, now) else None

    async def renew(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Lengthen the lease; None when it was lost."""
        record = self._desk.to_write().turns.get(turn)
        return self._held(record, holder, lease_s) if record and record.held_by == holder else None

    async def release(self, turn: TurnId, *, holder: str, not_before: datetime | None = None) -> None:
        """Give the lease back, if it still is that holder's."""
        turns = self._desk.to_write().turns
        record = turns.get(turn)
        if record is not None and record.held_by == holder:
            again = not_before or record.not_before
            turns[turn] = replace(record, held_by=None, lease_until=None, not_before=again)

    async def announce(self, turn: TurnId, *, holder: str) -> bool:
        """Announce a queued turn that the holder has, and give its lease back."""
        turns = self._desk.to_write().turns
        record = turns.get(turn)
        if record is None or record.stage is not Stage.QUEUED or record.held_by != holder:
            return False
        turns[turn] = replace(record, stage=Stage.ANNOUNCED, held_by=None, lease_until=None)
        return True

    async def break_leases(self) -> int:
        """Take every lease away."""
        turns = self._desk.to_write().turns
        held = [each for each in turns.values() if each.held_by is not None]
        turns.update({each.id: replace(each, held_by=None, lease_until=None) for each in held})
        return len(held)

    async def stale(self, *, nudged_before: datetime, limit: int) -> list[TurnId]:
        """Unfinished turns that nobody looks after; marks them nudged now."""
        turns, now = self._desk.to_write().turns, self._desk.now()
        found = [
            each
            for each in sorted(_oldest_first(turns.values()), key=_nudged_at)
            if not (each.stage.is_over or each.stage is Stage.WAITING)
            and _is_free(each, now)
            and (each.nudged_at is None or each.nudged_at < nudged_before)
        ][:limit]
        turns.update({each.id: replace(each, nudged_at=now) for each in found})
        return [each.id for each in found]

    async def of_thread(self, thread: ThreadId, *, stages: Sequence[Stage] = ()) -> list[TurnRecord]:
        """The thread's turns in order, of those stages where given."""
        mine = (each for each in self._desk.to_read().turns.values() if each.thread == thread)
        wanted = [each for each in mine if not stages or each.stage in stages]
        return sorted(wanted, key=lambda each: each.position)

    async def last_position(self, thread: ThreadId) -> int:
        """Where the thread's last turn stands; 0 when there is none."""
        turns = self._desk.to_read().turns.values()
        return max((each.position for each in turns if each.thread == thread), default=0)

    async def twin(
        self, workspace: WorkspaceId, actor: ActorId, twin_key: str, *, since: datetime
    ) -> TurnRecord | None:
        """The first same wish of the same person since then whose placeholder is not posted yet."""
        shelves = self._desk.to_read()
        wish = (workspace, actor, twin_key)
        for each in _oldest_first(shelves.turns.values()):
            if (each.workspace, each.actor, each.twin_key) != wish or each.created_at < since:
                continue
            placeholder = shelves.messages.get(each.message)
            if not each.stage.is_over and (placeholder is None or placeholder.ref is None):
                return each
        return None

    async def by_source(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> TurnRecord | None:
        """The latest turn that came from that message of a person."""
        shelves = self._desk.to_read()
        found = [
            each
            for each in _oldest_first(shelves.turns.values())
            if (each.workspace, each.source) == (workspace, source)
            and shelves.threads[each.thread].channel == channel
        ]
        return found[-1] if found else None

    async def unfinished_in(self, left: Left) -> list[ThreadId]:
        """The threads in that place in which a turn is not over, the oldest turn's first."""
        shelves = self._desk.to_read()

        def is_there(place: ThreadRecord) -> bool:
            return left.channel in {None, place.channel} and left.thread in {None, place.ref}

        found = (
            each.thread
            for each in _oldest_first(shelves.turns.values())
            if each.workspace == left.workspace
            and not each.stage.is_over
            and is_there(shelves.threads[each.thread])
        )
        return list(dict.fromkeys(found))

    async def threads_of(self, workspace: WorkspaceId, actor: ActorId) -> list[ThreadId]:
        """The threads with turns of that person of which something is left, the oldest turn's first."""
        mine = (
            each.thread
            for each in _oldest_first(self._desk.to_read().turns.values())
            if (each.workspace, each.actor) == (workspace, actor) and not each.is_forgotten
        )
        return list(dict.fromkeys(mine))

    async def forget(self, record: TurnRecord) -> None:
        """Store what is left of a turn; what it does not have any more is not referred to."""
        shelves = self._desk.to_write()
        stored = shelves.turns[record.id]
        shelves.turns[record.id] = replace(record, held_by=stored.held_by, lease_until=stored.lease_until)
        if not record.pictures:
            shelves.made.pop(record.id, None)
        for attempt in [each for each in shelves.attempts.values() if each.turn == record.id]:
            shelves.attempts[attempt.id] = replace(attempt, request_hash="")

    async def ahead_of(self, turn: TurnId) -> int:
        """How many turns that wait for the engine were asked for before this one."""
        turns = self._desk.to_read().turns
        if turn not in turns:
            return 0
        waiting = [each for each in turns.values() if each.stage in {Stage.QUEUED, Stage.ANNOUNCED}]
        return sum(_age(each) < _age(turns[turn]) for each in waiting)

    async def moderated(self, actor: ActorId, *, since: datetime) -> list[datetime]:
        """When turns of that person were refused by the safety system since then, oldest first."""
        return sorted(
            each.finished_at
            for each in self._desk.to_read().turns.values()
            if each.actor == actor
            and each.failure is not None
            and each.failure.kind is FailureKind.MODERATED
            and each.finished_at is not None
            and each.finished_at > since
        )

    async def flows(self) -> list[Flow]:
        """Each person's oldest turn that only waits for the engine."""
        now = self._desk.now()
        flows: dict[tuple[WorkspaceId, ActorId], Flow] = {}
        for each in _oldest_first(self._desk.to_read().turns.values()):
            if each.stage is Stage.ANNOUNCED and _is_free(each, now):
                whose = (each.workspace, each.actor)
                before = flows.get(whose) or Flow(*whose, each.id, each.created_at, turns=0)
                flows[whose] = replace(before, turns=before.turns + 1)
        return list(flows.values())

    def _held(self, record: TurnRecord, holder: str, lease_s: float) -> TurnRecord:
        until = self._desk.now() + timedelta(seconds=lease_s)
        held = replace(record, held_by=holder, lease_until=until)
        self._desk.to_write().turns[record.id] = held
        return held

    def _keep_pictures(self, shelves: Shelves, record: TurnRecord) -> None:
        for picture in record.pictures:
            shelves.pictures.setdefault(picture.blob, picture)
        if record.pictures:
            shelves.made.setdefault(record.id, Made(self._desk.now(), record.pictures))


def _is_free(record: TurnRecord, now: datetime) -> bool:
    is_unheld = record.held_by is None or (record.lease_until is not None and record.lease_until <= now)
    return is_unheld and (record.not_before is None or record.not_before <= now)


def _age(record: TurnRecord) -> tuple[datetime, TurnId]:
    return record.created_at, record.id


def _nudged_at(turn: TurnRecord) -> float:
    return 0.0 if turn.nudged_at is None else turn.nudged_at.timestamp()


def _oldest_first(records: Iterable[TurnRecord]) -> list[TurnRecord]:
    return sorted(records, key=_age)
