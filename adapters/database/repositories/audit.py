"""Who changed what, and what admins were told, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, select, update

from adapters.database.rows import fields_of, record_of
from adapters.database.statements import param
from adapters.database.tables import ADMIN_ALERT, AUDIT
from core.app.audit import AuditLine

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.database.transaction import Transaction
    from core.domain.ids import WorkspaceId

_LATEST = (
    select(AUDIT)
    .where(AUDIT.c.workspace == param("of"))
    .order_by(AUDIT.c.number.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_IS_ABOUT = (ADMIN_ALERT.c.workspace == param("of")) & (ADMIN_ALERT.c.subject == param("about"))
_TOLD = select(ADMIN_ALERT.c.told_at).where(_IS_ABOUT)
_TELL_AGAIN = update(ADMIN_ALERT).where(_IS_ABOUT, ADMIN_ALERT.c.told_at < param("since"))


class SqlAudit:
    """A row a change, numbered as they come, and a row for each thing that admins were ever told of."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, line: AuditLine) -> None:
        """Add a line."""
        await self._transaction.insert(AUDIT, fields_of(line))

    async def latest(self, workspace: WorkspaceId, *, limit: int) -> list[AuditLine]:
        """The newest lines of the workspace, newest first."""
        rows = await self._transaction.all(_LATEST, {"of": workspace, "limit": limit})
        return [record_of(AuditLine, row) for row in rows]

    async def is_first(self, workspace: WorkspaceId, subject: str, *, since: datetime) -> bool:
        """Remember that the workspace's admins are told of something now; False when told since then."""
        given = {"of": workspace, "about": subject}
        now = await self._transaction.now()
        if await self._transaction.one(_TOLD, given) is None:
            # Of two units that find nothing the second meets a Conflict, runs again and finds the row.
            row = {"workspace": workspace, "subject": subject, "told_at": now}
            await self._transaction.insert(ADMIN_ALERT, row)
            return True
        again = {**given, "since": since, "told_at": now}
        return await self._transaction.change(_TELL_AGAIN, again) == 1
