"""What a start does with leases that it finds: on SQLite the dead hold them, on Postgres anybody may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.queues import apply_schema
from bots.running import take_over
from bots.settings import Settings
from bots.wiring import open_parts
from core.app.records import Stage
from core.domain.ids import TurnId
from tests.contracts.database_samples import store, turn

if TYPE_CHECKING:
    from pathlib import Path

U1 = TurnId("u1")


async def _held_after_a_start(url: str, folder: Path) -> str | None:
    """Who holds a turn that somebody held when a process was started."""
    if url.startswith("postgres"):
        await apply_schema(url)
    settings = Settings(
        _env_file=None,
        database_url=url,
        storage_url=f"file://{folder}/pictures",
        encryption_key="a test",
        port=0,
    )
    async with open_parts(settings) as parts:
        await store(parts.database, turn("u1", stage=Stage.ANNOUNCED))
        async with parts.database.unit() as unit:
            assert await unit.turns.claim(U1, holder="somebody", lease_s=600) is not None
            await unit.commit()
        await take_over(parts)
        async with parts.database.unit(read_only=True) as unit:
            found = await unit.turns.get(U1)
        assert found is not None
        return found.held_by


async def test_on_sqlite_a_start_waits_for_no_lease(sqlite_url: str, tmp_path: Path) -> None:
    """The lock on the folder says that nobody else is alive."""
    assert await _held_after_a_start(sqlite_url, tmp_path) is None


@pytest.mark.postgres
async def test_on_postgres_a_start_takes_nothing_from_others(postgres_url: str, tmp_path: Path) -> None:
    """Another worker may be in the middle of a call that is paid for."""
    assert await _held_after_a_start(postgres_url, tmp_path) == "somebody"
