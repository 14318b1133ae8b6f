"""Real processes of our program that are up at once: forked from one that has imported it already.

Importing takes most of a start, and the tests start the program dozens of times. A process from here has an
id, an environment and a log of its own, and can be signalled and killed like any other. That the installed
command starts by itself is tested in tests/road/test_road_cli.py.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from functools import cache
from importlib import import_module
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerContext

ROOT = Path(__file__).resolve().parents[1]

IMPORTED = (
    "tests.chaos.mortal",
    "tests.road.brisk",
    "adapters.openai_images",
    "alembic.command",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.auto",
)


class Running(Protocol):
    """What the tests do to a process, whoever started it."""

    @property
    def pid(self) -> int:
        """Its id."""
        ...

    def poll(self) -> int | None:
        """How it ended; None while it lives."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        ...

    def send_signal(self, sig: int) -> None:
        """Send it a signal."""
        ...

    def kill(self) -> None:
        """SIGKILL: no farewell."""
        ...


class Forked:
    """A process that runs `main()` of a module, as `python -m` would."""

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str], log: Path) -> None:
        log.touch()
        given = (module, arguments, dict(environment), log)
        self._process = forking().Process(target=_live, args=given, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """Its id."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        self._process.join(timeout)
        ended = self._process.exitcode
        if ended is None:
            message = f"process {self.pid} has not ended within {timeout} s"
            raise TimeoutError(message)
        return ended

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it is known to be gone."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def kill(self) -> None:
        """SIGKILL: no farewell."""
        self.send_signal(signal.SIGKILL)


@cache
def forking() -> ForkServerContext:
    """Start the process that all others are forked from; it ends when this one does."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED))
    # It looks for the modules from where it is started, and a test may have gone elsewhere.
    with contextlib.chdir(ROOT):
        ensure_running()
    return context


def _live(module: str, arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    with log.open("ab") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.argv = [module, *arguments]
    sys.exit(import_module(module).main())
