"""How long pictures of 20 MB hold up the event loop. Measured, so only `make chaos` runs it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from core.domain.generation import GenerationResult, Image, OutputFormat, Quality, Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from adapters.openai_images import OpenAIImages
    from core.domain.generation import GenerationRequest

pytestmark = pytest.mark.chaos

STEP_S = 0.002


@pytest.fixture
def base_url(project_root: Path) -> Iterator[str]:
    """A server in a process of its own, so that its work is not measured as ours."""
    command = [sys.executable, "-m", "tests.fakes.openai_server"]
    with subprocess.Popen(command, cwd=project_root, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        yield started.stdout.readline().strip()
        started.kill()


async def _believe(content: bytes) -> Image:
    return Image(content, OutputFormat.PNG, Size(3840, 2160))


async def _watch(lags_s: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(STEP_S)
        lags_s.append(time.perf_counter() - began - STEP_S)


async def test_large_pictures_do_not_hold_up_the_loop(
    make_engine: Callable[..., OpenAIImages], ask: Callable[..., GenerationRequest], base_url: str
) -> None:
    """Four pictures of more than 20 MB at once leave the loop free: p99 under 30 ms, never 150 ms."""
    engine = make_engine(base_url=base_url, sniff=_believe)
    requests = [ask("x [[heavy]]", size=Size(3840, 2160), quality=Quality.MEDIUM) for _ in range(4)]
    lags_s: list[float] = []
    watcher = asyncio.create_task(_watch(lags_s))

    results = await asyncio.gather(*(engine.generate(request) for request in requests))

    watcher.cancel()
    ordered = sorted(lags_s)
    for result in results:
        assert isinstance(result, GenerationResult)
        assert len(result.images[0].content) > 20_000_000
    assert ordered[int(len(ordered) * 0.99)] < 0.030
    assert ordered[-1] < 0.150
