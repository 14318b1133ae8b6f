"""What tests ask a Postgres server about itself."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, LiteralString

import psycopg
import psycopg.sql

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


async def ask(url: str, question: LiteralString) -> list[tuple[object, ...]]:
    """What the server answers; nothing for a statement."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(question)
        return await cursor.fetchall() if cursor.description else []


async def ask_until(url: str, question: LiteralString, answer: object) -> None:
    """Ask until the server's first answer is that one."""
    async with asyncio.timeout(PATIENCE_S):
        while (await ask(url, question))[0][0] != answer:
            pass


async def until_listening(url: str, *, besides: frozenset[object] = frozenset()) -> frozenset[object]:
    """Wait until somebody listens on this database who is not one of those; says who does."""
    async with asyncio.timeout(PATIENCE_S):
        while not (found := await _listening(url) - besides):
            pass
    return found


@asynccontextmanager
async def refusing(url: str) -> AsyncIterator[None]:
    """The server drops every connection to this database and takes no new one while the block runs."""
    server, name = url.rsplit("/", 1)
    database = psycopg.sql.Identifier(name)
    async with await psycopg.AsyncConnection.connect(f"{server}/postgres", autocommit=True) as connection:
        refuse = psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        await connection.execute(refuse.format(database, psycopg.sql.SQL("false")))
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        yield
        await connection.execute(refuse.format(database, psycopg.sql.SQL("true")))


@asynccontextmanager
async def logged(logger: str, text: str) -> AsyncIterator[None]:
    """Wait at the end of the block until that logger has said something with that text."""
    ear = _Ear(text)
    listened = logging.getLogger(logger)
    level = listened.level
    listened.addHandler(ear)
    listened.setLevel(logging.DEBUG)
    try:
        yield
        async with asyncio.timeout(PATIENCE_S):
            await ear.is_said.wait()
    finally:
        listened.removeHandler(ear)
        listened.setLevel(level)


class _Ear(logging.Handler):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.is_said = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self._text in record.getMessage():
            self.is_said.set()


async def drop_connections(url: str) -> None:
    """Break every connection to this database, as a restart of the server does."""
    await ask(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


async def _listening(url: str) -> frozenset[object]:
    rows = await ask(
        url,
        "SELECT pid FROM pg_stat_activity "
        "WHERE datname = current_database() AND state = 'idle' AND query ILIKE 'listen %'",
    )
    return frozenset(pid for (pid,) in rows)
