"""What admins do through the desk, on every database: at once, and across a whole picture."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.ports import DIRECT
from core.app.views import AllowanceView, WorkspaceChange
from core.domain.card import CardKind
from core.domain.generation import Failure, FailureKind
from core.domain.quota import Metric, Period, Scope, ScopeKind
from tests.fakes.studio_world import ANN, BEN, WORKSPACE, World
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from core.app.repositories import Database

ADMIN = replace(BEN, is_admin=True)
ANNS = Scope(ScopeKind.ACTOR, ANN.id)
TEAM = Scope(ScopeKind.WORKSPACE, WORKSPACE)


async def anns(of: World) -> AllowanceView:
    """Ann's daily pictures, as an admin sees them."""
    views = await of.studio.allowances(ADMIN, [ANNS])
    assert isinstance(views, list)
    return next(one for one in views if one.period is Period.DAY)


async def test_gifts_and_pictures_of_the_same_moment_all_count(database: Database) -> None:
    """Eight admins give while Ann's picture is held and settled: nothing is lost of either."""
    here = World(tools=FakeTools(), database=database)
    await here.imagine("a lighthouse")
    gifts = (here.studio.grant(ADMIN, ANNS, Metric.PICTURES, 1) for _ in range(8))
    await asyncio.gather(here.settle(), *gifts)
    view = await anns(here)
    assert (view.extra, view.used, view.held) == (8, 1, 0)
    async with database.unit(read_only=True) as unit:
        assert len(await unit.audit.latest(WORKSPACE, limit=99)) == 8


async def test_a_move_in_the_middle_of_a_picture_keeps_its_hold(database: Database) -> None:
    """Held in the old zone, settled in the same window, and counted as used in the new one."""
    here = World(tools=FakeTools(), database=database)
    await here.imagine("a lighthouse")
    await here.studio.change_workspace(ADMIN, WorkspaceChange(time_zone="Asia/Tokyo"))
    assert (await anns(here)).held == 1
    await here.settle()
    view = await anns(here)
    assert (view.used, view.held) == (1, 0)


async def test_an_answer_and_a_warning_come_out_of_every_database(database: Database) -> None:
    """The whole way: set, made, warned, asked, seen."""
    here = World(tools=FakeTools(), database=database)
    await here.ask("help", by=ADMIN)
    await here.studio.set_allowance(ADMIN, TEAM, Metric.PICTURES, Period.DAY, 1)
    await here.made()
    direct = [one for one in here.standing if one.place.channel == DIRECT]
    assert [one.private_to for one in direct] == [ADMIN.id]
    assert "100 %" in direct[0].card.text
    for words, kind in (
        ("quota", CardKind.NOTICE),
        ("history", CardKind.SHEET),
        ("settings", CardKind.NOTICE),
    ):
        await here.ask(words)
        await here.settle()
        assert here.last.kind is kind, words
    await here.ask("usage 1", by=ADMIN)
    await here.settle()
    assert here.last.kind is CardKind.SHEET
    assert "Ann: $" in here.last.lines[1].text


async def test_a_person_who_is_refused_often_waits_on_every_database(database: Database) -> None:
    """The refusals are found again, and admins hear of them once."""
    here = World(tools=FakeTools(), database=database)
    await here.ask("help", by=ADMIN)
    here.engine.script += [Failure(FailureKind.MODERATED, stage="input")] * 3
    for number in range(4):
        await here.imagine(f"picture {number}")
        await here.settle()
    assert len(here.engine.calls) == 3
    assert "refused 3 of your requests" in here.last.text
    assert sum(one.place.channel == DIRECT for one in here.standing) == 1


async def test_the_same_wish_clicked_twice_in_one_moment_is_made_once(database: Database) -> None:
    """Both are on their way at once, in processes or transactions that cannot see each other's turn yet."""
    here = World(tools=FakeTools(), database=database)
    await here.ask("help")
    await here.settle()
    for number in range(5):
        wish = f"lighthouse {number}"
        await asyncio.gather(*(here.imagine(wish) for _ in range(3)))
    await here.settle()
    assert len(here.engine.calls) == 5
    assert (await anns(here)).used == 5


async def test_two_admins_who_change_different_things_at_once_both_have_their_way(database: Database) -> None:
    """Neither's change is written over with what stood before it."""
    here = World(tools=FakeTools(), database=database)
    await here.ask("help", by=ADMIN)
    await here.settle()
    for zone in ("Asia/Tokyo", "Europe/Berlin", "UTC"):
        is_open = zone != "Europe/Berlin"
        await asyncio.gather(
            here.studio.change_workspace(ADMIN, WorkspaceChange(time_zone=zone)),
            here.studio.change_workspace(ADMIN, WorkspaceChange(is_open_to_all=is_open)),
        )
        settings = await here.studio.workspace_settings(WORKSPACE)
        assert (settings.time_zone, settings.is_open_to_all) == (zone, is_open)
