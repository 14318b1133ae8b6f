"""Work that goes on after an answer: waiting for its end ends."""

from __future__ import annotations

import asyncio

from core.app.background import Background
from tests.fakes.reports import FakeReports


async def test_waiting_for_work_that_has_just_ended() -> None:
    """It ends on every Python, also in the very moment in which the work ends."""
    background, done = Background(FakeReports()), asyncio.Event()

    async def work() -> None:
        done.set()

    background.start(work(), "work")
    await asyncio.sleep(0)
    assert done.is_set()
    await background.settle()
