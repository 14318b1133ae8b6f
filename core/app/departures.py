"""We are not in a place any more: what was going to be made there ends before anything is spent.

Owns which turns end. What the engine was asked for already is paid for: it goes on and is kept, wherever it
can still be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.outside import look
from core.app.voice import Voice
from core.app.walk import Scene, Walk
from core.app.withdrawing import FOLLOWS
from core.domain.events import CancelRequested

if TYPE_CHECKING:
    from core.app.after_commit import AfterCommit
    from core.app.inbound import Left
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.transactor import Transactor
    from core.domain.ids import ThreadId


class Departures:
    """Ends what is pending in places that are gone. Safe to repeat."""

    def __init__(self, outside: Outside, transactor: Transactor) -> None:
        """Commit through `transactor`."""
        self._outside = outside
        self._transactor = transactor

    async def leave(self, left: Left) -> int:
        """Call off what waits there; how many turns that were. Each gives its hold back."""
        threads = await look(self._outside.database, lambda unit: unit.turns.unfinished_in(left))
        return sum([await self._end(thread) for thread in threads])

    async def _end(self, thread_id: ThreadId) -> int:
        async def end(unit: UnitOfWork, after_commit: AfterCommit) -> int:
            thread = await unit.threads.get(thread_id)
            turns = await unit.turns.of_thread(thread_id, stages=tuple(FOLLOWS))
            if thread is None or not turns:
                return 0
            scene = Scene(self._outside, unit, after_commit, await unit.now())
            walk = Walk(scene, thread, Voice.of_turn(turns[0]))
            await walk.feed(CancelRequested(frozenset(turn.id for turn in turns)))
            return len(turns)

        return await self._transactor.transact(end)
