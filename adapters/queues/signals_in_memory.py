"""Signals inside one process.

Owns nothing but the way from sender to listeners. Must never learn what is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.queues.fan_out import CAPACITY, FanOut
from adapters.queues.signal_text import write_signal
from core.app.ports import Signal, Signals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class MemorySignals(Signals):
    """Carries signals to the listeners of this process. `capacity` is how many a slow one may be behind."""

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._fan_out = FanOut(capacity)

    async def publish(self, signal: Signal) -> None:
        """Tell it to all who listen.

        Raises:
            ValueError: it is too long to travel between processes, so it would fail elsewhere.

        """
        write_signal(signal)
        self._fan_out.tell(Signal(signal.topic, dict(signal.values)))

    def listen(self, *topics: str) -> AsyncIterator[Signal]:
        """Signals of those topics from now on, until the iterator is closed."""
        return self._fan_out.listen(*topics)
