"""Whose turn it is to write, where there can be one writer only.

Owns the order: the urgent first, who hold a platform's answer back, then the others; each kind in the order
in which it came. Must never learn what is written.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class WritingLine:
    """Lets one through at a time."""

    def __init__(self) -> None:
        self._is_taken = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def turn(self, *, is_urgent: bool) -> AsyncIterator[None]:
        """Write while the block runs."""
        await self._wait(is_urgent=is_urgent)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, *, is_urgent: bool) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._urgent if is_urgent else self._others).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._pass_on()  # called already when the cancel came
            raise

    def _pass_on(self) -> None:
        for line in (self._urgent, self._others):
            while line:
                called = line.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._is_taken = False
