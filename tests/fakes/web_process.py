"""The web platform in a process of its own, to be killed and started again."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class WebProcess:
    """Runs `tests.fakes.web_server` on a database and a port of its own."""

    path: Path
    port: int
    pace_s: float
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        arguments = ("-m", "tests.fakes.web_server", str(self.path), str(self.port), str(self.pace_s))
        self.process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient() as client:
            while True:
                try:
                    await client.get(f"{self.url}/healthz")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def kill(self) -> None:
        """SIGKILL: no farewell."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()
