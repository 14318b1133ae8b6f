"""One transaction, as the repositories use it.

Owns running statements and reading the clock. Must never learn what the statements are about.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.database.faults import ours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import CursorResult, Executable, RowMapping, Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from core.app.ports import Clock

Fields = dict[str, Any]
"""One row by the names of its columns."""


class Transaction:
    """Runs statements on one connection. Raises the application's faults, `Conflict` among them."""

    def __init__(self, connection: AsyncConnection, clock: Clock, *, is_read_only: bool) -> None:
        self._connection = connection
        self._clock = clock
        self._is_read_only = is_read_only
        self._is_postgres = connection.dialect.name == "postgresql"
        self._has_ended = False
        self._insert: Any = postgresql.insert if self._is_postgres else sqlite.insert

    async def now(self) -> datetime:
        """Read the database's clock: Postgres' own, or this process's, the only one that has SQLite open."""
        if not self._is_postgres:
            return self._clock.now().astimezone(UTC)
        row = await self.one(select(func.clock_timestamp().label("now")))
        assert row is not None  # noqa: S101 - a SELECT without FROM has one row
        now: datetime = row["now"]
        return now.astimezone(UTC)

    async def all(self, statement: Executable) -> Sequence[RowMapping]:
        """Run a query and give its rows."""
        return (await self._run(statement)).mappings().all()

    async def one(self, statement: Executable) -> RowMapping | None:
        """Run a query and give its first row, if any."""
        return (await self._run(statement)).mappings().first()

    async def change(self, statement: Executable) -> int:
        """Run a statement that writes; returns how many rows it changed."""
        return (await self._run(statement)).rowcount

    async def insert(self, table: Table, *rows: Fields) -> None:
        """Add rows; a key that is there already means that another unit won."""
        if rows:
            await self._run(self._insert(table), rows)

    async def insert_missing(self, table: Table, *rows: Fields) -> int:
        """Add those rows whose key is not there yet, one after the other; returns how many."""
        if not rows:
            return 0
        statement = self._insert(table).on_conflict_do_nothing()
        return (await self._run(statement.execution_options(preserve_rowcount=True), rows)).rowcount

    async def put(self, table: Table, *rows: Fields) -> None:
        """Insert rows, one after the other, or replace what has their keys."""
        if not rows:
            return
        keys = [column.name for column in table.primary_key.columns]
        statement = self._insert(table)
        rest = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        await self._run(statement.on_conflict_do_update(index_elements=keys, set_=rest), rows)

    def locked(self, query: Select[Any]) -> Select[Any]:
        """Make a query lock its rows until the unit ends. SQLite's writing units are alone anyway."""
        if self._is_read_only or not self._is_postgres:
            return query
        return query.with_for_update()

    def is_held(self, *, for_change: bool) -> bool:
        """Whether nobody else can change a row between its reading, for change or not, and the unit's end."""
        return not self._is_read_only and (for_change or not self._is_postgres)

    def end(self) -> None:
        """Allow nothing more: what came after the commit would be another transaction, and lost."""
        self._has_ended = True

    async def _run(self, statement: Executable, rows: Sequence[Fields] = ()) -> CursorResult[Any]:
        if self._has_ended:
            msg = "this unit of work has been committed; open another one"
            raise RuntimeError(msg)
        with ours(is_read_only=self._is_read_only):
            # One row is given alone: a list is sent in another way, which cannot be prepared once for all.
            given = rows[0] if len(rows) == 1 else list(rows)
            return await self._connection.execute(statement, given or None)
