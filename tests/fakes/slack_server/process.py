"""Starts a fake Slack as a process of its own, and speaks with it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import aiohttp

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[3]


class SlackProcess:
    """A fake that shares no event loop with what it measures.

    `await process.do("slash", person, channel, "/imagine", "a boat")` does what `control.py` allows.
    """

    def __init__(self) -> None:
        self.origin = ""
        self._process: asyncio.subprocess.Process | None = None
        self._http: aiohttp.ClientSession | None = None

    @property
    def base_url(self) -> str:
        """What an AsyncWebClient is given."""
        return f"{self.origin}/api/"

    async def do(self, verb: str, *args: object, **kwargs: object) -> Any:  # noqa: ANN401 - JSON
        """Do one thing there, and hear what came of it."""
        assert self._http is not None
        asked = {"args": list(args), "kwargs": kwargs}
        async with self._http.post(f"{self.origin}/control/{verb}", json=asked) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def __aenter__(self) -> Self:
        """Start it, and wait for its address."""
        command = [sys.executable, "-m", "tests.fakes.slack_server"]
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        self.origin = (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE_S)).decode().strip()
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        if self._http is not None:
            await self._http.close()
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
