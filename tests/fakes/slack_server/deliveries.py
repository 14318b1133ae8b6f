"""What the platform told the app: each delivery, its attempts, and when and how it was acknowledged.

Acknowledgements are measured in real time, whatever clock the world runs on.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.slack_server.things import Json

ACK_LIMIT_S = 3.0


@dataclass(slots=True)
class Attempt:
    """One try to hand a delivery over. `via` names the way; `is_final`: the app wants no repetition."""

    via: str
    sent_s: float
    answered_s: float | None = None
    status: int = 0
    is_final: bool = False


@dataclass(slots=True)
class Delivery:
    """One thing the app was told. `kind` is the envelope's type; `answer` came with the acknowledgement."""

    kind: str
    team: str
    payload: Json = field(repr=False)
    envelope_id: str
    attempts: list[Attempt] = field(default_factory=list)
    answer: Json | None = None
    shown: str = ""
    limit_s: float = ACK_LIMIT_S
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def is_acknowledged(self) -> bool:
        """Whether any attempt was acknowledged, in time or late."""
        return any(attempt.answered_s is not None for attempt in self.attempts)

    @property
    def latency_s(self) -> float | None:
        """From the first attempt to the first acknowledgement."""
        answered = [attempt.answered_s for attempt in self.attempts if attempt.answered_s is not None]
        return min(answered) - self.attempts[0].sent_s if answered else None

    @property
    def is_in_time(self) -> bool:
        """Whether it was acknowledged within the limit."""
        latency = self.latency_s
        return latency is not None and latency <= self.limit_s

    @property
    def event(self) -> Json:
        """The event in it, where it is one."""
        event: Json = self.payload.get("event", {})
        return event

    def begin(self, via: str) -> Attempt:
        """A try begins."""
        self._answered.clear()
        attempt = Attempt(via, time.perf_counter())
        self.attempts.append(attempt)
        return attempt

    def acknowledge(self, attempt: Attempt, answer: Json | None, status: int = 200) -> None:
        """The app said that it has it, perhaps with an answer."""
        attempt.answered_s, attempt.status = time.perf_counter(), status
        self.answer = answer or self.answer
        self._answered.set()

    async def answered(self) -> bool:
        """Wait for the acknowledgement, as long as the platform does."""
        try:
            async with asyncio.timeout(self.limit_s):
                await self._answered.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Promptness:
    """How quickly the app acknowledged, over many deliveries."""

    count: int
    missed: int
    late: int
    p50_s: float
    p99_s: float
    worst_s: float


def promptness(deliveries: list[Delivery]) -> Promptness:
    """Sum up; those never acknowledged count as missed, not as quick."""
    latencies = sorted(delivery.latency_s for delivery in deliveries if delivery.latency_s is not None)
    late = sum(delivery.is_acknowledged and not delivery.is_in_time for delivery in deliveries)

    def at(share: float) -> float:
        return latencies[min(len(latencies) - 1, int(share * len(latencies)))] if latencies else 0.0

    return Promptness(len(deliveries), len(deliveries) - len(latencies), late, at(0.5), at(0.99), at(1.0))
