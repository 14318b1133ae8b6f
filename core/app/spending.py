"""Who spent how much, from the ledger's sums by day. Pure.

Owns the adding up, for the chat and the command line alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.domain.ids import ActorId, Micros, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class SpendRow:
    """What one person used in a stretch of time."""

    workspace: WorkspaceId
    actor: ActorId
    name: str
    day: str
    pictures: int
    micros: Micros
    written_off: Micros


@dataclass(frozen=True, slots=True)
class Spender:
    """What one person used of a stretch of time; `written_off` was billed for nothing, to nobody."""

    workspace: WorkspaceId
    actor: ActorId
    name: str
    pictures: int
    micros: Micros
    written_off: Micros


def by_person(rows: Iterable[SpendRow]) -> list[Spender]:
    """Add up each person's days; who spent most comes first, then who made most."""
    people: dict[tuple[WorkspaceId, ActorId], list[SpendRow]] = {}
    for row in rows:
        people.setdefault((row.workspace, row.actor), []).append(row)
    spenders = [
        Spender(
            workspace=workspace,
            actor=actor,
            name=next((row.name for row in theirs if row.name), ""),
            pictures=sum(row.pictures for row in theirs),
            micros=Micros(sum(row.micros for row in theirs)),
            written_off=Micros(sum(row.written_off for row in theirs)),
        )
        for (workspace, actor), theirs in people.items()
    ]
    return sorted(spenders, key=lambda one: (-one.micros, -one.pictures))


def beginning_of(until: datetime, days: int) -> datetime:
    """Midnight, in UTC, of the first of the last days up to that moment."""
    first = until.astimezone(UTC).date() - timedelta(days=days - 1)
    return datetime(first.year, first.month, first.day, tzinfo=UTC)


def days_until(until: datetime, days: int) -> list[date]:
    """The last days up to that moment, in UTC, oldest first."""
    last = until.astimezone(UTC).date()
    return [last - timedelta(days=back) for back in reversed(range(days))]
