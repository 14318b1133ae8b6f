"""An engine in memory: answers at once with tiny pictures, or as scripted, and keeps a bill.

Mirrors the `Engine` port. Every call is recorded with its exact inputs; a scripted `hold` keeps a call open
until it is let go, so that tests decide what happens meanwhile.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import Failure, GenerationResult, Image, Preview, Size
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.domain.generation import GenerationPlan, GenerationRequest


@dataclass
class FakeEngine:
    """Makes pictures of one colour, named by what was asked and by what they started from."""

    script: deque[Failure | Exception] = field(default_factory=deque)
    calls: list[GenerationRequest] = field(default_factory=list)
    bill: dict[str, int] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    previews: int = 0

    @property
    def name(self) -> str:
        """As the record shows it."""
        return "fake"

    def hold(self) -> asyncio.Event:
        """Keep the next calls open until the event is set."""
        self.gate = asyncio.Event()
        return self.gate

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """Answer as scripted, else with pictures at exactly their estimate."""
        self.calls.append(request)
        gate = self.gate
        if on_preview is not None:
            for index in range(self.previews):
                await on_preview(Preview(index, painted(request, f"preview {index}")))
        if gate is not None:
            await gate.wait()
        if self.script:
            answer = self.script.popleft()
            if isinstance(answer, Exception):
                raise answer
            self.bill[request.attempt_key] = answer.billed
            return answer
        cost = price_of(request.plan)
        self.bill[request.attempt_key] = cost
        images = [await self.paint(request, index) for index in range(request.plan.count)]
        return GenerationResult(tuple(images), cost, request_id=f"req_{len(self.calls)}")

    async def paint(self, request: GenerationRequest, index: int) -> Image:
        """One of the pictures that were asked for; no two are alike."""
        return painted(request, str(index))


def price_of(plan: GenerationPlan) -> Micros:
    """What the fake charges: the estimate less a little, so that settling has a difference to give back."""
    return Micros(estimate(profile_for(plan.model), plan) * 9 // 10)


def painted(request: GenerationRequest, salt: str) -> Image:
    """A picture of one colour in the size asked, told apart by everything that was asked."""
    asked = [request.plan.prompt, salt, *(hashlib.sha256(one.content).hexdigest() for one in request.inputs)]
    digest = hashlib.sha256("\x00".join(asked).encode()).digest()
    buffer = io.BytesIO()
    size = request.plan.size
    Pillow.new("RGB", (size.width, size.height), (digest[0], digest[1], digest[2])).save(
        buffer, request.plan.output_format.value, compress_level=1, quality=80, method=0
    )
    return Image(buffer.getvalue(), request.plan.output_format, Size(size.width, size.height))
