"""The strip of a thread's versions: how much it takes to draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.app_world import World
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.ports import Labelled
    from core.domain.generation import Image


class CarefulTools(FakeTools):
    """Tools that note how large the pictures are that a strip is made of."""

    def __init__(self) -> None:
        self.edges_px: list[int] = []

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """Note it, and make the sheet."""
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
