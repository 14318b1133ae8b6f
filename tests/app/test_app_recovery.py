"""Workers that die or fall asleep in the middle of a paid call, and what becomes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict, StorageUnavailable
from core.app.records import Outcome, Stage
from core.app.wording import sentence
from core.domain.card import Act, CardKind
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros
from core.domain.quota import EntryKind
from tests.app.app_scenes import (
    assert_at_rest,
    assert_books_balance,
    booked,
    button,
    kinds,
    policy,
    press,
    stop_pressed,
    stopped_worker,
    sweep,
    turn_messages,
    until,
    world,
)
from tests.app.app_world import World
from tests.fakes.clock import FakeClock, settle
from tests.fakes.memory_database import FakeDatabase
from tests.fakes.studio_world import ANN
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from core.app.repositories import Database, UnitOfWork
    from core.app.turns import Turns
    from core.domain.generation import Image


async def calling(here: World, worker: Turns) -> tuple[asyncio.Task[None], asyncio.Event]:
    """A worker that has just sent a call and waits for its answer."""
    gate = here.engine.hold()
    calls = len(here.engine.calls)
    task = asyncio.create_task(handle_all(here, worker))
    await until(lambda: len(here.engine.calls) > calls)
    await settle()
    here.engine.gate = None  # others are answered at once
    return task, gate


class BrokenTools(FakeTools):
    """Tools of which one breaks."""

    async def flatten(self, image: Image) -> Image:
        """Break."""
        msg = f"cannot flatten {image.format}"
        raise RuntimeError(msg)


class Outage:
    """A database that is out of reach for so many transactions that write."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.left = 0

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """Open a unit, or refuse."""
        if not read_only and self.left > 0:
            self.left -= 1
            msg = "the database is restarting"
            raise StorageUnavailable(msg)
        return self._inner.unit(read_only=read_only, is_urgent=is_urgent)


async def handle_all(here: World, worker: Turns) -> None:
    """Look after all turns that were nudged, at once."""
    async with asyncio.TaskGroup() as group:
        for turn in here.queue.due(here.clock.now()):
            group.create_task(worker.handle(turn))


async def cut(here: World) -> None:
    """Let a worker call for the turn that is queued, and cancel it in the middle."""
    task, _ = await calling(here, here.worker("cut"))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def come_home(task: asyncio.Task[None], gate: asyncio.Event) -> None:
    """The sleeping worker's answer is there, and it goes on as if no time had passed."""
    gate.set()
    await task


async def test_a_call_that_our_crash_cut_is_repeated_once() -> None:
    """The next worker asks once more; the lost call is written off, the person pays for one."""
    here = world()
    await here.imagine("a lighthouse")
    await cut(here)
    await sweep(here)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.DELIVERED
    assert len(here.engine.calls) == 2
    first, second = here.shelves.attempts.values()
    assert [first.outcome, second.outcome] == [Outcome.LOST, Outcome.SUCCEEDED]
    assert kinds(await here.ledger()) == ["hold", "write_off", "settle"]
    assert booked(here)[first.id] == first.estimate
    assert turn.cost == second.cost
    assert_at_rest(here)


async def test_the_placeholder_says_that_the_turn_was_picked_up_again() -> None:
    """Nothing stays as it was, as if nothing had happened."""
    here = world()
    await here.imagine("a lighthouse")
    await cut(here)
    await sweep(here)
    earlier = [line.text for card in here.root.earlier for line in card.lines]
    assert sentence("turn_resumed", "en") in earlier


async def test_after_a_second_crash_the_person_is_asked() -> None:
    """No third call is made unasked; Try again is offered, and what was lost is named."""
    here = world()
    await here.imagine("a lighthouse")
    await cut(here)
    await lose_again(here)
    await sweep(here)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert len(here.engine.calls) == 2
    assert kinds(await here.ledger()) == ["hold", "write_off", "write_off", "release"]
    assert turn.billed_for_nothing == 2 * turn.estimate
    again = button(here.root.card, Act.TRY_AGAIN)
    assert again is not None
    await press(here, here.root.thread, again, by=ANN)
    await here.settle()
    assert here.last.kind is CardKind.RESULT
    assert_at_rest(here)


async def lose_again(here: World) -> None:
    """The sweeper finds the turn, and the worker that picks it up dies in its call, too."""
    here.clock.advance(61)
    await here.sweeper.round()
    await cut(here)


async def test_nothing_that_was_cancelled_is_repeated_after_a_crash() -> None:
    """A cancel asked for during the call that was cut ends the turn instead of buying it again."""
    here = world()
    await here.imagine("a lighthouse")
    task, _ = await calling(here, here.worker("cut"))
    (turn,) = here.shelves.turns.values()
    await stop_pressed(here, here.root.thread, turn, by=ANN)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await sweep(here)
    assert len(here.engine.calls) == 1
    assert here.shelves.turns[turn.id].stage is Stage.CANCELLED
    assert kinds(await here.ledger()) == ["hold", "write_off", "release"]
    assert_at_rest(here)


async def test_a_sleeping_worker_whose_turn_was_finished_by_another_shows_nothing_twice() -> None:
    """One revision, one message; the late call is booked at what it really cost."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await sweep(here)
    assert here.root.card.kind is CardKind.RESULT
    await come_home(task, gate)
    await here.settle()
    (turn,) = here.shelves.turns.values()
    assert turn.revision == 1
    assert len(turn_messages(here, turn)) == 1
    assert kinds(await here.ledger()) == ["hold", "write_off", "settle", "correction"]
    assert booked(here) == here.engine.bill
    assert_books_balance(here)
    assert_at_rest(here)


async def test_a_sleeping_worker_that_wakes_during_the_second_call_changes_only_the_books() -> None:
    """The second call stays the turn's own."""
    here = world()
    await here.imagine("a lighthouse")
    sleeper, first_gate = await calling(here, stopped_worker(here))
    here.clock.advance(61)
    await here.sweeper.round()
    second, second_gate = await calling(here, here.turns)
    await come_home(sleeper, first_gate)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.GENERATING
    await come_home(second, second_gate)
    await here.settle()
    assert booked(here) == here.engine.bill
    assert [one.outcome for one in here.shelves.attempts.values()] == [Outcome.SUCCEEDED] * 2
    assert_at_rest(here)


async def test_a_sleeping_worker_that_comes_home_empty_gives_the_write_off_back() -> None:
    """What was assumed to be billed was not: the correction takes all of it back."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await sweep(here)
    here.engine.script.append(Failure(FailureKind.MODERATED))
    await come_home(task, gate)
    await here.settle()
    correction = (await here.ledger())[-1]
    assert correction.kind is EntryKind.CORRECTION
    assert booked(here)[correction.attempt] == 0  # type: ignore[index]  # a correction names its attempt
    assert here.root.card.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_counters_of_money_follow_a_correction() -> None:
    """The installation's counter says what was billed, not what was once assumed."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await sweep(here)
    await come_home(task, gate)
    money = [one.used for (name, _), one in here.shelves.sums.items() if name[1].value == "micros"]
    assert money == [sum(here.engine.bill.values())]


async def test_a_late_answer_that_nobody_took_over_is_adopted() -> None:
    """The lease ran out, but no other worker came: the picture is shown, and nothing is bought again."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    here.clock.advance(300)
    await come_home(task, gate)
    await here.settle()
    await sweep(here)
    assert len(here.engine.calls) == 1
    assert here.root.card.kind is CardKind.RESULT
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert_at_rest(here)


async def test_a_late_answer_before_the_second_call_is_adopted() -> None:
    """It was given up for lost and waits at the gate again: what was paid for is used, not bought twice."""
    here = world(policy(concurrency=1))
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await here.imagine("something else")
    here.clock.advance(61)
    await here.sweeper.round()
    other, other_gate = await calling(here, here.turns)
    (turn, _) = here.shelves.turns.values()
    assert turn.stage is Stage.ANNOUNCED
    await come_home(task, gate)
    await come_home(other, other_gate)
    await here.settle()
    await sweep(here)
    assert len(here.engine.calls) == 2
    assert booked(here) == here.engine.bill
    assert here.root.card.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_worker_that_renews_its_lease_keeps_its_turn() -> None:
    """A slow call is not a lost one, however long it takes."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    for _ in range(20):
        await here.clock.pass_time(15)
        await here.sweeper.round()
        await here.settle(here.worker("eager"))
    await come_home(task, gate)
    await here.settle()
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]


async def test_a_fault_of_ours_before_the_call_buys_and_books_nothing() -> None:
    """What broke before anything was sent is told as ours, once, and no money is written off for it."""
    here = World(tools=BrokenTools())
    thread = await here.made()
    turn = next(iter(here.shelves.turns.values()))
    blob = turn.pictures[0].blob
    record = here.shelves.pictures[blob]
    here.shelves.pictures[blob] = replace(record, has_alpha=True)
    await here.reply(thread, "make it stormy")
    await here.settle()
    await sweep(here)
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle", "hold", "release"]
    assert here.last.kind is CardKind.FAILURE
    assert_at_rest(here)


async def test_a_database_that_is_out_for_a_moment_loses_no_paid_picture() -> None:
    """The outcome of a paid call is offered to the database until it takes it."""
    clock = FakeClock()
    outage = Outage(FakeDatabase(clock))
    here = World(clock=clock, database=outage)
    await here.imagine("a lighthouse")
    task, gate = await calling(here, here.turns)
    outage.left = 3
    gate.set()
    for _ in range(20):
        await here.clock.pass_time(1)
    await task
    await here.settle()
    await sweep(here)
    assert len(here.engine.calls) == 1
    assert here.root.card.kind is CardKind.RESULT
    assert booked(here) == here.engine.bill
    assert_at_rest(here)


@pytest.mark.parametrize("billed", [0, 70_000])
async def test_a_cut_call_costs_the_person_nothing_whatever_it_turns_out_to_have_cost(billed: int) -> None:
    """The person's counters know only the call that brought the picture."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await sweep(here)
    here.engine.script.append(Failure(FailureKind.BROKEN_OFF, billed=Micros(billed)))
    await come_home(task, gate)
    (turn,) = here.shelves.turns.values()
    settled = [entry for entry in await here.ledger() if entry.kind is EntryKind.SETTLE]
    assert [entry.micros for entry in settled] == [turn.cost]
    assert booked(here) == here.engine.bill


class Race:
    """A database in which somebody else always writes first, so many times before each success."""

    def __init__(self, inner: Database, losses: int) -> None:
        self._inner = inner
        self._losses = losses
        self.left = losses

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """Open a unit whose commit may lose the race."""
        unit = self._inner.unit(read_only=read_only, is_urgent=is_urgent)
        commit = unit.commit

        async def may_lose() -> None:
            if self.left > 0:
                self.left -= 1
                msg = "somebody else was faster"
                raise Conflict(msg)
            self.left = self._losses
            await commit()

        unit.commit = may_lose  # type: ignore[method-assign]  # the one thing that is different
        return unit


async def test_a_transaction_that_loses_its_race_is_run_again_and_does_nothing_twice() -> None:
    """Whatever was to be done after the commit is done once, for the run that won."""
    clock = FakeClock()
    here = World(clock=clock, database=Race(FakeDatabase(clock), losses=3))
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    await here.settle()
    assert [turn.stage for turn in await here.turns_of(thread)] == [Stage.DELIVERED] * 2
    assert len(here.engine.calls) == 2
    assert len(here.standing) == 2
    assert_at_rest(here)
