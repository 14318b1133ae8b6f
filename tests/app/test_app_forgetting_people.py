"""Who may have what forgotten: threads, people, and platforms that will not let go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

import pytest

from core.app.erasing import Erasing
from core.app.inbound import Inbound, InboundKind, Person, ReceiptKind
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import ForgettingRecord, NoticeSaying, Stage
from core.app.wording import sentence
from core.domain.ids import ActorId, BlobKey, ForgettingId, Platform
from core.domain.lineage import Head
from core.domain.prompt.model import ForgetWhat
from core.domain.thread_state import State
from tests.app.app_forgetting import SECRET, call_out_of_edit, forget, kept, machine_of, traces, two_versions
from tests.app.app_scenes import (
    CLEO,
    DORA,
    addressed,
    assert_at_rest,
    call_out,
    press,
    question_to,
    said_to,
    sweep,
    world,
)
from tests.app.app_world import World
from tests.fakes.clock import FakeClock
from tests.fakes.memory_database import FakeDatabase, FakeUnitOfWork
from tests.fakes.studio_world import ANN, BEN, CHANNEL, WORKSPACE

if TYPE_CHECKING:
    from core.app.records import MessageRecord, ThreadRecord

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


async def test_a_question_about_what_is_not_there_any_more_is_taken_away() -> None:
    """Its button cannot do anything: the person is told, and does not press it again."""
    here = world()
    thread = await two_versions(here)
    await here.reply(thread, "forget thread")
    await here.settle()
    question, confirm = question_to(here, ANN)
    gone = replace(confirm, subject="forget:thread:gone")
    record = here.shelves.messages[question.key]
    assert isinstance(record.saying, NoticeSaying)
    values = {**record.saying.values, "confirm": gone.subject}
    here.shelves.messages[record.id] = replace(record, saying=replace(record.saying, values=values))
    await press(here, thread, gone, by=ANN)
    await here.settle()
    assert said_to(here, ANN) == sentence("forget_nothing", "en")


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


# --- what lies outside the core ---


class Drawer:
    """Keeps files for people beside the core, as the page does with what was dropped on it."""

    def __init__(self, here: World, **files: str) -> None:
        self.files = {BlobKey(f"web:test/{name}"): ActorId(owner) for name, owner in files.items()}
        here.blobs.kept |= dict.fromkeys(self.files, b"a file")

    async def needs(self, blob: BlobKey) -> bool:
        """Whether somebody's file has those bytes."""
        return blob in self.files

    async def tidy(self) -> None:
        """Nothing gets old here."""

    async def kept_of(self, actor: ActorId) -> list[BlobKey]:
        """That person's files."""
        return [blob for blob, owner in self.files.items() if owner == actor]

    async def forget(self, actor: ActorId) -> None:
        """Drop that person's files."""
        self.files = {blob: owner for blob, owner in self.files.items() if owner != actor}


@pytest.mark.parametrize("dies_after", ["nothing", "writing the bytes down", "dropping the files"])
async def test_what_others_keep_of_a_forgotten_person_goes_too(dies_after: str) -> None:
    """Their bytes are written down before they are dropped, so that a crash between loses none of them."""
    here = world()
    await two_versions(here)
    drawer = Drawer(here, hers=ANN.id, his=BEN.id)
    wish = ForgettingRecord(
        ForgettingId(f"forget:me:{BEN.id}"),
        ForgetWhat.ME,
        WORKSPACE,
        Platform.WEB,
        CHANNEL,
        BEN.id,
        "en",
        here.clock.now(),
        blobs=() if dies_after == "nothing" else tuple(await drawer.kept_of(BEN.id)),
    )
    if dies_after == "dropping the files":
        await drawer.forget(BEN.id)
    async with here.database.unit() as unit:
        await unit.forgettings.add(wish)
        await unit.commit()
    outside = replace(here.outside, keepers=(drawer,))
    await Erasing(outside, here.studio.telling, here.studio.transactor).go_on(wish.id)
    await here.settle()
    assert BlobKey("web:test/hers") in here.blobs.kept
    assert BlobKey("web:test/his") not in here.blobs.kept
    assert here.shelves.actors[BEN.id].name == ""
    assert said_to(here, BEN).startswith("Forgotten.")


class NotingUnit(FakeUnitOfWork):
    """A unit that notes whether it was one that writes in which a whole thread's messages were read."""

    writers: int = 0

    async def __aenter__(self) -> Self:
        """Begin, with messages that are watched."""
        await super().__aenter__()
        read, is_read_only = self.messages.of_thread, self._is_read_only

        async def noted(thread: ThreadRecord) -> list[MessageRecord]:
            NotingUnit.writers += not is_read_only
            return await read(thread)

        self.messages.of_thread = noted  # type: ignore[method-assign]  # the one thing that is different
        return self


class NotingDatabase(FakeDatabase):
    """A database of such units."""

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> NotingUnit:
        """Open one."""
        del is_urgent
        return NotingUnit(self, is_read_only=read_only)


async def test_counting_what_a_person_has_holds_up_nobody_who_writes() -> None:
    """Thousands of threads take seconds to read through: platforms wait for three until theirs is stored."""
    clock = FakeClock()
    here = World(clock=clock, database=NotingDatabase(clock))
    thread = await two_versions(here)
    NotingUnit.writers = 0
    await here.reply(thread, "forget me", by=BEN)
    await here.settle()
    question, _ = question_to(here, BEN)
    expected = sentence("forget_ask_me", "en", pictures=1, messages=1, words=1, names="Ben")
    assert question.card.text == expected
    assert NotingUnit.writers == 0
