"""The queue of many processes on many hosts: Procrastinate, in the same Postgres as the record.

Owns how nudges become jobs and back. Must never learn what a turn is. A job says no more than "look at
this turn": it is deleted when it was looked at, however that ended, and never tried again, because the
sweeper nudges whatever did not get on.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from procrastinate import App, JobContext
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from adapters.queues.one_at_a_time import OneAtATime
from adapters.queues.queue_schema import is_schema_applied
from adapters.queues.steady_connector import SteadyConnector
from core.app.errors import StorageUnavailable
from core.app.ports import TurnQueue
from core.domain.ids import TurnId

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from types import TracebackType

QUEUE: Final = "turns"
TASK: Final = "nudge_turn"

_SHIFT: Final = "shift"
_NEVER_S: Final = 86_400.0

# Nudges for a turn that waits already are the usual case, and a violated constraint is an error in the
# server's log: so look first. A later nudge is brought forward when the new one is earlier.
_FIND_WAITING: Final = """
WITH waiting AS (
    SELECT id, scheduled_at FROM procrastinate_jobs
    WHERE queueing_lock = %(queueing_lock)s AND status = 'todo'
), brought_forward AS (
    UPDATE procrastinate_jobs AS job SET scheduled_at = %(at)s::timestamptz FROM waiting
    WHERE job.id = waiting.id AND job.status = 'todo' AND job.scheduled_at > %(at)s::timestamptz
)
SELECT id FROM waiting
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a worker does what nobody calls it for, in seconds.

    `poll_every_s` bounds how late a delayed nudge can be, since only new jobs are announced. A worker that
    was silent for `dead_after_s` counts as dead; living ones give a sign every ten seconds. `restart_after_s`
    is the pause after the database was away.
    """

    poll_every_s: float = 5.0
    tidy_every_s: float = 60.0
    dead_after_s: float = 60.0
    restart_after_s: float = 2.0


class ProcrastinateQueue(TurnQueue):
    """Hands nudged turns to whichever worker is free, on any host.

    A turn waits at most once as due, and at most once as due later, there with the earliest time it was
    nudged for. A turn is handled once at a time within one process; between processes its lease sees to that.
    """

    def __init__(
        self, url: str, *, on_fault: Callable[[TurnId, Exception], None], rhythm: Rhythm | None = None
    ) -> None:
        self._on_fault = on_fault
        self._rhythm = rhythm or Rhythm()
        self._url = url
        self._app = App(connector=SteadyConnector(url, listen_again_after_s=self._rhythm.restart_after_s))
        self._nudge_turn = self._app.task(name=TASK, queue=QUEUE, pass_context=True)(_take_up)

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StorageUnavailable: the server cannot be reached, or has not been migrated.

        """
        if not await is_schema_applied(self._url):
            msg = "The queue's tables are missing. Run `inkthread migrate`, then start again."
            raise StorageUnavailable(msg)
        await self._app.open_async()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        await self._app.close_async()

    async def nudge(self, turn: TurnId, *, not_before: datetime | None = None) -> None:
        """Ask for the turn to be handled now, or when that time has come. Lost while Postgres is away."""
        queueing_lock = turn if not_before is None else f"{turn} later"
        try:
            if not await self._is_waiting(queueing_lock, not_before):
                await self._defer(turn, queueing_lock, not_before)
        except ConnectorException as fault:
            _log.warning("The nudge of turn %s was lost: %s. The sweeper repeats it.", turn, _cause(fault))

    async def work(self, handle: Callable[[TurnId], Awaitable[None]], *, concurrency: int) -> None:
        """Hand turns to `handle`, that many at a time, until cancelled."""
        shift = _Shift(OneAtATime(handle, self._on_fault), concurrency)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tidy_often(), name="jobs of dead workers")
                group.create_task(self._keep_working(shift, concurrency), name="turn handlers")
        finally:
            await shift.end()

    async def tidy(self) -> int:
        """Delete the jobs that dead workers left behind; says how many. They stand in nobody's way."""
        jobs = self._app.job_manager
        dead_after_s = self._rhythm.dead_after_s
        stalled = await jobs.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=dead_after_s)
        ids = [job.id for job in stalled if job.id is not None]
        for job_id in ids:
            # Another worker may have tidied at the same time.
            with contextlib.suppress(ConnectorException):
                await jobs.finish_job_by_id_async(job_id=job_id, status=Status.FAILED, delete_job=True)
        await jobs.prune_stalled_workers(dead_after_s)
        return len(ids)

    async def _is_waiting(self, queueing_lock: str, at: datetime | None) -> bool:
        rows = await self._app.connector.execute_query_all_async(
            _FIND_WAITING, queueing_lock=queueing_lock, at=at
        )
        return bool(rows)

    async def _defer(self, turn: TurnId, queueing_lock: str, at: datetime | None) -> None:
        job = self._nudge_turn.configure(queueing_lock=queueing_lock, schedule_at=at)
        # AssertionError: Procrastinate 3.10 reads the server's message, which may not be in English.
        with contextlib.suppress(AlreadyEnqueued, AssertionError):
            await job.defer_async(turn_id=turn)

    async def _tidy_often(self) -> None:
        while True:
            try:
                await self.tidy()
            except ConnectorException as fault:
                _log.warning("Jobs of dead workers were not tidied up: %s. Trying again.", _cause(fault))
            await asyncio.sleep(self._rhythm.tidy_every_s)

    async def _keep_working(self, shift: _Shift, concurrency: int) -> None:
        while True:
            try:
                await self._run_worker(shift, concurrency)
            except Exception as fault:  # noqa: BLE001 - whatever stopped it, the next run starts afresh
                is_known = isinstance(fault, ConnectorException)
                _log.warning("The worker stopped: %s.", _cause(fault), exc_info=not is_known)
            _log.warning("The worker starts again. Running turns were not disturbed.")
            await asyncio.sleep(self._rhythm.restart_after_s)

    async def _run_worker(self, shift: _Shift, concurrency: int) -> None:
        await self._app.run_worker_async(
            queues=[QUEUE],
            concurrency=concurrency,
            wait=True,
            listen_notify=True,
            delete_jobs="always",
            install_signal_handlers=False,
            fetch_job_polling_interval=self._rhythm.poll_every_s,
            # Nobody asks for a job to be aborted: turns are cancelled in the record.
            abort_job_polling_interval=_NEVER_S,
            # When it stops, for whatever reason, its jobs let go of their handlers at once.
            shutdown_graceful_timeout=0,
            stalled_worker_timeout=self._rhythm.dead_after_s,
            additional_context={_SHIFT: shift},
        )


class _Shift:
    """The running handlers of one call of `work`.

    They are tasks of their own, so that they outlive the job that brought them: when Procrastinate's worker
    is stopped by a fault of the database, a call that is being paid for goes on.
    """

    def __init__(self, one: OneAtATime, concurrency: int) -> None:
        self._one = one
        self._places = asyncio.Semaphore(concurrency)
        self._running: set[asyncio.Task[None]] = set()

    async def take_up(self, turn: TurnId) -> None:
        """Handle the turn. Cancelling this leaves the handler alone."""
        running = asyncio.create_task(self._handle(turn), name=f"turn {turn}")
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        await asyncio.shield(running)

    async def end(self) -> None:
        """Cancel all handlers and wait for them to end."""
        for running in self._running:
            running.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _handle(self, turn: TurnId) -> None:
        # Full only after a restart, while handlers of the stopped worker still run.
        async with self._places:
            await self._one.run(turn)


async def _take_up(context: JobContext, *, turn_id: str) -> None:
    shift: _Shift = context.additional_context[_SHIFT]
    await shift.take_up(TurnId(turn_id))


def _cause(fault: BaseException) -> str:
    """The kind of fault only: its text could show where and as whom we connect."""
    return type(fault.__cause__ or fault).__name__
