"""People delete or change the message that they asked with, and send forms."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Attachment, Inbound, InboundKind, Person, Press, ReceiptKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.generation import Failure, FailureKind
from core.domain.ids import MessageRef, Micros, Platform
from core.domain.lineage import Head
from tests.app.app_scenes import (
    assert_at_rest,
    call_out,
    kinds,
    png,
    said_to,
    sweep,
    world,
)
from tests.fakes.studio_world import ANN, BEN, CHANNEL

if TYPE_CHECKING:
    from core.app.inbound import Reception
    from core.domain.ids import ThreadRef
    from tests.app.app_world import World

SOURCE = MessageRef("her own message")
LATE = sentence("revised_late", "en")
_NUMBERS = count()


async def send(
    here: World, kind: InboundKind, text: str = "", *, by: Person = ANN, **others: object
) -> Reception:
    """Something reaches us from a platform that names people's own messages."""
    parts = {"source": SOURCE, "thread": None, **others}
    return await here.studio.receive(
        Inbound(f"d{next(_NUMBERS)}", Platform.WEB, kind, by, CHANNEL, text, **parts)  # type: ignore[arg-type]  # Inbound checks names
    )


async def ask(here: World, text: str, *, thread: ThreadRef, files: tuple[Attachment, ...] = ()) -> None:
    """Ann asks with a message of hers."""
    await send(here, InboundKind.MESSAGE, text, thread=thread, attachments=files)


def stages(here: World) -> dict[str, Stage]:
    """How far each wish has come."""
    return {turn.ask.text: turn.stage for turn in here.shelves.turns.values()}


# --- deleted ---


async def test_a_request_whose_message_is_deleted_in_time_is_called_off() -> None:
    """The engine is not asked, and nothing is spent."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    received = await send(here, InboundKind.WITHDRAWN, thread=thread)
    await here.settle()
    assert received.kind is ReceiptKind.ACCEPTED
    assert stages(here)["make it stormy"] is Stage.CANCELLED
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger())[-2:] == ["hold", "release"]
    assert_at_rest(here)


async def test_a_waiting_request_leaves_the_line_with_its_message() -> None:
    """What runs before it goes on."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it rain")
    async with call_out(here):
        await ask(here, "make it stormy", thread=thread)
        await send(here, InboundKind.WITHDRAWN, thread=thread)
    assert stages(here) == {
        "a lighthouse": Stage.DELIVERED,
        "make it rain": Stage.DELIVERED,
        "make it stormy": Stage.CANCELLED,
    }
    assert_at_rest(here)


async def test_a_request_that_waits_for_a_busy_engine_can_still_be_taken_back() -> None:
    """An attempt that came to nothing has not begun anything."""
    here = world()
    thread = await here.made()
    here.engine.script.append(Failure(FailureKind.RATE_LIMITED, retry_after_s=600.0))
    await ask(here, "make it stormy", thread=thread)
    await here.settle()
    assert stages(here)["make it stormy"] is Stage.ANNOUNCED
    await send(here, InboundKind.WITHDRAWN, thread=thread)
    await sweep(here, after_s=700)
    assert stages(here)["make it stormy"] is Stage.CANCELLED
    assert len(here.engine.calls) == 2
    assert_at_rest(here)


async def test_too_late_is_said_while_it_is_made_and_not_afterwards() -> None:
    """A picture that stands is not touched by its message's end, however late that comes."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    async with call_out(here):
        for _ in range(2):
            await send(here, InboundKind.WITHDRAWN, thread=thread)
        await here.studio.background.settle()
        assert said_to(here, ANN) == sentence("withdrawn_late", "en")
    received = await send(here, InboundKind.WITHDRAWN, thread=thread)
    assert received.kind is ReceiptKind.IGNORED
    assert stages(here)["make it stormy"] is Stage.DELIVERED
    assert_at_rest(here)


@pytest.mark.parametrize("kind", [InboundKind.WITHDRAWN, InboundKind.REVISED])
async def test_nobody_takes_back_what_another_said(kind: InboundKind) -> None:
    """Only the person's own turn follows; messages that nothing came of are nobody's business."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    theirs = await send(here, kind, "something else", by=BEN, thread=thread)
    unknown = await send(here, kind, "something else", thread=thread, source=MessageRef("another"))
    nameless = await send(here, kind, "something else", thread=thread, source=None)
    assert {one.kind for one in (theirs, unknown, nameless)} == {ReceiptKind.IGNORED}
    await here.settle()
    assert stages(here)["make it stormy"] is Stage.DELIVERED


async def test_the_first_request_of_a_thread_can_be_taken_back() -> None:
    """Said to the bot in a channel: nothing is made."""
    here = world()
    await send(here, InboundKind.MESSAGE, "a lighthouse", is_addressed=True)
    await send(here, InboundKind.WITHDRAWN)
    await here.settle()
    assert here.engine.calls == []
    assert_at_rest(here)


async def test_a_delivery_whose_files_are_still_on_their_way_is_dropped() -> None:
    """It has not become a turn yet, and does not become one."""
    here = world()
    thread = await here.made()
    here.surface.files["ref.png"] = png()
    files = (Attachment("ref.png", "ref.png"),)
    await ask(here, "like this", thread=thread, files=files)
    received = await send(here, InboundKind.WITHDRAWN, thread=thread)
    await sweep(here)
    assert received.kind is ReceiptKind.ACCEPTED
    assert "like this" not in stages(here)
    assert_at_rest(here)


# --- changed ---


async def test_a_request_takes_the_new_words_of_its_message() -> None:
    """The old ones are called off, and the engine hears the new ones alone."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    await send(here, InboundKind.REVISED, "make it sunny", thread=thread)
    await here.settle()
    assert stages(here)["make it stormy"] is Stage.CANCELLED
    assert stages(here)["make it sunny"] is Stage.DELIVERED
    assert len(here.engine.calls) == 2
    assert "sunny" in here.engine.calls[-1].plan.prompt
    assert_at_rest(here)


async def test_the_first_request_of_a_thread_takes_new_words_in_the_same_thread() -> None:
    """It stays a new picture, where the old one was to stand."""
    here = world()
    await send(here, InboundKind.MESSAGE, "a lighthouse", is_addressed=True)
    await send(here, InboundKind.REVISED, "a windmill", is_addressed=True)
    await here.settle()
    (thread,) = here.shelves.threads.values()
    assert thread.machine.head == Head(1)
    assert [request.inputs for request in here.engine.calls] == [()]
    assert_at_rest(here)


async def test_a_changed_message_keeps_its_pictures() -> None:
    """Platforms do not always send the files again with the words."""
    here = world()
    thread = await here.made()
    here.surface.files["ref.png"] = png()
    await here.reply(thread, "make it rain")
    async with call_out(here):
        files = (Attachment("ref.png", "ref.png"),)
        await ask(here, "like this", thread=thread, files=files)
        await here.studio.background.settle()
        await send(here, InboundKind.REVISED, "more like this", thread=thread)
    assert [image.content for image in here.engine.calls[-1].inputs][1:] == [png()]
    assert stages(here)["more like this"] is Stage.DELIVERED
    assert_at_rest(here)


async def test_a_message_changed_while_its_files_are_fetched_is_asked_with_the_new_words() -> None:
    """One turn comes of it, with the files."""
    here = world()
    thread = await here.made()
    here.surface.files["ref.png"] = png()
    await ask(here, "like this", thread=thread, files=(Attachment("ref.png", "ref.png"),))
    await send(here, InboundKind.REVISED, "more like this", thread=thread)
    await sweep(here)
    assert stages(here) == {"a lighthouse": Stage.DELIVERED, "more like this": Stage.DELIVERED}
    assert len(here.engine.calls[-1].inputs) == 2
    assert_at_rest(here)


async def test_a_change_that_comes_too_late_is_answered_once() -> None:
    """What was begun stays; the person learns how to change the picture."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    await here.settle()
    for words in ("make it sunny", "make it foggy"):
        await send(here, InboundKind.REVISED, words, thread=thread)
        await here.settle()
    assert said_to(here, ANN) == LATE
    assert len(here.engine.calls) == 2
    assert_at_rest(here)


async def test_a_change_of_nothing_is_none() -> None:
    """Platforms tell of a change when they add the preview of a link."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    received = await send(here, InboundKind.REVISED, " make it stormy ", thread=thread)
    await here.settle()
    await send(here, InboundKind.REVISED, "make it stormy", thread=thread)
    await here.settle()
    assert received.kind is ReceiptKind.IGNORED
    assert said_to(here, ANN) == ""
    assert stages(here)["make it stormy"] is Stage.DELIVERED


async def test_a_request_that_turns_into_talk_is_taken_back() -> None:
    """`// …` asks for nothing, and nothing stays of what it asked before."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    await send(here, InboundKind.REVISED, "// never mind", thread=thread)
    await here.settle()
    assert stages(here)["make it stormy"] is Stage.CANCELLED
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


async def test_new_words_that_are_wrong_are_refused_and_the_old_ones_are_not_made() -> None:
    """The person sees what is wrong, and has spent nothing."""
    here = world()
    thread = await here.made()
    await ask(here, "make it stormy", thread=thread)
    await send(here, InboundKind.REVISED, "make it stormy --ar 9:0", thread=thread)
    await here.settle()
    assert "9:0" in said_to(here, ANN)
    assert stages(here)["make it stormy"] is Stage.CANCELLED
    (kept,) = (one for one in here.shelves.turns.values() if one.ask.text == "make it stormy")
    assert kept.cost in {None, Micros(0)}


# --- forms ---


async def test_a_form_edits_the_picture_that_its_button_was_under() -> None:
    """Candidate b of v1, though v2 is the head: a branch."""
    here = world()
    thread = await here.made("a lighthouse -n 2")
    await here.reply(thread, "make it stormy")
    await here.settle()
    press = Press(Act.EDIT, "v1b")
    await send(here, InboundKind.MESSAGE, "undo", thread=thread, press=press, source=None)
    await here.settle()
    machine = (await here.thread(thread)).machine
    assert machine.revisions[-1].parent == Head(1, "b")  # type: ignore[arg-type]  # a letter
    second = here.root.card.pictures[1].blob
    assert here.engine.calls[-1].inputs[0].content == here.blobs.kept[second]
    assert_at_rest(here)


async def test_a_form_brings_pictures_along() -> None:
    """Its files stand beside the base, with or without words."""
    here = world()
    thread = await here.made()
    here.surface.files["ref.png"] = png()
    files = (Attachment("ref.png", "ref.png"),)
    press = Press(Act.EDIT, "v1")
    await send(here, InboundKind.MESSAGE, "", thread=thread, press=press, source=None, attachments=files)
    await here.settle()
    assert len(here.engine.calls[-1].inputs) == 2
    assert_at_rest(here)
