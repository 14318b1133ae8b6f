"""What a database's error means to the application.

Owns the one place where drivers' errors become ours. Must never learn which statement failed.
Codes: SQLite's result codes (sqlite.org/rescode.html), Postgres' SQLSTATE (Appendix A), November 2026.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from core.app.errors import Conflict, InkthreadError, StorageFull, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOST = "another transaction won"
_FULL = "the database has no room left: free some space on its disk"
_READ_ONLY = "the database is read-only: check the permissions of its file and folder, or its server's state"
_UNREACHABLE = "the database cannot be reached or refuses us: check DATABASE_URL and that it is running"
_BROKEN = "the database cannot be read: its disk or its file is damaged"
_SLOW = "the database took too long to answer"

_SQLITE: dict[int, tuple[type[InkthreadError], str]] = {
    sqlite3.SQLITE_BUSY: (Conflict, _LOST),
    sqlite3.SQLITE_LOCKED: (Conflict, _LOST),
    sqlite3.SQLITE_FULL: (StorageFull, _FULL),
    sqlite3.SQLITE_READONLY: (StorageUnavailable, _READ_ONLY),
    sqlite3.SQLITE_PERM: (StorageUnavailable, _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (StorageUnavailable, _UNREACHABLE),
    sqlite3.SQLITE_IOERR: (StorageUnavailable, _BROKEN),
    sqlite3.SQLITE_CORRUPT: (StorageUnavailable, _BROKEN),
    sqlite3.SQLITE_NOTADB: (StorageUnavailable, _BROKEN),
}

_SQLITE_TAKEN_KEYS = (
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
)

_POSTGRES: dict[str, tuple[type[InkthreadError], str]] = {
    "40001": (Conflict, _LOST),  # serialization_failure
    "40P01": (Conflict, _LOST),  # deadlock_detected
    "55P03": (Conflict, _LOST),  # lock_not_available
    "23505": (Conflict, _LOST),  # unique_violation
    "23503": (Conflict, _LOST),  # foreign_key_violation
    "25006": (StorageUnavailable, _READ_ONLY),  # read_only_sql_transaction
    "3D000": (StorageUnavailable, _UNREACHABLE),  # invalid_catalog_name
    "53100": (StorageFull, _FULL),  # disk_full
    "57014": (StorageUnavailable, _SLOW),  # query_canceled, by the statement timeout
    "58030": (StorageUnavailable, _BROKEN),  # io_error
}

_POSTGRES_CLASSES: dict[str, tuple[type[InkthreadError], str]] = {
    "08": (StorageUnavailable, _UNREACHABLE),  # connection exceptions
    "28": (StorageUnavailable, _UNREACHABLE),  # invalid authorization
    "53": (StorageUnavailable, _UNREACHABLE),  # insufficient resources
    "57": (StorageUnavailable, _UNREACHABLE),  # operator intervention
    "XX": (StorageUnavailable, _BROKEN),  # internal error, damaged data
}


class ReadOnlyUnit(RuntimeError):  # noqa: N818 - our own fault, said plainly
    """A unit of work that promised not to write has tried to."""


@contextmanager
def ours(*, is_read_only: bool = False) -> Iterator[None]:
    """Turn a driver's errors into the application's; what is our own fault stays as it is."""
    try:
        yield
    except NoConnectionFree as error:
        raise StorageUnavailable(_SLOW) from error
    except DBAPIError as error:
        fault = _meaning(error)
        if fault is None:
            raise
        if is_read_only and fault[1] == _READ_ONLY:
            msg = "this unit of work was opened with read_only=True"
            raise ReadOnlyUnit(msg) from error
        kind, words = fault
        raise kind(words) from error


def _meaning(error: DBAPIError) -> tuple[type[InkthreadError], str] | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is not None:
        return _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    # Postgres could not even answer: the connection was refused or broke.
    return (StorageUnavailable, _UNREACHABLE) if _is_about_the_connection(error) else None


def _of_sqlite(cause: sqlite3.Error) -> tuple[type[InkthreadError], str] | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in _SQLITE_TAKEN_KEYS:
        return Conflict, _LOST
    return _SQLITE.get(code & 0xFF)


def _is_about_the_connection(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}
