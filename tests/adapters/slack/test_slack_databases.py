"""What the Slack adapter remembers, on the application's real databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from adapters.database import open_database
from adapters.slack import tables_people
from adapters.slack.memory import FileState, KeptFile
from adapters.slack.refs import At
from adapters.slack.store import SentStore
from adapters.slack.tables import TABLES
from bots.surroundings import transactions_of
from core.domain.ids import BlobKey, MessageId, WorkspaceId
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BOTH = ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)]
HERE = WorkspaceId("slack:T1")
KEY = MessageId("key-1")
CAT = BlobKey("slack:T1/cat")


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
def test_the_migrations_make_exactly_the_slack_tables(fixture: str, request: pytest.FixtureRequest) -> None:
    """Alembic finds no difference between what was migrated and what the tables declare."""
    assert tables_people.SlackPersonRow.metadata is TABLES

    def is_of_slack(_object: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's
        return not (kind == "table" and reflected and name not in TABLES.tables)

    url: str = request.getfixturevalue(fixture)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        options = {"include_object": is_of_slack, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), TABLES)
    engine.dispose()
    assert differences == []


async def test_the_tries_to_post_are_remembered_with_their_time(store: SentStore, clock: FakeClock) -> None:
    """The first and the last try say when it can have been posted; what stands is found by its place."""
    await store.about_to_post(HERE, KEY, channel="C1", thread="")
    clock.advance(600)
    await store.about_to_post(HERE, KEY, channel="C1", thread="1.0")
    kept = await store.message(KEY)
    assert kept is not None
    assert (kept.thread, kept.ts, kept.last_ms - kept.first_ms) == ("1.0", "", 600_000)
    assert await store.key_at(HERE, At("C1", "1.5")) is None
    await store.has_posted(KEY, "1.5")
    assert await store.key_at(HERE, At("C1", "1.5")) == KEY
    assert await store.key_at(WorkspaceId("slack:T2"), At("C1", "1.5")) is None


async def test_a_file_is_known_by_its_message_and_its_picture(store: SentStore) -> None:
    """A new id takes the place of the old one; other messages and workspaces have files of their own."""
    for file_id, state in (("F1", FileState.RESERVED), ("F2", FileState.READY)):
        await store.keep_file(HERE, KEY, CAT, KeptFile(file_id, state))
    assert await store.file(HERE, KEY, CAT) == KeptFile("F2", FileState.READY)
    assert await store.file(HERE, "other", CAT) is None
    assert await store.file(WorkspaceId("slack:T2"), KEY, CAT) is None
    assert await store.files_of(HERE, KEY) == ["F2"]


async def test_what_is_gone_is_forgotten_and_the_rest_stays(store: SentStore) -> None:
    """A message that was deleted on Slack keeps its files; one that was forgotten keeps nothing."""
    for key in ("one", "two"):
        await store.about_to_post(HERE, MessageId(key), channel="C1", thread="")
        await store.keep_file(HERE, key, CAT, KeptFile(f"F-{key}", FileState.READY))
    await store.message_is_gone(HERE, "one")
    assert await store.message(MessageId("one")) is None
    assert await store.files_of(HERE, "one") == ["F-one"]
    await store.forget_message(HERE, "one")
    assert await store.files_of(HERE, "one") == []
    assert await store.files_of(HERE, "two") == ["F-two"]
    await store.forget_workspace(HERE)
    assert await store.message(MessageId("two")) is None
    assert await store.files_of(HERE, "two") == []
