"""What admins are told without asking, and what follows when the safety system refuses somebody often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Person, ReceiptKind
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.views import WorkspaceChange
from core.app.wording import sentence
from core.domain.generation import Failure, FailureKind
from core.domain.ids import ActorId, Micros
from core.domain.quota import Metric, Period
from tests.app.app_account import EMIL, TEAM, seen, told
from tests.app.app_scenes import DORA, assert_at_rest, policy, said_to, sweep, world
from tests.fakes.studio_world import ANN, BEN, WORKSPACE

if TYPE_CHECKING:
    from tests.app.app_world import World

MODERATED = Failure(FailureKind.MODERATED, stage="input")
EMPTY = Failure(FailureKind.OUT_OF_MONEY)


async def ask_for(here: World, count: int, *, by: Person = ANN) -> None:
    """That many pictures, one after the other."""
    for number in range(count):
        await here.imagine(f"picture {number} of {by.name}", by=by)
        await here.settle()


# --- shares ---


async def test_admins_hear_of_80_and_of_100_percent_once_each() -> None:
    """Of what the team shares, with the numbers, each in their own language, whoever made the picture."""
    here = world()
    await seen(here, DORA, EMIL)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.WEEK, 5)
    await ask_for(here, 3)
    assert told(here, DORA) == []
    await ask_for(here, 1, by=BEN)
    (first,) = told(here, DORA)
    assert first.startswith("For admins: 80 % of the limit for the team is used, 4 of 5 pictures a week.")
    assert "9 Mar 2026, 00:00 UTC" in first
    assert told(here, EMIL)[0].startswith("Für Admins: 80 % des Limits für das Team")
    await ask_for(here, 3)
    assert len(told(here, DORA)) == 2
    assert "100 %" in told(here, DORA)[1]
    assert told(here, ANN) == told(here, BEN) == []
    logged = [values["percent"] for what, values in here.reports.told if what == "allowance_share_reached"]
    assert logged == [80, 100]
    assert_at_rest(here)


async def test_the_next_window_is_told_anew() -> None:
    """A week later the limit may be reached again."""
    here = world()
    await seen(here, DORA)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.WEEK, 1)
    await ask_for(here, 1)
    await here.advance(7 * 24 * 3600)
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 2


async def test_what_jumps_to_100_percent_is_told_once() -> None:
    """Who hears that it is full need not hear that it is nearly full, not even after more was given."""
    here = world()
    await seen(here, DORA)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.DAY, 2)
    await here.imagine("two -n 2")
    await here.settle()
    assert len(told(here, DORA)) == 1
    await here.studio.grant(DORA, TEAM, Metric.PICTURES, 2)
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 1
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 1, "100 % was told today"


async def test_a_limit_that_was_raised_meanwhile_is_not_called_full() -> None:
    """The warning measures against what is set now, not against what was when the picture was asked for."""
    here = world()
    await seen(here, DORA)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.DAY, 1)
    await here.imagine("a lighthouse")
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.DAY, 10)
    await here.settle()
    assert told(here, DORA) == []


async def test_a_persons_own_limit_is_nobody_elses_business() -> None:
    """It is full every day; nobody wants to hear of it."""
    here = world(policy(pictures_per_person_per_day=1))
    await seen(here, DORA)
    await ask_for(here, 1)
    assert told(here, DORA) == []


async def test_the_budget_of_the_installation_is_told_in_dollars() -> None:
    """Whoever uses it up hears of it, as does the log."""
    here = world(policy(monthly_budget=Micros(60_000)))
    await seen(here, DORA)
    await ask_for(here, 1)
    assert "the limit for this whole Inkthread is used, $0.05 of $0.06 a month" in told(here, DORA)[0]


async def test_at_most_five_are_told_the_latest_seen_first() -> None:
    """A company of a thousand admins is not woken for a limit; who was named is among them."""
    here = world()
    admins = [replace(DORA, id=ActorId(f"web:test:admin{number}"), name=f"A{number}") for number in range(6)]
    for admin in admins:
        await seen(here, admin)
        here.clock.advance(60)
    await here.studio.change_workspace(admins[0], WorkspaceChange(named_admins=(BEN.id,)))
    await seen(here, BEN)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.DAY, 1)
    await ask_for(here, 1)
    assert [len(told(here, one)) for one in [*admins, BEN]] == [0, 0, 1, 1, 1, 1, 1]


async def test_a_platform_without_a_way_to_one_person_is_given_up_quietly() -> None:
    """The picture is what counts: it comes, and nobody is told of the message that could not be sent."""
    here = world()
    await seen(here, DORA)
    await here.studio.set_allowance(DORA, TEAM, Metric.PICTURES, Period.DAY, 1)
    here.surface.refuses_direct = SurfaceFault(SurfaceFaultKind.FORBIDDEN)
    await ask_for(here, 1)
    assert told(here, DORA) == []
    await sweep(here)
    assert_at_rest(here)


# --- the account ---


@pytest.mark.parametrize("kind", [FailureKind.OUT_OF_MONEY, FailureKind.KEY_REFUSED])
async def test_admins_hear_once_that_nobody_can_ask_the_engine(kind: FailureKind) -> None:
    """Not for each turn that fails of it, and again when an hour later it is still so."""
    here = world()
    await seen(here, DORA)
    here.engine.script += [Failure(kind)] * 9
    await ask_for(here, 2)
    await ask_for(here, 1, by=BEN)
    assert told(here, DORA) == [sentence(f"admin_{kind.value}", "en")]
    await here.advance(400)
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 1
    await here.advance(3600)
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 2
    assert_at_rest(here)


async def test_other_failures_are_the_persons_own() -> None:
    """An answer that does not come is told to who waits for it."""
    here = world()
    await seen(here, DORA)
    here.engine.script.append(Failure(FailureKind.NO_ANSWER, billed=Micros(50_000)))
    await ask_for(here, 1)
    assert told(here, DORA) == []


# --- refused again and again ---


async def test_after_three_refusals_in_a_day_a_person_waits_an_hour() -> None:
    """New wishes are refused with the time and the reason; nothing is asked, held or charged."""
    here = world()
    thread = await here.made()
    here.engine.script += [MODERATED] * 3
    await ask_for(here, 3)
    calls, entries = len(here.engine.calls), await here.ledger()
    assert (await here.imagine("a fourth")).kind is ReceiptKind.REFUSED
    assert (await here.reply(thread, "make it worse")).kind is ReceiptKind.REFUSED
    assert (await here.reply(thread, "again")).kind is ReceiptKind.REFUSED
    await here.settle()
    said = said_to(here, ANN)
    assert "refused 3 of your requests" in said
    assert "until 2 Mar 2026" in said
    assert (len(here.engine.calls), await here.ledger()) == (calls, entries)
    assert not any(one.held for one in here.shelves.sums.values())
    assert_at_rest(here)


async def test_looking_and_moving_work_while_waiting() -> None:
    """Only what would spend is refused."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    await here.settle()
    here.engine.script += [MODERATED] * 3
    await ask_for(here, 3)
    assert (await here.reply(thread, "undo")).kind is ReceiptKind.ACCEPTED
    assert (await here.reply(thread, "history")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert_at_rest(here)


async def test_the_wait_ends_and_one_more_refusal_begins_it_again() -> None:
    """An hour from the last refusal; after a quiet day all is forgotten."""
    here = world()
    here.engine.script += [MODERATED] * 4
    await ask_for(here, 3)
    await here.advance(3599)
    assert (await here.imagine("too early")).kind is ReceiptKind.REFUSED
    await here.advance(1)
    assert (await here.imagine("in time")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert (await here.imagine("refused once more")).kind is ReceiptKind.REFUSED
    await here.advance(24 * 3600)
    here.engine.script.append(MODERATED)
    await ask_for(here, 1)
    assert (await here.imagine("only one in this day")).kind is ReceiptKind.ACCEPTED


async def test_others_do_not_wait() -> None:
    """It is one person's doing."""
    here = world()
    here.engine.script += [MODERATED] * 3
    await ask_for(here, 3)
    assert (await here.imagine("mine", by=BEN)).kind is ReceiptKind.ACCEPTED


async def test_admins_hear_once_a_day_of_a_person_who_is_refused_often() -> None:
    """With the name and the number, and that nobody paid."""
    here = world()
    await seen(here, DORA)
    here.engine.script += [MODERATED] * 9
    await ask_for(here, 2)
    assert told(here, DORA) == []
    await ask_for(here, 1)
    assert told(here, DORA) == [sentence("admin_moderated", "en", count=3, name="Ann")]
    await here.advance(3600)
    await ask_for(here, 1)
    assert len(told(here, DORA)) == 1


async def test_what_the_operator_sets_decides_how_often_is_often() -> None:
    """Two within ten minutes, and a wait of one."""
    here = world(policy(moderated_limit=2, moderated_within_s=600.0, waiting_period_s=60.0))
    here.engine.script += [MODERATED] * 4
    await ask_for(here, 1)
    await here.advance(601)
    await ask_for(here, 1)
    assert (await here.imagine("the first was long ago")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert (await here.imagine("now it is two")).kind is ReceiptKind.REFUSED
    await here.advance(60)
    assert (await here.imagine("waited")).kind is ReceiptKind.ACCEPTED


async def test_a_workspace_without_an_admin_is_not_told() -> None:
    """There is nobody to tell, and nothing breaks."""
    here = world()
    here.engine.script += [MODERATED] * 3
    await ask_for(here, 3)
    assert_at_rest(here)
    assert here.shelves.workspaces[WORKSPACE].named_admins == ()
