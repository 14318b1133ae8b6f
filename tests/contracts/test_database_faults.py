"""What goes wrong outside is said in our own words."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import OperationalError

from adapters.database import connections, open_database
from adapters.database.faults import ours
from adapters.system import SystemClock
from core.app.errors import Conflict, SettingsFault, StorageFull, StorageUnavailable
from core.domain.ids import ThreadId
from tests.contracts.database_samples import thread
from tests.fakes.postgres_asking import drop_connections

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (errors.SerializationFailure(), Conflict),
        (errors.DeadlockDetected(), Conflict),
        (errors.LockNotAvailable(), Conflict),
        (errors.UniqueViolation(), Conflict),
        (errors.DiskFull(), StorageFull),
        (errors.TooManyConnections(), StorageUnavailable),
        (errors.AdminShutdown(), StorageUnavailable),
        (errors.InvalidPassword(), StorageUnavailable),
        (errors.ReadOnlySqlTransaction(), StorageUnavailable),
        (errors.QueryCanceled(), StorageUnavailable),
        (psycopg.OperationalError("connection refused"), StorageUnavailable),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_postgres_errors_mean_what_the_application_can_act_on(
    cause: psycopg.Error, fault: type[Exception]
) -> None:
    """Run again, make room, or look after the server."""
    error = OperationalError("SELECT 1", {}, cause)
    with pytest.raises(fault), ours():
        raise error


def test_our_own_mistakes_stay_what_they_are() -> None:
    """A wrong statement is no outage."""
    error = OperationalError("SELEKT 1", {}, errors.SyntaxError())
    with pytest.raises(OperationalError), ours():
        raise error


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://somewhere/else",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "postgresql+asyncpg://ada:secret@host/name",
    ],
)
def test_a_url_that_is_none_says_how_it_should_be(url: str) -> None:
    """The message names the setting, shows an example, and keeps the password."""
    with pytest.raises(SettingsFault, match=r"DATABASE_URL.*postgresql://") as refusal:
        open_database(url, SystemClock())
    assert "secret" not in str(refusal.value)


def test_a_password_is_not_shown() -> None:
    """A database that is printed hides its secret."""
    database = open_database("postgres://ada:secret@host/name", SystemClock())
    assert database.url.is_postgres
    assert "secret" not in repr(database.url)


async def test_another_process_that_writes_too_long_is_a_conflict(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's one writer may be somebody else; after the busy timeout the unit may be run again."""
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_S", 0.05)
    database = open_database(sqlite_url, SystemClock())
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Conflict):
        await _write(database)
    other.execute("ROLLBACK")
    await _write(database)
    other.close()
    await database.close()


async def test_another_process_that_writes_is_waited_for_beside_the_loop(sqlite_url: str) -> None:
    """Whoever does not write goes on meanwhile, and we write as soon as the other has ended."""
    database = open_database(sqlite_url, SystemClock())
    other = sqlite3.connect(
        sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    await _write(database)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_write(database, "t2"))
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(ThreadId("t1"), for_change=False) is not None
    await asyncio.to_thread(other.execute, "SELECT 1")
    assert not writing.done()
    other.execute("ROLLBACK")
    await writing
    other.close()
    await database.close()


async def _write(database: object, name: str = "t1") -> None:
    assert hasattr(database, "unit")
    async with database.unit() as unit:
        await unit.threads.add(thread(name))
        await unit.commit()


async def test_a_full_disk_is_said_and_nothing_is_lost(sqlite_url: str) -> None:
    """What was there before is still there, and room that was made is used."""
    database = open_database(sqlite_url, SystemClock())
    await _write(database)
    async with database.begin() as connection:
        pages = await connection.exec_driver_sql("PRAGMA page_count")
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages.scalar()}")
    with pytest.raises(StorageFull, match="room"):
        await _fill(database)
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(ThreadId("t1")) == thread()
        assert await unit.threads.get(ThreadId("t2")) is None
    await database.close()


async def _fill(database: object) -> None:
    assert hasattr(database, "unit")
    async with database.unit() as unit:
        for number in range(2, 2_000):
            await unit.threads.add(thread(f"t{number}"))
        await unit.commit()


async def test_a_file_that_may_not_be_written_is_said(sqlite_url: str, tmp_path: Path) -> None:
    """Reading still works; writing names what to check."""
    file = tmp_path / "inkthread.db"
    database = open_database(sqlite_url, SystemClock())
    async with database.begin() as connection:
        # Root may write everywhere: the same refusal, asked of SQLite itself.
        await connection.exec_driver_sql("PRAGMA query_only = ON") if os.geteuid() == 0 else file.chmod(0o400)
    with pytest.raises(StorageUnavailable, match="permissions"):
        await _write(database)
    await database.close()


async def test_a_server_that_is_not_there_is_said() -> None:
    """A refused connection names the setting to check."""
    database = open_database("postgresql://ada:secret@127.0.0.1:1/name", SystemClock())
    with pytest.raises(StorageUnavailable, match="DATABASE_URL") as refusal:
        await _write(database)
    assert "secret" not in str(refusal.value)
    await database.close()


@pytest.mark.postgres
async def test_a_server_that_was_restarted_is_noticed_by_nobody(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that has rested is asked before it is used, and all are made anew if it is gone."""
    monkeypatch.setattr(connections, "REST_S", 0.0)
    database = open_database(postgres_url, SystemClock())
    async with database.unit(read_only=True) as one, database.unit(read_only=True) as other:
        assert await one.now() <= await other.now()
    await drop_connections(postgres_url)
    async with database.unit(read_only=True) as one, database.unit() as other:
        assert await one.now() <= await other.now()
    await database.close()


@pytest.mark.postgres
async def test_a_server_that_falls_silent_is_given_up(postgres_url: str) -> None:
    """This machine notices a dead line: who waits is told within a minute, not after a quarter of an hour."""
    database = open_database(postgres_url, SystemClock())
    async with database.begin() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        told = driver.info.get_parameters()
    await database.close()
    assert int(told["tcp_user_timeout"]) == connections.SILENT_S * 1000
    idle, every, count = (int(told[f"keepalives_{one}"]) for one in ("idle", "interval", "count"))
    assert idle + every * count == connections.SILENT_S


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    """Rubbish in the file is damage, not a bug."""
    (tmp_path / "inkthread.db").write_bytes(b"rubbish" * 1_000)
    database = open_database(f"sqlite:///{tmp_path}/inkthread.db", SystemClock())
    with pytest.raises(StorageUnavailable, match="damaged"):
        await _write(database)
    await database.close()


async def test_an_error_never_shows_what_people_wrote(sqlite_url: str) -> None:
    """Errors are logged; words and secrets are not."""
    database = open_database(sqlite_url, SystemClock())
    async with database.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE edit_thread")
    with pytest.raises(OperationalError) as error:
        await _write(database)
    assert "root-t1" not in str(error.value)
    await database.close()
