"""From a command in Slack to a picture to edits of it, over both transports; only Slack is a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_road import Road, open_road, picture_of, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack, Seen


@pytest.fixture(params=["socket", "http"])
async def road(
    request: pytest.FixtureRequest, slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str
) -> AsyncIterator[Road]:
    """The program, connected by one transport and by the other."""
    app_token = slack.app_token if request.param == "socket" else None
    settings = settings_for(
        slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token, slack_app_token=app_token
    )
    async with open_road(slack, settings) as running:
        yield running


async def imagine(road: Road, studio: Studio, words: str) -> Seen:
    """Ask for a picture; its message once the picture is in it."""
    known = {seen.ts for seen in road.slack.channel_view(studio.here.id)}
    delivery = await road.slack.slash(studio.ada.id, studio.here.id, "/imagine", words)
    assert delivery.is_in_time
    await road.until_shown(lambda: [one for one in fresh(road, studio, known) if one.pictures])
    return next(one for one in fresh(road, studio, known) if one.pictures)


def fresh(road: Road, studio: Studio, known: set[str]) -> list[Seen]:
    """What has come into the channel since."""
    return [seen for seen in road.slack.channel_view(studio.here.id) if seen.ts not in known]


async def test_a_command_makes_a_picture_and_a_reply_edits_it(road: Road, studio: Studio) -> None:
    """The root message shows the picture; a reply in its thread brings the next version."""
    root = await imagine(road, studio, "a lighthouse at dusk --ar 16:9")
    first = picture_of(root)
    await road.slack.message(studio.ada.id, studio.here.id, "make it stormy", thread_ts=root.ts)
    thread = lambda: [one for one in road.slack.thread_view(studio.here.id, root.ts) if one.pictures]  # noqa: E731
    await road.until_shown(lambda: len(thread()) == 2)
    assert picture_of(thread()[1]) != first
