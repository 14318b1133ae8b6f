"""Turns, who holds them, and their pictures and references, in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from adapters.database.repositories import turn_line, turn_statements
from adapters.database.repositories.pictures import picture_columns, picture_of
from adapters.database.rows import fields_of, record_of
from adapters.database.statements import long
from adapters.database.tables import CANDIDATE, PICTURE, REFERENCE, TURN
from core.app.records import Stage, TurnRecord
from core.domain.generation import FailureKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping
    from sqlalchemy.sql.dml import ReturningUpdate

    from adapters.database.transaction import Fields, Transaction
    from core.app.inbound import Left
    from core.app.records import PictureRecord
    from core.domain.fair_share import Flow
    from core.domain.ids import (
        ActorId,
        ChannelRef,
        MessageRef,
        ThreadId,
        TurnId,
        WorkspaceId,
    )

# Before the engine has answered there is no picture to look for.
_WITHOUT_PICTURES = frozenset({Stage.WAITING, Stage.QUEUED, Stage.ANNOUNCED, Stage.GENERATING})

# Written by claim, renew and release alone: a record that is saved may be older than the last renewal.
_LEASE = ("held_by", "lease_until")
_FREE: Fields = dict.fromkeys(_LEASE)
_NOT_COLUMNS = ("pictures",)


class SqlTurns:
    """A row a turn, with a row beside it for each picture it made and each that its ask names.

    One unit asks for the same turn many times: what it holds locked is read once.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._held: dict[TurnId, TurnRecord] = {}

    async def get(self, turn: TurnId, *, for_change: bool = False) -> TurnRecord | None:
        """The turn."""
        if turn in self._held:
            return self._held[turn]
        query = turn_statements.GET
        if for_change:
            query = self._transaction.locked(query)
        row = await self._transaction.one(query, {"which": turn})
        if row is None:
            return None
        (record,) = await self._with_pictures([row])
        if self._transaction.is_held(for_change=for_change):
            self._held[turn] = record
        return record

    async def add(self, record: TurnRecord) -> None:
        """Add a new turn."""
        await self._transaction.insert(TURN, _columns(record))
        references = [
            {"turn": record.id, "ordinal": ordinal, "blob": blob}
            for ordinal, blob in enumerate(record.ask.references)
        ]
        await self._transaction.insert(REFERENCE, *references)
        await self._add_candidates(record)
        self._held[record.id] = record

    async def save(self, record: TurnRecord, *, stage: Stage, holder: str | None = None) -> bool:
        """Store the turn if it still is at that stage (and held by that holder, where given)."""
        before = self._held.get(record.id)
        columns = _columns(record, but=(*_LEASE, "id"))
        if not record.is_cancel_requested:
            # Somebody may have asked for it since the record was read; that is never taken back.
            del columns["is_cancel_requested"]
        if before is not None:
            stands = _columns(before)
            columns = {name: value for name, value in columns.items() if value != stands[name]}
        given = {"stage": record.stage, **columns, "which": record.id, "expected_stage": stage}
        if holder is None:
            is_saved = await self._transaction.change(turn_statements.SAVE, given) == 1
        else:
            given["holder"] = holder
            is_saved = await self._transaction.change(turn_statements.SAVE_HELD, given) == 1
        if is_saved:
            self._held.pop(record.id, None)
            await self._saved(record, before)
        return is_saved

    async def _saved(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Add what lies beside the row, and remember the turn as it stands now, where that is known."""
        if before is None or before.pictures != record.pictures:
            await self._add_candidates(record)
        if before is None or before.pictures not in {(), record.pictures}:
            return
        self._held[record.id] = replace(
            record,
            is_cancel_requested=record.is_cancel_requested or before.is_cancel_requested,
            held_by=before.held_by,
            lease_until=before.lease_until,
        )

    async def claim(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Take the turn's lease if nobody has it, its time has come, and it is neither waiting nor over."""
        now = await self._transaction.now()
        lease = {"held_by": holder, "lease_until": now + timedelta(seconds=lease_s)}
        return await self._hold(turn, turn_statements.CLAIM, {**lease, "now": now})

    async def renew(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Lengthen the lease; None when somebody else has taken it or it was given back."""
        now = await self._transaction.now()
        lease = {"held_by": holder, "lease_until": now + timedelta(seconds=lease_s)}
        return await self._hold(turn, turn_statements.RENEW, {**lease, "holder": holder})

    async def release(self, turn: TurnId, *, holder: str, not_before: datetime | None = None) -> None:
        """Give the lease back, if it still is that holder's."""
        again = {} if not_before is None else {"not_before": not_before}
        self._held.pop(turn, None)
        given = {**_FREE, **again, "which": turn, "holder": holder}
        await self._transaction.change(turn_statements.RELEASE, given)

    async def announce(self, turn: TurnId, *, holder: str) -> bool:
        """Announce a queued turn that the holder has, and give its lease back."""
        self._held.pop(turn, None)
        given = {**_FREE, "stage": Stage.ANNOUNCED, "which": turn, "holder": holder}
        given["expected_stage"] = Stage.QUEUED
        return await self._transaction.change(turn_statements.SAVE_HELD, given) == 1

    async def break_leases(self) -> int:
        """Take every lease of an unfinished turn away."""
        self._held.clear()
        return await self._transaction.change(turn_statements.BREAK_LEASES)

    async def stale(self, *, nudged_before: datetime, limit: int) -> list[TurnId]:
        """Unfinished turns that nobody looks after; marks them nudged now."""
        now = await self._transaction.now()
        query = self._transaction.locked(turn_line.STALE)
        given = {"now": now, "nudged_before": nudged_before, "limit": limit}
        found = [row["id"] for row in await self._transaction.all(query, given)]
        if found:
            self._held.clear()
            marked = update(TURN).where(TURN.c.id.in_(found)).values(nudged_at=now)
            await self._transaction.change(marked)
        return found

    async def of_thread(self, thread: ThreadId, *, stages: Sequence[Stage] = ()) -> list[TurnRecord]:
        """The thread's turns in order, of those stages where given."""
        query = turn_statements.OF_THREAD
        if stages:
            query = query.where(TURN.c.stage.in_(stages))
        return await self._with_pictures(await self._transaction.all(query, {"of": thread}))

    async def last_position(self, thread: ThreadId) -> int:
        """Where the thread's last turn stands; 0 when there is none."""
        row = await self._transaction.one(turn_statements.LAST_POSITION, {"of": thread})
        return (row and row["last"]) or 0

    async def twin(
        self, workspace: WorkspaceId, actor: ActorId, twin_key: str, *, since: datetime
    ) -> TurnRecord | None:
        """The first same wish of the same person since then whose placeholder is not posted yet.

        Until the unit ends nobody else is told that there is none.
        """
        # Of two clicks in one moment neither would see the other's turn: the second waits for the first.
        await self._transaction.alone_with(f"{actor} {twin_key}")
        wish = {"workspace": workspace, "actor": actor, "twin_key": twin_key, "since": since}
        rows = await self._transaction.all(turn_statements.TWIN, wish)
        return next(iter(await self._with_pictures(rows)), None)

    async def by_source(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> TurnRecord | None:
        """The latest turn that came from that message of a person."""
        where = {"workspace": workspace, "channel": channel, "source": source}
        rows = await self._transaction.all(turn_statements.BY_SOURCE, where)
        return next(iter(await self._with_pictures(rows)), None)

    async def unfinished_in(self, left: Left) -> list[ThreadId]:
        """The threads in that place in which a turn is not over."""
        query, given = turn_statements.UNFINISHED_IN, dict[str, str](workspace=left.workspace)
        for value, name, is_there in (
            (left.channel, "channel", turn_statements.IN_CHANNEL),
            (left.thread, "ref", turn_statements.IN_PLACE),
        ):
            if value is not None:
                query, given = query.where(is_there), {**given, name: value}
        return [row["thread"] for row in await self._transaction.all(query, given)]

    async def threads_of(self, workspace: WorkspaceId, actor: ActorId) -> list[ThreadId]:
        """The threads with turns of that person of which something is left."""
        whose = {"workspace": workspace, "actor": actor}
        rows = await self._transaction.all(long(turn_statements.THREADS_OF), whose)
        return [row["thread"] for row in rows]

    async def forget(self, record: TurnRecord) -> None:
        """Store what is left of a turn that is over, and let go of what it does not have any more."""
        self._held.pop(record.id, None)
        gone = {"turn": record.id}
        if not record.pictures:
            await self._transaction.change(turn_statements.NO_CANDIDATES, gone)
        if not record.ask.references:
            await self._transaction.change(turn_statements.NO_REFERENCES, gone)
        await self._transaction.change(turn_statements.NO_REQUEST_HASHES, {"of": record.id})
        await self.save(record, stage=record.stage)

    async def ahead_of(self, turn: TurnId) -> int:
        """How many turns that wait for the engine were asked for before this one."""
        row = await self._transaction.one(turn_line.AHEAD_OF, {"turn": turn})
        return 0 if row is None else row["ahead"]

    async def moderated(self, actor: ActorId, *, since: datetime) -> list[datetime]:
        """When turns of that person were refused by the safety system since then, oldest first."""
        given = {"actor": actor, "since": since}
        rows = await self._transaction.all(turn_statements.MODERATIONS, given)
        return [row["moderated_at"] for row in rows]

    async def flows(self) -> list[Flow]:
        """Each person's oldest turn that only waits for the engine."""
        now = await self._transaction.now()
        rows = await self._transaction.all(turn_line.FLOWS, {"now": now})
        return [turn_line.flow_of(row) for row in rows]

    async def _hold(self, turn: TurnId, change: ReturningUpdate[Any], given: Fields) -> TurnRecord | None:
        self._held.pop(turn, None)
        row = await self._transaction.one(change, {**given, "which": turn})
        return None if row is None else await self._locked(row)

    async def _locked(self, row: RowMapping) -> TurnRecord:
        (record,) = await self._with_pictures([row])
        self._held[record.id] = record
        return record

    async def _add_candidates(self, record: TurnRecord) -> None:
        if not record.pictures:
            return
        made_at = await self._transaction.now()
        place = {"turn": record.id, "workspace": record.workspace, "actor": record.actor, "made_at": made_at}
        await self._transaction.insert_missing(PICTURE, *map(picture_columns, record.pictures))
        candidates = [
            {**place, "ordinal": ordinal, "blob": picture.blob}
            for ordinal, picture in enumerate(record.pictures)
        ]
        await self._transaction.insert_missing(CANDIDATE, *candidates)

    async def _with_pictures(self, rows: Sequence[RowMapping]) -> list[TurnRecord]:
        pictures = await self._pictures_of(
            [row["id"] for row in rows if row["stage"] not in _WITHOUT_PICTURES]
        )
        return [record_of(TurnRecord, row, pictures=tuple(pictures.get(row["id"], ()))) for row in rows]

    async def _pictures_of(self, turns: Sequence[TurnId]) -> dict[TurnId, list[PictureRecord]]:
        if not turns:
            return {}
        found: dict[TurnId, list[PictureRecord]] = {}
        for row in await self._transaction.all(*turn_statements.made_by(turns)):
            found.setdefault(row["turn"], []).append(picture_of(row))
        return found


def _columns(record: TurnRecord, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Spread a turn over its own columns; what the safety system refused is looked up by when."""
    is_moderated = record.failure is not None and record.failure.kind is FailureKind.MODERATED
    columns = fields_of(record, but=(*_NOT_COLUMNS, *but))
    return {**columns, "moderated_at": record.finished_at if is_moderated else None}
