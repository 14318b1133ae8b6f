"""A process that dies at a chosen moment of a road, and the next one that finds what it left.

The moments are all commits and all calls to the outside, each just before and just after it took effect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.app.app_scenes import assert_at_rest, sweep
from tests.app.app_world import World

if TYPE_CHECKING:
    from types import TracebackType

    from core.app.repositories import Database, UnitOfWork

Road = Sequence[Callable[[World], Awaitable[None]]]
"""What people do, one thing after the other."""

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

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> MortalUnit:
        """Open a unit of work, unless the process is dead."""
        self._life.check()
        return MortalUnit(self._inner.unit(read_only=read_only, is_urgent=is_urgent), self._life)


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


def mortal_world(life: Life, lasting: World) -> World:
    """A process on lasting things: its database, surface, bytes and engine outlive it."""
    world = World(
        clock=lasting.clock,
        engine=MortalPort(lasting.engine, life, "generate"),  # type: ignore[arg-type]  # mirrors the port
        surface=MortalPort(lasting.surface, life, "post", "update", "delete"),  # type: ignore[arg-type]  # the same
        blobs=MortalPort(lasting.blobs, life, "put", "delete"),  # type: ignore[arg-type]  # the same
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


async def world_after(road: Road) -> World:
    """A world in which all that has happened, and nobody died."""
    world = World()
    for wish in road:
        await wish(world)
        await world.settle()
    return world


async def moments_of(road: Road, *, before: Road = ()) -> list[str]:
    """All moments of a life without death, once what came before it is over."""
    life = Life(dies_at=10_000)
    await live(life, await world_after(before), road)
    return life.moments


async def die_and_recover(moment: int, road: Road, *, before: Road = ()) -> tuple[World, str]:
    """Die at that moment of the road; the next process finds what is left, and people go on from there."""
    lasting = await world_after(before)
    life = Life(dies_at=moment)
    done = await live(life, lasting, road)
    for wish in road[done:]:  # platforms deliver again what was not acknowledged
        await sweep(lasting)
        await wish(lasting)
        await lasting.settle()
    await sweep(lasting)
    assert_at_rest(lasting)
    return lasting, life.moments[moment]
