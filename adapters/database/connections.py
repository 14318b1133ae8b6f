"""How connections are opened, and how a transaction begins on each database.

Owns pragmas, timeouts and pools. Must never learn what a transaction does.
"""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.database.sqlite_driver import connect

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

    from adapters.database.urls import DatabaseUrl

BUSY_TIMEOUT_S = 10
"""How long SQLite waits for another process that writes."""

LOCK_TIMEOUT_S = 10
STATEMENT_TIMEOUT_S = 30
CONNECT_TIMEOUT_S = 10
POOL_TIMEOUT_S = 60

REST_S = 0.25
"""How long a connection may lie unused and be trusted: no server restarts in less."""

SILENT_S = STATEMENT_TIMEOUT_S + 5
"""How long a server may say nothing at all: its own timeouts end nothing when the line to it is dead, and the
system would wait for a quarter of an hour, or for two where everything was sent."""

_NOTICES_SILENCE = {
    "tcp_user_timeout": SILENT_S * 1000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": (SILENT_S - 10) // 5,
}
_SQLITE_READERS = 8
_NO_LIMIT = -1
_POSTGRES_CONNECTIONS = 10


def sqlite_writer(url: DatabaseUrl) -> AsyncEngine:
    """One connection, because SQLite has one writer; its transactions take the write lock when they begin."""
    # Who writes has waited for its turn before, so that the pool need not look whether one is left.
    engine = _sqlite(url, connections=1, overflow=_NO_LIMIT)
    begin_with(engine.sync_engine, "BEGIN IMMEDIATE")
    _on_connect(engine.sync_engine, _patience(0))
    return engine


def sqlite_readers(url: DatabaseUrl) -> AsyncEngine:
    """Connections that cannot write. Each transaction sees the database as it was when it began to read."""
    engine = _sqlite(url, connections=_SQLITE_READERS)
    begin_with(engine.sync_engine, "BEGIN")
    _on_connect(engine.sync_engine, "PRAGMA query_only = ON")
    return engine


def postgres(url: DatabaseUrl) -> AsyncEngine:
    """Open a pool whose connections give up rather than hang. Its transactions are READ COMMITTED."""
    options = {
        "lock_timeout": f"{LOCK_TIMEOUT_S}s",
        "statement_timeout": f"{STATEMENT_TIMEOUT_S}s",
        "idle_in_transaction_session_timeout": f"{2 * STATEMENT_TIMEOUT_S}s",
        "timezone": "UTC",
    }
    engine = create_async_engine(
        url.for_async(),
        pool_size=_POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            **_NOTICES_SILENCE,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )
    _ask_after_a_rest(engine.sync_engine)
    return engine


def _ask_after_a_rest(engine: Engine) -> None:
    """Ask a connection that has rested whether its server is still there, before it is used again.

    Asking each time, as `pool_pre_ping` does, is a tenth of a turn's work (measured in November 2026).
    """

    @event.listens_for(engine, "checkin")
    def _rest(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["resting_since_s"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - a driver's connection
        since_s = record.info.get("resting_since_s")
        if since_s is None or time.monotonic() - since_s < REST_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def begin_patiently(connection: Connection) -> None:
    """Begin a transaction of the writer's, and wait for another process that writes."""
    cursor = connection.connection.cursor()
    cursor.execute(_patience(BUSY_TIMEOUT_S))
    try:
        connection.begin()
    finally:
        cursor.execute(_patience(0))
        cursor.close()


def _patience(seconds: int) -> str:
    return f"PRAGMA busy_timeout = {seconds * 1000}"


def prepare_sqlite(engine: Engine) -> None:
    """Set what every connection to SQLite needs, and leave transactions to us instead of to its driver."""

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(_patience(BUSY_TIMEOUT_S))
        _keep_a_log(cursor)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def _keep_a_log(cursor: Any) -> None:  # noqa: ANN401 - a driver's cursor
    """Have the file in WAL mode. Whoever else opens it for the first time right now is waited for.

    SQLite does not wait itself while it changes the mode, whatever the busy timeout says (3.40).
    """
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        else:
            return
        cursor.execute("BEGIN EXCLUSIVE")
        cursor.execute("COMMIT")


def begin_with(engine: Engine, statement: str) -> None:
    """Make every transaction of that engine begin with the statement."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def _sqlite(url: DatabaseUrl, *, connections: int, overflow: int = 0) -> AsyncEngine:
    engine = create_async_engine(
        url.for_async(),
        creator=partial(connect, str(url.file)),
        pool_size=connections,
        max_overflow=overflow,
        pool_timeout=POOL_TIMEOUT_S,
        # Errors are logged; what people wrote is not.
        hide_parameters=True,
    )
    prepare_sqlite(engine.sync_engine)
    return engine


def _on_connect(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "connect")
    def _run(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()
