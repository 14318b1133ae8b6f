"""The ledger within one unit of work: holds, settlements, releases, write-offs.

Owns which allowances apply to a turn, that every change of a counter has its line in the ledger, and that
admins hear when what they share runs out. The arithmetic is the domain's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.app.admins import AdminAlerts, Alert
from core.app.after_commit import QuotaWarning
from core.app.zones import zones_of
from core.domain.engine_profile import estimate, profile_for
from core.domain.ids import Micros, ReservationId
from core.domain.quota import (
    Allowance,
    Cost,
    Entry,
    EntryKind,
    Metric,
    Period,
    Refusal,
    Reservation,
    Scope,
    ScopeKind,
    correct,
    recharge,
    release,
    reserve,
    settle,
    window_of,
    write_off,
)
from core.domain.quota_shares import WARNING_SHARES, share_reached

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.app.after_commit import AfterCommit
    from core.app.outside import Policy
    from core.app.ports import Ids
    from core.app.records import ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.generation import GenerationPlan
    from core.domain.ids import ActorId, AttemptId, ChannelRef, WorkspaceId
    from core.domain.periods import ZoneHistory
    from core.domain.quota import Counter

INSTALLATION = Scope(ScopeKind.INSTALLATION)


@dataclass(frozen=True, slots=True)
class NoRoom:
    """A refusal of the ledger, as a notice with its numbers."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


def scopes_of(
    actor: ActorId, roles: Sequence[str], channel: ChannelRef, workspace: WorkspaceId
) -> tuple[Scope, ...]:
    """Everything that a person's use counts against."""
    return (
        Scope(ScopeKind.ACTOR, actor),
        *(Scope(ScopeKind.ROLE, f"{workspace}/{role}") for role in roles),
        Scope(ScopeKind.CHANNEL, f"{workspace}/{channel}"),
        Scope(ScopeKind.WORKSPACE, workspace),
        INSTALLATION,
    )


def with_defaults(
    stored: Sequence[Allowance], scopes: Sequence[Scope], policy: Policy
) -> tuple[Allowance, ...]:
    """The stored allowances, and the operator's settings where nothing is stored for a scope."""
    defaults = [Allowance(INSTALLATION, Metric.MICROS, Period.MONTH, policy.monthly_budget)] + [
        Allowance(scope, Metric.PICTURES, Period.DAY, policy.pictures_per_person_per_day)
        for scope in scopes
        if scope.kind is ScopeKind.ACTOR
    ]
    named = {(allowance.scope, allowance.metric, allowance.period) for allowance in stored}
    added = [one for one in defaults if (one.scope, one.metric, one.period) not in named]
    return tuple(sorted([*stored, *added], key=lambda one: one.order))


class Bookkeeping:
    """Moves money and pictures for one unit of work. `now` is the database's clock."""

    def __init__(
        self, unit: UnitOfWork, ids: Ids, policy: Policy, now: datetime, after_commit: AfterCommit
    ) -> None:
        """Book in that unit; warnings are told after the commit."""
        self._unit = unit
        self._ids = ids
        self._policy = policy
        self._now = now
        self._after_commit = after_commit

    def estimate(self, plan: GenerationPlan) -> Micros:
        """What the call should cost at most, in micro-dollars."""
        return estimate(profile_for(plan.model), plan)

    async def reserve(
        self, turn: TurnRecord, plan: GenerationPlan, thread: ThreadRecord
    ) -> ReservationId | NoRoom:
        """Hold the turn's estimate in every allowance that applies, or in none."""
        zone = await self._zone(turn.workspace)
        scopes = scopes_of(turn.actor, turn.ask.roles, thread.channel, turn.workspace)
        allowances = with_defaults(await self._unit.quotas.allowances(scopes), scopes, self._policy)
        wanted = [(one, window_of(one, self._now, zone).start) for one in allowances]
        cost = Cost(plan.count, self.estimate(plan))
        held = reserve(await self._unit.quotas.counters(wanted), cost, zone)
        if isinstance(held, Refusal):
            return _no_room(held, zone)
        await self._unit.quotas.save_counters(held)
        reservation = Reservation(
            id=ReservationId(self._ids.new()),
            turn=turn.id,
            actor=turn.actor,
            workspace=turn.workspace,
            cost=cost,
            windows=tuple(wanted),
        )
        await self._unit.quotas.add_reservation(reservation)
        await self._enter(EntryKind.HOLD, turn, cost, reservation=reservation.id)
        return reservation.id

    async def settle(self, turn: TurnRecord, attempt_id: AttemptId) -> TurnRecord:
        """End the hold at what the attempt cost and at the pictures that came.

        The turn as it is to be stored.
        """
        attempt = await self._unit.attempts.get(attempt_id)
        hold = await self._ended_hold(turn)
        if attempt is None or hold is None:
            return turn
        actual = Cost(len(turn.pictures), attempt.cost)
        counters = await self._unit.quotas.counters(hold.windows)
        await self._save_spent(turn, settle(counters, hold.cost, actual))
        await self._enter(EntryKind.SETTLE, turn, actual, reservation=hold.id, attempt=attempt_id)
        return replace(turn, cost=attempt.cost, is_cost_estimated=attempt.is_cost_estimated)

    async def release(self, turn: TurnRecord) -> None:
        """End the hold and give everything back."""
        hold = await self._ended_hold(turn)
        if hold is None:
            return
        counters = await self._unit.quotas.counters(hold.windows)
        await self._unit.quotas.save_counters(release(counters, hold.cost))
        await self._enter(EntryKind.RELEASE, turn, hold.cost, reservation=hold.id)

    async def write_off(self, turn: TurnRecord, attempt_id: AttemptId, billed: Micros | None) -> TurnRecord:
        """Book what the engine billed for nothing, as the workspace's loss, once an attempt.

        The turn as it is to be stored.
        """
        attempt = await self._unit.attempts.get(attempt_id)
        amount = billed if billed is not None else (attempt.cost if attempt is not None else Micros(0))
        entries = await self._unit.quotas.entries(turn=turn.id)
        is_booked = any(
            entry.attempt == attempt_id and entry.kind in {EntryKind.SETTLE, EntryKind.WRITE_OFF}
            for entry in entries
        )
        if amount == 0 or is_booked:
            return turn
        counters = await self._loss_counters(turn, self._now)
        await self._save_spent(turn, write_off(counters, amount))
        await self._enter(EntryKind.WRITE_OFF, turn, Cost(micros=amount), attempt=attempt_id)
        return replace(turn, billed_for_nothing=Micros(turn.billed_for_nothing + amount))

    async def correct(
        self, turn: TurnRecord, attempt_id: AttemptId, assumed: Micros, actual: Micros
    ) -> TurnRecord:
        """A call turned out to have cost something else than was assumed: book the difference.

        It is booked where the assumption was: with the losses that a write-off counts among, or with the hold
        that the call was settled on. The turn as it is to be stored.
        """
        difference = Micros(actual - assumed)
        entries = await self._unit.quotas.entries(turn=turn.id)
        booked = {one.kind: one for one in entries if one.attempt == attempt_id}
        # A call that was given up for lost and then adopted has both; what its person pays is the later one.
        line = booked.get(EntryKind.SETTLE) or booked.get(EntryKind.WRITE_OFF)
        if difference == 0 or line is None:
            return turn
        entry = replace(line, kind=EntryKind.CORRECTION, pictures=0, micros=difference, at=self._now)
        await self._unit.quotas.add_entry(entry)
        if line.reservation is None:
            counters = await self._loss_counters(turn, line.at)
            # An allowance that was set after the loss does not hold it.
            holding = [one for one in counters if one.used + difference >= 0]
            await self._unit.quotas.save_counters(correct(holding, difference))
            return turn
        await self._recharge(line.reservation, difference)
        return replace(turn, cost=actual)

    async def _recharge(self, hold_id: ReservationId, difference: int) -> None:
        hold = await self._unit.quotas.reservation(hold_id)
        if hold is not None:
            counters = await self._unit.quotas.counters(hold.windows)
            await self._unit.quotas.save_counters(recharge(counters, difference))

    async def _loss_counters(self, turn: TurnRecord, at: datetime) -> tuple[Counter, ...]:
        """The counters that bear losses, in the windows that `at` lies in."""
        zone = await self._zone(turn.workspace)
        scopes = (Scope(ScopeKind.WORKSPACE, turn.workspace), INSTALLATION)
        allowances = with_defaults(await self._unit.quotas.allowances(scopes), scopes, self._policy)
        wanted = [(one, window_of(one, at, zone).start) for one in allowances]
        return await self._unit.quotas.counters(wanted)

    async def _save_spent(self, turn: TurnRecord, counters: Sequence[Counter]) -> None:
        await self._unit.quotas.save_counters(counters)
        for counter in counters:
            if counter.allowance.scope.kind is not ScopeKind.ACTOR and share_reached(counter) is not None:
                await self._warn(turn.workspace, counter)

    async def _warn(self, workspace: WorkspaceId, stale: Counter) -> None:
        """Tell admins how far a shared allowance is used, each share once a window."""
        # The hold remembers the allowance as it was; admins may have changed or removed it since.
        scopes = (stale.allowance.scope,)
        current = with_defaults(await self._unit.quotas.allowances(scopes), scopes, self._policy)
        allowance = next((one for one in current if one.name == stale.allowance.name), None)
        counter = None if allowance is None else replace(stale, allowance=allowance)
        share = None if counter is None else share_reached(counter)
        if counter is None or share is None:
            return
        alerts = AdminAlerts(self._unit, self._ids, self._now)
        zone = await self._zone(workspace)
        for lower in (one for one in WARNING_SHARES if one < share):
            await alerts.is_first(workspace, _alert(lower, counter, zone))
        if await alerts.tell(workspace, _alert(share, counter, zone)):
            self._after_commit.warnings.append(QuotaWarning(share, counter))
            self._after_commit.messages += alerts.told

    async def _ended_hold(self, turn: TurnRecord) -> Reservation | None:
        if turn.reservation is None:
            return None
        return await self._unit.quotas.end_reservation(turn.reservation)

    async def _enter(
        self,
        kind: EntryKind,
        turn: TurnRecord,
        cost: Cost,
        *,
        reservation: ReservationId | None = None,
        attempt: AttemptId | None = None,
    ) -> None:
        entry = Entry(
            kind=kind,
            turn=turn.id,
            actor=turn.actor,
            workspace=turn.workspace,
            pictures=cost.pictures,
            micros=cost.micros,
            at=self._now,
            reservation=reservation,
            attempt=attempt,
        )
        await self._unit.quotas.add_entry(entry)

    async def _zone(self, workspace: WorkspaceId) -> ZoneHistory:
        return zones_of(await self._unit.people.workspace(workspace), self._policy)


def _alert(share: int, counter: Counter, zone: ZoneHistory) -> Alert:
    allowance = counter.allowance
    scope = allowance.scope
    back_at = window_of(allowance, counter.window_start, zone).end.astimezone(zone.zone)
    subject = f"{share} {scope.kind} {scope.key} {allowance.metric} {allowance.period}"
    values: dict[str, str | int] = {
        "share": share,
        "of_scope": scope.kind.value,
        "of_name": scope.key.rpartition("/")[2],
        "metric": allowance.metric.value,
        "period": allowance.period.value,
        "amount": counter.most,
        "used": counter.used,
        "back_at": back_at.isoformat(timespec="minutes"),
    }
    return Alert(subject, counter.window_start, "admin_share", values)


def _no_room(refusal: Refusal, zone: ZoneHistory) -> NoRoom:
    allowance = refusal.counter.allowance
    values: dict[str, str | int] = {
        "scope": allowance.scope.kind.value,
        "metric": allowance.metric.value,
        "period": allowance.period.value,
        "amount": allowance.amount,
        "used": refusal.counter.used + refusal.counter.held,
        "needed": refusal.needed,
    }
    if refusal.back_at is None:
        return NoRoom("over_quota_for_good", values)
    back_at = refusal.back_at.astimezone(zone.zone).isoformat(timespec="minutes")
    return NoRoom("over_quota", {**values, "amount": refusal.counter.most, "back_at": back_at})
