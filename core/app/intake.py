"""Takes deliveries in: each is stored whole before its platform is answered, and worked on afterwards.

Owns that nothing heard is lost between the answer and the work, and the order within a thread. Many
deliveries that come at once are stored in one transaction, ahead of whoever else wants to write: a platform
waits for that, and gives up after seconds (Slack and Discord after three, 2026-11). What a crash leaves is
found by the sweeper.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from core.app.inbound import ReceiptKind, Reception, TakenIn
from core.app.outside import transact

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from core.app.background import Background
    from core.app.inbound import Inbound
    from core.app.repositories import Database, UnitOfWork

MOST_AT_ONCE = 100
"""How many deliveries one transaction stores: its locks are held no longer than a few milliseconds."""

WORKED_ON_AT_ONCE = 4
"""How many are worked on at the same time: when a crowd comes, the loop's time is for answering it."""

BATCHES_FIRST = 10
"""How many batches of arrivals a delivery lets pass before it is worked on: a crowd is answered first, and
one that does not end holds up nobody for more than about a second."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    inbound: Inbound
    is_new: asyncio.Future[bool]
    outcome: asyncio.Future[Reception | None]


class Intake:
    """Stores deliveries and has each worked on once, those of one thread in the order they came."""

    def __init__(
        self,
        database: Database,
        background: Background,
        work: Callable[[Inbound], Awaitable[Reception | None]],
    ) -> None:
        """`work` deals with a stored delivery; it is safe to repeat."""
        self._database = database
        self._background = background
        self._work = work
        self._waiting: list[_Waiting] = []
        self._is_storing = False
        self._batch_stored = asyncio.Event()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._room = asyncio.Semaphore(WORKED_ON_AT_ONCE)

    async def store(self, inbound: Inbound) -> TakenIn:
        """Return once the delivery is stored, now or before. Raises what the database raises."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(inbound, loop.create_future(), loop.create_future())
        self._waiting.append(waiting)
        if not self._is_storing:
            self._is_storing = True
            self._background.start(self._store_all(), "intake")
        kind = ReceiptKind.ACCEPTED if await waiting.is_new else ReceiptKind.REPEATED
        if kind is ReceiptKind.REPEATED:
            waiting.outcome.set_result(Reception(kind))
        return TakenIn(kind, waiting.outcome)

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._store(batch)
                self._let_pass()
        finally:
            self._is_storing = False
            self._let_pass()
            for left in self._waiting:
                left.is_new.cancel()
            self._waiting.clear()

    async def _store(self, batch: Sequence[_Waiting]) -> None:
        try:
            new = await transact(self._database, lambda unit: _admitted(unit, batch), is_urgent=True)
        except BaseException as error:
            # Whoever waits must not wait for ever, also when the process is being stopped.
            for waiting in batch:
                if not waiting.is_new.done():
                    waiting.is_new.set_exception(error)
            if isinstance(error, Exception):
                return
            raise
        for waiting in batch:
            is_new = waiting.inbound.delivery_key in new
            new.discard(waiting.inbound.delivery_key)  # the same delivery twice in one batch is new once
            if is_new:
                self._background.start(self._work_on(waiting), "delivery")
            if not waiting.is_new.done():
                waiting.is_new.set_result(is_new)

    async def _work_on(self, waiting: _Waiting) -> None:
        outcome: Reception | None = None
        try:
            outcome = await self._in_its_lane(waiting.inbound)
        finally:
            waiting.outcome.set_result(outcome)

    async def _in_its_lane(self, inbound: Inbound) -> Reception | None:
        if inbound.thread is None:
            return await self._with_room(inbound)
        place = f"{inbound.person.workspace}/{inbound.channel}/{inbound.thread}"
        # A lock lets those who wait through in the order in which they came.
        lane = self._lanes.setdefault(place, asyncio.Lock())
        async with lane:
            return await self._with_room(inbound)

    async def _with_room(self, inbound: Inbound) -> Reception | None:
        # Fetching files is waiting for somebody else's server, which must not hold up everybody.
        async with nullcontext() if inbound.attachments else self._room:
            await self._after_arrivals()
            return await self._work(inbound)

    async def _after_arrivals(self) -> None:
        for _ in range(BATCHES_FIRST):
            if not self._is_storing:
                return
            await self._batch_stored.wait()

    def _let_pass(self) -> None:
        # Wakes who waits now; who comes later waits for the next batch.
        self._batch_stored.set()
        self._batch_stored.clear()


async def _admitted(unit: UnitOfWork, batch: Sequence[_Waiting]) -> set[str]:
    """Store what was not seen before; its keys. In the order of keys, so that two processes never cross."""
    inbounds = {waiting.inbound.delivery_key: waiting.inbound for waiting in batch}
    return {key for key in sorted(inbounds) if await unit.inbox.admit(inbounds[key], is_pending=True)}
