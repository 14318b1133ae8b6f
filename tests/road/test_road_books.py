"""`inkthread bill`: what is read when ledger and bill agree, differ, or cannot be compared."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from adapters.database import open_database
from adapters.system import SystemClock
from core.app.records import Outcome, Stage
from core.domain.ids import Micros, TurnId
from core.domain.quota import Entry, EntryKind
from tests.contracts.database_samples import ADA, WORKSPACE, attempt, store, turn
from tests.fakes.openai_server import FakeOpenAI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.road.conftest import Told

BEGAN = datetime.now(UTC) - timedelta(days=2)
ESTIMATE = Micros(5_000)


@pytest.fixture(scope="module")
def running() -> Iterator[FakeOpenAI]:
    """A server that keeps the organisation's books."""
    with FakeOpenAI().running() as server:
        yield server


@pytest.fixture
def server(running: FakeOpenAI) -> FakeOpenAI:
    """The server, nothing billed yet."""
    running.reset()
    return running


@pytest.fixture
def reconcile(command: Callable[..., Told], server: FakeOpenAI, tmp_path: Path) -> Callable[..., Told]:
    """Run the command on a database in which a crash cut one call, two days ago."""
    assert command("migrate").code == 0
    asyncio.run(_one_lost_call(f"sqlite:///{tmp_path}/.inkthread/inkthread.sqlite3"))

    def run(**settings: str) -> Told:
        common = {"OPENAI_ADMIN_KEY": server.admin_key, "OPENAI_BASE_URL": server.base_url}
        return command("bill", **(common | settings))

    return run


async def _one_lost_call(url: str) -> None:
    database = open_database(url, SystemClock())
    try:
        await store(database, turn("u1", stage=Stage.FAILED))
        async with database.unit() as unit:
            call = attempt("a1", engine="openai", started_at=BEGAN, estimate=ESTIMATE)
            await unit.attempts.add(call)
            lost = replace(call, outcome=Outcome.LOST, cost=ESTIMATE, is_cost_estimated=True)
            await unit.attempts.close(lost)
            line = Entry(EntryKind.WRITE_OFF, TurnId("u1"), ADA, WORKSPACE, 0, ESTIMATE, BEGAN)
            await unit.quotas.add_entry(replace(line, attempt=call.id))
            await unit.commit()
    finally:
        await database.close()


def test_an_estimate_becomes_what_was_billed(reconcile: Callable[..., Told], server: FakeOpenAI) -> None:
    """The day stands in the table with both sums to the micro-dollar; the second time it is equal."""
    server.charge(1_234, BEGAN.timestamp())
    day = BEGAN.date().isoformat()
    told = reconcile()
    assert told.code == 0
    assert f"{day}  $0.001234  $0.005000  -$0.003766  corrected: 1 call that only an estimate" in told.out
    again = reconcile()
    assert again.code == 0
    assert f"{day}  $0.001234  $0.001234  $0.000000   equal" in again.out
    assert again.out.count("equal") == 7


def test_what_others_spend_ends_with_one_and_what_to_do(
    reconcile: Callable[..., Told], server: FakeOpenAI
) -> None:
    """More than our calls can have cost: nothing is booked, and a project of one's own mends it."""
    server.charge(1_234, BEGAN.timestamp())
    server.charge(9_000_000, BEGAN.timestamp(), project="proj_other")
    told = reconcile()
    assert told.code == 1
    assert "$9.001234  $0.005000  $8.996234   does not match" in told.out
    assert "project of its own, and name it in OPENAI_PROJECT_ID" in told.out
    assert reconcile(OPENAI_PROJECT_ID="proj_inkthread").code == 0


def test_without_an_admin_key_it_says_who_has_one(command: Callable[..., Told]) -> None:
    """No key, no books; nothing is asked."""
    told = command("bill")
    assert told.is_one_sentence_of_refusal
    assert "OPENAI_ADMIN_KEY is not set" in told.err
    assert "owner of the organisation" in told.err


def test_an_ordinary_key_is_refused_in_words(reconcile: Callable[..., Told], server: FakeOpenAI) -> None:
    """What kind of key it must be is said, and no key is repeated."""
    told = reconcile(OPENAI_ADMIN_KEY=server.key)
    assert told.code == 1
    assert "must be an admin key" in told.out
    assert server.key not in told.out + told.err


def test_the_doctor_tries_the_admin_key(command: Callable[..., Told], server: FakeOpenAI) -> None:
    """A key that works, one that is refused, and one that can be none; asking is free."""
    common = {"OPENAI_BASE_URL": server.base_url}
    fine = command("doctor", OPENAI_ADMIN_KEY=server.admin_key, OPENAI_PROJECT_ID="proj_x", **common)
    assert "ok  The admin key works; the ledger is held against the project's bill." in fine.out
    broad = command("doctor", OPENAI_ADMIN_KEY=server.admin_key, **common)
    assert "the whole organisation's bill" in broad.out
    assert "Name the project" in broad.out
    refused = command("doctor", OPENAI_ADMIN_KEY=server.key, **common)
    assert "look  The bill cannot be read (status 401)." in refused.out
    none = command("doctor", OPENAI_ADMIN_KEY="sk admin", **common)
    assert (none.code, "OPENAI_ADMIN_KEY is empty or holds characters" in none.out) == (1, True)
