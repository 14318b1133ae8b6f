"""A reply to a message of ours whose id is not stored yet: nothing that people say may be lost."""

from __future__ import annotations

from core.app.inbound import ReceiptKind
from core.app.records import Stage
from tests.fakes.studio_world import World
from tests.fakes.tools import FakeTools


async def test_a_reply_between_the_post_and_its_storing_is_an_edit() -> None:
    """The process died after posting the placeholder; a person replies before anybody has mended that."""
    world = World(FakeTools())
    await world.imagine("a lighthouse")
    turn = world.queue.nudged[0][0]
    async with world.database.unit(read_only=True) as unit:
        record = await unit.turns.get(turn)
    assert record is not None
    telling = world.studio.telling
    async with world.database.unit() as unit:
        message, _ = await telling._claim(unit, record.message)
        await unit.commit()
    assert message is not None
    card = await telling._composing.card(message)
    posted = await world.surface.post(await telling._place(message), card, key=message.id)
    reception = await world.reply(posted.thread, "make it stormy")  # type: ignore[union-attr]
    assert reception.kind is ReceiptKind.ACCEPTED
    world.clock.advance(120)
    await world.sweeper.round()
    await world.settle()
    turns = await world.turns_of(posted.thread)  # type: ignore[union-attr]
    assert [one.stage for one in turns] == [Stage.DELIVERED, Stage.DELIVERED]
    assert len(world.surface.messages) == 2


async def test_a_thread_of_other_people_is_none_of_ours() -> None:
    """A reply in a thread that no message of ours opened stays talk, even while one is being posted."""
    world = World(FakeTools())
    await world.imagine("a lighthouse")
    reception = await world.reply("m999", "make it stormy")  # type: ignore[arg-type]
    assert reception.kind is ReceiptKind.IGNORED
