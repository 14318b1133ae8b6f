"""Having a version forgotten: asked back, gone without a trace but numbers, told once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import ReceiptKind
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.lineage import Head
from core.domain.thread_state import State
from tests.app.app_forgetting import SECRET, call_out_of_edit, forget, kept, machine_of, traces, two_versions
from tests.app.app_scenes import (
    answer_to,
    assert_at_rest,
    button,
    png,
    press,
    question_to,
    said_to,
    sweep,
    world,
)
from tests.app.app_surface import WatchedSurface
from tests.fakes.clock import settle
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from core.app.ports import Place, SurfaceFault
    from core.domain.ids import MessageRef

# --- one version ---


async def test_a_version_is_asked_back_about_before_it_goes() -> None:
    """The question is private, says how much goes and whose it is, and nothing has gone yet."""
    here = world()
    thread = await two_versions(here)
    received = await here.reply(thread, "delete this", by=BEN)
    await here.settle()
    assert received.kind is ReceiptKind.ACCEPTED
    question, confirm = question_to(here, BEN)
    expected = sentence("forget_ask_this", "en", head="v2", pictures=1, messages=1, names="Ben")
    assert question.card.text == expected
    assert confirm.subject.startswith("forget:v2:")
    assert traces(here)
    assert await machine_of(here, thread) == (Head(2), (), State.IDLE)


async def test_a_forgotten_version_leaves_only_numbers() -> None:
    """Words, bytes and messages are gone at once; the ledger, the ids and the other versions stay."""
    here = world()
    thread = await two_versions(here)
    before = await here.ledger()
    blobs = kept(here)
    await forget(here, thread, "delete this", by=BEN)
    assert traces(here) == []
    (gone,) = blobs - kept(here)
    assert gone not in here.shelves.pictures
    assert await machine_of(here, thread) == (Head(1), (2,), State.IDLE)
    assert await here.ledger() == before
    (_, turn) = await here.turns_of(thread)
    assert (turn.revision, turn.is_forgotten, turn.pictures, turn.cost) == (2, True, (), turn.cost)
    assert turn.cost
    assert_at_rest(here)


async def test_the_receipt_says_what_went_and_the_question_is_gone() -> None:
    """One receipt, private, with the numbers of what went."""
    here = world()
    thread = await two_versions(here)
    await forget(here, thread, "delete this", by=BEN)
    receipt = sentence("forgot", "en", pictures=1, words=1, messages=1)
    assert said_to(here, BEN) == receipt
    assert said_to(here, ANN) == ""


async def test_the_button_under_a_picture_asks_the_same() -> None:
    """Delete stands under More of every result and names its version, also where it is not the head."""
    here = world()
    thread = await two_versions(here)
    delete = button(here.root.card, Act.DELETE)
    assert delete is not None
    assert delete.in_more
    await press(here, thread, delete, by=ANN)
    await here.settle()
    _, confirm = question_to(here, ANN)
    await press(here, thread, confirm, by=ANN)
    await here.settle()
    assert await machine_of(here, thread) == (Head(2), (1,), State.IDLE)
    assert here.root.card.caption.startswith("v2 from v1")


async def test_a_reply_to_a_picture_means_that_picture() -> None:
    """Where the platform says what was replied to, that is what goes."""
    here = world()
    thread = await two_versions(here)
    await answer_to(here, thread, here.root.ref, "forget this", by=ANN)
    await here.settle()
    assert question_to(here, ANN)[1].subject.startswith("forget:v1:")


async def test_a_version_can_be_named() -> None:
    """`delete v1` is no edit."""
    here = world()
    thread = await two_versions(here)
    calls = len(here.engine.calls)
    await forget(here, thread, "delete v1")
    assert await machine_of(here, thread) == (Head(2), (1,), State.IDLE)
    assert len(here.engine.calls) == calls


async def test_what_came_of_a_forgotten_version_does_not_tell_its_words() -> None:
    """Alt texts and the words that were sent hold them no more; the picture itself stays."""
    here = world()
    thread = await here.made(f'a sign that says "{SECRET}"')
    await here.reply(thread, "make it stormy")
    await here.settle()
    assert SECRET in here.last.pictures[0].alt_text
    await forget(here, thread, "delete v1")
    assert traces(here) == []
    assert here.root.card.pictures[0].alt_text.endswith("make it stormy")
    await here.reply(thread, "why")
    await here.settle()
    assert "make it stormy" in here.said()
    assert_at_rest(here)


async def test_sheets_that_show_a_forgotten_version_go_with_it() -> None:
    """Comparisons, strips, and the picture once more, with their bytes; other messages stay."""
    here = world()
    thread = await two_versions(here)
    for words in ("compare", "history", "show", "why"):
        await here.reply(thread, words)
        await here.settle()
    assert len(here.standing) == 6
    await forget(here, thread, "delete this", by=BEN)
    assert [one.private_to for one in here.standing] == [None, BEN.id]
    assert kept(here) == {here.root.card.pictures[0].blob}
    assert_at_rest(here)


async def test_bytes_that_another_turn_needs_stay_until_it_goes() -> None:
    """The same reference in two turns is kept for the other one."""
    here = world()
    here.surface.files["ref.png"] = png()
    thread = await here.made()
    for words in ("like this", "more like this"):
        await here.reply(thread, words, files=("ref.png",))
        await here.settle()
    (reference,) = {blob for turn in here.shelves.turns.values() for blob in turn.ask.references}
    await forget(here, thread, "delete v3")
    assert reference in here.blobs.kept
    await forget(here, thread, "delete v2")
    assert reference not in here.blobs.kept
    assert reference not in here.shelves.pictures
    assert_at_rest(here)


@pytest.mark.parametrize("words", ["v2", "v2: rain", "compare v1 v2"])
async def test_nothing_can_be_done_with_a_forgotten_version(words: str) -> None:
    """It is said plainly, and nothing is spent."""
    here = world()
    thread = await two_versions(here)
    await forget(here, thread, "delete this", by=BEN)
    calls = len(here.engine.calls)
    await here.reply(thread, words)
    await here.settle()
    assert said_to(here, ANN) == sentence("revision_forgotten", "en", revision=2)
    assert len(here.engine.calls) == calls


@pytest.mark.parametrize("act", [Act.WHY, Act.ORIGINAL, Act.FINAL, Act.COMPARE, Act.USE, Act.DELETE])
async def test_late_buttons_of_a_forgotten_version_do_nothing(act: Act) -> None:
    """A press that was on its way when the message went is answered with the same notice."""
    here = world()
    thread = await two_versions(here)
    await forget(here, thread, "delete this", by=BEN)
    calls = len(here.engine.calls)
    by = ANN if act is Act.USE else BEN  # moving on from her picture is hers
    await here.press(thread, act, "v2", by=by)
    await here.settle()
    assert sentence("revision_forgotten", "en", revision=2) in said_to(here, by)
    assert len(here.engine.calls) == calls


async def test_again_of_a_forgotten_version_repeats_nothing() -> None:
    """There are no words left to repeat."""
    here = world()
    thread = await two_versions(here)
    await forget(here, thread, "delete this", by=BEN)
    await here.press(thread, Act.AGAIN, "v2", by=BEN)
    await here.settle()
    assert sentence("forgotten", "en") in said_to(here, BEN)
    assert len(here.engine.calls) == 2


async def test_after_the_only_version_is_forgotten_a_reply_makes_a_new_picture() -> None:
    """There is nothing to edit; the number goes on."""
    here = world()
    thread = await here.made()
    await forget(here, thread, "delete this")
    await here.reply(thread, "a windmill")
    await here.settle()
    assert await machine_of(here, thread) == (Head(2), (1,), State.IDLE)
    assert here.engine.calls[-1].inputs == ()
    assert_at_rest(here)


async def test_a_version_that_is_worked_from_is_not_taken_away() -> None:
    """The person is told to wait or cancel, when asking and when confirming."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "delete this")
    await here.settle()
    _, confirm = question_to(here, ANN)
    async with call_out_of_edit(here, thread):
        await press(here, thread, confirm, by=ANN)
        await here.studio.background.settle()
        assert said_to(here, ANN) == sentence("forget_busy", "en", head="v1")
    assert await machine_of(here, thread) == (Head(2), (), State.IDLE)
    assert_at_rest(here)


class SlowToDelete(WatchedSurface):
    """A platform that takes its time with deleting, and counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.may_delete = asyncio.Event()

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Delete when it may."""
        self.asked += 1
        await self.may_delete.wait()
        return await super().delete(place, message)


async def test_a_forgetting_that_takes_long_is_not_begun_again_each_round() -> None:
    """Hundreds of messages take minutes: the rounds of the sweeper meanwhile must not pile up behind them."""
    surface = SlowToDelete()
    here = world(surface=surface)
    thread = await two_versions(here)
    await here.reply(thread, "forget thread")
    await here.settle()
    _, confirm = question_to(here, ANN)
    await press(here, thread, confirm, by=ANN)
    tasks_before = len(asyncio.all_tasks())
    for _ in range(60):
        here.clock.advance(5)
        await here.sweeper.round()
        await settle()
    assert len(asyncio.all_tasks()) < tasks_before + 10
    surface.may_delete.set()
    await here.settle()
    await sweep(here)
    assert traces(here) == []
    assert_at_rest(here)
