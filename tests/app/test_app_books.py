"""What a crash left as an estimate is set right by the provider's bill, once, and never by guessing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.app.billing import BillingFault, BillingFaultKind
from core.app.reconciling import Reconciler, day_books
from core.app.records import Outcome
from core.app.spending import BookedCall
from core.app.studio import Studio
from core.app.sweeper import Sweeper
from core.domain.generation import Failure, FailureKind, GenerationResult
from core.domain.ids import Micros
from core.domain.quota import Allowance, EntryKind, Metric, Period, Scope, ScopeKind
from core.domain.reconciling import DayBooks, EstimatedCall
from tests.app.app_engine import WatchedEngine
from tests.app.app_scenes import booked, kinds, stopped_worker, sweep, world
from tests.app.app_world import World
from tests.app.test_app_recovery import calling, come_home, cut
from tests.contracts.database_samples import attempt
from tests.fakes.billing import FakeBilling
from tests.fakes.clock import FakeClock
from tests.fakes.studio_world import WORKSPACE

if TYPE_CHECKING:
    from core.domain.generation import GenerationRequest

DAY_S = 86_400.0


class SilentEngine(WatchedEngine):
    """Sends pictures, and does not say what they cost."""

    def _answer(self, request: GenerationRequest) -> GenerationResult | Failure:
        answer = super()._answer(request)
        return replace(answer, is_cost_estimated=True) if isinstance(answer, GenerationResult) else answer


def billing_of(here: World, *, lost: int = 0) -> FakeBilling:
    """A provider that billed what the engine did, and so much for calls that nobody saw the end of."""
    billing = FakeBilling(engine=here.engine.name)
    for micros in (*here.engine.bill.values(), lost):
        billing.charge(micros, here.clock.now())
    return billing


def reconciler(here: World, billing: FakeBilling) -> Reconciler:
    """One that looks at that world."""
    return Reconciler(
        database=here.database,
        billing=billing,
        clock=here.clock,
        ids=here.ids,
        policy=here.policy,
        reports=here.reports,
    )


async def lost_and_made(here: World) -> None:
    """A turn whose first call a crash cut, and whose second brought the picture."""
    await here.imagine("a lighthouse")
    await cut(here)
    await sweep(here)


def money_used(here: World) -> list[int]:
    """What each counter of money says."""
    return [one.used for (name, _), one in here.shelves.sums.items() if name[1] is Metric.MICROS]


@pytest.mark.parametrize("lost", [0, 1, 4_711])
async def test_a_cut_call_is_booked_at_what_the_bill_leaves_for_it(lost: int) -> None:
    """The write-off was an upper bound; the day's bill says what it really was, to the micro-dollar."""
    here = world()
    await lost_and_made(here)
    billing = billing_of(here, lost=lost)
    before = sum(booked(here).values())
    here.clock.advance(2 * DAY_S)
    verdicts = await reconciler(here, billing).run()
    assert not isinstance(verdicts, BillingFault)
    assert all(verdict.is_right for verdict in verdicts)
    billed = sum(micros for _, micros in billing.lines)
    assert before > billed
    assert sum(booked(here).values()) == billed
    assert money_used(here) == [billed]
    assert kinds(await here.ledger()) == ["hold", "write_off", "settle", "correction"]
    first, second = here.shelves.attempts.values()
    assert (first.cost, first.outcome, second.cost) == (lost, Outcome.LOST, here.engine.bill[second.id])


async def test_an_allowance_set_after_the_loss_is_not_touched() -> None:
    """It never held what is taken back now."""
    here = world()
    await lost_and_made(here)
    later = Allowance(Scope(ScopeKind.WORKSPACE, WORKSPACE), Metric.MICROS, Period.MONTH, 10_000_000)
    async with here.database.unit() as unit:
        await unit.quotas.set_allowance(later)
        await unit.commit()
    billing = billing_of(here)
    here.clock.advance(2 * DAY_S)
    await reconciler(here, billing).run()
    billed = sum(micros for _, micros in billing.lines)
    assert sum(booked(here).values()) == billed
    assert money_used(here) == [billed, 0]


async def test_reconciling_again_changes_nothing() -> None:
    """Today, tomorrow, and twice at once."""
    here = world()
    await lost_and_made(here)
    once = reconciler(here, billing_of(here, lost=4_711))
    here.clock.advance(2 * DAY_S)
    await asyncio.gather(once.run(), once.run())
    ledger = await here.ledger()
    here.clock.advance(DAY_S)
    await once.run()
    assert await here.ledger() == ledger
    assert kinds(ledger).count("correction") == 1


async def test_costs_that_arrive_late_are_corrected_again() -> None:
    """What was left for the call grows when the provider's books do."""
    here = world()
    await lost_and_made(here)
    billing = billing_of(here, lost=11)
    made_at = here.clock.now()
    here.clock.advance(2 * DAY_S)
    await reconciler(here, billing).run()
    billing.charge(4_700, made_at)
    await reconciler(here, billing).run()
    assert sum(booked(here).values()) == sum(micros for _, micros in billing.lines)
    assert [one.micros for one in (await here.ledger())[-2:]][1] == 4_700


async def test_a_worker_that_comes_home_after_all_has_the_last_word() -> None:
    """It knows what its own call cost; the share that was booked for it meanwhile is replaced."""
    here = world()
    await here.imagine("a lighthouse")
    task, gate = await calling(here, stopped_worker(here))
    await sweep(here)
    billing = billing_of(here, lost=17)
    here.clock.advance(2 * DAY_S)
    await reconciler(here, billing).run()
    await come_home(task, gate)
    await here.settle()
    assert booked(here) == here.engine.bill
    assert money_used(here) == [sum(here.engine.bill.values())]


async def test_a_call_that_ended_in_silence_is_set_right_as_well() -> None:
    """It was assumed to be billed; the bill says that it was not."""
    here = world()
    await here.imagine("a lighthouse")
    estimate = next(iter(here.shelves.turns.values())).estimate
    here.engine.script.append(Failure(FailureKind.NO_ANSWER, billed=estimate))
    await here.settle()
    assert sum(booked(here).values()) == estimate > 0
    here.clock.advance(2 * DAY_S)
    await reconciler(here, FakeBilling(engine=here.engine.name)).run()
    assert sum(booked(here).values()) == 0
    assert money_used(here) == [0]


async def test_a_failure_whose_price_was_told_stays() -> None:
    """The engine said what it billed for nothing: that is no estimate, and no bill changes it."""
    here = world()
    here.engine.script.append(Failure(FailureKind.NO_PICTURE, billed=Micros(123)))
    await here.imagine("a lighthouse")
    await here.settle()
    here.clock.advance(2 * DAY_S)
    verdicts = await reconciler(here, FakeBilling(engine=here.engine.name)).run()
    assert not isinstance(verdicts, BillingFault)
    assert [verdict.difference for verdict in verdicts if not verdict.is_right] == [-123]
    assert sum(booked(here).values()) == 123


async def test_a_picture_from_a_server_without_usage_is_charged_what_it_cost() -> None:
    """The person's money, the workspace's and the turn's own price follow."""
    clock = FakeClock()
    here = World(clock=clock, engine=SilentEngine(clock))
    await here.imagine("a lighthouse")
    await here.settle()
    made_at = here.clock.now()
    billing = FakeBilling(engine=here.engine.name)
    billing.charge(321, made_at)
    here.clock.advance(2 * DAY_S)
    await reconciler(here, billing).run()
    (turn,) = here.shelves.turns.values()
    correction = (await here.ledger())[-1]
    assert (correction.kind, correction.reservation) == (EntryKind.CORRECTION, turn.reservation)
    assert (turn.cost, sum(booked(here).values()), money_used(here)) == (321, 321, [321])
    async with here.database.unit(read_only=True) as unit:
        spent = await unit.quotas.spending(since=made_at, until=here.clock.now() + timedelta(seconds=1))
    assert (sum(row.micros for row in spent), sum(row.written_off for row in spent)) == (321, 0)


@pytest.mark.parametrize("foreign", [1, 40_000_000])
async def test_what_another_program_spent_is_told_and_not_booked(foreign: int) -> None:
    """Where nothing of ours can explain the difference, the books stay and the operator hears of it."""
    here = world()
    await here.imagine("a lighthouse")
    await here.settle()
    billing = billing_of(here, lost=foreign)
    before = await here.ledger()
    here.clock.advance(2 * DAY_S)
    await reconciler(here, billing).run()
    assert await here.ledger() == before
    (warning,) = [values for what, values in here.reports.told if what == "costs_do_not_match"]
    assert warning["gap_micros"] == foreign


async def test_a_day_is_left_alone_until_its_costs_have_arrived() -> None:
    """Six hours after its end, in UTC, and not before."""
    here = world()
    await lost_and_made(here)
    billing = billing_of(here)
    midnight = here.clock.now().replace(hour=0, minute=0, second=0) + timedelta(days=1)
    settled_at = midnight + timedelta(hours=6)
    here.clock.advance((settled_at - here.clock.now()).total_seconds() - 1)
    before = await here.ledger()
    await reconciler(here, billing).run()
    assert await here.ledger() == before
    here.clock.advance(1)
    await reconciler(here, billing).run()
    assert kinds(await here.ledger())[-1] == "correction"


async def test_a_call_without_an_outcome_keeps_its_day_waiting() -> None:
    """A process that died and was never started again: its call is not in the books yet."""
    here = world()
    await lost_and_made(here)
    await here.imagine("a lamp")
    await cut(here)
    before = await here.ledger()
    here.clock.advance(2 * DAY_S)
    verdicts = await reconciler(here, billing_of(here)).run()
    assert not isinstance(verdicts, BillingFault)
    assert [verdict.unfinished for verdict in verdicts if not verdict.is_right] == [1]
    assert await here.ledger() == before
    assert "costs_do_not_match" not in [what for what, _ in here.reports.told]


async def test_books_that_cannot_be_read_change_nothing() -> None:
    """A refused key is told to the operator, with what it is."""
    here = world()
    await lost_and_made(here)
    fault = BillingFault(BillingFaultKind.KEY_REFUSED, "status 401")
    before = await here.ledger()
    here.clock.advance(2 * DAY_S)
    assert await reconciler(here, FakeBilling(fault=fault)).run() == fault
    assert await here.ledger() == before
    assert ("costs_not_told", {"reason": "key_refused", "detail": "status 401"}) in here.reports.told


async def test_calls_to_another_engine_are_none_of_this_bill() -> None:
    """A sandbox before the key was set, or another provider's."""
    here = world()
    await lost_and_made(here)
    before = await here.ledger()
    here.clock.advance(2 * DAY_S)
    verdicts = await reconciler(here, FakeBilling(engine="another")).run()
    assert not isinstance(verdicts, BillingFault)
    assert all(verdict.is_right and verdict.booked == 0 for verdict in verdicts)
    assert await here.ledger() == before


async def test_the_sweeper_reconciles_once_a_day() -> None:
    """At its first round and then with each clean-up, beside the rounds."""
    here = world()
    await lost_and_made(here)
    billing = billing_of(here, lost=5)
    here.clock.advance(2 * DAY_S)
    studio = Studio(replace(here.outside, billing=billing))
    running = asyncio.create_task(Sweeper(studio).run())
    await here.clock.until_asleep()
    await studio.background.settle()
    assert billing.asked == 1
    assert kinds(await here.ledger())[-1] == "correction"
    for _ in range(20):
        await here.clock.pass_time(5)
    await studio.background.settle()
    assert billing.asked == 1
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_a_call_that_is_not_booked_as_it_says_is_not_corrected() -> None:
    """There is no line to correct; should it ever happen, it shows as a gap instead of being covered up."""
    lost = attempt(outcome=Outcome.LOST, cost=Micros(5_000), is_cost_estimated=True)
    day = lost.started_at.date()
    assert day_books(day, [BookedCall(lost, Micros(0))]) == DayBooks(day, Micros(0))
    (told,) = day_books(day, [BookedCall(lost, Micros(5_000))]).estimated
    assert told == EstimatedCall(lost.id, lost.turn, lost.estimate, Micros(5_000))


@pytest.mark.parametrize(("hours", "over"), [(0.01, 0), (0.5, 700), (20.0, 0)])
def test_only_a_call_that_can_have_lasted_so_long_ran_over_midnight(hours: float, over: int) -> None:
    """One that was closed a day later had been given up, and came home from a worker that had slept."""
    began = attempt().started_at.replace(hour=23, minute=45)
    closed = began + timedelta(hours=hours)
    told = attempt(started_at=began, closed_at=closed, outcome=Outcome.SUCCEEDED, cost=Micros(700))
    assert day_books(began.date(), [BookedCall(told, Micros(700))]).over_midnight == over
