"""Workspaces and actors, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, select, text

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import param
from adapters.database.tables import ACTOR, IS_ADMIN, WORKSPACE
from core.app.records import ActorRecord, WorkspaceRecord

if TYPE_CHECKING:
    from adapters.database.transaction import Transaction
    from core.domain.ids import ActorId, WorkspaceId


_WORKSPACE = select(WORKSPACE).where(WORKSPACE.c.id == param("which"))
_ACTOR = select(ACTOR).where(ACTOR.c.id == param("which"))
_ADMINS = (
    select(ACTOR)
    .where(ACTOR.c.workspace == param("of"), text(IS_ADMIN))
    .order_by(ACTOR.c.seen_at.desc(), ACTOR.c.id)
    .limit(bindparam("limit", type_=Integer()))
)


class SqlPeople:
    """One row a workspace and one a person.

    One unit asks for its workspace again and again, mostly for the time zone: it is read once.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._seen: dict[WorkspaceId, WorkspaceRecord] = {}

    async def workspace(self, workspace: WorkspaceId, *, for_change: bool = False) -> WorkspaceRecord | None:
        """The workspace, if it was seen before; locked where `for_change`, as it stands then."""
        if workspace in self._seen and not for_change:
            return self._seen[workspace]
        query = self._transaction.locked(_WORKSPACE) if for_change else _WORKSPACE
        row = await self._transaction.one(query, {"which": workspace})
        if row is None:
            return None
        self._seen[workspace] = record_of(WorkspaceRecord, row)
        return self._seen[workspace]

    async def save_workspace(self, record: WorkspaceRecord) -> None:
        """Insert or replace."""
        await self._transaction.put(WORKSPACE, fields_of(record))
        self._seen[record.id] = record

    async def actor(self, actor: ActorId) -> ActorRecord | None:
        """The person, if seen before."""
        row = await self._transaction.one(_ACTOR, {"which": actor})
        return None if row is None else record_of(ActorRecord, row)

    async def save_actor(self, record: ActorRecord) -> None:
        """Insert or replace."""
        await self._transaction.put(ACTOR, fields_of(record))

    async def admins(self, workspace: WorkspaceId, *, limit: int) -> list[ActorRecord]:
        """Who was last seen as an admin by the platform's word, the latest seen first."""
        rows = await self._transaction.all(_ADMINS, {"of": workspace, "limit": limit})
        return [record_of(ActorRecord, row) for row in rows]
