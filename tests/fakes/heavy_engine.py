"""An engine whose pictures were painted before, one of them as heavy as the model's 4K ones.

Painting is the model's work, which a real program does not do: in a measurement it must cost nothing.
"""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from core.domain.generation import GenerationResult, Image, OutputFormat, Size
from tests.fakes.engine import FakeEngine, price_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.domain.generation import Failure, GenerationRequest, Preview

BIG = Size(3840, 2160)
SMALL = Size(1024, 1024)


def noise(size: Size, *, seed: int = 7) -> bytes:
    """A PNG that no compression makes smaller: about three bytes a pixel, 25 MB in 4K."""
    dots = np.random.default_rng(seed).integers(0, 255, (size.height, size.width, 3), np.uint8)
    buffer = io.BytesIO()
    Pillow.fromarray(dots).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _plain(shade: int) -> Image:
    buffer = io.BytesIO()
    Pillow.new("RGB", (SMALL.width, SMALL.height), (40, 60, shade)).save(buffer, "PNG")
    return Image(buffer.getvalue(), OutputFormat.PNG, SMALL)


def _heavy(seed: int) -> Image:
    return Image(noise(BIG, seed=seed), OutputFormat.PNG, BIG)


class HeavyEngine(FakeEngine):
    """Answers at once: with heavy pictures where 4K was asked for, else with small ones."""

    def __init__(self) -> None:
        super().__init__()
        self._first = {True: _heavy(0), False: _plain(0)}

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """As many as were asked for, no two alike."""
        del on_preview
        self.calls.append(request)
        is_big = request.plan.size.pixels >= BIG.pixels // 2
        paint = _heavy if is_big else _plain
        others = [await asyncio.to_thread(paint, at) for at in range(1, request.plan.count)]
        pictures = (self._first[is_big], *others)
        return GenerationResult(pictures, price_of(request.plan), request_id=f"req_{len(self.calls)}")
