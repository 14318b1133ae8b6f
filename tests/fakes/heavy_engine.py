"""An engine whose pictures were painted before, one of them as heavy as the model's 4K ones.

Painting is the model's work, which a real program does not do: in a measurement it must cost nothing.
"""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from core.domain.generation import Image, OutputFormat, Size
from tests.fakes.engine import FakeEngine

if TYPE_CHECKING:
    from core.domain.generation import GenerationRequest

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

    async def paint(self, request: GenerationRequest, index: int) -> Image:
        """The first was painted before; others are painted beside the loop."""
        is_big = request.plan.size.pixels >= BIG.pixels // 2
        return await asyncio.to_thread(_heavy if is_big else _plain, index) if index else self._first[is_big]
