"""SIGKILL in the middle of showing a picture on Slack: after the restart one picture, in one message."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.chaos.house import free_port
from tests.forked import ROOT
from tests.road.road_house import plain_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack


@asynccontextmanager
async def program(
    slack: FakeSlack, studio: Studio, folder: Path, database_url: str
) -> AsyncIterator[asyncio.subprocess.Process]:
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
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.road.brisk", cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


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
    async with program(slack, studio, tmp_path, sqlite_url) as process:
        await connected(slack)
        asking = asyncio.create_task(slack.slash(studio.ada.id, here, "/imagine", "a lighthouse"))
        await slack.until(lambda: slack.calls_of(after), 60)
        known = len(slack.calls_of(moment))
        slack.hold(moment)
        await slack.until(lambda: len(slack.calls_of(moment)) > known, 60)
        assert (await asking).is_in_time
        process.send_signal(signal.SIGKILL)
        await process.wait()
    slack.let_go(moment)
    async with program(slack, studio, tmp_path, sqlite_url):
        await slack.until(lambda: slack.channel_view(here)[-1].pictures, 60)
        await slack.until(lambda: len(slack.channel_view(here)[-1].buttons) > 1, 30)
    (message,) = slack.channel_view(here)
    assert len(message.pictures) == 1
    assert len(slack.thread_view(here, message.ts)) == 1


async def connected(slack: FakeSlack) -> None:
    """Wait until the process has started and connected, which takes seconds on a busy machine."""
    for _ in range(1200):
        if slack.sockets.connections:
            return
        await asyncio.sleep(0.05)
    pytest.fail("it never connected")
