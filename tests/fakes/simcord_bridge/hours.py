"""One clock for the program and for simcord: the machine's, set forward where a test says so.

simcord's own stands still on the first of January; tokens end by it and ids are made of it, so both sides
have to read the same one. Owns how far it was set forward.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.system import SystemClock


class Hours(SystemClock):
    """The time of both; `elapsed` and `advance` are as simcord calls them."""

    def __init__(self) -> None:
        self._forward = timedelta()
        self._began = super().now()

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return super().now() + self._forward

    @property
    def elapsed(self) -> float:
        """Seconds since this clock was made."""
        return (self.now() - self._began).total_seconds()

    def advance(self, seconds: float) -> None:
        """Make it that much later at once; who sleeps sleeps on."""
        self._forward += timedelta(seconds=seconds)
