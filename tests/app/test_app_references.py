"""Files that people send along: refused before anything is spent, kept once they are paid for."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.app.hands import MOST_BYTES
from core.app.inbound import ReceiptKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import CardKind
from core.domain.ids import Micros
from tests.app.app_scenes import (
    assert_at_rest,
    booked,
    call_out,
    kinds,
    png,
    said_to,
    sweep,
    until,
    world,
)
from tests.fakes.clock import NOON
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from tests.app.app_world import World

NOTICE = sentence("references_notice", "en")


def send(here: World, count: int) -> tuple[str, ...]:
    """So many pictures lie ready on the platform."""
    names = tuple(f"{number}.png" for number in range(count))
    here.surface.files |= {name: png(number) for number, name in enumerate(names)}
    return names


async def refusals(here: World) -> list[str]:
    """What Ann was told, but for the notice about references."""
    await here.settle()
    return [text for text in said_to(here, ANN).split("\n") if text and text != NOTICE]


async def test_what_is_said_beside_an_answer_is_known_as_that() -> None:
    """The notice must leave the room for the answer to the picture; a refusal is the answer itself."""
    here = world()
    await here.imagine("a lighthouse", files=send(here, 1))
    await here.settle()
    await here.imagine("a lighthouse --ar 9:1")
    await here.settle()
    told = [(one.card.text == NOTICE, one.place.is_aside) for one in here.standing if one.private_to]
    assert told == [(True, True), (False, False)]
    assert [one.place.is_aside for one in here.standing if not one.private_to] == [False]


async def test_references_go_to_the_engine_after_the_base() -> None:
    """The head first, then the files in the order in which they were sent."""
    here = world()
    thread = await here.made()
    files = send(here, 2)
    await here.reply(thread, "in this style", files=files)
    await here.settle()
    head = here.root.card.pictures[0].blob
    contents = [image.content for image in here.engine.calls[-1].inputs]
    assert contents == [here.blobs.kept[head], png(0), png(1)]
    assert_at_rest(here)


async def test_a_file_is_fetched_only_once_it_can_be_held() -> None:
    """However many people send files at once, what is in hand stays within bounds; they wait, unharmed."""
    here = world()
    files = send(here, 1)
    async with here.outside.hands.holding(MOST_BYTES):
        waiting = asyncio.create_task(here.imagine("make it stormy", files=files))
        await asyncio.wait([waiting], timeout=0.01)
        assert (here.outside.hands.waiting, here.blobs.kept) == (1, {})
    await waiting
    await here.settle()
    assert [image.content for image in here.engine.calls[0].inputs] == [png(0)]
    assert here.outside.hands.held_bytes == 0


async def test_an_edit_waits_for_free_hands_and_a_new_picture_does_not() -> None:
    """What goes along with a call is held as long as the call lasts; a call without anything never waits."""
    here = world()
    thread = await here.made()
    async with here.outside.hands_for_calls.holding(MOST_BYTES):
        await here.imagine("a fox", by=BEN)
        await here.settle()
        await here.reply(thread, "make it stormy")
        working = asyncio.create_task(here.settle())
        await until(lambda: here.outside.hands_for_calls.waiting == 1)
        assert len(here.engine.calls) == 2
    await working
    await here.settle()
    assert [len(call.inputs) for call in here.engine.calls] == [0, 0, 1]
    assert here.outside.hands_for_calls.held_bytes == 0
    assert_at_rest(here)


async def test_a_picture_with_words_starts_a_thread_from_it() -> None:
    """`/imagine` with a file is a request with one input."""
    here = world()
    await here.imagine("make it stormy", files=send(here, 1))
    await here.settle()
    assert [image.content for image in here.engine.calls[0].inputs] == [png(0)]
    assert here.last.caption.startswith("v1 · ")


async def test_a_file_without_words_in_a_thread_is_an_edit_with_it() -> None:
    """The picture alone says enough."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "", files=send(here, 1))
    await here.settle()
    assert len(here.engine.calls[-1].inputs) == 2


async def test_again_uses_the_same_references() -> None:
    """They were kept with the turn."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "in this style", files=send(here, 1))
    await here.settle()
    await here.reply(thread, "again")
    await here.settle()
    assert here.engine.calls[1].inputs == here.engine.calls[2].inputs


@pytest.mark.parametrize(("count", "has_base", "limit"), [(17, False, 16), (16, True, 15)])
async def test_too_many_references_are_refused_with_the_number_that_would_do(
    count: int,
    has_base: bool,  # noqa: FBT001 - a case of the table above
    limit: int,
) -> None:
    """Sixteen pictures in all, the one that is edited among them."""
    here = world()
    files = send(here, count)
    if has_base:
        await here.reply(await here.made(), "like these", files=files)
    else:
        await here.imagine("like these", files=files)
    assert await refusals(here) == [sentence("too_many_references", "en", subject=count, suggestion=limit)]
    assert len(here.engine.calls) == has_base
    assert_at_rest(here)


async def test_sixteen_references_are_taken() -> None:
    """The limit itself is allowed."""
    here = world()
    await here.imagine("like these", files=send(here, 16))
    assert await refusals(here) == []
    assert len(here.engine.calls[0].inputs) == 16


async def test_a_text_that_is_called_png_is_no_picture() -> None:
    """Its name proves nothing; nothing is spent, and the file is named."""
    here = world()
    here.surface.files["cat.png"] = b"I am a cat"
    await here.imagine("like this", files=("cat.png",))
    assert await refusals(here) == [sentence("file_not_a_picture", "en", file="cat.png")]
    assert here.engine.calls == []
    assert not here.shelves.turns


async def test_a_file_that_is_gone_is_named() -> None:
    """It was deleted between the message and our look at it."""
    here = world()
    await here.imagine("like this", files=("gone.png",))
    assert await refusals(here) == [sentence("file_gone", "en", file="gone.png")]


async def test_one_bad_file_of_several_refuses_all_of_them() -> None:
    """Half of what was meant is not what was meant."""
    here = world()
    here.surface.files["bad.png"] = b"nothing"
    await here.imagine("like these", files=(*send(here, 2), "bad.png"))
    assert await refusals(here) == [sentence("file_not_a_picture", "en", file="bad.png")]
    assert here.engine.calls == []


async def test_where_pictures_go_is_said_once_a_person() -> None:
    """The first upload of each person is answered with where it goes and how long it is kept."""
    here = world()
    for by in (ANN, ANN, BEN):
        await here.imagine("like this", by=by, files=send(here, 1))
        await here.settle()
        here.clock.advance(10)
    told = [one.private_to for one in here.standing if one.card.text == NOTICE]
    assert told == [ANN.id, BEN.id]


# --- a storage without room ---


async def test_a_full_storage_refuses_references_before_anything_is_started() -> None:
    """Nothing was started, nothing was spent, and it says who has to do what."""
    here = world()
    here.blobs.refusals = 1
    await here.imagine("like this", files=send(here, 1))
    assert await refusals(here) == [sentence("storage_down", "en")]
    assert not here.shelves.turns


async def test_a_full_storage_stops_a_turn_before_the_paid_call() -> None:
    """Room is asked for first: a picture that could not be kept is not bought."""
    here = world()
    here.blobs.refusals = 1
    await here.imagine("a lighthouse")
    await here.settle()
    assert here.engine.calls == []
    assert here.root.card.text == sentence("failed_storage", "en")
    assert kinds(await here.ledger()) == ["hold", "release"]
    assert_at_rest(here)


async def test_a_paid_picture_waits_for_room_and_is_kept() -> None:
    """The storage fills up during the call: the bytes are offered again until there is room."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here) as gate:
        here.blobs.refusals = 5
        gate.set()
        await here.clock.pass_time(60)
    assert here.root.card.kind is CardKind.RESULT
    assert len(here.engine.calls) == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert_at_rest(here)


async def test_a_paid_picture_that_finds_no_room_is_given_up_in_the_end() -> None:
    """After minutes the person is told and charged nothing; the money is the workspace's loss."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here) as gate:
        here.blobs.refusals = 1000
        gate.set()
        await here.clock.pass_time(600)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert here.root.card.text == sentence("failed_storage", "en")
    assert kinds(await here.ledger()) == ["hold", "release", "write_off"]
    assert booked(here) == here.engine.bill
    assert turn.billed_for_nothing == Micros(sum(here.engine.bill.values()))


async def test_a_base_whose_bytes_are_gone_costs_nothing() -> None:
    """An edit without its picture would be another picture."""
    here = world()
    thread = await here.made()
    here.blobs.kept.clear()
    await here.reply(thread, "make it stormy")
    await here.settle()
    assert len(here.engine.calls) == 1
    assert here.last.text == sentence("failed_storage", "en")
    assert_at_rest(here)


# --- deliveries in two steps ---


async def test_a_delivery_with_files_that_a_crash_cut_is_finished_once_by_the_sweeper() -> None:
    """It was stored whole before it was answered."""
    here = world()
    files = send(here, 1)
    reception = await here.imagine("like this", key="cut", files=files)
    await here.studio.background.stop()
    assert reception.kind is ReceiptKind.ACCEPTED
    assert not here.shelves.turns
    await sweep(here, after_s=31)
    assert len(here.engine.calls) == 1
    assert (await here.imagine("like this", key="cut", files=files)).kind is ReceiptKind.REPEATED
    await sweep(here, after_s=31)
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


async def test_a_slow_delivery_that_the_sweeper_repeats_makes_one_turn() -> None:
    """Two that finish the same delivery at once are one."""
    here = world()
    files = send(here, 1)
    pause = asyncio.Event()
    fetch = here.surface.fetch

    async def slow(*given: object, **named: object) -> object:
        await pause.wait()
        return await fetch(*given, **named)  # type: ignore[arg-type]  # handed on as they came

    here.surface.fetch = slow  # type: ignore[method-assign, assignment]  # a slow network
    await here.imagine("like this", files=files)
    here.clock.advance(31)
    await here.sweeper.round()
    await until(lambda: here.clock.now() == NOON + timedelta(seconds=31))
    pause.set()
    await here.settle()
    assert len(here.shelves.turns) == 1
    assert len(here.engine.calls) == 1
    assert_at_rest(here)
