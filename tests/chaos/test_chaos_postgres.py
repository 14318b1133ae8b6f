"""Several workers on one Postgres: killed at random, stopped past their lease, resumed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from typing import TYPE_CHECKING

import pytest

from core.app.records import Outcome, Stage
from core.domain.quota import EntryKind
from tests.chaos.house import check_books, check_turns, open_house

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.chaos.house import Found, House
    from tests.forked import Forked

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(900)]


@pytest.mark.parametrize(
    ("kills", "threads", "replies"), [(3, 3, 2), pytest.param(30, 10, 6, marks=pytest.mark.chaos)]
)
async def test_workers_killed_at_random_leave_the_books_equal_to_the_bill(
    kills: int, threads: int, replies: int, tmp_path: Path, postgres_url: str
) -> None:
    """Whichever worker dies, every turn ends once and the ledger says what was billed."""
    chance = random.Random(20261123)
    with open_house(tmp_path, postgres_url, latency_s=0.5) as house:
        house.start("serve")
        workers = [house.start("worker") for _ in range(3)]
        async with house.person() as ann:
            asking = asyncio.create_task(_many_threads(house, ann, threads, replies))
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.3, 1.5))
                await _kill_one(house, workers, chance)
            await asking
            found = await house.until_quiet(threads * (replies + 1))
        check_turns(found)
        await check_books(house, found)
        assert len(found.turns) == threads * (replies + 1)
        asked = [turn for turn in found.turns if turn.stage is not Stage.DELIVERED]
        # A turn that was cut twice asks its person; nothing else may keep it from its picture.
        assert all(_lost(found, turn.id) == 2 for turn in asked)


async def test_a_worker_that_was_stopped_past_its_lease_may_not_write(
    tmp_path: Path, postgres_url: str
) -> None:
    """Another worker makes the picture; when the first wakes, its own is booked and not shown."""
    with open_house(tmp_path, postgres_url, latency_s=2.0) as house:
        house.start("serve")
        house.start("worker")
        async with house.person() as ann:
            await house.say(ann, "/imagine a lighthouse --quality low")
            holder = await _holder_of_the_call(house)
            os.kill(holder, signal.SIGSTOP)
            await house.until_quiet(1)
            os.kill(holder, signal.SIGCONT)
            found = await _until_corrected(house)
        check_turns(found)
        await check_books(house, found)
        assert [turn.stage for turn in found.turns] == [Stage.DELIVERED]
        assert [turn.revision for turn in found.turns] == [1]
        kinds = [entry.kind for entry in found.entries]
        assert kinds.count(EntryKind.SETTLE) == 1
        assert EntryKind.WRITE_OFF in kinds


async def _many_threads(house: House, ann: httpx.AsyncClient, threads: int, replies: int) -> None:
    for number in range(threads):
        await house.say(ann, f"/imagine picture number {number} --quality low")
    await house.until_quiet(threads)
    roots = [one["id"] for one in await house.roots(ann)]
    for number in range(replies):
        for root in roots:
            await house.say(ann, f"change number {number}", thread=root)
        await house.until_quiet(threads * (number + 2))


async def _kill_one(house: House, workers: list[Forked], chance: random.Random) -> None:
    doomed = chance.randrange(len(workers))
    workers[doomed].kill()
    await asyncio.to_thread(workers[doomed].wait)
    workers[doomed] = house.start("worker")


async def _holder_of_the_call(house: House) -> int:
    found = await house.find(lambda found: bool(_held(found)))
    return int(_held(found)[0].split(":")[1])


def _held(found: Found) -> list[str]:
    return [turn.held_by for turn in found.turns if turn.stage is Stage.GENERATING and turn.held_by]


async def _until_corrected(house: House) -> Found:
    """Wait until the worker that was stopped has said what its call cost."""
    return await house.find(
        lambda found: (
            len(found.attempts) > 1 and all(one.outcome is Outcome.SUCCEEDED for one in found.attempts)
        )
    )


def _lost(found: Found, turn: str) -> int:
    return sum(one.outcome is Outcome.LOST for one in found.attempts if one.turn == turn)
