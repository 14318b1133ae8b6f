"""The Discord surface keeps every promise of a Surface, against a fake Discord that keeps Discord's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.surface_contract import Subject, SurfaceContract
from tests.fakes.discord_platform import open_discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.app.inbound import Attachment
    from core.domain.ids import ActorId


@pytest.fixture
async def subject(tmp_path: Path) -> AsyncIterator[Subject]:
    """Discord on a fresh database, in a channel with two people."""
    async with open_discord(tmp_path / "discord.sqlite") as platform:
        studio = platform.studio
        people = {platform.actor(user): user for user in (studio.ada, studio.ben)}

        async def texts_for(person: ActorId) -> list[str]:
            return platform.texts(people[person])

        async def attach(content: bytes) -> Attachment:
            return platform.attachment(content)

        ada, ben = people
        yield Subject(platform.surface, platform.place, ada, ben, texts_for, attach, platform.break_down)


class TestDiscordSurface(SurfaceContract):
    """The contract, run against Discord."""
