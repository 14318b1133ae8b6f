"""What is known of blobs, and the gallery, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict
from core.app.records import GalleryItem, PictureRecord, Stage, TurnRecord
from core.domain.ids import BlobKey, Letter, WorkspaceId
from tests.contracts.database_samples import (
    ADA,
    BEN,
    WORKSPACE,
    ask,
    inbound,
    message,
    picture,
    store,
    thread,
    turn,
)

if TYPE_CHECKING:
    from core.app.repositories import Database


async def test_a_picture_is_known_until_it_is_forgotten(database: Database) -> None:
    """Adding twice is once."""
    async with database.unit() as unit:
        assert await unit.pictures.get(picture().blob) is None
        await unit.pictures.add(picture())
        await unit.pictures.add(picture())
        assert await unit.pictures.get(picture().blob) == picture()
        await unit.pictures.forget(picture().blob)
        assert await unit.pictures.get(picture().blob) is None


async def test_bytes_are_needed_by_turns_and_pending_deliveries(database: Database) -> None:
    """Candidates, references, sheets, and attachments that nobody has handled yet keep their bytes."""
    made, named, sent, drawn, free = map(picture, ("made", "named", "sent", "drawn", "free"))
    async with database.unit() as unit:
        for each in (made, named, sent, drawn, free):
            await unit.pictures.add(each)
        await unit.threads.add(thread())
        await unit.turns.add(turn("u1", pictures=(made,)))
        await unit.turns.add(turn("u2", ask=ask(named.blob)))
        await unit.inbox.admit(inbound("d1", f"upload:{sent.blob}"), is_pending=True)
        await unit.messages.add(message(sheet=drawn.blob))
        for needed in (made, named, sent, drawn):
            assert await unit.pictures.is_referred_to(needed.blob)
        assert not await unit.pictures.is_referred_to(free.blob)
        await unit.inbox.finish("d1")
        assert not await unit.pictures.is_referred_to(sent.blob)


async def test_a_picture_that_a_turn_needs_cannot_be_forgotten(database: Database) -> None:
    """The clean-up that comes too late has to look again."""
    await store(database, turn(pictures=(picture(),)))
    with pytest.raises(Conflict):
        await _forget(database, picture().blob)
    async with database.unit(read_only=True) as unit:
        assert await unit.pictures.get(picture().blob) == picture()


async def _forget(database: Database, blob: BlobKey) -> None:
    async with database.unit() as unit:
        await unit.pictures.forget(blob)
        await unit.commit()


async def _finish(database: Database, record: TurnRecord, *pictures: PictureRecord) -> None:
    async with database.unit() as unit:
        await unit.turns.add(record)
        done = turn(record.id, actor=record.actor, stage=Stage.RECORDED, revision=1, pictures=pictures)
        assert await unit.turns.save(done, stage=Stage.QUEUED)
        await unit.commit()


async def test_the_gallery_shows_finished_pictures_newest_first(database: Database) -> None:
    """One item a candidate, in the order of its letters, of one person where asked."""
    await store(database)
    await _finish(database, turn("u1"), picture("p1"))
    await _finish(database, turn("u2", actor=BEN), picture("p2"), picture("p3"))
    await store_unfinished(database)
    async with database.unit(read_only=True) as unit:
        gallery = unit.pictures.gallery
        items = await gallery(WORKSPACE, actor=None, before=None, limit=9)
        bens = await gallery(WORKSPACE, actor=BEN, before=None, limit=9)
        assert await gallery(WorkspaceId("web:other"), actor=None, before=None, limit=9) == []
        assert await gallery(WorkspaceId("web:other"), actor=ADA, before=None, limit=9) == []
    assert [item.picture for item in items] == [picture("p2"), picture("p3"), picture("p1")]
    assert bens == items[:2]
    assert items[1] == GalleryItem(
        thread=thread().id,
        thread_ref=thread().ref,
        channel=thread().channel,
        turn=turn("u2").id,
        revision=1,
        letter=Letter("b"),
        picture=picture("p3"),
        text="a cat",
        actor=BEN,
        made_at=items[0].made_at,
    )


async def store_unfinished(database: Database) -> None:
    """Add a turn whose pictures are stored and not recorded yet."""
    async with database.unit() as unit:
        await unit.turns.add(turn("u9", stage=Stage.GENERATED, pictures=(picture("p9"),)))
        await unit.commit()


async def test_the_gallery_is_read_page_by_page(database: Database) -> None:
    """Pages meet without a gap or a repeat, and never cut a turn in two."""
    await store(database)
    for number in range(1, 6):
        names = [f"p{number}{letter}" for letter in "ab"]
        await _finish(database, turn(f"u{number}"), *map(picture, names))
    seen: list[str] = []
    before = None
    async with database.unit(read_only=True) as unit:
        while page := await unit.pictures.gallery(WORKSPACE, actor=None, before=before, limit=3):
            assert len(page) in {2, 4}
            seen += [item.picture.blob.rsplit("/")[-1] for item in page]
            before = page[-1].made_at
    assert seen == [f"p{number}{letter}" for number in range(5, 0, -1) for letter in "ab"]
