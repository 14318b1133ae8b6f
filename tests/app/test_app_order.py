"""Answers stand in the order of the questions, whoever is faster in posting them."""

from __future__ import annotations

from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import Stage
from tests.app.app_scenes import assert_at_rest, call_out, sweep, turn_messages, world
from tests.fakes.studio_world import BEN

BUSY = SurfaceFault(SurfaceFaultKind.BUSY, retry_after_s=7.0)


async def test_who_asked_second_stands_second() -> None:
    """Also where nobody has posted the first one's message yet: whoever is faster posts both."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    await here.reply(thread, "make it rain", by=BEN)
    await here.reply(thread, "make it snow", by=BEN)
    await here.studio.background.settle()
    said = [one.card.lines[0].text for one in here.standing]
    assert said == ["a lighthouse", "make it stormy", "make it rain", "make it snow"]
    await here.settle()
    assert len(here.engine.calls) == 4
    assert_at_rest(here)


async def test_a_message_that_cannot_stand_holds_nobody_up() -> None:
    """The first one's message is refused for a while; the second one's is posted all the same."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    here.surface.faults.append(BUSY)
    await here.reply(thread, "make it rain", by=BEN)
    await here.studio.background.settle()
    assert [one.card.lines[0].text for one in here.standing] == ["a lighthouse", "make it rain"]
    await sweep(here)
    assert len(here.engine.calls) == 3
    assert_at_rest(here)


async def test_a_refusal_of_old_words_does_not_hold_up_new_ones() -> None:
    """Words were refused for good while the picture came: what is given up is the words, not the picture."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        (turn,) = await here.turns_of(thread, Stage.GENERATING)
        async with here.database.unit() as unit:
            await unit.messages.want(turn.message)
            claimed = await here.studio.telling.claim(unit, turn.message)
            await unit.messages.want(turn.message)
            await unit.commit()
    assert claimed is not None
    assert turn_messages(here, turn)[0].card.pictures == (), "its sender is still at it"
    await here.studio.telling._not_sent(claimed.message, SurfaceFault(SurfaceFaultKind.FORBIDDEN))
    await sweep(here)
    (shown,) = turn_messages(here, turn)
    assert len(shown.card.pictures) == 1
    assert_at_rest(here)
