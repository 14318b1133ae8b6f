"""Insertions that say what happens when the row is there already, on both databases.

Owns the one place where this adapter's SQL differs by dialect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from adapters.slack.tables import SlackTable


def insert_into(connection: AsyncConnection, table: type[SlackTable]) -> sqlite.Insert | postgresql.Insert:
    """Begin an insertion that knows `on_conflict_…`."""
    match connection.dialect.name:
        case "sqlite":
            return sqlite.insert(table)
        case _:
            return postgresql.insert(table)


async def put(connection: AsyncConnection, table: type[SlackTable], key: str, values: dict[str, Any]) -> None:
    """Write the row, in the place of one with the same key."""
    others = {name: value for name, value in values.items() if name != key}
    wanted = insert_into(connection, table).values(**values)
    await connection.execute(wanted.on_conflict_do_update(index_elements=[key], set_=others))
