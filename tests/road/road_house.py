"""A demo as a real process, and a person at its page by HTTP.

Owns the process and the person's hands. What is true afterwards is read from the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from adapters.database import open_database
from adapters.system import SystemClock
from tests.forked import ROOT, Forked
from tests.patience import PATIENCE_S
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.domain.quota import Entry
    from tests.forked import Running

Found = TypeVar("Found")

COMMAND = Path(sys.executable).with_name("inkthread")
POLL_S = 0.05

# A mount that only the child sees; needs root or a kernel that lets people make their own namespaces.
MOUNT_ALONE = ("unshare", "--mount", "--map-root-user")


def plain_environment(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with nothing in it but a home and these settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), **settings}


def inkthread(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in that folder to its end."""
    return subprocess.run(
        [str(COMMAND), *arguments],
        cwd=folder,
        env=plain_environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@dataclass
class Demo:
    """One demo on one folder; killed and started again as often as wanted."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    wrapped_in: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: Running | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """The SQLite file of this demo."""
        return self.settings.get("DATABASE_URL", f"sqlite:///{self.folder}/data/ink.sqlite3")

    def launch(self, *, pace: float = 0.0) -> None:
        """Start the process, and do not wait for it."""
        settings = {
            "PORT": str(self.port),
            "DATABASE_URL": self.database_url,
            "STORAGE_URL": f"file://{self.folder}/data/pictures",
            "ROAD_PACE": str(pace),
            **self.settings,
        }
        environment, log = plain_environment(self.folder, **settings), self.folder / "demo.log"
        if not self.wrapped_in:
            self.process = Forked("tests.road.brisk", environment=environment, log=log)
            return
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [*self.wrapped_in, sys.executable, "-m", "tests.road.brisk"],
                cwd=ROOT,
                env=environment,
                stdout=file,
                stderr=file,
            )

    def start(self, *, pace: float = 0.0) -> None:
        """Start the process, and wait until its page answers."""
        self.launch(pace=pace)
        until(self._is_up, what=f"the page to answer; the demo said:\n{self.log()}")

    def kill(self) -> None:
        """SIGKILL: no farewell."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)

    def log(self) -> str:
        """What the process said."""
        return (self.folder / "demo.log").read_text(errors="replace")

    def _is_up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz", timeout=PATIENCE_S).is_success
        return False

    def entries(self) -> list[Entry]:
        """The ledger."""
        return asyncio.run(self._entries())

    async def _entries(self) -> list[Entry]:
        database = open_database(self.database_url, SystemClock())
        try:
            async with database.unit(read_only=True) as unit:
                return list(await unit.quotas.entries())
        finally:
            await database.close()


@contextlib.contextmanager
def living(demo: Demo, *, pace: float = 0.0) -> Iterator[Demo]:
    """The demo, up; killed at the end."""
    try:
        demo.start(pace=pace)
        yield demo
    except BaseException:
        sys.stdout.write(demo.log()[-4000:])
        raise
    finally:
        demo.kill()


@dataclass
class Person:
    """Somebody with the page open."""

    client: httpx.Client
    _keys: Iterator[int] = field(default_factory=itertools.count)

    def key(self) -> str:
        """A fresh delivery key."""
        return f"key-{os.getpid()}-{next(self._keys):06}"

    def send(
        self, text: str, *, thread: str | None = None, attachments: list[str] | None = None
    ) -> httpx.Response:
        """Send a message as the page does, and give the server's answer."""
        body = {"key": self.key(), "text": text, "thread": thread, "attachments": attachments or []}
        return self.client.post("/api/messages", json=body)

    def say(
        self, text: str, *, thread: str | None = None, attachments: list[str] | None = None
    ) -> dict[str, Any]:
        """Say it, and wait for the card that answers: the first of ours, once it is no placeholder."""
        answer = self.send(text, thread=thread, attachments=attachments)
        answer.raise_for_status()
        seq: int = answer.json()["message"]["seq"]
        return until(lambda: self.answer(seq, thread), what=f"an answer to {text[:60]!r}")

    def answer(self, seq: int, thread: str | None = None) -> dict[str, Any] | None:
        """The card that answers the message with that number, once it is there.

        While it is a placeholder, what comes below it answers something else: to admins it is told apart
        that the engine refuses everybody, and that may be shown before the failure itself.
        """
        for message in self.messages(thread):
            card = message["card"]
            # What people are told once, about where their pictures go, answers nothing.
            is_remark = bool(card) and card["text"].startswith("Good to know")
            if message["seq"] > seq and card and not is_remark:
                return None if card["kind"] == "placeholder" else dict(message)
        return None

    def messages(self, thread: str | None = None) -> list[dict[str, Any]]:
        """The channel, or the replies of a thread."""
        answer = self.client.get(f"/api/threads/{thread}" if thread else "/api/state")
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def upload(self, content: bytes, name: str) -> httpx.Response:
        """Drop a file."""
        return self.client.post(
            "/api/uploads",
            params={"name": name},
            content=content,
            headers={"Content-Type": "application/octet-stream"},
        )


@contextlib.contextmanager
def person_at(demo: Demo) -> Iterator[Person]:
    """Somebody who opens the page."""
    headers = {"Origin": demo.url, "Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=demo.url, headers=headers, timeout=PATIENCE_S) as client:
        client.get("/").raise_for_status()
        yield Person(client)


def until(check: Callable[[], Found | None], *, what: str) -> Found:
    """Ask again and again until it gives something true."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(POLL_S)
    message = f"waited {PATIENCE_S} s in vain for {what}"
    raise AssertionError(message)


def can_mount_alone() -> bool:
    """Whether a child may have mounts of its own here."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*MOUNT_ALONE, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def small_disk(folder: Path, *, size_kb: int) -> tuple[str, ...]:
    """What to run a command in, so that this folder lies on a disk of that size of its own."""
    script = 'mount -t tmpfs -o "size=$1k" tmpfs "$2" && shift 2 && exec "$@"'
    return (*MOUNT_ALONE, "sh", "-c", script, "sh", str(size_kb), str(folder))


def read_only(folder: Path) -> tuple[str, ...]:
    """What to run a command in, so that nothing in this folder can be changed, whoever runs it."""
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    return (*MOUNT_ALONE, "sh", "-c", script, "sh", str(folder))


def size_in(caption: str) -> tuple[int, int]:
    """The size that a caption tells."""
    found = re.search(r"(\d+)×(\d+)", caption)
    assert found is not None, caption
    return int(found[1]), int(found[2])
