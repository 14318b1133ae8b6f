"""SIGKILL in the middle of showing a picture on Slack: after the restart one picture, in one message."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.forked import Forked
from tests.patience import PATIENCE_S
from tests.ports import free_port
from tests.road.road_house import plain_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack


@contextmanager
def program(slack: FakeSlack, studio: Studio, folder: Path, database_url: str) -> Iterator[Forked]:
    """The real program as a process of its own, connected to the fake; killed at the end."""
    environment = plain_environment(
        folder,
        ROAD_PACE="0",
        PORT=str(free_port()),
        DATABASE_URL=database_url,
        STORAGE_URL=f"file://{folder}/pictures",
        SLACK_API_URL=slack.base_url,
        SLACK_BOT_TOKEN=studio.team.bot_token,
        SLACK_APP_TOKEN=slack.app_token,
        SLACK_CONNECTIONS="1",
    )
    process = Forked("tests.road.brisk", environment=environment, log=folder / "program.log")
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE_S)


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        pytest.param("files.info", "chat.update", id="between upload and message"),
        pytest.param(
            "chat.postMessage",
            "files.getUploadURLExternal",
            id="between placeholder and result",
            marks=pytest.mark.chaos,
        ),
        pytest.param("(upload)", "files.completeUploadExternal", id="in the upload", marks=pytest.mark.chaos),
        pytest.param("users.info", "chat.postMessage", id="at the placeholder", marks=pytest.mark.chaos),
    ],
)
async def test_after_a_kill_there_is_one_picture_in_one_message(  # noqa: PLR0913, PLR0917 - fixtures and a row
    slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str, after: str, moment: str
) -> None:
    """The process dies while it asks Slack for just that; the next one finishes what it began."""
    here = studio.here.id
    with program(slack, studio, tmp_path, sqlite_url):
        await slack.sockets.until_connected()
        asking = asyncio.create_task(slack.slash(studio.ada.id, here, "/imagine", "a lighthouse"))
        await slack.until(lambda: slack.calls_of(after))
        known = len(slack.calls_of(moment))
        slack.hold(moment)
        await slack.until(lambda: len(slack.calls_of(moment)) > known)
        assert (await asking).is_in_time
    slack.let_go(moment)
    with program(slack, studio, tmp_path, sqlite_url):
        await slack.until(lambda: any(one.pictures for one in slack.channel_view(here)))
        await slack.until(lambda: len(slack.channel_view(here)[-1].buttons) > 1)
    (message,) = slack.channel_view(here)
    assert len(message.pictures) == 1
    assert len(slack.thread_view(here, message.ts)) == 1
