"""One transaction, as the repositories use it.

Owns running statements and reading the clock. Must never learn what the statements are about.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from adapters.database import statements
from adapters.database.columns import Text
from adapters.database.faults import ours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import CursorResult, Executable, RowMapping, Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from core.app.ports import Clock

Fields = dict[str, Any]
"""One row by the names of its columns, or a statement's parameters by their names."""

_CLOCK = select(func.clock_timestamp().label("now"))
_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("what", type_=Text()), 0)))


class Transaction:
    """Runs statements on one connection. Raises the application's faults, `Conflict` among them."""

    def __init__(self, connection: AsyncConnection, clock: Clock, *, is_read_only: bool) -> None:
        self._connection = connection
        self._clock = clock
        self._is_read_only = is_read_only
        self._dialect = connection.dialect.name
        self._is_postgres = self._dialect == "postgresql"
        self._has_ended = False

    async def now(self) -> datetime:
        """Read the database's clock: Postgres' own, or this process's, the only one that has SQLite open."""
        if not self._is_postgres:
            return self._clock.now().astimezone(UTC)
        row = await self.one(_CLOCK)
        assert row is not None  # noqa: S101 - a SELECT without FROM has one row
        now: datetime = row["now"]
        return now.astimezone(UTC)

    async def all(self, statement: Executable, given: Fields | None = None) -> Sequence[RowMapping]:
        """Run a query and give its rows."""
        return (await self._run(statement, given)).mappings().all()

    async def one(self, statement: Executable, given: Fields | None = None) -> RowMapping | None:
        """Run a query, or a change that gives back what it changed, and give its first row, if any."""
        return (await self._run(statement, given)).mappings().first()

    async def change(self, statement: Executable, given: Fields | None = None) -> int:
        """Run a statement that writes; returns how many rows it changed."""
        return (await self._run(statement, given)).rowcount

    async def insert(self, table: Table, *rows: Fields) -> None:
        """Add rows; a key that is there already means that another unit won."""
        if rows:
            await self._run(statements.adding(table, self._dialect), *rows)

    async def insert_missing(self, table: Table, *rows: Fields) -> int:
        """Add those rows whose key is not there yet, one after the other; returns how many."""
        if not rows:
            return 0
        return (await self._run(statements.adding_missing(table, self._dialect), *rows)).rowcount

    async def put(self, table: Table, *rows: Fields) -> None:
        """Insert whole rows, one after the other, or replace what has their keys."""
        if rows:
            await self._run(statements.putting(table, self._dialect), *rows)

    async def alone_with(self, what: str) -> None:
        """Let only one unit at a time go on with this, to the unit's end, where there is no row to lock yet.

        SQLite's writers are alone anyway.
        """
        if self._is_postgres and not self._is_read_only:
            await self.one(_ALONE, {"what": what})

    def locked(self, query: Select[Any]) -> Select[Any]:
        """Make a constant query lock its rows until the unit ends. SQLite's writers are alone anyway."""
        if self._is_read_only or not self._is_postgres:
            return query
        return statements.for_change(query)

    def is_held(self, *, for_change: bool) -> bool:
        """Whether nobody else can change a row between its reading, for change or not, and the unit's end."""
        return not self._is_read_only and (for_change or not self._is_postgres)

    def end(self) -> None:
        """Allow nothing more: what came after the commit would be another transaction, and lost."""
        self._has_ended = True

    async def _run(self, statement: Executable, *rows: Fields | None) -> CursorResult[Any]:
        if self._has_ended:
            msg = "this unit of work has been committed; open another one"
            raise RuntimeError(msg)
        with ours(is_read_only=self._is_read_only):
            # One row is given alone: a list is sent in another way, which cannot be prepared once for all.
            given: Any = rows[0] if len(rows) == 1 else list(rows)
            return await self._connection.execute(statement, given)
