"""A person's page on Slack, and what admins decide there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.form_values import FieldProblem
from adapters.slack.home_view import HomePage, home_view
from adapters.slack.memory import FileState, KeptFile
from adapters.slack.modals_admin import AllowanceWish, allowance_form, read_allowance
from adapters.slack.refs import actor_id, workspace_id
from core.app.errors import StorageUnavailable
from core.app.inbound import InboundKind
from core.app.ports import DIRECT
from core.app.records import GalleryItem, PictureRecord
from core.app.views import AdminView, WorkspaceSettings
from core.domain.generation import OutputFormat, Size
from core.domain.ids import ActorId, BlobKey, ChannelRef, Letter, ThreadId, ThreadRef, TurnId, WorkspaceId
from core.domain.periods import Period
from core.domain.quota import Metric, Scope, ScopeKind
from tests.adapters.slack.slack_ears import Ears, open_ears

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack
    from tests.fakes.slack_server.things import View

ACME = WorkspaceId("slack:T1")


def item(number: int, text: str = "a fox") -> GalleryItem:
    """A finished picture."""
    blob = BlobKey(f"{ACME}/{number}")
    return GalleryItem(
        thread=ThreadId(str(number)),
        thread_ref=ThreadRef("1700000000.000100"),
        channel=ChannelRef("C1"),
        turn=TurnId(f"turn{number}"),
        revision=number,
        letter=Letter("a"),
        picture=PictureRecord(blob, ACME, OutputFormat.PNG, Size(1024, 1024), 10),
        text=text,
        actor=ActorId("slack:T1:U1"),
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def page(**others: Any) -> HomePage:  # noqa: ANN401 - fields of HomePage
    """A page with nothing on it."""
    given: dict[str, Any] = {
        "locale": "en",
        "zone": ZoneInfo("UTC"),
        "quota": (),
        "recent": (),
        "files": {},
        "links": {},
    }
    return HomePage(**(given | others))


def test_the_latest_pictures_lead_to_their_threads() -> None:
    """With the picture itself where Slack has it, and its thread as an address."""
    thread = (ChannelRef("C1"), ThreadRef("1700000000.000100"))
    links = {thread: "https://a.slack.com/archives/C1/p1700000000000100"}
    shown = str(home_view(page(recent=[item(1)], files={BlobKey(f"{ACME}/1"): "F0001AAAA"}, links=links)))
    assert "F0001AAAA" in shown
    assert links[thread] in shown


def test_a_thread_that_slack_does_not_know_has_no_button() -> None:
    """One that leads nowhere would be worse."""
    shown = str(home_view(page(recent=[item(1)])))
    assert "a fox" in shown
    assert "home:thread" not in shown


def test_a_page_never_has_more_than_slack_takes() -> None:
    """A hundred blocks, texts of three thousand characters, whatever people wrote."""
    settings = WorkspaceSettings(
        ACME,
        "UTC",
        is_open_to_all=True,
        admins=tuple(AdminView(ActorId(str(at)), "x" * 250, is_named=True) for at in range(40)),
    )
    blocks = home_view(page(recent=[item(at, "w" * 30_000) for at in range(60)], settings=settings))["blocks"]
    assert len(blocks) <= 100
    assert all(len(block["text"]["text"]) <= 3000 for block in blocks if block["type"] == "section")


def test_half_a_character_does_not_stop_a_page() -> None:
    """Nor does a name between colons become a picture of it: what was asked is shown as typed."""
    blocks = home_view(page(recent=[item(1, "a fox \ud83d :fire:")], files={BlobKey(f"{ACME}/1"): "F1"}))
    assert ":fire:" in json.dumps(blocks)
    json.dumps(blocks, ensure_ascii=False).encode()
    assert not any(block["text"]["emoji"] for block in blocks["blocks"] if block["type"] == "section")


def test_without_user_groups_nobody_can_choose_one() -> None:
    """The field to choose it from would not be there, nor a place to say that it is missing."""
    assert "role" not in json.dumps(allowance_form("en", {}, is_grant=False))
    assert "role" in json.dumps(allowance_form("en", {"S1": "designers"}, is_grant=False))


# --- on Slack -----------------------------------------------------------------------------------------------


@pytest.fixture
async def ears(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over HTTP, with a token of the usual workspace."""
    async with open_ears(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token) as hearing:
        yield hearing


async def home(ears: Ears, user: str) -> View:
    """The page as it comes up."""
    for delivery in await ears.slack.open_home(user):
        assert delivery.is_in_time
    await ears.slack.until(lambda: ears.slack.home(user) is not None)
    found = ears.slack.home(user)
    assert found is not None
    return found


async def test_a_person_sees_what_is_left_and_an_admin_more(ears: Ears, studio: Studio) -> None:
    """In their language; only admins have buttons to decide."""
    for_bob = str((await home(ears, studio.bob.id)).content)
    assert "剩余额度" in for_bob
    assert "home:allowance" not in for_bob
    assert "home:allowance" in str((await home(ears, studio.ada.id)).content)


async def test_a_page_that_another_process_changed_is_shown_all_the_same(ears: Ears, studio: Studio) -> None:
    """The newest wins."""
    await home(ears, studio.ada.id)
    ears.slack.fail("views.publish", "hash_conflict")
    before = len(ears.slack.calls_of("views.publish"))
    await ears.slack.open_home(studio.ada.id)
    await ears.slack.until(lambda: len(ears.slack.calls_of("views.publish")) == before + 2)


async def test_a_picture_that_slack_has_no_more_does_not_take_the_page_away(
    ears: Ears, studio: Studio
) -> None:
    """Somebody deleted the file on Slack: the page comes without pictures rather than not at all."""
    here = workspace_id(studio.team.id)
    fox = replace(item(1, "a fox"), actor=actor_id(here, studio.ada.id))
    ears.desk.items.append(fox)
    gone = KeptFile("F0GONE0001", FileState.READY)
    await ears.parts.outlet.store.keep_file(here, "key-1", fox.picture.blob, gone)
    shown = str((await home(ears, studio.ada.id)).content)
    assert "a fox" in shown
    assert gone.file_id not in shown


async def opened(ears: Ears, user: str, button: str) -> View:
    """The form behind a button of an admin's page."""
    delivery = await ears.slack.press_in(await home(ears, user), button)
    assert delivery.is_in_time
    found: list[View] = await ears.slack.until(lambda: ears.slack.forms(user))
    return found[-1]


def chosen(value: str) -> dict[str, Any]:
    """An entry chosen from a list."""
    return {"selected_option": {"value": value}}


async def test_an_admin_sets_a_limit_for_a_person(ears: Ears, studio: Studio) -> None:
    """Dollars become micro-dollars, and the form shows what holds now."""
    view = await opened(ears, studio.ada.id, "home:allowance")
    values = {
        "for": chosen("actor"),
        "person": {"selected_user": studio.bob.id},
        "metric": chosen("micros"),
        "period": chosen("week"),
        "amount": {"value": "12,50"},
    }
    delivery = await ears.slack.submit(view, values)
    workspace = workspace_id(studio.team.id)
    scope = Scope(ScopeKind.ACTOR, actor_id(workspace, studio.bob.id))
    assert ears.desk.set_amounts == {(scope, Metric.MICROS, Period.WEEK): 12_500_000}
    assert delivery.answer is not None
    assert delivery.answer["response_action"] == "update"
    assert "$12.50" in str(delivery.answer)


async def test_an_admin_gives_a_user_group_more_for_today(ears: Ears, studio: Studio) -> None:
    """The groups to choose from are Slack's."""
    group = ears.slack.world.add_group(studio.team.id, "designers", (studio.bob.id,))
    view = await opened(ears, studio.ada.id, "home:grant")
    assert "designers" in str(view.content).lower()
    values = {
        "for": chosen("role"),
        "group": chosen(group.id),
        "metric": chosen("pictures"),
        "amount": {"value": "5"},
    }
    await ears.slack.submit(view, values)
    scope = Scope(ScopeKind.ROLE, f"{workspace_id(studio.team.id)}/{group.id}")
    assert ears.desk.extras == {(scope, Metric.PICTURES): 5}


async def test_a_form_says_at_its_field_what_is_missing(ears: Ears, studio: Studio) -> None:
    """A person was to be chosen, and none was."""
    view = await opened(ears, studio.ada.id, "home:allowance")
    delivery = await ears.slack.submit(view, {"for": chosen("actor"), "amount": {"value": "5"}})
    assert delivery.answer == {"response_action": "errors", "errors": {"person": "Choose a person."}}
    assert ears.desk.set_amounts == {}


async def test_a_form_that_cannot_be_carried_out_stays_open(ears: Ears, studio: Studio) -> None:
    """With what was typed, to be sent once more."""
    view = await opened(ears, studio.ada.id, "home:grant")
    ears.desk.grant = _broken  # type: ignore[method-assign, assignment]  # a database that is down
    values = {"metric": chosen("pictures"), "amount": {"value": "5"}}
    delivery = await ears.slack.submit(view, values)
    assert delivery.answer is not None
    assert "try again" in delivery.answer["errors"]["amount"]
    assert view.is_open


async def test_an_admin_changes_the_settings(ears: Ears, studio: Studio) -> None:
    """Zone, whose buttons may be pressed, and who else decides."""
    view = await opened(ears, studio.ada.id, "home:settings")
    values = {
        "zone": {"value": "Asia/Tokyo"},
        "is_open": {"selected_options": [{"value": "yes"}]},
        "admins": {"selected_users": [studio.bob.id]},
    }
    assert (await ears.slack.submit(view, values)).is_in_time
    settings = await ears.desk.workspace_settings(workspace_id(studio.team.id))
    assert (settings.time_zone, settings.is_open_to_all) == ("Asia/Tokyo", True)
    assert [one.actor for one in settings.admins] == [actor_id(workspace_id(studio.team.id), studio.bob.id)]


async def test_who_spent_what_comes_as_a_direct_message(ears: Ears, studio: Studio) -> None:
    """The same as saying it."""
    await ears.slack.press_in(await home(ears, studio.ada.id), "home:usage")
    await ears.slack.until(lambda: ears.desk.inbounds)
    assert (ears.last.kind, ears.last.text, ears.last.channel) == (InboundKind.SERVICE, "usage", DIRECT)


async def test_who_is_no_admin_any_more_is_told(ears: Ears, studio: Studio) -> None:
    """The page may be old; the core decides each time."""
    page_of_ada = await home(ears, studio.ada.id)
    ears.desk.is_admin = _nobody  # type: ignore[method-assign, assignment]  # a fake that changes its mind
    await ears.slack.press_in(page_of_ada, "home:settings")
    forms: list[View] = await ears.slack.until(lambda: ears.slack.forms(studio.ada.id))
    assert "Only admins" in str(forms[-1].content)


async def _broken(*_arguments: object) -> None:
    msg = "down"
    raise StorageUnavailable(msg)


async def _nobody(_person: object) -> bool:
    return False


# --- amounts ------------------------------------------------------------------------------------------------


def form(typed: str, metric: str, callback_id: str = "home:allowance") -> dict[str, Any]:
    """A sent form for everybody together."""
    values = {"metric": {"metric": chosen(metric)}, "amount": {"amount": {"value": typed}}}
    return {"callback_id": callback_id, "state": {"values": values}}


@pytest.mark.parametrize(
    ("typed", "metric", "amount"),
    [
        ("20", "pictures", 20),
        ("0", "pictures", 0),
        ("$2.50", "micros", 2_500_000),
        ("0.000001", "micros", 1),
        ("", "pictures", None),
    ],
)
def test_amounts_are_whole_pictures_or_micro_dollars(typed: str, metric: str, amount: int | None) -> None:
    """Nothing left in the field takes the limit away."""
    wish = read_allowance(form(typed, metric), ACME)
    assert isinstance(wish, AllowanceWish)
    assert (wish.amount, wish.scope) == (amount, Scope(ScopeKind.WORKSPACE, ACME))


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "NaN", "Infinity", "1e99"])
def test_what_is_no_amount_is_said_at_its_field(typed: str) -> None:
    """Half a picture, a debt, or a word."""
    assert read_allowance(form(typed, "pictures"), ACME) == FieldProblem("amount", "form_bad_amount")


@pytest.mark.parametrize("typed", ["1,000", "1.000", "$1,000", "12,000", "1,000.50"])
@pytest.mark.parametrize("metric", ["pictures", "micros"])
def test_a_thousand_is_not_taken_for_one(typed: str, metric: str) -> None:
    """Half of the world writes 1,000 for a thousand and the other half for one: it is asked for again."""
    assert read_allowance(form(typed, metric), ACME) == FieldProblem("amount", "form_bad_amount")


def test_more_for_today_needs_a_number() -> None:
    """Nothing is not more."""
    problem = read_allowance(form("", "pictures", "home:grant"), ACME)
    assert problem == FieldProblem("amount", "form_bad_amount")
