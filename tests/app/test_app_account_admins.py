"""What admins decide: who they are, what they may set and give, and that each change leaves a line."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.app.audit import AdminDropped, AdminNamed, AllowanceChanged, Granted, OpennessChanged, ZoneChanged
from core.app.inbound import ReceiptKind
from core.app.views import AllowanceView, Denied, WorkspaceChange, WorkspaceSettings
from core.app.wording import has_sentence, sentence
from core.domain.card import Act
from core.domain.ids import ActorId, WorkspaceId
from core.domain.quota import Metric, Period, Scope, ScopeKind
from tests.app.app_account import ANNS, CHANNELS, EMIL, EVERYBODY, PAINTERS, TEAM, asked, seen
from tests.app.app_scenes import CLEO, DORA, assert_at_rest, button, call_out, policy, press, said_to, world
from tests.app.app_world import World
from tests.fakes.clock import FakeClock
from tests.fakes.studio_world import ANN, BEN, WORKSPACE

FOREIGN = [
    Scope(ScopeKind.ACTOR, "web:other:eve"),
    Scope(ScopeKind.ACTOR, "web:tester:eve"),
    Scope(ScopeKind.CHANNEL, "web:other/studio"),
    Scope(ScopeKind.CHANNEL, f"{WORKSPACE}/"),
    Scope(ScopeKind.ROLE, "web:tester/painters"),
    Scope(ScopeKind.WORKSPACE, "web:other"),
    EVERYBODY,
]


def changes(of: World) -> list[object]:
    """All changes in the audit, oldest first."""
    return [line.change for _, line in sorted(of.shelves.audit.items())]


# --- who ---


async def test_admins_are_the_platforms_and_those_they_name() -> None:
    """Somebody named decides like the platform's own admins, and may name others in turn."""
    here = world()
    assert await here.studio.is_admin(DORA)
    assert not await here.studio.is_admin(ANN)
    await here.studio.change_workspace(DORA, WorkspaceChange(named_admins=(ANN.id,)))
    assert await here.studio.is_admin(ANN)
    settings = await here.studio.change_workspace(ANN, WorkspaceChange(named_admins=(BEN.id,)))
    assert isinstance(settings, WorkspaceSettings)
    assert await here.studio.is_admin(BEN)
    assert not await here.studio.is_admin(ANN)
    assert changes(here) == [AdminNamed(ANN.id), AdminNamed(BEN.id), AdminDropped(ANN.id)]


async def test_a_named_admin_may_steer_what_others_asked_for() -> None:
    """Cancelling a stranger's picture takes an admin; being named is enough, and not for long after."""
    here = world()
    await here.studio.change_workspace(DORA, WorkspaceChange(named_admins=(CLEO.id,)))
    thread = await here.made()
    for person, kind in ((BEN, ReceiptKind.REFUSED), (CLEO, ReceiptKind.ACCEPTED)):
        assert (await here.reply(thread, "close", by=person)).kind is kind
        await here.settle()
    assert_at_rest(here)


async def test_being_no_admin_any_more_is_noticed() -> None:
    """The platform's word of today counts, in what people may and in who is told."""
    here = world()
    await seen(here, DORA)
    former = replace(DORA, is_admin=False)
    await seen(here, former)
    assert not await here.studio.is_admin(former)
    assert (await here.studio.workspace_settings(WORKSPACE)).admins == ()


@pytest.mark.parametrize("limit", [49, 50])
async def test_only_so_many_can_be_named_and_only_of_this_team(limit: int) -> None:
    """Nobody names strangers, nor everybody."""
    here = world()
    many = tuple(ActorId(f"web:test:{number}") for number in range(limit + 1))
    denied = await here.studio.change_workspace(DORA, WorkspaceChange(named_admins=many))
    assert isinstance(denied, Denied) == (limit + 1 > 50)
    stranger = WorkspaceChange(named_admins=(ActorId("web:other:eve"),))
    assert await here.studio.change_workspace(DORA, stranger) == Denied("bad_admins", {"limit": 50})


async def test_who_is_no_admin_changes_nothing() -> None:
    """Each method refuses with a value, and nothing is written."""
    here = world()
    for refused in (
        await here.studio.allowances(ANN, [ANNS]),
        await here.studio.set_allowance(ANN, ANNS, Metric.PICTURES, Period.DAY, 99),
        await here.studio.grant(ANN, ANNS, Metric.PICTURES, 9),
        await here.studio.change_workspace(ANN, WorkspaceChange(is_open_to_all=True)),
    ):
        assert refused == Denied("admins_only")
    assert changes(here) == []
    assert not here.shelves.allowances


# --- allowances ---


async def test_an_allowance_is_set_counts_at_once_and_is_removed_again() -> None:
    """Two a day instead of twenty, then the operator's twenty once more."""
    here = world()
    assert await here.studio.set_allowance(DORA, ANNS, Metric.PICTURES, Period.DAY, 1) is None
    await here.made()
    assert (await here.imagine("another")).kind is ReceiptKind.REFUSED
    (view,) = await _views(here, ANNS)
    assert (view.amount, view.used, view.is_default) == (1, 1, False)
    assert await here.studio.set_allowance(DORA, ANNS, Metric.PICTURES, Period.DAY, None) is None
    (view,) = await _views(here, ANNS)
    assert (view.amount, view.used, view.is_default) == (20, 1, True)
    assert (await here.imagine("another")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert changes(here) == [
        AllowanceChanged(ANNS, Metric.PICTURES, Period.DAY, 1),
        AllowanceChanged(ANNS, Metric.PICTURES, Period.DAY, None),
    ]
    assert_at_rest(here)


async def test_removing_what_is_not_there_leaves_no_line() -> None:
    """The audit tells of changes, not of clicks."""
    here = world()
    assert await here.studio.set_allowance(DORA, TEAM, Metric.MICROS, Period.MONTH, None) is None
    assert changes(here) == []


@pytest.mark.parametrize("scope", [ANNS, CHANNELS, PAINTERS, TEAM])
async def test_each_scope_of_the_team_can_be_limited(scope: Scope) -> None:
    """Nothing a day means nothing, whoever is meant."""
    here = world()
    painter = replace(ANN, roles=("painters",))
    await here.studio.set_allowance(DORA, scope, Metric.PICTURES, Period.DAY, 0)
    assert (await here.imagine("a lighthouse", by=painter)).kind is ReceiptKind.REFUSED
    await here.settle()
    whose = sentence(f"whose_{scope.kind.value}_day", "en")
    assert whose in said_to(here, ANN)


@pytest.mark.parametrize("scope", FOREIGN, ids=str)
async def test_nobody_decides_for_another_team_or_for_the_operator(scope: Scope) -> None:
    """Reading, setting, removing and giving are refused alike."""
    here = world()
    denied = Denied("not_your_scope")
    assert await here.studio.allowances(DORA, [ANNS, scope]) == denied
    assert await here.studio.set_allowance(DORA, scope, Metric.PICTURES, Period.DAY, 9) == denied
    assert await here.studio.set_allowance(DORA, scope, Metric.PICTURES, Period.DAY, None) == denied
    assert await here.studio.grant(DORA, scope, Metric.PICTURES, 9) == denied
    assert not here.shelves.allowances


@pytest.mark.parametrize("amount", [-1, 10**15 + 1])
async def test_an_amount_that_cannot_be_meant_is_refused(amount: int) -> None:
    """Less than nothing, and more than there is."""
    here = world()
    denied = Denied("bad_amount", {"amount": amount})
    assert await here.studio.set_allowance(DORA, TEAM, Metric.MICROS, Period.DAY, amount) == denied
    assert await here.studio.grant(DORA, ANNS, Metric.PICTURES, amount) == denied


# --- more for today ---


async def test_more_for_today_is_more_until_midnight() -> None:
    """A full day has room again for what was given, and tomorrow is a day like any other."""
    here = world(policy(pictures_per_person_per_day=1))
    await here.made()
    views = await here.studio.grant(DORA, ANNS, Metric.PICTURES, 1)
    assert isinstance(views, list)
    assert [(one.amount, one.extra, one.used) for one in views] == [(1, 1, 1)]
    for kind in (ReceiptKind.ACCEPTED, ReceiptKind.REFUSED):
        assert (await here.imagine(f"one more, {kind}")).kind is kind
        await here.settle()
    assert "2 of 2 used" in said_to(here, ANN)
    await here.advance(24 * 3600)
    assert (await here.imagine("tomorrow")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert (await here.imagine("too much")).kind is ReceiptKind.REFUSED
    assert changes(here) == [Granted(ANNS, Metric.PICTURES, 1)]


async def test_more_for_today_helps_where_the_month_is_used_up_too() -> None:
    """Whoever is given five may make five, whichever of their limits was full."""
    here = world(policy(pictures_per_person_per_day=1))
    await here.studio.set_allowance(DORA, ANNS, Metric.PICTURES, Period.MONTH, 1)
    await here.made()
    views = await here.studio.grant(DORA, ANNS, Metric.PICTURES, 2)
    assert isinstance(views, list)
    assert {one.period for one in views if one.extra} == {Period.DAY, Period.MONTH}
    await here.imagine("two more -n 2")
    await here.settle()
    assert len(here.engine.calls) == 2
    assert_at_rest(here)


async def test_the_caption_counts_what_was_given() -> None:
    """Under the picture stands what may be made today, not what is usual."""
    here = world(policy(pictures_per_person_per_day=1))
    await here.studio.grant(DORA, ANNS, Metric.PICTURES, 4)
    await here.made()
    assert "you 1 of 5 today" in here.root.card.caption


async def test_where_nothing_is_limited_there_is_nothing_to_give() -> None:
    """No limit of dollars for the channel: it is said, and no line is written."""
    here = world()
    assert await here.studio.grant(DORA, CHANNELS, Metric.MICROS, 5) == Denied("nothing_to_grant")
    assert changes(here) == []


async def test_gifts_of_the_same_moment_add_up() -> None:
    """Eight admins give one each; nothing is lost between them."""
    here = world(policy(pictures_per_person_per_day=1))
    await asyncio.gather(*(here.studio.grant(DORA, ANNS, Metric.PICTURES, 1) for _ in range(8)))
    (view,) = await _views(here, ANNS)
    assert view.extra == 8


async def test_a_hold_settles_beside_a_gift() -> None:
    """Giving while a picture is made loses neither the hold nor the gift."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here):
        await here.studio.grant(DORA, ANNS, Metric.PICTURES, 3)
    (view,) = await _views(here, ANNS)
    assert (view.extra, view.used, view.held) == (3, 1, 0)
    assert_at_rest(here)


# --- the workspace ---


async def test_a_workspace_is_opened_to_all() -> None:
    """Then anybody may press another person's spending buttons, and pays."""
    here = world()
    thread = await here.made()
    again = button(here.root.card, Act.AGAIN)
    assert again is not None
    assert (await press(here, thread, again, by=BEN)).kind is ReceiptKind.REFUSED
    settings = await here.studio.change_workspace(DORA, WorkspaceChange(is_open_to_all=True))
    assert isinstance(settings, WorkspaceSettings)
    assert settings.is_open_to_all
    assert (await press(here, thread, again, by=BEN)).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert changes(here) == [OpennessChanged(is_open_to_all=True)]


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "Europe", "../etc/passwd", "/etc/passwd", "a\0b"])
async def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    """It is named back, and nothing changes."""
    here = world()
    wish = WorkspaceChange(time_zone=zone, is_open_to_all=True)
    assert await here.studio.change_workspace(DORA, wish) == Denied("bad_time_zone", {"zone": zone})
    assert not (await here.studio.workspace_settings(WORKSPACE)).is_open_to_all


async def test_a_new_zone_fills_no_allowance_and_loses_no_hold() -> None:
    """What was used today stays used, what is being made is settled once, and the day ends over there."""
    here = World(
        clock=FakeClock(datetime(2026, 3, 2, 12, 0, tzinfo=UTC)), policy=policy(pictures_per_person_per_day=2)
    )
    await here.made()
    await here.imagine("on its way")
    async with call_out(here):
        await here.studio.change_workspace(DORA, WorkspaceChange(time_zone="Asia/Tokyo"))
    (view,) = await _views(here, ANNS)
    assert (view.used, view.held) == (2, 0)
    assert view.back_at == datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "midnight in Tokyo"
    assert (await here.imagine("too much")).kind is ReceiptKind.REFUSED
    await here.advance(3 * 3600)
    assert (await here.imagine("a new day in Tokyo")).kind is ReceiptKind.ACCEPTED
    await here.settle()
    assert changes(here) == [ZoneChanged("Asia/Tokyo")]
    assert_at_rest(here)


async def test_moving_to_and_fro_gives_nobody_a_second_day() -> None:
    """Each move keeps the windows that run, however often it is done."""
    here = world(policy(pictures_per_person_per_day=1))
    await here.made()
    for zone in ("Asia/Tokyo", "America/New_York", "UTC", "Pacific/Apia"):
        here.clock.advance(1)
        await here.studio.change_workspace(DORA, WorkspaceChange(time_zone=zone))
        assert (await here.imagine(f"in {zone}")).kind is ReceiptKind.REFUSED
        await here.settle()


async def test_only_zones_that_still_matter_are_remembered() -> None:
    """A year of moves leaves the last ones."""
    here = world()
    for zone in ("Asia/Tokyo", "UTC", "Europe/Berlin"):
        here.clock.advance(timedelta(days=90).total_seconds())
        await here.studio.change_workspace(DORA, WorkspaceChange(time_zone=zone))
    former = here.shelves.workspaces[WORKSPACE].former_zones
    assert [one.time_zone for one in former] == ["Asia/Tokyo", "UTC"]


async def test_saying_what_is_so_already_leaves_no_line() -> None:
    """The same zone, the same openness, the same admins: nothing was changed."""
    here = world()
    wish = WorkspaceChange(time_zone="Asia/Tokyo", is_open_to_all=True, named_admins=(ANN.id,))
    for _ in range(2):
        await here.studio.change_workspace(DORA, wish)
    assert len(changes(here)) == 3


async def test_every_change_is_told_in_the_settings() -> None:
    """The last ones, newest first, with the names that people go by."""
    here = world()
    await seen(here, ANN, DORA)
    await here.studio.set_allowance(DORA, ANNS, Metric.MICROS, Period.WEEK, 3_000_000)
    await here.studio.set_allowance(DORA, ANNS, Metric.MICROS, Period.WEEK, None)
    await here.studio.grant(DORA, ANNS, Metric.PICTURES, 1)
    wish = WorkspaceChange(time_zone="Asia/Tokyo", is_open_to_all=True, named_admins=(ANN.id,))
    await here.studio.change_workspace(DORA, wish)
    lines = [line.text for line in (await asked(here, "settings", by=DORA)).lines]
    told = [line.partition("Dora: ")[2] for line in lines[lines.index("Last changes") + 1 :]]
    assert told == [
        "Ann named as an admin",
        sentence("settings_open", "en"),
        "Time zone: Asia/Tokyo",
        "1 picture more for Ann, for the time being",
        "limit for Ann removed",
        "limit for Ann set to $3.00 a week",
    ]


async def test_settings_are_read_before_anybody_was_here() -> None:
    """The operator's zone, closed, nobody known."""
    settings = await world(policy(time_zone="Asia/Tokyo")).studio.workspace_settings(WorkspaceId("slack:T1"))
    assert (settings.time_zone, settings.is_open_to_all, settings.admins) == ("Asia/Tokyo", False, ())


@pytest.mark.parametrize(
    "code", ["admins_only", "not_your_scope", "bad_amount", "nothing_to_grant", "bad_time_zone", "bad_admins"]
)
def test_every_refusal_can_be_said(code: str) -> None:
    """Adapters say refusals by their code."""
    assert has_sentence(code)


async def test_an_admin_who_was_seen_today_stays_first() -> None:
    """Named ones stand before the platform's own, each group by who was here last."""
    here = world()
    await seen(here, EMIL)
    here.clock.advance(60)
    await seen(here, DORA, ANN)
    await here.studio.change_workspace(DORA, WorkspaceChange(named_admins=(ANN.id, BEN.id)))
    admins = (await here.studio.workspace_settings(WORKSPACE)).admins
    assert [(one.name, one.is_named) for one in admins] == [
        ("Ann", True),
        ("", True),
        ("Dora", False),
        ("Emil", False),
    ]


async def _views(of: World, scope: Scope) -> list[AllowanceView]:
    """The scope's allowances as an admin sees them."""
    found = await of.studio.allowances(DORA, [scope])
    assert isinstance(found, list)
    return found
