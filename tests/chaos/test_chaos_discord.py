"""kill -9 of the real process while people use it on Discord: one picture, one message, the books balance."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from core.app.records import Stage
from tests.chaos.house import House, check_books, check_turns, open_house
from tests.fakes.discord_server import TOKEN, FakeDiscord
from tests.fakes.discord_server.studio import Studio
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Channel
    from tests.forked import Forked

EVERY_TIME = ("post.after:1",)
"""Shown but not known to be: what only the platform can tell."""

LONG = (
    "commit.after:1",
    "commit.after:4",
    "post.before:1",
    "engine.before:1",
    "engine.after:1",
    "blob.after:1",
    "update.before:1",
    "update.after:1",
    "post.after:2",
    "update.after:2",
)


class DiscordHouse(House):
    """A house whose people are on Discord."""

    fake: FakeDiscord

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process."""
        discord = {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": self.fake.api_url,
            "DISCORD_GATEWAY_URL": self.fake.gateway_url,
        }
        return {**super().environment, **discord}

    @classmethod
    def of(cls, house: House, fake: FakeDiscord) -> DiscordHouse:
        """The same house, with Discord before it."""
        made = cls(**{one.name: getattr(house, one.name) for one in fields(House) if one.init})
        made.fake = fake
        return made


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "moment", [*EVERY_TIME, *(pytest.param(one, marks=pytest.mark.chaos) for one in LONG)]
)
async def test_a_killed_process_shows_and_buys_nothing_twice(moment: str, tmp_path: Path) -> None:
    """A command, a kill, a start; then an edit in the thread: each picture stands in one message.

    At once: no lease runs out as long as this test lasts, and no other process can have one.
    """
    async with FakeDiscord().running() as fake:
        fake.switches.identify_every_s = 0
        studio = Studio.in_world(fake)
        with open_house(
            tmp_path, f"sqlite:///{tmp_path}/house.sqlite3", latency_s=0.3, lease_s=600.0
        ) as plain:
            house = DiscordHouse.of(plain, fake)
            doomed = house.start("serve", moment)
            await fake.until(lambda: fake.gateway.is_ready, PATIENCE_S)
            asking = asyncio.create_task(_picture_and_edit(fake, studio, doomed))
            dying = asyncio.create_task(asyncio.to_thread(doomed.wait))
            await asyncio.wait({dying, asking}, return_when=asyncio.FIRST_COMPLETED)
            doomed.kill()
            await dying
            house.start("serve")
            await asking
            found = await house.until_quiet(2)
            check_turns(found)
            await check_books(house, found)
        assert [turn.stage for turn in found.turns] == [Stage.DELIVERED] * 2
        shown = fake.channel_view(studio.channel, studio.ada)
        assert [len(one.pictures) for one in shown] == [1]
        assert not any(one.is_thinking for one in shown)
        assert fake.violations == []


async def _picture_and_edit(fake: FakeDiscord, studio: Studio, doomed: Forked) -> None:
    """A picture and an edit of it, whatever happens to the program meanwhile."""
    fake.slash(studio.channel, studio.ada, "imagine", {"prompt": "a lighthouse", "quality": "low"})
    await fake.until(lambda: bool(_done(fake, studio.channel)), PATIENCE_S)
    root = _done(fake, studio.channel)[0]
    await fake.until(lambda: root.message.id in fake.world.channels, PATIENCE_S)
    thread = fake.thread_of(root.message)
    await fake.until(lambda: bool(fake.channel_view(thread)), PATIENCE_S)
    # What is said while nobody listens Discord tells nobody afterwards, so people wait until somebody does.
    await asyncio.sleep(0.5)
    if doomed.poll() is not None:
        await fake.until(lambda: fake.gateway.counts.identifies > 1 and fake.gateway.is_ready, PATIENCE_S)
    fake.say(thread, studio.ada, "make it stormy")
    await fake.until(lambda: bool(_done(fake, thread)), PATIENCE_S)
    assert len(_done(fake, thread)) == 1


def _done(fake: FakeDiscord, place: Channel) -> list[Shown]:
    return [one for one in fake.channel_view(place) if one.pictures and "Edit…" in one.labels]
