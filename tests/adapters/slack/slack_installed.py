"""An installation, and the database that keeps it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.database import open_database
from adapters.slack.installations import Installed
from adapters.system import SystemClock
from bots.surroundings import transactions_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.platforms.transactions import Transactions

ACME = Installed("T1", name="Acme", bot_user="UBOT", scopes=("chat:write",), token="xoxb-hush")


@asynccontextmanager
async def kept(database_url: str) -> AsyncIterator[Transactions]:
    """The database, for stores of our own."""
    database = open_database(database_url, SystemClock())
    try:
        yield transactions_of(database)
    finally:
        await database.close()
