"""Insertions that say what happens when the row is there already, on both databases.

Owns the one place where the web platform's SQL differs by dialect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Table


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insertion that knows `on_conflict_…`."""
    match dialect:
        case "sqlite":
            return sqlite.insert(table)
        case _:
            return postgresql.insert(table)
