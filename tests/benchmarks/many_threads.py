"""A database with very many edit threads, made from one that really was: its rows, copied by the database.

Owns which columns tell a copy from its original. Everything else in a row stays as the application wrote it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.engine import make_url

from adapters.database.tables import METADATA
from adapters.web.tables import WebEventRow, WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table

PEOPLE = 1_000
"""The copies belong to that many people."""

OWN = {
    "edit_thread": ("id", "ref"),
    "turn": ("id", "thread", "message", "reservation", "twin_key"),
    "picture": ("blob",),
    "revision": ("thread", "turn_id"),
    "candidate": ("turn", "blob"),
    "attempt": ("id", "turn"),
    "inbox": ("delivery_key",),
    "surface_message": ("id", "thread", "thread_ref", "turn", "ref"),
    "reservation": ("id", "turn"),
    "ledger_entry": ("turn", "reservation", "attempt"),
    "web_message": ("id", "key", "thread"),
    "web_event": ("message",),
}
"""The columns that every copy has its own values in, parents before children."""

MOMENTS = ("created_at", "made_at", "started_at", "received_at", "finished_at", "closed_at", "ended_at", "at")
PERSONAL = ("actor", "starter")
COUNTED = ("number", "seq")
"""Row numbers, which the database hands out; `number` is one only in the ledger."""


def multiply(url: str, threads: int) -> None:
    """Copy the only thread in the database until there are that many."""
    is_postgres = url.startswith("postgresql")
    with _connected(url) as run:
        for name in OWN:
            run(_copy(_table(name), threads - 1, is_postgres=is_postgres))
        run("ANALYZE")


def reference_of(original: str, number: int) -> str:
    """What a copy's own value is, given the original's; number 0 is the original."""
    return original if number == 0 else f"{original}-{number:07d}"


def _table(name: str) -> Table:
    web = {table.name: table for table in (WebMessageRow.__table__, WebEventRow.__table__)}  # type: ignore[attr-defined]  # SQLModel's tables have one
    return web[name] if name in web else METADATA.tables[name]


def _copy(table: Table, copies: int, *, is_postgres: bool) -> str:
    columns = [column.name for column in table.columns if not _is_counted(table, column.name)]
    values = ", ".join(_value(table.name, column, is_postgres=is_postgres) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    # Nothing in here comes from outside: tables, columns and a number of ours.
    return (
        f"WITH RECURSIVE copy(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copy WHERE i < {copies}) "  # noqa: S608
        f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM copy CROSS JOIN "{table.name}" original'
    )


def _is_counted(table: Table, column: str) -> bool:
    return column == "seq" or (column, table.name) in {("number", "ledger_entry"), ("id", "web_event")}


def _value(table: str, column: str, *, is_postgres: bool) -> str:
    original = f'original."{column}"'
    if column in OWN[table]:
        return f"{original} || '-' || {_padded(is_postgres=is_postgres)}"
    if column in PERSONAL:
        return f"{original} || '-' || (i % {PEOPLE})"
    if column in MOMENTS:
        return (
            f"{original} - i * interval '1 second'"
            if is_postgres
            else f"strftime('%Y-%m-%d %H:%M:%f', {original}, '-' || i || ' seconds') || '000'"
        )
    return original


def _padded(*, is_postgres: bool) -> str:
    return "lpad(i::text, 7, '0')" if is_postgres else "printf('%07d', i)"


@contextlib.contextmanager
def _connected(url: str) -> Iterator[_Run]:
    """Something that runs statements, with the checks off that would only slow the copying down."""
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as postgres:
            postgres.execute("SET session_replication_role = replica")
            yield lambda statement: postgres.execute(statement.encode())
        return
    sqlite = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    with contextlib.closing(sqlite):
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            sqlite.execute(f"PRAGMA {pragma}")
        yield sqlite.execute
        sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if TYPE_CHECKING:
    from collections.abc import Callable

    _Run = Callable[[str], object]
