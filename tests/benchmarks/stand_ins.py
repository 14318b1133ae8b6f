"""What stands in for the outside while we are measured: an engine of fixed speed, a page that is watched.

Owns nothing that is measured: what these cost is part of neither side of a ratio, or of both.
"""

from __future__ import annotations

import asyncio
import struct
import time
import zlib
from functools import cache
from typing import TYPE_CHECKING

from core.domain.card import CardKind
from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import GenerationResult, Image, OutputFormat, Size
from tests.fakes.openai_server.pictures import Wanted, paint

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.inbound import Attachment
    from core.app.ports import AttachmentFault, Place, Posted, Surface, SurfaceFault, SurfaceLimits
    from core.domain.card import Card, Progress
    from core.domain.generation import Failure, GenerationRequest, Preview
    from core.domain.ids import ActorId, MessageId, MessageRef, Platform

EDGE_PX = 1024
_AFTER_HEADER = 33
"""Where a PNG's first chunk may stand: behind the signature and the header."""

ENDS = frozenset({CardKind.RESULT, CardKind.FAILURE})
"""Cards that end the wait for a turn."""


class SteadyEngine:
    """Answers after exactly `latency_s` with a PNG of 1024 x 1024 and about 1.5 MB, never the same twice."""

    name = "steady"

    def __init__(self, latency_s: float) -> None:
        self.latency_s = latency_s
        self.calls = 0
        self.last: GenerationRequest | None = None

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """One picture, at its estimate."""
        del on_preview
        self.calls += 1
        self.last = request
        await asyncio.sleep(self.latency_s)
        cost = estimate(profile_for(request.plan.model), request.plan)
        image = Image(picture_number(self.calls), OutputFormat.PNG, Size(EDGE_PX, EDGE_PX))
        return GenerationResult((image,), cost)


def picture_number(number: int) -> bytes:
    """A picture that differs from every other by a comment inside, which costs next to nothing to make."""
    comment = b"Comment\x00" + str(number).encode()
    chunk = struct.pack(">I", len(comment)) + b"tEXt" + comment
    checksum = struct.pack(">I", zlib.crc32(b"tEXt" + comment))
    picture = _picture()
    return b"".join((picture[:_AFTER_HEADER], chunk, checksum, picture[_AFTER_HEADER:]))


@cache
def _picture() -> bytes:
    return paint(Wanted(EDGE_PX, EDGE_PX, "png", has_alpha=False, seed="bench"))


class WatchedSurface:
    """Another surface, with a note of when each result or failure had been shown."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self.shown_at_s: list[float] = []
        self.failures = 0
        self._changed = asyncio.Condition()

    async def until(self, shown: int) -> None:
        """Wait until that many turns have ended before everybody's eyes; raises if one of them failed."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.shown_at_s) >= shown)
        if self.failures:
            msg = f"{self.failures} turns failed, so that nothing can be said about the others"
            raise RuntimeError(msg)

    @property
    def platform(self) -> Platform:
        """The other's."""
        return self._surface.platform

    @property
    def limits(self) -> SurfaceLimits:
        """The other's."""
        return self._surface.limits

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Post, and note a result."""
        posted = await self._surface.post(place, card, key=key, private_to=private_to)
        await self._note(card)
        return posted

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The other's."""
        return await self._surface.find(place, key=key)

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Update, and note a result."""
        fault = await self._surface.update(place, message, card)
        await self._note(card)
        return fault

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """The other's."""
        return await self._surface.delete(place, message)

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """The other's."""
        await self._surface.progress(place, message, progress, preview)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The other's."""
        return await self._surface.fetch(attachment, max_bytes=max_bytes)

    async def _note(self, card: Card) -> None:
        if card.kind not in ENDS:
            return
        self.shown_at_s.append(time.perf_counter())
        self.failures += card.kind is CardKind.FAILURE
        async with self._changed:
            self._changed.notify_all()
