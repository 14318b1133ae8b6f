"""The Slack surface keeps every promise of a Surface, against a fake Slack that keeps Slack's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.ports import Posted
from core.domain.ids import ActorId, MessageId
from tests.contracts.surface_contract import Subject, SurfaceContract, card
from tests.fakes.slack_platform import open_slack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.app.inbound import Attachment


@pytest.fixture
async def subject(tmp_path: Path) -> AsyncIterator[Subject]:
    """Slack on a fresh database, in a channel with two people."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        people = {platform.actor(user): user for user in (platform.ada, platform.bob)}

        async def texts_for(person: ActorId) -> list[str]:
            return platform.texts(people[person])

        async def attach(content: bytes) -> Attachment:
            return platform.attachment(content)

        ada, bob = people
        yield Subject(platform.surface, platform.place, ada, bob, texts_for, attach, platform.break_down)


class TestSlackSurface(SurfaceContract):
    """The contract, run against Slack."""

    async def test_a_private_message_can_be_deleted(self, subject: Subject) -> None:
        """What Slack showed to one person of a channel it does not take back, but forgets: no fault."""
        surface, place = subject.surface, subject.place
        message = await surface.post(place, card("psst"), key=MessageId("key-1"), private_to=subject.person)
        assert isinstance(message, Posted)
        assert await surface.delete(place, message.message) is None
        assert await subject.texts_for(subject.other) == []
