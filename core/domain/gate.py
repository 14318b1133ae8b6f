"""Whether a call to the engine may go out now.

Owns the one decision: concurrency, pictures a minute, pauses. Must never learn the time, nor where the
gate's state is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.generation import GenerationPlan

MINUTE_S: Final = 60.0
"""How far back pictures count against the limit a minute."""


@dataclass(frozen=True, slots=True)
class GateLimits:
    """How many calls may run at once, and how many pictures may be asked for in any 60 seconds."""

    concurrency: int
    images_per_minute: int

    def __post_init__(self) -> None:
        """Refuse limits that nothing could ever pass.

        Raises:
            ValueError: a limit is below one.

        """
        if self.concurrency < 1 or self.images_per_minute < 1:
            message = f"the gate's limits must be at least 1, not {self}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class GateState:
    """What is going on at the engine.

    `recent` holds when each call of the last minute started, in seconds of the clock that `now_s` comes
    from, and its images. A pause has a reason; with `paused_until_s` None it lasts until an operator ends it.
    """

    in_flight: int = 0
    recent: Sequence[tuple[float, int]] = ()
    paused_until_s: float | None = None
    pause_reason: str | None = None


class WaitReason(StrEnum):
    """Why a call has to wait."""

    BUSY = "busy"
    MINUTE_FULL = "minute_full"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Admitted:
    """The call may go out now."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """The call has to wait until `at_s`, or until something else happens where that is None.

    `pause_reason` is set for a pause only.
    """

    at_s: float | None
    reason: WaitReason
    pause_reason: str | None = None


def images_of(plan: GenerationPlan) -> int:
    """Count what a call takes from the limit a minute: its pictures and, as users report, its inputs."""
    return plan.count + plan.input_count


def admit(state: GateState, limits: GateLimits, images: int, now_s: float) -> Admitted | WaitUntil:
    """Decide whether a call for so many images may go out now.

    A call larger than the whole limit a minute goes out alone, once the minute is empty, so that nothing
    waits for ever. At the time that a WaitUntil names, the same question is answered with Admitted unless
    something else has happened in between.
    """
    if state.pause_reason is not None and not _is_over(state.paused_until_s, now_s):
        return WaitUntil(state.paused_until_s, WaitReason.PAUSED, state.pause_reason)
    if state.in_flight >= limits.concurrency:
        return WaitUntil(None, WaitReason.BUSY)
    at_s = _room_at_s(state.recent, limits.images_per_minute, images, now_s)
    return Admitted() if at_s is None else WaitUntil(at_s, WaitReason.MINUTE_FULL)


def _is_over(paused_until_s: float | None, now_s: float) -> bool:
    return paused_until_s is not None and paused_until_s <= now_s


def _room_at_s(recent: Sequence[tuple[float, int]], limit: int, images: int, now_s: float) -> float | None:
    """Say when enough calls have left the minute, or all of them; None where there is nothing to wait for."""
    leaving = sorted((started_at_s + MINUTE_S, count) for started_at_s, count in recent)
    counted = sum(count for leaves_at_s, count in leaving if leaves_at_s > now_s)
    at_s = None
    for leaves_at_s, count in leaving:
        if counted + images <= limit:
            break
        if leaves_at_s > now_s:
            counted -= count
            at_s = leaves_at_s
    return at_s
