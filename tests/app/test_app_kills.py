"""A process that dies at any moment of the road, and the next one that finds what it left.

The moments are all commits and all calls to the outside, each just before and just after it took effect. The
surface here shows a message again for every post, so that only looking for it first keeps it single.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self, TypeVar

import pytest

from core.app.records import Outcome, Stage
from core.domain.ids import ThreadRef
from core.domain.thread_state import State
from tests.app.app_scenes import assert_at_rest, png, sweep, turn_messages
from tests.app.app_world import World
from tests.fakes.studio_world import BEN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    from core.app.repositories import Database, UnitOfWork

    Road = Sequence[Callable[[World], Awaitable[None]]]


Answer = TypeVar("Answer")


class Killed(BaseException):
    """The process is gone. No `except Exception` of the program may see it."""


class Life:
    """A process's life in moments. It ends at the chosen one, and nothing can be done after that."""

    def __init__(self, dies_at: int) -> None:
        self.moments: list[str] = []
        self._dies_at = dies_at

    @property
    def is_over(self) -> bool:
        """Whether the process is dead."""
        return len(self.moments) > self._dies_at

    def check(self) -> None:
        """The dead do nothing."""
        if self.is_over:
            raise Killed

    def pass_moment(self, name: str) -> None:
        """Live through a moment, or die in it."""
        self.check()
        self.moments.append(name)
        self.check()

    async def around(self, name: str, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """Act, with a moment before and one after."""
        self.pass_moment(f"before {name}")
        answer = await act()
        self.pass_moment(f"after {name}")
        return answer


class MortalPort:
    """Hands all calls on; the named ones have moments around them."""

    def __init__(self, inner: object, life: Life, *named: str) -> None:
        self._inner = inner
        self._life = life
        self._named = named

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        found = getattr(self._inner, name)
        if name not in self._named:
            return found

        async def call(*given: object, **named: object) -> object:
            return await self._life.around(name, lambda: found(*given, **named))

        return call


class MortalDatabase:
    """Opens units whose commits are moments. Reading is none: it changes nothing."""

    def __init__(self, inner: Database, life: Life) -> None:
        self._inner = inner
        self._life = life

    def unit(self, *, read_only: bool = False) -> MortalUnit:
        """Open a unit of work, unless the process is dead."""
        self._life.check()
        return MortalUnit(self._inner.unit(read_only=read_only), self._life)


class MortalUnit:
    """One unit of work of a mortal process; what was not committed is undone, as by any database."""

    def __init__(self, inner: UnitOfWork, life: Life) -> None:
        self._inner = inner
        self._life = life

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return getattr(self._inner, name)

    async def __aenter__(self) -> Self:
        """Begin."""
        await self._inner.__aenter__()
        return self

    async def commit(self) -> None:
        """Make it so, with a moment before and one after."""
        await self._life.around("commit", self._inner.commit)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        await self._inner.__aexit__(kind, error, trace)


async def imagine(world: World) -> None:
    """A first picture."""
    await world.imagine("a lighthouse", key="first")


async def edit(world: World) -> None:
    """A change of it, if it is there."""
    await world.reply(ThreadRef("m1"), "make it stormy", key="second")


async def edit_with_file(world: World) -> None:
    """A change of it with a reference picture."""
    world.surface.files["ref.png"] = png()
    await world.reply(ThreadRef("m1"), "like this one", key="third", files=("ref.png",))


async def crowd(world: World) -> None:
    """Two edits at once, of which the second waits, and somebody who stops the first in the middle."""
    await world.reply(ThreadRef("m1"), "make it rain", key="rain")
    await world.reply(ThreadRef("m1"), "make it snow", by=BEN, key="snow")
    await world.reply(ThreadRef("m1"), "cancel", key="stop")


async def close(world: World) -> None:
    """An edit, and the end of the thread while it is on its way."""
    await world.reply(ThreadRef("m1"), "make it foggy", key="foggy")
    await world.reply(ThreadRef("m1"), "close", key="close")


ROAD = (imagine, edit, edit_with_file)
CROWDED_ROAD = (imagine, crowd, close)


def mortal_world(life: Life, lasting: World) -> World:
    """A process on lasting things: its database, surface, bytes and engine outlive it."""
    world = World(
        clock=lasting.clock,
        engine=MortalPort(lasting.engine, life, "generate"),  # type: ignore[arg-type]  # mirrors the port
        surface=MortalPort(lasting.surface, life, "post", "update"),  # type: ignore[arg-type]  # the same
        blobs=MortalPort(lasting.blobs, life, "put"),  # type: ignore[arg-type]  # the same
        queue=MortalPort(lasting.queue, life, "nudge"),  # type: ignore[arg-type]  # the same
        database=MortalDatabase(lasting.database, life),
    )
    world.ids._numbers = lasting.ids._numbers  # ids are never given twice, also after a restart
    return world


def _leave_the_dead_alone(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)


async def live(life: Life, lasting: World, road: Road) -> int:
    """Go down the road until the end or until death; how many of its wishes were stored."""
    asyncio.get_running_loop().set_exception_handler(_leave_the_dead_alone)
    world = mortal_world(life, lasting)
    for wished, wish in enumerate(road):
        try:
            await wish(world)
            await world.settle()
        except Killed:
            return wished
        if life.is_over:  # in a background task
            return wished
    return len(road)


async def moments_of(road: Road) -> list[str]:
    """All moments of a life without death."""
    life = Life(dies_at=10_000)
    await live(life, World(), road)
    return life.moments


async def die_and_recover(moment: int, road: Road) -> tuple[World, str]:
    """Die at that moment of the road; the next process finds what is left, and people go on from there."""
    lasting = World()
    life = Life(dies_at=moment)
    done = await live(life, lasting, road)
    for wish in road[done:]:  # platforms deliver again what was not acknowledged
        await sweep(lasting)
        await wish(lasting)
        await lasting.settle()
    await sweep(lasting)
    assert_at_rest(lasting)
    return lasting, life.moments[moment]


BATCHES = 10
"""The moments of a road are shared out, so that a failure names few of them."""


async def test_the_roads_have_all_kinds_of_moments() -> None:
    """A road without them would prove nothing about them."""
    kinds = {f"{when} {what}" for when in ("before", "after") for what in ("commit", "post", "update", "put")}
    for road in (ROAD, CROWDED_ROAD):
        moments = await moments_of(road)
        assert kinds | {"before generate", "after generate", "before nudge"} <= set(moments)
        assert len(moments) > 100


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_after_a_kill_at_any_moment_everything_comes_to_its_end(batch: int) -> None:
    """One message a turn, one revision, balanced books, and the next reply works, whenever it died."""
    for moment in range(batch, len(await moments_of(ROAD)), BATCHES):
        lasting, died = await die_and_recover(moment, ROAD)
        turns = list(lasting.shelves.turns.values())
        assert [turn.ask.text for turn in turns] == ["a lighthouse", "make it stormy", "like this one"], died
        assert [turn.revision for turn in turns] == [1, 2, 3], died
        assert [len(turn_messages(lasting, turn)) for turn in turns] == [1, 1, 1], died
        lost = [one for one in lasting.shelves.attempts.values() if one.outcome is Outcome.LOST]
        assert len(lost) <= 1, died
        assert 3 <= len(lasting.engine.calls) <= 3 + len(lost), died


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_after_a_kill_in_a_crowd_everything_comes_to_its_end(batch: int) -> None:
    """What waits goes on, what was cancelled stays cancelled or was late, and the thread is closed."""
    for moment in range(batch, len(await moments_of(CROWDED_ROAD)), BATCHES):
        lasting, died = await die_and_recover(moment, CROWDED_ROAD)
        (thread,) = lasting.shelves.threads.values()
        assert thread.machine.state is State.CLOSED, died
        stages = {turn.ask.text: turn.stage for turn in lasting.shelves.turns.values()}
        assert stages["make it snow"] is Stage.DELIVERED, died
        assert stages["a lighthouse"] is Stage.DELIVERED, died
        assert sorted(stages) == ["a lighthouse", "make it foggy", "make it rain", "make it snow"], died
