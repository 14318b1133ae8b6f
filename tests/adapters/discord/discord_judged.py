"""The whole program with simcord's Discord before it and a fake engine behind it.

Owns starting and stopping, and what is seen of messages through discord.py's own classes. What people may do
is simcord's to say: it lets nobody press what is not there or use a command that it did not take.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.discord.errors import UNKNOWN_MESSAGE
from bots.discord_bot import listening
from bots.wiring import open_parts, work
from tests.adapters.discord.discord_road import (
    LIMIT_S,
    as_before,
    brisk,
    brisk_line,
    is_busy_at,
    settings_for,
)
from tests.fakes.engine import FakeEngine
from tests.fakes.simcord_bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import discord
    from simcord import ChannelHandle, InteractionResult, MemberActor

    from bots.settings import Settings
    from bots.wiring import Parts


@dataclass(frozen=True, slots=True)
class Seen:
    """A message, as people see it."""

    message: discord.Message
    text: str
    labels: tuple[str, ...]
    alt_texts: tuple[str, ...]
    pictures: tuple[bytes, ...]

    @property
    def is_done(self) -> bool:
        """Whether it shows a finished picture."""
        return bool(self.pictures) and "Edit…" in self.labels

    @property
    def picture(self) -> bytes:
        """Its one picture."""
        (found,) = self.pictures
        return found


@dataclass(frozen=True, slots=True)
class Town:
    """A simcord with a server in it, and two people in its channel."""

    bridge: Bridge
    channel: ChannelHandle
    ada: MemberActor
    ben: MemberActor
    settings: Settings

    def seen(self, place: ChannelHandle) -> list[Seen]:
        """What stands there, from top to bottom; what only one person sees is left out."""
        return [self._seen(one) for one in place.history()]

    def _seen(self, message: discord.Message) -> Seen:
        parts = list(_walk(message.components))
        files = [self.bridge.env.backend.cdn.get(one.url) for one in message.attachments]
        return Seen(
            message,
            "\n".join([message.content, *(one.content for one in parts if hasattr(one, "content"))]),
            tuple(one.label for one in parts if getattr(one, "label", None)),
            tuple(item.description or "" for one in parts for item in getattr(one, "items", ())),
            tuple(one for one in files if one is not None),
        )

    def excuse_follow_up(self) -> None:
        """Take out what it says of a follow-up after a "thinking" that was deleted: it has that in the way.

        So had Discord in 2021, and meant to mend it (discord-api-docs 2739, 3087); both must do.
        """
        self.bridge.complaints[:] = [
            one
            for one in self.bridge.complaints
            if not (one.call.startswith("POST /webhooks/") and one.code == UNKNOWN_MESSAGE)
        ]

    def thread_of(self, seen: Seen) -> ChannelHandle:
        """The thread that was made from a message."""
        return next(one for one in self.channel.threads if one.id == seen.message.id)


@dataclass(frozen=True, slots=True)
class Judged:
    """A running program in that town. It takes up work as soon as `may_work` is set."""

    town: Town
    engine: FakeEngine
    parts: Parts
    may_work: asyncio.Event

    async def imagine(self, prompt: str, **options: Any) -> Seen:  # noqa: ANN401 - typed options
        """Ada's `/imagine`; its message once the picture is in it, and its thread can be answered in."""
        town, known = self.town, self.ids(self.town.channel)
        await town.ada.slash(town.channel, "imagine", prompt=prompt, **options)
        found = await self.picture(town.channel, known)
        await town.bridge.until(lambda: found.message.id in [one.id for one in town.channel.threads])
        thread = town.thread_of(found)
        await town.bridge.until(lambda: town.seen(thread))
        return found

    async def reply(self, thread: ChannelHandle, words: str, to: Seen | None = None) -> Seen:
        """Ada says something in a thread; the next picture there. An answer to a message pings its author."""
        known = self.ids(thread)
        await self.town.ada.send(thread, words, reply_to=None if to is None else to.message)
        return await self.picture(thread, known)

    async def form(self, shown: InteractionResult) -> InteractionResult:
        """The same once the form is open before them."""
        await self.town.bridge.until(lambda: shown.modal is not None)
        return shown

    async def picture(self, place: ChannelHandle, known: set[int]) -> Seen:
        """The next finished picture there, once nothing goes on in its thread any more."""

        def fresh() -> list[Seen]:
            return [one for one in self.town.seen(place) if one.is_done and one.message.id not in known]

        await self.town.bridge.until(fresh)
        found = fresh()[0]
        async with asyncio.timeout(LIMIT_S):
            is_busy = True
            while is_busy:
                await asyncio.sleep(0.01)
                is_busy = await is_busy_at(self.parts, str(found.message.id))
        return found

    def ids(self, place: ChannelHandle) -> set[int]:
        """The messages that stand there."""
        return {one.message.id for one in self.town.seen(place)}


def _walk(parts: Any) -> Iterator[Any]:  # noqa: ANN401 - discord.py's many classes of components
    for part in parts:
        yield part
        yield from _walk(getattr(part, "children", ()))


@asynccontextmanager
async def open_town(folder: Path, database_url: str) -> AsyncIterator[Town]:
    """A simcord while the block runs; at its end it has nothing to complain of."""
    async with Bridge().running() as bridge:
        guild = bridge.env.create_guild("Studio")
        channel = guild.create_text_channel("pictures")
        ada, ben = (guild.add_member(bridge.env.create_user(name)) for name in ("ada", "ben"))
        yield Town(bridge, channel, ada, ben, settings_for(bridge, folder, database_url))
        assert bridge.complaints == []


@asynccontextmanager
async def open_judged(town: Town, *, is_at_work: bool = True) -> AsyncIterator[Judged]:
    """The program while the block runs, connected to the gateway, on the clock that simcord has too."""
    engine, bridge, may_work = FakeEngine(), town.bridge, asyncio.Event()
    if is_at_work:
        may_work.set()

    async def work_later(parts: Parts) -> None:
        await may_work.wait()
        await work(parts)

    with as_before():
        async with open_parts(
            town.settings, around=lambda outside: brisk(outside, engine), clock=bridge.hours
        ) as parts:
            assert parts.discord is not None
            line = brisk_line(parts.discord, town.settings)
            async with listening(parts.discord, parts.studio, parts.surroundings, line=line):
                working = asyncio.create_task(work_later(parts))
                try:
                    await bridge.until(lambda: bridge.sockets.listening)
                    yield Judged(town, engine, parts, may_work)
                finally:
                    working.cancel()
                    with contextlib.suppress(asyncio.CancelledError, ExceptionGroup):
                        await working
    await bridge.until(lambda: not bridge.sockets.listening)
