"""A whole Inkthread in real processes: the fake OpenAI server, the page, workers; killed and started again.

Owns the processes and a person's hands on the page. What is true afterwards is read from the database,
never from a process's memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import SecretStr

from adapters.database import open_database
from adapters.openai_images import OpenAIBilling, open_http
from adapters.system import SystemClock, SystemIds
from bots.settings import Settings
from bots.wiring import migrate_all
from core.app.billing import BillingFault
from core.app.bookkeeping import INSTALLATION
from core.app.outside import Policy
from core.app.reconciling import Reconciler
from core.app.records import Outcome, Stage
from core.domain.gate import GateLimits
from core.domain.ids import Micros
from core.domain.quota import Allowance, EntryKind, Metric, Period, window_of
from tests.fakes.clock import FakeClock
from tests.fakes.openai_server import ADMIN_KEY, KEY, read_bill
from tests.fakes.openai_server.running import FakeOpenAI
from tests.fakes.reports import FakeReports
from tests.forked import Forked
from tests.patience import PATIENCE_S
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from core.app.records import AttemptRecord, MessageRecord, TurnRecord
    from core.app.repositories import Database, UnitOfWork
    from core.domain.quota import Entry


@dataclass
class Found:
    """What the database says in the end."""

    turns: list[TurnRecord]
    attempts: list[AttemptRecord]
    entries: list[Entry]
    messages: list[MessageRecord]
    counted: int


@dataclass
class House:
    """Processes around one database, one folder of pictures and one bill."""

    folder: Path
    database_url: str
    openai_url: str
    bill_file: Path
    lease_s: float = 2.0
    port: int = field(default_factory=free_port)
    processes: list[Forked] = field(default_factory=list)
    _keys: Iterator[int] = field(default_factory=itertools.count)

    # --- processes ---

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": self.openai_url,
            "DATABASE_URL": self.database_url,
            "STORAGE_URL": f"file://{self.folder}/pictures",
            "ENCRYPTION_KEY": "chaos",
            "PORT": str(self.port),
            "ENGINE_CONCURRENCY": "6",
            "ENGINE_IMAGES_PER_MINUTE": "100000",
            "PICTURES_PER_PERSON_PER_DAY": "100000",
            "MONTHLY_BUDGET_USD": "100000",
        }

    def start(self, kind: str, mortal: str = "never:1") -> Forked:
        """Start `serve` or `worker`, to die at that moment."""
        fate = {"MORTAL": mortal, "LEASE_S": str(self.lease_s)}
        process = Forked(
            "tests.chaos.mortal",
            kind,
            environment={**self.environment, **fate},
            log=self.folder / f"{kind}.log",
        )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End everything, kindly where it still listens."""
        for process in self.processes:
            process.send_signal(signal.SIGCONT)
            process.kill()
        for process in self.processes:
            process.wait(PATIENCE_S)

    def log(self) -> str:
        """What the processes said."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))

    # --- a person at the page ---

    @contextlib.asynccontextmanager
    async def person(self) -> AsyncIterator[httpx.AsyncClient]:
        """Somebody with the page open."""
        base = f"http://127.0.0.1:{self.port}"
        async with httpx.AsyncClient(
            base_url=base, headers={"Origin": base, "Sec-Fetch-Site": "same-origin"}, timeout=PATIENCE_S
        ) as client:
            await self.until_up(client)
            await client.get("/")
            yield client

    async def until_up(self, client: httpx.AsyncClient) -> None:
        """Wait until the page answers."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get("/healthz")).status_code == httpx.codes.OK:
                        return
                await asyncio.sleep(0.1)

    async def say(self, client: httpx.AsyncClient, text: str, thread: str | None = None) -> None:
        """Send a message until the server has taken it, as the page does: with one key for all tries."""
        key = f"key-{os.getpid()}-{next(self._keys):06}"
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    body: dict[str, object] = {"key": key, "text": text, "thread": thread, "uploads": []}
                    answer = await client.post("/api/messages", json=body)
                    if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                        answer.raise_for_status()
                        return
                await asyncio.sleep(0.1)

    async def roots(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        """Our messages in the channel, once there is one; a server that is down is waited for."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    roots = [
                        one for one in await self.messages(client) if one["card"] and not one["is_private"]
                    ]
                    if roots:
                        return roots
                await asyncio.sleep(0.1)

    async def messages(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        """The channel as the page shows it."""
        answer = await client.get("/api/state")
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    # --- what is true ---

    async def find(self, is_so: Callable[[Found], bool] = bool) -> Found:
        """Everything, as stored, once it is so."""
        database = open_database(self.database_url, SystemClock())
        try:
            async with asyncio.timeout(PATIENCE_S * 4):
                while not is_so(found := await _everything(database)):  # noqa: ASYNC110 - a database tells nobody
                    await asyncio.sleep(0.1)
                return found
        finally:
            await database.close()

    async def until_quiet(self, turns: int) -> Found:
        """Wait until that many turns are over and their messages say so."""

        def is_quiet(found: Found) -> bool:
            is_told = all(one.shown >= one.wanted or one.is_given_up for one in found.messages)
            return len(found.turns) >= turns and is_told and all(one.stage.is_over for one in found.turns)

        return await self.find(is_quiet)

    def bill(self) -> dict[str, int]:
        """What the fake charged, by attempt."""
        charged: dict[str, int] = {}
        if self.bill_file.exists():
            for charge in read_bill(self.bill_file):
                charged[charge.attempt_key] = charged.get(charge.attempt_key, 0) + charge.micros
        return charged

    async def reconcile(self) -> Found:
        """What `inkthread bill` does, as of the day after tomorrow, when today's costs are settled."""
        database = open_database(self.database_url, SystemClock())
        async with open_http() as http:
            reconciler = Reconciler(
                database=database,
                billing=OpenAIBilling(admin_key=SecretStr(ADMIN_KEY), base_url=self.openai_url, http=http),
                clock=FakeClock(datetime.now(UTC) + timedelta(days=2)),
                ids=SystemIds(),
                policy=Policy(gate=GateLimits(6, 100_000), monthly_budget=Micros(100_000_000_000)),
                reports=FakeReports(),
            )
            try:
                verdicts = await reconciler.run()
            finally:
                await database.close()
        assert not isinstance(verdicts, BillingFault), verdicts
        assert all(verdict.is_right for verdict in verdicts), verdicts
        return await self.find()


async def _everything(database: Database) -> Found:
    async with database.unit(read_only=True) as unit:
        entries = await unit.quotas.entries()
        turn_ids = dict.fromkeys(entry.turn for entry in entries)
        turns = [turn for one in turn_ids if (turn := await unit.turns.get(one)) is not None]
        attempts = [attempt for one in turn_ids for attempt in await unit.attempts.of_turn(one)]
        found = [await unit.messages.get(turn.message) for turn in turns]
        messages = [message for message in found if message is not None]
        return Found(turns, attempts, entries, messages, await _counted(unit))


async def check_books(house: House, found: Found) -> None:
    """The ledger equals the bill: first but for the calls that our own crash cut, then, reconciled, entirely.

    Such a call is booked at its estimate, because only the provider's books know what it cost; until they are
    read, the bill says that much at most.
    """
    bill = house.bill()
    _check_each_call(found, bill)
    _check_holds(found)
    reconciled = await house.reconcile()
    assert sum(_booked(reconciled).values()) == sum(bill.values()), "the ledger does not equal the bill"
    assert reconciled.counted == sum(bill.values()), "the month's counter does not equal the bill"
    again = await house.reconcile()
    assert again.entries == reconciled.entries, "reconciling again changed something"


async def _counted(unit: UnitOfWork) -> int:
    """What counts against the whole installation this month."""
    month = Allowance(INSTALLATION, Metric.MICROS, Period.MONTH, 0)
    (counter,) = await unit.quotas.peek([(month, window_of(month, await unit.now(), UTC).start)])
    return counter.used


def _booked(found: Found) -> dict[str, int]:
    """What stands in the ledger for each call."""
    booked: dict[str, int] = {}
    for entry in found.entries:
        if entry.kind in {EntryKind.SETTLE, EntryKind.WRITE_OFF, EntryKind.CORRECTION} and entry.attempt:
            booked[entry.attempt] = booked.get(entry.attempt, 0) + entry.micros
    return booked


def _check_each_call(found: Found, bill: dict[str, int]) -> None:
    booked = _booked(found)
    known = {one.id: one for one in found.attempts}
    assert set(bill) <= set(known), "the engine charged for a call that no attempt stands for"
    for attempt in found.attempts:
        charged = bill.get(attempt.id, 0)
        assert attempt.outcome is not Outcome.OPEN, f"attempt {attempt.id} was never closed"
        if attempt.outcome is Outcome.LOST and attempt.is_cost_estimated:
            assert charged <= booked.get(attempt.id, 0), f"lost attempt {attempt.id} is booked below its bill"
        else:
            assert booked.get(attempt.id, 0) == charged, f"attempt {attempt.id} is booked wrong"


def _check_holds(found: Found) -> None:
    holds = [entry.reservation for entry in found.entries if entry.kind is EntryKind.HOLD]
    endings = {EntryKind.SETTLE, EntryKind.RELEASE}
    ends = [entry.reservation for entry in found.entries if entry.kind in endings]
    assert sorted(map(str, holds)) == sorted(map(str, ends)), "a hold did not end exactly once"


def check_turns(found: Found) -> None:
    """Every turn ended once: one message each, one revision number each, at most two calls."""
    for turn in found.turns:
        assert turn.stage.is_over
        calls = [one for one in found.attempts if one.turn == turn.id]
        lost = [one for one in calls if one.outcome is Outcome.LOST]
        assert len(lost) <= 2, f"{turn.id} was repeated more than once after a crash of ours"
        if turn.stage is Stage.DELIVERED:
            assert any(one.outcome is Outcome.SUCCEEDED for one in calls)
    refs = [message.ref for message in found.messages]
    assert len(refs) == len(set(refs)), "two turns share a message"
    numbers = [(turn.thread, turn.revision) for turn in found.turns if turn.revision is not None]
    assert len(numbers) == len(set(numbers)), "a revision was made twice"


@contextlib.contextmanager
def open_house(folder: Path, database_url: str, *, latency_s: float, lease_s: float = 2.0) -> Iterator[House]:
    """A house with its fake OpenAI server, migrated; everything in it ends with the block."""
    bill_file = folder / "bill.jsonl"
    with FakeOpenAI(latency_s=latency_s, bill_file=bill_file).running() as server:
        house = House(folder, database_url, server.base_url, bill_file, lease_s)
        # In a thread of its own: a test's event loop is running already.
        with ThreadPoolExecutor(1) as threads:
            threads.submit(migrate_all, settings_of(house)).result()
        try:
            yield house
        except BaseException:
            sys.stdout.write(house.log()[-6000:])
            raise
        finally:
            house.stop()


def settings_of(house: House) -> Settings:
    """The settings of its processes, read here."""
    known = {name.lower(): value for name, value in house.environment.items()}
    given = {name: known[name] for name in Settings.model_fields if name in known}
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # pydantic checks them
