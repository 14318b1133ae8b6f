"""What a start does with the leases that it finds, and with what it makes itself."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.queues import apply_schema
from bots.running import spare_the_start, take_over
from bots.settings import Settings
from bots.wiring import open_parts
from core.app.records import Stage
from core.domain.ids import TurnId
from tests.app.test_app_recovery import Outage
from tests.contracts.database_samples import store, turn

if TYPE_CHECKING:
    from pathlib import Path

    from core.app.outside import Outside

U1 = TurnId("u1")


async def _held_after_a_start(url: str, folder: Path, *, refusals: int = 0) -> str | None:
    """Who holds a turn that somebody held when a process was started, on a storage that refuses so often."""
    outages: list[Outage] = []

    def around(outside: Outside) -> Outside:
        outages.append(Outage(outside.database))
        return replace(outside, database=outages[0])

    if url.startswith("postgres"):
        await apply_schema(url)
    settings = Settings(
        _env_file=None,
        database_url=url,
        storage_url=f"file://{folder}/pictures",
        encryption_key="a test",
        port=0,
    )
    async with open_parts(settings, around=around) as parts:
        await store(parts.database, turn("u1", stage=Stage.ANNOUNCED))
        async with parts.database.unit() as unit:
            assert await unit.turns.claim(U1, holder="somebody", lease_s=600) is not None
            await unit.commit()
        outages[0].left = refusals
        await take_over(parts)
        async with parts.database.unit(read_only=True) as unit:
            found = await unit.turns.get(U1)
        assert found is not None
        return found.held_by


async def test_on_sqlite_a_start_waits_for_no_lease(sqlite_url: str, tmp_path: Path) -> None:
    """The lock on the folder says that nobody else is alive."""
    assert await _held_after_a_start(sqlite_url, tmp_path) is None


async def test_a_disk_that_is_full_keeps_nothing_from_starting(sqlite_url: str, tmp_path: Path) -> None:
    """The page comes up and says what is wrong; the lease runs out by itself."""
    assert await _held_after_a_start(sqlite_url, tmp_path, refusals=1) == "somebody"


@pytest.mark.postgres
async def test_on_postgres_a_start_takes_nothing_from_others(postgres_url: str, tmp_path: Path) -> None:
    """Another worker may be in the middle of a call that is paid for."""
    assert await _held_after_a_start(postgres_url, tmp_path) == "somebody"


def test_collectors_of_garbage_pass_over_what_the_start_has_made() -> None:
    """What is made later is still found."""
    try:
        spare_the_start()
        assert gc.get_freeze_count() > 10_000
        circle: list[object] = []
        circle.append(circle)
        del circle
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
