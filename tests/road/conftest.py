"""The `inkthread` command in this process: as real as in one of its own, and quicker to start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bots import cli
from bots.settings import Settings
from tests.fakes.openai_server.running import FakeOpenAI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def is_one_sentence_of_refusal(self) -> bool:
        """Whether it refused in words, without a trace, and says at the start who speaks."""
        return self.code == 1 and self.err.startswith("inkthread: ") and "Traceback" not in self.err


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_logs: None
) -> Callable[..., Told]:
    """`command("usage", "--days", "3", HOST="…")`: run it in a fresh folder with only those settings."""
    del own_logs
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)

    def run(*arguments: str, **settings: str) -> Told:
        with monkeypatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(name, value)
            try:
                code = cli.main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Told(code, out, err)

    return run


@pytest.fixture(scope="module")
def server() -> Iterator[FakeOpenAI]:
    """A server that speaks OpenAI's API and keeps a bill."""
    with FakeOpenAI().running() as running:
        yield running
