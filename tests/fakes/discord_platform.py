"""The Discord surface on a fresh database and a fake Discord, as tests use it.

Time stands still except where something waits, so that a test of minutes takes none.
"""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.discord.context import Answering, Circumstances, Original, Room
from adapters.discord.outlet import Needs, Outlet, open_outlet
from adapters.discord.refs import FileRef, actor_id, guild_workspace, personal_workspace
from adapters.discord.tables import TABLES
from adapters.platforms.transactions import Transactions
from adapters.sealing import Seal
from core.app.errors import StorageUnavailable
from core.app.inbound import Attachment
from core.app.ports import Place
from core.domain.card import Picture
from core.domain.generation import OutputFormat, Size
from core.domain.ids import BlobKey, ChannelRef, Letter, ThreadRef
from tests.fakes.blobs import FakeBlobs
from tests.fakes.clock import HastyClock
from tests.fakes.discord_server import TOKEN, FakeDiscord
from tests.fakes.discord_server.studio import COMMANDS, Studio
from tests.fakes.web_platform import _begun, _no_transactions_of_its_own

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncConnection

    from adapters.discord.surface import DiscordSurface
    from core.domain.ids import ActorId, WorkspaceId
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Channel, User

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
DEFERRED = 5
DEFERRED_UPDATE = 6
EPHEMERAL = 1 << 6


@dataclass
class DiscordPlatform:
    """A server with two people and a channel, and the surface that serves it."""

    fake: FakeDiscord
    studio: Studio
    clock: HastyClock
    outlet: Outlet
    blobs: FakeBlobs
    engine: AsyncEngine

    @property
    def surface(self) -> DiscordSurface:
        """The surface under test."""
        return self.outlet.surface

    @property
    def workspace(self) -> WorkspaceId:
        """The server, as the core knows it."""
        return guild_workspace(str(self.studio.guild.id))

    @property
    def place(self) -> Place:
        """The channel, for what nobody asked for by a command."""
        return self.at()

    def at(self, thread: str | None = None, *, context: str = "", channel: Channel | None = None) -> Place:
        """Somewhere on the server."""
        ref = None if thread is None else ThreadRef(thread)
        where = str((channel or self.studio.channel).id)
        return Place(self.workspace, ChannelRef(where), ref, context)

    def at_home(self, user: User, *, context: str = "", channel: Channel | None = None) -> Place:
        """Outside the servers that the bot is in: its conversation with that person, or anywhere else."""
        where = channel or self.fake.dm(user)
        return Place(personal_workspace(str(user.id)), ChannelRef(str(where.id)), None, context)

    def actor(self, user: User) -> ActorId:
        """A person, as the core knows them."""
        return actor_id(self.workspace, str(user.id))

    # --- interactions ---

    async def asked(
        self,
        channel: Channel | None = None,
        *,
        by: User | None = None,
        original: Original = Original.SHOWN,
        room: Room = Room.CHANNEL,
        permissions: int | None = None,
    ) -> tuple[Interaction, str]:
        """Somebody calls /imagine and is answered with "thinking"; the interaction and the context of it."""
        where, who = channel or self.studio.channel, by or self.studio.ada
        interaction = self.fake.slash(where, who, "imagine", {"prompt": "a lighthouse"})
        data = {"flags": EPHEMERAL} if original is Original.HIDDEN else {}
        await self._answer(interaction, {"type": DEFERRED, "data": data})
        return interaction, self.context(interaction, original, room, permissions)

    async def pressed(
        self, shown: Shown, button: str, *, by: User | None = None, room: Room = Room.THREAD
    ) -> tuple[Interaction, str]:
        """Somebody presses a button, which is acknowledged without an answer."""
        interaction = self.fake.press(shown.message, by or self.studio.ada, button)
        await self._answer(interaction, {"type": DEFERRED_UPDATE})
        return interaction, self.context(interaction, Original.KEPT, room)

    async def _answer(self, interaction: Interaction, body: dict[str, object]) -> None:
        url = f"{self.fake.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
        async with self.outlet.rest.session.post(url, json=body) as response:
            assert response.status in {200, 204}, await response.text()

    def context(
        self, interaction: Interaction, original: Original, room: Room, permissions: int | None = None
    ) -> str:
        """What an Inbound of that interaction carries."""
        answering = Answering(str(self.fake.world.bot.id), str(interaction.id), interaction.token, original)
        limit = self.fake.discord.told_limit(
            self.fake.world.channel(interaction.channel_id), interaction.user_id
        )
        given = Circumstances(
            str(interaction.user_id),
            str(interaction.channel_id),
            room,
            file_limit=limit,
            permissions=permissions,
            answering=answering,
        )
        return self.outlet.contexts.close(given)

    async def register(self) -> None:
        """Make the commands known that these tests call."""
        url = f"{self.fake.api_url}/applications/{self.fake.world.bot.id}/commands"
        headers = {"Authorization": f"Bot {TOKEN}"}
        async with self.outlet.rest.session.put(url, json=COMMANDS, headers=headers) as response:
            assert response.status == 200

    # --- things ---

    async def picture(
        self, content: bytes = b"\x89PNG a cat", kind: OutputFormat = OutputFormat.PNG, letter: str = ""
    ) -> Picture:
        """A picture whose bytes are in the blob store."""
        blob = BlobKey(f"{self.workspace}/{hash(content)}{letter}")
        await self.blobs.put(blob, content)
        name = f"inkthread-v1{letter}.{kind.value}"
        return Picture(
            blob, kind, Size(64, 64), len(content), "a cat", name, Letter(letter) if letter else None
        )

    def attachment(self, content: bytes, name: str = "cat.png") -> Attachment:
        """A file in a message of Ada's."""
        message = self.fake.say(self.studio.channel, self.studio.ada, "here", files=[(name, content)])
        (file,) = message.files
        ref = FileRef(self.fake.discord.address(file), str(file.id), str(message.channel_id), str(message.id))
        return Attachment(ref.ref, name, len(content))

    # --- what people see ---

    def seen(self, user: User) -> list[Shown]:
        """All messages of ours that this person can see, those in threads after the one they hang on."""
        found: list[Shown] = []
        for place in (self.studio.channel, self.fake.dm(user)):
            for one in self.fake.channel_view(place, user):
                found.append(one)
                if one.has_thread:
                    found.extend(self.fake.thread_view(one.message, user)[1:])
        bot = self.fake.world.bot.id
        return [one for one in found if one.message.author_id == bot]

    def texts(self, user: User) -> list[str]:
        """The first line of each of them, as a person reads it."""
        return [_ESCAPED.sub(r"\1", one.text.split("\n")[0]) for one in self.seen(user)]

    def break_down(self) -> None:
        """Discord cannot be reached any more."""
        self.outlet.rest.base_url = "http://127.0.0.1:9/api/v10"


@asynccontextmanager
async def open_discord(path: Path, specs: Path | None = None) -> AsyncIterator[DiscordPlatform]:
    """The surface on the database in that file, with a fake Discord of its own."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    event.listen(engine.sync_engine, "connect", _no_transactions_of_its_own)
    event.listen(engine.sync_engine, "connect", _waits_for_no_disk)
    async with engine.begin() as connection:
        await connection.run_sync(TABLES.create_all)
    clock, blobs = HastyClock(), FakeBlobs()
    async with FakeDiscord(clock=clock, specs=specs).running() as fake:
        seal = Seal([b"a key of the tests"], purpose="discord")
        needs = Needs(TOKEN, discord_transactions(engine), seal, blobs, clock, fake.api_url)
        async with open_outlet(needs) as outlet:
            platform = DiscordPlatform(fake, Studio.in_world(fake), clock, outlet, blobs, engine)
            await platform.register()
            yield platform
        assert fake.violations == []
        assert fake.discord.deprecations == []
    await engine.dispose()


def _waits_for_no_disk(connection: DBAPIConnection, _record: object) -> None:
    """What a test wrote need not outlive the machine."""
    connection.cursor().execute("PRAGMA synchronous=OFF")


def broken_transactions() -> Transactions:
    """A database that cannot be reached."""

    def broken() -> AbstractAsyncContextManager[AsyncConnection]:
        problem = "the disk is gone"
        raise StorageUnavailable(problem)

    return Transactions(read=broken, write=broken)


def discord_transactions(engine: AsyncEngine) -> Transactions:
    """Transactions on SQLite: writers begin by taking the lock."""
    return Transactions(read=lambda: _begun(engine, "BEGIN"), write=lambda: _begun(engine, "BEGIN IMMEDIATE"))
