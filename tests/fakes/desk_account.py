"""The admins' half of the fake desk: allowances, grants and settings, kept in plain dictionaries.

It refuses who is no admin, as the core does. Nothing is counted: what is used stays 0.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.app.views import AdminView, AllowanceView, Denied, WorkspaceSettings
from core.domain.periods import Period
from core.domain.quota import Metric, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.inbound import Person
    from core.app.views import WorkspaceChange
    from core.domain.ids import WorkspaceId

ADMINS_ONLY = Denied("admins_only")
BACK_AT = datetime(2026, 12, 1, tzinfo=UTC)


class AccountDesk:
    """What admins have set. `set_amounts` by scope, metric and period; `extras` by scope and metric."""

    def __init__(self) -> None:
        self.set_amounts: dict[tuple[Scope, Metric, Period], int] = {}
        self.extras: dict[tuple[Scope, Metric], int] = {}
        self.workspaces: dict[WorkspaceId, WorkspaceSettings] = {}

    async def is_admin(self, person: Person) -> bool:
        """Whether the platform says so, or somebody named them."""
        settings = await self.workspace_settings(person.workspace)
        return person.is_admin or any(one.is_named and one.actor == person.id for one in settings.admins)

    async def allowances(self, person: Person, scopes: Sequence[Scope]) -> list[AllowanceView] | Denied:
        """What was set for those scopes, and twenty pictures a day for a person without."""
        if not await self.is_admin(person):
            return ADMINS_ONLY
        amounts = dict(self.set_amounts)
        for scope in scopes:
            if scope.kind is ScopeKind.ACTOR:
                amounts.setdefault((scope, Metric.PICTURES, Period.DAY), 20)
        return [
            AllowanceView(
                scope=key[0],
                metric=key[1],
                period=key[2],
                amount=amount,
                extra=self.extras.get(key[:2], 0),
                used=0,
                held=0,
                back_at=BACK_AT,
                is_default=key not in self.set_amounts,
            )
            for key, amount in amounts.items()
            if key[0] in scopes
        ]

    async def set_allowance(
        self, person: Person, scope: Scope, metric: Metric, period: Period, amount: int | None
    ) -> Denied | None:
        """Remember it, or forget it."""
        if not await self.is_admin(person):
            return ADMINS_ONLY
        if amount is None:
            self.set_amounts.pop((scope, metric, period), None)
        else:
            self.set_amounts[scope, metric, period] = amount
        return None

    async def grant(
        self, person: Person, scope: Scope, metric: Metric, amount: int
    ) -> list[AllowanceView] | Denied:
        """Remember how much more there is."""
        if not await self.is_admin(person):
            return ADMINS_ONLY
        self.extras[scope, metric] = self.extras.get((scope, metric), 0) + amount
        return await self.allowances(person, [scope])

    async def workspace_settings(self, workspace: WorkspaceId) -> WorkspaceSettings:
        """What was decided, or the beginning: UTC, closed, nobody named."""
        return self.workspaces.get(
            workspace, WorkspaceSettings(workspace, "UTC", is_open_to_all=False, admins=())
        )

    async def change_workspace(self, person: Person, change: WorkspaceChange) -> WorkspaceSettings | Denied:
        """Remember what was decided."""
        if not await self.is_admin(person):
            return ADMINS_ONLY
        settings = await self.workspace_settings(person.workspace)
        if change.time_zone is not None:
            settings = replace(settings, time_zone=change.time_zone)
        if change.is_open_to_all is not None:
            settings = replace(settings, is_open_to_all=change.is_open_to_all)
        if change.named_admins is not None:
            named = tuple(AdminView(one, str(one), is_named=True) for one in change.named_admins)
            settings = replace(settings, admins=named)
        self.workspaces[person.workspace] = settings
        return settings
