"""A queue in memory that runs nothing by itself: a test says when the nudged turns are looked at.

Mirrors the `TurnQueue` port.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.domain.ids import TurnId


class FakeQueue:
    """Remembers nudges. `loses` drops them, as a real one may."""

    def __init__(self) -> None:
        self.nudged: list[tuple[TurnId, datetime | None]] = []
        self.loses = False

    async def nudge(self, turn: TurnId, *, not_before: datetime | None = None) -> None:
        """Remember it, once."""
        if not self.loses and (turn, not_before) not in self.nudged:
            self.nudged.append((turn, not_before))

    async def work(self, handle: Callable[[TurnId], Awaitable[None]], *, concurrency: int) -> None:
        """Hand over what was nudged, whatever its time, until nothing is."""
        del concurrency
        while self.nudged:
            turn, _ = self.nudged.pop(0)
            await handle(turn)

    def due(self, now: datetime) -> list[TurnId]:
        """Take the nudges whose time has come."""
        ready = [turn for turn, at in self.nudged if at is None or at <= now]
        self.nudged = [(turn, at) for turn, at in self.nudged if at is not None and at > now]
        return list(dict.fromkeys(ready))
