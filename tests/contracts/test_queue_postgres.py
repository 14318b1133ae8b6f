"""What only the queue over Postgres promises: other processes, their deaths, and a server that goes away."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
import pytest_asyncio

from adapters.queues import ProcrastinateQueue, Rhythm, apply_schema
from core.app.errors import StorageUnavailable
from core.domain.ids import TurnId
from tests.fakes.postgres_asking import ask, ask_until, drop_connections, logged, refusing, until_listening
from tests.fakes.turn_handler import TurnHandler, working
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

pytestmark = pytest.mark.postgres

A, B = TurnId("A"), TurnId("B")
QUICK = Rhythm(poll_every_s=0.05, restart_after_s=0.05)
BY_CALL_ONLY = Rhythm(poll_every_s=3_600, restart_after_s=0.05)

# A worker in a process of its own, which says what it was given and never finishes.
STUCK_WORKER = """
import asyncio, sys
from adapters.queues import ProcrastinateQueue

async def handle(turn):
    print(turn, flush=True)
    await asyncio.Event().wait()

async def main():
    async with ProcrastinateQueue(sys.argv[1], on_fault=print) as queue:
        await queue.work(handle, concurrency=1)

asyncio.run(main())
"""


# A worker's look at the queue that is answered late, so that something can happen meanwhile.
LOOK_AND_WAIT: LiteralString = """
ALTER FUNCTION procrastinate_fetch_job_v2 RENAME TO look_at_once;
CREATE FUNCTION procrastinate_fetch_job_v2(queues varchar[], worker bigint)
RETURNS procrastinate_jobs LANGUAGE plpgsql AS $$
DECLARE seen procrastinate_jobs;
BEGIN
    seen := look_at_once(queues, worker);
    PERFORM pg_advisory_xact_lock_shared(1);
    RETURN seen;
END $$
"""

LOOKS_HELD: LiteralString = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def url(queue_url: str) -> str:
    """A database with the queue's tables."""
    return queue_url


@pytest.fixture
def handler() -> TurnHandler:
    """What the turns are handed to."""
    return TurnHandler()


@pytest.fixture
def opens(url: str, handler: TurnHandler) -> Callable[[Rhythm], ProcrastinateQueue]:
    """A way to open a queue with some rhythm."""
    return lambda rhythm: ProcrastinateQueue(url, on_fault=handler.on_fault, rhythm=rhythm)


@pytest_asyncio.fixture
async def queue(opens: Callable[[Rhythm], ProcrastinateQueue]) -> AsyncIterator[ProcrastinateQueue]:
    """An open queue that polls quickly."""
    async with opens(QUICK) as opened:
        yield opened


@contextlib.asynccontextmanager
async def stuck_worker(url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in another process, killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STUCK_WORKER, url, stdout=asyncio.subprocess.PIPE, cwd=folder
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


@contextlib.asynccontextmanager
async def looks_held(url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """Answers to looks at the queue are held back until this connection unlocks them."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SELECT pg_advisory_lock(1)")
        yield connection


async def test_a_call_wakes_a_worker(
    url: str, opens: Callable[[Rhythm], ProcrastinateQueue], handler: TurnHandler
) -> None:
    """A worker hears of a nudge at once, without polling."""
    async with opens(BY_CALL_ONLY) as queue, working(queue, handler):
        await until_listening(url)
        await queue.nudge(A)
        await handler.until_ended(A)


async def test_a_call_that_comes_while_the_worker_looks(postgres_url: str, handler: TurnHandler) -> None:
    """A nudge is heard that comes when a worker has just seen nothing and was not yet told so."""
    await apply_schema(postgres_url)
    await ask(postgres_url, LOOK_AND_WAIT)
    async with (
        ProcrastinateQueue(postgres_url, on_fault=handler.on_fault, rhythm=BY_CALL_ONLY) as queue,
        looks_held(postgres_url) as connection,
        working(queue, handler),
    ):
        await until_listening(postgres_url)
        await ask_until(postgres_url, LOOKS_HELD, 1)
        await connection.execute('LISTEN "procrastinate_queue_v1#turns"')
        await queue.nudge(A)
        await anext(connection.notifies())
        await connection.execute("SELECT pg_advisory_unlock_all()")
        await handler.until_ended(A)


async def test_workers_share_the_work(
    opens: Callable[[Rhythm], ProcrastinateQueue], queue: ProcrastinateQueue, handler: TurnHandler
) -> None:
    """Of two workers on one database each takes some, and each nudge is taken once."""
    other = TurnHandler()
    handler.meeting = other.meeting = asyncio.Barrier(2)
    turns = [TurnId(f"turn {number}") for number in range(10)]
    for turn in turns:
        await queue.nudge(turn)
    async with (
        opens(QUICK) as second,
        working(queue, handler, concurrency=1),
        working(second, other, concurrency=1),
    ):
        await handler.until(lambda: len(handler.ended) == 5)
        await other.until(lambda: len(other.ended) == 5)
    assert sorted(handler.ended + other.ended) == sorted(turns)


async def test_nothing_is_left_of_what_was_handled(
    url: str, queue: ProcrastinateQueue, handler: TurnHandler
) -> None:
    """Jobs are deleted whether their handler succeeded, failed or was cancelled, and so is the worker."""
    stuck = TurnId("stuck")
    handler.faults[B] = LookupError("gone")
    handler.hold(stuck)
    async with working(queue, handler, concurrency=3):
        for turn in (A, B, stuck):
            await queue.nudge(turn)
        await handler.until_ended(A)
        await handler.until_ended(B)
        await handler.until_started(stuck)
    assert await ask(url, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert await ask(url, "SELECT count(*) FROM procrastinate_workers") == [(0,)]


async def test_a_killed_worker(
    url: str, queue: ProcrastinateQueue, handler: TurnHandler, project_root: Path
) -> None:
    """The turn of a worker that was killed can be nudged and handled at once, and its job is tidied away."""
    async with stuck_worker(url, project_root) as process:
        await queue.nudge(A)
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            assert await process.stdout.readline() == b"A\n"
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with working(queue, handler):
        await queue.nudge(A)
        await handler.until_ended(A)
        await ask_until(url, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'", 0)
        assert await queue.tidy() == 0, "a worker counts as dead only after a minute of silence"
        await ask(
            url,
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '2 minutes' "
            "WHERE id = (SELECT min(id) FROM procrastinate_workers)",
        )
        assert await queue.tidy() == 1
    assert await ask(url, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert await ask(url, "SELECT count(*) FROM procrastinate_workers") == [(0,)]


async def test_a_worker_that_was_taken_for_dead(
    url: str, queue: ProcrastinateQueue, handler: TurnHandler
) -> None:
    """A worker crossed off while it lived, as after a suspend, signs on again; running turns go on."""
    handler.hold(A)
    async with working(queue, handler):
        await queue.nudge(A)
        await handler.until_started(A)
        await ask(url, "DELETE FROM procrastinate_workers")
        await queue.nudge(B)
        await handler.until_ended(B)
        assert handler.running[A] == 1
        handler.let_go(A)
        await handler.until_ended(A)
    assert not handler.reported


async def test_tidying_at_the_same_time(url: str, queue: ProcrastinateQueue) -> None:
    """Two workers that tidy at once do not disturb each other."""
    await ask(
        url,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
        "SELECT 'turns', 'nudge_turn', 'doing' FROM generate_series(1, 5)",
    )
    await asyncio.gather(queue.tidy(), queue.tidy())
    assert await ask(url, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]


async def test_broken_connections(
    url: str, opens: Callable[[Rhythm], ProcrastinateQueue], handler: TurnHandler
) -> None:
    """When the server drops every connection the worker goes on, and is woken by calls again."""
    async with opens(BY_CALL_ONLY) as queue, working(queue, handler):
        before = await until_listening(url)
        await drop_connections(url)
        await until_listening(url, besides=before)
        await queue.nudge(A)
        await handler.until_ended(A)


async def test_a_server_that_is_away_for_a_while(postgres_url: str, handler: TurnHandler) -> None:
    """While the server refuses connections running turns go on; when it is back, calls wake the worker.

    Whether the worker itself has to start again depends on what it was asking for when the server went.
    """
    await apply_schema(postgres_url)
    handler.hold(A)
    async with (
        ProcrastinateQueue(postgres_url, on_fault=handler.on_fault, rhythm=BY_CALL_ONLY) as queue,
        working(queue, handler),
    ):
        before = await until_listening(postgres_url)
        await queue.nudge(A)
        await handler.until_started(A)
        async with refusing(postgres_url), logged("adapters.queues.steady_connector", "not announced"):
            pass
        await until_listening(postgres_url, besides=before)
        await queue.nudge(B)
        await handler.until_ended(B)
        handler.let_go(A)
        await handler.until_ended(A)
    assert not handler.reported


async def test_a_nudge_that_cannot_be_kept(
    postgres_url: str, handler: TurnHandler, caplog: pytest.LogCaptureFixture
) -> None:
    """A nudge that Postgres does not take is lost with a warning; the sweeper repeats it."""
    await apply_schema(postgres_url)
    async with ProcrastinateQueue(postgres_url, on_fault=handler.on_fault) as queue:
        await ask(postgres_url, "DROP TABLE procrastinate_jobs CASCADE")
        with caplog.at_level(logging.WARNING):
            await queue.nudge(A)
    assert "turn A was lost: UndefinedTable" in caplog.text


async def test_repeated_nudges_leave_one_row(url: str, queue: ProcrastinateQueue) -> None:
    """Many nudges at once for a turn, from anywhere, are one job."""
    await asyncio.gather(*(queue.nudge(A) for _ in range(20)))
    assert await ask(url, "SELECT count(*), min(args ->> 'turn_id') FROM procrastinate_jobs") == [(1, "A")]


async def test_a_database_without_the_tables(postgres_url: str) -> None:
    """Where nobody has migrated, opening the queue says what to do."""
    await ask(postgres_url, "DROP TABLE IF EXISTS procrastinate_jobs CASCADE")
    with pytest.raises(StorageUnavailable, match="inkthread migrate"):
        async with ProcrastinateQueue(postgres_url, on_fault=print):
            pass


async def test_a_server_that_does_not_answer() -> None:
    """A server out of reach is named as such, without the password."""
    with pytest.raises(StorageUnavailable) as told:
        async with ProcrastinateQueue("postgresql://u:hunter2@127.0.0.1:1/x", on_fault=print):
            pass
    assert "DATABASE_URL" in str(told.value)
    assert "hunter2" not in str(told.value)
