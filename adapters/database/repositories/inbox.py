"""Which deliveries were seen, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, text, update

from adapters.database.statements import long, param
from adapters.database.tables import INBOX, PENDING

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.database.transaction import Transaction
    from core.app.inbound import Inbound


_FINISH = update(INBOX).where(INBOX.c.delivery_key == param("which"), text(PENDING)).values(inbound=None)


class SqlInbox:
    """Keeps a delivery whole while it is pending, and afterwards only its key."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def admit(self, inbound: Inbound, *, is_pending: bool) -> bool:
        """Remember the delivery; False when its key was seen before."""
        row = {
            "delivery_key": inbound.delivery_key,
            "received_at": await self._transaction.now(),
            "inbound": inbound if is_pending else None,
        }
        return await self._transaction.insert_missing(INBOX, row) == 1

    async def finish(self, delivery_key: str) -> bool:
        """Drop a pending delivery's content; False when somebody else did so first."""
        return await self._transaction.change(_FINISH, {"which": delivery_key}) == 1

    async def pending(self, *, before: datetime, limit: int) -> list[Inbound]:
        """Deliveries admitted before then and never finished, oldest first."""
        query = select(INBOX.c.inbound).where(text(PENDING), INBOX.c.received_at < before)
        rows = await self._transaction.all(long(query.order_by(INBOX.c.received_at).limit(limit)))
        return [row["inbound"] for row in rows]

    async def forget(self, *, before: datetime) -> int:
        """Drop finished deliveries older than that; returns how many."""
        is_old = (INBOX.c.inbound.is_(None)) & (INBOX.c.received_at < before)
        return await self._transaction.change(long(delete(INBOX).where(is_old)))
