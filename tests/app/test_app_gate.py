"""The one gate to the engine: who goes next, how many at once, how many a minute."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from core.app.inbound import Inbound, InboundKind, Person
from core.app.records import Stage
from core.domain.ids import ActorId, ChannelRef, Platform, WorkspaceId
from tests.app.app_scenes import assert_at_rest, call_out, policy, stopped_worker, sweep, until, world
from tests.app.app_world import World
from tests.fakes.clock import NOON, settle
from tests.fakes.studio_world import BEN

BIG = WorkspaceId("web:big")
SMALL = WorkspaceId("web:small")


async def ask(here: World, workspace: WorkspaceId, name: str, text: str) -> None:
    """Somebody of that workspace asks for a picture."""
    await here.studio.receive(
        Inbound(
            delivery_key=f"{workspace} {name} {text}",
            platform=Platform.WEB,
            kind=InboundKind.COMMAND,
            person=Person(ActorId(f"{workspace}:{name}"), workspace, name),
            channel=ChannelRef("studio"),
            text=text,
        )
    )


def asked(here: World) -> list[str]:
    """What the engine was asked for, in order."""
    return [call.plan.prompt for call in here.engine.calls]


async def announced(here: World, count: int) -> None:
    """Wait until so many turns stand at the gate, and nobody holds them any more."""
    await until(lambda: at_the_gate(here) >= count, rounds=20_000)


def at_the_gate(here: World) -> int:
    """How many turns only wait for a place."""
    return sum(one.stage is Stage.ANNOUNCED and one.held_by is None for one in here.shelves.turns.values())


async def test_a_small_workspace_is_not_starved_by_a_big_one() -> None:
    """Four of one and forty of the other: with one place they take turns until the four are done."""
    here = world(policy(concurrency=1, pictures_per_person_per_day=100))
    for number in range(40):
        await ask(here, BIG, "bea", f"big {number}")
    async with call_out(here):
        for number in range(4):
            await ask(here, SMALL, "sam", f"small {number}")
        await announced(here, 43)
    order = asked(here)
    assert len(order) == 44
    assert [order.index(f"small {number}") for number in range(4)] == [1, 3, 5, 7]
    assert [one for one in order if one.startswith("big")] == [f"big {number}" for number in range(40)]
    assert_at_rest(here)


async def test_two_people_of_one_workspace_take_turns() -> None:
    """Who asked for ten does not keep the other one waiting for all of them."""
    here = world(policy(concurrency=1))
    for number in range(10):
        await ask(here, BIG, "bea", f"bea {number}")
    async with call_out(here):
        for number in range(2):
            await ask(here, BIG, "bob", f"bob {number}")
        await announced(here, 11)
    order = asked(here)
    assert [order.index(f"bob {number}") for number in range(2)] == [1, 3]


async def test_a_request_for_many_pictures_counts_for_as_many() -> None:
    """Eight pictures at once weigh as much as eight requests for one."""
    here = world(policy(concurrency=1, pictures_per_person_per_day=100))
    await ask(here, BIG, "bea", "eight -n 8")
    async with call_out(here):
        for number in range(10):
            await ask(here, SMALL, "sam", f"small {number}")
        await ask(here, BIG, "bea", "one more")
        await announced(here, 11)
    assert asked(here).index("one more") == 10  # after small 0 to 8: between equals who was first


async def test_no_more_calls_are_out_than_allowed() -> None:
    """Nine wishes, two places, three workers."""
    here = world(policy(concurrency=2))
    for number in range(9):
        await ask(here, BIG, f"person {number}", f"wish {number}")
    workers = [here.worker(f"worker {number}") for number in range(3)]
    async with call_out(here, workers[0], calls=2):
        await announced(here, 7)
        for worker in workers:
            await worker.dispatch()
        await settle()
        assert here.engine.in_flight == 2
    await here.settle()
    assert len(here.engine.calls) == 9
    assert here.engine.most_in_flight == 2
    assert_at_rest(here)


async def test_a_free_place_is_given_on_at_once() -> None:
    """When a call comes home the next goes out, without waiting for any sweep."""
    here = world(policy(concurrency=1))
    for number in range(5):
        await ask(here, BIG, "bea", f"wish {number}")
    await here.settle()
    assert len(here.engine.calls) == 5
    assert here.engine.most_in_flight == 1
    assert here.clock.now() == NOON


async def test_pictures_a_minute_are_kept_to() -> None:
    """Three a minute: the fourth call goes out when the first has left the minute, by its own nudge."""
    here = world(policy(a_minute=3))
    for number in range(7):
        await ask(here, BIG, "bea", f"wish {number}")
    for _ in range(130):
        await here.settle()
        here.clock.advance(1)
    began = [(at - NOON).total_seconds() for at in here.engine.began]
    assert began == [0, 0, 0, 60, 60, 60, 120]


async def test_inputs_count_against_the_minute_too() -> None:
    """An edit is two pictures: the one that goes in and the one that comes out."""
    here = world(policy(a_minute=3))
    thread = await here.made()
    for words in ("one", "two"):
        await here.reply(thread, words)
        await here.settle()
    assert len(here.engine.calls) == 2
    await here.advance(60.0)
    assert len(here.engine.calls) == 3


async def test_a_request_larger_than_the_minute_goes_out_alone() -> None:
    """It waits for an empty minute instead of for ever."""
    here = world(policy(a_minute=3))
    await ask(here, BIG, "bea", "a small one")
    await here.settle()
    await ask(here, BIG, "bea", "eight -n 8")
    await here.settle()
    assert len(here.engine.calls) == 1
    await here.advance(60.0)
    assert asked(here) == ["a small one", "eight"]


async def test_a_lost_nudge_at_the_gate_costs_seconds_only() -> None:
    """The sweeper looks at what stands at the gate as at everything else."""
    here = world(policy(a_minute=1))
    await here.imagine("one")
    await here.imagine("two", by=BEN)
    here.queue.loses = False
    await here.settle()
    here.queue.nudged.clear()
    assert len(here.engine.calls) == 1
    await sweep(here, after_s=61, rounds=1)
    assert len(here.engine.calls) == 2


async def test_minutes_are_counted_across_workers_and_restarts() -> None:
    """The database knows what was asked, whoever asked it."""
    here = world(policy(a_minute=2))
    await ask(here, BIG, "bea", "one")
    await here.settle()
    again = World(
        policy=policy(a_minute=2),
        clock=here.clock,
        engine=here.engine,
        surface=here.surface,
        blobs=here.blobs,
        database=here.database,
    )
    again.ids._numbers = here.ids._numbers  # ids are never given twice, also after a restart
    await again.imagine("two")
    await again.imagine("three", by=BEN)
    await again.settle()
    assert len(here.engine.calls) == 2
    await again.advance(60.0)
    assert here.engine.began[-1] == NOON + timedelta(seconds=60)


async def test_a_dead_workers_place_is_free_again_when_its_lease_is_over() -> None:
    """A call whose worker sleeps does not hold its place for ever."""
    here = world(policy(concurrency=1))
    await here.imagine("one")
    sleeper = stopped_worker(here)
    gate = here.engine.hold()
    task = asyncio.create_task(sleeper.handle(*here.queue.due(here.clock.now())))
    await until(lambda: len(here.engine.calls) == 1)
    here.engine.gate = None
    await here.imagine("two", by=BEN)
    (second,) = here.queue.due(here.clock.now())
    await here.turns.handle(second)
    assert len(here.engine.calls) == 1
    here.clock.advance(31)
    await here.turns.dispatch()
    assert asked(here) == ["one", "two"]
    gate.set()
    await task
    await here.settle()
    await sweep(here)
    assert_at_rest(here)
