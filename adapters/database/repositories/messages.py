"""Our messages on surfaces, in SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, case, or_, select, text, update

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import NOW, is_one_of, long, param
from adapters.database.tables import MESSAGE, TELLING, UNSENT
from core.app.mentions import tells_of
from core.app.records import MessageRecord

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Column, ColumnElement

    from adapters.database.transaction import Transaction
    from core.app.mentions import Tells
    from core.app.ports import Posted
    from core.app.records import Saying, ThreadRecord
    from core.domain.ids import ActorId, ChannelRef, MessageId, MessageRef, WorkspaceId


def _larger(column: Column[int]) -> ColumnElement[int]:
    value = bindparam(f"new_{column.name}", type_=column.type)
    return case((column > value, column), else_=value)


_IS_THIS = MESSAGE.c.id == param("which")
_IS_DUE = or_(MESSAGE.c.not_before.is_(None), MESSAGE.c.not_before <= NOW)
_IS_NOT_BEING_SENT = or_(MESSAGE.c.sending_until.is_(None), MESSAGE.c.sending_until <= NOW)
_IS_THERE = (MESSAGE.c.workspace == param("workspace")) & (MESSAGE.c.channel == param("channel"))

_GET = select(MESSAGE).where(_IS_THIS)
_SAVE = (
    update(MESSAGE)
    .where(_IS_THIS)
    .values(wanted=_larger(MESSAGE.c.wanted), shown=_larger(MESSAGE.c.shown), sending_until=None)
)
_SHOWN = (
    update(MESSAGE)
    .where(_IS_THIS)
    .values(shown=_larger(MESSAGE.c.shown), tries=0, not_before=None, sending_until=None)
)
_WANT = update(MESSAGE).where(_IS_THIS).values(wanted=MESSAGE.c.wanted + 1)
_CLAIM = (
    update(MESSAGE)
    .where(_IS_THIS, text(UNSENT), _IS_DUE, _IS_NOT_BEING_SENT)
    .values(sending_until=bindparam("lease_until"), tries=MESSAGE.c.tries + 1)
    .returning(*MESSAGE.c)
)
_BREAK_LEASES = (
    update(MESSAGE).where(text(UNSENT), MESSAGE.c.sending_until.is_not(None)).values(sending_until=None)
)
_LATE = (
    select(MESSAGE.c.id)
    .where(text(UNSENT), MESSAGE.c.created_at < param("before"), _IS_DUE, _IS_NOT_BEING_SENT)
    .order_by(MESSAGE.c.created_at, MESSAGE.c.id)
    .limit(bindparam("limit", type_=Integer()))
)
_UNPOSTED = select(MESSAGE).where(
    text(UNSENT), _IS_THERE, MESSAGE.c.ref.is_(None), MESSAGE.c.turn.is_not(None), MESSAGE.c.tries > 0
)
_OLDEST_FIRST = select(MESSAGE).order_by(MESSAGE.c.created_at, MESSAGE.c.id)
_IS_IN_IT = _IS_THERE & (MESSAGE.c.thread_ref == param("ref"))
_OF_THREAD = _OLDEST_FIRST.where(or_(MESSAGE.c.thread == param("thread"), _IS_IN_IT))
_PRIVATE_TO = _OLDEST_FIRST.where(
    MESSAGE.c.private_to == param("actor"), MESSAGE.c.workspace == param("workspace")
)
_TELLING = _OLDEST_FIRST.where(
    text(TELLING), MESSAGE.c.workspace == param("workspace"), MESSAGE.c.is_forgotten.is_(False)
)
_FORGET = (
    update(MESSAGE)
    .where(_IS_THIS, MESSAGE.c.is_forgotten.is_(False))
    .values(
        wanted=MESSAGE.c.wanted + 1,
        is_forgotten=True,
        is_given_up=False,
        not_before=None,
        sheet=None,
        tells=None,
    )
)
_BY_REF = select(MESSAGE).where(_IS_THERE, MESSAGE.c.ref == param("ref"))


class SqlMessages:
    """A row a message, with the lease of whoever is sending it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, record: MessageRecord) -> None:
        """Add a message that shall be posted, unless it is there already."""
        await self._transaction.insert_missing(MESSAGE, _columns(record))

    async def get(self, message: MessageId) -> MessageRecord | None:
        """The message."""
        row = await self._transaction.one(_GET, {"which": message})
        return None if row is None else record_of(MessageRecord, row)

    async def save(self, record: MessageRecord) -> None:
        """Store all of it and end its sending. `wanted` and `shown` only ever grow."""
        columns = _columns(record, but=("id", "wanted", "shown"))
        given = {"which": record.id, "new_wanted": record.wanted, "new_shown": record.shown}
        await self._transaction.change(_SAVE, {**columns, **given})

    async def shown(self, message: MessageId, change: int, posted: Posted | None) -> None:
        """It shows that change and stands there, or (None) does not stand any more; its sending has ended."""
        place = (
            {"ref": posted.message, "thread_ref": posted.thread} if posted is not None else {"context": ""}
        )
        await self._transaction.change(_SHOWN, {**place, "which": message, "new_shown": change})

    async def want(self, message: MessageId) -> bool:
        """What it should say has changed; False when there is no such message."""
        return await self._transaction.change(_WANT, {"which": message}) == 1

    async def claim(self, message: MessageId, *, lease_s: float) -> MessageRecord | None:
        """Take it for sending and count the try; only if due, behind, not given up, and nobody is at it."""
        now = await self._transaction.now()
        given = {"which": message, "now": now, "lease_until": now + timedelta(seconds=lease_s)}
        row = await self._transaction.one(_CLAIM, given)
        return None if row is None else record_of(MessageRecord, row)

    async def break_leases(self) -> int:
        """End every sending that somebody has begun."""
        return await self._transaction.change(_BREAK_LEASES)

    async def unsent(self, *, before: datetime, limit: int) -> list[MessageId]:
        """Messages made before then that should be sent and that nobody is sending, oldest first."""
        now = await self._transaction.now()
        rows = await self._transaction.all(_LATE, {"now": now, "before": before, "limit": limit})
        return [row["id"] for row in rows]

    async def unposted(self, workspace: WorkspaceId, channel: ChannelRef) -> list[MessageRecord]:
        """Turns' messages there that somebody has begun to post and that no id is known of."""
        rows = await self._transaction.all(_UNPOSTED, {"workspace": workspace, "channel": channel})
        return [record_of(MessageRecord, row) for row in rows]

    async def by_ref(
        self, workspace: WorkspaceId, channel: ChannelRef, ref: MessageRef
    ) -> MessageRecord | None:
        """The message that stands there."""
        place = {"workspace": workspace, "channel": channel, "ref": ref}
        row = await self._transaction.one(_BY_REF, place)
        return None if row is None else record_of(MessageRecord, row)

    async def of_thread(self, thread: ThreadRecord) -> list[MessageRecord]:
        """All messages of the thread and those that stand in it without being of it, oldest first."""
        place = {"workspace": thread.workspace, "channel": thread.channel, "ref": thread.ref}
        rows = await self._transaction.all(long(_OF_THREAD), {"thread": thread.id, **place})
        return [record_of(MessageRecord, row) for row in rows]

    async def private_to(self, workspace: WorkspaceId, actor: ActorId) -> list[MessageRecord]:
        """All messages to that person alone, oldest first."""
        rows = await self._transaction.all(long(_PRIVATE_TO), {"workspace": workspace, "actor": actor})
        return [record_of(MessageRecord, row) for row in rows]

    async def telling(
        self, workspace: WorkspaceId, *what: Tells, private_to: ActorId | None = None
    ) -> list[MessageRecord]:
        """The messages that tell such a thing and are not forgotten, oldest first."""
        query, given = _TELLING.where(is_one_of(MESSAGE.c.tells, what)), {"workspace": workspace}
        if private_to is not None:
            query = query.where(MESSAGE.c.private_to == private_to)
        rows = await self._transaction.all(long(query), given)
        return [record_of(MessageRecord, row) for row in rows]

    async def forget(self, message: MessageId, instead: Saying, *, context: str = "") -> None:
        """It should not stand any more. Whoever is sending it now keeps its claim."""
        fresh = {"context": context} if context else {}
        await self._transaction.change(_FORGET, {"which": message, "saying": instead, **fresh})


def _columns(record: MessageRecord, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Spread a message over its columns; one that is forgotten tells nothing."""
    tells = None if record.is_forgotten else tells_of(record.saying)
    return {**fields_of(record, but=but), "tells": tells}
