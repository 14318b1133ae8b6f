"""The Slack surface on a fresh database and a fake Slack, as tests use it.

Time stands still except where something waits, so that a test of minutes takes none.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.platforms.transactions import Transactions
from adapters.sealing import Seal
from adapters.slack.client import Tokens
from adapters.slack.errors import NO_ANSWER, Trouble
from adapters.slack.outlet import Needs, Outlet, open_outlet
from adapters.slack.refs import FileRef, actor_id, team_of, workspace_id
from adapters.slack.tables import TABLES
from core.app.errors import StorageUnavailable
from core.app.inbound import Attachment
from core.app.ports import Place
from core.domain.card import Picture
from core.domain.generation import OutputFormat, Size
from core.domain.ids import BlobKey, ChannelRef, Letter, ThreadRef
from tests.fakes.blobs import FakeBlobs
from tests.fakes.clock import HastyClock
from tests.fakes.ids import CountingIds
from tests.fakes.slack_server import FakeSlack
from tests.fakes.slack_server.shapes import file_json
from tests.fakes.web_platform import _begun, _no_transactions_of_its_own

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncConnection

    from adapters.slack.client import Json
    from adapters.slack.surface import SlackSurface
    from core.domain.ids import ActorId, WorkspaceId
    from tests.fakes.slack_server.things import Channel, Team, User

NAMES = ("ada", "bob")


@dataclass
class WorldTokens(Tokens):
    """The tokens of the workspaces that a fake Slack has, and which of them were refused."""

    slack: FakeSlack
    refusals: list[tuple[WorkspaceId, str]] = field(default_factory=list)

    async def token(self, workspace: WorkspaceId) -> str | None:
        """The bot's token there."""
        team = self.slack.world.teams.get(team_of(workspace))
        return None if team is None else team.bot_token

    async def refused(self, workspace: WorkspaceId, token: str, code: str) -> bool:
        """Remember it; another one is there where the fake has issued it meanwhile."""
        self.refusals.append((workspace, code))
        return await self.token(workspace) != token


@dataclass
class SlackPlatform:
    """A workspace with two people and a channel, and the surface that serves it."""

    slack: FakeSlack
    clock: HastyClock
    outlet: Outlet
    tokens: WorldTokens
    blobs: FakeBlobs
    engine: AsyncEngine
    team: Team
    ada: User
    bob: User
    here: Channel

    @property
    def surface(self) -> SlackSurface:
        """The surface under test."""
        return self.outlet.surface

    @property
    def workspace(self) -> WorkspaceId:
        """The team, as the core knows it."""
        return workspace_id(self.team.id)

    @property
    def place(self) -> Place:
        """The channel."""
        return self.at(self.here)

    def at(self, channel: Channel, thread: str | None = None, context: str = "") -> Place:
        """Somewhere on Slack."""
        ref = None if thread is None else ThreadRef(thread)
        return Place(self.workspace, ChannelRef(channel.id), ref, context)

    def actor(self, user: User) -> ActorId:
        """A person, as the core knows them."""
        return actor_id(self.workspace, user.id)

    async def picture(
        self, content: bytes = b"\x89PNG a cat", kind: OutputFormat = OutputFormat.PNG, letter: str = ""
    ) -> Picture:
        """A picture whose bytes are in the blob store."""
        blob = BlobKey(f"{self.workspace}/{content.hex()}{letter}")
        await self.blobs.put(blob, content)
        name = f"inkthread-v1{letter}.{kind.value}"
        return Picture(
            blob, kind, Size(64, 64), len(content), "a cat", name, Letter(letter) if letter else None
        )

    def attachment(self, content: bytes, name: str = "cat.png", **facts: object) -> Attachment:
        """A file that Ada sent; `facts` are fields of the fake's File, `needs_asking` is our reference's."""
        needs_asking = bool(facts.pop("needs_asking", False))
        file_id = self.slack.add_file(self.ada.id, name, content, **facts)
        shape = file_json(self.slack.world, self.slack.world.files[file_id])
        url = "" if needs_asking else str(shape.get("url_private_download", ""))
        mode = str(shape.get("mode", "hosted"))
        ref = FileRef(self.workspace, file_id, url, mode, needs_asking=needs_asking)
        return Attachment(ref.ref, name, len(content))

    def texts(self, user: User) -> list[str]:
        """The lines for notifications of all that this person can see of ours, here and directly."""
        direct = self.slack.world.im_with(self.team.id, user.id)
        seen = [one for at in (self.here, direct) for one in self.slack.channel_view(at.id, user.id)]
        threads = [self.slack.thread_view(one.channel, one.ts, user.id)[1:] for one in seen]
        return [one.fallback for one in (*seen, *(reply for thread in threads for reply in thread))]

    def lose_answer_of(self, method: str) -> None:
        """The connection breaks when the next call of that method has been carried out."""
        really = self.outlet.api._once

        async def once(
            workspace: WorkspaceId, called: str, arguments: Mapping[str, object]
        ) -> Json | Trouble:
            answer = await really(workspace, called, arguments)
            if called != method:
                return answer
            self.outlet.api._once = really  # type: ignore[method-assign]  # only this once
            return Trouble(NO_ANSWER)

        self.outlet.api._once = once  # type: ignore[assignment,method-assign]  # the wire breaks here

    def break_down(self) -> None:
        """Slack cannot be reached any more."""
        self.outlet.api._clients.clear()
        self.outlet.api.base_url = "http://127.0.0.1:9/api/"


@asynccontextmanager
async def open_slack(path: Path) -> AsyncIterator[SlackPlatform]:
    """The surface on the database in that file, with a fake Slack of its own."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    event.listen(engine.sync_engine, "connect", _no_transactions_of_its_own)
    event.listen(engine.sync_engine, "connect", _waits_for_no_disk)
    async with engine.begin() as connection:
        await connection.run_sync(TABLES.create_all)
    clock, blobs = HastyClock(), FakeBlobs()
    async with FakeSlack(clock=clock) as slack:
        team = slack.world.add_team("studio")
        ada, bob = (slack.world.add_user(team.id, name) for name in NAMES)
        here = slack.world.add_channel(team.id, "pictures", members=(ada.id, bob.id))
        tokens = WorldTokens(slack)
        seal = Seal([b"a key of the tests"], purpose="slack")
        needs = Needs(tokens, slack_transactions(engine), seal, blobs, clock, CountingIds(), slack.base_url)
        async with open_outlet(needs) as outlet:
            yield SlackPlatform(slack, clock, outlet, tokens, blobs, engine, team, ada, bob, here)
        assert slack.unexpected == [], f"methods the fake does not know: {slack.unexpected}"
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


def slack_transactions(engine: AsyncEngine) -> Transactions:
    """Transactions on SQLite: writers begin by taking the lock."""
    return Transactions(read=lambda: _begun(engine, "BEGIN"), write=lambda: _begun(engine, "BEGIN IMMEDIATE"))
