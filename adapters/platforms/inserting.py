"""Insertions that say what happens when the row is there already, on both databases.

Owns the one place where the platforms' SQL differs by dialect. Must never learn what the tables hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlmodel import SQLModel


def insert_into(dialect: str, table: Table | type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """Begin an insertion that knows `on_conflict_…`, for the dialect of that name."""
    match dialect:
        case "sqlite":
            return sqlite.insert(table)
        case _:
            return postgresql.insert(table)


async def put(
    connection: AsyncConnection,
    table: Table | type[SQLModel],
    row: dict[str, Any],
    *keys: str,
    kept: tuple[str, ...] = (),
) -> None:
    """Write the row, in the place of one with the same keys; of that one, only what is `kept` stays."""
    changed = {name: value for name, value in row.items() if name not in keys and name not in kept}
    wanted = insert_into(connection.dialect.name, table).values(row)
    await connection.execute(wanted.on_conflict_do_update(index_elements=keys, set_=changed))


async def put_if_missing(
    connection: AsyncConnection, table: Table | type[SQLModel], row: dict[str, Any], *keys: str
) -> bool:
    """Write the row unless one with the same keys is there; whether it was written."""
    wanted = insert_into(connection.dialect.name, table).values(row)
    # Without being told to, SQLAlchemy does not ask Postgres' driver how many rows were added (2.1, 2026-11).
    counted = wanted.on_conflict_do_nothing(index_elements=keys).execution_options(preserve_rowcount=True)
    return (await connection.execute(counted)).rowcount == 1
