"""Allowances, counters, holds and the ledger, and who changed them, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.app.spending import BookedCall, SpendRow
from core.domain.ids import ActorId, Micros, WorkspaceId
from core.domain.quota import Allowance, Counter, Entry, EntryKind
from tests.fakes.memory_shelves import Desk, Sum, add_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.app.audit import AuditLine
    from core.domain.ids import ReservationId, TurnId
    from core.domain.quota import AllowanceName, Reservation, Scope

_BOOKED = {EntryKind.SETTLE, EntryKind.WRITE_OFF, EntryKind.CORRECTION}


class MemoryQuotas:
    """Allowances, counters, reservations and the ledger."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def allowances(self, scopes: Sequence[Scope]) -> list[Allowance]:
        """The allowances that are set for those scopes, in the fixed order."""
        found = [each for each in self._desk.to_read().allowances.values() if each.scope in scopes]
        return sorted(found, key=lambda allowance: allowance.order)

    async def set_allowance(self, allowance: Allowance) -> None:
        """Insert or replace the allowance of that scope, metric and period."""
        self._desk.to_write().allowances[allowance.name] = allowance

    async def remove_allowance(self, name: AllowanceName) -> bool:
        """Remove the allowance of that name; False when there was none."""
        return self._desk.to_write().allowances.pop(name, None) is not None

    async def counters(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The counters, made where missing, in the order asked."""
        sums = self._desk.to_write().sums
        for allowance, start in wanted:
            sums.setdefault((allowance.name, start), Sum())
        return await self.peek(wanted)

    async def peek(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The same without making anything."""
        sums = self._desk.to_read().sums
        found = ((allowance, start, sums.get((allowance.name, start), Sum())) for allowance, start in wanted)
        return tuple(
            Counter(allowance, start, each.used, each.held, each.extra) for allowance, start, each in found
        )

    async def save_counters(self, counters: Sequence[Counter]) -> None:
        """Store them."""
        sums = self._desk.to_write().sums
        for counter in counters:
            name = counter.allowance.name, counter.window_start
            sums[name] = Sum(counter.used, counter.held, counter.extra)

    async def add_reservation(self, reservation: Reservation) -> None:
        """A hold was taken."""
        add_new(self._desk.to_write().reservations, reservation.id, reservation)

    async def reservation(self, reservation: ReservationId) -> Reservation | None:
        """The hold, whether open or ended."""
        return self._desk.to_read().reservations.get(reservation)

    async def end_reservation(self, reservation: ReservationId) -> Reservation | None:
        """End the hold; None when it had ended before."""
        shelves = self._desk.to_write()
        if reservation not in shelves.reservations or reservation in shelves.ended:
            return None
        shelves.ended[reservation] = self._desk.now()
        return shelves.reservations[reservation]

    async def add_entry(self, entry: Entry) -> None:
        """A line in the ledger; never changed afterwards."""
        entries = self._desk.to_write().entries
        entries[len(entries) + 1] = entry

    async def entries(
        self, *, turn: TurnId | None = None, workspace: WorkspaceId | None = None
    ) -> list[Entry]:
        """Lines of the ledger in order, of that turn or workspace where given."""
        return [
            each
            for _, each in sorted(self._desk.to_read().entries.items())
            if turn in {None, each.turn} and workspace in {None, each.workspace}
        ]

    async def spending(
        self, *, since: datetime, until: datetime, workspace: WorkspaceId | None = None
    ) -> list[SpendRow]:
        """Who used what, by person and UTC day."""
        all_lines = [each for each in await self.entries(workspace=workspace) if each.kind in _BOOKED]
        dated = (replace(each, at=_counts_at(each, all_lines)) for each in all_lines)
        lines = [each for each in dated if since <= each.at < until]
        groups = sorted({(_day(each), each.workspace, each.actor) for each in lines})
        return [self._spend_row(*group, lines) for group in groups]

    def _spend_row(self, day: str, workspace: WorkspaceId, actor: ActorId, lines: list[Entry]) -> SpendRow:
        mine = [each for each in lines if (_day(each), each.workspace, each.actor) == (day, workspace, actor)]
        person = self._desk.to_read().actors.get(actor)
        used = [each for each in mine if not _is_loss(each)]
        return SpendRow(
            workspace,
            actor,
            "" if person is None else person.name,
            day,
            pictures=sum(each.pictures for each in used),
            micros=_sum(used),
            written_off=_sum(each for each in mine if _is_loss(each)),
        )

    async def booked(self, *, since: datetime, until: datetime, engine: str) -> list[BookedCall]:
        """The calls that began then, and what stands for each."""
        shelves = self._desk.to_read()
        calls = [
            each
            for each in shelves.attempts.values()
            if since <= each.started_at < until and each.engine == engine
        ]
        calls.sort(key=lambda each: (each.started_at, each.id))
        lines = [each for each in shelves.entries.values() if each.kind in _BOOKED]
        return [BookedCall(call, _sum(each for each in lines if each.attempt == call.id)) for call in calls]


def _counts_at(entry: Entry, lines: Iterable[Entry]) -> datetime:
    """When a line counts: a correction when that did which it mends."""
    kind = EntryKind.WRITE_OFF if _is_loss(entry) else EntryKind.SETTLE
    mended = [each.at for each in lines if (each.attempt, each.kind) == (entry.attempt, kind)]
    is_of_a_call = entry.kind is EntryKind.CORRECTION and entry.attempt is not None
    return max(mended, default=entry.at) if is_of_a_call else entry.at


def _is_loss(entry: Entry) -> bool:
    """Whether a line is about what nobody pays for: a correction of a settled hold names that hold."""
    is_correction = entry.kind is EntryKind.CORRECTION and entry.reservation is None
    return entry.kind is EntryKind.WRITE_OFF or is_correction


class MemoryAudit:
    """Who changed what, and what admins were told."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def add(self, line: AuditLine) -> None:
        """A line; never changed afterwards."""
        lines = self._desk.to_write().audit
        lines[len(lines) + 1] = line

    async def latest(self, workspace: WorkspaceId, *, limit: int) -> list[AuditLine]:
        """The newest lines of the workspace, newest first."""
        lines = sorted(self._desk.to_read().audit.items(), reverse=True)
        return [each for _, each in lines if each.workspace == workspace][:limit]

    async def is_first(self, workspace: WorkspaceId, subject: str, *, since: datetime) -> bool:
        """Remember that admins are told of something now; False when they were told since then."""
        alerts = self._desk.to_write().alerts
        told_at = alerts.get((workspace, subject))
        if told_at is not None and told_at >= since:
            return False
        alerts[workspace, subject] = self._desk.now()
        return True


def _day(entry: Entry) -> str:
    return entry.at.astimezone(UTC).date().isoformat()


def _sum(entries: Iterable[Entry]) -> Micros:
    return Micros(sum(each.micros for each in entries))
