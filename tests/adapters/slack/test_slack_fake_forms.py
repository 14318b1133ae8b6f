"""The fake's forms, home tabs and response_urls keep Slack's rules, and people fill them in as they would."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_raw import Json, Raw, button, png, words
from tests.fakes.clock import FakeClock
from tests.fakes.slack_server import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server.things import View


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _field(name: str, element: Json, **more: object) -> Json:
    return {"type": "input", "block_id": name, "label": _plain(name), "element": element, **more}


SIZES = [{"text": _plain(size), "value": size} for size in ("1k", "2k")]

FORM: Json = {
    "type": "modal",
    "callback_id": "new",
    "title": _plain("New picture"),
    "submit": _plain("Paint"),
    "blocks": [
        _field("words", {"type": "plain_text_input", "action_id": "words", "max_length": 20}),
        _field(
            "size",
            {"type": "static_select", "action_id": "size", "options": SIZES, "initial_option": SIZES[1]},
        ),
        _field("files", {"type": "file_input", "action_id": "files", "max_files": 2}, optional=True),
        _field(
            "place",
            {"type": "conversations_select", "action_id": "place", "response_url_enabled": True},
            optional=True,
        ),
    ],
}


def _trigger(slack: FakeSlack, studio: Studio) -> str:
    return slack.world.new_trigger(studio.team.id, studio.ada.id)


async def _open(slack: FakeSlack, raw: Raw, studio: Studio, **more: object) -> View:
    answer = await raw("views.open", trigger_id=_trigger(slack, studio), view={**FORM, **more})
    assert answer.error == "ok", answer.body
    return slack.world.views[answer["view"]["id"]]


@pytest.fixture
def clock() -> FakeClock:
    """Time that a test moves."""
    return FakeClock()


@pytest.fixture
async def slack(clock: FakeClock) -> AsyncIterator[FakeSlack]:
    """A fake Slack on that clock, to whose app nobody listens."""
    async with FakeSlack(clock=clock) as fake:
        fake.office.ack_limit_s = 0.0
        fake.office.retry_gaps_s = ()
        yield fake
        assert fake.crashes == []


async def test_a_trigger_opens_one_form_within_three_seconds(
    slack: FakeSlack, clock: FakeClock, raw: Raw, studio: Studio
) -> None:
    """Used, old, made up and another workspace's triggers are refused."""
    trigger = _trigger(slack, studio)
    assert (await raw("views.open", trigger_id=trigger, view=FORM)).error == "ok"
    assert (await raw("views.open", trigger_id=trigger, view=FORM)).error == "exchanged_trigger_id"
    trigger = _trigger(slack, studio)
    clock.advance(3)
    assert (await raw("views.open", trigger_id=trigger, view=FORM)).error == "expired_trigger_id"
    assert (await raw("views.open", trigger_id="1.2.3", view=FORM)).error == "invalid_trigger_id"
    other = slack.world.new_trigger(slack.world.add_team().id, "U404")
    assert (await raw("views.open", trigger_id=other, view=FORM)).error == "invalid_trigger_id"


async def test_a_wrong_form_is_refused_and_the_trigger_is_kept(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """The problems are told as invalid arguments; a form too large has its own code."""
    trigger = _trigger(slack, studio)
    wrong = await raw("views.open", trigger_id=trigger, view={**FORM, "title": _plain("x" * 25)})
    assert wrong["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    large = {**FORM, "blocks": [words("x" * 2990)] * 90}
    assert (await raw("views.open", trigger_id=trigger, view=large)).error == "view_too_large"
    assert (await raw("views.open", trigger_id=trigger, view={"type": "home", "blocks": []})).error == (
        "invalid_arguments"
    )
    assert (await raw("views.open", trigger_id=trigger)).error == "invalid_arguments"
    assert (await raw("views.open", trigger_id=trigger, view=FORM)).error == "ok"


async def test_forms_stand_on_each_other_three_high(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Pushing needs an open form, and stops at three."""

    async def push() -> str:
        return (await raw("views.push", trigger_id=_trigger(slack, studio), view=FORM)).error

    assert await push() == "not_found"
    await _open(slack, raw, studio)
    assert [await push(), await push(), await push()] == ["ok", "ok", "push_limit_reached"]
    lowest, middle, top = slack.forms(studio.ada.id)
    assert (middle.root, middle.previous, top.previous) == (lowest.id, lowest.id, middle.id)


async def test_an_update_needs_the_newest_hash(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """A hash from before another update is a conflict; an external id is unique and finds the form."""
    form = await _open(slack, raw, studio, external_id="one")
    seen = form.hash
    assert (await raw("views.update", view_id=form.id, hash=seen, view=FORM)).error == "ok"
    assert (await raw("views.update", view_id=form.id, hash=seen, view=FORM)).error == "hash_conflict"
    assert (await raw("views.update", view_id="V404", view=FORM)).error == "not_found"
    form = await _open(slack, raw, studio, external_id="two")
    assert (await raw("views.update", external_id="two", view={**FORM, "external_id": "two"})).error == "ok"
    taken = await raw("views.push", trigger_id=_trigger(slack, studio), view={**FORM, "external_id": "two"})
    assert taken.error == "duplicate_external_id"
    await slack.close_form(form)
    assert (await raw("views.update", view_id=form.id, view=FORM)).error == "not_found"


async def test_a_home_tab_is_published_for_a_person(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """A new one, a newer one, a conflict, and nobody."""
    home = {"type": "home", "blocks": [words("Welcome")]}
    first = await raw("views.publish", user_id=studio.ada.id, view=home)
    assert first.error == "ok"
    seen = first["view"]["hash"]
    assert (await raw("views.publish", user_id=studio.ada.id, view=home, hash=seen)).error == "ok"
    assert (await raw("views.publish", user_id=studio.ada.id, view=home, hash=seen)).error == "hash_conflict"
    assert (await raw("views.publish", user_id="U404", view=home)).error == "user_not_found"
    assert slack.home(studio.bob.id) is None
    told = await slack.open_home(studio.ada.id)
    assert told[0].event["view"]["blocks"][0]["text"]["text"] == "Welcome"


async def test_a_form_is_sent_with_what_stands_in_it(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Typed, chosen before, files and places: each field's state in Slack's shape, and a place to answer."""
    form = await _open(slack, raw, studio)
    file = slack.add_file(studio.ada.id, "a.png", png())
    values: dict[str, Json] = {
        "words": {"value": "a boat"},
        "files": {"files": [file]},
        "place": {"selected_conversation": studio.here.id},
    }
    payload = (await slack.submit(form, values)).payload
    state = payload["view"]["state"]["values"]
    assert state["words"] == {"words": {"type": "plain_text_input", "value": "a boat"}}
    assert state["size"]["size"]["selected_option"]["value"] == "2k"
    assert [each["id"] for each in state["files"]["files"]["files"]] == [file]
    (place,) = payload["response_urls"]
    assert (place["channel_id"], place["action_id"]) == (studio.here.id, "place")
    assert place["response_url"].startswith(slack.origin)


HELD_BACK: tuple[dict[str, Json], ...] = (
    {},
    {"words": {"value": "x" * 21}},
    {"words": {"value": "a boat"}, "files": {"files": ["one", "two", "three"]}},
    {"words": {"value": "a boat"}, "files": {"files": ["large"]}},
    {"wards": {"value": "a boat"}},
)


@pytest.mark.parametrize("values", HELD_BACK)
async def test_slacks_client_holds_a_form_back(
    slack: FakeSlack, raw: Raw, studio: Studio, values: dict[str, Json]
) -> None:
    """Empty, too long, too many files, a file over 10 MB, no such field: a person cannot send it."""
    form = await _open(slack, raw, studio)
    files = {name: slack.add_file(studio.ada.id, f"{name}.png", png()) for name in ("one", "two", "three")}
    files["large"] = slack.add_file(studio.ada.id, "large.png", bytes(10 * 1024 * 1024 + 1))
    told = {
        name: {"files": [files[each] for each in state["files"]]} if "files" in state else state
        for name, state in values.items()
    }
    with pytest.raises(AssertionError):
        await slack.submit(form, told)


# --- response_url ------------------------------------------------------------------------------------


async def _respond(raw: Raw, url: str, **body: object) -> tuple[int, str]:
    async with raw.http.post(url, json=body) as response:
        return response.status, await response.text()


async def _command(slack: FakeSlack, studio: Studio) -> str:
    delivery = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    assert delivery.shown == "/imagine failed with the error “operation_timeout”"
    return str(delivery.payload["response_url"])


async def test_a_response_url_is_good_five_times(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """To one person or to all, in turn; the sixth time it is gone."""
    url = await _command(slack, studio)
    for number in range(4):
        assert (await _respond(raw, url, text=f"{number}"))[0] == 200
    assert (await _respond(raw, url, text="all", response_type="in_channel"))[0] == 200
    status, body = await _respond(raw, url, text="no")
    assert (status, "used_url" in body) == (404, True)
    assert [seen.text for seen in slack.whispers(studio.here.id, studio.ada.id)] == ["0", "1", "2", "3"]
    assert [seen.text for seen in slack.channel_view(studio.here.id)] == ["all"]


async def test_a_response_url_is_good_for_half_an_hour(
    slack: FakeSlack, clock: FakeClock, raw: Raw, studio: Studio
) -> None:
    """After that it has expired; a made-up one never was; blocks are judged there too."""
    url = await _command(slack, studio)
    assert (await _respond(raw, url, blocks=[{"type": "image"}]))[1].startswith('{"ok": false, "error": "inv')
    assert (await _respond(raw, url))[0] == 400
    clock.advance(1800)
    assert (await _respond(raw, url, text="late"))[0] == 404
    assert (await _respond(raw, url + "x", text="made up"))[0] == 404


async def test_a_press_can_be_answered_in_place(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """The pressed message is replaced or deleted through its response_url, whispers included."""
    whisper = {"channel": studio.here.id, "user": studio.ada.id, "text": "Sure?"}
    block = {"type": "actions", "elements": [button()]}
    await raw("chat.postEphemeral", **whisper, blocks=[block])
    (seen,) = slack.whispers(studio.here.id, studio.ada.id)
    press = await slack.press(studio.ada.id, studio.here.id, seen.ts, "Again")
    assert press.payload["container"]["is_ephemeral"]
    assert "message" not in press.payload
    url = press.payload["response_url"]
    assert (await _respond(raw, url, text="Done", replace_original=True))[0] == 200
    assert slack.whispers(studio.here.id, studio.ada.id)[0].text == "Done"
    assert (await _respond(raw, url, delete_original=True))[0] == 200
    assert slack.whispers(studio.here.id, studio.ada.id) == []
    assert (await _respond(raw, url, delete_original=True))[0] == 404


async def test_only_those_press_who_see_the_button(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """A button for one person is not there for another, and a label that is nowhere cannot be pressed."""
    mine = button(visible_to_user_ids=[studio.ada.id])
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": _plain("Why"), "value": "why"}, {"text": _plain("Hide"), "value": "hide"}],
    }
    blocks = [{"type": "actions", "elements": [mine, menu]}]
    ts = (await raw("chat.postMessage", channel=studio.here.id, text="x", blocks=blocks))["ts"]
    with pytest.raises(AssertionError):
        await slack.press(studio.bob.id, studio.here.id, ts, "Again")
    chosen = await slack.press(studio.bob.id, studio.here.id, ts, "Hide")
    (action,) = chosen.payload["actions"]
    assert (action["action_id"], action["selected_option"]["value"]) == ("more", "hide")
    assert (await slack.press(studio.ada.id, studio.here.id, ts, "Again")).payload["message"]["ts"] == ts


async def test_a_call_can_be_held_while_the_world_goes_on(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """A held call waits until it is let go; nothing else does."""
    slack.hold("chat.update")
    ts = (await raw("chat.postMessage", channel=studio.here.id, text="x"))["ts"]
    late = asyncio.create_task(raw("chat.update", channel=studio.here.id, ts=ts, text="y"))
    await slack.until(lambda: slack.calls_of("chat.update"))
    assert slack.channel_view(studio.here.id)[0].text == "x"
    slack.let_go("chat.update")
    assert (await late).error == "ok"
    assert slack.channel_view(studio.here.id)[0].text == "y"
