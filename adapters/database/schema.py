"""Brings a database to the schema of this version, and says when it is not there.

Owns migrating. Must never learn what the tables hold: that stands in `tables/` and in the migrations.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, inspect, text

from adapters.database.connections import CONNECT_TIMEOUT_S, begin_with, prepare_sqlite
from adapters.database.faults import ours
from adapters.database.urls import read_url
from core.app.errors import DatabaseTooNew, SettingsFault, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from adapters.database.database import SqlDatabase
    from adapters.database.urls import DatabaseUrl

VERSION_TABLE = "inkthread_version"

MIGRATIONS = Path(__file__).parent / "migrations"

# Any number will do, as long as nobody else takes it: "inkt" in ASCII.
_MIGRATION_LOCK = 0x696E6B74

_TOO_NEW = (
    "The database was written by a later version of Inkthread (schema {found}; this version knows up to "
    "{head}). Install that version again, or restore a backup from before the upgrade."
)
_TOO_OLD = "The database is not at the schema of this version. Run `inkthread migrate` first."


def migrate(url: str, *, after: Sequence[Callable[[str], None]] = ()) -> None:
    """Bring the database to this version's schema, in one transaction: all of it or nothing.

    A SQLite file and its folder are made when missing. Doing it again changes nothing; two at once wait for
    each other. Then each of `after` is called with the URL, for what keeps a schema of its own beside ours.

    Raises:
        DatabaseTooNew: a later version has been here.
        StorageFault: the database is full, read-only or out of reach.
        SettingsFault: the URL is none that we can use.

    """
    with ours(), _connect(read_url(url)) as connection:
        if not _is_current(connection):
            _upgrade(connection)
    for hook in after:
        hook(url)


async def check_schema(database: SqlDatabase) -> None:
    """Make sure that the database has the schema of this version.

    Raises:
        DatabaseTooNew: a later version has been here.
        SettingsFault: it has to be migrated first.
        StorageFault: it is out of reach.

    """
    async with database.begin(read_only=True) as connection:
        await connection.run_sync(_check)


def _check(connection: Connection) -> None:
    if not _is_current(connection):
        raise SettingsFault(_TOO_OLD)


def _is_current(connection: Connection) -> bool:
    """Whether the schema is this version's; one that this version does not know is refused."""
    known, found = known_versions(), _found(connection)
    if found - set(known):
        message = _TOO_NEW.format(found=", ".join(sorted(found - set(known))), head=known[-1])
        raise DatabaseTooNew(message)
    return found == {known[-1]}


def known_versions() -> tuple[str, ...]:
    """All versions of the schema, in their order: what the files of the migrations are called by."""
    return tuple(sorted(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/*.py")))


def _found(connection: Connection) -> set[str]:
    if not inspect(connection).has_table(VERSION_TABLE):
        return set()
    return set(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars())  # noqa: S608 - our own name


def _upgrade(connection: Connection) -> None:
    # Alembic takes a quarter of a second to import, which no start on a current database should wait for.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes |= {"version_table": VERSION_TABLE, "connection": connection}
    command.upgrade(config, "head")


@contextmanager
def _connect(url: DatabaseUrl) -> Iterator[Connection]:
    if url.file is not None:
        _make_folder(url.file.parent)
    engine = create_engine(url.for_sync(), hide_parameters=True, connect_args=_connect_args(url))
    if not url.is_postgres:
        prepare_sqlite(engine)
        begin_with(engine, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            if url.is_postgres:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            yield connection
    finally:
        engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder {folder} for the database cannot be made: {error.strerror}"
        raise StorageUnavailable(message) from error


def _connect_args(url: DatabaseUrl) -> dict[str, int]:
    return {"connect_timeout": CONNECT_TIMEOUT_S} if url.is_postgres else {}
