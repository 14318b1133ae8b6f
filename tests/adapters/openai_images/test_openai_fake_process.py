"""The fake server as a process of its own, and what it leaves behind when it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core.domain.generation import Failure, FailureKind, GenerationResult
from tests.fakes.openai_server import FakeOpenAI, Reply, read_bill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx2

    from adapters.openai_images import OpenAIImages
    from core.domain.generation import GenerationRequest

    Ask = Callable[..., GenerationRequest]
    EngineMaker = Callable[..., OpenAIImages]


@pytest.fixture
def bill_file(tmp_path: Path) -> Path:
    """Where the process writes its bill."""
    return tmp_path / "bill.jsonl"


@pytest.fixture
def process(project_root: Path, bill_file: Path) -> Iterator[subprocess.Popen[str]]:
    """The server, started as anybody would start it."""
    command = [
        sys.executable,
        "-m",
        "tests.fakes.openai_server",
        "--bill",
        str(bill_file),
        "--latency-s",
        "0.05",
    ]
    environment = {"PATH": os.environ["PATH"]}
    with subprocess.Popen(
        command, cwd=project_root, env=environment, stdout=subprocess.PIPE, text=True
    ) as started:
        yield started
        started.kill()


async def test_the_bill_outlives_the_server(
    process: subprocess.Popen[str],
    make_engine: EngineMaker,
    http: httpx2.AsyncClient,
    bill_file: Path,
    ask: Ask,
) -> None:
    """A killed server leaves every charge in its file; it is scripted and asked over HTTP."""
    assert process.stdout is not None
    base_url = process.stdout.readline().strip()
    origin = base_url.removesuffix("/v1")
    engine = make_engine(base_url=base_url)
    await http.post(f"{origin}/control/script", json=["no_usage", {"status": 503, "body": "busy"}])

    first = await engine.generate(ask())
    second = await engine.generate(ask())
    billed = (await http.get(f"{origin}/control/bill")).json()
    asks = (await http.get(f"{origin}/control/asks")).json()
    process.kill()
    process.wait()

    assert isinstance(first, GenerationResult)
    assert isinstance(second, Failure)
    assert second.kind is FailureKind.OVERLOADED
    kept = read_bill(bill_file)
    assert [(line.attempt_key, line.kind, line.outcome) for line in kept] == [
        ("attempt-1", "generation", "delivered")
    ]
    assert [line["micros"] for line in billed] == [line.micros for line in kept]
    assert [one["attempt_key"] for one in asks] == ["attempt-1", "attempt-1"]


def test_no_file_is_an_empty_bill(tmp_path: Path) -> None:
    """A server that billed nothing left no file."""
    assert read_bill(tmp_path / "none.jsonl") == ()


def test_a_mistyped_fault_is_told(server: FakeOpenAI) -> None:
    """A script with a fault that does not exist fails at once instead of being ignored."""
    with pytest.raises(ValueError, match="no such fault: hangg"):
        server.script("hangg")


async def test_scripts_wait_for_their_turn(server: FakeOpenAI, engine: OpenAIImages, ask: Ask) -> None:
    """Steps are taken one a request, in order, and then the server is itself again."""
    server.script("rate_limited:3", Reply(500, ""), "no_usage no_picture")

    outcomes = [await engine.generate(ask()) for _ in range(4)]

    kinds = [found.kind for found in outcomes if isinstance(found, Failure)]
    assert kinds == [FailureKind.RATE_LIMITED, FailureKind.OVERLOADED, FailureKind.NO_PICTURE]
    assert isinstance(outcomes[-1], GenerationResult)
