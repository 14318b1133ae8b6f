"""Allowances, counters, reservations and the ledger, seen from the application, and who changed them.

Owns the persistence ports of money and quota; the other repositories stand in `repositories.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.app.audit import AuditLine
    from core.app.spending import BookedCall, SpendRow
    from core.domain.ids import ReservationId, TurnId, WorkspaceId
    from core.domain.quota import Allowance, AllowanceName, Counter, Entry, Reservation, Scope


class Quotas(Protocol):
    """Allowances, counters, reservations and the ledger."""

    async def allowances(self, scopes: Sequence[Scope]) -> list[Allowance]:
        """The allowances that are set for those scopes."""
        ...

    async def set_allowance(self, allowance: Allowance) -> None:
        """Insert or replace the allowance of that scope, metric and period."""
        ...

    async def remove_allowance(self, name: AllowanceName) -> bool:
        """Remove the allowance of that name; False when there was none. Its counters stay."""
        ...

    async def counters(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The counters in the order asked, made where missing, locked in key order until the unit ends."""
        ...

    async def peek(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The same without making or locking anything."""
        ...

    async def save_counters(self, counters: Sequence[Counter]) -> None:
        """Store them."""
        ...

    async def add_reservation(self, reservation: Reservation) -> None:
        """A hold was taken."""
        ...

    async def reservation(self, reservation: ReservationId) -> Reservation | None:
        """The hold, whether open or ended."""
        ...

    async def end_reservation(self, reservation: ReservationId) -> Reservation | None:
        """End the hold; None when it had ended before."""
        ...

    async def add_entry(self, entry: Entry) -> None:
        """A line in the ledger; never changed afterwards."""
        ...

    async def entries(
        self, *, turn: TurnId | None = None, workspace: WorkspaceId | None = None
    ) -> list[Entry]:
        """Lines of the ledger in order, of that turn or workspace where given."""
        ...

    async def spending(
        self, *, since: datetime, until: datetime, workspace: WorkspaceId | None = None
    ) -> list[SpendRow]:
        """Who used what, by person and UTC day."""
        ...

    async def booked(self, *, since: datetime, until: datetime, engine: str) -> list[BookedCall]:
        """The calls to that engine that began from `since` until before `until`, and what stands for each."""
        ...


class Audit(Protocol):
    """Who changed what, and what admins were told."""

    async def add(self, line: AuditLine) -> None:
        """A line; never changed afterwards."""
        ...

    async def latest(self, workspace: WorkspaceId, *, limit: int) -> list[AuditLine]:
        """The newest lines of the workspace, newest first."""
        ...

    async def is_first(self, workspace: WorkspaceId, subject: str, *, since: datetime) -> bool:
        """Remember that the workspace's admins are told of something now; False when told since then."""
        ...
