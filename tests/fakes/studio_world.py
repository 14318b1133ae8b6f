"""A whole Studio on fakes: what a test of the application stands in.

Owns the wiring and a few verbs in a person's words. Nothing runs by itself: `settle` lets everything happen
that would happen now, `advance` lets time pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.app.inbound import Attachment, Inbound, InboundKind, Person, Press
from core.app.outside import Outside, Policy
from core.app.studio import Studio
from core.app.sweeper import Sweeper
from core.app.turns import Turns
from core.domain.engine_profile import profile_for
from core.domain.gate import GateLimits
from core.domain.ids import ActorId, ChannelRef, Platform, ThreadRef, WorkspaceId
from tests.fakes.blobs import FakeBlobs
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.ids import CountingIds
from tests.fakes.memory_database import FakeDatabase
from tests.fakes.queue import FakeQueue
from tests.fakes.reports import FakeReports
from tests.fakes.surface import FakeSurface

if TYPE_CHECKING:
    from core.app.inbound import Reception
    from core.app.ports import Links, PictureTools
    from core.app.records import Stage, ThreadRecord, TurnRecord
    from core.app.repositories import Database
    from core.domain.card import Act, Card
    from core.domain.quota import Entry
    from tests.fakes.surface import ShownMessage

WORKSPACE = WorkspaceId("web:test")
CHANNEL = ChannelRef("studio")
ANN = Person(ActorId("web:test:ann"), WORKSPACE, "Ann")
BEN = Person(ActorId("web:test:ben"), WORKSPACE, "Ben")

GENEROUS = Policy(gate=GateLimits(10, 10_000), actor_key_secret=b"test")


@dataclass
class World:
    """One Studio and one worker, with all their ports faked. `workers` may be asked for more."""

    tools: PictureTools
    policy: Policy = GENEROUS
    model: str = "gpt-image-2"
    clock: FakeClock = field(default_factory=FakeClock)
    engine: FakeEngine = field(default_factory=FakeEngine)
    surface: FakeSurface = field(default_factory=FakeSurface)
    queue: FakeQueue = field(default_factory=FakeQueue)
    blobs: FakeBlobs = field(default_factory=FakeBlobs)
    charts: FakeCharts = field(default_factory=FakeCharts)
    reports: FakeReports = field(default_factory=FakeReports)
    links: Links | None = None
    database: Database = None  # type: ignore[assignment]  # made of the clock below

    def __post_init__(self) -> None:
        if self.database is None:
            self.database = FakeDatabase(self.clock)  # type: ignore[unreachable]  # until here it may be None
        self.ids = CountingIds()
        self.outside = Outside(
            database=self.database,
            queue=self.queue,
            engine=self.engine,
            profile=profile_for(self.model),
            blobs=self.blobs,
            pictures=self.tools,
            charts=self.charts,
            clock=self.clock,
            ids=self.ids,
            surfaces={Platform.WEB: self.surface},
            policy=self.policy,
            reports=self.reports,
            links=self.links,
        )
        self.studio = Studio(self.outside)
        self.turns = self.worker("worker-1")
        self.sweeper = Sweeper(self.studio)
        self._deliveries = 0

    def worker(self, holder: str) -> Turns:
        """One more worker on the same ports."""
        return Turns(
            self.outside, self.studio.telling, self.studio.transactor, self.studio.background, holder=holder
        )

    # --- what people do ---

    async def imagine(
        self, text: str, *, by: Person = ANN, key: str | None = None, files: tuple[str, ...] = ()
    ) -> Reception:
        """`/imagine text`."""
        return await self.studio.receive(self._inbound(InboundKind.COMMAND, by, text, key=key, files=files))

    async def ask(
        self, words: str, *, by: Person = ANN, thread: ThreadRef | None = None, key: str | None = None
    ) -> Reception:
        """Say something to the bot about itself, as after `/inkthread`."""
        return await self.studio.receive(
            self._inbound(InboundKind.SERVICE, by, words, thread=thread, key=key)
        )

    async def reply(
        self,
        thread: ThreadRef,
        text: str,
        *,
        by: Person = ANN,
        key: str | None = None,
        files: tuple[str, ...] = (),
    ) -> Reception:
        """Say something in a thread."""
        return await self.studio.receive(
            self._inbound(InboundKind.MESSAGE, by, text, thread=thread, key=key, files=files)
        )

    async def press(self, thread: ThreadRef, act: Act, subject: str = "", *, by: Person = ANN) -> Reception:
        """Press a button."""
        return await self.studio.receive(
            self._inbound(InboundKind.PRESS, by, "", thread=thread, press=Press(act, subject))
        )

    def _inbound(  # noqa: PLR0913 - one Inbound has that many parts
        self,
        kind: InboundKind,
        by: Person,
        text: str,
        *,
        thread: ThreadRef | None = None,
        press: Press | None = None,
        key: str | None = None,
        files: tuple[str, ...] = (),
    ) -> Inbound:
        self._deliveries += 1
        return Inbound(
            delivery_key=key or f"delivery-{self._deliveries}",
            platform=Platform.WEB,
            kind=kind,
            person=by,
            channel=CHANNEL,
            text=text,
            thread=thread,
            press=press,
            attachments=tuple(Attachment(name, name) for name in files),
        )

    # --- what happens ---

    async def settle(self, turns: Turns | None = None) -> None:
        """Let everything happen that would happen now."""
        worker = turns or self.turns
        for _ in range(200):
            await self.studio.background.settle()
            due = self.queue.due(self.clock.now())
            if not due:
                return
            for turn in due:
                await worker.handle(turn)
        msg = "the world never comes to rest"
        raise AssertionError(msg)

    async def advance(self, seconds: float) -> None:
        """Let time pass, then everything that is due."""
        self.clock.advance(seconds)
        await self.settle()

    async def made(self, text: str = "a lighthouse") -> ThreadRef:
        """A thread with a first picture."""
        await self.imagine(text)
        await self.settle()
        return self.root.thread

    # --- what stands where ---

    @property
    def standing(self) -> list[ShownMessage]:
        """All messages, oldest first."""
        return list(self.surface.messages.values())

    @property
    def root(self) -> ShownMessage:
        """The first message."""
        return self.standing[0]

    @property
    def last(self) -> Card:
        """The newest message's card."""
        return self.standing[-1].card

    def said(self) -> str:
        """Everything that stands, as one text."""
        return "\n".join(line.text for one in self.standing for line in one.card.lines)

    async def thread(self, ref: ThreadRef) -> ThreadRecord:
        """The thread's record."""
        async with self.database.unit(read_only=True) as unit:
            found = await unit.threads.find(WORKSPACE, Platform.WEB, CHANNEL, ref, for_change=False)
        assert found is not None
        return found

    async def turns_of(self, ref: ThreadRef, *stages: Stage) -> list[TurnRecord]:
        """The thread's turns."""
        thread = await self.thread(ref)
        async with self.database.unit(read_only=True) as unit:
            return await unit.turns.of_thread(thread.id, stages=stages)

    async def ledger(self) -> list[Entry]:
        """All lines of the ledger."""
        async with self.database.unit(read_only=True) as unit:
            return await unit.quotas.entries()
