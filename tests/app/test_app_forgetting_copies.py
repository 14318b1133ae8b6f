"""What was made of a picture to be shown somewhere goes when the picture goes, whatever comes between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.blob_deletion import delete_blob
from core.app.errors import BlobMissing
from core.app.fitting import fitted
from core.app.forgetting_extent import emptied
from core.app.records import HistorySaying, NoticeSaying
from core.app.sheets import keep_sheet
from tests.app.app_forgetting import forget, kept
from tests.app.app_scenes import assert_at_rest, press, question_to, world
from tests.app.app_surface import ROOMY, WatchedSurface
from tests.app.app_world import World
from tests.fakes.blobs import FakeBlobs
from tests.fakes.studio_world import ANN
from tests.fakes.tools import FakeTools, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.ports import Labelled
    from core.app.records import MessageRecord
    from core.domain.generation import Image
    from core.domain.ids import BlobKey

TINY = replace(ROOMY, max_file_bytes=60)


async def test_a_copy_made_for_a_platform_goes_with_its_picture() -> None:
    """At once, and not with the clean-up of the next day."""
    here = world(surface=WatchedSurface(TINY))
    thread = await here.made()
    (shown,) = here.root.card.pictures
    assert shown.original is not None
    assert kept(here) == {shown.blob, shown.original}
    await forget(here, thread, "forget this")
    assert kept(here) == set()
    assert here.shelves.copies == {}
    assert_at_rest(here)


async def test_a_copy_goes_though_the_process_died_after_its_picture_went() -> None:
    """The bytes of the picture are gone already: whoever goes on finds the copy all the same."""
    here = world(surface=WatchedSurface(TINY))
    thread = await here.made()
    (shown,) = here.root.card.pictures
    assert shown.original is not None
    copy = here.blobs.kept[shown.blob]
    pairs = dict(here.shelves.copies)
    await forget(here, thread, "forget this")
    here.blobs.kept[shown.blob] = copy
    here.shelves.copies |= pairs
    assert await delete_blob(here.outside, shown.original)
    assert kept(here) == set()


class Forgetful(FakeBlobs):
    """A store into which a copy is put in the moment in which its picture is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.here: World | None = None
        self.original: BlobKey | None = None

    async def put(self, key: BlobKey, content: bytes, *, is_lasting: bool = True) -> None:
        """Keep the copy when nothing knows of its picture any more."""
        if self.here is not None and self.original is not None:
            shelves = self.here.shelves
            shelves.turns |= {name: emptied(turn) for name, turn in shelves.turns.items()}
            del shelves.pictures[self.original]
            shelves.copies.clear()
            self.here = None
        await super().put(key, content, is_lasting=is_lasting)


async def test_a_copy_that_comes_too_late_is_not_kept() -> None:
    """Its message is taken away anyway: drawing it ends, and leaves nothing behind."""
    blobs = Forgetful()
    here = World(blobs=blobs, surface=WatchedSurface())
    await here.made()
    card, (message,) = here.root.card, here.shelves.messages.values()
    blobs.here, blobs.original = here, card.pictures[0].blob
    before = kept(here)
    with pytest.raises(BlobMissing):
        await fitted(here.outside, card, message, max_bytes=60)
    assert kept(here) == before
    with pytest.raises(BlobMissing):  # nor is one begun
        await fitted(here.outside, card, message, max_bytes=60)
    assert kept(here) == before


class EachDifferent(FakeTools):
    """Tools whose strips are never twice the same, as they are when the thread has moved on."""

    drawn = 0

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """A sheet that differs from the last."""
        self.drawn += 1
        return sheet("x" * (self.drawn + 7 + len(pictures)))


async def test_what_a_sheet_showed_before_goes_with_it() -> None:
    """A strip that is drawn anew leaves its first picture behind, with all that was on it."""
    here = World(tools=EachDifferent(), surface=WatchedSurface())
    thread = await here.made()
    await here.reply(thread, "history")
    await here.settle()
    (strip,) = (one for one in here.shelves.messages.values() if isinstance(one.saying, HistorySaying))
    async with here.database.unit() as unit:
        await unit.messages.want(strip.id)
        await unit.commit()
    await here.studio.telling.push(strip.id)
    assert len(kept(here)) == 3
    await forget(here, thread, "forget this")
    assert kept(here) == set()
    assert_at_rest(here)


async def test_a_sheet_of_a_forgotten_message_is_not_kept() -> None:
    """It was being drawn when it was forgotten."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "forget me")
    await here.settle()
    question, confirm = question_to(here, ANN)
    message: MessageRecord = here.shelves.messages[question.key]
    await press(here, thread, confirm, by=ANN)
    await here.settle()
    assert here.shelves.messages[question.key].saying == NoticeSaying("forgotten")
    with pytest.raises(BlobMissing):
        await keep_sheet(here.outside, message, sheet("late"))
    assert kept(here) == set()
    assert here.shelves.pictures == {}
