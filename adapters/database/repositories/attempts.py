"""Calls to the engine, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import param
from adapters.database.tables import ATTEMPT
from core.app.records import AttemptRecord, Outcome

if TYPE_CHECKING:
    from adapters.database.transaction import Transaction
    from core.domain.ids import AttemptId, Micros, TurnId

_OUTCOME = ("outcome", "cost", "is_cost_estimated", "request_id", "closed_at")

_IS_THIS = ATTEMPT.c.id == param("which")
_GET = select(ATTEMPT).where(_IS_THIS)
_OF_TURN = select(ATTEMPT).where(ATTEMPT.c.turn == param("of")).order_by(ATTEMPT.c.ordinal)
_WRITE_OUTCOME = update(ATTEMPT).where(_IS_THIS, ATTEMPT.c.outcome == param("expected"))
_REPRICE = update(ATTEMPT).where(
    _IS_THIS, ATTEMPT.c.is_cost_estimated.is_(other=True), ATTEMPT.c.cost == param("was")
)


class SqlAttempts:
    """A row a call. Its outcome is written once, and once more if it was lost."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, record: AttemptRecord) -> None:
        """Write that a call is about to be made."""
        await self._transaction.insert(ATTEMPT, fields_of(record))

    async def get(self, attempt: AttemptId) -> AttemptRecord | None:
        """The attempt."""
        row = await self._transaction.one(_GET, {"which": attempt})
        return None if row is None else record_of(AttemptRecord, row)

    async def of_turn(self, turn: TurnId) -> list[AttemptRecord]:
        """All attempts of the turn, in order."""
        rows = await self._transaction.all(_OF_TURN, {"of": turn})
        return [record_of(AttemptRecord, row) for row in rows]

    async def close(self, record: AttemptRecord) -> bool:
        """Store an attempt's outcome if it is still open."""
        return await self._write_outcome(record, expected=Outcome.OPEN)

    async def correct(self, record: AttemptRecord) -> bool:
        """Store what a LOST attempt turned out to be; False when it is not LOST any more."""
        return await self._write_outcome(record, expected=Outcome.LOST)

    async def reprice(self, attempt: AttemptId, *, was: Micros, cost: Micros) -> bool:
        """Store another estimate of what a call cost, unless that was changed meanwhile."""
        return await self._transaction.change(_REPRICE, {"which": attempt, "was": was, "cost": cost}) == 1

    async def _write_outcome(self, record: AttemptRecord, *, expected: Outcome) -> bool:
        columns = {name: getattr(record, name) for name in _OUTCOME}
        given = {**columns, "which": record.id, "expected": expected}
        return await self._transaction.change(_WRITE_OUTCOME, given) == 1
