"""What `inkthread doctor` says about Discord, and that a missing gateway keeps nothing else from running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chaos.house import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.road.conftest import Told


def test_the_doctor_says_when_discord_cannot_be_asked(command: Callable[..., Told]) -> None:
    """With what to do, and without the token."""
    nobody_there = f"http://127.0.0.1:{free_port()}/api/v10"
    told = command("doctor", DISCORD_TOKEN="hunter2.x.y", DISCORD_API_URL=nobody_there)
    assert told.code == 1
    assert "Discord cannot be asked about DISCORD_TOKEN" in told.out
    assert "DISCORD_API_URL" in told.out
    assert "hunter2" not in told.out


def test_a_key_that_is_none_is_named(command: Callable[..., Told]) -> None:
    """It would fail at the first command otherwise."""
    told = command("doctor", DISCORD_TOKEN="hunter2.x.y", DISCORD_PUBLIC_KEY="no key")
    assert told.code != 0
    assert "DISCORD_PUBLIC_KEY" in told.out + told.err
    assert "Traceback" not in told.err
