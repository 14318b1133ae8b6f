"""Our messages on surfaces, in SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, or_, select, text, update

from adapters.database.rows import fields_of, record_of
from adapters.database.tables import MESSAGE, UNSENT
from core.app.records import MessageRecord

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement

    from adapters.database.transaction import Transaction
    from core.domain.ids import ChannelRef, MessageId, MessageRef, WorkspaceId


class SqlMessages:
    """A row a message, with the lease of whoever is sending it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, record: MessageRecord) -> None:
        """Add a message that shall be posted."""
        await self._transaction.insert(MESSAGE, fields_of(record))

    async def get(self, message: MessageId) -> MessageRecord | None:
        """The message."""
        row = await self._transaction.one(select(MESSAGE).where(MESSAGE.c.id == message))
        return None if row is None else record_of(MessageRecord, row)

    async def save(self, record: MessageRecord) -> None:
        """Store all of it and end its sending. `wanted` and `shown` only ever grow."""
        columns = {
            **fields_of(record, but=("id",)),
            "wanted": _larger(MESSAGE.c.wanted, record.wanted),
            "shown": _larger(MESSAGE.c.shown, record.shown),
            "sending_until": None,
        }
        await self._transaction.change(update(MESSAGE).where(MESSAGE.c.id == record.id).values(columns))

    async def want(self, message: MessageId) -> None:
        """What it should say has changed."""
        wanted = MESSAGE.c.wanted + 1
        await self._transaction.change(update(MESSAGE).where(MESSAGE.c.id == message).values(wanted=wanted))

    async def claim(self, message: MessageId, *, lease_s: float) -> MessageRecord | None:
        """Take it for sending if it is due, not up to date, not given up and nobody is sending it."""
        now = await self._transaction.now()
        is_ours_to_send = (MESSAGE.c.id == message) & text(UNSENT) & _is_due(now) & _is_not_being_sent(now)
        lease = {"sending_until": now + timedelta(seconds=lease_s)}
        if await self._transaction.change(update(MESSAGE).where(is_ours_to_send).values(lease)) == 0:
            return None
        return await self.get(message)

    async def unsent(self, *, before: datetime, limit: int) -> list[MessageId]:
        """Messages made before then that should be sent and that nobody is sending, oldest first."""
        now = await self._transaction.now()
        query = (
            select(MESSAGE.c.id)
            .where(text(UNSENT), MESSAGE.c.created_at < before, _is_due(now), _is_not_being_sent(now))
            .order_by(MESSAGE.c.created_at, MESSAGE.c.id)
            .limit(limit)
        )
        return [row["id"] for row in await self._transaction.all(query)]

    async def unposted(self, workspace: WorkspaceId, channel: ChannelRef) -> list[MessageRecord]:
        """Turns' messages there that somebody has begun to post and that no id is known of."""
        query = select(MESSAGE).where(
            text(UNSENT),
            MESSAGE.c.workspace == workspace,
            MESSAGE.c.channel == channel,
            MESSAGE.c.ref.is_(None),
            MESSAGE.c.turn.is_not(None),
            MESSAGE.c.tries > 0,
        )
        return [record_of(MessageRecord, row) for row in await self._transaction.all(query)]

    async def by_ref(
        self, workspace: WorkspaceId, channel: ChannelRef, ref: MessageRef
    ) -> MessageRecord | None:
        """The message that stands there."""
        query = select(MESSAGE).where(
            MESSAGE.c.workspace == workspace, MESSAGE.c.channel == channel, MESSAGE.c.ref == ref
        )
        row = await self._transaction.one(query)
        return None if row is None else record_of(MessageRecord, row)


def _larger(column: Column[int], value: int) -> ColumnElement[int]:
    return case((column > value, column), else_=value)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(MESSAGE.c.not_before.is_(None), MESSAGE.c.not_before <= now)


def _is_not_being_sent(now: datetime) -> ColumnElement[bool]:
    return or_(MESSAGE.c.sending_until.is_(None), MESSAGE.c.sending_until <= now)
