"""Many people at once: commands over workspaces and seconds, and how promptly each was acknowledged."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.slack_server.deliveries import Promptness, promptness

if TYPE_CHECKING:
    from tests.fakes.slack_server.running import FakeSlack


@dataclass(frozen=True, slots=True)
class Rush:
    """How a rush went. `lag_s` is the fake's own worst delay, to be subtracted from the app's."""

    promptness: Promptness
    lag_s: float
    ratelimited: int


def populate(slack: FakeSlack, teams: int, channels: int = 1) -> list[tuple[str, str]]:
    """So many workspaces with a person and channels in each; the person and channel of every pair."""
    pairs = []
    for _ in range(teams):
        team = slack.world.add_team()
        person = slack.world.add_user(team.id, "ada")
        pairs += [
            (person.id, slack.world.add_channel(team.id, f"room-{number}", members=(person.id,)).id)
            for number in range(channels)
        ]
    return pairs


async def rush(
    slack: FakeSlack, pairs: list[tuple[str, str]], *, commands: int, over_s: float, text: str = "a boat"
) -> Rush:
    """Type so many commands, evenly over that many real seconds, everybody in turn."""
    before = slack.ratelimited

    async def one(number: int) -> None:
        await asyncio.sleep(over_s * number / commands)
        person, channel = pairs[number % len(pairs)]
        await slack.slash(person, channel, "/imagine", f"{text} {number}")

    first = len(slack.deliveries)
    async with slack.lag.measured():
        await asyncio.gather(*(one(number) for number in range(commands)))
    typed = [each for each in slack.deliveries[first:] if each.kind == "slash_commands"]
    return Rush(promptness(typed), slack.lag.worst_s, slack.ratelimited - before)
