"""An engine for the application's tests: as scripted, else small pictures at nine tenths of their estimate.

Keeps a bill by attempt, counts how many calls are out at once, and notes when each began.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from core.app.ports import Clock, Engine
from core.domain.generation import Failure, GenerationResult, Image
from tests.fakes.engine import price_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.domain.generation import GenerationRequest, Preview

EDGE_PX = 16


@dataclass
class WatchedEngine(Engine):
    """Answers with the next of `script`: a failure, a fault to raise, or how many pictures come.

    `hold` keeps calls open until the event is set.
    """

    clock: Clock
    script: deque[Failure | Exception | int] = field(default_factory=deque)
    calls: list[GenerationRequest] = field(default_factory=list)
    began: list[datetime] = field(default_factory=list)
    bill: dict[str, int] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    in_flight: int = 0
    most_in_flight: int = 0

    @property
    def name(self) -> str:
        """As the record shows it."""
        return "watched"

    def hold(self) -> asyncio.Event:
        """Keep the next calls open until the event is set."""
        self.gate = asyncio.Event()
        return self.gate

    async def generate(
        self, request: GenerationRequest, *, on_preview: Callable[[Preview], Awaitable[None]] | None = None
    ) -> GenerationResult | Failure:
        """One call, on the bill."""
        del on_preview
        self.calls.append(request)
        self.began.append(self.clock.now())
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await (self.gate.wait() if self.gate is not None else asyncio.sleep(0))
            return self._answer(request)
        finally:
            self.in_flight -= 1

    def _answer(self, request: GenerationRequest) -> GenerationResult | Failure:
        came: Failure | Exception | int = self.script.popleft() if self.script else request.plan.count
        match came:
            case Exception():
                raise came
            case Failure():
                self.bill[request.attempt_key] = came.billed
                return came
            case int():
                cost = price_of(request.plan)
                self.bill[request.attempt_key] = cost
                images = tuple(_painted(request, index) for index in range(came))
                return GenerationResult(images, cost, request_id=f"req_{len(self.calls)}")


def _painted(request: GenerationRequest, index: int) -> Image:
    asked = [
        request.plan.prompt,
        str(index),
        *(hashlib.sha256(one.content).hexdigest() for one in request.inputs),
    ]
    content = _picture(hashlib.sha256("\x00".join(asked).encode()).digest()[:12])
    return Image(content, request.plan.output_format, request.plan.size)


@cache
def _picture(colours: bytes) -> bytes:
    """A small file whose bytes tell what was asked; nobody here looks at its size."""
    buffer = io.BytesIO()
    Pillow.frombytes("RGB", (4, 1), colours).resize((EDGE_PX, EDGE_PX)).save(buffer, "PNG")
    return buffer.getvalue()
