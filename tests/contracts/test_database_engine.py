"""Attempts and the gate to the engine, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict
from core.app.records import AttemptRecord, Outcome, Stage
from core.domain.fair_share import Level, Tags
from core.domain.gate import GateState
from core.domain.ids import AttemptId, Micros, TurnId, WorkspaceId
from tests.contracts.database_samples import HOUR, LONG_AGO, SECOND, WORKSPACE, attempt, store, turn

if TYPE_CHECKING:
    from core.app.repositories import Database


async def _store_attempts(database: Database, *attempts: AttemptRecord) -> None:
    await store(database, turn("u1"), turn("u2"))
    async with database.unit() as unit:
        for each in attempts:
            await unit.attempts.add(each)
        await unit.commit()


async def test_attempts_come_back_in_order(database: Database) -> None:
    """All calls of a turn, first to last."""
    other = attempt("a3", turn=TurnId("u2"))
    await _store_attempts(database, attempt("a2"), attempt("a1"), other)
    async with database.unit(read_only=True) as unit:
        assert await unit.attempts.of_turn(TurnId("u1")) == [attempt("a1"), attempt("a2")]
        assert await unit.attempts.get(AttemptId("a3")) == other
        assert await unit.attempts.get(AttemptId("a4")) is None


async def test_a_turn_cannot_make_the_same_attempt_twice(database: Database) -> None:
    """Two workers that both think it is their call: one has to look again."""
    await _store_attempts(database, attempt("a1"))
    async with database.unit() as unit:
        with pytest.raises(Conflict):
            await unit.attempts.add(attempt("a2", ordinal=1))


async def test_an_attempt_is_closed_once(database: Database) -> None:
    """The first outcome stands, whoever comes with another."""
    await _store_attempts(database, attempt())
    closed = attempt(
        outcome=Outcome.SUCCEEDED,
        cost=Micros(7),
        is_cost_estimated=True,
        request_id="req",
        closed_at=LONG_AGO + HOUR,
    )
    async with database.unit() as unit:
        assert await unit.attempts.close(replace(closed, model="forged"))
        assert not await unit.attempts.close(attempt(outcome=Outcome.FAILED))
        assert not await unit.attempts.correct(attempt(outcome=Outcome.FAILED))
        assert not await unit.attempts.close(attempt("a9", outcome=Outcome.FAILED))
        assert await unit.attempts.get(closed.id) == closed


async def test_a_lost_attempt_is_corrected_once(database: Database) -> None:
    """Money that turns out to have been spent is booked, and booked once."""
    await _store_attempts(database, attempt())
    found = attempt(outcome=Outcome.SUCCEEDED, cost=Micros(9), closed_at=LONG_AGO + HOUR)
    async with database.unit() as unit:
        assert not await unit.attempts.correct(found)
        assert await unit.attempts.close(attempt(outcome=Outcome.LOST, cost=Micros(5)))
        assert await unit.attempts.correct(found)
        assert not await unit.attempts.correct(found)
        assert await unit.attempts.get(found.id) == found


async def test_a_new_gate_is_open(database: Database) -> None:
    """Nothing is in flight and nothing is paused before anything happened."""
    async with database.unit() as unit:
        assert await unit.gate.state() == GateState()
        assert await unit.gate.tags() == Tags()


async def test_the_gate_counts_what_is_going_on(database: Database) -> None:
    """Generating turns with a living lease, and the calls of the last minute; none of a time to come."""
    await store(database, *(turn(name, stage=Stage.GENERATING) for name in ("u1", "u2", "u3")), turn("u4"))
    async with database.unit() as unit:
        await unit.turns.claim(TurnId("u1"), holder="alive", lease_s=30)
        await unit.turns.claim(TurnId("u2"), holder="dead", lease_s=0)
        await unit.turns.claim(TurnId("u4"), holder="alive", lease_s=30)
        now = await unit.now()
        lately = [now - 50 * SECOND, now - 10 * SECOND]
        await unit.attempts.add(attempt("a1", started_at=now - 61 * SECOND, images=8))
        await unit.attempts.add(attempt("a3", started_at=lately[1], images=3))
        await unit.attempts.add(attempt("a2", started_at=lately[0], images=2))
        await unit.attempts.add(attempt("a4", started_at=now + HOUR, images=9))
        state = await unit.gate.state()
    assert state.in_flight == 1
    assert list(state.recent) == [(lately[0].timestamp(), 2), (lately[1].timestamp(), 3)]


async def test_a_pause_lasts_until_it_is_ended(database: Database) -> None:
    """With a time, without one, and not any more."""
    async with database.unit() as unit:
        await unit.gate.pause(until=LONG_AGO, reason="rate_limited")
        assert await unit.gate.state() == GateState(
            paused_until_s=LONG_AGO.timestamp(), pause_reason="rate_limited"
        )
        await unit.gate.pause(until=None, reason="out_of_money")
        assert await unit.gate.state() == GateState(pause_reason="out_of_money")
        await unit.gate.pause(until=LONG_AGO, reason=None)
        assert await unit.gate.state() == GateState()


async def test_the_fair_shares_tags_are_kept(database: Database) -> None:
    """Shares survive a restart, in both levels."""
    within = Level(3, MappingProxyType({"ada": 4, "ben": 5}))
    tags = Tags(Level(7, MappingProxyType({WORKSPACE: 9})), {WORKSPACE: within, WorkspaceId("w"): Level()})
    async with database.unit() as unit:
        await unit.gate.save_tags(tags)
        await unit.gate.pause(until=None, reason="key_refused")
        await unit.commit()
    async with database.unit() as unit:
        assert await unit.gate.tags() == tags
        await unit.gate.save_tags(Tags())
        assert await unit.gate.tags() == Tags()
        assert (await unit.gate.state()).pause_reason == "key_refused"


async def test_whoever_reads_the_gate_has_it_alone(database: Database) -> None:
    """Two workers never see the same free place."""
    await store(database, *(turn(f"u{number}", stage=Stage.ANNOUNCED) for number in range(1, 6)))

    async def enter(number: int) -> bool:
        async with database.unit() as unit:
            if (await unit.gate.state()).in_flight >= 2:
                return False
            await asyncio.sleep(0)
            name = TurnId(f"u{number}")
            await unit.turns.claim(name, holder="me", lease_s=30)
            await unit.turns.save(turn(name, stage=Stage.GENERATING), stage=Stage.ANNOUNCED)
            await unit.commit()
            return True

    assert sum(await asyncio.gather(*map(enter, range(1, 6)))) == 2
