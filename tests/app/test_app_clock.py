"""Leases, waits and the gate when the clock is set, the machine sleeps, or the database is away for long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.app.records import Stage
from core.domain.generation import Failure, FailureKind
from tests.app.app_scenes import assert_at_rest, kinds, policy, world
from tests.app.app_world import World
from tests.app.test_app_recovery import Outage, calling, come_home
from tests.fakes.clock import FakeClock
from tests.fakes.memory_database import FakeDatabase

if TYPE_CHECKING:
    from core.domain.ids import ThreadRef

DAY_S = 86_400


async def test_a_call_that_lives_is_not_bought_again_after_the_machine_slept() -> None:
    """Its lease ran out in no time at all; whoever finds the turn then is the process that asks for it."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    for _ in range(2):
        here.clock.leap(3_600)
        await here.sweeper.round()
        await here.settle()
    await come_home(task, gate)
    await here.settle()
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert_at_rest(here)


async def test_a_found_call_that_lives_keeps_its_lease_and_can_still_be_cancelled() -> None:
    """Finding it has renewed the lease: no other worker takes it for dead."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    here.clock.leap(3_600)
    await here.sweeper.round()
    await here.settle()
    (turn,) = here.shelves.turns.values()
    assert turn.held_by == "worker-1"
    assert turn.lease_until is not None
    assert turn.lease_until > here.clock.now()
    await here.settle(here.worker("another"))
    await come_home(task, gate)
    await here.settle()
    assert len(here.engine.calls) == 1


async def test_a_lease_is_renewed_as_soon_as_the_database_is_back() -> None:
    """After an outage longer than a lease whoever lives is faster than those who look for the dead."""
    here, outage = _at_risk()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    outage.left = 10_000
    await here.clock.pass_time(here.policy.lease_s + 7)
    outage.left = 0
    await here.clock.pass_time(2)
    await here.sweeper.round()
    await here.settle(here.worker("another"))
    await come_home(task, gate)
    await here.settle()
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]


@pytest.mark.parametrize("late_s", [0.2, 0.5, 0.8])
async def test_whoever_lives_renews_before_the_dead_are_looked_for(late_s: float) -> None:
    """The database is back, and a sweeper comes round before the holder of a call has tried once more."""
    here, outage = _at_risk(sweep_every_s=0.1)
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    sweeping = asyncio.create_task(here.sweeper.run())
    outage.left = 1_000_000
    await here.clock.pass_time(120 + late_s)
    outage.left = 0
    another = here.worker("another")
    for _ in range(300):
        await here.clock.pass_time(0.2)
        await here.settle(another)
    sweeping.cancel()
    await come_home(task, gate)
    await here.settle()
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]


async def test_what_was_paid_for_outlives_a_long_outage_of_the_database() -> None:
    """Its bytes are stored and only the note of it is missing: that is offered until it is taken."""
    here, outage = _at_risk()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    outage.left = 1_000_000
    gate.set()
    await here.clock.pass_time(1_200)
    outage.left = 0
    await here.clock.pass_time(2)
    await here.sweeper.round()
    await here.settle(here.worker("another"))
    await here.clock.pass_time(60)
    await task
    await here.settle()
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert [what for what, _ in here.reports.faults].count("lease_not_renewed") == 1
    assert_at_rest(here)


async def test_calls_of_a_time_to_come_do_not_close_the_gate() -> None:
    """Whoever set the clock back by a day would wait that day for a minute to be over."""
    here = world(policy(a_minute=1))
    await here.imagine("a lighthouse")
    await here.settle()
    here.clock.leap(-DAY_S)
    await here.imagine("a harbour")
    await here.settle()
    assert [turn.stage for turn in here.shelves.turns.values()] == [Stage.DELIVERED] * 2


async def test_an_engine_that_asks_for_hours_is_not_waited_for() -> None:
    """The person hears at once that nothing comes, and whoever waits in the thread gets on."""
    here = world(policy(give_up_after_s=900.0))
    here.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=7_200.0))
    thread = await _asked(here)
    await here.reply(thread, "a harbour")
    await here.settle()
    first, second = here.shelves.turns.values()
    assert first.stage is Stage.FAILED
    assert second.stage is Stage.DELIVERED
    assert kinds(await here.ledger()) == ["hold", "release", "hold", "settle"]


def _at_risk(**rules: object) -> tuple[World, Outage]:
    """A world whose database can be away for as long as a test says."""
    clock = FakeClock()
    outage = Outage(FakeDatabase(clock))
    return World(clock=clock, database=outage, policy=policy(**rules)), outage  # type: ignore[arg-type]  # Policy checks names


async def _asked(here: World) -> ThreadRef:
    """A first wish, as far as it gets at once."""
    await here.imagine("a lighthouse")
    await here.settle()
    return here.root.thread
