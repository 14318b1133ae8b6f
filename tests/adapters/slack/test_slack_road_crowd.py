"""Many people at once: everybody is acknowledged in time and gets a picture, within Slack's limits."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from adapters.slack.installations import Installed
from bots.running import spare_the_start
from tests.adapters.slack.slack_road import Road, open_road, settings_for
from tests.fakes.heavy_engine import HeavyEngine
from tests.fakes.slack_server.crowd import populate, rush
from tests.fakes.slack_server.process import SlackProcess
from tests.fakes.slack_server.world import APP_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.slack_server import FakeSlack

ACK_P99_S = 0.25


async def install(road: Road, teams: list[Any]) -> None:
    """Our app in each of those workspaces, as if it had been installed there."""
    assert road.parts.slack is not None
    for team in teams:
        await road.parts.slack.tokens.save(Installed(team.id, bot_user=team.bot_user, token=team.bot_token))


async def test_a_small_crowd_is_acknowledged_and_served(
    slack: FakeSlack, tmp_path: Path, sqlite_url: str
) -> None:
    """Twelve commands in half a second over four workspaces: none is late, each has its picture."""
    pairs = populate(slack, 4)
    settings = settings_for(
        slack,
        tmp_path,
        sqlite_url,
        slack_client_id=slack.client_id,
        slack_client_secret=slack.client_secret,
        slack_app_token=slack.app_token,
        public_url="https://ink.example",
        engine_concurrency=20,
    )
    async with open_road(slack, settings) as road:
        await install(road, list(slack.world.teams.values()))
        went = await rush(slack, pairs, commands=12, over_s=0.5)
        assert (went.promptness.missed, went.promptness.late) == (0, 0)

        def done() -> int:
            return sum(len(one.pictures) for _, here in pairs for one in slack.channel_view(here))

        await road.until(lambda: done() == 12)
    assert slack.ratelimited == 0


# --- the real crowd -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace of the fake in another process."""

    id: str
    bot_user: str
    bot_token: str


class Elsewhere:
    """The fake in another process, seen as `open_road` wants it."""

    def __init__(self, process: SlackProcess) -> None:
        self.process = process
        self.sockets = self
        self.base_url = process.base_url
        self.signing_secret, self.app_token = "", APP_TOKEN

    async def until_connected(self, count: int = 1) -> None:
        """Wait until the program is connected."""
        await self.process.do("until_connected", count)


@pytest.mark.chaos
async def test_three_hundred_commands_in_three_seconds(tmp_path: Path, sqlite_url: str) -> None:
    """Over thirty workspaces, while pictures of 4K are being finished; the fake's own lag is subtracted."""
    async with SlackProcess() as process:
        slack = Elsewhere(process)
        teams, pairs = [], []
        for _ in range(30):
            made = await process.do("add_team")
            team = Team(made["id"], made["bot_user"], made["bot_token"])
            ada = await process.do("add_user", team.id, "ada")
            here = await process.do("add_channel", team.id, "pictures", members=[ada["id"]])
            teams.append(team)
            pairs.append([ada["id"], here["id"]])
        settings = settings_for(
            slack,  # type: ignore[arg-type]  # what is used of it is the same
            tmp_path,
            sqlite_url,
            slack_client_id="1.2",
            slack_client_secret="hush",
            slack_app_token=slack.app_token,
            public_url="https://ink.example",
        )
        async with open_road(slack, settings, engine=HeavyEngine()) as road:  # type: ignore[arg-type]  # the same
            await install(road, teams)
            spare_the_start()
            for person, channel in pairs[:4]:
                await process.do("slash", person, channel, "/imagine", "a lighthouse --size 4k --ar 16:9")
            went = await process.do("rush", pairs, commands=300, over_s=3.0)
            sys.stdout.write(f"\n{went}\n")
            await _until_shown(process, pairs, 304)
            calls = [one["method"] for one in await process.do("calls")]
            sys.stdout.write(
                f"{len(calls) / 304:.1f} calls a picture, 429s: {await process.do('ratelimited')}\n"
            )
        prompt = went["promptness"]
        assert (prompt["missed"], prompt["late"]) == (0, 0)
        assert prompt["p99_s"] - went["lag_s"] < ACK_P99_S


async def _until_shown(process: SlackProcess, pairs: list[list[str]], count: int) -> None:
    """Wait until so many pictures stand in the channels: minutes, because Slack's limits are real here."""
    for _ in range(450):
        if await _pictures(process, pairs) >= count:
            return
        await asyncio.sleep(2)
    pytest.fail("not everybody got a picture")


async def _pictures(process: SlackProcess, pairs: list[list[str]]) -> int:
    views = [await process.do("channel_view", channel) for _, channel in pairs]
    return sum(len(message["pictures"]) for view in views for message in view)
