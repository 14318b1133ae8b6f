"""A turn costs the database few transactions, and what shares one is still safe by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from core.app.records import Stage
from core.domain.card import CardKind
from tests.app.app_scenes import assert_at_rest, booked, kinds, sweep, until
from tests.app.app_world import World
from tests.fakes.clock import FakeClock
from tests.fakes.memory_database import FakeDatabase

if TYPE_CHECKING:
    from types import TracebackType

    from core.app.repositories import Database, UnitOfWork

COMMITS = (
    "the wish, its hold and its place",
    "taken up, with its message",
    "announced, and let in",
    "its message taken, to say that it began",
    "said",
    "made, recorded, and its message taken",
    "shown, delivered and given back",
)
"""What a turn writes down. The page's own messages are a fake's here."""


async def test_a_turn_takes_few_transactions() -> None:
    """Each waits for the disk; a new one wants a reason, and a better number here."""
    clock = FakeClock()
    database = FakeDatabase(clock)
    here = World(clock=clock, database=database)
    thread = await here.made()
    before = database.commits
    await here.reply(thread, "make it stormy")
    await here.settle()
    assert here.last.kind is CardKind.RESULT
    assert database.commits - before == len(COMMITS)


class Spoilt:
    """A database in whose units no hold can be ended, as long as it is spoilt."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.is_spoilt = False

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """Open a unit."""
        unit = self._inner.unit(read_only=read_only, is_urgent=is_urgent)
        return SpoiltUnit(unit) if self.is_spoilt else unit


class SpoiltUnit:
    """One unit of work in which books cannot be kept."""

    def __init__(self, inner: UnitOfWork) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return SpoiltQuotas() if name == "quotas" else getattr(self._inner, name)

    async def __aenter__(self) -> Self:
        """Begin."""
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        await self._inner.__aexit__(kind, error, trace)


class SpoiltQuotas:
    """Fails at everything, by a fault of ours."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        msg = f"cannot {name}"
        raise RuntimeError(msg)


async def test_what_was_paid_for_is_kept_although_our_books_are_broken() -> None:
    """The picture is stored by itself; once that is mended it is settled and shown, and not bought again."""
    clock = FakeClock()
    database = FakeDatabase(clock)
    spoilt = Spoilt(database)
    here = World(clock=clock, database=spoilt)
    answer = here.engine.hold()
    await here.imagine("a lighthouse")
    (turn,) = here.queue.due(here.clock.now())
    working = asyncio.create_task(here.turns.handle(turn))
    await until(lambda: bool(here.engine.calls))
    spoilt.is_spoilt = True
    answer.set()
    await asyncio.gather(working, return_exceptions=True)
    await here.studio.background.settle()
    (stored,) = database.shelves.turns.values()
    assert stored.stage is Stage.GENERATED
    assert len(stored.pictures) == 1
    assert [what for what, *_ in here.reports.faults][:1] == ["not_recorded"]
    spoilt.is_spoilt = False
    await sweep(here)
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert here.last.kind is CardKind.RESULT


async def test_a_turn_let_in_while_the_process_is_asked_to_stop_is_waited_for() -> None:
    """Its attempt is stored: not to call any more would write off what was never asked for."""
    here = World()
    answer = here.engine.hold()
    await here.imagine("a lighthouse")
    (turn,) = here.queue.due(here.clock.now())
    working = asyncio.create_task(here.turns.handle(turn))
    await until(lambda: bool(here.shelves.attempts))
    draining = asyncio.create_task(here.turns.drain())
    await until(lambda: bool(here.engine.calls))
    assert not draining.done()
    answer.set()
    await draining
    await working
    await here.settle()
    assert booked(here) == here.engine.bill
    assert_at_rest(here)
