"""Having things forgotten: asked back, gone without a trace but numbers, told once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Inbound, InboundKind, Person, ReceiptKind
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.ids import Platform
from core.domain.lineage import Head
from core.domain.thread_state import State
from tests.app.app_scenes import (
    CLEO,
    DORA,
    addressed,
    answer_to,
    assert_at_rest,
    button,
    call_out,
    png,
    press,
    question_to,
    said_to,
    sweep,
    world,
)
from tests.fakes.studio_world import ANN, BEN, CHANNEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.domain.ids import ThreadRef
    from tests.app.app_world import World

SECRET = "zanzibar"
"""A word that only what is forgotten contains."""


async def two_versions(here: World) -> ThreadRef:
    """Ann's lighthouse, and Ben's edit of it with the secret word in it."""
    thread = await here.made()
    await here.reply(thread, f"add {SECRET}", by=BEN)
    await here.settle()
    return thread


async def forget(here: World, thread: ThreadRef, words: str, *, by: Person = ANN) -> None:
    """Somebody says it, and means it."""
    await here.reply(thread, words, by=by)
    await here.settle()
    _, confirm = question_to(here, by)
    await press(here, thread, confirm, by=by)
    await here.settle()


def traces(here: World, word: str = SECRET) -> list[str]:
    """Everything in the database and on the platform that contains the word."""
    rows = [
        repr(row)
        for shelf in ("inbox", "actors", "threads", "turns", "attempts", "pictures", "messages", "entries")
        for row in getattr(here.shelves, shelf).values()
    ]
    return [text for text in (*rows, *(repr(one.card) for one in here.standing)) if word in text]


def kept(here: World) -> set[str]:
    """The bytes that are kept, but for those that only try whether there is room."""
    return {blob for blob, content in here.blobs.kept.items() if content != b"room?"}


async def machine_of(here: World, thread: ThreadRef) -> tuple[Head | None, tuple[int, ...], State]:
    """Where the thread stands: its head, what is forgotten, its state."""
    machine = (await here.thread(thread)).machine
    return machine.head, machine.forgotten, machine.state


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


@asynccontextmanager
async def call_out_of_edit(here: World, thread: ThreadRef) -> AsyncIterator[None]:
    """An edit of the head, kept open at the engine."""
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        yield


# --- who may ---


@pytest.mark.parametrize("by", [BEN, ANN, DORA], ids=["the asker", "the starter", "an admin"])
async def test_those_whom_a_version_concerns_may_have_it_forgotten(by: Person) -> None:
    """Whoever asked for it, whoever started the thread, and admins."""
    here = world()
    thread = await two_versions(here)
    await forget(here, thread, "delete v2", by=by)
    assert (await machine_of(here, thread))[1] == (2,)


async def test_others_may_not() -> None:
    """They are told whose it is, and a question that was asked of somebody else is not theirs to answer."""
    here = world()
    thread = await two_versions(here)
    await here.reply(thread, "delete v2", by=CLEO)
    await here.settle()
    assert said_to(here, CLEO) == sentence("not_yours", "en", name="Ben")
    await here.reply(thread, "delete v2", by=BEN)
    await here.settle()
    _, confirm = question_to(here, BEN)
    await press(here, thread, confirm, by=CLEO)
    await here.settle()
    assert await machine_of(here, thread) == (Head(2), (), State.IDLE)


async def test_only_the_starter_and_admins_may_have_a_thread_forgotten() -> None:
    """Ben's edit stands in it, but it is Ann's thread."""
    here = world()
    thread = await two_versions(here)
    await here.reply(thread, "forget thread", by=BEN)
    await here.settle()
    assert said_to(here, BEN) == sentence("not_yours", "en", name="Ann")
    await forget(here, thread, "forget thread", by=DORA)
    assert (await machine_of(here, thread))[1] == (1, 2)


async def test_nobody_forgets_somebody_else() -> None:
    """The button of `forget me` is worth nothing in other hands."""
    here = world()
    thread = await two_versions(here)
    await here.reply(thread, "forget me", by=BEN)
    await here.settle()
    _, confirm = question_to(here, BEN)
    await press(here, thread, confirm, by=DORA)
    await here.settle()
    assert traces(here)
    assert said_to(here, DORA) == sentence("not_yours", "en", name="Ben")


# --- a whole thread ---


async def test_a_forgotten_thread_is_closed_and_empty() -> None:
    """Everybody's pictures, words and messages in it, failures and answers too."""
    here = world()
    thread = await two_versions(here)
    for words in ("history", f"rain --{SECRET}", "cancel"):
        await here.reply(thread, words, by=BEN)
        await here.settle()
    await forget(here, thread, "forget thread")
    assert traces(here) == []
    assert traces(here, "lighthouse") == []
    assert kept(here) == set()
    assert await machine_of(here, thread) == (None, (1, 2), State.CLOSED)
    assert said_to(here, ANN) == sentence("forgot", "en", pictures=2, words=2, messages=5)
    assert [one.private_to for one in here.standing] == [ANN.id]
    assert_at_rest(here)


async def test_what_runs_in_a_forgotten_thread_is_called_off_and_then_goes() -> None:
    """A call that is out comes home first; its picture is paid for, and goes like the others."""
    here = world()
    thread = await here.made()
    async with call_out_of_edit(here, thread):
        await here.reply(thread, f"then {SECRET}", by=BEN)
        await here.reply(thread, "forget thread")
        await here.studio.background.settle()
        _, confirm = question_to(here, ANN)
        await press(here, thread, confirm, by=ANN)
        await here.studio.background.settle()
        assert sentence("forget_waiting", "en") in said_to(here, ANN)
        received = await press(here, thread, confirm, by=ANN)
        assert received.kind is ReceiptKind.REPEATED
    await sweep(here)
    assert traces(here) == []
    assert kept(here) == set()
    assert (await machine_of(here, thread))[2] is State.CLOSED
    assert said_to(here, ANN).count("Forgotten.") == 1
    assert_at_rest(here)


async def test_a_delivery_that_waits_in_a_forgotten_thread_is_dropped() -> None:
    """What was said with files and is not worked on yet will not be done."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "forget thread")
    await here.settle()
    _, confirm = question_to(here, ANN)
    waiting = Inbound(
        delivery_key="waiting",
        platform=Platform.WEB,
        kind=InboundKind.MESSAGE,
        person=BEN,
        channel=CHANNEL,
        text=SECRET,
        thread=thread,
    )
    async with here.database.unit() as unit:
        await unit.inbox.admit(waiting, is_pending=True)
        await unit.commit()
    await press(here, thread, confirm, by=ANN)
    await sweep(here)
    assert traces(here) == []
    assert len(here.shelves.turns) == 1


# --- a person ---


async def test_a_person_who_is_forgotten_leaves_others_alone() -> None:
    """Ben's turns in all threads, his private answers and his name go; Ann's picture stays."""
    here = world()
    thread = await two_versions(here)
    await here.imagine(f"{SECRET} at night", by=BEN)
    await here.settle()
    await here.reply(thread, f"rain --{SECRET}", by=BEN)
    await here.settle()
    await forget(here, thread, "forget me", by=BEN)
    assert traces(here) == []
    assert here.shelves.actors[BEN.id].name == ""
    assert here.shelves.actors[ANN.id].name == "Ann"
    assert await machine_of(here, thread) == (Head(1), (2,), State.IDLE)
    (own,) = (one for one in here.shelves.threads.values() if one.starter == BEN.id)
    assert own.machine.state is State.CLOSED
    assert kept(here) == {here.root.card.pictures[0].blob}
    assert said_to(here, BEN).count("Forgotten.") == 1
    assert_at_rest(here)


async def test_a_person_can_be_forgotten_from_anywhere() -> None:
    """Said to the bot where no picture is; the question and its button work there too."""
    here = world()
    await here.made()
    await here.studio.receive(addressed("forget me"))
    await here.settle()
    question, confirm = question_to(here, ANN)
    assert question.card.text == sentence("forget_ask_me", "en", pictures=1, words=1, messages=1)
    received = await press(here, question.thread, confirm, by=ANN)
    await here.settle()
    assert received.kind is ReceiptKind.ACCEPTED
    assert kept(here) == set()
    assert_at_rest(here)


async def test_a_thread_is_forgotten_only_where_it_is() -> None:
    """Elsewhere nobody knows which one is meant."""
    here = world()
    await here.studio.receive(addressed("forget thread"))
    await here.settle()
    assert said_to(here, ANN) == sentence("forget_where", "en")


async def test_what_a_forgotten_person_has_running_is_called_off_first() -> None:
    """Their running and waiting turns end; somebody else's waiting turn goes on."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "forget me", by=BEN)
    await here.settle()
    _, confirm = question_to(here, BEN)
    await here.reply(thread, f"add {SECRET}", by=BEN)
    async with call_out(here):
        await here.reply(thread, "make it stormy", by=ANN)
        await press(here, thread, confirm, by=BEN)
        await here.studio.background.settle()
    await sweep(here)
    assert traces(here) == []
    stages = [turn.stage for turn in await here.turns_of(thread)]
    assert stages == [Stage.DELIVERED, Stage.CANCELLED, Stage.DELIVERED]
    assert_at_rest(here)


# --- platforms that refuse ---


async def test_a_message_that_the_platform_keeps_says_that_it_was_forgotten() -> None:
    """Where deleting is refused, nothing of what was there is left to read."""
    here = world()
    thread = await two_versions(here)
    here.surface.refuses_to_delete = SurfaceFault(SurfaceFaultKind.FORBIDDEN)
    await forget(here, thread, "delete this", by=BEN)
    assert traces(here) == [
        text for text in traces(here) if "earlier=" in text
    ]  # the platform's own past, not what stands
    assert sum(one.card.text == sentence("forgotten", "en") for one in here.standing) == 2
    assert all(not one.card.pictures for one in here.standing[1:])


async def test_a_platform_out_of_reach_is_asked_again_until_it_answers() -> None:
    """However long it takes: the receipt waits for it."""
    here = world()
    thread = await two_versions(here)
    here.surface.refuses_to_delete = SurfaceFault(SurfaceFaultKind.UNREACHABLE)
    await forget(here, thread, "delete this", by=BEN)
    await sweep(here, after_s=130, rounds=20)
    assert "Forgotten." not in said_to(here, BEN)
    here.surface.refuses_to_delete = None
    await sweep(here, after_s=130, rounds=3)
    assert traces(here) == []
    assert said_to(here, BEN).count("Forgotten.") == 1
    assert_at_rest(here)


async def test_a_message_that_can_neither_go_nor_change_is_owned_up_to() -> None:
    """The receipt says how many a person has to delete by hand."""
    here = world()
    thread = await two_versions(here)
    here.surface.refuses_to_delete = SurfaceFault(SurfaceFaultKind.FORBIDDEN)
    await here.reply(thread, "delete this", by=BEN)
    await here.settle()
    _, confirm = question_to(here, BEN)
    here.surface.refuses_to_update = SurfaceFault(SurfaceFaultKind.FORBIDDEN)
    await press(here, thread, confirm, by=BEN)
    await here.settle()
    await sweep(here)
    assert sentence("forgot_but_left", "en", pictures=1, words=1, messages=0, left=1) in said_to(here, BEN)
