"""Fresh databases to measure on. Owns their making and their end."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

from tests.fakes.postgres import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def fresh_folder() -> Iterator[Path]:
    """A folder for pictures and files, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="inkthread-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database, `SQLite` (a file in the folder) or `Postgres` (a server of its own)."""
    if kind == "SQLite":
        yield f"sqlite:///{folder}/{uuid4().hex}.sqlite3"
        return
    server = start_postgres()
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield server.url("bench")
    finally:
        server.stop()
