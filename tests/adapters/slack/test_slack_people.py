"""What is remembered of people on Slack, and what it costs when many are new at once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from adapters.database import open_database
from adapters.platforms.transactions import Transactions
from adapters.slack.keeping import Keeping
from adapters.slack.people import People
from adapters.slack.store import SentStore
from bots.surroundings import transactions_of
from core.app.background import Background
from core.domain.ids import ActorId, BlobKey, MessageId, WorkspaceId
from tests.fakes.clock import FakeClock
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncConnection

HERE = WorkspaceId("slack:T1")


class Directory:
    """Slack, as far as it knows people."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_asked = asyncio.Event()

    async def read(self, _workspace: WorkspaceId, method: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as Slack's
        """Answer about somebody, or about all groups."""
        self.asked.append(method)
        self.is_asked.set()
        await asyncio.sleep(0)
        if method == "usergroups.list":
            return {"usergroups": [{"id": "S1", "name": "crew", "users": ["U1"]}]}
        return {"user": {"id": fields["user"], "real_name": f"Person {fields['user']}", "locale": "de-DE"}}


class Counted:
    """A road to the database on which the transactions that write are counted."""

    def __init__(self, road: Transactions) -> None:
        self.writes = 0
        self._road = road
        self.counted = Transactions(read=road.read, write=self._write)

    def held(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Somebody else writes while this lasts."""
        return self._road.write()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        self.writes += 1
        async with self._road.write() as connection:
            yield connection


@pytest.fixture
async def road(sqlite_url: str) -> AsyncIterator[Counted]:
    """The way to a migrated database."""
    database = open_database(sqlite_url, FakeClock())
    yield Counted(transactions_of(database))
    await database.close()


def people(directory: Directory, road: Counted, background: Background) -> People:
    """What a process remembers that has just begun."""
    api: Any = directory
    return People(api, road.counted, clock=FakeClock(), background=background)


async def test_a_crowd_of_new_people_is_written_down_together(road: Counted) -> None:
    """Twenty who come while somebody else writes are written in one transaction, and all are known after."""
    background, directory = Background(FakeReports()), Directory()
    begun = people(directory, road, background)
    users = [f"U{number}" for number in range(20)]
    async with road.held():
        met = await asyncio.gather(*(begun.person(HERE, user) for user in users))
    await background.settle()
    assert road.writes == 1
    asked = len(directory.asked)
    later = people(directory, road, background)
    again = [await later.person(HERE, user) for user in users]
    assert again == met
    assert {one.name for one in again} == {f"Person {user}" for user in users}
    assert [one.roles for one in again[:2]] == [(), ("S1",)]
    assert len(directory.asked) == asked


async def test_of_a_workspace_that_is_left_nothing_is_written_any_more(road: Counted) -> None:
    """What still waits to be written down goes with the rest."""
    background, directory = Background(FakeReports()), Directory()
    begun = people(directory, road, background)
    async with road.held():
        await begun.person(HERE, "U1")
        begun.forget(HERE)
    await background.settle()
    asked = len(directory.asked)
    await people(directory, road, background).person(HERE, "U1")
    assert len(directory.asked) > asked, "it is not known any more, so Slack is asked again"
    await background.settle()


async def test_a_crowd_of_new_people_asks_for_the_user_groups_once(road: Counted) -> None:
    """Slack gives few lists a minute: who was refused one would be without their group's allowance."""
    background, directory = Background(FakeReports()), Directory()
    begun = people(directory, road, background)
    met = await asyncio.gather(*(begun.person(HERE, f"U{number}") for number in range(20)))
    await background.settle()
    assert directory.asked.count("usergroups.list") == 1
    assert met[1].roles == ("S1",)


# --- who wants to be forgotten ---


ROWS = "SELECT actor AS row FROM slack_person UNION ALL SELECT only_to FROM slack_message"


async def rows(road: Counted) -> list[str]:
    """Everything by which the adapter's rows name people."""
    async with road.counted.read() as connection:
        return sorted(row[0] for row in await connection.exec_driver_sql(ROWS))


async def test_a_person_who_is_forgotten_is_forgotten_here_too(road: Counted) -> None:
    """Their name, language and groups, and what only they saw; others stay, and they may come back."""
    clock, background, directory = FakeClock(), Background(FakeReports()), Directory()
    keeping, begun = Keeping(road.counted, clock=clock), people(directory, road, background)
    keeping.on_forget.append(begun.drop)
    store = SentStore(road.counted, clock=clock)
    for user in ("U1", "U2"):
        await begun.person(HERE, user)
        await store.about_to_post(HERE, MessageId(f"to {user}"), channel="C1", thread="", only_to=user)
    await background.settle()
    assert await rows(road) == ["U1", "U2", "slack:T1:U1", "slack:T1:U2"]
    await keeping.forget(ActorId("slack:T1:U1"))
    assert await rows(road) == ["U2", "slack:T1:U2"]
    assert begun.locale_of(ActorId("slack:T1:U1")) == "en"
    assert (await begun.person(HERE, "U1")).name == "Person U1"
    assert list(await keeping.kept_of(ActorId("slack:T1:U2"))) == []
    assert not await keeping.needs(BlobKey("slack:T1/cat"))
    await background.settle()


async def test_what_slack_says_of_somebody_who_was_forgotten_meanwhile_is_not_kept(road: Counted) -> None:
    """The press that confirms it is the last thing they do, and may be what has Slack asked about them."""
    background, directory = Background(FakeReports()), Directory()
    keeping, begun = Keeping(road.counted, clock=FakeClock()), people(directory, road, background)
    keeping.on_forget.append(begun.drop)
    asking = asyncio.create_task(begun.person(HERE, "U1"))
    await directory.is_asked.wait()
    await keeping.forget(ActorId("slack:T1:U1"))
    assert (await asking).name == "U1"
    await background.settle()
    assert await rows(road) == []


async def test_what_only_one_person_saw_is_known_for_a_day(road: Counted) -> None:
    """By then nothing is tried again, and nobody could change it."""
    clock = FakeClock()
    store, keeping = SentStore(road.counted, clock=clock), Keeping(road.counted, clock=clock)
    await store.about_to_post(HERE, MessageId("all see it"), channel="C1", thread="")
    await store.about_to_post(HERE, MessageId("old"), channel="C1", thread="", only_to="U1")
    clock.advance(24 * 3600)
    await store.about_to_post(HERE, MessageId("new"), channel="C1", thread="", only_to="U2")
    clock.advance(1)
    await keeping.tidy()
    assert await rows(road) == ["", "U2"]
