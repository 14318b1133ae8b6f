"""The bill: what the account is charged, written down whether or not the client stays for its picture."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Charge:
    """One line. `attempt_key` is the X-Client-Request-Id header, `kind` is `generation` or `edit`.

    `outcome` says what became of it: delivered, hung, dropped, cut, error_event, moderated_output. `at` is
    when the work began, in seconds since 1970. `project` is None for the one that the key belongs to.
    """

    attempt_key: str
    micros: int
    kind: str
    model: str
    pictures: int
    outcome: str
    at: float = 0.0
    project: str | None = None


class Bill:
    """All charges, in memory and, where a file is given, appended to it as JSON lines and synced to disk."""

    def __init__(self, file: Path | None = None) -> None:
        self._charges: list[Charge] = []
        self._file = file
        self._lock = threading.Lock()

    def book(self, charge: Charge) -> None:
        """Add a line; it is on disk when this returns."""
        with self._lock:
            self._charges.append(charge)
            if self._file is not None:
                _append(self._file, charge)

    def lines(self) -> tuple[Charge, ...]:
        """Every charge so far, oldest first."""
        with self._lock:
            return tuple(self._charges)

    def total_micros(self) -> int:
        """The sum of all charges."""
        return sum(line.micros for line in self.lines())

    def clear(self) -> None:
        """Forget what is in memory; the file keeps its lines."""
        with self._lock:
            self._charges.clear()


def _append(file: Path, charge: Charge) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps(asdict(charge)) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_bill(file: Path) -> tuple[Charge, ...]:
    """The charges that a server left in its file, also after it was killed."""
    if not file.exists():
        return ()
    return tuple(Charge(**json.loads(line)) for line in file.read_text().splitlines())
