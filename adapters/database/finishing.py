"""Connections whose statements come to their end although the task that waits for them is cancelled.

Owns that one promise. A SQLite driver works in a thread: cut off in the middle of a statement it would go on
there, unseen, with the write lock in its hand.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.connections import begin_patiently
from adapters.database.faults import ours
from adapters.database.statements import TAKES_LONG
from core.app.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sqlalchemy import Connection, Executable

Result = TypeVar("Result")


class WholeConnection(AsyncConnection):
    """A connection that is never left in the middle of a statement."""

    async def start(self, is_ctxmanager: bool = False) -> AsyncConnection:  # noqa: FBT001, FBT002 - SQLAlchemy's
        """Connect, to the end; mostly a connection is at hand."""
        if self.engine.pool.checkedin():  # type: ignore[attr-defined]  # ours are queues, and those can say
            return await super().start(is_ctxmanager)
        return await to_the_end(super().start(is_ctxmanager))

    async def execute(self, statement: Executable, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - what SQLAlchemy takes and gives
        """Run a statement, to the end: a short one at once, so that no cancel can come in between."""
        if statement.get_execution_options().get(TAKES_LONG, False):
            return await to_the_end(super().execute(statement, *args, **options))
        return self._here.execute(statement, *args, **options)

    def begin_here(self) -> None:
        """Begin to read, which waits for nobody."""
        self._here.begin()

    async def begin_to_write(self) -> None:
        """Begin at once, or to the end in the thread where another process writes, which is seldom."""
        try:
            with ours():
                self._here.begin()
        except Conflict:
            await self.run_sync(begin_patiently)

    def close_here(self) -> None:
        """Undo what was not committed, which waits for nobody either, and give the connection back."""
        self._here.close()

    @property
    def _here(self) -> Connection:
        """The connection outside SQLAlchemy's greenlet, where our driver makes no trip."""
        connection = self.sync_connection
        assert connection is not None  # noqa: S101 - it was started
        return connection

    async def exec_driver_sql(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - the same
        """Run a driver's statement, to the end."""
        return await to_the_end(super().exec_driver_sql(*args, **options))

    async def run_sync(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - the same
        """Run a function with the synchronous connection, to the end."""
        return await to_the_end(super().run_sync(*args, **options))

    async def commit(self) -> None:
        """Commit, to the end."""
        await to_the_end(super().commit())


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Await the work; a cancel that comes meanwhile is felt when it is done."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await _done(task)
        raise


async def _done(task: asyncio.Future[Result]) -> None:
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue  # Cancelled once more: it changes nothing, the first one goes on its way afterwards.
    if not task.cancelled():
        task.exception()  # Looked at, so that asyncio does not complain that nobody did.
