"""The table: as text for the terminal, and between its markers in docs/benchmarks.md.

Owns how results are shown. Must never learn how they came about.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.results import Result

HEAD = ("What", "Measured", "Target", "", "For orientation")


def machine() -> str:
    """Where and when it was measured. A shared machine says so by its load."""
    today = datetime.now(UTC).date()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{today}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"SQLite {sqlite3.sqlite_version}, load {load} when it began"
    )


def table(results: Sequence[Result]) -> str:
    """The results as a table in Markdown."""
    rows = [HEAD, ("---",) * len(HEAD)]
    rows += [(one.name, one.measured, one.target, one.verdict, one.aside) for one in results]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_section(page: Path, name: str, results: Sequence[Result], where: str) -> None:
    """Put the table between the section's markers; what stands around it stays.

    Raises ValueError where the page has no such markers.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        msg = f"{page} has no markers {begin} and {end} to write between"
        raise ValueError(msg)
    fresh = f"{begin}\n\n{table(results)}\n\nMeasured on {where}.\n\n{end}"
    page.write_text(f"{before}{fresh}{after}", encoding="utf-8")
