"""The one gate to the engine, in SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from adapters.database.statements import NOW, param
from adapters.database.tables import ATTEMPT, GATE, TURN
from core.app.records import Stage
from core.domain.fair_share import Tags
from core.domain.gate import MINUTE_S, GateState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from adapters.database.transaction import Fields, Transaction

_NAME = "engine"

_IS_OURS = GATE.c.name == _NAME
_GET = select(GATE).where(_IS_OURS)
_TAGS = select(GATE.c.tags).where(_IS_OURS)
_SAVE = update(GATE).where(_IS_OURS)
_IN_FLIGHT = select(func.count().label("in_flight")).where(
    TURN.c.stage == Stage.GENERATING, TURN.c.lease_until > NOW
)
# What began in a time to come was written before somebody set the clock back.
_RECENT = (
    select(ATTEMPT.c.started_at, ATTEMPT.c.images)
    .where(ATTEMPT.c.started_at > param("since"), ATTEMPT.c.started_at <= NOW)
    .order_by(ATTEMPT.c.started_at, ATTEMPT.c.id)
)


class SqlGate:
    """One row, locked by whoever decides; what is going on is counted from turns and attempts themselves.

    Whoever has locked the row has read it.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._held: RowMapping | None = None

    async def state(self) -> GateState:
        """Lock the gate and read it. Times are seconds since 1970, by the database's clock."""
        row = await self._locked_row()
        now = await self._transaction.now()
        until = row["paused_until"]
        return GateState(
            in_flight=await self._in_flight(now),
            recent=await self._recent(now),
            paused_until_s=None if until is None else until.timestamp(),
            pause_reason=row["pause_reason"],
        )

    async def pause(self, *, until: datetime | None, reason: str | None) -> None:
        """Pause the engine; reason None ends the pause."""
        await self._locked_row()
        pause = {"paused_until": None if reason is None else until, "pause_reason": reason}
        await self._change(pause)

    async def tags(self) -> Tags:
        """The fair share's tags."""
        row = self._held or await self._transaction.one(_TAGS)
        return Tags() if row is None else row["tags"]

    async def save_tags(self, tags: Tags) -> None:
        """Store them."""
        await self._locked_row()
        await self._change({"tags": tags})

    async def _change(self, columns: Fields) -> None:
        self._held = None
        await self._transaction.change(_SAVE, columns)

    async def _locked_row(self) -> RowMapping:
        if self._held is not None:
            return self._held
        query = self._transaction.locked(_GET)
        row = await self._transaction.one(query)
        if row is None:
            fresh = {"name": _NAME, "paused_until": None, "pause_reason": None, "tags": Tags()}
            await self._transaction.insert_missing(GATE, fresh)
            row = await self._transaction.one(query)
        assert row is not None  # noqa: S101 - it was just made, by us or by somebody else
        self._held = row
        return row

    async def _in_flight(self, now: datetime) -> int:
        row = await self._transaction.one(_IN_FLIGHT, {"now": now})
        return 0 if row is None else row["in_flight"]

    async def _recent(self, now: datetime) -> tuple[tuple[float, int], ...]:
        rows = await self._transaction.all(_RECENT, {"since": now - timedelta(seconds=MINUTE_S), "now": now})
        return tuple((row["started_at"].timestamp(), row["images"]) for row in rows)
