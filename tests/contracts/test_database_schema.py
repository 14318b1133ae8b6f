"""Migrating, on SQLite and on Postgres."""

from __future__ import annotations

import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from adapters.database import check_schema, migrate, open_database
from adapters.database.connections import prepare_sqlite
from adapters.database.schema import MIGRATIONS, VERSION_TABLE, known_versions
from adapters.database.tables import METADATA
from adapters.system import SystemClock
from core.app.errors import DatabaseTooNew, SettingsFault, StorageUnavailable
from core.app.records import NoticeSaying, UsageSaying
from tests.contracts.database_samples import message

if TYPE_CHECKING:
    from pathlib import Path

BOTH = ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)]


def _known(_object: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's
    """Tables of ours only: the web page and the queue keep their own beside them."""
    return not (kind == "table" and reflected and name not in METADATA.tables)


@pytest.mark.parametrize("fixture", BOTH)
def test_the_migrations_make_exactly_the_tables(fixture: str, request: pytest.FixtureRequest) -> None:
    """Alembic finds no difference between what was migrated and what the code declares."""
    url: str = request.getfixturevalue(fixture)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        options = {"include_object": _known, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
        indexes = {
            index["name"]: index.get("dialect_options", {})
            for table in ("inbox", "surface_message")
            for index in inspect(connection).get_indexes(table)
        }
    engine.dispose()
    assert differences == []
    assert all(indexes[name] for name in ("ix_inbox_pending", "ix_surface_message_unsent")), "not partial"


@pytest.mark.parametrize("fixture", BOTH)
async def test_migrating_again_changes_nothing(fixture: str, request: pytest.FixtureRequest) -> None:
    """`serve` migrates at every start."""
    url: str = request.getfixturevalue(fixture)
    called: list[str] = []
    migrate(url, after=[called.append])
    assert called == [url]
    database = open_database(url, SystemClock())
    await check_schema(database)
    await database.close()


def test_the_versions_are_those_that_alembic_would_find() -> None:
    """A start reads them from the names of the files, because Alembic takes long to import."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert known_versions() == tuple(one.revision for one in scripts.walk_revisions())[::-1]
    assert known_versions()[-1] == scripts.get_current_head()


async def test_an_older_database_is_brought_on(tmp_path: Path) -> None:
    """What an earlier version left behind is refused until it is migrated, and then at this version."""
    url = f"sqlite:///{tmp_path}/inkthread.db"
    migrate(url)
    _take_back_to(tmp_path / "inkthread.db", "0008")
    database = open_database(url, SystemClock())
    with pytest.raises(SettingsFault, match="inkthread migrate"):
        await check_schema(database)
    migrate(url)
    await check_schema(database)
    await database.close()


def _take_back_to(file: Path, version: str) -> None:
    """Undo the migrations after that one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes |= {"version_table": VERSION_TABLE, "connection": connection}
        command.downgrade(config, version)
    engine.dispose()


async def test_names_that_older_notices_held_are_taken_out(tmp_path: Path) -> None:
    """Until version 9 a notice kept the name of whom it was about; since then what names people is found."""
    url, file = f"sqlite:///{tmp_path}/inkthread.db", tmp_path / "inkthread.db"
    migrate(url)
    notice = NoticeSaying("forget_ask_this", {"names": "Zanzibar", "confirm": "forget:v1:t1", "head": "v1"})
    said = {"m1": notice, "m2": UsageSaying(7), "m3": NoticeSaying("gone")}
    database = open_database(url, SystemClock())
    async with database.unit() as unit:
        for name, saying in said.items():
            await unit.messages.add(message(name, saying=saying))
        await unit.commit()
    await database.close()
    _take_back_to(file, "0008")
    migrate(url)
    with sqlite3.connect(file) as connection:
        marks = dict(connection.execute("SELECT id, tells FROM surface_message").fetchall())
        kept = "".join(str(row) for row in connection.execute("SELECT * FROM surface_message"))
    connection.close()
    assert marks == {"m1": "question", "m2": "people", "m3": None}
    assert "Zanzibar" not in kept
    assert "forget:v1:t1" in kept


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """The first start needs no preparation."""
    migrate(f"sqlite:///{tmp_path / 'a % b' / 'c' / 'inkthread.db'}")
    with sqlite3.connect(tmp_path / "a % b" / "c" / "inkthread.db") as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    assert mode == ("wal",)


def test_processes_that_migrate_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """The second finds the work done."""
    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(migrate, f"sqlite:///{tmp_path}/inkthread.db") for _ in range(4)]:
            done.result()


def test_whoever_else_opens_a_new_file_is_waited_for(tmp_path: Path) -> None:
    """SQLite refuses to change a file's mode while another writes; a start is patient all the same."""
    path, said = tmp_path / "inkthread.db", list[str]()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def listen(statement: str) -> None:
            if any("journal_mode" in one for one in said):
                other.rollback()
            said.append(statement)

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(path)
            connection.set_trace_callback(listen)
            return connection

        engine = create_engine("sqlite://", creator=connect)
        prepare_sqlite(engine)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        engine.dispose()


async def test_a_database_that_was_never_migrated_says_what_to_do(tmp_path: Path) -> None:
    """Postgres is migrated by hand, and nothing runs on half a schema."""
    database = open_database(f"sqlite:///{tmp_path}/inkthread.db", SystemClock())
    with pytest.raises(SettingsFault, match="inkthread migrate"):
        await check_schema(database)
    await database.close()


async def _too_new(url: str) -> None:
    with pytest.raises(DatabaseTooNew, match="9999"):
        migrate(url)
    database = open_database(url, SystemClock())
    with pytest.raises(DatabaseTooNew, match="later version"):
        await check_schema(database)
    await database.close()


async def test_a_later_versions_sqlite_is_left_alone(sqlite_url: str) -> None:
    """An older program never writes into a newer database."""
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608 - our own name
    connection.close()
    await _too_new(sqlite_url)


@pytest.mark.postgres
async def test_a_later_versions_postgres_is_left_alone(postgres_url: str) -> None:
    """The same on Postgres."""
    with psycopg.connect(postgres_url) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'".encode())  # noqa: S608 - our own name
    await _too_new(postgres_url)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file in the way is the operator's to move."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{tmp_path}/file/inkthread.db")
