"""A random day: people ask, cancel and wander, engines and platforms fail, workers die; then quiet comes.

What must hold of any quiet world is checked at the end, whatever happened, and the thread still works.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import Stage
from core.domain.card import Act
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros
from core.domain.thread_state import State
from tests.app.app_scenes import CLEO, DORA, assert_at_rest, png, policy, stop_pressed, sweep, world
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from core.app.inbound import Person
    from core.domain.ids import BlobKey, ThreadRef, TurnId
    from tests.app.app_world import World

PEOPLE = st.sampled_from([ANN, BEN, CLEO, DORA])
WORDS = st.sampled_from(
    [
        *("make it rain", "make it sunny", "make it foggy", "v2: add a cat"),
        *(
            "make it stormy",
            "add snow -n 3",
            "v1: add a boat",
            "v9: nothing",
            "final",
            "again",
            "--bad option",
        ),
        *(
            "undo",
            "redo",
            "v1",
            "v2",
            "use b",
            "show",
            "why",
            "compare",
            "history",
            "cancel",
            "// talk",
            "help",
        ),
    ]
)


@dataclass(frozen=True)
class Say:
    """Somebody says something in the thread, maybe with a file."""

    by: Person
    words: str
    has_file: bool

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        here.surface.files["file.png"] = png()
        await here.reply(thread, self.words, by=self.by, files=("file.png",) if self.has_file else ())


@dataclass(frozen=True)
class Stop:
    """Somebody presses Cancel on one of the turns."""

    by: Person
    which: int

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        turns = await here.turns_of(thread)
        await stop_pressed(here, thread, turns[self.which % len(turns)], by=self.by)


@dataclass(frozen=True)
class Forget:
    """Somebody wants a version, themselves or the thread forgotten, and means it."""

    by: Person
    what: str

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        await here.reply(
            thread, {"me": "forget me", "thread": "forget thread"}.get(self.what, "delete"), by=self.by
        )
        of = self.by.id if self.what == "me" else (await here.thread(thread)).id
        await here.press(thread, Act.CONFIRM, f"forget:{self.what}:{of}", by=self.by)


@dataclass(frozen=True)
class Answer:
    """What the engine will say to one of the next calls."""

    failure: Failure

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        del thread
        here.engine.script.append(self.failure)


@dataclass(frozen=True)
class Refuse:
    """What the platform will say to one of the next messages."""

    kind: SurfaceFaultKind

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        del thread
        here.surface.faults.append(SurfaceFault(self.kind, retry_after_s=3.0))


@dataclass(frozen=True)
class Pass:
    """Time passes, and the sweeper looks around."""

    seconds: float

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        del thread
        here.clock.advance(self.seconds)
        await here.sweeper.round()
        await here.settle()


@dataclass(frozen=True)
class Fill:
    """The storage refuses so many times."""

    times: int

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        del thread
        here.blobs.refusals = self.times


@dataclass(frozen=True)
class Crash:
    """An edit is asked for, whatever is nudged is worked on, and all of it is cut down in the middle."""

    by: Person
    steps: int

    async def __call__(self, here: World, thread: ThreadRef) -> None:
        """Do it."""
        await here.reply(thread, f"an edit that dies after {self.steps}", by=self.by)
        gate = here.engine.hold()
        nudged = here.queue.due(here.clock.now())
        worker = here.worker(f"mayfly {here.clock.now()}")
        tasks = [asyncio.create_task(worker.handle(turn)) for turn in nudged]
        for _ in range(self.steps):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await here.studio.background.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        gate.set()
        here.engine.gate = None


Event = Say | Stop | Forget | Answer | Refuse | Pass | Fill | Crash

FAILURES = st.builds(
    Failure,
    kind=st.sampled_from(FailureKind),
    billed=st.sampled_from([Micros(0), Micros(30_000)]),
    retry_after_s=st.sampled_from([None, 4.0, 90.0]),
)
EVENTS = st.one_of(
    st.builds(Say, PEOPLE, WORDS, st.booleans()),
    st.builds(Say, PEOPLE, WORDS, st.just(False)),  # noqa: FBT003 - a value of the strategy
    st.builds(Stop, PEOPLE, st.integers(0, 5)),
    st.builds(Forget, PEOPLE, st.sampled_from(["v1", "v2", "v3", "me", "me", "thread"])),
    st.builds(Answer, FAILURES),
    st.builds(
        Refuse, st.sampled_from([kind for kind in SurfaceFaultKind if kind is not SurfaceFaultKind.GONE])
    ),
    st.builds(Pass, st.sampled_from([0.0, 1.0, 12.0, 31.0, 61.0, 400.0])),
    st.builds(Fill, st.integers(1, 3)),
    st.builds(Crash, PEOPLE, st.integers(0, 250)),
    st.builds(Crash, PEOPLE, st.just(250)),
)


async def quiet(here: World) -> None:
    """Everything that was to go wrong has gone wrong; what is left comes to its end."""
    here.engine.script.clear()
    here.surface.faults.clear()
    here.blobs.refusals = 0
    running = asyncio.create_task(sweep(here, rounds=6))
    while not running.done():
        await here.clock.pass_time(1.0)  # whoever waits for room, waits no more
    await running


class Memory:
    """Which bytes each turn was ever seen to have: more than the database may remember."""

    def __init__(self, here: World) -> None:
        self._here = here
        self._seen: dict[TurnId, set[BlobKey]] = defaultdict(set)

    def look(self) -> None:
        """Note what every turn has now."""
        for turn in self._here.shelves.turns.values():
            self._seen[turn.id] |= {*(picture.blob for picture in turn.pictures), *turn.ask.references}

    def assert_nothing_is_left_of_the_forgotten(self) -> None:
        """No wish lies, no words stay, and no bytes that nobody else needs; all others are there."""
        shelves = self._here.shelves
        assert shelves.forgettings == {}
        forgotten = [turn for turn in shelves.turns.values() if turn.is_forgotten]
        assert all(not turn.ask.text and not turn.pictures for turn in forgotten)
        living = [turn.id for turn in shelves.turns.values() if not turn.is_forgotten]
        self.look()
        needed = {blob for turn in living for blob in self._seen[turn]}
        gone = {blob for turn in forgotten for blob in self._seen[turn.id]} - needed
        kept = set(self._here.blobs.kept)
        assert needed <= kept
        assert not gone & kept


async def a_day(events: list[Event]) -> None:
    """Live through it, and look at what is left."""
    here = world(policy(concurrency=2))
    thread = await here.made("a lighthouse -n 2")
    memory = Memory(here)
    for event in events:
        memory.look()
        running = asyncio.create_task(event(here, thread))
        while not running.done():
            await here.clock.pass_time(0.5)
        await running
    await quiet(here)
    assert_at_rest(here)
    calls = len(here.engine.calls)
    lost = sum(one.billed_for_nothing > 0 for one in here.shelves.turns.values())
    assert calls >= len([one for one in here.shelves.turns.values() if one.stage is Stage.DELIVERED]) - lost
    memory.assert_nothing_is_left_of_the_forgotten()
    if (await here.thread(thread)).machine.state is State.CLOSED:
        return
    here.clock.advance(400)
    await here.reply(thread, "one more, please", by=CLEO)
    await here.settle()
    (last,) = (one for one in here.shelves.turns.values() if one.ask.text == "one more, please")
    assert last.stage is Stage.DELIVERED


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=14))
def test_after_any_day_quiet_comes_and_the_books_balance(
    events: list[Event],
) -> None:
    """Whatever people, engines, platforms and workers do, nothing is left hanging."""
    asyncio.run(a_day(events))
