"""Wishes to have something forgotten that are still being carried out, seen from the application.

Owns their persistence port; the other repositories stand in `repositories.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.records import ForgettingRecord
    from core.domain.ids import ForgettingId


class Forgettings(Protocol):
    """One row a wish, until all of it is gone; then nothing tells of it but the receipt."""

    async def add(self, record: ForgettingRecord) -> None:
        """Somebody has confirmed it."""
        ...

    async def get(self, forgetting: ForgettingId, *, for_change: bool = True) -> ForgettingRecord | None:
        """The wish, locked where `for_change`; None once it is over."""
        ...

    async def save(self, record: ForgettingRecord) -> None:
        """Store how far it is."""
        ...

    async def end(self, forgetting: ForgettingId) -> bool:
        """It is over; False when somebody else ended it first."""
        ...

    async def lying(self, *, before: datetime, limit: int) -> list[ForgettingId]:
        """Wishes confirmed before then that are not over, oldest first."""
        ...
