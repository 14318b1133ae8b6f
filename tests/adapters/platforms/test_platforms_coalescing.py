"""Looking things up together: few questions, everybody their own answer, and no answer from before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from adapters.platforms.coalescing import MOST_AT_ONCE, CoalescedLookup
from tests.fakes.clock import settle

if TYPE_CHECKING:
    from collections.abc import Sequence


class Shelf:
    """Things that are found when a test lets them, and which keys were asked for."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.things: dict[str, str] = {}
        self.asked: list[list[str]] = []
        self.fault: Exception | None = None
        self.opened = asyncio.Event()
        if is_open:
            self.opened.set()

    async def look(self, keys: Sequence[str]) -> dict[str, str]:
        """What there is of these keys."""
        self.asked.append(list(keys))
        await self.opened.wait()
        if self.fault is not None:
            raise self.fault
        return {key: self.things[key] for key in keys if key in self.things}


async def test_one_who_comes_alone_is_answered_at_once() -> None:
    """With what there is, or with nothing."""
    shelf = Shelf()
    together = CoalescedLookup(shelf.look)
    shelf.things["a"] = "apple"
    assert await together.find("a") == "apple"
    assert await together.find("b") is None
    assert shelf.asked == [["a"], ["b"]]


async def test_those_who_come_during_a_question_share_the_next() -> None:
    """And are told what was true after they asked, not what the first one hears."""
    shelf = Shelf(is_open=False)
    together = CoalescedLookup(shelf.look)
    finding = [asyncio.create_task(together.find("a"))]
    await settle()
    finding += [asyncio.create_task(together.find(key)) for key in ("a", "b", "b", "c")]
    await settle()
    shelf.things.update(a="apple", b="pear")
    shelf.opened.set()
    assert await asyncio.gather(*finding) == ["apple", "apple", "pear", "pear", None]
    assert shelf.asked == [["a"], ["a", "b", "c"]]


async def test_no_question_is_too_long() -> None:
    """A crowd is looked up in several."""
    shelf = Shelf()
    together = CoalescedLookup(shelf.look)
    shelf.things.update({str(number): f"no. {number}" for number in range(250)})
    found = await asyncio.gather(*(together.find(str(number)) for number in range(250)))
    assert found == [f"no. {number}" for number in range(250)]
    assert [len(keys) for keys in shelf.asked] == [MOST_AT_ONCE, MOST_AT_ONCE, 50]


async def test_a_fault_is_told_to_those_who_asked_and_to_nobody_later() -> None:
    """The next question is a new one."""
    shelf = Shelf()
    together = CoalescedLookup(shelf.look)
    shelf.fault = OSError("no disk")
    told = await asyncio.gather(together.find("a"), together.find("b"), return_exceptions=True)
    assert [type(one) for one in told] == [OSError, OSError]
    shelf.fault, shelf.things["a"] = None, "apple"
    assert await together.find("a") == "apple"


async def test_who_gives_up_takes_the_answer_from_nobody() -> None:
    """Two wait for the same; one stops waiting."""
    shelf = Shelf(is_open=False)
    together = CoalescedLookup(shelf.look)
    impatient, patient = (asyncio.create_task(together.find("a")) for _ in range(2))
    await settle()
    impatient.cancel()
    shelf.things["a"] = "apple"
    shelf.opened.set()
    assert await patient == "apple"
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_when_the_looking_is_stopped_nobody_waits_for_ever() -> None:
    """As at the end of the process; who asks after that is answered again."""
    shelf = Shelf(is_open=False)
    together = CoalescedLookup(shelf.look)
    finding = [asyncio.create_task(together.find("a"))]
    await settle()
    finding.append(asyncio.create_task(together.find("b")))
    await settle()
    (looking,) = (task for task in asyncio.all_tasks() if task.get_name() == "looking up together")
    looking.cancel()
    ended = await asyncio.gather(*finding, return_exceptions=True)
    assert [type(one) for one in ended] == [asyncio.CancelledError] * 2
    shelf.opened.set()
    shelf.things["b"] = "pear"
    assert await together.find("b") == "pear"
