"""How much of whole pictures one process may have in hand at once.

Owns the line of those who want to. Who takes bytes in hand says how many before they are read; where hands
are full they wait with nothing, first come, first served. Bytes that are passed on in pieces need none. Must
never learn what the pictures are for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_BYTES: Final = 256_000_000
"""Of pictures as they are stored; the few that are decoded at once are bounded by who decodes them."""

CALL_BYTES: Final = 8_000_000
"""What a call to the engine may hold while it runs, so that as many as the operator allows run at once."""


def for_calls(concurrency: int) -> Hands:
    """Hands for the inputs of so many calls at once. Calls last minutes: nobody else should wait for them."""
    return Hands(max(MOST_BYTES, concurrency * CALL_BYTES))


class Hands:
    """They hold so many bytes. Who brings more than that has them alone; who brings none need not wait."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """They are empty."""
        self._most = most_bytes
        self._free = most_bytes
        self._line: deque[tuple[int, asyncio.Future[None]]] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    @property
    def held_bytes(self) -> int:
        """What is in hand now."""
        return self._most - self._free

    @asynccontextmanager
    async def holding(self, size_bytes: int) -> AsyncIterator[None]:
        """Wait until so much more can be held, and hold it while the block runs.

        Never within another such block: two who hold half each would wait for each other.
        """
        wanted = min(size_bytes, self._most)
        await self._take(wanted)
        try:
            yield
        finally:
            self._give_back(wanted)

    async def _take(self, wanted: int) -> None:
        if wanted == 0 or (not self._line and wanted <= self._free):
            self._free -= wanted
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (wanted, turn)
        self._line.append(place)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._give_back(wanted)
            elif place in self._line:
                self._line.remove(place)
                self._let_in()
            raise

    def _give_back(self, size_bytes: int) -> None:
        self._free += size_bytes
        self._let_in()

    def _let_in(self) -> None:
        while self._line:
            wanted, turn = self._line[0]
            # Cancelled in this very moment, and not yet awake to leave the line.
            if not turn.cancelled():
                if wanted > self._free:
                    return
                self._free -= wanted
                turn.set_result(None)
            self._line.popleft()
