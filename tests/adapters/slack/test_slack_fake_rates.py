"""The fake keeps Slack's limits on how often it may be called: each is met once, by plain HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_raw import Raw
from tests.fakes.clock import FakeClock
from tests.fakes.slack_server import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def clock() -> FakeClock:
    """Time that a test moves."""
    return FakeClock()


@pytest.fixture
async def slow(clock: FakeClock) -> AsyncIterator[FakeSlack]:
    """A fake Slack on that clock."""
    async with FakeSlack(clock=clock) as fake:
        yield fake
        assert fake.crashes == []


async def _slow_raw(slow: FakeSlack, raw: Raw) -> tuple[Raw, str]:
    team = slow.world.add_team()
    return Raw(slow, raw.http, team.bot_token), slow.world.add_channel(team.id, "here").id


async def test_a_method_is_called_so_many_times_a_minute(slow: FakeSlack, clock: FakeClock, raw: Raw) -> None:
    """The fifty-first update in a minute is told how long to wait, and after that time there is room."""
    raw, here = await _slow_raw(slow, raw)
    ts = (await raw("chat.postMessage", channel=here, text="x"))["ts"]
    for _ in range(50):
        assert (await raw("chat.update", channel=here, ts=ts, text="y")).error == "ok"
        clock.advance(0.5)
    answer = await raw("chat.update", channel=here, ts=ts, text="z")
    assert (answer.status, answer.error, answer.headers["Retry-After"]) == (429, "ratelimited", "35")
    assert slow.ratelimited == 1
    other = slow.world.add_team()
    raw.token, elsewhere = other.bot_token, slow.world.add_channel(other.id, "there").id
    assert (await raw("chat.postMessage", channel=elsewhere, text="x")).error == "ok"
    raw.token = slow.world.teams[next(iter(slow.world.teams))].bot_token
    clock.advance(35)
    assert (await raw("chat.update", channel=here, ts=ts, text="z")).error == "ok"


async def test_a_channel_takes_a_message_a_second(slow: FakeSlack, clock: FakeClock, raw: Raw) -> None:
    """A short burst passes, then one a second; other channels have their own count."""
    raw, here = await _slow_raw(slow, raw)
    team = next(iter(slow.world.teams))
    there = slow.world.add_channel(team, "there").id
    found = [(await raw("chat.postMessage", channel=here, text="x")).error for _ in range(5)]
    assert found == ["ok"] * 4 + ["ratelimited"]
    assert (await raw("chat.postMessage", channel=there, text="x")).error == "ok"
    clock.advance(4)
    assert (await raw("chat.postMessage", channel=here, text="x")).error == "ok"
    slow.switches.rates = slow.switches.rates.without()
    found = [(await raw("chat.postMessage", channel=here, text="x")).error for _ in range(9)]
    assert found == ["ok"] * 9


async def test_a_workspace_takes_so_many_messages_a_minute(
    slow: FakeSlack, clock: FakeClock, raw: Raw
) -> None:
    """Many channels together meet the workspace's cap."""
    raw, _ = await _slow_raw(slow, raw)
    slow.switches.rates = replace(slow.switches.rates, posts_a_minute=3)
    team = next(iter(slow.world.teams))
    rooms = [slow.world.add_channel(team, f"room{number}").id for number in range(4)]
    found = [(await raw("chat.postMessage", channel=room, text="x")).error for room in rooms]
    assert found == ["ok", "ok", "ok", "ratelimited"]
    clock.advance(60)
    assert (await raw("chat.postMessage", channel=rooms[3], text="x")).error == "ok"


async def test_history_is_rare_for_apps_sold_elsewhere(slow: FakeSlack, clock: FakeClock, raw: Raw) -> None:
    """One call a minute and fifteen messages, where that limit is switched on."""
    raw, here = await _slow_raw(slow, raw)
    slow.switches.rates = replace(slow.switches.rates, has_history_limits=True, post_burst=99)
    for _ in range(20):
        await raw("chat.postMessage", channel=here, text="x")
    first = await raw("conversations.history", channel=here, limit=100)
    assert len(first["messages"]) == 15
    assert (await raw("conversations.history", channel=here)).status == 429
    clock.advance(60)
    assert (await raw("conversations.history", channel=here)).error == "ok"
