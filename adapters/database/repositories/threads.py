"""Edit threads and their revisions, in SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from adapters.database.repositories.turns import SqlTurns
from adapters.database.rows import fields_of, record_of
from adapters.database.statements import param
from adapters.database.tables import REVISION, THREAD, TURN
from core.app.records import ThreadRecord
from core.domain.lineage import Revision
from core.domain.thread_state import EditThread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import RowMapping, Select

    from adapters.database.transaction import Fields, Transaction
    from core.app.records import TurnRecord
    from core.domain.ids import ChannelRef, Platform, ThreadId, ThreadRef, WorkspaceId


_IS_THIS = THREAD.c.id == param("which")
_GET = select(THREAD).where(_IS_THIS)
_SAVE = update(THREAD).where(_IS_THIS)
_FIND = select(THREAD).where(
    THREAD.c.workspace == param("workspace"),
    THREAD.c.platform == param("platform"),
    THREAD.c.channel == param("channel"),
    THREAD.c.ref == param("ref"),
)

_IS_ITS = REVISION.c.thread == param("thread")
_REVISIONS = select(REVISION).where(_IS_ITS).order_by(REVISION.c.number)
_HOW_MANY = select(func.max(REVISION.c.number).label("known")).where(_IS_ITS)
_ASKED = (
    select(REVISION.c.number, TURN.c.ask)
    .join(TURN, TURN.c.id == REVISION.c.turn_id)
    .where(_IS_ITS, REVISION.c.number.in_(bindparam("numbers", expanding=True)), ~TURN.c.is_forgotten)
)
_MADE_BY = select(REVISION.c.turn_id).where(_IS_ITS, REVISION.c.number == param("number"))


class SqlThreads:
    """A row a thread with its machine's fields, a row a revision.

    One unit asks for the same thread many times: what it holds locked is read once.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._held: dict[ThreadId, ThreadRecord] = {}
        self._turns = SqlTurns(transaction)

    async def get(self, thread: ThreadId, *, for_change: bool = True) -> ThreadRecord | None:
        """The thread, locked where `for_change`."""
        if thread in self._held:
            return self._held[thread]
        return await self._read(_GET, {"which": thread}, for_change=for_change)

    async def find(
        self,
        workspace: WorkspaceId,
        platform: Platform,
        channel: ChannelRef,
        ref: ThreadRef,
        *,
        for_change: bool = True,
    ) -> ThreadRecord | None:
        """The thread that lives there."""
        place = {"workspace": workspace, "platform": platform, "channel": channel, "ref": ref}
        return await self._read(_FIND, place, for_change=for_change)

    async def add(self, record: ThreadRecord) -> None:
        """Add a new thread."""
        await self._transaction.insert(THREAD, _columns(record))
        await self._add_revisions(record, known=0)
        self._held[record.id] = record

    async def save(self, record: ThreadRecord) -> None:
        """Store the machine's state and the ref, and add the revisions that are new."""
        before = self._held.get(record.id)
        if before is not None and (before.machine, before.ref) == (record.machine, record.ref):
            return
        self._held.pop(record.id, None)
        columns = {**fields_of(record.machine, but=("revisions",)), "ref": record.ref}
        await self._transaction.change(_SAVE, {**columns, "which": record.id})
        known = await self._revisions_of(record.id) if before is None else len(before.machine.revisions)
        await self._add_revisions(record, known=known)
        if before is not None and known <= len(record.machine.revisions):
            self._held[record.id] = replace(before, machine=record.machine, ref=record.ref)

    async def revision_turn(self, thread: ThreadId, revision: int) -> TurnRecord | None:
        """The turn that made that revision, with its pictures."""
        row = await self._transaction.one(_MADE_BY, {"thread": thread, "number": revision})
        return None if row is None else await self._turns.get(row["turn_id"])

    async def asked(self, thread: ThreadId, revisions: Sequence[int]) -> dict[int, str]:
        """What was typed for each of those revisions, where it was not forgotten."""
        rows = await self._transaction.all(_ASKED, {"thread": thread, "numbers": list(revisions)})
        return {row["number"]: row["ask"].text for row in rows}

    async def _revisions_of(self, thread: ThreadId) -> int:
        row = await self._transaction.one(_HOW_MANY, {"thread": thread})
        return (row and row["known"]) or 0

    async def _read(self, query: Select[Any], given: Fields, *, for_change: bool) -> ThreadRecord | None:
        row = await self._transaction.one(self._transaction.locked(query) if for_change else query, given)
        if row is None:
            return None
        # Asked for after the lock is there, so that no revision is missing.
        rows = await self._transaction.all(_REVISIONS, {"thread": row["id"]})
        record = _record(row, tuple(record_of(Revision, each) for each in rows))
        if self._transaction.is_held(for_change=for_change):
            self._held[record.id] = record
        return record

    async def _add_revisions(self, record: ThreadRecord, *, known: int) -> None:
        new = [revision for revision in record.machine.revisions if revision.number > known]
        rows = [{"thread": record.id, **fields_of(revision)} for revision in new]
        await self._transaction.insert(REVISION, *rows)


def _columns(record: ThreadRecord) -> Fields:
    return {**fields_of(record, but=("machine",)), **fields_of(record.machine, but=("revisions",))}


def _record(row: RowMapping, revisions: tuple[Revision, ...]) -> ThreadRecord:
    return record_of(ThreadRecord, row, machine=record_of(EditThread, row, revisions=revisions))
