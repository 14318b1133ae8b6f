"""From what was heard to what is stored: finds out who it was, hands it to the core, and says how that went.

Owns how long an acknowledgement waits for the core, and the order within a thread. Nothing here raises: Bolt
drops the acknowledgement of a listener that fails.
"""

from __future__ import annotations

import asyncio
import heapq
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from adapters.slack.context import Contexts
    from adapters.slack.losses import Losses
    from adapters.slack.people import People
    from adapters.slack.read import Heard
    from core.app.ports import Clock
    from core.app.reports import Reports
    from core.app.views import Desk

Done = TypeVar("Done")

SOON_S: Final = 1.0
"""How long a command, a button or a form waits: people look at it, and Slack gives up after three seconds."""

EVENT_S: Final = 2.5
"""How long an event waits: one that is not acknowledged comes again, so nothing is lost by saying nothing."""

HOLD_S: Final = 0.08
"""How long a reply waits for one that was said before it and may come after it."""


class Taken(StrEnum):
    """What became of something that was heard."""

    STORED = "stored"
    LATE = "late"
    FAILED = "failed"


class Taking:
    """Stores what people do."""

    def __init__(  # noqa: PLR0913 - what it takes from all sides
        self,
        desk: Desk,
        people: People,
        contexts: Contexts,
        losses: Losses,
        reports: Reports,
        *,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._people = people
        self._contexts = contexts
        self._losses = losses
        self._reports = reports
        self._lines = Lines(clock)
        self._storing: set[asyncio.Task[Any]] = set()

    async def take(self, heard: Heard | None, *, within_s: float = EVENT_S, called: str = "") -> Taken:
        """Store it; LATE when that takes longer than the patience there is, and then it goes on by itself.

        Where it fails after all, whoever can be answered is told.
        """
        if heard is None:
            return Taken.STORED
        storing = self._begun(self._guarded(lambda: self._store(heard, called), heard.key))
        taken = await _patiently(storing, within_s)
        if taken is Taken.LATE:
            self._begun(self._tell_if_lost(storing, heard))
        return taken

    async def watch(self, work: Callable[[], Awaitable[None]], what: str, *, within_s: float) -> Taken:
        """Do something that is stored when it is done, with the same patience."""
        return await _patiently(self._begun(self._guarded(work, what)), within_s)

    async def settle(self) -> None:
        """Wait until everything that was heard is stored; for the end of the process."""
        while self._storing:
            await asyncio.wait(self._storing)

    def _begun(self, work: Coroutine[object, object, Done]) -> asyncio.Task[Done]:
        """Run it as something that the end of the process waits for."""
        task = asyncio.create_task(work, name="slack taking")
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)
        return task

    async def _tell_if_lost(self, storing: asyncio.Task[Taken], heard: Heard) -> None:
        if await storing is Taken.FAILED:
            await self._losses.tell(heard)

    async def _guarded(self, work: Callable[[], Awaitable[None]], what: str) -> Taken:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the last net before Bolt, which forgets to acknowledge
            self._reports.fault("slack_not_taken", error, delivery=what)
            return Taken.FAILED
        return Taken.STORED

    async def _store(self, heard: Heard, called: str) -> None:
        async with self._lines.turn(heard):
            person = await self._people.person(heard.origin.workspace, heard.user, called=called)
            context = self._contexts.close(heard.response_url, heard.user) or heard.context
            await self._desk.take_in(heard.inbound(person, context))


async def _patiently(storing: asyncio.Task[Taken], within_s: float) -> Taken:
    done, _ = await asyncio.wait({storing}, timeout=within_s)
    return storing.result() if done else Taken.LATE


class _Line:
    """Who wants to say something in one thread, the earliest first."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.turns = asyncio.Condition()


class Lines:
    """Lets what was said in one thread through in the order in which it was said.

    Slack may deliver two replies over two connections, or the second before the first. Each waits a moment,
    then the earliest goes first and the others wait until it is stored.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: WeakValueDictionary[str, _Line] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, heard: Heard) -> AsyncIterator[None]:
        """Hold the thread while the block runs; what was not said in a thread goes through at once."""
        if heard.thread is None or not heard.said_at:
            yield
            return
        place = f"{heard.origin.workspace}/{heard.channel}/{heard.thread}"
        line = self._lines.setdefault(place, _Line())
        heapq.heappush(line.waiting, heard.said_at)
        try:
            await self._clock.sleep(HOLD_S)
            async with line.turns:
                await line.turns.wait_for(lambda: line.waiting[0] == heard.said_at)
                yield
        finally:
            line.waiting.remove(heard.said_at)
            heapq.heapify(line.waiting)
            async with line.turns:
                line.turns.notify_all()
