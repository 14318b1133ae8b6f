"""From a command on Discord to a picture to edits of it; only Discord and the engine are stand-ins."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from tests.adapters.discord.discord_road import Road, open_road, picture_of, settings_for
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_server.studio import Studio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

EDITS = ("stormy", "at night", "with a red umbrella", "from above", "in fog", "in snow", "older", "wider",
         "with gulls", "calm again")  # fmt: skip


@pytest.fixture
async def fake(specs_if_there: Path | None) -> AsyncIterator[FakeDiscord]:
    """A fake on the real clock, held to the schema where it is there."""
    async with FakeDiscord(specs=specs_if_there).running() as running:
        running.switches.identify_every_s = 0
        running.rest.judges_itself = True
        yield running
        assert running.violations == []


@pytest.fixture
async def road(fake: FakeDiscord, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Road]:
    """The program, connected to the gateway."""
    async with open_road(fake, settings_for(fake, tmp_path, sqlite_url)) as running:
        yield running


def png(shade: int) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


async def test_replies_are_edits_of_the_last_picture(road: Road, studio: Studio) -> None:
    """Each edit starts from exactly the bytes that people saw last."""
    root = await road.imagine(studio.channel, studio.ada, "a lighthouse at dusk", aspect="16:9")
    thread = await road.thread_at(root)
    last = picture_of(root)
    for number, words in enumerate(EDITS, start=1):
        seen = await road.reply(thread, studio.ada, f"make it {words}")
        (base, *references) = road.engine.calls[number].inputs
        assert (base.content, references) == (last, [])
        last = picture_of(seen)
    assert len(road.engine.calls) == len(EDITS) + 1
    assert len(road.pictures(studio.channel)) == 1
    assert len(road.pictures(thread)) == len(EDITS)
    assert road.fake.pings == []
