"""The whole program with a fake Discord before it and a fake engine behind it.

Owns starting and stopping, and what people do there most. Nothing else differs from `inkthread serve`.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.refs import actor_id, guild_workspace, personal_workspace
from bots.discord_bot import DiscordParts, Hearing, line_of, listening
from bots.settings import Settings
from bots.wiring import open_parts, work
from core.app.inbound import Person
from core.domain.ids import ChannelRef, Platform, ThreadRef
from tests.fakes.discord_server import TOKEN
from tests.fakes.engine import FakeEngine
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from adapters.discord.gateway import Line
    from bots.wiring import Parts
    from core.app.outside import Outside
    from core.domain.ids import WorkspaceId
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Channel, User
    from tests.fakes.simcord_bridge import Hours

LIMIT_S = PATIENCE_S
LEASE_S = 30.0
"""Longer than a loaded machine keeps a worker from renewing, shorter than anybody waits here."""


class Addressed(Protocol):
    """A Discord that is reached over the network."""

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        ...

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        ...


def brisk_line(discord: DiscordParts, settings: Settings) -> Line:
    """As the settings say, without the waiting that only Discord itself asks for."""
    usual = line_of(discord, settings)
    return replace(usual, identify_every_s=0.0, options={"guild_ready_timeout": 0.05})


def settings_for(fake: Addressed, folder: Path, database_url: str, **others: object) -> Settings:
    """Settings that talk to the fake."""
    given = {
        "discord_token": TOKEN,
        "discord_api_url": fake.api_url,
        "discord_gateway_url": fake.gateway_url,
        "database_url": database_url,
        "storage_url": f"file://{folder}/pictures",
        "encryption_key": "a key for tests",
        "pictures_per_person_per_day": 10_000,
        "monthly_budget_usd": 100_000.0,
        **others,
    }
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # pydantic checks them


@contextlib.contextmanager
def as_before() -> Iterator[None]:
    """Put back at the end what the program redirects for the whole process."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


def brisk(outside: Outside, engine: FakeEngine, *, lease_s: float = LEASE_S) -> Outside:
    """The same ports with an engine in memory, and recovery that does not wait half a minute."""
    policy = replace(
        outside.policy, lease_s=lease_s, sending_lease_s=lease_s, sweep_every_s=0.2, nudge_again_after_s=0.4
    )
    return replace(outside, engine=engine, policy=policy)


@dataclass(frozen=True, slots=True)
class Road:
    """A running program, the Discord it talks to, and the engine that paints for it."""

    fake: FakeDiscord
    engine: FakeEngine
    parts: Parts
    hearing: Hearing

    # --- what people do ---

    async def imagine(self, channel: Channel, user: User, prompt: str, **options: Any) -> Shown:  # noqa: ANN401 - typed options
        """`/imagine`; its message once the picture is in it."""
        files = {name: options.pop(name) for name in list(options) if name.startswith("image")}
        known = {one.message.id for one in self.fake.channel_view(channel)}
        asked = self.fake.slash(channel, user, "imagine", {"prompt": prompt, **options}, files=files)
        await asked.acknowledged()
        return await self.next_picture(channel, known)

    async def reply(self, thread: Channel, user: User, words: str, **more: object) -> Shown:
        """Say something in a thread; the next message there that shows something finished."""
        known = {one.message.id for one in self.fake.channel_view(thread)}
        self.fake.say(thread, user, words, **more)  # type: ignore[arg-type]  # as `say` takes them
        return await self.next_picture(thread, known)

    async def next_picture(self, place: Channel, known: set[int]) -> Shown:
        """The next finished picture there, once the core knows that it has arrived."""

        def fresh() -> list[Shown]:
            return [one for one in self.pictures(place) if one.message.id not in known]

        await self.fake.until(lambda: bool(fresh()), LIMIT_S)
        found = fresh()[0]
        await self.rest(found)
        return found

    async def rest(self, shown: Shown) -> None:
        """Wait until the core knows that what people see has arrived, and nothing goes on in its thread."""
        async with asyncio.timeout(LIMIT_S):
            is_busy = True
            while is_busy:
                await asyncio.sleep(0.01)
                is_busy = await is_busy_at(self.parts, str(shown.message.id))

    # --- what people see ---

    def pictures(self, place: Channel) -> list[Shown]:
        """The finished pictures there, from top to bottom."""
        return [one for one in self.fake.channel_view(place) if is_done(one)]

    def thread_of(self, shown: Shown) -> Channel:
        """The thread that was made from a message."""
        return self.fake.thread_of(shown.message)

    async def thread_at(self, shown: Shown) -> Channel:
        """The same, once it is there and has its first message."""
        await self.fake.until(lambda: shown.message.id in self.fake.world.channels, LIMIT_S)
        thread = self.thread_of(shown)
        await self.fake.until(lambda: bool(self.fake.channel_view(thread)), LIMIT_S)
        return thread

    async def used(self, user: User, channel: Channel) -> list[tuple[int, int]]:
        """What is used and held of each allowance that applies to that person."""
        workspace = workspace_of(channel, user)
        person = Person(actor_id(workspace, str(user.id)), workspace, user.name)
        rows = await self.parts.studio.quota_of(person, ChannelRef(str(channel.id)))
        return [(row.used, row.held) for row in rows]


async def is_busy_at(parts: Parts, message: str) -> bool:
    """Whether something goes on in the thread of a message, or the core does not know of it yet."""
    assert parts.discord is not None
    sent = parts.discord.outlet.store
    kept = await sent.at(message)
    root = kept if kept is None or not kept.thread else await sent.at(kept.thread)
    if root is None:
        return True
    place = (root.workspace, Platform.DISCORD, ChannelRef(root.channel), ThreadRef(root.message))
    view = await parts.studio.thread_view(*place)
    return view is None or view.busy_turns > 0


def workspace_of(channel: Channel, user: User) -> WorkspaceId:
    """Whose workspace that is."""
    return (
        personal_workspace(str(user.id))
        if channel.guild_id is None
        else guild_workspace(str(channel.guild_id))
    )


def is_done(shown: Shown) -> bool:
    """Whether a message shows a finished picture."""
    return bool(shown.pictures) and "Edit…" in shown.labels


def picture_of(shown: Shown) -> bytes:
    """The one picture of a message."""
    (picture,) = shown.pictures
    return bytes(picture.content)


@asynccontextmanager
async def open_program(
    settings: Settings, engine: FakeEngine, hours: Hours | None = None
) -> AsyncIterator[tuple[Parts, Hearing]]:
    """The program while the block runs; whether it is connected already is for the caller to see.

    With `hours` its time can be set forward; then no lease ends by that.
    """
    lease_s = LEASE_S if hours is None else 24 * 3600.0

    def around(outside: Outside) -> Outside:
        return brisk(outside, engine, lease_s=lease_s)

    with as_before():
        async with open_parts(settings, around=around, clock=hours) as parts:
            assert parts.discord is not None
            line = brisk_line(parts.discord, settings)
            async with listening(parts.discord, parts.studio, parts.surroundings, line=line) as hearing:
                working = asyncio.create_task(work(parts))
                try:
                    yield parts, hearing
                finally:
                    working.cancel()
                    with contextlib.suppress(asyncio.CancelledError, ExceptionGroup):
                        await working


@asynccontextmanager
async def open_road(
    fake: FakeDiscord,
    settings: Settings,
    engine: FakeEngine | None = None,
    *,
    hours: Hours | None = None,
) -> AsyncIterator[Road]:
    """The program while the block runs, connected to the gateway."""
    painter = engine or FakeEngine()
    known = fake.gateway.counts.identifies
    async with open_program(settings, painter, hours) as (parts, hearing):
        await fake.until(lambda: fake.gateway.counts.identifies > known and fake.gateway.is_ready, LIMIT_S)
        yield Road(fake, painter, parts, hearing)
