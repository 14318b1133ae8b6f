"""A process that dies at any moment while something is forgotten or taken back: all of it goes, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.inbound import Inbound, InboundKind, Person, Press
from core.app.records import Outcome, Stage
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.ids import MessageRef, Platform, ThreadRef
from core.domain.thread_state import State
from tests.app.app_kills import Road, die_and_recover, moments_of
from tests.app.app_scenes import assert_at_rest, png
from tests.fakes.studio_world import ANN, BEN, CHANNEL

if TYPE_CHECKING:
    from tests.app.app_world import World

ROOT = ThreadRef("m1")
SECRET = "zanzibar"


def _inbound(kind: InboundKind, by: Person, key: str, **others: object) -> Inbound:
    parts = {"platform": Platform.WEB, "channel": CHANNEL, "thread": ROOT, **others}
    return Inbound(delivery_key=key, kind=kind, person=by, **parts)  # type: ignore[arg-type]  # Inbound checks names


async def _confirm(world: World, subject: str, *, by: Person) -> None:
    press = Press(Act.CONFIRM, subject)
    await world.studio.receive(_inbound(InboundKind.PRESS, by, f"confirm {subject}", press=press))


async def imagine(world: World) -> None:
    """A first picture, of Ann."""
    await world.imagine("a lighthouse", key="first")


async def bens_edit(world: World) -> None:
    """A change of it by Ben, with a reference picture and words that must not stay."""
    world.surface.files["ref.png"] = png()
    await world.reply(ROOT, f"add {SECRET}", by=BEN, key="second", files=("ref.png",))


async def compare(world: World) -> None:
    """A sheet that shows both."""
    await world.reply(ROOT, "compare", key="compare")


async def forget_version(world: World) -> None:
    """Ben has his version forgotten."""
    await world.reply(ROOT, "delete v2", by=BEN, key="delete")
    (thread,) = world.shelves.threads
    await _confirm(world, f"forget:v2:{thread}", by=BEN)


async def forget_all(world: World) -> None:
    """Ben wants to be forgotten while an edit of his waits, and Ann has the thread forgotten behind him."""
    await world.reply(ROOT, "make it rain", key="rain")
    await world.reply(ROOT, f"more {SECRET}", by=BEN, key="more")
    await _confirm(world, f"forget:me:{BEN.id}", by=BEN)
    (thread,) = world.shelves.threads
    await _confirm(world, f"forget:thread:{thread}", by=ANN)


SOURCE = MessageRef("ben's own message")


async def changes_his_mind(world: World) -> None:
    """Ben asks, puts it in other words, and takes it back, all before the engine is asked."""
    ask = _inbound(InboundKind.MESSAGE, BEN, "ask", text=f"add {SECRET}", source=SOURCE)
    revised = _inbound(InboundKind.REVISED, BEN, "revise", text="make it snow", source=SOURCE)
    for inbound in (ask, revised):
        await world.studio.receive(inbound)


async def takes_it_back(world: World) -> None:
    """Another wish of Ben, deleted at once."""
    source = MessageRef("another message")
    ask = _inbound(InboundKind.MESSAGE, BEN, "ask again", text="make it hail", source=source)
    await world.studio.receive(ask)
    await world.studio.receive(_inbound(InboundKind.WITHDRAWN, BEN, "withdraw", source=source))


TWO_VERSIONS: Road = (imagine, bens_edit, compare)
"""What happens before the process can die: its roads are killed elsewhere."""

VERSION_ROAD: Road = (forget_version,)
WHOLE_ROAD: Road = (forget_all,)
WITHDRAWN_ROAD: Road = (changes_his_mind, takes_it_back)

BATCHES = 2
"""The moments of a road are shared out, so that a failure names few of them."""


def _kept(world: World) -> int:
    return sum(content != b"room?" for content in world.blobs.kept.values())


def _traces(world: World) -> list[str]:
    shelves = (world.shelves.turns, world.shelves.messages, world.shelves.inbox, world.shelves.actors)
    rows = [repr(row) for shelf in shelves for row in shelf.values()]
    return [text for text in (*rows, *(repr(one.card) for one in world.standing)) if SECRET in text]


def _receipts(world: World, person: Person) -> int:
    return sum(
        one.private_to == person.id and one.card.text.startswith("Forgotten.") for one in world.standing
    )


async def test_the_roads_have_all_kinds_of_moments() -> None:
    """Messages and bytes are taken away on them."""
    for road in (VERSION_ROAD, WHOLE_ROAD):
        moments = await moments_of(road, before=TWO_VERSIONS)
        assert {f"{when} delete" for when in ("before", "after")} <= set(moments)
        assert len(moments) > 40


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_a_version_is_forgotten_whenever_the_process_died(batch: int) -> None:
    """Its words, bytes, message and sheets are gone, the other version stands, and Ben was told once."""
    for moment in range(batch, len(await moments_of(VERSION_ROAD, before=TWO_VERSIONS)), BATCHES):
        lasting, died = await die_and_recover(moment, VERSION_ROAD, before=TWO_VERSIONS)
        assert _traces(lasting) == [], died
        assert _kept(lasting) == 1, died
        (thread,) = lasting.shelves.threads.values()
        assert thread.machine.forgotten == (2,), died
        assert _receipts(lasting, BEN) == 1, died
        assert lasting.shelves.forgettings == {}, died


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_a_person_and_a_thread_are_forgotten_whenever_the_process_died(batch: int) -> None:
    """Nothing is left but numbers, the thread is closed, and each was told once."""
    for moment in range(batch, len(await moments_of(WHOLE_ROAD, before=TWO_VERSIONS)), BATCHES):
        lasting, died = await die_and_recover(moment, WHOLE_ROAD, before=TWO_VERSIONS)
        assert _traces(lasting) == [], died
        assert _kept(lasting) == 0, died
        (thread,) = lasting.shelves.threads.values()
        assert thread.machine.state is State.CLOSED, died
        assert all(turn.is_forgotten for turn in lasting.shelves.turns.values()), died
        assert [_receipts(lasting, person) for person in (ANN, BEN)] == [1, 1], died
        assert lasting.shelves.forgettings == {}, died


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_what_is_taken_back_is_not_made_whenever_the_process_died(batch: int) -> None:
    """The new words are made once, the old ones and the deleted ones never, unless they had begun."""
    for moment in range(batch, len(await moments_of(WITHDRAWN_ROAD, before=(imagine,))), BATCHES):
        lasting, died = await die_and_recover(moment, WITHDRAWN_ROAD, before=(imagine,))
        assert_at_rest(lasting)
        ended = {turn.ask.text: turn.stage for turn in lasting.shelves.turns.values()}
        late = sum(one.card.text == sentence("revised_late", "en") for one in lasting.standing)
        if ended[f"add {SECRET}"] is Stage.CANCELLED:
            assert (ended["make it snow"], late) == (Stage.DELIVERED, 0), died
        else:  # the next process had begun it before the platform told of the change again
            assert ("make it snow" not in ended, late) == (True, 1), died
        assert ended["make it hail"] in {Stage.CANCELLED, Stage.DELIVERED}, died
        delivered = [stage for stage in ended.values() if stage is Stage.DELIVERED]
        lost = [one for one in lasting.shelves.attempts.values() if one.outcome is Outcome.LOST]
        assert len(lasting.engine.bill) <= len(delivered) + len(lost), died
