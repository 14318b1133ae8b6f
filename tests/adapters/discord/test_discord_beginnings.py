"""When sessions are begun: in buckets, within a day's allowance, and again after each kind of end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import yarl

from adapters.discord.beginnings import (
    LONGEST_SPENT_S,
    QUICK,
    SLOW_S,
    SPARED,
    STEADY_S,
    IdentifyPace,
    Pauses,
    SessionsSpent,
)
from adapters.discord.gateway import GatewayClient
from tests.adapters.discord.discord_line import Nobody, connected
from tests.adapters.discord.discord_road import LIMIT_S
from tests.fakes.clock import HastyClock

if TYPE_CHECKING:
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.studio import Studio


class Allowed:
    """What Discord says of a bot's sessions."""

    def __init__(self, remaining: int, reset_after_s: float = 7200.0, max_concurrency: int = 1) -> None:
        self.total = 1000
        self.remaining = remaining
        self.reset_after = int(reset_after_s * 1000)
        self.max_concurrency = max_concurrency


@pytest.mark.parametrize(("concurrency", "waited_s"), [(1, 15.0), (2, 5.0), (16, 0.0)])
async def test_buckets_identify_beside_each_other(concurrency: int, waited_s: float) -> None:
    """Shards of one bucket wait for each other, those of different ones do not."""
    clock = HastyClock()
    began = clock.now()
    pace = IdentifyPace(clock)
    pace.learn(Allowed(1000, max_concurrency=concurrency))
    for shard in range(4):
        await pace.admit(shard)
    assert (clock.now() - began).total_seconds() == waited_s


async def test_a_session_that_is_ended_at_once_every_time() -> None:
    """The last beginnings of a day are left alone: one more than Discord allows would cost the token."""
    clock = HastyClock()
    pace = IdentifyPace(clock, every_s=0.0)
    pace.learn(Allowed(1000))
    pace.learn(Allowed(SPARED + 2, reset_after_s=600.0))
    await pace.admit(0)
    await pace.admit(0)
    with pytest.raises(SessionsSpent) as spent:
        await pace.admit(0)
    assert spent.value.wait_s == 600.0
    clock.advance(600.0)
    for _ in range(1000 - SPARED):
        await pace.admit(0)
    with pytest.raises(SessionsSpent):
        await pace.admit(0)


async def test_whoever_starts_the_program_anew_may_use_the_last_ones() -> None:
    """They mended what ended each session at once, and should not have to wait for a day."""
    pace = IdentifyPace(HastyClock(), every_s=0.0)
    pace.learn(Allowed(2))
    await pace.admit(0)
    await pace.admit(0)
    with pytest.raises(SessionsSpent):
        await pace.admit(0)
    with pytest.raises(SessionsSpent):
        pace.learn(Allowed(2))


def test_discord_is_asked_again_within_the_hour() -> None:
    """However long it says that it takes."""
    pace = IdentifyPace(HastyClock())
    with pytest.raises(SessionsSpent) as spent:
        pace.learn(Allowed(0, reset_after_s=86_400.0))
    assert spent.value.wait_s == LONGEST_SPENT_S


def test_a_refusal_is_waited_for_longer_each_time() -> None:
    """From a minute to ten, which no limit of Discord's notices; anew once the token was taken in between."""
    pauses, refused = Pauses(), discord.LoginFailure("no")
    assert [pauses.after(refused, 0.0) for _ in range(6)] == [60.0, 120.0, 240.0, 480.0, 600.0, 600.0]
    assert pauses.after(OSError(), 0.0) == 2.0
    assert pauses.after(refused, 0.0) == 60.0


def test_a_trouble_is_forgotten_after_a_calm_hour() -> None:
    """Until then each wait is longer, up to two minutes."""
    pauses = Pauses()
    assert [pauses.after(OSError(), 0.0) for _ in range(8)] == [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 120.0, 120.0]
    assert pauses.after(None, STEADY_S) == 2.0


async def identified(live: FakeDiscord, times: int) -> None:
    """Wait until so many sessions were begun."""
    await live.until(lambda: live.gateway.counts.identifies == times, LIMIT_S)


async def resumed(live: FakeDiscord, times: int) -> None:
    """Wait until a session was taken up again so often."""
    await live.until(lambda: live.gateway.counts.resumes >= times, LIMIT_S)


async def test_a_token_that_is_refused_for_a_while(live: FakeDiscord, home: Studio) -> None:
    """The operator reads it each time, it is tried again later, and all goes on when Discord takes it."""
    assert home.fake is live
    clock = HastyClock()
    began = clock.now()
    live.faults.add("GET /users/@me", "0", "0")
    async with connected(live, clock=clock) as reports:
        await live.until_ready(LIMIT_S)
        waited_s = (clock.now() - began).total_seconds()
    assert [(what, told.get("again_s")) for what, told in reports.told] == [
        ("discord_token_refused", 60.0),
        ("discord_token_refused", 120.0),
        ("discord_token_accepted", None),
    ]
    assert waited_s == 180.0


async def test_a_token_that_is_reset_while_we_are_connected(live: FakeDiscord, home: Studio) -> None:
    """The gateway closes with 4004, which is the same refusal."""
    assert home.fake is live
    async with connected(live) as reports:
        await live.until_ready(LIMIT_S)
        await live.gateway.close(4004)
        await identified(live, 2)
    assert [what for what, _ in reports.told] == ["discord_token_refused", "discord_token_accepted"]
    assert reports.faults == []


async def test_a_connection_that_ends_at_once_every_time(live: FakeDiscord, home: Studio) -> None:
    """Resuming costs nothing with Discord, but the library waits for nothing: we do, after a few."""
    assert home.fake is live
    clock = HastyClock()
    began = clock.now()
    async with connected(live, clock=clock) as reports:
        for times in range(1, QUICK + 4):
            await live.until_ready(LIMIT_S)
            await live.gateway.close(4000)
            await resumed(live, times)
        slow = live.gateway.counts.hellos - QUICK - 1
    assert slow >= 3
    assert (clock.now() - began).total_seconds() == slow * SLOW_S
    assert reports.told == []


async def test_no_session_may_be_begun_any_more(live: FakeDiscord, home: Studio) -> None:
    """Nothing is begun until Discord allows it: one more would cost the token."""
    assert home.fake is live
    live.switches.identifies_left = 0
    async with connected(live) as reports:
        await live.until(lambda: "discord_sessions_spent" in dict(reports.told), LIMIT_S)
        assert live.gateway.counts.identifies == 0
        live.switches.identifies_left = 1000
        await live.until_ready(LIMIT_S)


async def test_an_intent_that_is_refused_though_nobody_asked(live: FakeDiscord, home: Studio) -> None:
    """Going on without it at once would go on for ever."""
    assert home.fake is live
    async with connected(live) as reports:
        for known in (1, 2):
            await identified(live, known)
            await live.until_ready(LIMIT_S)
            await live.gateway.close(4014)
        await identified(live, 3)
    assert [what for what, _ in reports.told] == ["discord_intent_not_granted", "discord_not_connected"]


async def test_a_shard_that_cannot_be_connected_ends_the_run() -> None:
    """The library would try for ever and keep each try; the second one is ours to wait for."""
    pace = IdentifyPace(HastyClock())
    client = GatewayClient(Nobody(), pace, sees_content=False, address="ws://127.0.0.1:9/")
    client._launching.add(0)
    with pytest.raises(ConnectionError):
        await client.launch_shard(yarl.URL("ws://127.0.0.1:9/"), 0)
