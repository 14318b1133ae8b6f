"""Socket Mode: over any of several connections, renewed or broken off, everything arrives once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.transport import Sockets
from tests.adapters.slack.slack_ears import Ears, open_ears

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack


@pytest.fixture
async def ears(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over two connections."""
    async with open_ears(
        slack,
        tmp_path,
        sqlite_url,
        slack_bot_token=studio.team.bot_token,
        slack_app_token=slack.app_token,
    ) as hearing:
        yield hearing


async def test_the_same_envelope_on_two_connections_is_one_wish(ears: Ears, studio: Studio) -> None:
    """Slack may send again over the other one."""
    delivery = await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    for connection in (0, 1):
        assert await ears.slack.redeliver(delivery, 1, to=connection)
    assert len(ears.desk.inbounds) == 1


@pytest.mark.parametrize("attempts", [1, 2, 3])
async def test_a_repeated_event_is_one_wish(ears: Ears, studio: Studio, attempts: int) -> None:
    """However often an acknowledgement was lost."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, f"<@{studio.team.bot_user}> a fox")
    for attempt in range(1, attempts + 1):
        for delivery in said.deliveries:
            assert await ears.slack.redeliver(delivery, attempt)
    assert len(ears.desk.inbounds) == 1


async def test_a_connection_that_slack_renews_is_replaced(ears: Ears, studio: Studio) -> None:
    """The other one goes on meanwhile."""
    await ears.slack.sockets.refresh()
    assert (await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")).is_in_time
    await ears.slack.sockets.until_connected(2)


async def test_with_http_credentials_beside_an_app_token_sockets_win(ears: Ears) -> None:
    """Both are set here; nothing listens for requests."""
    assert ears.asgi is None


async def test_an_address_that_leads_nowhere_is_not_tried_for_ever(slack: FakeSlack, studio: Studio) -> None:
    """The network failed between Slack's naming it and its use: Slack is asked for another."""
    client = AsyncWebClient(studio.team.bot_token, base_url=slack.base_url)
    slack.sockets.stale_addresses = 2
    async with Sockets(AsyncApp(client=client), slack.app_token, client, again_s=0.05).connected():
        await slack.sockets.until_connected()
    assert len(slack.calls_of("apps.connections.open")) == 3
