"""The inbox and the people, on every database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.records import ActorRecord, WorkspaceRecord
from core.domain.ids import ActorId, Platform, WorkspaceId
from tests.contracts.database_samples import ADA, HOUR, WORKSPACE, inbound

if TYPE_CHECKING:
    from core.app.repositories import Database


async def _admit(database: Database, *keys: str, is_pending: bool) -> list[bool]:
    async with database.unit() as unit:
        admitted = [await unit.inbox.admit(inbound(key), is_pending=is_pending) for key in keys]
        await unit.commit()
        return admitted


async def test_a_delivery_is_admitted_once(database: Database) -> None:
    """The same key does nothing twice, in one unit or in two."""
    assert await _admit(database, "d1", "d1", is_pending=False) == [True, False]
    assert await _admit(database, "d1", "d2", is_pending=True) == [False, True]


async def test_a_pending_delivery_is_kept_whole_until_it_is_finished(database: Database) -> None:
    """What was not handled yet can be handled again after a crash; what was is only remembered."""
    await _admit(database, "now", is_pending=False)
    await _admit(database, "d1", "d2", "d3", is_pending=True)
    async with database.unit() as unit:
        soon = await unit.now() + HOUR
        assert await unit.inbox.pending(before=soon, limit=2) == [inbound("d1"), inbound("d2")]
        assert await unit.inbox.finish("d1")
        assert await unit.inbox.pending(before=soon, limit=9) == [inbound("d2"), inbound("d3")]
        assert await unit.inbox.pending(before=soon - 2 * HOUR, limit=9) == []
        assert not await unit.inbox.finish("d1")
        assert not await unit.inbox.finish("now")
        assert not await unit.inbox.finish("never seen")
        assert not await unit.inbox.admit(inbound("d1"), is_pending=True)


async def test_only_old_and_finished_deliveries_are_forgotten(database: Database) -> None:
    """Forgetting frees the room of what platforms will not send again."""
    await _admit(database, "d1", "d2", is_pending=False)
    await _admit(database, "d3", is_pending=True)
    async with database.unit() as unit:
        now = await unit.now()
        assert await unit.inbox.forget(before=now - HOUR) == 0
        assert await unit.inbox.forget(before=now + HOUR) == 2
        assert await unit.inbox.admit(inbound("d1"), is_pending=False)
        assert await unit.inbox.pending(before=now + HOUR, limit=9) == [inbound("d3")]


async def test_a_delivery_with_anything_in_it_is_kept(database: Database) -> None:
    """No text that a stranger can send breaks the database, and pending text comes back unchanged."""
    odd = replace(inbound("k\x00ey\ud800"), text="a\x00b \ud800 \N{GRINNING FACE} '; DROP TABLE inbox; --")
    async with database.unit() as unit:
        assert await unit.inbox.admit(odd, is_pending=True)
        assert not await unit.inbox.admit(odd, is_pending=True)
        (kept,) = await unit.inbox.pending(before=await unit.now() + HOUR, limit=1)
        assert kept.text == odd.text
        assert await unit.inbox.finish(odd.delivery_key)


async def test_people_and_workspaces_are_as_last_saved(database: Database) -> None:
    """Saving inserts or replaces."""
    workspace = WorkspaceRecord(WORKSPACE, Platform.WEB)
    ada = ActorRecord(ADA, WORKSPACE, "Ada", "en-GB")
    async with database.unit() as unit:
        assert await unit.people.workspace(WORKSPACE) is None
        assert await unit.people.actor(ADA) is None
        await unit.people.save_workspace(workspace)
        await unit.people.save_actor(ada)
        assert await unit.people.workspace(WORKSPACE) == workspace
        assert await unit.people.actor(ADA) == ada
        moved = replace(workspace, time_zone="Europe/London", is_open_to_all=True)
        told = replace(ada, name="Ada \N{LATIN SMALL LETTER E WITH ACUTE}", was_told_about_references=True)
        await unit.people.save_workspace(moved)
        await unit.people.save_actor(told)
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.people.workspace(WORKSPACE) == moved
        assert await unit.people.actor(ADA) == told
        assert await unit.people.workspace(WorkspaceId("web:other")) is None
        assert await unit.people.actor(ActorId("web:demo:nobody")) is None
