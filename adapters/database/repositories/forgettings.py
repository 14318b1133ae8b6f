"""Wishes to have something forgotten that are not over yet, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, delete, select, update

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import param
from adapters.database.tables import FORGETTING
from core.app.records import ForgettingRecord

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.database.transaction import Transaction
    from core.domain.ids import ForgettingId


_IS_THIS = FORGETTING.c.id == param("which")
_GET = select(FORGETTING).where(_IS_THIS)
_SAVE = update(FORGETTING).where(_IS_THIS)
_END = delete(FORGETTING).where(_IS_THIS)
_LYING = (
    select(FORGETTING.c.id)
    .where(FORGETTING.c.created_at < param("before"))
    .order_by(FORGETTING.c.created_at, FORGETTING.c.id)
    .limit(bindparam("limit", type_=Integer()))
)


class SqlForgettings:
    """A row a wish, deleted when it is over."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, record: ForgettingRecord) -> None:
        """Add a wish that was confirmed."""
        await self._transaction.insert(FORGETTING, fields_of(record))

    async def get(self, forgetting: ForgettingId, *, for_change: bool = True) -> ForgettingRecord | None:
        """The wish, locked where `for_change`."""
        query = self._transaction.locked(_GET) if for_change else _GET
        row = await self._transaction.one(query, {"which": forgetting})
        return None if row is None else record_of(ForgettingRecord, row)

    async def save(self, record: ForgettingRecord) -> None:
        """Store how far it is."""
        await self._transaction.change(_SAVE, {**fields_of(record, but=("id",)), "which": record.id})

    async def end(self, forgetting: ForgettingId) -> bool:
        """It is over; False when somebody else ended it first."""
        return await self._transaction.change(_END, {"which": forgetting}) == 1

    async def lying(self, *, before: datetime, limit: int) -> list[ForgettingId]:
        """Wishes confirmed before then that are not over, oldest first."""
        rows = await self._transaction.all(_LYING, {"before": before, "limit": limit})
        return [row["id"] for row in rows]
