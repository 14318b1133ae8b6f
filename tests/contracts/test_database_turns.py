"""Turns and who holds them, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.errors import Conflict
from core.app.records import Stage, TurnRecord
from core.domain.generation import Failure, FailureKind, GenerationPlan, Quality, Size
from core.domain.ids import Letter, Micros, ReservationId, ThreadId, TurnId
from core.domain.lineage import Head
from tests.contracts.database_samples import (
    HOUR,
    LONG_AGO,
    SECOND,
    ask,
    picture,
    store,
    turn,
)

if TYPE_CHECKING:
    from core.app.repositories import Database

U1 = TurnId("u1")
LEASE_S = 30.0
OVER_AT_ONCE_S = 0.0

FULL = turn(
    stage=Stage.RECORDED,
    ask=ask("web:demo/r1", "web:demo/r2"),
    own_base=Head(1, Letter("b")),
    base=Head(2),
    plan=GenerationPlan("sandbox", "a cat", Size(1024, 768), Quality.HIGH, count=2, routed_from="x"),
    reservation=ReservationId("r1"),
    estimate=Micros(5_000_000_000),
    cost=Micros(4),
    is_cost_estimated=True,
    billed_for_nothing=Micros(3),
    pictures=(picture("b"), picture("a")),
    revision=3,
    failure=Failure(FailureKind.MODERATED, "no", Micros(1), 2.5, "input", ("x", "y"), "req"),
    elapsed_s=12.5,
    is_cancel_requested=True,
    is_resumed=True,
    not_before=LONG_AGO,
    nudged_at=LONG_AGO + SECOND,
    tries=2,
    twin_key="twin",
    finished_at=LONG_AGO + HOUR,
)


async def _get(database: Database, name: TurnId = U1) -> TurnRecord:
    async with database.unit(read_only=True) as unit:
        record = await unit.turns.get(name)
    assert record is not None
    return record


async def _store_with_references(database: Database, *turns: TurnRecord) -> None:
    async with database.unit() as unit:
        for name in ("r1", "r2"):
            await unit.pictures.add(picture(name))
        await unit.commit()
    await store(database, *turns)


async def test_a_turn_comes_back_with_everything_it_had(database: Database) -> None:
    """Every field of a turn survives, pictures in their order."""
    await _store_with_references(database, FULL)
    assert await _get(database) == FULL


async def test_saving_stores_everything_when_the_stage_is_as_expected(database: Database) -> None:
    """The whole record is written, its pictures too."""
    await _store_with_references(database, turn(ask=FULL.ask))
    async with database.unit() as unit:
        assert await unit.turns.save(FULL, stage=Stage.QUEUED)
        await unit.commit()
    assert await _get(database) == FULL


async def test_saving_writes_nothing_when_the_stage_is_another(database: Database) -> None:
    """A worker that was thought dead cannot write."""
    await store(database, turn(stage=Stage.GENERATED))
    async with database.unit() as unit:
        assert not await unit.turns.save(turn(stage=Stage.RECORDED), stage=Stage.GENERATING)
        assert not await unit.turns.save(turn("u2", stage=Stage.RECORDED), stage=Stage.GENERATED)
        await unit.commit()
    assert (await _get(database)).stage is Stage.GENERATED


async def test_saving_writes_nothing_for_a_holder_that_lost_the_turn(database: Database) -> None:
    """Whoever names a holder must be it."""
    await store(database, turn())
    async with database.unit() as unit:
        assert await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        announced = turn(stage=Stage.ANNOUNCED)
        assert not await unit.turns.save(announced, stage=Stage.QUEUED, holder="you")
        assert await unit.turns.save(announced, stage=Stage.QUEUED, holder="me")
        await unit.commit()


async def test_saving_an_old_record_keeps_the_lease_and_the_cancel(database: Database) -> None:
    """A record that was read earlier overwrites neither a renewal nor somebody's wish to cancel."""
    await store(database, turn())
    async with database.unit() as unit:
        old = await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        assert old is not None
        renewed = await unit.turns.renew(U1, holder="me", lease_s=10 * LEASE_S)
        await unit.turns.save(turn(is_cancel_requested=True), stage=Stage.QUEUED)
        assert await unit.turns.save(replace(old, stage=Stage.ANNOUNCED), stage=Stage.QUEUED, holder="me")
        await unit.commit()
    stored = await _get(database)
    assert renewed is not None
    assert (stored.held_by, stored.lease_until) == ("me", renewed.lease_until)
    assert stored.is_cancel_requested


async def test_a_free_turn_is_claimed_by_one(database: Database) -> None:
    """Of several who want a turn at once exactly one gets it, with its lease by the database's clock."""
    await store(database, turn())

    async def claim(holder: str) -> TurnRecord | None:
        async with database.unit() as unit:
            record = await unit.turns.claim(U1, holder=holder, lease_s=LEASE_S)
            await unit.commit()
            return record

    claimed = [record for record in await asyncio.gather(*map(claim, "abcde")) if record is not None]
    stored = await _get(database)
    assert claimed == [stored]
    async with database.unit(read_only=True) as unit:
        left = stored.lease_until - await unit.now() if stored.lease_until else None
    assert left is not None
    assert 0 * SECOND < left <= LEASE_S * SECOND


async def test_a_lease_that_is_over_can_be_taken_by_somebody_else(database: Database) -> None:
    """A dead worker's turn goes on; should it wake up, it has lost the turn."""
    await store(database, turn())
    async with database.unit() as unit:
        assert await unit.turns.claim(U1, holder="dead", lease_s=OVER_AT_ONCE_S)
        assert await unit.turns.claim(U1, holder="next", lease_s=LEASE_S)
        assert await unit.turns.renew(U1, holder="dead", lease_s=LEASE_S) is None
        await unit.turns.release(U1, holder="dead")
        assert await unit.turns.claim(U1, holder="dead", lease_s=LEASE_S) is None
        assert await unit.turns.renew(U1, holder="next", lease_s=LEASE_S)


@pytest.mark.parametrize("stage", list(Stage))
async def test_only_turns_that_go_on_are_claimed(database: Database, stage: Stage) -> None:
    """What waits for others in its thread, or is over, needs no worker."""
    await store(database, turn(stage=stage))
    async with database.unit() as unit:
        claimed = await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
    assert (claimed is not None) == (stage is not Stage.WAITING and not stage.is_over)


async def test_a_turn_is_not_claimed_before_its_time(database: Database) -> None:
    """`not_before` frees the worker until then."""
    await store(database, turn())
    async with database.unit() as unit:
        now = await unit.now()
        await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        await unit.turns.release(U1, holder="me", not_before=now + HOUR)
        assert await unit.turns.claim(U1, holder="me", lease_s=LEASE_S) is None
        await unit.turns.save(turn(not_before=now - SECOND), stage=Stage.QUEUED)
        assert await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        assert await unit.turns.claim(TurnId("u9"), holder="me", lease_s=LEASE_S) is None


async def test_who_gives_a_turn_back_leaves_its_time(database: Database) -> None:
    """When it may go on was decided by whoever put it off."""
    later = LONG_AGO + HOUR
    await store(database, turn(not_before=later))
    async with database.unit() as unit:
        assert await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        await unit.turns.release(U1, holder="me")
        assert await unit.turns.get(U1) == turn(not_before=later)


async def test_a_queued_turn_is_announced_by_its_holder_alone(database: Database) -> None:
    """It is given back in the same change; one that was called off meanwhile stays what it is."""
    await store(database, turn(), turn("u2"))
    async with database.unit() as unit:
        assert not await unit.turns.announce(U1, holder="me")
        assert await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        assert not await unit.turns.announce(U1, holder="another")
        assert await unit.turns.announce(U1, holder="me")
        assert await unit.turns.get(U1) == turn(stage=Stage.ANNOUNCED)
        assert await unit.turns.claim(TurnId("u2"), holder="me", lease_s=LEASE_S)
        await unit.turns.save(turn("u2", stage=Stage.CANCELLED), stage=Stage.QUEUED)
        assert not await unit.turns.announce(TurnId("u2"), holder="me")


async def test_renewing_tells_that_a_cancel_was_requested(database: Database) -> None:
    """The worker reads the flag with each renewal."""
    await store(database, turn())
    async with database.unit() as unit:
        await unit.turns.claim(U1, holder="me", lease_s=LEASE_S)
        await unit.turns.save(turn(is_cancel_requested=True), stage=Stage.QUEUED)
        renewed = await unit.turns.renew(U1, holder="me", lease_s=LEASE_S)
    assert renewed is not None
    assert renewed.is_cancel_requested


async def test_the_sweeper_finds_what_nobody_looks_after(database: Database) -> None:
    """Unheld or abandoned, due, not nudged lately, oldest first; what it finds is nudged now."""
    soon = LONG_AGO.replace(year=2100)
    await store(
        database,
        turn("u1", created_at=LONG_AGO + SECOND),
        turn("u2", created_at=LONG_AGO, stage=Stage.GENERATING),
        turn("u3", stage=Stage.WAITING),
        turn("u4", stage=Stage.DELIVERED),
        turn("u5", not_before=soon),
        turn("u6", nudged_at=soon),
        turn("u7", stage=Stage.ANNOUNCED),
        turn("u8", created_at=LONG_AGO + HOUR, stage=Stage.RECORDED, nudged_at=LONG_AGO),
    )
    async with database.unit() as unit:
        assert await unit.turns.claim(TurnId("u2"), holder="dead", lease_s=OVER_AT_ONCE_S)
        assert await unit.turns.claim(TurnId("u7"), holder="alive", lease_s=LEASE_S)
        now = await unit.now()
        assert await unit.turns.stale(nudged_before=now, limit=2) == ["u2", "u1"]
        assert await unit.turns.stale(nudged_before=now, limit=9) == ["u8"]
        assert await unit.turns.stale(nudged_before=now, limit=9) == []
        assert await unit.turns.stale(nudged_before=now + HOUR, limit=9) == ["u2", "u1", "u8"]


async def test_those_who_wait_long_do_not_hide_others_from_the_sweeper(database: Database) -> None:
    """However many are found again and again, each has its turn before any comes twice."""
    names = [TurnId(f"u{number}") for number in range(5)]
    await store(database, *(turn(name, created_at=LONG_AGO, stage=Stage.ANNOUNCED) for name in names))
    found = []
    for _ in range(5):
        async with database.unit() as unit:
            found += await unit.turns.stale(nudged_before=LONG_AGO.replace(year=2100), limit=1)
            await unit.commit()
    assert found == names


async def test_the_turns_of_a_thread_come_in_order(database: Database) -> None:
    """By their position, of the stages asked for."""
    await store(
        database,
        turn("u2", stage=Stage.WAITING),
        turn("u1"),
        turn("u3", stage=Stage.WAITING, thread=ThreadId("t2")),
        threads=2,
    )
    async with database.unit(read_only=True) as unit:
        assert [each.id for each in await unit.turns.of_thread(ThreadId("t1"))] == ["u1", "u2"]
        waiting = await unit.turns.of_thread(ThreadId("t1"), stages=[Stage.WAITING])
        assert [each.id for each in waiting] == ["u2"]
        last = [await unit.turns.last_position(ThreadId(name)) for name in ("t1", "t2", "t9")]
    assert last == [2, 3, 0]


async def test_two_turns_cannot_have_one_place_in_their_thread(database: Database) -> None:
    """Order inside a thread is never in doubt."""
    await store(database, turn("u1"))
    async with database.unit() as unit:
        with pytest.raises(Conflict):
            await unit.turns.add(turn("u2", position=1))
