"""The whole ledger as one immutable value: the model that databases are measured against.

Owns the order of operations that keeps the books right: a hold is ended once, by settle or release, in
the windows it was taken in; an attempt is written off once. Must never learn SQL; the application does the
same over rows, a few at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.domain.quota import (
    Allowance,
    AllowanceName,
    Cost,
    Counter,
    Entry,
    EntryKind,
    Refusal,
    Reservation,
    Scope,
    grant,
    release,
    reserve,
    settle,
    window_of,
    write_off,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from core.domain.ids import ActorId, AttemptId, Micros, ReservationId, TurnId, WorkspaceId
    from core.domain.quota import Metric, ZoneHistory

CounterKey = tuple[AllowanceName, "datetime"]
Windows = tuple[tuple[Allowance, "datetime"], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Who wants to hold how much, for which turn. `scopes` are all that the person belongs to there."""

    reservation: ReservationId
    turn: TurnId
    actor: ActorId
    workspace: WorkspaceId
    scopes: frozenset[Scope]
    cost: Cost


@dataclass(frozen=True, slots=True)
class Ledger:
    """Allowances, counters, reservations and every line ever written.

    `zone` is the workspaces' time zone, with those before it. Saying anything about a hold that has ended,
    and writing off an attempt again, changes nothing.
    """

    zone: tzinfo | ZoneHistory
    allowances: tuple[Allowance, ...]
    counters: Mapping[CounterKey, Counter] = field(default_factory=lambda: MappingProxyType({}))
    open_holds: Mapping[ReservationId, Reservation] = field(default_factory=lambda: MappingProxyType({}))
    ended: frozenset[ReservationId] = frozenset()
    written_off: frozenset[AttemptId] = frozenset()
    entries: tuple[Entry, ...] = ()

    def hold(self, claim: Claim, at: datetime) -> Ledger | Refusal:
        """Take a hold, or say why not. A reservation that is known already is left as it is."""
        if claim.reservation in self.open_holds or claim.reservation in self.ended:
            return self
        windows = self._windows(claim.scopes, at)
        verdict = reserve(self._counters(windows), claim.cost, self.zone)
        if isinstance(verdict, Refusal):
            return verdict
        hold = Reservation(claim.reservation, claim.turn, claim.actor, claim.workspace, claim.cost, windows)
        holds = {**self.open_holds, hold.id: hold}
        entry = _entry(EntryKind.HOLD, hold, hold.cost, at)
        return replace(self._with(windows, verdict, entry), open_holds=MappingProxyType(holds))

    def settle(self, hold_id: ReservationId, attempt: AttemptId, actual: Cost, at: datetime) -> Ledger:
        """End a hold at its real cost."""
        hold = self.open_holds.get(hold_id)
        if hold is None:
            return self
        counters = settle(self._counters(hold.windows), hold.cost, actual)
        entry = _entry(EntryKind.SETTLE, hold, actual, at, attempt)
        return self._ended(hold, counters, entry)

    def release(self, hold_id: ReservationId, at: datetime) -> Ledger:
        """End a hold for nothing."""
        hold = self.open_holds.get(hold_id)
        if hold is None:
            return self
        counters = release(self._counters(hold.windows), hold.cost)
        entry = _entry(EntryKind.RELEASE, hold, hold.cost, at)
        return self._ended(hold, counters, entry)

    def write_off(self, claim: Claim, attempt: AttemptId, billed: Micros, at: datetime) -> Ledger:
        """Book what an attempt cost for nothing, in the windows of the day; once for each attempt."""
        if attempt in self.written_off:
            return self
        windows = self._windows(claim.scopes, at)
        counters = write_off(self._counters(windows), billed)
        entry = Entry(
            EntryKind.WRITE_OFF,
            claim.turn,
            claim.actor,
            claim.workspace,
            pictures=0,
            micros=billed,
            at=at,
            attempt=attempt,
        )
        return replace(self._with(windows, counters, entry), written_off=self.written_off | {attempt})

    def allow(self, allowance: Allowance) -> Ledger:
        """Set an allowance, in the place of the one of that name; what is used and held of it stays."""
        others = self.without(allowance.name).allowances
        return replace(self, allowances=(*others, allowance))

    def without(self, name: AllowanceName) -> Ledger:
        """Remove an allowance; its counters stay, for the holds that were taken in them."""
        return replace(self, allowances=tuple(one for one in self.allowances if one.name != name))

    def grant(self, scope: Scope, metric: Metric, amount: int, at: datetime) -> Ledger:
        """Give so much more in the windows that `at` lies in."""
        windows = tuple(pair for pair in self._windows(frozenset({scope}), at) if pair[0].metric is metric)
        counters = {_key(*pair): grant(found, amount) for pair, found in self._pairs(windows)}
        return replace(self, counters=MappingProxyType({**self.counters, **counters}))

    def _pairs(self, windows: Windows) -> Iterable[tuple[tuple[Allowance, datetime], Counter]]:
        return zip(windows, self._counters(windows), strict=True)

    def _windows(self, scopes: frozenset[Scope], at: datetime) -> Windows:
        applying = (allowance for allowance in self.allowances if allowance.scope in scopes)
        ordered = sorted(applying, key=lambda allowance: allowance.order)
        return tuple((allowance, window_of(allowance, at, self.zone).start) for allowance in ordered)

    def _counters(self, windows: Windows) -> tuple[Counter, ...]:
        """The counters, each with the amount that its allowance has in `windows`."""
        return tuple(
            replace(self.counters.get(_key(*pair), Counter(*pair)), allowance=pair[0]) for pair in windows
        )

    def _with(self, windows: Windows, counters: Sequence[Counter], entry: Entry) -> Ledger:
        keys = [_key(*pair) for pair in windows]
        changed = {**self.counters, **dict(zip(keys, counters, strict=True))}
        return replace(self, counters=MappingProxyType(changed), entries=(*self.entries, entry))

    def _ended(self, hold: Reservation, counters: Sequence[Counter], entry: Entry) -> Ledger:
        holds = {key: other for key, other in self.open_holds.items() if key != hold.id}
        return replace(
            self._with(hold.windows, counters, entry),
            open_holds=MappingProxyType(holds),
            ended=self.ended | {hold.id},
        )


def _key(allowance: Allowance, start: datetime) -> CounterKey:
    return allowance.name, start


def _entry(
    kind: EntryKind, hold: Reservation, cost: Cost, at: datetime, attempt: AttemptId | None = None
) -> Entry:
    return Entry(
        kind,
        hold.turn,
        hold.actor,
        hold.workspace,
        cost.pictures,
        cost.micros,
        at,
        reservation=hold.id,
        attempt=attempt,
    )
