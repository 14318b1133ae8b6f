"""How the queue's tables come into a database and keep up with new versions of Procrastinate."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psycopg
import pytest

from adapters.queues import apply_schema
from adapters.queues.queue_schema import bring_up_to_date, is_schema_applied, missing
from core.app.errors import StorageUnavailable

if TYPE_CHECKING:
    from pathlib import Path

_DROP_ALL = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def test_changes_after_the_noted_one_are_missing() -> None:
    """A database needs the changes whose names come after the one noted in it."""
    assert missing(["1.sql", "2.sql", "3.sql"], "inkthread: changed up to 1.sql") == ["2.sql", "3.sql"]
    assert missing(["1.sql"], "inkthread: changed up to 1.sql") == []


@pytest.mark.parametrize("note", [None, "somebody else's comment"])
def test_tables_without_our_note(note: str | None) -> None:
    """Tables that Procrastinate's own command made are taken as they are."""
    assert missing(["1.sql"], note) == []


@pytest.mark.postgres
async def test_applying_twice(postgres_url: str) -> None:
    """Migrating an empty database makes the tables; migrating again, even twice at once, changes nothing."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(_DROP_ALL)
    assert not await is_schema_applied(postgres_url)
    await asyncio.gather(apply_schema(postgres_url), apply_schema(postgres_url))
    assert await is_schema_applied(postgres_url)
    await apply_schema(postgres_url)
    assert await is_schema_applied(postgres_url)


@pytest.mark.postgres
async def test_a_new_version_brings_changes(postgres_url: str, tmp_path: Path) -> None:
    """A change that a later version brings is applied once, and the ones before it not again."""
    await apply_schema(postgres_url)
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as connection:
        (tmp_path / "00.00.01_old.sql").write_text("SELECT nothing_of_that_name;")
        (tmp_path / "99.00.00_new.sql").write_text(
            "CREATE TABLE brought (a int); CREATE INDEX ON brought (a);"
        )
        await bring_up_to_date(connection, tmp_path)
        await bring_up_to_date(connection, tmp_path)
        cursor = await connection.execute("SELECT to_regclass('brought') IS NOT NULL")
        assert await cursor.fetchone() == (True,)


@pytest.mark.postgres
async def test_a_change_that_fails(postgres_url: str, tmp_path: Path) -> None:
    """A change that fails half way leaves nothing of itself, and is tried again the next time."""
    await apply_schema(postgres_url)
    change = tmp_path / "99.00.00_new.sql"
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as connection:
        change.write_text("CREATE TABLE brought (a int); SELECT 1 / 0;")
        with pytest.raises(psycopg.errors.DivisionByZero):
            await bring_up_to_date(connection, tmp_path)
        change.write_text("CREATE TABLE brought (a int);")
        await bring_up_to_date(connection, tmp_path)
        cursor = await connection.execute("SELECT to_regclass('brought') IS NOT NULL")
        assert await cursor.fetchone() == (True,)


async def test_a_server_out_of_reach() -> None:
    """A server that does not answer is named as such, without the password."""
    with pytest.raises(StorageUnavailable) as told:
        await apply_schema("postgresql://u:hunter2@127.0.0.1:1/x")
    assert "DATABASE_URL" in str(told.value)
    assert "hunter2" not in str(told.value)
