"""The web platform as a program of its own, for tests that kill it.

`python -m tests.fakes.web_server FILE PORT PACE`
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvicorn

from tests.fakes.web_platform import open_web


async def serve(path: Path, port: int, pace_s: float) -> None:
    """Serve until told to stop."""
    async with open_web(path, pace_s=pace_s) as web:
        config = uvicorn.Config(
            web.web.asgi, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
