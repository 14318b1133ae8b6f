"""A fake Discord with a guild in it, and plain HTTP towards it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.adapters.discord.discord_ears import Ears, open_ears
from tests.adapters.discord.discord_road import Road, open_road, settings_for
from tests.fakes.clock import FakeClock
from tests.fakes.discord_platform import DiscordPlatform, open_discord
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_server.plain import Plain
from tests.fakes.discord_server.studio import COMMANDS, Studio
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> FakeClock:
    """What the fake's deadlines ask."""
    return FakeClock()


@pytest.fixture
def specs_if_there(project_root: Path) -> Path | None:
    """The folder with the platforms' schemas, or None: the fake then holds no body to them."""
    named = os.environ.get("INKTHREAD_SPECS")
    return None if not named else (project_root / named).resolve()


@pytest.fixture
async def fake(clock: FakeClock) -> AsyncIterator[FakeDiscord]:
    """A fake Discord on a clock that stands still."""
    async with FakeDiscord(clock=clock).running() as running:
        yield running


@pytest.fixture
def studio(fake: FakeDiscord) -> Studio:
    """A guild in the fake."""
    return Studio.in_world(fake)


@pytest.fixture
async def plain(fake: FakeDiscord) -> AsyncIterator[Plain]:
    """Plain HTTP with the bot's token."""
    async with aiohttp.ClientSession() as session:
        yield Plain(fake, session)


@pytest.fixture
async def commands(fake: FakeDiscord, plain: Plain) -> None:
    """A few commands, registered by the app."""
    answer = await plain.ask("PUT", f"/applications/{fake.world.bot.id}/commands", COMMANDS)
    assert answer.status == 200


# --- for the program: on the real clock, over the real library ---


@pytest.fixture
async def live(specs_if_there: Path | None) -> AsyncIterator[FakeDiscord]:
    """A fake on the machine's clock, held to the schema where it is there, which nothing may violate.

    It waits longer than Discord for answers: how quick they are is measured where that is the question.
    """
    async with FakeDiscord(specs=specs_if_there).running() as running:
        running.switches.identify_every_s = 0
        running.switches.answer_within_s = PATIENCE_S
        yield running
        assert running.violations == []


@pytest.fixture
def home(live: FakeDiscord) -> Studio:
    """A guild in it."""
    return Studio.in_world(live)


@pytest.fixture
async def road(live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Road]:
    """The whole program, connected to the gateway of a Discord in which that guild is."""
    assert home.fake is live
    async with open_road(live, settings_for(live, tmp_path, sqlite_url)) as running:
        yield running


@pytest.fixture
async def ears(live: FakeDiscord, home: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """The listeners alone: what people do arrives at a desk that only remembers."""
    assert home.fake is live
    async with open_ears(live, tmp_path, sqlite_url) as running:
        yield running


# --- for the surface alone ---


@pytest.fixture
async def discord(tmp_path: Path, specs_if_there: Path | None) -> AsyncIterator[DiscordPlatform]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite", specs_if_there) as platform:
        yield platform
