"""A folder whose files outlive a power cut once they were put.

Owns what obstore leaves out: its local store writes a temporary file and renames it, and syncs neither the
file nor its folder (0.12, seen with strace in November 2026). What was paid for may not be noted in the
database before it is on the disk.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class DurableFolder:
    """Makes what was written below `root` last. Blocks; safe to call from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: set[Path] = set()

    def keep(self, path: str) -> None:
        """Return once that file, and its name in its folder, are on the disk. Raises OSError."""
        file = self._root / path
        _sync(file)
        _sync(file.parent)
        if file.parent not in self._known:
            # The folder may be new, and its own name is kept in the one above.
            _sync(self._root)
            _sync(self._root.parent)
            self._known.add(file.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
