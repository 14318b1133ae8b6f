"""What follows when the safety system refuses a person again and again: they wait, and admins hear of it.

Owns the counting. It costs nobody anything; what was refused is never repeated here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.admins import Alert

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.outside import Policy
    from core.app.records import TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody was refused so often that nothing new is made for them until then."""

    refusals: int
    until: datetime


async def waiting_of(unit: UnitOfWork, policy: Policy, actor: ActorId, now: datetime) -> Waiting | None:
    """Whether the person has to wait, and until when."""
    refused = await _refused(unit, policy, actor, now)
    if len(refused) < policy.moderated_limit:
        return None
    until = refused[-1] + timedelta(seconds=policy.waiting_period_s)
    return Waiting(len(refused), until) if now < until else None


async def alert_of(unit: UnitOfWork, policy: Policy, turn: TurnRecord, now: datetime) -> Alert | None:
    """What admins have to know after this turn was refused, if anything; once a day and person."""
    refused = await _refused(unit, policy, turn.actor, now)
    if len(refused) < policy.moderated_limit:
        return None
    since = now - timedelta(seconds=policy.moderated_within_s)
    values: dict[str, str | int] = {"count": len(refused)}
    return Alert(f"moderated {turn.actor}", since, "admin_moderated", values, about=(turn.actor,))


async def _refused(unit: UnitOfWork, policy: Policy, actor: ActorId, now: datetime) -> list[datetime]:
    since = now - timedelta(seconds=policy.moderated_within_s)
    return await unit.turns.moderated(actor, since=since)
