"""Allowances: what is refused, in which words, and what is booked where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.app.inbound import ReceiptKind
from core.app.records import Stage, WorkspaceRecord
from core.app.wording import sentence
from core.domain.card import CardKind
from core.domain.ids import Micros, Platform
from core.domain.quota import Allowance, EntryKind, Metric, Period, Scope, ScopeKind
from tests.app.app_scenes import assert_at_rest, call_out, kinds, policy, said_to, world
from tests.app.app_world import World
from tests.fakes.clock import FakeClock
from tests.fakes.studio_world import ANN, BEN, CHANNEL, WORKSPACE

if TYPE_CHECKING:
    from core.domain.ids import ActorId


async def allow(here: World, *allowances: Allowance) -> None:
    """An admin sets allowances."""
    async with here.database.unit() as unit:
        for allowance in allowances:
            await unit.quotas.set_allowance(allowance)
        await unit.commit()


def used(here: World, actor: ActorId, *, on: datetime | None = None) -> int:
    """The pictures that this person has used, in the window that begins there."""
    return sum(
        counted.used
        for ((scope, metric, _), start), counted in here.shelves.sums.items()
        if scope.key == actor and metric is Metric.PICTURES and on in {None, start}
    )


async def test_who_is_over_the_limit_is_told_privately_and_nothing_else_stands() -> None:
    """No placeholder was posted, so that only the person sees it: whose limit, and when it is back."""
    here = world(policy(pictures_per_person_per_day=1))
    await here.made()
    standing = len(here.standing)
    reception = await here.imagine("another")
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert len(here.standing) == standing + 1
    notice = here.standing[-1]
    assert notice.private_to == ANN.id
    assert sentence("whose_actor_day", "en") in notice.card.text
    assert "1 of 1" in notice.card.text
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert_at_rest(here)


async def test_the_narrowest_of_the_limits_that_stay_full_longest_is_named() -> None:
    """A monthly limit of the channel outlasts the person's day."""
    here = world(policy(pictures_per_person_per_day=1))
    scope = Scope(ScopeKind.CHANNEL, f"{WORKSPACE}/{CHANNEL}")
    await allow(here, Allowance(scope, Metric.PICTURES, Period.MONTH, 1))
    await here.made()
    await here.imagine("another")
    await here.settle()
    assert sentence("whose_channel_month", "en") in said_to(here, ANN)


async def test_money_is_refused_in_dollars() -> None:
    """The installation's budget speaks of dollars, not of micro-dollars."""
    here = world(policy(monthly_budget=Micros(60_000)))
    await here.made()
    await here.imagine("another", by=BEN)
    await here.settle()
    said = said_to(here, BEN)
    assert sentence("whose_installation_month", "en") in said
    assert "$0.06" in said
    assert "60000" not in said


async def test_what_no_waiting_helps_is_said_to_be_too_much() -> None:
    """Eight pictures never fit a limit of five; no date is promised."""
    here = world(policy(pictures_per_person_per_day=5))
    await here.imagine("a lighthouse -n 8")
    await here.settle()
    text = here.last.text
    assert text.startswith(sentence("over_quota_for_good", "en", whose="your daily limit")[:12])
    assert "8" in text
    assert "5" in text
    assert_at_rest(here)


async def test_a_waiting_turn_is_measured_when_it_starts() -> None:
    """It waited with room and starts without: its message says so, the notice says why, the next goes on."""
    here = world(policy(pictures_per_person_per_day=2))
    thread = await here.made()
    await here.reply(thread, "one")
    async with call_out(here):
        await here.reply(thread, "two")
        await here.reply(thread, "three", by=BEN)
    stages = [turn.stage for turn in await here.turns_of(thread)]
    assert stages == [Stage.DELIVERED, Stage.DELIVERED, Stage.FAILED, Stage.DELIVERED]
    refused = next(one.card for one in here.standing if one.card.kind is CardKind.FAILURE)
    assert refused.text == sentence("turn_refused", "en")
    assert "2 of 2" in said_to(here, ANN)
    assert_at_rest(here)


async def test_settling_books_what_was_really_spent() -> None:
    """The estimate was held; the bill is what counts, in money and in pictures."""
    here = world()
    here.engine.script.append(3)
    await here.imagine("a lighthouse -n 4")
    await here.settle()
    hold, settled = await here.ledger()
    assert (hold.pictures, settled.pictures) == (4, 3)
    assert hold.micros > settled.micros == sum(here.engine.bill.values())
    assert used(here, ANN.id) == 3


async def test_a_hold_settles_in_the_day_in_which_it_was_taken() -> None:
    """Asked before midnight and made after it: yesterday's picture."""
    clock = FakeClock(datetime(2026, 3, 2, 23, 59, 50, tzinfo=UTC))
    here = World(clock=clock)
    await here.imagine("a lighthouse")
    async with call_out(here):
        await here.clock.pass_time(20)
    yesterday = datetime(2026, 3, 2, tzinfo=UTC)
    assert used(here, ANN.id, on=yesterday) == 1
    assert used(here, ANN.id, on=yesterday + timedelta(days=1)) == 0
    (settled,) = (entry for entry in await here.ledger() if entry.kind is EntryKind.SETTLE)
    assert settled.at.day == 3
    assert_at_rest(here)


async def test_a_day_ends_at_the_workspaces_own_midnight() -> None:
    """In Tokyo the limit is back at three in the afternoon, UTC, and the notice says it in local time."""
    here = world(policy(pictures_per_person_per_day=1))
    record = WorkspaceRecord(WORKSPACE, Platform.WEB, time_zone="Asia/Tokyo")
    here.shelves.workspaces[WORKSPACE] = record
    await here.made()
    await here.imagine("another")
    await here.settle()
    notice = next(iter(one for one in here.shelves.messages.values() if one.private_to == ANN.id))
    assert notice.saying.values["back_at"] == "2026-03-03T00:00+09:00"  # type: ignore[union-attr]  # a notice
    await here.advance(3 * 3600 - 1)
    assert (await here.imagine("too early")).kind is ReceiptKind.REFUSED
    await here.advance(1)
    assert (await here.imagine("in time")).kind is ReceiptKind.ACCEPTED


async def test_moving_around_and_looking_back_costs_nothing() -> None:
    """Undo, redo, go to, compare, history, show and why leave the ledger alone."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    await here.settle()
    before = await here.ledger()
    for words in ["undo", "redo", "v1", "compare v1 v2", "history", "show", "why"]:
        await here.reply(thread, words)
        await here.settle()
    assert await here.ledger() == before
    assert len(here.engine.calls) == 2
    assert_at_rest(here)


async def test_two_people_share_the_teams_limit_but_not_their_own() -> None:
    """The workspace's allowance counts everybody, a person's only theirs."""
    here = world()
    scope = Scope(ScopeKind.WORKSPACE, WORKSPACE)
    await allow(here, Allowance(scope, Metric.PICTURES, Period.WEEK, 2))
    await here.imagine("one")
    await here.imagine("two", by=BEN)
    await here.settle()
    await here.imagine("three", by=BEN)
    await here.settle()
    assert (used(here, ANN.id), used(here, BEN.id)) == (1, 1)
    assert sentence("whose_workspace_week", "en") in said_to(here, BEN)
