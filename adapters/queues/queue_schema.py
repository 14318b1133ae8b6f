"""Brings Procrastinate's own tables into a database, and later its changes to them.

Owns the note of how far a database is: a comment on the table of jobs, since Procrastinate keeps none. Must
never touch a table of ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
from procrastinate.schema import SchemaManager
from psycopg.sql import SQL, Literal

from core.app.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOCK: Final = 7_201_493_118_250_461
"""Two migrations at once take turns by this advisory lock; the number means nothing."""

_NOTE: Final = "inkthread: changed up to "

_FIND_NOTE: Final = """
SELECT to_regclass('procrastinate_jobs') IS NOT NULL,
       obj_description(to_regclass('procrastinate_jobs'), 'pg_class')
"""

Connection = psycopg.AsyncConnection[tuple[object, ...]]


async def apply_schema(url: str) -> None:
    """Make or update the queue's tables in the Postgres at `url`. Harmless when there is nothing to do.

    Raises:
        StorageUnavailable: the server cannot be reached or refuses the change.

    """
    try:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            await bring_up_to_date(connection, Path(SchemaManager.get_migrations_path()))
    except psycopg.Error as fault:
        msg = (
            f"The queue's tables could not be made in Postgres ({type(fault).__name__}). Check that the "
            "server runs and that the user of DATABASE_URL may create tables and functions."
        )
        raise StorageUnavailable(msg) from fault


async def bring_up_to_date(connection: Connection, changes: Path) -> None:
    """Make the tables, or apply the files in `changes` that came after those noted in the database."""
    scripts = _read_scripts(changes)
    exists, note = await _find_note(connection)
    if not exists:
        await _run(connection, SchemaManager.get_schema())
    else:
        for name in missing(list(scripts), note):
            await _run(connection, scripts[name])
            await _write_note(connection, name)
    await _write_note(connection, max(scripts))


async def is_schema_applied(url: str) -> bool:
    """Whether the queue's tables are there.

    Raises:
        StorageUnavailable: the server cannot be reached.

    """
    try:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            exists, _ = await _find_note(connection)
            return exists
    except psycopg.Error as fault:
        msg = "The Postgres that DATABASE_URL names does not answer. Check that it runs and lets us in."
        raise StorageUnavailable(msg) from fault


def missing(names: Sequence[str], note: str | None) -> list[str]:
    """The changes that a database with that note still needs.

    Without a note the tables were made by Procrastinate's own command, of the version that is installed.
    """
    if note is None or not note.startswith(_NOTE):
        return []
    done = note.removeprefix(_NOTE)
    return [name for name in names if name > done]


def _read_scripts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))}


async def _find_note(connection: Connection) -> tuple[bool, str | None]:
    cursor = await connection.execute(_FIND_NOTE)
    row = await cursor.fetchone()
    exists, note = row or (False, None)
    return bool(exists), None if note is None else str(note)


async def _write_note(connection: Connection, name: str) -> None:
    await connection.execute(SQL("COMMENT ON TABLE procrastinate_jobs IS {}").format(Literal(_NOTE + name)))


async def _run(connection: Connection, script: str) -> None:
    # Several statements in one query are one transaction: all of a script, or nothing.
    await connection.execute(script.encode())
