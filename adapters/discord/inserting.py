"""Insertions that say what happens when the row is there already, on both databases.

Owns the one place where this adapter's SQL differs by dialect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from adapters.discord.tables import DiscordTable


def insert_into(connection: AsyncConnection, table: type[DiscordTable]) -> sqlite.Insert | postgresql.Insert:
    """Begin an insertion that knows `on_conflict_…`."""
    match connection.dialect.name:
        case "sqlite":
            return sqlite.insert(table)
        case _:
            return postgresql.insert(table)
