"""Many people at once: everybody is acknowledged in time and gets a picture, within Discord's limits."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bots.running import spare_the_start
from tests.adapters.discord.discord_road import LIMIT_S, Road, open_program, settings_for
from tests.fakes.discord_server import Remote
from tests.fakes.discord_server.crowd import rush
from tests.fakes.discord_server.process import own_process
from tests.fakes.heavy_engine import HeavyEngine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord_server.studio import Studio

ACK_P99_S = 0.25


async def test_a_few_at_once(road: Road, home: Studio) -> None:
    """A dozen commands in a moment, in four channels: none is late or refused, and each has its picture."""
    fake = road.fake
    fake.limits.nominal()
    places = [fake.world.add_channel(home.guild, f"art-{number}") for number in range(4)]
    people = [fake.join(home.guild, f"person-{number}") for number in range(3)]
    went = await rush(fake, [(who, where) for who in people for where in places], commands=12, over_s=0.3)
    assert (went.asked, went.unanswered, went.late) == (12, 0, 0)
    await fake.until(lambda: all(len(road.pictures(place)) == 3 for place in places), LIMIT_S)
    assert not any(one.is_thinking for place in places for one in fake.channel_view(place))
    assert len(road.engine.calls) == 12
    assert fake.limits.hits == 0, Counter((call.name, call.status) for call in fake.calls)


# --- the real crowd -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The fake in another process, as the settings want it."""

    origin: str

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        return f"{self.origin}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        return f"{self.origin.replace('http', 'ws', 1)}/gw"


@pytest.mark.chaos
@pytest.mark.timeout(900)
async def test_three_hundred_commands_in_three_seconds(tmp_path: Path, sqlite_url: str) -> None:
    """Over thirty channels, while pictures of 4K are being finished; the fake's own lag is subtracted."""
    with own_process() as origin:
        remote = Remote(origin)
        made = await remote.make(channels=30, users=10)
        pairs = [(user, channel) for user in made["users"] for channel in made["channels"]]
        settings = settings_for(Elsewhere(origin), tmp_path, sqlite_url)
        engine = HeavyEngine()
        async with open_program(settings, engine):
            await _connected(remote)
            spare_the_start()
            for user, channel in pairs[:4]:
                big = {"prompt": "a lighthouse", "size": "4k", "aspect": "16:9"}
                await remote.do("slash", int(channel), int(user), "imagine", big)
            went = await remote.rush(pairs, commands=300, over_s=3.0)
            sys.stdout.write(f"\n{went}\n")
            await _until_shown(remote, made["channels"], 304)
            report = await remote.report()
        calls = Counter(one["name"] for one in report["calls"])
        refused = Counter((one["name"], one["status"]) for one in report["calls"] if one["status"] >= 400)
        sys.stdout.write(f"{sum(calls.values()) / 304:.1f} calls a picture, 429s: {report['rate_limited']}\n")
        sys.stdout.write(f"{calls.most_common(9)}\nrefused: {refused}\n")
        await remote.aclose()
    assert (went["asked"], went["unanswered"], went["late"]) == (300, 0, 0)
    assert went["own_p99_s"] < ACK_P99_S
    assert len(engine.calls) == 304
    assert report["violations"] == []


async def _connected(remote: Remote) -> None:
    for _ in range(400):
        if (await remote.report())["is_ready"]:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the program did not connect")


async def _until_shown(remote: Remote, channels: list[str], count: int) -> None:
    """Wait until so many pictures stand in the channels: minutes, because Discord's limits are real here."""
    for _ in range(300):
        seen = [message for channel in channels for message in await remote.view(channel)]
        shown = sum(bool(message["pictures"]) for message in seen)
        if shown >= count and not any(message["is_thinking"] for message in seen):
            return
        await asyncio.sleep(2)
    pytest.fail("not everybody got a picture")
