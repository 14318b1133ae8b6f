"""Calling a turn off, at every stage that it can be at and by everybody who may try."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Person, ReceiptKind
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros
from tests.app.app_scenes import (
    CLEO,
    DORA,
    assert_at_rest,
    button,
    call_out,
    kinds,
    policy,
    said_to,
    stop_pressed,
    world,
)
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from tests.app.app_world import World

CANCELLED = sentence("cancelled", "en")


async def thread_with_ben_editing(here: World) -> None:
    """Ann's thread, in which Ben has asked for an edit."""
    thread = await here.made()
    await here.reply(thread, "make it stormy", by=BEN)


async def bens_turn(here: World) -> Stage:
    """How far Ben's edit has come."""
    return (await here.turns_of(here.root.thread))[1].stage


@pytest.mark.parametrize("by", [BEN, ANN, DORA], ids=["its owner", "the starter", "an admin"])
async def test_a_queued_turn_is_called_off_by_those_whom_it_concerns(by: Person) -> None:
    """Before any request has left, nothing is spent, and the message says so."""
    here = world()
    await thread_with_ben_editing(here)
    (_, turn) = await here.turns_of(here.root.thread)
    await stop_pressed(here, here.root.thread, turn, by=by)
    await here.settle()
    assert await bens_turn(here) is Stage.CANCELLED
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger())[-2:] == ["hold", "release"]
    assert here.last.text == CANCELLED
    assert_at_rest(here)


async def test_a_stranger_calls_nothing_off() -> None:
    """Cleo is told whose turn it is; it goes on."""
    here = world()
    await thread_with_ben_editing(here)
    (_, turn) = await here.turns_of(here.root.thread)
    reception = await stop_pressed(here, here.root.thread, turn, by=CLEO)
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert "Ben" in said_to(here, CLEO)
    assert await bens_turn(here) is Stage.DELIVERED


async def test_the_word_cancel_is_about_ones_own_turns_only() -> None:
    """Even the starter's `cancel` leaves Ben's turn alone, and says that there was nothing of hers."""
    here = world()
    await thread_with_ben_editing(here)
    await here.reply(here.root.thread, "cancel", by=ANN)
    await here.settle()
    assert said_to(here, ANN) == sentence("nothing_to_cancel", "en")
    assert await bens_turn(here) is Stage.DELIVERED


async def test_a_turn_at_the_gate_is_called_off_without_a_call() -> None:
    """Announced and waiting for a place: the hold goes back, the place goes to nobody."""
    here = world(policy(concurrency=1))
    await here.imagine("a lighthouse", by=BEN)
    async with call_out(here):
        await here.imagine("a windmill")
        for _ in range(50):
            await asyncio.sleep(0)
        turn = next(one for one in here.shelves.turns.values() if one.actor == ANN.id)
        assert turn.stage is Stage.ANNOUNCED
        await here.reply(here.standing[-1].thread, "cancel", by=ANN)
    assert here.shelves.turns[turn.id].stage is Stage.CANCELLED
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


async def test_cancel_drops_what_waits_and_stops_what_runs() -> None:
    """All of the person's turns in the thread, and nobody else's."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "one")
    async with call_out(here):
        await here.reply(thread, "two")
        await here.reply(thread, "not hers", by=BEN)
        await here.reply(thread, "cancel")
    stages = {turn.ask.text: turn.stage for turn in await here.turns_of(thread)}
    assert stages["one"] is Stage.CANCELLED
    assert stages["two"] is Stage.CANCELLED
    assert stages["not hers"] is Stage.DELIVERED
    assert_at_rest(here)


async def test_a_picture_that_comes_all_the_same_is_kept_beside_the_head() -> None:
    """It was paid for: it is settled, shown with a warning, and the thread goes on from where it was."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        await here.reply(thread, "cancel")
        await asyncio.sleep(0)
        card = here.last
        assert sentence("turn_cancelling", "en") in [line.text for line in card.lines]
        assert button(card, Act.CANCEL) is None
    record = await here.thread(thread)
    assert [revision.number for revision in record.machine.revisions] == [1, 2]
    assert record.machine.head is not None
    assert record.machine.head.revision == 1
    assert kinds(await here.ledger()) == ["hold", "settle"] * 2
    assert sentence("cancelled_late", "en", head="v2") in here.said()
    assert_at_rest(here)
    await here.reply(thread, "v2")
    await here.reply(thread, "add snow")
    await here.settle()
    assert here.last.caption.startswith("v3 from v2")


@pytest.mark.parametrize("billed", [0, 30_000])
async def test_a_failure_after_a_cancel_is_told_as_cancelled(billed: int) -> None:
    """The person wanted no picture any more, so that the reason does not matter, but the money is named."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here):
        here.engine.script.append(Failure(FailureKind.NO_ANSWER, billed=Micros(billed)))
        await here.reply(here.root.thread, "cancel")
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.CANCELLED
    assert here.root.card.text == (sentence("cancelled_billed", "en", price="$0.03") if billed else CANCELLED)
    assert_at_rest(here)


@pytest.mark.parametrize("kind", [FailureKind.RATE_LIMITED, FailureKind.OVERLOADED, FailureKind.UNREACHABLE])
async def test_nothing_that_was_cancelled_is_asked_again(kind: FailureKind) -> None:
    """A passing refusal ends a cancelled turn instead of putting it off."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here):
        here.engine.script.append(Failure(kind, retry_after_s=5.0))
        await here.reply(here.root.thread, "cancel")
    await here.advance(60.0)
    assert len(here.engine.calls) == 1
    assert here.root.card.text == CANCELLED
    assert_at_rest(here)


async def test_a_turn_that_waits_for_a_busy_engine_is_called_off_at_once() -> None:
    """No request is out, so that nothing has to come home first."""
    here = world()
    here.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=500.0))
    await here.imagine("a lighthouse")
    await here.settle()
    await here.reply(here.root.thread, "cancel")
    await here.settle()
    assert here.root.card.text == CANCELLED
    await here.advance(600.0)
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


async def test_what_is_recorded_already_cannot_be_called_off() -> None:
    """The picture is made and paid for; only its showing is late."""
    here = world()
    await here.imagine("a lighthouse")
    here.surface.refuses_pictures.append(SurfaceFault(SurfaceFaultKind.BUSY))
    await here.settle()
    await here.reply(here.root.thread, "cancel")
    await here.settle()
    assert said_to(here, ANN) == sentence("nothing_to_cancel", "en")
    await here.advance(10.0)
    assert here.root.card.pictures
    assert_at_rest(here)


async def test_cancelling_twice_is_cancelling_once() -> None:
    """The second press finds nothing left to do."""
    here = world()
    await thread_with_ben_editing(here)
    (_, turn) = await here.turns_of(here.root.thread)
    for by in (BEN, DORA):
        await stop_pressed(here, here.root.thread, turn, by=by)
    await here.settle()
    assert kinds(await here.ledger()) == ["hold", "settle", "hold", "release"]
    assert said_to(here, DORA) == sentence("nothing_to_cancel", "en")


async def test_a_button_of_another_thread_calls_nothing_off() -> None:
    """A forged or mixed-up subject finds no turn in this thread."""
    here = world()
    thread = await here.made()
    await here.imagine("a windmill", by=BEN)
    turn = next(one for one in here.shelves.turns.values() if one.actor == BEN.id)
    await stop_pressed(here, thread, turn, by=DORA)
    await here.settle()
    assert here.shelves.turns[turn.id].stage is Stage.DELIVERED


# --- closing ---


async def test_closing_a_thread_calls_off_what_runs_and_drops_what_waits() -> None:
    """The thread is closed once the call has come home; those who waited are told."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "one", by=BEN)
    async with call_out(here):
        await here.reply(thread, "two", by=BEN)
        await here.reply(thread, "close", by=ANN)
    assert (await here.thread(thread)).machine.state.value == "closed"
    assert sentence("closed", "en") in said_to(here, BEN)
    assert [turn.stage for turn in await here.turns_of(thread)][1:] == [Stage.CANCELLED] * 2
    assert_at_rest(here)


async def test_a_stranger_does_not_close_a_thread() -> None:
    """Only who started it and admins do."""
    here = world()
    thread = await here.made()
    reception = await here.reply(thread, "close", by=CLEO)
    assert reception.kind is ReceiptKind.REFUSED
    await here.reply(thread, "close", by=DORA)
    assert (await here.thread(thread)).machine.state.value == "closed"


async def test_replies_in_a_closed_thread_are_talk_and_buttons_are_answered() -> None:
    """Nothing is spent there any more, and who presses a button hears why."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "close")
    await here.settle()
    reply = await here.reply(thread, "make it stormy", by=BEN)
    pressed = await here.press(thread, Act.AGAIN, "v1")
    moved = await here.press(thread, Act.UNDO, "v1")
    await here.settle()
    assert reply.kind is ReceiptKind.IGNORED
    assert pressed.kind is ReceiptKind.REFUSED
    assert said_to(here, BEN) == ""
    assert said_to(here, ANN).split("\n") == [sentence("closed", "en")] * 2
    assert moved.kind is not ReceiptKind.IGNORED
    assert len(here.engine.calls) == 1
    assert_at_rest(here)
