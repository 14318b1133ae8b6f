"""Time for whoever only measures how long something takes: it never goes back.

Owns that alone. A machine's clock is set back by hand or over the network; who waits until a moment of that
clock would then wait for hours. The Clock port has no other time, and tests move it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.app.ports import Clock


class MonotonicTime:
    """Seconds that go on from the last ones when the clock is set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._read_s = 0.0
        self._set_back_s = 0.0

    def now_s(self) -> float:
        """The seconds; only the difference of two means anything."""
        read_s = self._clock.now().timestamp()
        self._set_back_s += max(0.0, self._read_s - read_s)
        self._read_s = read_s
        return read_s + self._set_back_s
