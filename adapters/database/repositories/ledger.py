"""The ledger's lines, in SQL: added, read and summed, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, and_, case, cast, func, or_, select

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import is_one_of, long, param
from adapters.database.tables import ACTOR, ATTEMPT, ENTRY
from core.app.records import AttemptRecord
from core.app.spending import BookedCall, SpendRow
from core.domain.ids import Micros
from core.domain.quota import Entry, EntryKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from adapters.database.transaction import Transaction
    from core.domain.ids import TurnId, WorkspaceId

_BOOKED = (EntryKind.SETTLE, EntryKind.WRITE_OFF, EntryKind.CORRECTION)
_LENGTH_OF_A_DAY = len("2026-11-23")

# A correction of what was settled names the hold; one of what was written off has none.
_IS_LOSS = or_(
    ENTRY.c.kind == EntryKind.WRITE_OFF,
    and_(ENTRY.c.kind == EntryKind.CORRECTION, ENTRY.c.reservation.is_(None)),
)

# A correction counts when that did which it mends: a day's sum may not fall because of another day.
_MENDED = ENTRY.alias("mended")
_MENDED_AT = (
    select(func.max(_MENDED.c.at))
    .where(
        _MENDED.c.turn == ENTRY.c.turn,
        _MENDED.c.attempt == ENTRY.c.attempt,
        _MENDED.c.kind == case((_IS_LOSS, EntryKind.WRITE_OFF), else_=EntryKind.SETTLE),
    )
    .correlate(ENTRY)
    .scalar_subquery()
)
_COUNTS_AT = case(
    (ENTRY.c.kind == EntryKind.CORRECTION, func.coalesce(_MENDED_AT, ENTRY.c.at)), else_=ENTRY.c.at
)

_IS_FOR_THE_CALL = and_(
    # The turn comes first: its index finds the few lines that can be meant.
    ENTRY.c.turn == ATTEMPT.c.turn,
    ENTRY.c.attempt == ATTEMPT.c.id,
    is_one_of(ENTRY.c.kind, _BOOKED),
)
_BOOKED_FOR = (
    select(func.coalesce(func.sum(ENTRY.c.micros), 0))
    .where(_IS_FOR_THE_CALL)
    .correlate(ATTEMPT)
    .scalar_subquery()
)
_BOOKED_CALLS = long(
    select(ATTEMPT, _BOOKED_FOR.label("booked"))
    .where(
        ATTEMPT.c.started_at >= param("since"),
        ATTEMPT.c.started_at < param("until"),
        ATTEMPT.c.engine == param("engine"),
    )
    .order_by(ATTEMPT.c.started_at, ATTEMPT.c.id)
)


class SqlLedger:
    """A row a line, numbered as they come."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add_entry(self, entry: Entry) -> None:
        """Add a line."""
        await self._transaction.insert(ENTRY, fields_of(entry))

    async def entries(
        self, *, turn: TurnId | None = None, workspace: WorkspaceId | None = None
    ) -> list[Entry]:
        """Lines in order, of that turn or workspace where given."""
        query = select(ENTRY).order_by(ENTRY.c.number)
        if turn is not None:
            query = query.where(ENTRY.c.turn == turn)
        if workspace is not None:
            query = query.where(ENTRY.c.workspace == workspace)
        return [record_of(Entry, row) for row in await self._transaction.all(long(query))]

    async def spending(
        self, *, since: datetime, until: datetime, workspace: WorkspaceId | None = None
    ) -> list[SpendRow]:
        """Who used what from `since` until before `until`, by person and UTC day."""
        counts_at = _COUNTS_AT
        day = func.substr(cast(counts_at, String), 1, _LENGTH_OF_A_DAY)
        query = (
            select(
                ENTRY.c.workspace,
                ENTRY.c.actor,
                func.coalesce(func.max(ACTOR.c.name), "").label("name"),
                day.label("day"),
                func.sum(case((_IS_LOSS, 0), else_=ENTRY.c.pictures)).label("pictures"),
                func.sum(case((_IS_LOSS, 0), else_=ENTRY.c.micros)).label("micros"),
                func.sum(case((_IS_LOSS, ENTRY.c.micros), else_=0)).label("written_off"),
            )
            .outerjoin(ACTOR, ACTOR.c.id == ENTRY.c.actor)
            # Nothing is corrected before it was booked, and the index knows only when a line was written.
            .where(ENTRY.c.at >= since, counts_at >= since, counts_at < until)
            .where(is_one_of(ENTRY.c.kind, _BOOKED))
            .group_by("day", ENTRY.c.workspace, ENTRY.c.actor)
            .order_by("day", ENTRY.c.workspace, ENTRY.c.actor)
        )
        if workspace is not None:
            query = query.where(ENTRY.c.workspace == workspace)
        return [_spend_row(row) for row in await self._transaction.all(long(query))]

    async def booked(self, *, since: datetime, until: datetime, engine: str) -> list[BookedCall]:
        """The calls that began from `since` until before `until`, and what stands for each."""
        given = {"since": since, "until": until, "engine": engine}
        rows = await self._transaction.all(_BOOKED_CALLS, given)
        return [
            BookedCall(record_of(AttemptRecord, row), Micros(int(row["booked"])))  # a decimal on Postgres
            for row in rows
        ]


def _spend_row(row: RowMapping) -> SpendRow:
    # Postgres adds whole numbers up to a decimal.
    return record_of(
        SpendRow,
        row,
        pictures=int(row["pictures"]),
        micros=Micros(int(row["micros"])),
        written_off=Micros(int(row["written_off"])),
    )
