"""Turns, who holds them, and their pictures and references, in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from adapters.database.repositories import turn_line
from adapters.database.repositories.pictures import picture_columns, picture_of
from adapters.database.rows import fields_of, record_of
from adapters.database.tables import CANDIDATE, MESSAGE, PICTURE, REFERENCE, TURN
from core.app.records import Stage, TurnRecord

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping

    from adapters.database.transaction import Transaction
    from core.app.records import PictureRecord
    from core.domain.fair_share import Flow
    from core.domain.ids import ActorId, ThreadId, TurnId, WorkspaceId

_OVER = [stage for stage in Stage if stage.is_over]
_NOT_CLAIMED = (*_OVER, Stage.WAITING)

# Before the engine has answered there is no picture to look for.
_WITHOUT_PICTURES = frozenset({Stage.WAITING, Stage.QUEUED, Stage.ANNOUNCED, Stage.GENERATING})

# Written by claim, renew and release alone: a record that is saved may be older than the last renewal.
_LEASE = ("held_by", "lease_until")
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
        query = select(TURN).where(TURN.c.id == turn)
        row = await self._transaction.one(self._transaction.locked(query) if for_change else query)
        if row is None:
            return None
        (record,) = await self._with_pictures([row])
        if self._transaction.is_held(for_change=for_change):
            self._held[turn] = record
        return record

    async def add(self, record: TurnRecord) -> None:
        """Add a new turn."""
        await self._transaction.insert(TURN, fields_of(record, but=_NOT_COLUMNS))
        references = [
            {"turn": record.id, "ordinal": ordinal, "blob": blob}
            for ordinal, blob in enumerate(record.ask.references)
        ]
        await self._transaction.insert(REFERENCE, *references)
        await self._add_candidates(record)

    async def save(self, record: TurnRecord, *, stage: Stage, holder: str | None = None) -> bool:
        """Store the turn if it still is at that stage (and held by that holder, where given)."""
        columns: dict[str, Any] = fields_of(record, but=(*_NOT_COLUMNS, *_LEASE, "id"))
        if not record.is_cancel_requested:
            # Somebody may have asked for it since the record was read; that is never taken back.
            del columns["is_cancel_requested"]
        is_as_expected = (TURN.c.id == record.id) & (TURN.c.stage == stage)
        if holder is not None:
            is_as_expected &= TURN.c.held_by == holder
        is_saved = await self._transaction.change(update(TURN).where(is_as_expected).values(columns)) == 1
        if is_saved:
            await self._saved(record, self._held.pop(record.id, None))
        return is_saved

    async def _saved(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Add what lies beside the row, and remember the turn as it stands now, where that is known."""
        if before is None or before.pictures != record.pictures:
            await self._add_candidates(record)
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
        is_free = (
            (TURN.c.id == turn)
            & turn_line.is_unheld(now)
            & turn_line.is_due(now)
            & TURN.c.stage.not_in(_NOT_CLAIMED)
        )
        return await self._hold(turn, is_free, holder, now + timedelta(seconds=lease_s))

    async def renew(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Lengthen the lease; None when somebody else has taken it or it was given back."""
        now = await self._transaction.now()
        is_ours = (TURN.c.id == turn) & (TURN.c.held_by == holder)
        return await self._hold(turn, is_ours, holder, now + timedelta(seconds=lease_s))

    async def release(self, turn: TurnId, *, holder: str, not_before: datetime | None = None) -> None:
        """Give the lease back, if it still is that holder's."""
        is_ours = (TURN.c.id == turn) & (TURN.c.held_by == holder)
        free = {"held_by": None, "lease_until": None, "not_before": not_before}
        self._held.pop(turn, None)
        await self._transaction.change(update(TURN).where(is_ours).values(free))

    async def stale(self, *, nudged_before: datetime, limit: int) -> list[TurnId]:
        """Unfinished turns that nobody looks after; marks them nudged now."""
        now = await self._transaction.now()
        query = turn_line.stale(now, nudged_before, limit)
        found = [row["id"] for row in await self._transaction.all(self._transaction.locked(query))]
        if found:
            self._held.clear()
            marked = update(TURN).where(TURN.c.id.in_(found)).values(nudged_at=now)
            await self._transaction.change(marked)
        return found

    async def of_thread(self, thread: ThreadId, *, stages: Sequence[Stage] = ()) -> list[TurnRecord]:
        """The thread's turns in order, of those stages where given."""
        query = select(TURN).where(TURN.c.thread == thread).order_by(TURN.c.position)
        if stages:
            query = query.where(TURN.c.stage.in_(stages))
        return await self._with_pictures(await self._transaction.all(query))

    async def twin(
        self, workspace: WorkspaceId, actor: ActorId, twin_key: str, *, since: datetime
    ) -> TurnRecord | None:
        """The first same wish of the same person since then whose placeholder is not posted yet."""
        query = (
            select(TURN)
            .outerjoin(MESSAGE, MESSAGE.c.id == TURN.c.message)
            .where(
                TURN.c.actor == actor,
                TURN.c.twin_key == twin_key,
                TURN.c.created_at >= since,
                TURN.c.workspace == workspace,
                TURN.c.stage.not_in(_OVER),
                MESSAGE.c.ref.is_(None),
            )
            .order_by(TURN.c.created_at, TURN.c.id)
            .limit(1)
        )
        rows = await self._transaction.all(query)
        return next(iter(await self._with_pictures(rows)), None)

    async def ahead_of(self, turn: TurnId) -> int:
        """How many turns that wait for the engine were asked for before this one."""
        row = await self._transaction.one(turn_line.ahead_of(turn))
        return 0 if row is None else row["ahead"]

    async def flows(self) -> list[Flow]:
        """Each person's oldest turn that only waits for the engine."""
        now = await self._transaction.now()
        return [turn_line.flow_of(row) for row in await self._transaction.all(turn_line.flows(now))]

    async def _hold(
        self, turn: TurnId, condition: ColumnElement[bool], holder: str, until: datetime
    ) -> TurnRecord | None:
        lease = {"held_by": holder, "lease_until": until}
        self._held.pop(turn, None)
        is_held = await self._transaction.change(update(TURN).where(condition).values(lease)) == 1
        return await self.get(turn, for_change=True) if is_held else None

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
        query = (
            select(CANDIDATE.c.turn, PICTURE)
            .join(PICTURE, PICTURE.c.blob == CANDIDATE.c.blob)
            .where(CANDIDATE.c.turn.in_(turns))
            .order_by(CANDIDATE.c.turn, CANDIDATE.c.ordinal)
        )
        found: dict[TurnId, list[PictureRecord]] = {}
        for row in await self._transaction.all(query):
            found.setdefault(row["turn"], []).append(picture_of(row))
        return found
