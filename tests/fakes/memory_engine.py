"""Calls to the engine, the gate before it, and the pictures that came, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.app.errors import Conflict
from core.app.records import AttemptRecord, GalleryItem, Outcome, PictureRecord, Stage, TurnRecord
from core.domain.gate import MINUTE_S, GateState
from core.domain.lineage import LETTERS
from tests.fakes.memory_shelves import Desk, GateRow, Shelves, add_new

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.domain.fair_share import Tags
    from core.domain.ids import ActorId, AttemptId, BlobKey, Micros, TurnId, WorkspaceId

_GATE = "engine"


class MemoryAttempts:
    """Calls to the engine."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, record: AttemptRecord) -> None:
        """A call is about to be made."""
        shelves = self._desk.to_write()
        if (record.turn, record.ordinal) in {(each.turn, each.ordinal) for each in shelves.attempts.values()}:
            message = f"turn {record.turn} has an attempt {record.ordinal} already"
            raise Conflict(message)
        add_new(shelves.attempts, record.id, record)

    async def get(self, attempt: AttemptId) -> AttemptRecord | None:
        """The attempt."""
        return self._desk.to_read().attempts.get(attempt)

    async def of_turn(self, turn: TurnId) -> list[AttemptRecord]:
        """All attempts of the turn, in order."""
        mine = [each for each in self._desk.to_read().attempts.values() if each.turn == turn]
        return sorted(mine, key=lambda each: each.ordinal)

    async def close(self, record: AttemptRecord) -> bool:
        """Store an attempt's outcome if it is still open."""
        return self._write_outcome(record, expected=Outcome.OPEN)

    async def correct(self, record: AttemptRecord) -> bool:
        """Store what a LOST attempt turned out to be; False when it is not LOST any more."""
        return self._write_outcome(record, expected=Outcome.LOST)

    async def reprice(self, attempt: AttemptId, *, was: Micros, cost: Micros) -> bool:
        """Store another estimate of what a call cost."""
        attempts = self._desk.to_write().attempts
        stored = attempts.get(attempt)
        if stored is None or not stored.is_cost_estimated or stored.cost != was:
            return False
        attempts[attempt] = replace(stored, cost=cost)
        return True

    def _write_outcome(self, record: AttemptRecord, *, expected: Outcome) -> bool:
        attempts = self._desk.to_write().attempts
        stored = attempts.get(record.id)
        if stored is None or stored.outcome is not expected:
            return False
        attempts[record.id] = replace(
            stored,
            outcome=record.outcome,
            cost=record.cost,
            is_cost_estimated=record.is_cost_estimated,
            request_id=record.request_id,
            closed_at=record.closed_at,
        )
        return True


class MemoryGate:
    """The one gate to the engine."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def state(self) -> GateState:
        """Read it. Times are seconds since 1970."""
        shelves, now, row = self._desk.to_read(), self._desk.now(), self._row()
        since = now - timedelta(seconds=MINUTE_S)
        recent = [each for each in shelves.attempts.values() if since < each.started_at <= now]
        return GateState(
            in_flight=sum(
                each.stage is Stage.GENERATING and each.lease_until is not None and each.lease_until > now
                for each in shelves.turns.values()
            ),
            recent=tuple(sorted((each.started_at.timestamp(), each.images) for each in recent)),
            paused_until_s=None if row.paused_until is None else row.paused_until.timestamp(),
            pause_reason=row.pause_reason,
        )

    async def pause(self, *, until: datetime | None, reason: str | None) -> None:
        """Pause the engine; reason None ends the pause."""
        paused_until = None if reason is None else until
        paused = replace(self._row(), paused_until=paused_until, pause_reason=reason)
        self._desk.to_write().gate[_GATE] = paused

    async def tags(self) -> Tags:
        """The fair share's tags."""
        return self._row().tags

    async def save_tags(self, tags: Tags) -> None:
        """Store them."""
        self._desk.to_write().gate[_GATE] = replace(self._row(), tags=tags)

    def _row(self) -> GateRow:
        return self._desk.to_read().gate.get(_GATE, GateRow())


class MemoryPictures:
    """What is known of blobs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, record: PictureRecord) -> None:
        """Bytes that are kept; idempotent."""
        self._desk.to_write().pictures.setdefault(record.blob, record)

    async def get(self, blob: BlobKey) -> PictureRecord | None:
        """What is known of them."""
        return self._desk.to_read().pictures.get(blob)

    async def add_copy(self, copy: BlobKey, of: BlobKey) -> bool:
        """Those bytes go with these; False where these are not kept."""
        shelves = self._desk.to_write()
        if of not in shelves.pictures:
            return False
        shelves.copies[(copy, of)] = copy
        return True

    async def copies_of(self, blob: BlobKey) -> list[BlobKey]:
        """The bytes that go with these."""
        return sorted(copy for (copy, of) in self._desk.to_read().copies if of == blob)

    async def is_referred_to(self, blob: BlobKey) -> bool:
        """Whether a turn, a message or a pending delivery still needs the bytes."""
        shelves = self._desk.to_read()
        in_turns = any(
            blob in each.ask.references or any(picture.blob == blob for picture in each.pictures)
            for each in shelves.turns.values()
        )
        pending = (each.inbound for each in shelves.inbox.values() if each.inbound is not None)
        in_deliveries = any(blob in attachment.ref for each in pending for attachment in each.attachments)
        in_messages = any(each.sheet == blob for each in shelves.messages.values())
        return in_turns or in_deliveries or in_messages

    async def forget(self, blob: BlobKey) -> None:
        """The bytes are gone."""
        shelves = self._desk.to_write()
        shelves.pictures.pop(blob, None)
        for pair in [each for each in shelves.copies if each[0] == blob]:
            del shelves.copies[pair]

    async def gallery(
        self, workspace: WorkspaceId, *, actor: ActorId | None, before: datetime | None, limit: int
    ) -> list[GalleryItem]:
        """Finished pictures, newest first and a turn's in their order; no turn's are split."""
        shelves = self._desk.to_read()
        finished = [
            (made.at, turn)
            for turn, made in shelves.made.items()
            if shelves.turns[turn].workspace == workspace
            and shelves.turns[turn].revision is not None
            and actor in {None, shelves.turns[turn].actor}
            and (before is None or made.at < before)
        ]
        newest_first = sorted(finished, reverse=True)
        times = [at for at, turn in newest_first for _ in shelves.made[turn].pictures]
        last = times[min(limit, len(times)) - 1] if times else None
        shown = [turn for at, turn in newest_first if last is not None and at >= last]
        return [item for turn in shown for item in _items(shelves, shelves.turns[turn])]


def _items(shelves: Shelves, turn: TurnRecord) -> Iterator[GalleryItem]:
    thread, made = shelves.threads[turn.thread], shelves.made[turn.id]
    for letter, picture in zip(LETTERS, made.pictures, strict=False):
        yield GalleryItem(
            thread=thread.id,
            thread_ref=thread.ref,
            channel=thread.channel,
            turn=turn.id,
            revision=turn.revision or 0,
            letter=letter,
            picture=picture,
            text=turn.ask.text,
            actor=turn.actor,
            made_at=made.at,
        )
