"""A person who has been here for years is forgotten a little at a time: nobody waits, nothing is lost."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.app import erasing
from core.app.inbound import Inbound, InboundKind, Press
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.ids import Platform, ThreadRef
from tests.app.app_forgetting import kept, traces
from tests.app.app_kills import die_and_recover, moments_of, world_after
from tests.app.app_scenes import CLEO, DORA
from tests.fakes.memory_database import FakeDatabase, FakeUnitOfWork
from tests.fakes.studio_world import ANN, BEN, CHANNEL

if TYPE_CHECKING:
    from tests.app.app_kills import Road
    from tests.app.app_world import World

ROOT = ThreadRef("m1")
SECRET = "zanzibar"


async def anns_picture(world: World) -> None:
    """The first of all."""
    await world.imagine("a lighthouse", key="first")


async def bens_edit(world: World) -> None:
    """With words that must not stay."""
    await world.reply(ROOT, f"add {SECRET}", by=BEN, key="second")


async def others_hear_of_it(world: World) -> None:
    """Cleo is told whose it is, an admin who spent what."""
    await world.reply(ROOT, "delete v2", by=CLEO, key="not hers")
    await world.ask("usage", by=DORA, key="usage")


async def he_asks(world: World) -> None:
    """The question, with its button."""
    await world.reply(ROOT, "forget me", by=BEN, key="ask")


async def he_confirms(world: World) -> None:
    """The button."""
    press = Press(Act.CONFIRM, f"forget:me:{BEN.id}")
    await world.studio.receive(
        Inbound(
            delivery_key="confirm",
            platform=Platform.WEB,
            kind=InboundKind.PRESS,
            person=BEN,
            channel=CHANNEL,
            thread=ROOT,
            press=press,
        )
    )


def before_that(private: int, pictures: int) -> Road:
    """All that was before: so many answers to Ben alone, so many threads of his own."""

    async def much(world: World) -> None:
        for number in range(private):
            await world.ask(f"quota --{SECRET}", by=BEN, key=f"private {number}")
        for number in range(pictures):
            await world.imagine(f"{SECRET} {number}", by=BEN, key=f"picture {number}")

    return (anns_picture, bens_edit, others_hear_of_it, much, he_asks)


def _receipts(world: World) -> list[str]:
    return [
        one.card.text
        for one in world.standing
        if one.private_to == BEN.id and one.card.text.startswith("Forgotten.")
    ]


@given(private=st.integers(0, 4), pictures=st.integers(0, 2), at_once=st.integers(1, 4), data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_person_is_forgotten_whenever_the_process_died(
    private: int, pictures: int, at_once: int, data: st.DataObject
) -> None:
    """Between any two of the steps, however many there are: all of it goes, told once by the same numbers."""
    before, road = before_that(private, pictures), (he_confirms,)

    async def die_somewhere() -> None:
        moments = await moments_of(road, before=before)
        moment = data.draw(st.integers(0, len(moments) - 1), label="moment")
        lasting, died = await die_and_recover(moment, road, before=before)
        assert traces(lasting) == [], died
        assert traces(lasting, "Ben") == [], died
        assert len(kept(lasting)) == 1, died
        assert [one for one in lasting.standing if one.private_to in {CLEO.id, DORA.id}] == [], died
        assert lasting.shelves.forgettings == {}, died
        numbers = {"pictures": 1 + pictures, "words": 1 + pictures, "messages": 3 + pictures + private}
        assert _receipts(lasting) == [sentence("forgot", "en", **numbers)], died

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(erasing, "AT_ONCE", at_once)
        asyncio.run(die_somewhere())


class Counting(FakeUnitOfWork):
    """A unit that notes how many rows it changed."""

    most: int = 0

    async def commit(self) -> None:
        """Make it so, and count."""
        before, after = self._database.shelves, self._desk.to_read()
        changed = 0
        for shelf in fields(after):
            was, now = getattr(before, shelf.name), getattr(after, shelf.name)
            changed += sum(was.get(key) != now.get(key) for key in was.keys() | now.keys())
        Counting.most = max(Counting.most, changed)
        await super().commit()


class CountingDatabase(FakeDatabase):
    """A database of such units."""

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> Counting:
        """Open one."""
        del is_urgent
        return Counting(self, is_read_only=read_only)


async def test_no_transaction_of_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much there is, each changes a few rows: whoever writes meanwhile waits for milliseconds."""
    monkeypatch.setattr(erasing, "AT_ONCE", 8)
    here = await world_after(before_that(private=50, pictures=5))
    counting = CountingDatabase(here.clock)
    counting.shelves = here.shelves
    world = type(here)(
        clock=here.clock, surface=here.surface, blobs=here.blobs, queue=here.queue, database=counting
    )
    world.ids._numbers = here.ids._numbers
    Counting.most = 0
    await he_confirms(world)
    await world.settle()
    assert len(_receipts(world)) == 1
    assert traces(world) == []
    assert Counting.most < 2 * erasing.AT_ONCE
    assert {one.private_to for one in world.standing} == {None, BEN.id}
    assert ANN.name in str(world.shelves.actors)
