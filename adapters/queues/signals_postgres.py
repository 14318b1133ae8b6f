"""Signals between processes, over LISTEN and NOTIFY of the Postgres that is there anyway.

Owns two ways to the server: a connection that only listens, and a small pool that only tells. Must never
learn what is said. What was told while the server was away is lost, as signals may be.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self

import psycopg
from psycopg_pool import AsyncConnectionPool

from adapters.queues.fan_out import CAPACITY, FanOut
from adapters.queues.signal_text import read_signal, write_signal
from core.app.errors import StorageUnavailable
from core.app.ports import Signal, Signals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

CHANNEL: Final = "inkthread_signals"

_POOL_SIZE: Final = 2
_ANSWER_WITHIN_S: Final = 2.0
_ASK_AFTER_SILENCE_S: Final = 30.0

Connection = psycopg.AsyncConnection[tuple[object, ...]]

_log = logging.getLogger(__name__)


class PostgresSignals(Signals):
    """Carries signals to the listeners of all processes on the same database, this one included.

    `capacity` is how many signals a slow listener may be behind; `listen_again_after_s` is the pause between
    attempts to reach a server that was away.
    """

    def __init__(self, url: str, *, capacity: int = CAPACITY, listen_again_after_s: float = 1.0) -> None:
        self._url = url
        self._listen_again_after_s = listen_again_after_s
        self._fan_out = FanOut(capacity)
        self._pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=_POOL_SIZE,
            open=False,
            timeout=_ANSWER_WITHIN_S,
            check=AsyncConnectionPool.check_connection,
            kwargs={"autocommit": True, "application_name": "inkthread signals"},
        )
        self._connection: Connection | None = None
        self._hearing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Connect; everything published from now on, by anybody, is heard.

        Raises:
            StorageUnavailable: the server cannot be reached.

        """
        try:
            self._connection = await self._start_listening()
        except psycopg.Error as fault:
            msg = "The Postgres that DATABASE_URL names does not answer. Check that it runs and lets us in."
            raise StorageUnavailable(msg) from fault
        await self._pool.open()
        self._hearing = asyncio.create_task(self._hear(self._connection), name="signals")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; all listeners end."""
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)
        # Not left to the task: cancelled before its first step, it would not close anything.
        if self._connection is not None:
            await self._connection.close()
        await self._pool.close()
        self._fan_out.close()

    async def publish(self, signal: Signal) -> None:
        """Tell it to all who listen, in all processes. Lost while the server is away.

        Raises:
            ValueError: it is too long for a notification.

        """
        text = write_signal(signal)
        try:
            async with self._pool.connection() as connection:
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, text))
        except psycopg.Error as fault:
            _log.warning("A signal of %s was lost: %s.", signal.topic, type(fault).__name__)

    def listen(self, *topics: str) -> AsyncIterator[Signal]:
        """Signals of those topics from now on, until the iterator is closed."""
        return self._fan_out.listen(*topics)

    async def _hear(self, connection: Connection) -> None:
        while True:
            try:
                await self._pass_on(connection)
            except psycopg.Error as fault:
                _log.warning("Signals are not heard: %s. Reconnecting.", type(fault).__name__)
            await connection.close()
            connection = self._connection = await self._listen_again()

    async def _pass_on(self, connection: Connection) -> None:
        while True:
            async for notification in connection.notifies(timeout=_ASK_AFTER_SILENCE_S):
                signal = read_signal(notification.payload)
                if signal is not None:
                    self._fan_out.tell(signal)
            # A connection that died silently is found out by asking.
            await connection.execute("SELECT 1")

    async def _listen_again(self) -> Connection:
        while True:
            await asyncio.sleep(self._listen_again_after_s)
            try:
                return await self._start_listening()
            except psycopg.Error as fault:
                _log.debug("Signals are still not heard: %s.", type(fault).__name__)

    async def _start_listening(self) -> Connection:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, application_name="inkthread signals"
        )
        try:
            await connection.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            await connection.close()
            raise
        return connection
