"""What every Clock does, and how far the fake may be trusted with time."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from adapters.system import SystemClock
from tests.fakes.clock import NOON, FakeClock, HastyClock, settle
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from core.app.ports import Clock


@pytest.mark.parametrize("clock", [SystemClock(), FakeClock(), HastyClock()], ids=type)
async def test_time_is_aware_and_goes_on(clock: Clock) -> None:
    """The time is in UTC, never goes back, and waiting for no time or less is over at once."""
    before = clock.now()
    assert before.tzinfo is UTC
    async with asyncio.timeout(PATIENCE_S):
        await clock.sleep(0)
        await clock.sleep(-1)
    assert clock.now() >= before


@pytest.mark.parametrize("clock", [SystemClock(), HastyClock()], ids=type)
async def test_sleep_takes_the_time_it_says(clock: Clock) -> None:
    """After sleeping it is later by about as long as was asked for."""
    before = clock.now()
    await clock.sleep(0.02)
    # The system's timers and its calendar time are not the same clock.
    assert clock.now() - before >= timedelta(seconds=0.015)


async def test_sleepers_wake_in_order_at_their_own_time() -> None:
    """As time passes, each sleeper sees the time it asked for, and may sleep again on the way."""
    clock = FakeClock()
    woken: list[tuple[str, float]] = []

    async def doze(name: str, seconds: float, times: int) -> None:
        for _ in range(times):
            await clock.sleep(seconds)
            woken.append((name, (clock.now() - NOON).total_seconds()))

    async with asyncio.TaskGroup() as group:
        group.create_task(doze("slow", 25, 1))
        group.create_task(doze("quick", 10, 3))
        await clock.until_asleep(2)
        await clock.pass_time(29)
        assert woken == [("quick", 10.0), ("quick", 20.0), ("slow", 25.0)]
        await clock.pass_time(1)
    assert woken[-1] == ("quick", 30.0)
    assert clock.now() == NOON + timedelta(seconds=30)


async def test_advance_moves_time_at_once() -> None:
    """Advancing wakes all who are due, in order, and nobody who is not."""
    clock = FakeClock()
    woken: list[int] = []

    async def doze(seconds: int) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.create_task(doze(seconds)) for seconds in (30, 10, 20)]
    await clock.until_asleep(3)
    clock.advance(20)
    await settle()
    assert woken == [10, 20]
    assert clock.sleepers == 1
    tasks[0].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert clock.sleepers == 0
