"""Every way in which the engine can fail: what is said, what is booked, what is offered, what is repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.app.failure_sentences import failure_code
from core.app.inbound import ReceiptKind
from core.app.records import Outcome, Stage
from core.app.wording import dollars, sentence
from core.domain.card import Act, CardKind
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros
from tests.app.app_scenes import (
    assert_at_rest,
    button,
    call_out,
    kinds,
    policy,
    press,
    said_to,
    sweep,
    world,
)
from tests.fakes.clock import NOON
from tests.fakes.studio_world import ANN, BEN

FINAL_KINDS = [kind for kind in FailureKind if not kind.is_safe_to_repeat]
PASSING_KINDS = [kind for kind in FailureKind if kind.is_safe_to_repeat]
BILLED = Micros(40_000)


@pytest.mark.parametrize("kind", FINAL_KINDS)
async def test_a_failure_is_told_in_its_own_words_and_costs_the_person_nothing(kind: FailureKind) -> None:
    """The placeholder becomes the failure's sentence; the hold goes back, and no second call is made."""
    here = world()
    here.engine.script.append(Failure(kind, request_id="req_7"))
    await here.imagine("a lighthouse")
    await here.settle()
    card = here.root.card
    failure = Failure(kind)
    assert card.kind is CardKind.FAILURE
    assert card.text == sentence(
        failure_code(failure), "en", price=dollars(0), reference="req_7", allowed="2"
    )
    assert kinds(await here.ledger()) == ["hold", "release"]
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


@pytest.mark.parametrize("kind", FINAL_KINDS)
async def test_what_the_engine_billed_for_nothing_is_written_off(kind: FailureKind) -> None:
    """The person's hold is released; the money is the workspace's loss, once."""
    here = world()
    here.engine.script.append(Failure(kind, billed=BILLED))
    await here.imagine("a lighthouse")
    await here.settle()
    entries = await here.ledger()
    assert kinds(entries) == ["hold", "release", "write_off"]
    assert entries[-1].micros == BILLED
    assert entries[-1].pictures == 0
    assert [sums.used for (name, _), sums in here.shelves.sums.items() if name[0].key == ANN.id] == [0]
    assert_at_rest(here)


@pytest.mark.parametrize("stage", ["input", "output"])
async def test_a_moderated_request_says_at_which_stage_and_is_never_repeated(stage: str) -> None:
    """The words say whether the wish or the picture was refused, and time alone changes nothing."""
    here = world()
    here.engine.script.append(Failure(FailureKind.MODERATED, stage=stage))
    await here.imagine("a lighthouse")
    await here.settle()
    assert here.root.card.text == sentence(f"failed_moderated_{stage}", "en")
    await sweep(here, after_s=1000)
    assert len(here.engine.calls) == 1


async def test_a_call_without_an_answer_says_what_it_may_have_cost() -> None:
    """It may have been paid for, so that the sum is named and nothing is repeated unasked."""
    here = world()
    here.engine.script.append(Failure(FailureKind.NO_ANSWER, billed=BILLED))
    await here.imagine("a lighthouse")
    await here.settle()
    assert "$0.04" in here.root.card.text
    await sweep(here, after_s=1000)
    assert len(here.engine.calls) == 1


@pytest.mark.parametrize("kind", FINAL_KINDS)
async def test_try_again_names_its_price_and_makes_one_new_call(kind: FailureKind) -> None:
    """The button says what it will cost; pressing it asks for the same once more, in the same thread."""
    here = world()
    here.engine.script.append(Failure(kind, billed=BILLED))
    await here.imagine("a lighthouse")
    await here.settle()
    again = button(here.root.card, Act.TRY_AGAIN)
    assert again is not None
    (turn,) = await here.turns_of(here.root.thread)
    assert dollars(turn.estimate) in again.label
    here.clock.advance(600)
    await press(here, here.root.thread, again, by=ANN)
    await here.settle()
    assert len(here.engine.calls) == 2
    assert here.engine.calls[0].plan == here.engine.calls[1].plan
    assert here.last.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_nobody_else_presses_a_try_again_that_costs() -> None:
    """Another person is told whose button it is, and nothing is spent."""
    here = world()
    here.engine.script.append(Failure(FailureKind.NO_ANSWER))
    await here.imagine("a lighthouse")
    await here.settle()
    again = button(here.root.card, Act.TRY_AGAIN)
    assert again is not None
    reception = await press(here, here.root.thread, again, by=BEN)
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert "Ann" in said_to(here, BEN)
    assert len(here.engine.calls) == 1


async def test_in_an_open_workspace_whoever_presses_try_again_pays() -> None:
    """Where the workspace allows it, the new turn is the presser's."""
    here = world()
    here.engine.script.append(Failure(FailureKind.NO_ANSWER))
    await here.imagine("a lighthouse")
    await here.settle()
    (record,) = here.shelves.workspaces.values()
    here.shelves.workspaces[record.id] = replace(record, is_open_to_all=True)
    again = button(here.root.card, Act.TRY_AGAIN)
    assert again is not None
    await press(here, here.root.thread, again, by=BEN)
    await here.settle()
    assert [turn.actor for turn in await here.turns_of(here.root.thread)] == [ANN.id, BEN.id]
    assert here.last.kind is CardKind.RESULT


async def test_trying_a_failed_edit_again_starts_from_the_same_picture() -> None:
    """A failed edit leaves the head alone; trying it again edits that head."""
    here = world()
    thread = await here.made()
    here.engine.script.append(Failure(FailureKind.NO_ANSWER))
    await here.reply(thread, "make it stormy")
    await here.settle()
    again = button(here.last, Act.TRY_AGAIN)
    assert again is not None
    await press(here, thread, again, by=ANN)
    await here.settle()
    assert here.engine.calls[1].inputs == here.engine.calls[2].inputs
    assert here.last.caption.startswith("v2 from v1")


async def test_an_engine_that_breaks_inside_our_process_is_one_call_broken_off() -> None:
    """Nobody knows whether it was billed, so the estimate is written off and the person is asked."""
    here = world()
    here.engine.script.append(RuntimeError("the SDK has a bad day"))
    await here.imagine("a lighthouse")
    await here.settle()
    (attempt,) = here.shelves.attempts.values()
    assert attempt.outcome is Outcome.FAILED
    assert attempt.cost == attempt.estimate
    assert kinds(await here.ledger()) == ["hold", "release", "write_off"]
    assert button(here.root.card, Act.TRY_AGAIN) is not None
    assert "bad day" not in here.said()
    assert len(here.engine.calls) == 1


# --- waiting, not failing ---


@pytest.mark.parametrize("kind", PASSING_KINDS)
async def test_a_passing_refusal_waits_exactly_as_long_as_the_engine_said(kind: FailureKind) -> None:
    """The placeholder says that it goes on by itself; the next call comes at that second, not before."""
    here = world()
    here.engine.script.append(Failure(kind, retry_after_s=37.0))
    await here.imagine("a lighthouse")
    await here.settle()
    assert sentence(f"turn_{kind}", "en") in here.said()
    assert kinds(await here.ledger()) == ["hold"]
    await here.advance(36.0)
    await here.sweeper.round()
    await here.settle()
    assert len(here.engine.calls) == 1
    await here.advance(1.0)
    assert here.engine.began == [NOON, NOON + timedelta(seconds=37)]
    assert here.root.card.kind is CardKind.RESULT
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert_at_rest(here)


async def test_a_turn_that_waits_for_the_engine_keeps_its_place() -> None:
    """What was asked first goes first again as soon as the engine's time is over."""
    here = world(policy(concurrency=1))
    here.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=20.0))
    await here.imagine("the first")
    await here.settle()
    await here.imagine("the second")
    async with call_out(here):
        await here.imagine("the third")
        await here.clock.pass_time(20.0)
    asked = [call.plan.prompt for call in here.engine.calls]
    assert asked == ["the first", "the second", "the first", "the third"]
    assert_at_rest(here)


async def test_waits_grow_when_the_engine_names_no_time() -> None:
    """Without a Retry-After the pauses double, up to half a minute."""
    here = world()
    here.engine.script.extend(Failure(FailureKind.OVERLOADED) for _ in range(7))
    await here.imagine("a lighthouse")
    for _ in range(120):
        await here.advance(1.0)
    gaps = [(b - a).total_seconds() for a, b in zip(here.engine.began, here.engine.began[1:], strict=False)]
    assert gaps == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize("kind", PASSING_KINDS)
async def test_an_engine_that_stays_busy_is_given_up_in_the_end(kind: FailureKind) -> None:
    """After a quarter of an hour the person is told, the hold goes back, and Try again is offered."""
    here = world(policy(give_up_after_s=900.0))
    here.engine.script.extend(Failure(kind, retry_after_s=100.0) for _ in range(50))
    await here.imagine("a lighthouse")
    await here.settle()
    for _ in range(30):
        await here.advance(50.0)
    assert here.root.card.text == sentence(f"failed_{kind}", "en")
    assert len(here.engine.calls) == 10  # at 0, 100, …, 900 seconds
    assert kinds(await here.ledger()) == ["hold", "release"]
    assert button(here.root.card, Act.TRY_AGAIN) is not None
    assert_at_rest(here)


async def test_time_spent_behind_others_does_not_count_against_a_busy_engine() -> None:
    """What waited long in its thread still waits for the engine, instead of failing at its first refusal."""
    here = world(policy(give_up_after_s=900.0))
    thread = await here.made()
    await here.reply(thread, "slow one")
    async with call_out(here):
        await here.reply(thread, "patient one")
        here.engine.script.extend([1, Failure(FailureKind.RATE_LIMITED, retry_after_s=10.0)])
        await here.clock.pass_time(1000.0)
    await here.advance(10.0)
    assert [turn.stage for turn in await here.turns_of(thread)] == [Stage.DELIVERED] * 3
    assert_at_rest(here)


# --- nobody can be served ---


@pytest.mark.parametrize("kind", [FailureKind.OUT_OF_MONEY, FailureKind.KEY_REFUSED])
async def test_an_engine_that_serves_nobody_is_not_asked_for_five_minutes(kind: FailureKind) -> None:
    """The next ones are told at once and without a call; after five minutes a turn tries."""
    here = world()
    here.engine.script.append(Failure(kind))
    await here.imagine("the first")
    await here.settle()
    await here.imagine("the second", by=BEN)
    await here.settle()
    assert len(here.engine.calls) == 1
    assert [one.card.text for one in here.standing] == [sentence(f"failed_{kind}", "en")] * 2
    assert kinds(await here.ledger()) == ["hold", "release"] * 2
    await here.advance(299.0)
    await here.imagine("too early", by=BEN)
    await here.settle()
    assert len(here.engine.calls) == 1
    await here.advance(1.0)
    await here.imagine("in time", by=BEN)
    await here.settle()
    assert len(here.engine.calls) == 2
    assert here.last.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_failed_turn_lets_the_next_one_in_its_thread_start() -> None:
    """What waited behind a failure is made all the same, from the head as it is."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "something bad")
    async with call_out(here):
        here.engine.script.append(Failure(FailureKind.MODERATED))
        await here.reply(thread, "something good")
    stages = [turn.stage for turn in await here.turns_of(thread)]
    assert stages == [Stage.DELIVERED, Stage.FAILED, Stage.DELIVERED]
    assert here.last.caption.startswith("v2 from v1")
    assert_at_rest(here)
