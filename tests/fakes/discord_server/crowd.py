"""Many people at once: commands over channels and seconds, and how promptly each was acknowledged."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import ACK_WITHIN_S
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.discord_server.running import FakeDiscord
    from tests.fakes.discord_server.world import Channel, User


@dataclass(frozen=True, slots=True)
class Rush:
    """How a rush went, in seconds. `lag_s` is the fake's own worst delay.

    `p99_s` is as people met it; in `own_p99_s` each has the fake's delay of just then taken off.
    """

    asked: int
    unanswered: int
    late: int
    p50_s: float
    p99_s: float
    own_p99_s: float
    lag_s: float


async def rush(
    fake: FakeDiscord, pairs: Sequence[tuple[User | int, Channel | int]], *, commands: int, over_s: float
) -> Rush:
    """Give so many commands, evenly over that many real seconds, everybody in turn; wait for the answers."""
    before = len(fake.interactions)

    async def one(number: int) -> None:
        await asyncio.sleep(over_s * number / commands)
        user, channel = pairs[number % len(pairs)]
        fake.slash(channel, user, "imagine", {"prompt": f"a boat {number}"})

    await asyncio.gather(*(one(number) for number in range(commands)))
    mine = fake.interactions[before:]
    await asyncio.wait({asyncio.create_task(each.done.wait()) for each in mine}, timeout=PATIENCE_S)
    taken = sorted(each.ack_latency_s for each in mine if each.ack_latency_s is not None)
    own = sorted(
        max(0.0, each.ack_latency_s - fake.lag.worst(each.asked_s, each.asked_s + each.ack_latency_s))
        for each in mine
        if each.ack_latency_s is not None
    )
    return Rush(
        asked=len(mine),
        unanswered=len(mine) - len(taken),
        late=sum(each > ACK_WITHIN_S for each in taken),
        p50_s=_share(taken, 0.5),
        p99_s=_share(taken, 0.99),
        own_p99_s=_share(own, 0.99),
        lag_s=fake.lag.worst(mine[0].asked_s),
    )


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("inf")
