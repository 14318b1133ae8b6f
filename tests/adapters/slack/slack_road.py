"""The whole program with a fake Slack before it: real listeners, core, sandbox engine, SQLite, surface.

Owns starting and stopping. Pictures are painted at once; nothing else differs from `inkthread serve`.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from adapters.sandbox_images import SandboxEngine
from bots.settings import Settings
from bots.slack_bot import listening
from bots.wiring import open_parts, work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.types import ASGIApp

    from bots.wiring import Parts
    from core.app.outside import Outside
    from tests.fakes.slack_server import FakeSlack, Seen


async def at_once(_seconds: float) -> None:
    """No time passes while the sandbox paints."""
    await asyncio.sleep(0)


def brisk(outside: Outside) -> Outside:
    """The same ports with a sandbox that does not dawdle, and recovery that does not wait half a minute."""
    policy = replace(
        outside.policy, lease_s=2.0, sending_lease_s=2.0, sweep_every_s=0.2, nudge_again_after_s=0.4
    )
    return replace(outside, engine=SandboxEngine(pause=at_once), policy=policy)


def settings_for(slack: FakeSlack, folder: Path, database_url: str, **others: object) -> Settings:
    """Settings that talk to the fake; a token of its only workspace unless others say otherwise."""
    given = {
        "slack_api_url": slack.base_url,
        "slack_signing_secret": slack.signing_secret,
        "database_url": database_url,
        "storage_url": f"file://{folder}/pictures",
        "encryption_key": "a key for tests",
        "pictures_per_person_per_day": 10_000,
        "monthly_budget_usd": 100_000.0,
        **others,
    }
    return Settings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]  # pydantic checks them


@dataclass(frozen=True, slots=True)
class Road:
    """A running program and the Slack it talks to."""

    slack: FakeSlack
    parts: Parts
    asgi: ASGIApp | None

    async def until_shown(self, is_so: Callable[[], object], *, limit_s: float = 15.0) -> None:
        """Wait until people see it."""
        await self.slack.until(is_so, limit_s)

    async def quiet(self) -> None:
        """Wait until nothing that was begun goes on beside the turns."""
        await self.parts.studio.background.settle()


@asynccontextmanager
async def open_road(
    slack: FakeSlack, settings: Settings, *, around: Callable[[Outside], Outside] = brisk
) -> AsyncIterator[Road]:
    """The program while the block runs, connected by whichever transport the settings name."""
    async with open_parts(settings, around=around) as parts:
        assert parts.slack is not None
        async with listening(parts.slack, parts.studio, parts.surroundings) as asgi:
            working = asyncio.create_task(work(parts))
            try:
                if settings.slack_app_token is not None:
                    await slack.sockets.until_connected()
                elif asgi is not None:
                    slack.use_request_url(asgi)
                yield Road(slack, parts, asgi)
            finally:
                working.cancel()
                with contextlib.suppress(asyncio.CancelledError, ExceptionGroup):
                    await working


def picture_of(seen: Seen) -> bytes:
    """The one picture of a message."""
    (picture,) = seen.pictures
    return picture.content
