"""No question that is asked while somebody waits reads a whole table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from adapters.database import SqlDatabase, open_database
from adapters.system import SystemClock
from core.app.inbound import Left
from core.app.mentions import Tells
from core.app.records import NoticeSaying, Outcome, Stage
from core.domain.ids import BlobKey, MessageId, MessageRef, Micros, Platform, ThreadId, ThreadRef, TurnId
from core.domain.quota import Scope, ScopeKind
from tests.contracts.database_samples import (
    ADA,
    CHANNEL,
    HOUR,
    LONG_AGO,
    SECOND,
    WORKSPACE,
    attempt,
    inbound,
    message,
    thread,
    turn,
)
from tests.contracts.test_database_show import PICTURES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.repositories import UnitOfWork

# Rows that never grow with use: settings, and one row for the gate.
_SMALL_TABLES = ("engine_gate", "allowance")

# These hold only what waits to be done, however much there has been.
_INDEXES_OF_UNFINISHED = ("ix_inbox_pending", "ix_surface_message_unsent")

T1, U1, M1 = ThreadId("t1"), TurnId("u1"), MessageId("m1")
WINDOWS = [(PICTURES, LONG_AGO)]

HOT: dict[str, Callable[[UnitOfWork], Awaitable[object]]] = {
    "inbox.admit": lambda unit: unit.inbox.admit(inbound(), is_pending=True),
    "inbox.finish": lambda unit: unit.inbox.finish("d1"),
    "inbox.pending": lambda unit: unit.inbox.pending(before=LONG_AGO, limit=9),
    "inbox.forget": lambda unit: unit.inbox.forget(before=LONG_AGO),
    "people.workspace": lambda unit: unit.people.workspace(WORKSPACE),
    "people.admins": lambda unit: unit.people.admins(WORKSPACE, limit=5),
    "people.actor": lambda unit: unit.people.actor(ADA),
    "threads.get": lambda unit: unit.threads.get(T1),
    "threads.find": lambda unit: unit.threads.find(WORKSPACE, Platform.WEB, CHANNEL, ThreadRef("root-t1")),
    "threads.save": lambda unit: unit.threads.save(thread()),
    "threads.revision_turn": lambda unit: unit.threads.revision_turn(T1, 1),
    "threads.asked": lambda unit: unit.threads.asked(T1, [1, 2]),
    "turns.get": lambda unit: unit.turns.get(U1),
    "turns.save": lambda unit: unit.turns.save(turn(), stage=Stage.QUEUED, holder="me"),
    "turns.claim": lambda unit: unit.turns.claim(U1, holder="me", lease_s=1),
    "turns.renew": lambda unit: unit.turns.renew(U1, holder="me", lease_s=1),
    "turns.release": lambda unit: unit.turns.release(U1, holder="me"),
    "turns.announce": lambda unit: unit.turns.announce(U1, holder="me"),
    "turns.break_leases": lambda unit: unit.turns.break_leases(),
    "turns.stale": lambda unit: unit.turns.stale(nudged_before=LONG_AGO, limit=9),
    "turns.of_thread": lambda unit: unit.turns.of_thread(T1, stages=[Stage.WAITING]),
    "turns.last_position": lambda unit: unit.turns.last_position(T1),
    "turns.twin": lambda unit: unit.turns.twin(WORKSPACE, ADA, "cat", since=LONG_AGO),
    "turns.by_source": lambda unit: unit.turns.by_source(WORKSPACE, CHANNEL, MessageRef("x")),
    "turns.unfinished_in": lambda unit: unit.turns.unfinished_in(Left(WORKSPACE, CHANNEL)),
    "turns.threads_of": lambda unit: unit.turns.threads_of(WORKSPACE, ADA),
    "turns.forget": lambda unit: unit.turns.forget(turn()),
    "turns.ahead_of": lambda unit: unit.turns.ahead_of(U1),
    "turns.moderated": lambda unit: unit.turns.moderated(ADA, since=LONG_AGO),
    "turns.flows": lambda unit: unit.turns.flows(),
    "attempts.get": lambda unit: unit.attempts.get(attempt().id),
    "attempts.of_turn": lambda unit: unit.attempts.of_turn(U1),
    "attempts.close": lambda unit: unit.attempts.close(attempt(outcome=Outcome.FAILED)),
    "attempts.reprice": lambda unit: unit.attempts.reprice(attempt().id, was=Micros(1), cost=Micros(2)),
    "gate.state": lambda unit: unit.gate.state(),
    "gate.tags": lambda unit: unit.gate.tags(),
    "messages.save": lambda unit: unit.messages.save(message()),
    "messages.shown": lambda unit: unit.messages.shown(M1, 1, None),
    "messages.want": lambda unit: unit.messages.want(M1),
    "messages.claim": lambda unit: unit.messages.claim(M1, lease_s=1),
    "messages.break_leases": lambda unit: unit.messages.break_leases(),
    "messages.unsent": lambda unit: unit.messages.unsent(before=LONG_AGO, limit=9),
    "messages.by_ref": lambda unit: unit.messages.by_ref(WORKSPACE, CHANNEL, MessageRef("x")),
    "messages.of_thread": lambda unit: unit.messages.of_thread(thread()),
    "messages.private_to": lambda unit: unit.messages.private_to(WORKSPACE, ADA),
    "messages.telling": lambda unit: unit.messages.telling(WORKSPACE, Tells.PEOPLE, Tells.QUESTION),
    "messages.telling one": lambda unit: unit.messages.telling(WORKSPACE, Tells.QUESTION, private_to=ADA),
    "messages.forget": lambda unit: unit.messages.forget(M1, NoticeSaying("forgotten")),
    "forgettings.lying": lambda unit: unit.forgettings.lying(before=LONG_AGO, limit=9),
    "quotas.allowances": lambda unit: unit.quotas.allowances([Scope(ScopeKind.ACTOR, ADA)]),
    "quotas.remove_allowance": lambda unit: unit.quotas.remove_allowance(PICTURES.name),
    "audit.latest": lambda unit: unit.audit.latest(WORKSPACE, limit=5),
    "audit.is_first": lambda unit: unit.audit.is_first(WORKSPACE, "share", since=LONG_AGO),
    "quotas.counters": lambda unit: unit.quotas.counters(WINDOWS),
    "quotas.peek": lambda unit: unit.quotas.peek(WINDOWS * 4),
    "quotas.entries": lambda unit: unit.quotas.entries(turn=U1),
    "quotas.spending": lambda unit: unit.quotas.spending(since=LONG_AGO, until=LONG_AGO + HOUR),
    "quotas.booked": lambda unit: unit.quotas.booked(since=LONG_AGO, until=LONG_AGO + HOUR, engine="sandbox"),
    "pictures.get": lambda unit: unit.pictures.get(BlobKey("b")),
    "pictures.is_referred_to": lambda unit: unit.pictures.is_referred_to(BlobKey("b")),
    "pictures.add_copy": lambda unit: unit.pictures.add_copy(BlobKey("c"), of=BlobKey("b")),
    "pictures.copies_of": lambda unit: unit.pictures.copies_of(BlobKey("b")),
    "pictures.forget": lambda unit: unit.pictures.forget(BlobKey("b")),
    "pictures.gallery": lambda unit: unit.pictures.gallery(WORKSPACE, actor=None, before=None, limit=60),
    "pictures.gallery of one": lambda unit: unit.pictures.gallery(
        WORKSPACE, actor=ADA, before=LONG_AGO, limit=60
    ),
}


async def _fill(database: SqlDatabase) -> None:
    """Put one row of everything into a database."""
    async with database.unit() as unit:
        await unit.threads.add(thread())
        await unit.turns.add(turn())
        await unit.attempts.add(attempt())
        await unit.messages.add(message(created_at=LONG_AGO - SECOND))
        await unit.gate.save_tags(await unit.gate.tags())
        await unit.commit()


async def _plans(database: SqlDatabase, name: str, explain: str, *first: str) -> dict[str, list[str]]:
    """The steps by which the database would answer, for each statement behind a question."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:  # noqa: ANN401 - a driver's
        statements.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.unit() as unit:
        await HOT[name](unit)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    plans: dict[str, list[str]] = {}
    async with database.begin() as connection:
        for setting in first:
            await connection.exec_driver_sql(setting)
        for statement, parameters in statements:
            if not statement.startswith("BEGIN"):
                plan = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
                plans[statement] = [row[-1] for row in plan]
    assert plans
    return plans


async def test_hot_questions_use_an_index_on_sqlite(sqlite_url: str) -> None:
    """SQLite's own plan of each statement scans no table that grows."""
    database = open_database(sqlite_url, SystemClock())
    await _fill(database)
    for name in HOT:
        for statement, steps in (await _plans(database, name, "EXPLAIN QUERY PLAN")).items():
            assert not [step for step in steps if _reads_all(step)], (name, statement, steps)
    await database.close()


@pytest.mark.postgres
async def test_hot_questions_can_use_an_index_on_postgres(emptied_postgres_url: str) -> None:
    """A table of one row is quicker read whole: told not to, Postgres finds an index for each statement."""
    database = open_database(emptied_postgres_url, SystemClock())
    await _fill(database)
    for name in HOT:
        plans = await _plans(database, name, "EXPLAIN", "SET LOCAL enable_seqscan = off")
        for statement, steps in plans.items():
            scanned = {step.split(" on ")[1].split()[0] for step in steps if "Seq Scan on " in step}
            assert scanned <= set(_SMALL_TABLES), (name, statement, steps)
    await database.close()


def _reads_all(step: str) -> bool:
    if not step.startswith("SCAN") or step.startswith(("SCAN CONSTANT ROW", "SCAN (subquery")):
        return False
    table = step.split()[1]
    is_of_unfinished = step.endswith(_INDEXES_OF_UNFINISHED)
    return table not in _SMALL_TABLES and not table.startswith("anon_") and not is_of_unfinished


async def test_a_question_that_reads_everything_would_be_caught(sqlite_url: str) -> None:
    """Without an index there is nothing but a scan."""
    database = open_database(sqlite_url, SystemClock())
    async with database.begin() as connection:
        plan = await connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT * FROM turn WHERE locale = 'en'")
        assert [_reads_all(row[-1]) for row in plan] == [True]
    await database.close()
