"""The small world's money: holds in the ledger, and attempts on the engine's bill.

Owns invariants 1 and 7. Refuses what a real ledger must never be asked to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.domain.ids import Micros, ReservationId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.effects import Settle, WriteOff
    from core.domain.ids import AttemptId, TurnId
    from core.domain.lineage import Head


@dataclass(slots=True)
class Attempt:
    """One call to the engine. `billed` is what the engine charged for it, in micro-dollars."""

    turn_id: TurnId
    billed: Micros
    is_told: bool = False
    times_closed: int = 0
    booked: int = 0


@dataclass(slots=True)
class Books:
    """The ledger and the bill. `base` is what the latest job to come home had started from."""

    attempts: dict[AttemptId, Attempt] = field(default_factory=dict)
    open_holds: set[TurnId] = field(default_factory=set)
    ended_holds: set[TurnId] = field(default_factory=set)
    base: tuple[Head | None] | None = None

    def reservation_of(self, turn_id: TurnId) -> ReservationId:
        """Name the hold of a turn."""
        return ReservationId(f"hold of {turn_id}")

    def open_reservation(self) -> ReservationId | None:
        """Name the one hold that is open."""
        return next((self.reservation_of(turn_id) for turn_id in self.open_holds), None)

    def had_hold(self, turn_id: TurnId) -> bool:
        """Whether a hold was ever taken for a turn."""
        return turn_id in self.open_holds | self.ended_holds

    def has_open_hold(self, turn_id: TurnId) -> bool:
        """Whether the turn's hold is open."""
        return turn_id in self.open_holds

    def take_hold(self, turn_id: TurnId) -> None:
        """Take a hold, the first one for this turn."""
        assert not self.had_hold(turn_id)
        self.open_holds.add(turn_id)

    def release(self, turn_id: TurnId) -> None:
        """End a hold; invariant 1: once."""
        self.open_holds.remove(turn_id)
        self.ended_holds.add(turn_id)

    def settle(self, effect: Settle) -> None:
        """End a hold at what its own attempt cost."""
        assert self.attempts[effect.attempt_id].turn_id == effect.turn_id
        self.release(effect.turn_id)
        self._close(effect.attempt_id)

    def write_off(self, effect: WriteOff) -> None:
        """Book what was billed for nothing."""
        attempt = self.attempts[effect.attempt_id]
        assert attempt.turn_id == effect.turn_id
        assert effect.billed in {None, attempt.billed}
        self._close(effect.attempt_id)

    def _close(self, attempt_id: AttemptId) -> None:
        attempt = self.attempts[attempt_id]
        attempt.times_closed += 1
        attempt.booked += attempt.billed
        assert attempt.times_closed == 1, f"{attempt_id} was booked twice"

    def check(self, *, holder: TurnId | None) -> None:
        """Invariant 1: the only open hold is the job's. Invariant 7, for all that was told so far."""
        assert self.open_holds == ({holder} if holder else set())
        told = [attempt for attempt in self.attempts.values() if attempt.is_told]
        assert sum(attempt.billed for attempt in told) == sum(attempt.booked for attempt in told)

    def check_all_ended(self, turn_ids: Iterable[TurnId]) -> None:
        """At rest no hold is open, none is nobody's, and the whole bill is booked."""
        assert not self.open_holds
        assert self.ended_holds <= set(turn_ids)
        assert all(attempt.is_told and attempt.booked == attempt.billed for attempt in self.attempts.values())
