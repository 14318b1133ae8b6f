"""Many people at once: every command is acknowledged in time, and every picture arrives."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.adapters.discord.discord_road import LIMIT_S, Road

if TYPE_CHECKING:
    from tests.fakes.discord_server.studio import Studio

IN_TIME_S = 3.0


async def crowd(road: Road, home: Studio, *, channels: int, each: int, within_s: float) -> None:
    """That many people ask in that many channels; all are answered, each with a picture of their own."""
    fake = road.fake
    fake.limits.nominal()
    places = [fake.world.add_channel(home.guild, f"art-{number}") for number in range(channels)]
    people = [fake.join(home.guild, f"person-{number}") for number in range(each)]
    asked = []
    for turn, person in enumerate(people):
        for place in places:
            asked.append(fake.slash(place, person, "imagine", {"prompt": f"a lighthouse {turn}"}))
            await asyncio.sleep(within_s / (channels * each))
    await asyncio.gather(*(one.acknowledged(timeout_s=LIMIT_S) for one in asked))
    await fake.until(
        lambda: all(len(road.pictures(place)) == each for place in places), timeout_s=LIMIT_S * 5
    )
    assert max(one.ack_latency_s or 0.0 for one in asked) < IN_TIME_S
    assert not any(one.is_thinking for place in places for one in fake.channel_view(place))
    assert len(road.engine.calls) == channels * each


async def test_a_small_crowd_at_once(road: Road, home: Studio) -> None:
    """Eighteen commands in a third of a second, in six channels."""
    await crowd(road, home, channels=6, each=3, within_s=0.3)
    statuses = Counter((call.name, call.status) for call in road.fake.calls)
    assert sum(count for (_, status), count in statuses.items() if status == 429) == 0, statuses


@pytest.mark.chaos
async def test_three_hundred_at_once(road: Road, home: Studio) -> None:
    """Three hundred commands in three seconds, in thirty channels."""
    await crowd(road, home, channels=30, each=10, within_s=3.0)
