"""`inkthread doctor` says what is wrong with Discord's settings, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.discord.commands import payload
from adapters.discord.limiter import Limiter
from adapters.discord.rest import Rest, Route
from adapters.system import SystemClock
from bots import discord_doctor
from tests.adapters.discord.discord_road import settings_for
from tests.fakes.discord_server import TOKEN, Permission

if TYPE_CHECKING:
    from pathlib import Path

    import aiohttp

    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain


async def found(fake: FakeDiscord, folder: Path, **settings: object) -> dict[str, str]:
    """What was found, level by words."""
    made = settings_for(fake, folder, "sqlite:///unused", **settings)
    return {one.what: one.level for one in await discord_doctor.examine(made)}


async def register(fake: FakeDiscord, session: aiohttp.ClientSession) -> None:
    """Tell Discord our commands."""
    clock = SystemClock()
    rest = Rest(TOKEN, Limiter(clock), session=session, clock=clock, base_url=fake.api_url)
    route = Route(
        "PUT", "/applications/{application_id}/commands", {"application_id": str(fake.world.bot.id)}
    )
    await rest.ask(route, payload())  # type: ignore[arg-type]  # a list, as the route takes


async def test_a_bot_that_has_what_it_needs_is_well(fake: FakeDiscord, plain: Plain, tmp_path: Path) -> None:
    """Known, allowed to read, its commands in sync; the link asks for what is needed and no more."""
    await register(fake, plain.session)
    levels = await found(fake, tmp_path)
    assert set(levels.values()) == {"ok"}, levels
    (link,) = [what for what in levels if "oauth2/authorize" in what]
    assert "permissions=309237763072" in link
    assert f"client_id={fake.world.bot.id}" in link


async def test_commands_of_another_version(fake: FakeDiscord, tmp_path: Path) -> None:
    """They are named, with what mends it."""
    levels = await found(fake, tmp_path)
    assert [level for what, level in levels.items() if "imagine" in what] == ["look"]


async def test_connections_that_are_used_up(fake: FakeDiscord, tmp_path: Path) -> None:
    """Discord counts beginnings; what used them up stands in the log."""
    fake.switches.identifies_left = 3
    levels = await found(fake, tmp_path)
    assert levels["Discord allows 3 more connections today."] == "look"


async def test_an_intent_that_is_missing(fake: FakeDiscord, tmp_path: Path) -> None:
    """It is a thing to look at, unless nobody wants it."""
    fake.switches.content_intent = False
    levels = await found(fake, tmp_path)
    assert [level for what, level in levels.items() if "may not read" in what] == ["look"]
    levels = await found(fake, tmp_path, discord_message_content=False)
    assert [level for what, level in levels.items() if "CONTENT is off" in what] == ["ok"]


@pytest.mark.parametrize(
    ("settings", "told", "level"),
    [
        ({"discord_token": "not.a.token"}, "does not take DISCORD_TOKEN", "wrong"),
        ({"discord_api_url": "http://127.0.0.1:9/api/v10"}, "cannot be asked", "wrong"),
        ({"discord_public_key": "ab" * 32}, "another application's", "wrong"),
    ],
)
async def test_what_is_wrong_is_said(
    fake: FakeDiscord, tmp_path: Path, settings: dict[str, object], told: str, level: str
) -> None:
    """Each with its level."""
    levels = await found(fake, tmp_path, **settings)
    assert [one for what, one in levels.items() if told in what] == [level]


async def test_without_a_token_nothing_is_asked(fake: FakeDiscord, tmp_path: Path) -> None:
    """There is nothing to say of Discord."""
    assert await found(fake, tmp_path, discord_token=None) == {}


def test_the_rights_are_those_that_are_needed() -> None:
    """The number in the link is the sum of what the README names."""
    named = (
        Permission.VIEW_CHANNEL
        | Permission.SEND_MESSAGES
        | Permission.EMBED_LINKS
        | Permission.ATTACH_FILES
        | Permission.READ_MESSAGE_HISTORY
        | Permission.CREATE_PUBLIC_THREADS
        | Permission.SEND_MESSAGES_IN_THREADS
    )
    assert int(named) == discord_doctor.PERMISSIONS
