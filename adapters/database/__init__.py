"""The database: SQLite for one process, Postgres for many.

Owns how records are kept. Must never learn what they mean.
"""

from __future__ import annotations

from adapters.database.database import SqlDatabase, SqlUnitOfWork, open_database
from adapters.database.schema import check_schema, migrate

__all__ = ["SqlDatabase", "SqlUnitOfWork", "check_schema", "migrate", "open_database"]
