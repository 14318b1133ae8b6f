"""What stands of allowances at a moment: set or default, used, held, granted, and when it is back.

Owns that reading, for whoever shows it. Never locks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.bookkeeping import with_defaults
from core.app.views import AllowanceView
from core.app.zones import zones_of
from core.domain.quota import window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.outside import Policy
    from core.app.repositories import UnitOfWork
    from core.domain.ids import WorkspaceId
    from core.domain.quota import Scope


async def standing(
    unit: UnitOfWork, policy: Policy, workspace: WorkspaceId | None, scopes: Sequence[Scope]
) -> list[AllowanceView]:
    """Every allowance of those scopes in its window of now, by the workspace's zone; narrowest first."""
    stored = await unit.quotas.allowances(scopes)
    allowances = [one for one in with_defaults(stored, scopes, policy) if one.scope in scopes]
    zones = zones_of(await unit.people.workspace(workspace) if workspace is not None else None, policy)
    now = await unit.now()
    windows = [window_of(one, now, zones) for one in allowances]
    wanted = [(one, window.start) for one, window in zip(allowances, windows, strict=True)]
    set_names = {one.name for one in stored}
    return [
        AllowanceView(
            scope=counter.allowance.scope,
            metric=counter.allowance.metric,
            period=counter.allowance.period,
            amount=counter.allowance.amount,
            extra=counter.extra,
            used=counter.used,
            held=counter.held,
            back_at=window.end,
            is_default=counter.allowance.name not in set_names,
        )
        for counter, window in zip(await unit.quotas.peek(wanted), windows, strict=True)
    ]
