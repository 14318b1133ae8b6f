"""The page's messages and the log of their changes.

Owns the order of messages and events. Posting is idempotent by key; an event is written in the same
transaction as the change it tells. Must never learn what a card means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select, text, update

from adapters.platforms.inserting import insert_into
from adapters.web.memory import TAKES_LONG, Change, Changes, Draft, ReplySummary, WebMessage
from adapters.web.tables import WebEventRow, WebMessageRow
from core.domain.ids import ActorId, ChannelRef, MessageRef, ThreadRef

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.engine import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from adapters.platforms.transactions import Transactions

_MESSAGES: Table = WebMessageRow.__table__  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_EVENTS: Table = WebEventRow.__table__  # type: ignore[attr-defined]  # the same
_MESSAGE, _EVENT = _MESSAGES.c, _EVENTS.c
_LAST_MS = func.max(_MESSAGE.created_ms).label("last_ms")

# Built once: building a statement costs more than running it (measured in November 2026).
_BY_KEY = select(_MESSAGES).where(_MESSAGE.key == bindparam("which"))
_BY_ID = select(_MESSAGES).where(_MESSAGE.id == bindparam("which"))
_OWNER = select(_MESSAGE.private_to).where(_MESSAGE.id == bindparam("which"))
_SHOW = update(_MESSAGES).where(_MESSAGE.id == bindparam("which"))
_LOG = insert(_EVENTS)
_POST = {
    dialect: insert_into(dialect, _MESSAGES)
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(*_MESSAGE)
    for dialect in ("sqlite", "postgresql")
}

_DELETED_AT_ONCE = 50

_EVENTS_IN_ORDER = 0x1A4B  # any number, as long as nobody else takes an advisory lock with it


class MessageStore:
    """Posts, changes and reads messages. `new_id` makes ids of messages."""

    def __init__(
        self, transactions: Transactions, *, new_id: Callable[[], str], now_ms: Callable[[], int]
    ) -> None:
        self._transactions = transactions
        self._new_id = new_id
        self._now_ms = now_ms

    async def post(self, draft: Draft) -> tuple[WebMessage, bool]:
        """The message with that key, and whether it is new. In a private thread everything is private."""
        async with self._transactions.write() as connection:
            values = self._values(draft) | {
                "private_to": draft.private_to or await _owner(connection, draft.thread)
            }
            posting = await connection.execute(_POST[connection.dialect.name], values)
            row = posting.one_or_none()
            is_new = row is not None
            if row is None:
                row = (await connection.execute(_BY_KEY, {"which": draft.key})).one()
            else:
                await self._log(connection, row.id)
        return _message(row), is_new

    def _values(self, draft: Draft) -> dict[str, Any]:
        now_ms = self._now_ms()
        return {
            "id": self._new_id(),
            "key": draft.key,
            "channel": draft.channel,
            "thread": draft.thread,
            "author": draft.author,
            "text": draft.text,
            "card": draft.card,
            "is_picture": _is_picture(draft.card),
            "attachments": [{"id": one.id, "name": one.file_name} for one in draft.uploads],
            "created_ms": now_ms,
            "updated_ms": now_ms,
        }

    async def show(self, message: MessageRef, card: dict[str, Any]) -> bool:
        """Make the message show the card; False when there is none. The same again is no change."""
        async with self._transactions.write() as connection:
            row = (await connection.execute(_BY_ID, {"which": message})).one_or_none()
            if row is None or row.is_deleted:
                return False
            if row.card == card:
                return True
            shown = {"card": card, "is_picture": _is_picture(card), "updated_ms": self._now_ms()}
            await connection.execute(_SHOW, {**shown, "which": message})
            await self._log(connection, message)
        return True

    async def delete(self, message: MessageRef) -> bool:
        """Leave nothing of the message but its place; False when there is nothing more to take away.

        The key of one of ours becomes free, because what it named is gone. A person's does not: their page
        may send the same words once more before it has heard.
        """
        async with self._transactions.write() as connection:
            return await self._delete(connection, message, key=f"deleted:{message}")

    async def delete_of(self, author: ActorId) -> None:
        """Leave nothing of what that person said but its places; some at a time, as others want to write."""
        query = select(_MESSAGE.id, _MESSAGE.key).where(
            _MESSAGE.author == author, _MESSAGE.is_deleted.is_(False)
        )
        async with self._transactions.read() as connection:
            rows = (await connection.execute(query.execution_options(**TAKES_LONG))).all()
        for at in range(0, len(rows), _DELETED_AT_ONCE):
            async with self._transactions.write() as connection:
                for row in rows[at : at + _DELETED_AT_ONCE]:
                    await self._delete(connection, MessageRef(row.id), key=row.key)

    async def _delete(self, connection: AsyncConnection, message: MessageRef, *, key: str) -> bool:
        nothing: dict[str, Any] = {"key": key, "text": "", "card": None, "attachments": []}
        change = update(WebMessageRow).where(_MESSAGE.id == message, _MESSAGE.is_deleted.is_(False))
        emptied = await connection.execute(
            change.values(**nothing, is_picture=False, is_deleted=True, updated_ms=self._now_ms())
        )
        if emptied.rowcount == 0:
            return False
        await self._log(connection, message)
        return True

    async def _log(self, connection: AsyncConnection, message: str) -> None:
        if connection.dialect.name == "postgresql":
            # Ids are handed out before the commit: without this, a reader could pass one that appears later.
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _EVENTS_IN_ORDER})
        await connection.execute(_LOG, {"message": message, "created_ms": self._now_ms()})

    async def with_key(self, key: str) -> WebMessage | None:
        """The message that was posted with that key."""
        return await self._one(_BY_KEY, key)

    async def get(self, message: str) -> WebMessage | None:
        """The message."""
        return await self._one(_BY_ID, message)

    async def _one(self, query: Select[Any], which: str) -> WebMessage | None:
        async with self._transactions.read() as connection:
            row = (await connection.execute(query, {"which": which})).one_or_none()
        return None if row is None else _message(row)

    async def of_channel(
        self, channel: ChannelRef, viewer: ActorId, *, before: int | None, limit: int
    ) -> list[WebMessage]:
        """Messages that stand in the channel, before that seq; the newest `limit`, oldest first."""
        query = _all().where(_MESSAGE.channel == channel, _MESSAGE.thread.is_(None))
        return await self._page(query, viewer, before=before, limit=limit)

    async def of_thread(
        self, thread: ThreadRef, viewer: ActorId, *, before: int | None, limit: int
    ) -> list[WebMessage]:
        """Replies in the thread, without the message that opened it; the newest `limit`, oldest first."""
        query = _all().where(_MESSAGE.thread == thread, _MESSAGE.channel == _channel_of(thread))
        return await self._page(query, viewer, before=before, limit=limit)

    async def _page(
        self, query: Select[Any], viewer: ActorId, *, before: int | None, limit: int
    ) -> list[WebMessage]:
        query = query.where(_visible(viewer), _stands()).order_by(_MESSAGE.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(_MESSAGE.seq < before)
        async with self._transactions.read() as connection:
            rows = (await connection.execute(query.execution_options(**TAKES_LONG))).all()
        return [_message(row) for row in reversed(rows)]

    async def summaries(
        self, channel: ChannelRef, threads: Sequence[str], viewer: ActorId
    ) -> dict[str, ReplySummary]:
        """What the channel shows of those threads; none for a thread without replies."""
        here = and_(
            _MESSAGE.channel == channel,
            _MESSAGE.thread.in_(threads),
            _MESSAGE.is_deleted.is_(False),
            _visible(viewer),
        )
        authors = (
            select(_MESSAGE.thread, _MESSAGE.author, func.count().label("replies"), _LAST_MS)
            .where(here)
            .group_by(_MESSAGE.thread, _MESSAGE.author)
            .order_by(func.min(_MESSAGE.seq))
        )
        last = select(func.max(_MESSAGE.seq)).where(here, _MESSAGE.is_picture).group_by(_MESSAGE.thread)
        pictures = select(_MESSAGE.thread, _MESSAGE.card).where(_MESSAGE.seq.in_(last))
        async with self._transactions.read() as connection:
            rows = (await connection.execute(authors.execution_options(**TAKES_LONG))).all()
            newest = await connection.execute(pictures.execution_options(**TAKES_LONG))
            cards = {row.thread: row.card for row in newest.all()}
        found: dict[str, list[Row[Any]]] = {}
        for row in rows:
            found.setdefault(row.thread, []).append(row)
        return {thread: _summary(parts, cards.get(thread)) for thread, parts in found.items()}

    async def event_span(self) -> tuple[int, int]:
        """The oldest and the newest event that is kept; zeros when there is none."""
        query = select(func.min(_EVENT.id), func.max(_EVENT.id))
        async with self._transactions.read() as connection:
            oldest, newest = (await connection.execute(query)).one()
        return oldest or 0, newest or 0

    async def changes_after(self, event_id: int, viewer: ActorId, *, limit: int = 200) -> Changes:
        """What changed since that event, each message once, as it stands now, by its last change."""
        events = (
            select(_EVENT.id, _EVENT.message).where(_EVENT.id > event_id).order_by(_EVENT.id).limit(limit)
        )
        async with self._transactions.read() as connection:
            last = {row.message: row.id for row in (await connection.execute(events)).all()}
            wanted = _all().where(_MESSAGE.id.in_(last), _visible(viewer))
            rows = (await connection.execute(wanted)).all() if last else []
        changes = sorted((Change(last[row.id], _message(row)) for row in rows), key=lambda one: one.event_id)
        return Changes(tuple(changes), reached=max(last.values(), default=event_id))

    async def forget_events(self, *, before_ms: int) -> None:
        """Drop old events; a page that was away for longer reads everything again."""
        doomed = delete(_EVENTS).where(_EVENT.created_ms < before_ms)
        async with self._transactions.write() as connection:
            await connection.execute(doomed.execution_options(**TAKES_LONG))


def _all() -> Select[Any]:
    return select(*_MESSAGE)


def _visible(viewer: ActorId) -> ColumnElement[bool]:
    return or_(_MESSAGE.private_to.is_(None), _MESSAGE.private_to == viewer)


def _stands() -> ColumnElement[bool]:
    """What was not deleted, and what was where others have answered: the thread has to stay in reach."""
    answer = WebMessageRow.__table__.alias("answer")  # type: ignore[attr-defined]  # as above
    is_answered = exists().where(answer.c.thread == _MESSAGE.id, answer.c.is_deleted.is_(False))
    return or_(_MESSAGE.is_deleted.is_(False), is_answered)


def _channel_of(thread: ThreadRef) -> Any:  # noqa: ANN401 - a scalar subquery
    root = _MESSAGES.alias("root")
    return select(root.c.channel).where(root.c.id == thread).scalar_subquery()


async def _owner(connection: AsyncConnection, thread: ThreadRef | None) -> str | None:
    if thread is None:
        return None
    owner: str | None = await connection.scalar(_OWNER, {"which": thread})
    return owner


def _message(row: Any) -> WebMessage:  # noqa: ANN401 - a row of the columns of `_all`
    return WebMessage(
        seq=row.seq,
        id=MessageRef(row.id),
        key=row.key,
        channel=ChannelRef(row.channel),
        thread=None if row.thread is None else ThreadRef(row.thread),
        author=None if row.author is None else ActorId(row.author),
        text=row.text,
        card=row.card,
        attachments=tuple(row.attachments),
        private_to=None if row.private_to is None else ActorId(row.private_to),
        created_ms=row.created_ms,
        updated_ms=row.updated_ms,
        is_deleted=row.is_deleted,
    )


def _summary(parts: Sequence[Row[Any]], card: dict[str, Any] | None) -> ReplySummary:
    return ReplySummary(
        replies=sum(part.replies for part in parts),
        last_ms=max(part.last_ms for part in parts),
        authors=tuple(ActorId(part.author) for part in parts if part.author is not None),
        picture=None if card is None else card["pictures"][0],
    )


def _is_picture(card: dict[str, Any] | None) -> bool:
    # Sheets (compare, history) have pictures too, but they are not what the thread is about.
    return card is not None and card["kind"] == "result" and bool(card.get("pictures"))
