"""Spreads signals over those who listen in this process.

Owns the listeners and what a slow one loses: its oldest signals, never the sender's time. Must never
learn where signals come from.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from weakref import WeakSet

from core.app.ports import Signal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

CAPACITY = 1_000
"""Signals kept for a listener that does not keep up."""


class Listener(AsyncIterator[Signal]):
    """Signals of some topics, from when it was made until it is closed or forgotten."""

    def __init__(self, topics: AbstractSet[str], capacity: int) -> None:
        self._topics = topics
        self._heard: deque[Signal] = deque(maxlen=capacity)
        self._news = asyncio.Event()
        self._is_closed = False

    def tell(self, signal: Signal) -> None:
        """Keep the signal if it is of its topics; the oldest goes when there are too many."""
        if signal.topic in self._topics and not self._is_closed:
            self._heard.append(signal)
            self._news.set()

    def close(self) -> None:
        """Hear no more. What was heard before can still be read."""
        self._is_closed = True
        self._news.set()

    async def aclose(self) -> None:
        """Close it as an asynchronous generator is closed: what was not read yet is gone."""
        self._heard.clear()
        self.close()

    async def __anext__(self) -> Signal:
        """The next signal, in the order in which they came."""
        while not self._heard:
            if self._is_closed:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._heard.popleft()


class FanOut:
    """Tells every listener of this process."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        # Weak: whoever stops reading without closing, as a cancelled `async for` does, is forgotten.
        self._listeners: WeakSet[Listener] = WeakSet()

    def __len__(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def listen(self, *topics: str) -> Listener:
        """A listener for signals of those topics that come from now on.

        Raises:
            ValueError: no topic was named.

        """
        if not topics:
            msg = "Name at least one topic to listen to."
            raise ValueError(msg)
        listener = Listener(frozenset(topics), self._capacity)
        self._listeners.add(listener)
        return listener

    def tell(self, signal: Signal) -> None:
        """Tell all who listen now; waits for nobody."""
        for listener in tuple(self._listeners):
            listener.tell(signal)

    def close(self) -> None:
        """End all listeners: their iterations finish."""
        for listener in tuple(self._listeners):
            listener.close()
