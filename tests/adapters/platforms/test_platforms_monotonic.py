"""Time for whoever measures how long something takes."""

from __future__ import annotations

import pytest

from adapters.platforms.monotonic import MonotonicTime
from tests.fakes.clock import FakeClock


def test_it_goes_on_when_the_clock_is_set_back() -> None:
    """And forward with it, which nobody can tell from time that passed."""
    clock = FakeClock()
    now_s = MonotonicTime(clock).now_s
    began_s = now_s()
    clock.advance(5)
    assert now_s() - began_s == pytest.approx(5)
    clock.leap(-3_600)
    assert now_s() - began_s == pytest.approx(5)
    clock.advance(2)
    assert now_s() - began_s == pytest.approx(7)
    clock.leap(60)
    assert now_s() - began_s == pytest.approx(67)
