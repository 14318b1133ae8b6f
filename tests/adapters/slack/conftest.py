"""A fake Slack for each test, and the workspace most of them need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.slack_raw import Raw
from tests.fakes.slack_server import FakeSlack
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.slack_server.things import Channel, Team, User


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A fake Slack on the machine's clock, whose files are ready at once.

    It waits longer than Slack for answers: how quick they are is measured where that is the question.
    """
    async with FakeSlack() as fake:
        fake.switches.ready_after_s = 0.0
        fake.switches.share_after_s = 0.0
        fake.office.ack_limit_s = PATIENCE_S
        yield fake
        assert fake.unexpected == [], "methods the fake does not know"
        assert fake.crashes == [], "faults of the fake itself"


@dataclass(frozen=True, slots=True)
class Studio:
    """A workspace with our bot, two people and a channel with everybody in it."""

    team: Team
    ada: User
    bob: User
    here: Channel


@pytest.fixture
def studio(slack: FakeSlack) -> Studio:
    """The usual workspace."""
    team = slack.world.add_team("studio")
    ada = slack.world.add_user(team.id, "ada", is_admin=True)
    bob = slack.world.add_user(team.id, "bob", locale="zh-CN")
    return Studio(team, ada, bob, slack.world.add_channel(team.id, "pictures", members=(ada.id, bob.id)))


@pytest.fixture
def client(slack: FakeSlack, studio: Studio) -> AsyncWebClient:
    """The real SDK's client with the bot's token, trying nothing twice."""
    return AsyncWebClient(studio.team.bot_token, base_url=slack.base_url, retry_handlers=[])


@pytest.fixture
async def raw(slack: FakeSlack, studio: Studio) -> AsyncIterator[Raw]:
    """Plain HTTP with the bot's token."""
    async with aiohttp.ClientSession() as http:
        yield Raw(slack, http, studio.team.bot_token)
