"""The time zones of a workspace, from their names to the windows that its people live in.

Owns nothing but that translation. Where nothing was decided, the operator's zone counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.periods import ZoneHistory

if TYPE_CHECKING:
    from core.app.outside import Policy
    from core.app.records import WorkspaceRecord


def zones_of(workspace: WorkspaceRecord | None, policy: Policy) -> ZoneHistory:
    """Where the workspace lives now, and where it lived before."""
    if workspace is None:
        return ZoneHistory(ZoneInfo(policy.time_zone))
    former = tuple((ZoneInfo(one.time_zone), one.until) for one in workspace.former_zones)
    return ZoneHistory(ZoneInfo(workspace.time_zone), former)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name, an absolute path, half a name
        return False
    return True
