"""Who may use how much, in integers.

Owns the arithmetic of allowances: reserve, settle, release and write off, over plain counters.
Must never learn where counters are kept, nor which scopes apply to a person. The borders of periods stand in
`periods.py`, when to warn somebody in `quota_shares.py`, the whole ledger as one value in `ledger.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from core.domain.ids import ActorId, AttemptId, Micros, ReservationId, TurnId, WorkspaceId
from core.domain.periods import Period, Window, ZoneHistory, window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

__all__ = [
    "Allowance",
    "Cost",
    "Counter",
    "Entry",
    "EntryKind",
    "LedgerFault",
    "Metric",
    "Period",
    "Refusal",
    "Reservation",
    "Scope",
    "ScopeKind",
    "Window",
    "ZoneHistory",
    "correct",
    "grant",
    "recharge",
    "release",
    "remaining",
    "reserve",
    "settle",
    "window",
    "window_of",
    "write_off",
]

_INSTALLATION_ZONE: Final = UTC


class LedgerFault(Exception):  # noqa: N818 - a fault of ours, beside refusals, which are values
    """A hold was ended that the counters do not hold: our own fault, never a person's."""


class Metric(StrEnum):
    """What is counted."""

    PICTURES = "pictures"
    MICROS = "micros"


class ScopeKind(StrEnum):
    """Whose use is counted, from the narrowest to the widest."""

    ACTOR = "actor"
    ROLE = "role"
    CHANNEL = "channel"
    WORKSPACE = "workspace"
    INSTALLATION = "installation"


_SCOPE_ORDER: Final = tuple(ScopeKind)
_METRIC_ORDER: Final = tuple(Metric)
_PERIOD_ORDER: Final = tuple(Period)


@dataclass(frozen=True, slots=True)
class Scope:
    """One actor, role, channel or workspace, by the key that names it; the installation's key is empty."""

    kind: ScopeKind
    key: str = ""


AllowanceName = tuple[Scope, Metric, Period]
"""What one allowance is told from all others by."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of a metric a scope may use a period.

    Scope, metric and period name it; the amount may change.
    """

    scope: Scope
    metric: Metric
    period: Period
    amount: int

    @property
    def name(self) -> AllowanceName:
        """What it is told from all others by."""
        return self.scope, self.metric, self.period

    @property
    def order(self) -> tuple[int, str, int, int]:
        """The place in the fixed order in which allowances are read, locked and named in a refusal."""
        return (
            _SCOPE_ORDER.index(self.scope.kind),
            self.scope.key,
            _METRIC_ORDER.index(self.metric),
            _PERIOD_ORDER.index(self.period),
        )


def window_of(allowance: Allowance, now: datetime, tz: tzinfo | ZoneHistory) -> Window:
    """Find the allowance's window: in the workspace's time zone, in UTC for the whole installation.

    Workspaces may live in different zones; one counter for all of them needs one midnight.
    """
    zone = _INSTALLATION_ZONE if allowance.scope.kind is ScopeKind.INSTALLATION else tz
    return window(allowance.period, now, zone)


@dataclass(frozen=True, slots=True)
class Cost:
    """Pictures and money of one turn, neither of them negative."""

    pictures: int = 0
    micros: Micros = Micros(0)

    def __post_init__(self) -> None:
        """Refuse what would be a gift.

        Raises:
            ValueError: a part is negative.

        """
        if self.pictures < 0 or self.micros < 0:
            message = f"a cost cannot be negative: {self.pictures} pictures, {self.micros} micros"
            raise ValueError(message)

    def of(self, metric: Metric) -> int:
        """How much of that metric it is."""
        match metric:
            case Metric.PICTURES:
                return self.pictures
            case Metric.MICROS:
                return self.micros
            case _:
                assert_never(metric)


@dataclass(frozen=True, slots=True)
class Counter:
    """What is used and held of one allowance in the window that starts at `window_start` (aware, UTC).

    `used` may exceed the amount: settling books what was really spent. `held` belongs to open reservations.
    `extra` was granted on top of the amount, for this window alone.
    """

    allowance: Allowance
    window_start: datetime
    used: int = 0
    held: int = 0
    extra: int = 0

    @property
    def most(self) -> int:
        """How much may be used in this window."""
        return self.allowance.amount + self.extra


@dataclass(frozen=True, slots=True)
class Refusal:
    """No room. `counter` is the allowance that is named to the person, `needed` what was asked of it.

    `back_at` (aware, UTC) is when its window ends, None where the request is larger than the whole
    allowance and waiting does not help.
    """

    counter: Counter
    needed: int
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A hold for one turn. `windows` are the allowances and window starts it was taken in.

    It is settled in those, whatever the date has become.
    """

    id: ReservationId
    turn: TurnId
    actor: ActorId
    workspace: WorkspaceId
    cost: Cost
    windows: tuple[tuple[Allowance, datetime], ...]


class EntryKind(StrEnum):
    """What a line in the ledger books."""

    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"
    WRITE_OFF = "write_off"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line in the ledger, never changed.

    HOLD and RELEASE carry what was held, SETTLE what was really spent, WRITE_OFF what the API billed for
    nothing, CORRECTION a difference, which alone may be negative. `attempt` is the call to the engine that a
    SETTLE or WRITE_OFF pays for, and that a CORRECTION is about; a CORRECTION of what was settled names the
    reservation, too.
    """

    kind: EntryKind
    turn: TurnId
    actor: ActorId
    workspace: WorkspaceId
    pictures: int
    micros: Micros
    at: datetime
    reservation: ReservationId | None = None
    attempt: AttemptId | None = None


def remaining(counter: Counter) -> int:
    """Say how much can still be reserved; never less than zero."""
    return max(0, counter.most - counter.used - counter.held)


def grant(counter: Counter, amount: int) -> Counter:
    """Give so much more in this window.

    Raises:
        ValueError: that would take something away.

    """
    if amount < 1:
        message = f"a grant gives something, not {amount}"
        raise ValueError(message)
    return replace(counter, extra=counter.extra + amount)


def reserve(
    counters: Sequence[Counter], cost: Cost, tz: tzinfo | ZoneHistory
) -> tuple[Counter, ...] | Refusal:
    """Hold the cost in every counter, or in none.

    Every allowance must have room for its part; a part of zero needs none. Of several refusals the one
    that lasts longest is told, because the others are over by then; between equals the
    narrowest. `tz` is the workspace's time zone. The counters come back in the order given.
    """
    refusals = [_refusal(counter, cost, tz) for counter in counters if not _has_room(counter, cost)]
    if refusals:
        return min(refusals, key=_told_first)
    return tuple(replace(counter, held=counter.held + _part(counter, cost)) for counter in counters)


def settle(counters: Sequence[Counter], held: Cost, actual: Cost) -> tuple[Counter, ...]:
    """End a hold by booking what was really spent, which may overdraw by the difference.

    Raises:
        LedgerFault: a counter holds less than that.

    """
    return tuple(
        replace(counter, used=counter.used + _part(counter, actual)) for counter in release(counters, held)
    )


def release(counters: Sequence[Counter], held: Cost) -> tuple[Counter, ...]:
    """End a hold and give everything back.

    Raises:
        LedgerFault: a counter holds less than that.

    """
    return tuple(_without(counter, held) for counter in counters)


def write_off(counters: Sequence[Counter], billed: Micros) -> tuple[Counter, ...]:
    """Book what the API billed and no person is charged for.

    It counts against the money of the workspace and of the installation only; other counters come back
    unchanged.
    """
    return correct(counters, Cost(micros=billed).micros)


def correct(counters: Sequence[Counter], difference_micros: int) -> tuple[Counter, ...]:
    """Book that what was written off has turned out to be more, or less where negative.

    It concerns the same counters as the write-off did, in the windows in which that was booked.

    Raises:
        LedgerFault: a counter would fall below zero.

    """
    return tuple(
        _used_more(counter, difference_micros) if _bears_losses(counter) else counter for counter in counters
    )


def recharge(counters: Sequence[Counter], difference_micros: int) -> tuple[Counter, ...]:
    """Book that what a hold was settled at has turned out to be more, or less where negative.

    It concerns the money of everybody whom the hold counted against, in the windows of the hold.

    Raises:
        LedgerFault: a counter would fall below zero.

    """
    return tuple(
        _used_more(counter, difference_micros) if counter.allowance.metric is Metric.MICROS else counter
        for counter in counters
    )


def _part(counter: Counter, cost: Cost) -> int:
    return cost.of(counter.allowance.metric)


def _has_room(counter: Counter, cost: Cost) -> bool:
    needed = _part(counter, cost)
    return needed == 0 or counter.used + counter.held + needed <= counter.most


def _refusal(counter: Counter, cost: Cost, tz: tzinfo | ZoneHistory) -> Refusal:
    needed = _part(counter, cost)
    # What was granted is over with the window: the next one has room for the amount alone.
    if needed > counter.allowance.amount:
        return Refusal(counter, needed, back_at=None)
    return Refusal(counter, needed, window_of(counter.allowance, counter.window_start, tz).end)


def _told_first(refusal: Refusal) -> tuple[float, tuple[int, str, int, int]]:
    """Order refusals: never, then the latest, then the narrowest."""
    lasts = float("-inf") if refusal.back_at is None else -refusal.back_at.timestamp()
    return lasts, refusal.counter.allowance.order


def _without(counter: Counter, held: Cost) -> Counter:
    left = counter.held - _part(counter, held)
    if left < 0:
        message = f"{counter.allowance.scope.kind} counter holds {counter.held}, cannot end {held}"
        raise LedgerFault(message)
    return replace(counter, held=left)


def _used_more(counter: Counter, difference: int) -> Counter:
    used = counter.used + difference
    if used < 0:
        message = (
            f"{counter.allowance.scope.kind} counter has used {counter.used}, cannot take back {-difference}"
        )
        raise LedgerFault(message)
    return replace(counter, used=used)


def _bears_losses(counter: Counter) -> bool:
    return counter.allowance.metric is Metric.MICROS and counter.allowance.scope.kind in {
        ScopeKind.WORKSPACE,
        ScopeKind.INSTALLATION,
    }
