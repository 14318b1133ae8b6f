"""What `inkthread doctor` says about the platforms that have credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chaos.house import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.road.conftest import Told


def test_the_doctor_says_when_slack_cannot_be_asked(command: Callable[..., Told]) -> None:
    """With what to do, and without the token."""
    nobody_there = f"http://127.0.0.1:{free_port()}/api/"
    told = command("doctor", SLACK_BOT_TOKEN="xoxb-1-hunter2", SLACK_API_URL=nobody_there)
    assert told.code == 1
    assert "Slack cannot be asked about SLACK_BOT_TOKEN" in told.out
    assert "Slack can be written to, but not heard" in told.out
    assert "hunter2" not in told.out


def test_the_doctor_says_when_discord_cannot_be_asked(command: Callable[..., Told]) -> None:
    """The same for Discord."""
    nobody_there = f"http://127.0.0.1:{free_port()}/api/v10"
    told = command("doctor", DISCORD_TOKEN="MTIz.hunter2.hunter2", DISCORD_API_URL=nobody_there)
    assert told.code == 1
    assert "Discord cannot be asked" in told.out
    assert "hunter2" not in told.out
