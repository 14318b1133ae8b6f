"""What all Signals do, in one process or over Postgres."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from adapters.queues import MemorySignals, PostgresSignals
from adapters.queues.signal_text import MAX_BYTES, write_signal
from core.app.ports import Signal
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.ports import Signals

CAPACITY = 3


@pytest_asyncio.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
async def signals(request: pytest.FixtureRequest) -> AsyncIterator[Signals]:
    """Each kind of signals in turn, with listeners that may be three behind."""
    if request.param == "memory":
        yield MemorySignals(capacity=CAPACITY)
        return
    async with PostgresSignals(request.getfixturevalue("queue_url"), capacity=CAPACITY) as opened:
        yield opened


async def hear(listener: AsyncIterator[Signal]) -> Signal:
    """The next signal."""
    async with asyncio.timeout(PATIENCE_S):
        return await anext(listener)


def number(count: int, topic: str = "turn") -> Signal:
    """A signal that can be told from others."""
    return Signal(topic, {"number": str(count)})


async def test_a_listener_hears_its_topics(signals: Signals) -> None:
    """A listener hears the signals of its topics in order, with their values, and no others."""
    listener = signals.listen("turn", "cancel")
    for signal in (number(1), number(2, "preview"), number(3, "cancel"), Signal("turn")):
        await signals.publish(signal)
    assert [await hear(listener) for _ in range(3)] == [number(1), number(3, "cancel"), Signal("turn")]


async def test_all_who_listen_hear(signals: Signals) -> None:
    """A signal reaches every listener."""
    listeners = [signals.listen("turn") for _ in range(3)]
    await signals.publish(number(1))
    assert [await hear(listener) for listener in listeners] == [number(1)] * 3


async def test_from_now_on(signals: Signals) -> None:
    """A listener hears what is published after it began to listen, even before it first asks."""
    early = signals.listen("turn")
    await signals.publish(number(1))
    assert await hear(early) == number(1)
    late = signals.listen("turn")
    await signals.publish(number(2))
    assert await hear(late) == number(2)


async def test_a_slow_listener_loses_the_oldest(signals: Signals) -> None:
    """Whoever does not keep up loses the oldest signals; the sender is not kept waiting, nor the others."""
    slow, other = signals.listen("turn"), signals.listen("end")
    async with asyncio.timeout(PATIENCE_S):
        for count in range(10):
            await signals.publish(number(count))
    await signals.publish(number(0, "end"))
    await hear(other)
    assert [await hear(slow) for _ in range(CAPACITY)] == [number(7), number(8), number(9)]


async def test_a_waiting_listener_wakes(signals: Signals) -> None:
    """A listener that waits already is told."""
    listener = signals.listen("turn")
    waiting = asyncio.create_task(hear(listener))
    await asyncio.sleep(0)
    await signals.publish(number(1))
    assert await waiting == number(1)


async def test_a_cancelled_wait_loses_nothing(signals: Signals) -> None:
    """Giving up waiting for a signal does not end the listener."""
    listener = signals.listen("turn")
    waiting = asyncio.create_task(hear(listener))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await signals.publish(number(1))
    assert await hear(listener) == number(1)


@pytest.mark.parametrize("value", ["Żółw 乌龟 🐢", "a\x00b", "\ud800", "", '"}', "it's; --"])
async def test_any_text_travels(signals: Signals, value: str) -> None:
    """Values arrive as they were sent, whatever characters they have."""
    listener = signals.listen("turn")
    await signals.publish(Signal("turn", {value: value}))
    assert await hear(listener) == Signal("turn", {value: value})


async def test_the_longest_signal_travels(signals: Signals) -> None:
    """A signal of exactly the largest size arrives; one byte more is refused by name, and nobody hears it."""
    empty = len(write_signal(Signal("turn", {"id": ""})))
    longest = Signal("turn", {"id": "x" * (MAX_BYTES - empty)})
    listener = signals.listen("turn")
    with pytest.raises(ValueError, match="'turn' is 8000 bytes long"):
        await signals.publish(Signal("turn", {"id": "x" * (MAX_BYTES - empty + 1)}))
    await signals.publish(longest)
    assert await hear(listener) == longest


async def test_listening_to_nothing(signals: Signals) -> None:
    """Listening without a topic is a mistake, and said to be one."""
    with pytest.raises(ValueError, match="at least one topic"):
        signals.listen()


async def test_what_was_published_does_not_change(signals: Signals) -> None:
    """Changing a signal's values after publishing it changes nothing for those who hear it."""
    listener = signals.listen("turn")
    values = {"number": "1"}
    await signals.publish(Signal("turn", values))
    values["number"] = "2"
    assert await hear(listener) == number(1)
