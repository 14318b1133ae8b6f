"""kill -9 of the real process at chosen moments, on SQLite; three of them run in every `make test`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.app.records import Stage
from tests.chaos.house import check_books, check_turns, open_house

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.chaos.house import House
    from tests.forked import Forked

EVERY_TIME = ("engine.after:1", "commit.after:6", "post.after:1")
"""Paid for but not stored; in the middle of the stages; shown but not known to be."""

LONG = tuple(
    f"{moment}:{count}"
    for moment, times in {
        "commit.before": 14,
        "commit.after": 14,
        "engine.before": 2,
        "engine.after": 2,
        "blob.before": 3,
        "blob.after": 3,
        "post.before": 2,
        "post.after": 2,
        "update.before": 2,
        "update.after": 2,
    }.items()
    for count in range(1, times + 1)
    if f"{moment}:{count}" not in EVERY_TIME
)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "moment", [*EVERY_TIME, *(pytest.param(one, marks=pytest.mark.chaos) for one in LONG)]
)
async def test_a_killed_process_loses_nothing_and_pays_nothing_twice(moment: str, tmp_path: Path) -> None:
    """After the next start every turn ends once, the ledger balances, and the thread goes on.

    At once: no lease runs out as long as this test lasts, and no other process can have one.
    """
    with open_house(tmp_path, f"sqlite:///{tmp_path}/house.sqlite3", latency_s=0.3, lease_s=600.0) as house:
        doomed = house.start("serve", moment)
        async with house.person() as ann:
            asking = asyncio.create_task(_ask_for_two(house, ann))
            await _until_dead_or_done(doomed, asking)
            house.start("serve")
            await asking
            root = (await house.roots(ann))[0]
            await house.say(ann, "and a red umbrella", thread=root["id"])
            found = await house.until_quiet(3)
            shown = [one["card"]["kind"] for one in await house.messages(ann) if one["card"]]
        check_turns(found)
        await check_books(house, found)
        assert [turn.stage for turn in found.turns] == [Stage.DELIVERED] * 3
        assert [turn.base is not None for turn in found.turns] == [False, True, True]
        assert "placeholder" not in shown


async def _ask_for_two(house: House, ann: httpx.AsyncClient) -> None:
    """A picture and an edit of it, whatever happens to the server meanwhile."""
    await house.say(ann, "/imagine a lighthouse at dusk --quality low")
    roots = await house.roots(ann)
    await house.say(ann, "make it stormy", thread=roots[0]["id"])
    await house.until_quiet(2)


async def _until_dead_or_done(process: Forked, asking: asyncio.Task[None]) -> None:
    """Wait until the process has died at its moment; where the moment never came, end it now."""
    dying = asyncio.create_task(asyncio.to_thread(process.wait))
    await asyncio.wait({dying, asking}, return_when=asyncio.FIRST_COMPLETED)
    process.kill()
    await dying
