"""Who writes next where only one can: the urgent first, and a place that was given up holds up nobody."""

from __future__ import annotations

import asyncio

import pytest

from adapters.database.writing_line import WritingLine
from tests.fakes.clock import settle
from tests.patience import PATIENCE_S


class _Writers:
    """Writers in one line who write down when it is their turn, and keep it until they are let go."""

    def __init__(self) -> None:
        self.line = WritingLine()
        self.wrote: list[str] = []
        self.go_on = asyncio.Event()

    def start(self, name: str, *, is_urgent: bool = False) -> asyncio.Task[None]:
        """One more in the line."""
        return asyncio.create_task(self._write(name, is_urgent=is_urgent))

    async def _write(self, name: str, *, is_urgent: bool) -> None:
        async with self.line.turn(is_urgent=is_urgent):
            self.wrote.append(name)
            await self.go_on.wait()


async def test_the_urgent_go_first_and_the_others_keep_their_order() -> None:
    """Whoever is writing ends in peace; then come those whom a platform waits for."""
    writers = _Writers()
    tasks = [writers.start(name) for name in ("one", "two", "three")]
    await settle()
    tasks += [writers.start(name, is_urgent=True) for name in ("soon", "soon too")]
    await settle()
    assert writers.wrote == ["one"]
    writers.go_on.set()
    await asyncio.gather(*tasks)
    assert writers.wrote == ["one", "soon", "soon too", "two", "three"]


@pytest.mark.parametrize("is_called_first", [False, True])
async def test_a_place_that_is_given_up_holds_up_nobody(*, is_called_first: bool) -> None:
    """Cancelled while waiting, or in the very moment of being called: the next one gets the turn."""
    writers = _Writers()
    first, doomed, last = (writers.start(name) for name in ("one", "doomed", "last"))
    await settle()
    if is_called_first:
        writers.line._pass_on()
    doomed.cancel()
    writers.go_on.set()
    await asyncio.gather(first, last)
    with pytest.raises(asyncio.CancelledError):
        await doomed
    assert writers.wrote == ["one", "last"]
    async with asyncio.timeout(PATIENCE_S), writers.line.turn(is_urgent=False):
        pass  # and afterwards the line is free
