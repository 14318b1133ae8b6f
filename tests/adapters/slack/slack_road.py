"""The whole program with a fake Slack before it and a fake engine behind it.

Owns starting and stopping, and what people do there most. Nothing else differs from `inkthread serve`.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from adapters.slack.refs import actor_id, workspace_id
from bots.settings import Settings
from bots.slack_bot import listening
from bots.wiring import open_parts, work
from core.app.inbound import Person
from core.domain.ids import ChannelRef, Platform, ThreadRef
from tests.fakes.engine import FakeEngine
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.types import ASGIApp

    from bots.wiring import Parts
    from core.app.outside import Outside
    from tests.fakes.slack_server import FakeSlack, Seen

Found = TypeVar("Found")

LOOKS_AGAIN_S = 0.2
LEASE_S = 30.0
"""Longer than a loaded machine keeps a worker from renewing, shorter than anybody waits here."""


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
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # pydantic checks them


@dataclass(frozen=True, slots=True)
class Road:
    """A running program, the Slack it talks to, and the engine that paints for it."""

    slack: FakeSlack
    engine: FakeEngine
    parts: Parts
    asgi: ASGIApp | None

    async def until(self, is_so: Callable[[], Found], *, limit_s: float = PATIENCE_S) -> Found:
        """Wait until it is so on Slack or at the engine, which tells nobody, and say what was found."""
        ends_s = asyncio.get_running_loop().time() + limit_s
        while True:
            try:
                found: Found = await self.slack.until(is_so, LOOKS_AGAIN_S)
            except TimeoutError:
                if asyncio.get_running_loop().time() > ends_s:
                    raise
            else:
                return found

    async def imagine(self, user: str, channel: str, words: str) -> Seen:
        """Ask for a picture; its message once the picture is in it."""
        known = {seen.ts for seen in self.slack.channel_view(channel)}
        delivery = await self.slack.slash(user, channel, "/imagine", words)
        assert delivery.is_in_time
        seen = (await self.until(lambda: self._fresh(channel, known)))[0]
        await self.rest(channel, seen.ts)
        return seen

    async def rest(self, channel: str, root: str) -> None:
        """Wait until the core knows that what people see has arrived, and nothing goes on in the thread."""
        team = self.slack.world.channel(channel).team
        place = (workspace_id(team), Platform.SLACK, ChannelRef(channel), ThreadRef(root))
        async with asyncio.timeout(PATIENCE_S):
            view = await self.parts.studio.thread_view(*place)
            while view is None or view.busy_turns:
                await asyncio.sleep(0.02)
                view = await self.parts.studio.thread_view(*place)

    def _fresh(self, channel: str, known: set[str]) -> list[Seen]:
        return [one for one in self.slack.channel_view(channel) if one.ts not in known and is_done(one)]

    async def reply(self, user: str, channel: str, root: str, words: str) -> Seen:
        """Reply in a thread; the next message there that shows something finished."""
        known = {one.ts for one in self.results(channel, root)}
        await self.slack.message(user, channel, words, thread_ts=root)
        seen = await self.until(lambda: [x for x in self.results(channel, root) if x.ts not in known])
        await self.rest(channel, root)
        return seen[0]

    def results(self, channel: str, root: str) -> list[Seen]:
        """The finished pictures of a thread, in order."""
        return [one for one in self.slack.thread_view(channel, root) if is_done(one)]

    def told(self, channel: str, root: str, user: str = "") -> str:
        """Everything that a person can read in a thread."""
        return "\n".join(one.text for one in self.slack.thread_view(channel, root, user))

    async def used(self, user: str, channel: str, team: str) -> list[tuple[int, int]]:
        """What is used and held of each allowance that applies to that person."""
        workspace = workspace_id(team)
        person = Person(actor_id(workspace, user), workspace, user)
        rows = await self.parts.studio.quota_of(person, ChannelRef(channel))
        return [(row.used, row.held) for row in rows]


def is_done(seen: Seen) -> bool:
    """Whether a message shows a finished picture, itself or as a file beside it."""
    return bool(seen.pictures) and any(button.value.startswith("v1:edit:") for button in seen.buttons)


def brisk(outside: Outside, engine: FakeEngine) -> Outside:
    """The same ports with an engine in memory, and recovery that does not wait half a minute."""
    policy = replace(
        outside.policy, lease_s=LEASE_S, sending_lease_s=LEASE_S, sweep_every_s=0.2, nudge_again_after_s=0.4
    )
    return replace(outside, engine=engine, policy=policy)


@asynccontextmanager
async def open_road(
    slack: FakeSlack, settings: Settings, *, engine: FakeEngine | None = None
) -> AsyncIterator[Road]:
    """The program while the block runs, connected by whichever transport the settings name."""
    engine = engine or FakeEngine()
    async with open_parts(settings, around=lambda outside: brisk(outside, engine)) as parts:
        assert parts.slack is not None
        async with listening(parts.slack, parts.studio, parts.surroundings) as asgi:
            working = asyncio.create_task(work(parts))
            try:
                if settings.slack_app_token is not None:
                    await slack.sockets.until_connected()
                elif asgi is not None:
                    slack.use_request_url(asgi)
                yield Road(slack, engine, parts, asgi)
            finally:
                working.cancel()
                with contextlib.suppress(asyncio.CancelledError, ExceptionGroup):
                    await working


def picture_of(seen: Seen) -> bytes:
    """The one picture of a message."""
    (picture,) = seen.pictures
    return picture.content
