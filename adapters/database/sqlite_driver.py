"""A connection to SQLite that takes one trip to its thread for a statement, or none.

Owns nothing but that. aiosqlite takes four (open a cursor, execute, fetch, close), and every trip waits twice
for the interpreter's lock: with one trip a turn costs a third less, and without any a third less again
(measured in November 2026).

SQLAlchemy's own functions run in a greenlet, where something may be waited for: what is run there makes its
trip. What is run outside is run at once, and so is only for what takes microseconds and can wait for nobody.
What commits is none of that: it waits for the disk.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from typing import TYPE_CHECKING, Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, SQLiteDialect_aiosqlite
from sqlalchemy.util.concurrency import await_, in_greenlet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROWS_A_TRIP = 64
"""Asked for by aiosqlite's constructor; nothing is read in pieces here."""

_DBAPI = SQLiteDialect_aiosqlite.import_dbapi()


def connect(path: str) -> OneTripConnection:
    """Open the file, or make it. For SQLAlchemy, in its greenlet."""
    connection = aiosqlite.Connection(
        lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=_ROWS_A_TRIP
    )
    # A process that ends must not wait for it; SQLite takes no harm.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does, aiosqlite offers no other way
    return OneTripConnection(_DBAPI, await_(connection))  # type: ignore[arg-type]  # as SQLAlchemy itself does


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """aiosqlite's connection as SQLAlchemy adapts it, with cursors of ours."""

    __slots__ = ()

    def cursor(self, *_: object, **__: object) -> OneTripCursor:  # type: ignore[override]  # SQLAlchemy's is larger
        """Make a cursor; nothing happens yet."""
        return OneTripCursor(self)

    def rollback(self) -> None:
        """Undo what was not committed. The pool asks for it every time; mostly there is nothing to undo."""
        if self._connection.in_transaction:
            self.carry_out(self._connection._conn.rollback)  # noqa: SLF001 - see `carry_out`

    def carry_out(self, work: Callable[..., Any], *arguments: object) -> None:
        """Run the function where the connection lives, or right here."""
        try:
            if in_greenlet():
                await_(self._connection._execute(work, *arguments))  # noqa: SLF001 - as aiosqlite's own cursors do
            else:
                work(*arguments)
        except Exception as error:  # noqa: BLE001 - SQLAlchemy's: it raises what it makes of it
            self._handle_exception(error)


class OneTripCursor:
    """Executes a statement and brings all its rows along."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run the statement and fetch what it answers."""
        self._connection.carry_out(self._run, "execute", statement, parameters)

    def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run the statement for each of the parameters."""
        self._connection.carry_out(self._run, "executemany", statement, parameters)

    def _run(self, verb: str, statement: str, parameters: Sequence[Any]) -> None:
        cursor = self._connection._connection._conn.cursor()  # noqa: SLF001 - aiosqlite's own cursors do the same
        try:
            getattr(cursor, verb)(statement, parameters)
            self.description = cursor.description
            self._rows = deque(cursor.fetchall()) if cursor.description else deque()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    def fetchone(self) -> Any | None:  # noqa: ANN401 - a row
        """Hand over the next row."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int = arraysize) -> list[Any]:
        """Hand over the next rows."""
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Hand over the rows that are left, once."""
        rows, self._rows = list(self._rows), deque()
        return rows

    def close(self) -> None:
        """Forget the rows; the real cursor is closed already."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Keep the rows for whoever asked for them: SQLAlchemy asks this of a cursor outside its greenlet."""
