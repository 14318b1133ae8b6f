"""How listeners come and go, and how signals are written."""

from __future__ import annotations

import asyncio
import gc
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.queues.fan_out import FanOut
from adapters.queues.signal_text import MAX_BYTES, read_signal, write_signal
from core.app.ports import Signal
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TURN = Signal("turn", {"id": "A"})
texts = st.text(max_size=40)


async def test_a_closed_listener_ends() -> None:
    """A closed listener drops what it has not read, ends, and hears no more."""
    fan_out = FanOut()
    listener = fan_out.listen("turn")
    fan_out.tell(TURN)
    await listener.aclose()
    fan_out.tell(TURN)
    assert [signal async for signal in listener] == []


async def test_closing_wakes_whoever_waits() -> None:
    """When everything closes, a listener that waits finishes; what came before can still be read."""
    fan_out = FanOut()
    waiting, behind = fan_out.listen("turn"), fan_out.listen("cancel")
    task = asyncio.ensure_future(_all_of(waiting))
    fan_out.tell(Signal("cancel"))
    await asyncio.sleep(0)
    fan_out.close()
    async with asyncio.timeout(PATIENCE_S):
        assert await task == []
        assert await _all_of(behind) == [Signal("cancel")]


async def test_an_abandoned_listener_is_forgotten() -> None:
    """A listener that nobody holds any more, as after a cancelled loop, takes no memory."""
    fan_out = FanOut()
    task = asyncio.create_task(_all_of(fan_out.listen("turn")))
    await asyncio.sleep(0)
    assert len(fan_out) == 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    del task
    # The loop itself holds what it woke us with until its next turn.
    await asyncio.sleep(0)
    gc.collect()
    assert len(fan_out) == 0


@given(topic=texts, values=st.dictionaries(texts, texts, max_size=4))
def test_what_is_written_can_be_read(topic: str, values: dict[str, str]) -> None:
    """A signal survives being written and read, and its text is ASCII, whose length is its size."""
    signal = Signal(topic, values)
    text = write_signal(signal)
    assert text.isascii()
    assert read_signal(text) == signal


@settings(max_examples=50)
@given(st.one_of(texts, st.recursive(st.none() | st.integers() | texts, st.lists).map(json.dumps)))
def test_foreign_text_is_no_signal(text: str) -> None:
    """Anybody may notify our channel: what is not a signal is nothing, never a fault."""
    assert read_signal(text) is None


@pytest.mark.parametrize(
    "text",
    ['{"topic":1,"values":{}}', '{"topic":"a","values":{"b":1}}', '{"topic":"a"}', "[" * MAX_BYTES, "NaN"],
)
def test_almost_a_signal(text: str) -> None:
    """Nearly right is not right."""
    assert read_signal(text) is None


async def _all_of(listener: AsyncIterator[Signal]) -> list[Signal]:
    return [signal async for signal in listener]
