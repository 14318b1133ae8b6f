"""Admins, who changed what, what admins were told, and what the safety system refused, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.audit import (
    AdminDropped,
    AdminNamed,
    AllowanceChanged,
    AuditLine,
    Change,
    Granted,
    OpennessChanged,
    ZoneChanged,
)
from core.app.outside import transact
from core.app.records import ActorRecord, FormerZone, Stage, WorkspaceRecord
from core.domain.generation import Failure, FailureKind
from core.domain.ids import ActorId, Platform, WorkspaceId
from core.domain.quota import Metric, Period, Scope, ScopeKind
from tests.contracts.database_samples import ADA, BEN, HOUR, LONG_AGO, WORKSPACE, store, turn

if TYPE_CHECKING:
    from core.app.repositories import Database, UnitOfWork

OTHER = WorkspaceId("web:other")
ADAS = Scope(ScopeKind.ACTOR, ADA)


def admin(name: str, **changes: object) -> ActorRecord:
    """An admin, last seen long ago."""
    record = ActorRecord(ActorId(name), WORKSPACE, name.title(), "en", is_admin=True, seen_at=LONG_AGO)
    return replace(record, **changes)  # type: ignore[arg-type]  # the tests' own fields


async def test_what_a_workspace_has_decided_comes_back(database: Database) -> None:
    """Named admins and the zones it lived in before, in their order."""
    zones = (FormerZone("Europe/Berlin", LONG_AGO), FormerZone("UTC", LONG_AGO + HOUR))
    record = WorkspaceRecord(
        WORKSPACE, Platform.WEB, "Asia/Tokyo", named_admins=(BEN, ADA), former_zones=zones
    )
    async with database.unit() as unit:
        await unit.people.save_workspace(record)
        assert await unit.people.workspace(WORKSPACE) == record


async def test_admins_are_found_latest_first(database: Database) -> None:
    """Those of the workspace whom the platform last called admins; nobody else."""
    people = [
        admin("early"),
        admin("late", seen_at=LONG_AGO + HOUR),
        admin("middle", seen_at=LONG_AGO + HOUR / 2),
        admin("once", is_admin=False, seen_at=LONG_AGO + 2 * HOUR),
        admin("elsewhere", workspace=OTHER),
    ]
    async with database.unit() as unit:
        for person in people:
            await unit.people.save_actor(person)
        found = await unit.people.admins(WORKSPACE, limit=5)
        assert [one.id for one in found] == ["late", "middle", "early"]
        assert found[0] == people[1]
        assert [one.id for one in await unit.people.admins(WORKSPACE, limit=2)] == ["late", "middle"]


async def test_changes_are_read_newest_first(database: Database) -> None:
    """Each kind of change comes back as it was, of that workspace alone."""
    changes: list[Change] = [
        AllowanceChanged(ADAS, Metric.MICROS, Period.WEEK, 9_000_000_000),
        AllowanceChanged(ADAS, Metric.PICTURES, Period.DAY, None),
        Granted(ADAS, Metric.PICTURES, 5),
        ZoneChanged("Asia/Tokyo"),
        OpennessChanged(is_open_to_all=True),
        AdminNamed(BEN),
        AdminDropped(BEN),
    ]
    lines = [AuditLine(WORKSPACE, ADA, LONG_AGO, change) for change in changes]
    async with database.unit() as unit:
        for line in [*lines, AuditLine(OTHER, ADA, LONG_AGO, ZoneChanged("UTC"))]:
            await unit.audit.add(line)
        assert await unit.audit.latest(WORKSPACE, limit=99) == lines[::-1]
        assert await unit.audit.latest(WORKSPACE, limit=2) == [lines[-1], lines[-2]]


async def test_admins_are_told_of_a_thing_once(database: Database) -> None:
    """Each workspace and each thing for itself; again only when the last time was before `since`."""
    async with database.unit() as unit:
        now = await unit.now()
        assert await unit.audit.is_first(WORKSPACE, "empty", since=now - HOUR)
        assert not await unit.audit.is_first(WORKSPACE, "empty", since=now - HOUR)
        assert await unit.audit.is_first(WORKSPACE, "full", since=now - HOUR)
        assert await unit.audit.is_first(OTHER, "empty", since=now - HOUR)
        assert await unit.audit.is_first(WORKSPACE, "empty", since=now + HOUR)


async def test_of_many_who_would_tell_at_once_one_does(database: Database) -> None:
    """Eight turns meet the empty account in the same moment; admins hear of it once."""

    async def first(unit: UnitOfWork) -> bool:
        return await unit.audit.is_first(WORKSPACE, "empty", since=await unit.now() - HOUR)

    assert sum(await asyncio.gather(*(transact(database, first) for _ in range(8)))) == 1


async def test_refusals_of_the_safety_system_are_counted_by_person(database: Database) -> None:
    """Those of the time asked for, whatever became of other turns."""
    moderated = Failure(FailureKind.MODERATED, stage="input")
    ends = {
        "u1": (moderated, LONG_AGO + HOUR),
        "u2": (moderated, LONG_AGO),
        "u3": (Failure(FailureKind.REJECTED), LONG_AGO + HOUR),
        "u4": (None, LONG_AGO + HOUR),
        "u5": (moderated, LONG_AGO + 2 * HOUR),
    }
    await store(database, *(turn(name) for name in ends), turn("u6", actor=BEN))
    async with database.unit() as unit:
        for name, (failure, at) in ends.items():
            ended = turn(name, stage=Stage.FAILED, failure=failure, finished_at=at)
            assert await unit.turns.save(ended, stage=Stage.QUEUED)
        assert await unit.turns.moderated(ADA, since=LONG_AGO) == [LONG_AGO + HOUR, LONG_AGO + 2 * HOUR]
        assert await unit.turns.moderated(BEN, since=LONG_AGO - HOUR) == []
