"""Starts the fake as a process of its own, so that it shares no loop with what it measures."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]


@contextlib.contextmanager
def own_process() -> Iterator[str]:
    """Its address while the block runs; rate limits are those of the wild."""
    command = [sys.executable, "-m", "tests.fakes.discord_server", "--nominal-limits"]
    environment = {"PATH": os.environ["PATH"]}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        try:
            yield started.stdout.readline().strip()
        finally:
            started.kill()
