"""Files that people sent on Discord: from its CDN alone, also after a day, never more than is wanted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Attachment
from core.app.ports import AttachmentFault
from tests.fakes.discord_platform import DiscordPlatform, open_discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CONTENT = b"a cat" * 100


@pytest.fixture
async def discord(tmp_path: Path) -> AsyncIterator[DiscordPlatform]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite") as platform:
        yield platform


async def test_an_address_that_has_ended_is_had_anew(discord: DiscordPlatform) -> None:
    """Addresses are signed for a day; the message that shows the file has a fresh one."""
    attachment = discord.attachment(CONTENT)
    discord.clock.advance(25 * 3600)
    assert await discord.surface.fetch(attachment, max_bytes=10_000) == CONTENT


async def test_a_file_whose_message_is_gone_is_gone(discord: DiscordPlatform) -> None:
    """Nothing is left to ask."""
    attachment = discord.attachment(CONTENT)
    (shown,) = discord.fake.channel_view(discord.studio.channel)
    discord.clock.advance(25 * 3600)
    discord.fake.delete(shown.message)
    found = await discord.surface.fetch(attachment, max_bytes=10_000)
    assert found == AttachmentFault("gone", "cat.png")


async def test_a_file_of_a_command_cannot_be_had_anew(discord: DiscordPlatform) -> None:
    """No message shows it; it has to be copied at once."""
    attachment = discord.attachment(CONTENT)
    url, file_id, *_ = json.loads(attachment.ref)
    passing = replace(attachment, ref=json.dumps([url, file_id, "", ""]))
    assert await discord.surface.fetch(passing, max_bytes=10_000) == CONTENT
    discord.clock.advance(25 * 3600)
    before = len(discord.fake.calls)
    assert await discord.surface.fetch(passing, max_bytes=10_000) == AttachmentFault("gone", "cat.png")
    assert [call for call in discord.fake.calls[before:] if "/channels/" in call.route] == []


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/attachments/1/2/cat.png",
        "http://cdn.discordapp.com/attachments/1/2/cat.png",
        "https://cdn.discordapp.com@evil.example/cat.png",
        "https://cdn.discordapp.com.evil.example/cat.png",
        "file:///etc/passwd",
        "https://cdn.discordapp.com:8443/cat.png",
        "//evil.example/x",
        "",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(discord: DiscordPlatform, address: str) -> None:
    """Whatever stands in a reference, only Discord's CDN is asked, over https."""
    ref = json.dumps([address, "1", "", ""])
    found = await discord.surface.fetch(Attachment(ref, "cat.png"), max_bytes=10_000)
    assert found == AttachmentFault("forbidden", "cat.png")


async def test_a_message_that_names_another_host_is_not_followed(discord: DiscordPlatform) -> None:
    """A fresh address is looked at like the first."""
    attachment = discord.attachment(CONTENT)
    discord.clock.advance(25 * 3600)
    discord.fake.discord.origin = "https://evil.example"
    found = await discord.surface.fetch(attachment, max_bytes=10_000)
    assert found == AttachmentFault("forbidden", "cat.png")
