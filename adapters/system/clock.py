"""The machine's clock behind the port. Owns nothing; must never learn what is waited for."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from core.app.ports import Clock


class SystemClock(Clock):
    """Time as this machine has it."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait that long; zero and less only lets others run."""
        await asyncio.sleep(max(0.0, seconds))
