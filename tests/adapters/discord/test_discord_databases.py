"""What the Discord adapter remembers, on the application's real databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from adapters.database import open_database
from adapters.discord import tables_notes
from adapters.discord.memory import KeptMessage, Opens
from adapters.discord.notes import Notes, locale_key, told_key
from adapters.discord.store import SentStore
from adapters.discord.tables import TABLES
from bots.surroundings import transactions_of
from core.domain.ids import ActorId, BlobKey, MessageId, WorkspaceId
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BOTH = ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)]
HERE = WorkspaceId("discord:1")
KEY = MessageId("key-1")
CAT = BlobKey("discord:1/cat")


@pytest.fixture
def clock() -> FakeClock:
    """Time that stands."""
    return FakeClock()


@pytest.fixture(params=BOTH)
async def store(request: pytest.FixtureRequest, clock: FakeClock) -> AsyncIterator[SentStore]:
    """The store on a migrated database."""
    database = open_database(request.getfixturevalue(request.param), clock)
    transactions = transactions_of(database)
    yield SentStore(transactions, clock=clock)
    await database.close()


@pytest.mark.parametrize("fixture", BOTH)
def test_the_migrations_make_exactly_the_discord_tables(fixture: str, request: pytest.FixtureRequest) -> None:
    """Alembic finds no difference between what was migrated and what the tables declare."""
    assert tables_notes.DiscordNoteRow.metadata is TABLES

    def is_of_discord(_object: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's
        return not (kind == "table" and reflected and name not in TABLES.tables)

    url: str = request.getfixturevalue(fixture)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        options = {"include_object": is_of_discord, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), TABLES)
    engine.dispose()
    assert differences == []


async def test_a_message_keeps_the_time_of_its_first_try(store: SentStore, clock: FakeClock) -> None:
    """A second try is the same post, wherever it goes; after it was forgotten it is another."""
    first = await store.about_to_post(KeptMessage(KEY, HERE, "10"))
    clock.advance(5)
    second = await store.about_to_post(KeptMessage(KEY, HERE, "20", thread="7"))
    assert second.first_ms == first.first_ms
    await store.is_gone(KEY)
    third = await store.about_to_post(KeptMessage(KEY, HERE, "10"))
    assert third.first_ms == first.first_ms + 5000


async def test_what_stands_is_found_by_its_key_and_its_id(store: SentStore) -> None:
    """With its thread, its pictures and what becomes of answers."""
    kept = await store.about_to_post(KeptMessage(KEY, HERE, "10"))
    assert await store.at("99") is None
    await store.has_posted(replace(kept, message="99", files={CAT: "5"}, opens=Opens.NOT_ASKED))
    await store.opened(KEY, Opens.THREAD)
    found = await store.at("99")
    assert found == await store.message(KEY)
    assert found is not None
    assert (found.root, found.opens, found.files) == ("99", Opens.THREAD, {CAT: "5"})
    await store.shows(KEY, {})
    assert (await store.message(KEY) or kept).files == {}


async def test_only_what_was_refused_is_taken_back(store: SentStore) -> None:
    """What stands is not forgotten because a later try of it failed."""
    kept = await store.about_to_post(KeptMessage(KEY, HERE, "10"))
    await store.has_posted(replace(kept, message="99"))
    await store.has_not_posted(KEY)
    assert await store.message(KEY) is not None
    await store.about_to_post(KeptMessage(MessageId("key-2"), HERE, "10"))
    await store.has_not_posted(MessageId("key-2"))
    assert await store.message(MessageId("key-2")) is None


async def test_the_latest_of_a_channel_is_one_that_all_see(store: SentStore, clock: FakeClock) -> None:
    """What one person saw, and what never stood, is nothing to go on with."""
    for key, message, only_to in (("a", "1", ""), ("b", "2", "9"), ("c", "", "")):
        clock.advance(1)
        kept = await store.about_to_post(KeptMessage(MessageId(key), HERE, "10", only_to=only_to))
        if message:
            await store.has_posted(replace(kept, message=message))
    latest = await store.latest_in("10")
    assert latest is not None
    assert latest.key == "a"
    assert await store.latest_in("11") is None


async def test_one_of_two_claims_wins_on_either_database(store: SentStore) -> None:
    """The first has the interaction's answer, again too."""
    assert await store.claim("1", KEY)
    assert not await store.claim("1", MessageId("key-2"))
    assert await store.claim("1", KEY)


async def test_nothing_is_kept_of_a_server_that_has_left(store: SentStore) -> None:
    """Its rows go, others stay."""
    await store.about_to_post(KeptMessage(KEY, HERE, "10"))
    await store.about_to_post(KeptMessage(MessageId("key-2"), WorkspaceId("discord:2"), "10"))
    await store.forget_workspace(HERE)
    assert await store.message(KEY) is None
    assert await store.message(MessageId("key-2")) is not None


async def _only_to(store: SentStore) -> list[str]:
    found = [await store.message(MessageId(name)) for name in ("shown", "hers", "his", "elsewhere")]
    return [one.key for one in found if one is not None]


async def _told(store: SentStore) -> None:
    for key, only_to, workspace in (
        ("shown", "", HERE),
        ("hers", "9", HERE),
        ("his", "8", HERE),
        ("elsewhere", "9", WorkspaceId("discord:2")),
    ):
        kept = KeptMessage(MessageId(key), workspace, "10", only_to=only_to, message=f"of {key}")
        await store.has_posted(replace(await store.about_to_post(kept), message=kept.message))


async def test_nothing_names_a_person_who_is_forgotten(store: SentStore, clock: FakeClock) -> None:
    """What only they saw can be taken away while its token lives; then nothing has to be known of it."""
    await _told(store)
    clock.advance(15 * 60)
    await store.forget(ActorId("discord:1:9"))
    assert len(await _only_to(store)) == 4
    clock.advance(1)
    await store.forget(ActorId("discord:1:9"))
    assert await _only_to(store) == ["shown", "his", "elsewhere"]
    assert list(await store.kept_of(ActorId("discord:1:8"))) == []
    assert not await store.needs(CAT)


async def test_what_only_one_person_saw_is_known_for_a_day(store: SentStore, clock: FakeClock) -> None:
    """No token lives as long; what all see stays known."""
    await _told(store)
    assert await store.claim("1", KEY)
    clock.advance(24 * 3600)
    await store.tidy()
    assert len(await _only_to(store)) == 4
    clock.advance(1)
    await store.tidy()
    assert await _only_to(store) == ["shown"]
    assert await store.claim("1", MessageId("key-2")), "who filled that answer is not known any more"


async def test_what_a_channel_was_told_is_noted_for_about_a_year(store: SentStore, clock: FakeClock) -> None:
    """And goes with its server; what is renewed stays."""
    notes, there = Notes(store._transactions, clock=clock), WorkspaceId("discord:2")
    for workspace in (HERE, there):
        await notes.put(told_key(workspace, "10"), "")
    await notes.forget_workspace(there)
    assert await notes.get(told_key(there, "10")) is None
    assert await notes.get(told_key(HERE, "10")) is not None
    await notes.put("commands", "v1")
    clock.advance(401 * 24 * 3600)
    await notes.put(locale_key(ActorId("discord:1:9")), "de")
    await notes.tidy()
    assert await notes.get(told_key(HERE, "10")) is None
    assert await notes.get("commands") == "v1"
    assert await notes.get(locale_key(ActorId("discord:1:9"))) == "de"
