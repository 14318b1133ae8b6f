"""Opens units of work on SQLite or Postgres.

Owns the life of a transaction: begin, commit, undo, and whose turn it is to write. Must never learn
what is written.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Self

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database import connections
from adapters.database.faults import ours
from adapters.database.finishing import WholeConnection, to_the_end
from adapters.database.repositories.attempts import SqlAttempts
from adapters.database.repositories.audit import SqlAudit
from adapters.database.repositories.forgettings import SqlForgettings
from adapters.database.repositories.gate import SqlGate
from adapters.database.repositories.inbox import SqlInbox
from adapters.database.repositories.messages import SqlMessages
from adapters.database.repositories.people import SqlPeople
from adapters.database.repositories.pictures import SqlPictures
from adapters.database.repositories.quotas import SqlQuotas
from adapters.database.repositories.threads import SqlThreads
from adapters.database.repositories.turns import SqlTurns
from adapters.database.transaction import Transaction
from adapters.database.urls import DatabaseUrl, read_url
from adapters.database.writing_line import WritingLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy.ext.asyncio import AsyncEngine

    from core.app.forgetting_repository import Forgettings
    from core.app.ledger_repository import Audit, Quotas
    from core.app.ports import Clock
    from core.app.repositories import Inbox, Messages, People, Pictures
    from core.app.work_repository import Attempts, Gate, Threads, Turns


class SqlDatabase:
    """The database behind a URL. Close it when done.

    On SQLite the units that write queue up here, the urgent ones in front: asking SQLite's own lock again and
    again would serve whoever happens to ask at the right moment.
    """

    def __init__(self, url: DatabaseUrl, clock: Clock) -> None:
        self.url = url
        self._clock = clock
        if url.is_postgres:
            self._writer = self._reader = connections.postgres(url)
        else:
            self._writer = connections.sqlite_writer(url)
            self._reader = connections.sqlite_readers(url)
        self._writing = WritingLine()
        self._writer_task: asyncio.Task[object] | None = None

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> SqlUnitOfWork:
        """Open a unit of work, to be entered with `async with`."""
        return SqlUnitOfWork(self, self._clock, is_read_only=read_only, is_urgent=is_urgent)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes, to be looked at. Who wants to write opens a unit or uses `begin`."""
        return self._writer

    @asynccontextmanager
    async def begin(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that commits at the end of the block, unless that raises.

        For parts of the application that keep tables of their own beside ours.

        Raises:
            Conflict: another transaction won; run the whole block again.
            StorageFault: the database is full, read-only or out of reach.

        """
        async with self.transaction(read_only=read_only) as connection:
            with ours(is_read_only=read_only):
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def transaction(
        self, *, read_only: bool, is_urgent: bool = False
    ) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is undone at the end of the block, unless it was committed in it."""
        async with AsyncExitStack() as stack:
            if not (read_only or self.url.is_postgres):
                await stack.enter_async_context(self._alone(is_urgent=is_urgent))
            connection = self._connection(self._reader if read_only else self._writer)
            stack.push_async_callback(_give_back, connection)
            with ours():
                await self._begin(connection, read_only=read_only)
            yield connection

    def _connection(self, engine: AsyncEngine) -> AsyncConnection:
        # Postgres' driver takes a cancel well, SQLite's does not.
        return AsyncConnection(engine) if self.url.is_postgres else WholeConnection(engine)

    async def _begin(self, connection: AsyncConnection, *, read_only: bool) -> None:
        await connection.start()
        if isinstance(connection, WholeConnection):
            if read_only:
                connection.begin_here()
            else:
                await connection.begin_to_write()
            return
        if read_only:
            # One snapshot for the whole unit, as SQLite's readers have.
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        await connection.run_sync(lambda each: each.begin())

    @asynccontextmanager
    async def _alone(self, *, is_urgent: bool) -> AsyncIterator[None]:
        if self._writer_task is not None and self._writer_task is asyncio.current_task():
            msg = "a unit of work that writes was opened inside another, which would wait for itself"
            raise RuntimeError(msg)
        async with self._writing.turn(is_urgent=is_urgent):
            self._writer_task = asyncio.current_task()
            try:
                yield
            finally:
                self._writer_task = None

    async def close(self) -> None:
        """Close all connections."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


class SqlUnitOfWork:
    """One transaction and its repositories, which exist from `__aenter__` on."""

    inbox: Inbox
    people: People
    threads: Threads
    turns: Turns
    attempts: Attempts
    gate: Gate
    messages: Messages
    quotas: Quotas
    audit: Audit
    pictures: Pictures
    forgettings: Forgettings

    def __init__(self, database: SqlDatabase, clock: Clock, *, is_read_only: bool, is_urgent: bool) -> None:
        self._database = database
        self._clock = clock
        self._is_read_only = is_read_only
        self._is_urgent = is_urgent
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Begin."""
        self._connection = await self._stack.enter_async_context(
            self._database.transaction(read_only=self._is_read_only, is_urgent=self._is_urgent)
        )
        transaction = Transaction(self._connection, self._clock, is_read_only=self._is_read_only)
        self._transaction = transaction
        self.inbox = SqlInbox(transaction)
        self.people = SqlPeople(transaction)
        self.turns = SqlTurns(transaction)
        self.threads = SqlThreads(transaction)
        self.attempts = SqlAttempts(transaction)
        self.gate = SqlGate(transaction)
        self.messages = SqlMessages(transaction)
        self.quotas = SqlQuotas(transaction)
        self.audit = SqlAudit(transaction)
        self.pictures = SqlPictures(transaction)
        self.forgettings = SqlForgettings(transaction)
        return self

    async def now(self) -> datetime:
        """Read the database's clock."""
        return await self._transaction.now()

    async def commit(self) -> None:
        """Make it so. The unit is over then: one unit is one transaction."""
        with ours():
            await self._connection.commit()
        self._transaction.end()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; undo what was not committed."""
        with ours():
            await self._stack.__aexit__(kind, error, trace)


async def _give_back(connection: AsyncConnection) -> None:
    """Undo what was not committed, and let the next one have the connection."""
    if connection.sync_connection is None:
        return
    if isinstance(connection, WholeConnection):
        connection.close_here()
    else:
        await to_the_end(connection.close())


def open_database(url: str, clock: Clock) -> SqlDatabase:
    """Open the database that DATABASE_URL names. Nothing is connected until it is used.

    Raises:
        SettingsFault: the URL is none that we can use.

    """
    return SqlDatabase(read_url(url), clock)
