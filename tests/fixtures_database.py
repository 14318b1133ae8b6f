"""Databases for tests: one in memory, SQLite, and a real Postgres that all workers share.

Owns the fixtures `sqlite_url`, `postgres_url` and `database`. Each test gets a fresh database at the newest
schema, copied from one that was migrated once.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import delete

from adapters.database import migrate, open_database
from adapters.database.tables import METADATA
from adapters.system import SystemClock
from tests.fakes.memory_database import FakeDatabase
from tests.fakes.postgres import NoPostgres, start_postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from core.app.repositories import Database

_TEMPLATE = "inkthread_template"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _sqlite_template: Path) -> str:
    """A fresh SQLite database, migrated."""
    path = tmp_path / "inkthread.db"
    shutil.copyfile(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def _postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that every worker of this run shares, its template database migrated."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    try:
        with _shared_server(folder) as url:
            yield url
    except NoPostgres as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def postgres_url(_postgres_server: str) -> Iterator[str]:
    """A fresh Postgres database, migrated. Making one takes half a second."""
    with _new_database(_postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def _reused_postgres_url(_postgres_server: str) -> Iterator[str]:
    """One Postgres database for many tests, one after the other."""
    with _new_database(_postgres_server) as url:
        yield url


@pytest.fixture
def emptied_postgres_url(_reused_postgres_url: str) -> str:
    """A Postgres database, migrated and emptied: much faster than a fresh one."""
    tables = "; ".join(str(delete(table)) for table in METADATA.sorted_tables)
    with psycopg.connect(_reused_postgres_url) as connection:
        connection.execute(tables.encode())
    return _reused_postgres_url


@pytest_asyncio.fixture(params=["fake", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """Each kind of database in turn, empty."""
    if request.param == "fake":
        yield FakeDatabase(SystemClock())
        return
    url = request.getfixturevalue({"sqlite": "sqlite_url", "postgres": "emptied_postgres_url"}[request.param])
    opened = open_database(url, SystemClock())
    yield opened
    await opened.close()


@contextmanager
def _shared_server(folder: Path) -> Iterator[str]:
    """Start the server, or use the one that another worker of this run has started.

    Whoever uses it holds a shared lock, given up by the system should they die. A watchdog waits for the
    exclusive one and stops the server then, so that no worker has to wait for the others.
    """
    note = folder / "postgres-url"
    with (folder / "postgres-users").open("w") as users, (folder / "postgres-start").open("w") as start:
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if not note.exists():
            server = start_postgres()
            server.stop_when_unused(folder / "postgres-users", note)
            _make_template(server.url())
            note.write_text(server.url())
        fcntl.flock(start, fcntl.LOCK_UN)
        yield note.read_text()


@contextmanager
def _new_database(server_url: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_TEMPLATE}"'.encode())
        yield server_url.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _make_template(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{_TEMPLATE}"'.encode())
    migrate(server_url.rsplit("/", 1)[0] + f"/{_TEMPLATE}")
