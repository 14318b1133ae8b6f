"""The ledger's lines, in SQL: added, read and summed, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, case, cast, func, select

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import long
from adapters.database.tables import ACTOR, ENTRY
from core.app.spending import SpendRow
from core.domain.ids import Micros
from core.domain.quota import Entry, EntryKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, RowMapping

    from adapters.database.transaction import Transaction
    from core.domain.ids import TurnId, WorkspaceId

_USED = (EntryKind.SETTLE, EntryKind.CORRECTION)
_LENGTH_OF_A_DAY = len("2026-11-23")


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
        day = func.substr(cast(ENTRY.c.at, String), 1, _LENGTH_OF_A_DAY)
        query = (
            select(
                ENTRY.c.workspace,
                ENTRY.c.actor,
                func.coalesce(func.max(ACTOR.c.name), "").label("name"),
                day.label("day"),
                _sum(ENTRY.c.pictures, *_USED).label("pictures"),
                _sum(ENTRY.c.micros, *_USED).label("micros"),
                _sum(ENTRY.c.micros, EntryKind.WRITE_OFF).label("written_off"),
            )
            .outerjoin(ACTOR, ACTOR.c.id == ENTRY.c.actor)
            .where(ENTRY.c.at >= since, ENTRY.c.at < until)
            .where(ENTRY.c.kind.in_([*_USED, EntryKind.WRITE_OFF]))
            .group_by("day", ENTRY.c.workspace, ENTRY.c.actor)
            .order_by("day", ENTRY.c.workspace, ENTRY.c.actor)
        )
        if workspace is not None:
            query = query.where(ENTRY.c.workspace == workspace)
        return [_spend_row(row) for row in await self._transaction.all(long(query))]


def _spend_row(row: RowMapping) -> SpendRow:
    # Postgres adds whole numbers up to a decimal.
    return record_of(
        SpendRow,
        row,
        pictures=int(row["pictures"]),
        micros=Micros(int(row["micros"])),
        written_off=Micros(int(row["written_off"])),
    )


def _sum(column: Column[int], *kinds: EntryKind) -> ColumnElement[int]:
    return func.sum(case((ENTRY.c.kind.in_(kinds), column), else_=0))
