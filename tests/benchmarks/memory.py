"""The most memory that a process holds with very many turns under way at once.

Owns the rows about memory. The process is a fresh one (`memory_child.py`), because a peak is its
whole life's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.results import Result, Unit

if TYPE_CHECKING:
    from tests.benchmarks.scale import Scale

LIMIT_MB = 400
ROOT = Path(__file__).resolve().parents[2]

ROWS = ("Peak memory",)
"""How the names of the rows begin; the crowd is the scale's."""


LINES = {"over a line of 1 Gbit/s": "1e9", "in the very same moment": "inf"}
"""How the pictures arrive; nothing can bring 300 MB in one moment, but it is good to know."""


def measure(scale: Scale) -> list[Result]:
    """The peak for each way of arriving; the first has the target."""
    limits = (LIMIT_MB, None)
    return [_peak(scale.memory_crowd, how, limit) for how, limit in zip(LINES, limits, strict=True)]


def _peak(crowd: int, how: str, limit: float | None) -> Result:
    command = [sys.executable, "-m", "tests.benchmarks.memory_child", str(crowd), LINES[how]]
    finished = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    found = json.loads(finished.stdout.splitlines()[-1])
    aside = f"{found['idle_mb']:.0f} MB before the first turn; {found['pictures_mb']:.0f} MB of pictures"
    name = f"Peak memory, {crowd} turns at once, pictures arriving {how}"
    return Result(name, found["peak_mb"], Unit.MEGABYTES, limit, aside)
