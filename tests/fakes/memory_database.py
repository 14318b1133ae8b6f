"""A database in memory, for tests of everything above it.

Behaves as the real one does towards its one process: units that write come one after the other, nothing is
seen before it is committed, leaving a unit without `commit` undoes it, references are checked at the
commit. Every value in it is frozen, so that copying a shelf is enough.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from core.app.errors import Conflict
from tests.fakes.memory_engine import MemoryAttempts, MemoryGate, MemoryPictures
from tests.fakes.memory_exchange import MemoryForgettings, MemoryInbox, MemoryMessages, MemoryPeople
from tests.fakes.memory_quotas import MemoryAudit, MemoryQuotas
from tests.fakes.memory_shelves import Desk, Shelves
from tests.fakes.memory_work import MemoryThreads, MemoryTurns

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from core.app.forgetting_repository import Forgettings
    from core.app.ledger_repository import Audit, Quotas
    from core.app.ports import Clock
    from core.app.repositories import Inbox, Messages, People, Pictures
    from core.app.work_repository import Attempts, Gate, Threads, Turns


class FakeDatabase:
    """Keeps what was committed in `shelves`, where a test may look."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.shelves = Shelves()
        self.commits = 0
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[object] | None = None

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> FakeUnitOfWork:
        """Open a unit of work, to be entered with `async with`. Nobody waits for long here."""
        del is_urgent
        return FakeUnitOfWork(self, is_read_only=read_only)

    async def start_writing(self) -> None:
        """Wait until no other unit writes. Raises RuntimeError instead of waiting for oneself for ever."""
        if self._writer is not None and self._writer is asyncio.current_task():
            msg = "a unit of work that writes was opened inside another"
            raise RuntimeError(msg)
        await self._writing.acquire()
        self._writer = asyncio.current_task()

    def stop_writing(self) -> None:
        """Let the next one write."""
        self._writer = None
        self._writing.release()


class FakeUnitOfWork:
    """One transaction on a copy of the shelves."""

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

    def __init__(self, database: FakeDatabase, *, is_read_only: bool) -> None:
        self._database = database
        self._is_read_only = is_read_only

    async def __aenter__(self) -> Self:
        """Begin."""
        if not self._is_read_only:
            await self._database.start_writing()
        desk = Desk(self._database.shelves.copy(), self._database.clock, is_read_only=self._is_read_only)
        self._desk = desk
        self.inbox = MemoryInbox(desk)
        self.people = MemoryPeople(desk)
        self.turns = MemoryTurns(desk)
        self.threads = MemoryThreads(desk)
        self.attempts = MemoryAttempts(desk)
        self.gate = MemoryGate(desk)
        self.messages = MemoryMessages(desk)
        self.quotas = MemoryQuotas(desk)
        self.audit = MemoryAudit(desk)
        self.pictures = MemoryPictures(desk)
        self.forgettings = MemoryForgettings(desk)
        return self

    async def now(self) -> datetime:
        """The clock that the test holds."""
        return self._desk.now()

    async def commit(self) -> None:
        """Make it so, unless a row points at one that is not there."""
        shelves = self._desk.to_read()
        dangling = shelves.dangling()
        if dangling:
            message = f"points at nothing: {dangling}"
            raise Conflict(message)
        if not self._is_read_only:
            self._database.shelves = shelves
            self._database.commits += 1
        self._desk.end()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; undo what was not committed."""
        if not self._is_read_only:
            self._database.stop_writing()
