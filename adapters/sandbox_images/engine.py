"""The stand-in engine: offline, free, deterministic, and open about being one.

Owns the pace, the previews and the call's outcome. Must never reach the network or spend money. The same
request (its `attempt_key` included, so that `again` brings something new) gives the same bytes.
"""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PIL import Image as Pixels
from PIL import ImageFilter, ImageOps

from adapters.sandbox_images import script
from adapters.sandbox_images.files import decoded, encoded
from adapters.sandbox_images.reading import read_prompt
from adapters.sandbox_images.retouch import cut_out, fit_to, retouch
from adapters.sandbox_images.scene import chance_of, paint_cutout, paint_scene
from core.domain.generation import (
    Background,
    Failure,
    FailureKind,
    GenerationRequest,
    GenerationResult,
    Image,
    Preview,
    Quality,
    Usage,
)
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.sandbox_images.reading import Wish

_P = ParamSpec("_P")
_T = TypeVar("_T")

_PACE_S = {Quality.LOW: 3.0, Quality.MEDIUM: 5.0, Quality.HIGH: 8.0, Quality.XHIGH: 9.0, Quality.MAX: 10.0}
_PREVIEW_EDGE_PX = 640


class SandboxEngine:
    """Paints pictures from words with vector shapes, and retouches given ones.

    `pause` is how it waits; the demo uses real seconds, tests none. Painting happens in a thread of its own.
    """

    name = "sandbox"

    def __init__(self, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._painters = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-painter")

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """Paint what is asked, at the pace of a real model, or fail as the prompt scripts it."""
        wish = read_prompt(request.plan.prompt)
        pace_s = _PACE_S[request.plan.quality] + (script.SLOW_S if script.is_slow(wish.words) else 0.0)
        failure = script.scripted_failure(wish.words)
        if failure is not None:
            await self._pause(pace_s if script.is_late(failure) else min(1.0, pace_s))
            return failure
        count = max(1, request.plan.count - script.is_one_missing(wish.words))
        wish = replace(wish, words=script.without_script(wish.words))
        first = await self._off_loop(_painted, request, wish, 0)
        if isinstance(first, Failure):
            return first
        await self._keep_pace(request, first, pace_s, on_preview)
        return await self._result(request, wish, first, count)

    def close(self) -> None:
        """Let the painter's thread end once it has finished what it is at."""
        self._painters.shutdown(wait=False)

    async def _result(
        self, request: GenerationRequest, wish: Wish, first: Pixels.Image, count: int
    ) -> GenerationResult | Failure:
        images = [await self._off_loop(encoded, first, request.plan.output_format)]
        for candidate in range(1, count):
            painted = await self._off_loop(_painted, request, wish, candidate)
            if isinstance(painted, Failure):
                return painted
            images.append(await self._off_loop(encoded, painted, request.plan.output_format))
        return GenerationResult(
            images=tuple(images), cost=Micros(0), usage=Usage(0, 0, 0), request_id=_request_id(request)
        )

    async def _keep_pace(
        self,
        request: GenerationRequest,
        picture: Pixels.Image,
        pace_s: float,
        on_preview: Callable[[Preview], Awaitable[None]] | None,
    ) -> None:
        """Wait as long as a model would, and show ever clearer previews where they were asked for."""
        count = request.plan.previews if on_preview is not None else 0
        for index in range(count):
            await self._pause(pace_s / (count + 1))
            image = await self._off_loop(_preview, picture, request, index)
            if on_preview is not None:
                await on_preview(Preview(index, image))
        await self._pause(pace_s / (count + 1))

    async def _off_loop(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run CPU work away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(
            self._painters, partial(work, *args, **kwargs)
        )


def _painted(request: GenerationRequest, wish: Wish, candidate: int) -> Pixels.Image | Failure:
    """Paint one candidate, or retouch the base."""
    plan = request.plan
    pictures = [decoded(image) for image in request.inputs]
    readable = [picture for picture in pictures if picture is not None]
    if len(readable) < len(pictures):
        return Failure(FailureKind.REJECTED, detail="an input picture cannot be decoded")
    is_clear = plan.background is Background.TRANSPARENT
    chance = chance_of(wish.words, request.attempt_key, candidate)
    turn = candidate + (int(chance_of(request.attempt_key).integers(8)) if request.attempt_key else 0)
    if not readable:
        return (paint_cutout if is_clear else paint_scene)(wish, plan.size, chance, turn=turn)
    base, references = readable[0], readable[1:]
    picture = retouch(base, wish, plan.size, chance, references)
    if request.mask is not None:
        picture = _only_inside(request.mask, fit_to(base, plan.size), picture)
    if is_clear and picture.mode != "RGBA":
        return cut_out(picture)
    return picture if is_clear or picture.mode == "RGB" else _flat(picture)


def _only_inside(mask: Image, base: Pixels.Image, changed: Pixels.Image) -> Pixels.Image:
    """Keep the base wherever the mask is opaque: clear parts are the ones that may change."""
    pixels = decoded(mask)
    if pixels is None or pixels.mode != "RGBA":
        return changed
    kept = pixels.getchannel("A").resize(changed.size)
    return Pixels.composite(base.convert(changed.mode), changed, kept)


def _flat(picture: Pixels.Image) -> Pixels.Image:
    white = Pixels.new("RGBA", picture.size, (255, 255, 255, 255))
    return Pixels.alpha_composite(white, picture).convert("RGB")


def _preview(picture: Pixels.Image, request: GenerationRequest, index: int) -> Image:
    """Blur a small copy, the less the later the preview comes."""
    small = picture.copy()
    small.thumbnail((_PREVIEW_EDGE_PX, _PREVIEW_EDGE_PX))
    vague = 1 - index / max(1, request.plan.previews)
    soft = small.filter(ImageFilter.GaussianBlur(2 + 20 * vague))
    if soft.mode == "RGB":
        soft = Pixels.blend(soft, ImageOps.grayscale(soft).convert("RGB"), 0.45 * vague)
    return encoded(soft, request.plan.output_format)


def _request_id(request: GenerationRequest) -> str:
    digest = hashlib.sha256(f"{request.plan.prompt}\x1f{request.attempt_key}".encode()).hexdigest()
    return f"sandbox-{digest[:16]}"
