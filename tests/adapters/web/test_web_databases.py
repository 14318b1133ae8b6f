"""The page's memory on the application's real databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from adapters.database import open_database
from adapters.system import SystemClock, SystemIds
from adapters.web.memory import STUDIO, Draft, StoredUpload
from adapters.web.store import WebStore
from adapters.web.tables import TABLES
from bots.surroundings import transactions_of
from core.domain.ids import ActorId, BlobKey, MessageRef, ThreadRef
from tests.fakes.web_platform import browser_of, open_web
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

BOTH = ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)]
ADA, BOB = ActorId("web:demo:ada"), ActorId("web:demo:bob")


@pytest.fixture(params=BOTH)
async def store(request: pytest.FixtureRequest) -> AsyncIterator[WebStore]:
    """The store on a migrated database."""
    clock = SystemClock()
    database = open_database(request.getfixturevalue(request.param), clock)
    transactions = transactions_of(database)
    yield WebStore(transactions, clock=clock, ids=SystemIds())
    await database.close()


def draft(key: str, thread: ThreadRef | None = None, *, to: ActorId | None = None, text: str = "") -> Draft:
    """Something that Ada says, or with a key that starts with `ours`, a picture of ours."""
    if key.startswith("ours"):
        picture = {"url": f"/api/pictures/{key}"}
        return Draft(key, STUDIO, thread, card={"kind": "result", "pictures": [picture]}, private_to=to)
    return Draft(key, STUDIO, thread, author=ADA, text=text or key, private_to=to)


@pytest.mark.parametrize("fixture", BOTH)
def test_the_migration_makes_exactly_the_tables(fixture: str, request: pytest.FixtureRequest) -> None:
    """Alembic finds no difference between what was migrated and what the tables declare."""

    def is_of_the_web(_object: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's
        return not (kind == "table" and reflected and name not in TABLES.tables)

    url: str = request.getfixturevalue(fixture)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        options = {"include_object": is_of_the_web, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), TABLES)
    engine.dispose()
    assert differences == []


@pytest.mark.parametrize("fixture", BOTH)
async def test_no_address_breaks_the_database(
    fixture: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """An address with the one character that Postgres cannot take in a text is an address of nothing."""
    database = open_database(request.getfixturevalue(fixture), SystemClock())
    transactions = transactions_of(database)
    async with open_web(tmp_path / "unused", transactions=transactions) as web, browser_of(web) as ada:
        await ada.get("/")
        for path in ("/api/threads/%00", "/api/uploads/%00"):
            assert (await ada.get(path)).status_code == 404
    await database.close()
    assert web.reports.told == []


async def test_posts_at_once_with_one_key_are_one_message(store: WebStore) -> None:
    """Ten deliveries of one message, at the same time, show it once and tell it once."""
    answers = await asyncio.gather(*(store.messages.post(draft("k")) for _ in range(10)))
    assert len({message.id for message, _ in answers}) == 1
    assert sum(is_new for _, is_new in answers) == 1
    assert len((await store.messages.changes_after(0, ADA)).changes) == 1


async def test_a_reader_never_passes_an_event_that_appears_later(store: WebStore) -> None:
    """While many write, a page that follows the log hears every message."""
    heard: set[str] = set()

    async def follow() -> None:
        after = 0
        while len(heard) < 40:
            found = await store.messages.changes_after(after, ADA)
            after = found.reached
            heard.update(change.message.key for change in found.changes)

    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(follow(), *(store.messages.post(draft(f"k{number}")) for number in range(40)))
    assert heard == {f"k{number}" for number in range(40)}


async def test_a_thread_is_summed_up_for_each_viewer(store: WebStore) -> None:
    """Count, last picture and authors, without what is private to others; a private thread stays private."""
    root, _ = await store.messages.post(draft("ours-root"))
    thread = root.thread_ref
    for key in ("one", "ours-picture", "two"):
        await store.messages.post(draft(key, thread))
    await store.messages.post(draft("ours-secret", thread, to=ADA))
    seen = {
        viewer: (await store.messages.summaries(STUDIO, [thread], viewer))[thread] for viewer in (ADA, BOB)
    }
    assert [(one.replies, one.authors) for one in seen.values()] == [(4, (ADA,)), (3, (ADA,))]
    assert [one.picture for one in seen.values()] == [
        {"url": "/api/pictures/ours-secret"},
        {"url": "/api/pictures/ours-picture"},
    ]
    private, _ = await store.messages.post(draft("ours-private", to=ADA))
    reply, _ = await store.messages.post(draft("reply", private.thread_ref))
    assert reply.private_to == ADA


async def test_cards_can_be_shown_anew(store: WebStore) -> None:
    """The same card again is no change; another is, also to a message without a card before."""
    message, _ = await store.messages.post(draft("ours"))
    assert await store.messages.show(message.id, message.card or {})
    assert await store.messages.event_span() == (1, 1)
    assert await store.messages.show(message.id, {"kind": "notice", "text": "Ø 画 🖼️"})
    assert await store.messages.event_span() == (1, 2)
    assert not await store.messages.show(MessageRef("nothing"), {})
    found = await store.messages.get(message.id)
    assert found is not None
    assert found.card == {"kind": "notice", "text": "Ø 画 🖼️"}


def picture(upload: str, actor: ActorId) -> StoredUpload:
    """Something that was dropped on the page."""
    return StoredUpload(upload, actor, "a.png", "image/png", 5, f"web:demo/{upload}")


async def test_uploads_and_names_are_kept(store: WebStore) -> None:
    """Uploads in the order asked, used ones no longer counted; a name can be changed again."""
    for number in range(3):
        await store.uploads.add(picture(f"u{number}", ADA), most_unused=3)
    assert [one.id for one in await store.uploads.those(["u2", "nope", "u0"])] == ["u2", "u0"]
    await store.uploads.use(["u0"])
    await store.uploads.add(picture("b0", BOB), most_unused=1)
    await store.uploads.add(picture("u3", ADA), most_unused=2)
    kept = [one.id for one in await store.uploads.those(["u0", "u1", "u2", "u3", "b0"])]
    assert [kept[0], *kept[-2:]] == ["u0", "u3", "b0"]
    assert len(kept) == 4
    for name in ("Ada", "Ada L."):
        await store.people.rename(ADA, name)
    assert await store.people.name_of(ADA) == "Ada L."
    await store.tidy()
    assert len(await store.uploads.those(kept)) == 4


async def test_a_deleted_message_is_told_and_leaves_its_place_to_its_thread(store: WebStore) -> None:
    """Open pages hear of it; the channel shows its place only as long as somebody has answered."""
    alone, _ = await store.messages.post(draft("ours-alone"))
    root, _ = await store.messages.post(draft("ours-root"))
    answer, _ = await store.messages.post(draft("ours-answer", root.thread_ref))
    _, last = await store.messages.event_span()
    for one in (alone, root, root):
        await store.messages.delete(one.id)
    told = (await store.messages.changes_after(last, ADA)).changes
    assert [(one.message.id, one.message.is_deleted, one.message.card) for one in told] == [
        (alone.id, True, None),
        (root.id, True, None),
    ]
    shown = await store.messages.of_channel(STUDIO, BOB, before=None, limit=9)
    assert [(one.id, one.is_deleted) for one in shown] == [(root.id, True)]
    assert not await store.messages.show(root.id, {"kind": "notice", "text": "back"})
    await store.messages.delete(answer.id)
    assert await store.messages.of_channel(STUDIO, BOB, before=None, limit=9) == []
    assert await store.messages.of_thread(root.thread_ref, BOB, before=None, limit=9) == []
    assert await store.messages.summaries(STUDIO, [root.thread_ref], BOB) == {}


async def test_nothing_is_kept_of_a_forgotten_person(store: WebStore) -> None:
    """Words, uploads and name; another person's stay, and a late repeat brings nothing back."""
    for actor, upload in ((ADA, "u1"), (BOB, "u2")):
        await store.uploads.add(picture(upload, actor), most_unused=9)
        await store.people.rename(actor, "Somebody")
    await store.messages.post(draft("hers"))
    await store.messages.post(Draft("his", STUDIO, None, author=BOB, text="his"))
    assert await store.kept_of(ADA) == ["web:demo/u1"]
    for _ in range(2):
        await store.forget(ADA)
    again, is_new = await store.messages.post(draft("hers"))
    assert (is_new, again.text, again.is_deleted) == (False, "", True)
    shown = await store.messages.of_channel(STUDIO, BOB, before=None, limit=9)
    assert [one.text for one in shown] == ["his"]
    assert not await store.needs(BlobKey("web:demo/u1"))
    assert await store.needs(BlobKey("web:demo/u2"))
    assert await store.people.name_of(ADA) != "Somebody"
    assert await store.people.name_of(BOB) == "Somebody"
