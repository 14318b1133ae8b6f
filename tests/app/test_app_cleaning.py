"""The daily clean-up of bytes that nothing needs any more."""

from __future__ import annotations

from core.app.errors import StorageUnavailable
from core.domain.ids import BlobKey
from tests.app.app_scenes import world
from tests.app.app_world import World
from tests.fakes.blobs import FakeBlobs

FIRST, SECOND = BlobKey("web:test/aaaa"), BlobKey("web:test/bbbb")


class Guarded(FakeBlobs):
    """A store in which some bytes are held back from being deleted, as by a retention rule."""

    def __init__(self, *held: BlobKey) -> None:
        super().__init__()
        self.held = held

    async def delete(self, key: BlobKey) -> None:
        """Delete what may go."""
        if key in self.held:
            msg = "the store refuses"
            raise StorageUnavailable(msg)
        await super().delete(key)


async def test_bytes_that_nobody_needs_go_and_those_of_pictures_stay() -> None:
    """What no turn, no message and no delivery refers to is deleted."""
    here = world()
    await here.made()
    pictures = set(here.shelves.pictures)
    await here.blobs.put(FIRST, b"left over")
    await here.sweeper.clean()
    assert FIRST not in here.blobs.kept
    assert pictures <= set(here.blobs.kept)


async def test_bytes_that_cannot_be_deleted_keep_no_others() -> None:
    """One refusal is reported, and the clean-up goes on behind it: today and on every other day."""
    blobs = Guarded(FIRST)
    here = World(blobs=blobs)
    for blob in (FIRST, SECOND):
        await blobs.put(blob, b"left over")
    assert await here.sweeper.clean() == 1
    assert set(blobs.kept) == {FIRST}
    assert [what for what, _ in here.reports.faults] == ["blob_not_deleted"]
