"""What admins decide for their workspace: allowances, grants, time zone, who else decides.

Owns who may, over what, and that each change has its line in the audit. A refusal is a value. The operator's
own limits for the whole installation are nobody's here to change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from core.app.admins import admins_of, is_admin
from core.app.audit import (
    AdminDropped,
    AdminNamed,
    AllowanceChanged,
    AuditLine,
    Granted,
    OpennessChanged,
    ZoneChanged,
)
from core.app.bookkeeping import with_defaults
from core.app.outside import look, transact
from core.app.records import FormerZone, WorkspaceRecord
from core.app.standing import standing
from core.app.views import AdminView, Denied, WorkspaceSettings
from core.app.zones import is_zone, zones_of
from core.domain.ids import Platform
from core.domain.quota import Allowance, ScopeKind, grant, window_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.app.audit import Change
    from core.app.inbound import Person
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.views import AllowanceView, WorkspaceChange
    from core.domain.ids import WorkspaceId
    from core.domain.quota import Metric, Period, Scope

MOST: Final = 10**15
"""A thousand million dollars or a million million pictures: more is a slip of the finger."""

MOST_NAMED: Final = 50
MOST_SHOWN: Final = 20
"""How many admins can be named, and how many of all are shown."""

ZONES_KEPT: Final = timedelta(days=100)
"""Longer than any window that a hold or a write-off of before may still belong to."""

ADMINS_ONLY: Final = Denied("admins_only")
NOT_YOUR_SCOPE: Final = Denied("not_your_scope")


class Account:
    """Reads and changes what a workspace has decided."""

    def __init__(self, outside: Outside) -> None:
        """Decide with these."""
        self._outside = outside

    async def is_admin(self, person: Person) -> bool:
        """Whether the person may decide for their workspace."""
        return await look(self._outside.database, lambda unit: _decides(unit, person))

    async def allowances(self, person: Person, scopes: Sequence[Scope]) -> list[AllowanceView] | Denied:
        """Every allowance of those scopes, with what is used of it; for admins, of their own workspace."""

        async def read(unit: UnitOfWork) -> list[AllowanceView] | Denied:
            if not await _decides(unit, person):
                return ADMINS_ONLY
            if not all(belongs(scope, person.workspace) for scope in scopes):
                return NOT_YOUR_SCOPE
            return await standing(unit, self._outside.policy, person.workspace, scopes)

        return await look(self._outside.database, read)

    async def set_allowance(
        self, person: Person, scope: Scope, metric: Metric, period: Period, amount: int | None
    ) -> Denied | None:
        """Set the allowance, or remove it, which brings the operator's default back where there is one."""

        async def change(unit: UnitOfWork) -> Denied | None:
            denied = await _denied(unit, person, scope, amount, least=0)
            if denied is not None:
                return denied
            if amount is None:
                if not await unit.quotas.remove_allowance((scope, metric, period)):
                    return None
            else:
                await unit.quotas.set_allowance(Allowance(scope, metric, period, amount))
            await _enter(unit, person, AllowanceChanged(scope, metric, period, amount))
            return None

        return await transact(self._outside.database, change)

    async def grant(
        self, person: Person, scope: Scope, metric: Metric, amount: int
    ) -> list[AllowanceView] | Denied:
        """Give so much more now, in the running window of every allowance that the scope has of the metric.

        In each of them: more for today would be nothing where the month is used up.
        """

        async def give(unit: UnitOfWork) -> list[AllowanceView] | Denied:
            denied = await _denied(unit, person, scope, amount, least=1)
            if denied is not None:
                return denied
            allowances = [
                one
                for one in with_defaults(await unit.quotas.allowances([scope]), [scope], policy)
                if (one.scope, one.metric) == (scope, metric)
            ]
            if not allowances:
                return Denied("nothing_to_grant")
            zones = zones_of(await unit.people.workspace(person.workspace), policy)
            now = await unit.now()
            wanted = [(one, window_of(one, now, zones).start) for one in allowances]
            counters = await unit.quotas.counters(wanted)
            if any(counter.extra + amount > MOST for counter in counters):
                return _bad_amount(amount)
            await unit.quotas.save_counters([grant(counter, amount) for counter in counters])
            await _enter(unit, person, Granted(scope, metric, amount))
            return await standing(unit, policy, person.workspace, [scope])

        policy = self._outside.policy
        return await transact(self._outside.database, give)

    async def settings(self, workspace: WorkspaceId) -> WorkspaceSettings:
        """What the workspace has decided, and who may decide it."""

        async def read(unit: UnitOfWork) -> WorkspaceSettings:
            return await settings_of(unit, await self._record(unit, workspace))

        return await look(self._outside.database, read)

    async def change(self, person: Person, wish: WorkspaceChange) -> WorkspaceSettings | Denied:
        """Change what is asked for, all of it or nothing."""

        async def change(unit: UnitOfWork) -> WorkspaceSettings | Denied:
            if not await _decides(unit, person):
                return ADMINS_ONLY
            denied = _unfit(wish, person.workspace)
            if denied is not None:
                return denied
            before = await self._record(unit, person.workspace, for_change=True)
            after, changes = changed(before, wish, await unit.now())
            if changes:
                await unit.people.save_workspace(after)
            for one in changes:
                await _enter(unit, person, one)
            return await settings_of(unit, after)

        return await transact(self._outside.database, change)

    async def _record(
        self, unit: UnitOfWork, workspace: WorkspaceId, *, for_change: bool = False
    ) -> WorkspaceRecord:
        """The workspace, as it begins where nobody was ever met in it."""
        platform = Platform(workspace.partition(":")[0])
        beginning = WorkspaceRecord(workspace, platform, time_zone=self._outside.policy.time_zone)
        return await unit.people.workspace(workspace, for_change=for_change) or beginning


def belongs(scope: Scope, workspace: WorkspaceId) -> bool:
    """Whether the scope is one of that workspace, for its admins to decide about."""
    match scope.kind:
        case ScopeKind.ACTOR:
            return scope.key.startswith(f"{workspace}:")
        case ScopeKind.ROLE | ScopeKind.CHANNEL:
            return scope.key.startswith(f"{workspace}/") and len(scope.key) > len(workspace) + 1
        case ScopeKind.WORKSPACE:
            return scope.key == workspace
        case ScopeKind.INSTALLATION:
            return False
        case _:
            assert_never(scope.kind)


def changed(
    before: WorkspaceRecord, wish: WorkspaceChange, now: datetime
) -> tuple[WorkspaceRecord, list[Change]]:
    """The workspace as wished, and what that changes. Pure.

    A new zone begins now; the old one is remembered, so that running windows keep their counters.
    """
    after = before
    changes: list[Change] = []
    if wish.time_zone is not None and wish.time_zone != before.time_zone:
        kept = tuple(one for one in before.former_zones if one.until > now - ZONES_KEPT)
        former = (*kept, FormerZone(before.time_zone, now))
        after = replace(after, time_zone=wish.time_zone, former_zones=former)
        changes.append(ZoneChanged(wish.time_zone))
    if wish.is_open_to_all is not None and wish.is_open_to_all != before.is_open_to_all:
        after = replace(after, is_open_to_all=wish.is_open_to_all)
        changes.append(OpennessChanged(wish.is_open_to_all))
    if wish.named_admins is not None:
        named = tuple(dict.fromkeys(wish.named_admins))
        after = replace(after, named_admins=named)
        changes += [AdminNamed(one) for one in named if one not in before.named_admins]
        changes += [AdminDropped(one) for one in before.named_admins if one not in named]
    return after, changes


async def settings_of(unit: UnitOfWork, record: WorkspaceRecord) -> WorkspaceSettings:
    """What the workspace has decided, for whoever shows it: those who were named come first."""
    everyone = await admins_of(unit, record, limit=MOST_NAMED + MOST_SHOWN)
    views = [AdminView(one.id, one.name, is_named=one.id in record.named_admins) for one in everyone]
    admins = sorted(views, key=lambda one: not one.is_named)
    return WorkspaceSettings(record.id, record.time_zone, record.is_open_to_all, tuple(admins))


async def _decides(unit: UnitOfWork, person: Person) -> bool:
    return is_admin(person, await unit.people.workspace(person.workspace))


async def _denied(
    unit: UnitOfWork, person: Person, scope: Scope, amount: int | None, *, least: int
) -> Denied | None:
    if not await _decides(unit, person):
        return ADMINS_ONLY
    if not belongs(scope, person.workspace):
        return NOT_YOUR_SCOPE
    return _bad_amount(amount) if amount is not None and not least <= amount <= MOST else None


def _bad_amount(amount: int) -> Denied:
    return Denied("bad_amount", {"amount": amount})


def _unfit(wish: WorkspaceChange, workspace: WorkspaceId) -> Denied | None:
    if wish.time_zone is not None and not is_zone(wish.time_zone):
        return Denied("bad_time_zone", {"zone": wish.time_zone})
    named = wish.named_admins or ()
    if len(set(named)) > MOST_NAMED or not all(one.startswith(f"{workspace}:") for one in named):
        return Denied("bad_admins", {"limit": MOST_NAMED})
    return None


async def _enter(unit: UnitOfWork, person: Person, change: Change) -> None:
    await unit.audit.add(AuditLine(person.workspace, person.id, await unit.now(), change))
