"""The strip of a thread's versions: how much it takes to draw it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.composing import MOST_IN_STRIP
from core.domain.lineage import Head
from tests.app.app_world import World
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.ports import Labelled
    from core.domain.generation import Image


MANY = 45


class CarefulTools(FakeTools):
    """Tools that note how large the pictures are that a strip is made of."""

    def __init__(self) -> None:
        self.edges_px: list[int] = []
        self.labels: list[str] = []

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """Note it, and make the sheet."""
        self.labels = [one.label for one in pictures]
        self.edges_px += [max(one.image.size.width, one.image.size.height) for one in pictures]
        return await super().strip(pictures)


async def test_a_strip_never_holds_all_originals_of_a_thread_at_once() -> None:
    """A hundred large versions are more than a process has room for; a strip shows them small."""
    tools = CarefulTools()
    here = World(tools=tools)
    await here.made("a lighthouse --size 2k")
    for text in ("make it stormy", "history"):
        await here.reply(here.root.thread, text)
        await here.settle()
    assert len(tools.edges_px) == 2
    assert max(tools.edges_px) <= 720


async def grown(here: World, versions: int) -> None:
    """Make the thread as long as that, by versions that show the first picture again; the head stays."""
    thread = await here.thread(here.root.thread)
    (turn,) = await here.turns_of(here.root.thread)
    lineage = thread.machine.lineage
    while len(lineage.revisions) < versions:
        lineage, _ = lineage.keep(turn.id, Head(1), 1)
    async with here.database.unit() as unit:
        await unit.threads.save(replace(thread, machine=thread.machine.with_lineage(lineage)))
        await unit.commit()


async def test_a_strip_of_a_long_thread_shows_its_end() -> None:
    """A picture of all would be longer than any format allows: the last ones, and where it goes on."""
    tools = CarefulTools()
    here = World(tools=tools)
    await here.made("a lighthouse")
    await grown(here, MANY)
    await here.reply(here.root.thread, "history")
    await here.settle()
    assert tools.labels == ["v1", *(f"v{at}" for at in range(MANY - MOST_IN_STRIP + 1, MANY + 1))]
    title, *lines = (line.text for line in here.last.lines)
    assert title.startswith(f"The last {MOST_IN_STRIP + 1} of {MANY} versions.")
    assert title.endswith(f": compare v1 v{MANY}")
    assert len(lines) == MOST_IN_STRIP + 1
    assert "the thread goes on from here" in lines[0]


async def test_a_strip_of_a_short_thread_shows_all() -> None:
    """As many as fit are all there are."""
    tools = CarefulTools()
    here = World(tools=tools)
    await here.made("a lighthouse")
    await grown(here, MOST_IN_STRIP)
    await here.reply(here.root.thread, "history")
    await here.settle()
    assert len(tools.labels) == MOST_IN_STRIP
    assert here.last.lines[0].text == "All versions so far"
