"""The road from words to a picture to edits of it, through the whole application on fakes."""

from __future__ import annotations

from core.app.inbound import ReceiptKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import CardKind
from core.domain.quota import EntryKind
from tests.app.app_world import World


async def test_words_become_a_picture_in_a_thread_of_its_own() -> None:
    """`/imagine` posts a placeholder at once, and the picture takes its place."""
    world = World()
    reception = await world.imagine("a lighthouse at dusk --ar 16:9")
    await world.settle()
    assert reception.kind is ReceiptKind.ACCEPTED
    assert len(world.standing) == 1
    assert next(card.kind for card in world.root.earlier) is CardKind.PLACEHOLDER
    card = world.root.card
    assert card.kind is CardKind.RESULT
    assert str(card.pictures[0].size) == "1360x768"
    assert card.caption.startswith("v1 · 1360×768 · medium · 0 s · $0.0")
    assert "you 1 of 20 today" in card.caption


async def test_a_placeholder_says_from_the_start_that_the_picture_is_made() -> None:
    """Where nobody goes first: no platform has to change it a moment after posting it."""
    world = World()
    await world.imagine("a lighthouse")
    await world.settle()
    posted, *_ = world.root.earlier
    assert posted.progress is not None
    assert posted.progress.stage == Stage.QUEUED.value
    assert sentence("turn_generating", "en") in [line.text for line in posted.lines]


async def test_an_edit_starts_from_exactly_the_last_pictures_bytes() -> None:
    """A reply is an edit of the head, byte for byte."""
    world = World()
    thread = await world.made()
    for number, words in enumerate(["make it stormy", "add an umbrella"], start=1):
        await world.reply(thread, words)
        await world.settle()
        base = world.standing[number - 1].card.pictures[0].blob
        assert [image.content for image in world.engine.calls[-1].inputs] == [world.blobs.kept[base]]
    assert world.last.caption.startswith("v3 from v2")


async def test_a_settled_turn_leaves_the_ledger_balanced() -> None:
    """What the engine billed is what was settled; the hold is gone."""
    world = World()
    await world.made()
    kinds = [entry.kind for entry in await world.ledger()]
    settled = sum(entry.micros for entry in await world.ledger() if entry.kind is EntryKind.SETTLE)
    assert kinds == [EntryKind.HOLD, EntryKind.SETTLE]
    assert settled == sum(world.engine.bill.values())


async def test_a_branch_starts_from_the_version_it_names() -> None:
    """`v1: …` edits v1 and leaves v2 as it is."""
    world = World()
    thread = await world.made()
    await world.reply(thread, "make it stormy")
    await world.settle()
    await world.reply(thread, "v1: make it snow")
    await world.settle()
    first = world.root.card.pictures[0].blob
    assert world.engine.calls[-1].inputs[0].content == world.blobs.kept[first]
    assert world.last.caption.startswith("v3 from v1")


async def test_undo_is_free_and_moves_the_head() -> None:
    """After undo the next edit starts from v1 again."""
    world = World()
    thread = await world.made()
    await world.reply(thread, "make it stormy")
    await world.settle()
    await world.reply(thread, "undo")
    await world.settle()
    assert "goes on from v1" in world.said()
    await world.reply(thread, "add snow")
    await world.settle()
    assert world.last.caption.startswith("v3 from v1")


async def test_replies_wait_their_turn_in_order() -> None:
    """While a picture is being made three replies wait, the fourth is told to come back."""
    world = World()
    thread = await world.made()
    for words in ["one", "two", "three", "four", "five"]:
        await world.reply(thread, words)
    await world.settle()
    turns = await world.turns_of(thread)
    assert [turn.ask.text for turn in turns if turn.stage is Stage.DELIVERED] == [
        "a lighthouse",
        "one",
        "two",
        "three",
        "four",
    ]
    assert "Three requests are waiting" in world.said()
    assert [turn.base.revision for turn in turns if turn.base is not None] == [1, 2, 3, 4]


async def test_the_same_delivery_twice_makes_one_picture() -> None:
    """A redelivered command does nothing."""
    world = World()
    await world.imagine("a cat", key="same")
    again = await world.imagine("a cat", key="same")
    await world.settle()
    assert again.kind is ReceiptKind.REPEATED
    assert len(world.engine.calls) == 1


async def test_a_double_click_joins_the_first() -> None:
    """The same words of the same person within seconds are one wish while nothing stands yet."""
    world = World()
    await world.imagine("a cat")
    again = await world.imagine("a cat")
    await world.settle()
    assert again.kind is ReceiptKind.REPEATED
    assert len(world.engine.calls) == 1
