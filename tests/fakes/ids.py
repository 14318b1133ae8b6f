"""Ids that count, in place of ids by chance."""

from __future__ import annotations

from itertools import count

from core.app.ports import Ids


class CountingIds(Ids):
    """Hands out `id-000001`, `id-000002` and so on: sortable, and the same in every run."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self) -> str:
        """The next one."""
        return f"{self._prefix}-{next(self._numbers):06}"
