"""From a command in Slack to a picture to edits of it; only Slack and the engine are stand-ins."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from tests.adapters.slack.slack_road import Road, open_road, picture_of, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack
    from tests.fakes.slack_server.things import View

EDITS = ("stormy", "at night", "with a red umbrella", "from above", "in fog", "in snow", "older", "wider",
         "with gulls", "calm again")  # fmt: skip


@pytest.fixture(params=["socket", pytest.param("http", marks=pytest.mark.chaos)])
async def road(
    request: pytest.FixtureRequest, slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str
) -> AsyncIterator[Road]:
    """The program over sockets, with the manifest's scopes; the long runs take every road over HTTP too."""
    slack.world.tokens[studio.team.bot_token].scopes = frozenset({*SCOPES, *OPTIONAL_SCOPES})
    app_token = slack.app_token if request.param == "socket" else None
    settings = settings_for(
        slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token, slack_app_token=app_token
    )
    async with open_road(slack, settings) as running:
        yield running


def png(shade: int) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("road", "edits"),
    [("socket", 10), ("http", 3), pytest.param("http", 10, marks=pytest.mark.chaos)],
    indirect=["road"],
)
async def test_replies_are_edits_of_the_last_picture(road: Road, studio: Studio, edits: int) -> None:
    """Each edit starts from exactly the bytes that people saw last, and costs few calls."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse at dusk")
    last = picture_of(root)
    for number, words in enumerate(EDITS[:edits], start=1):
        seen = await road.reply(ada, here, root.ts, f"make it {words}")
        (base, *references) = road.engine.calls[number].inputs
        assert (base.content, references) == (last, [])
        last = picture_of(seen)
    assert len(road.engine.calls) == edits + 1
    # A post that arrives a moment early on a busy machine is refused with a 429, and made again as told.
    made = [call.method for call in road.slack.calls if call.status != RATE_LIMITED]
    calls = Counter(method for method in made if method not in NOT_OF_A_PICTURE)
    status = sum(calls.pop(method, 0) for method in STATUS)
    # Placeholder, address, bytes, completion, readiness, result; a look may come before a file is ready.
    assert calls["chat.update"] == calls["chat.postMessage"] == edits + 1, calls
    assert calls.total() <= 6 * (edits + 1) + 2, calls
    assert status <= 2 * edits
    assert road.slack.ratelimited == 0


RATE_LIMITED = 429
NOT_OF_A_PICTURE = {"auth.test", "apps.connections.open", "users.info", "usergroups.list"}
"""Calls that are made once, whatever the number of pictures."""

STATUS = {"agents.sessions.setStatus", "assistant.threads.setStatus"}
"""Progress, which has limits of its own and is left out when there is no room."""


async def test_words_and_buttons_move_through_the_versions(road: Road, studio: Studio) -> None:
    """Undo, a branch, one of two, final: by saying it and by pressing it."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse -n 2")
    assert len(root.pictures) == 2
    await road.slack.press(ada, here, root.ts, "Use b")
    await road.until(lambda: "v1b" in road.told(here, root.ts, ada))
    second = await road.reply(ada, here, root.ts, "make it stormy")
    assert road.engine.calls[1].inputs[0].content == root.pictures[1].content

    await road.slack.press(ada, here, second.ts, "Undo")
    await road.until(lambda: road.told(here, root.ts, ada).count("goes on from v1b") == 2)
    third = await road.reply(ada, here, root.ts, "v2: make it snow")
    assert road.engine.calls[2].inputs[0].content == picture_of(second)

    await road.slack.message(ada, here, "undo", thread_ts=root.ts)
    await road.until(lambda: road.told(here, root.ts, ada).count("goes on from v1b") == 3)
    known = len(road.results(here, root.ts))
    await road.slack.press(ada, here, third.ts, "Final")
    await road.until(lambda: len(road.results(here, root.ts)) == known + 1)
    assert road.engine.calls[3].inputs[0].content == picture_of(third)


async def test_a_running_picture_is_cancelled_by_word_and_by_button(road: Road, studio: Studio) -> None:
    """The button stands on the placeholder."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse")
    gate = road.engine.hold()
    await road.slack.message(ada, here, "make it stormy", thread_ts=root.ts)
    await road.until(lambda: len(road.engine.calls) == 2)
    await road.slack.message(ada, here, "make it snow", thread_ts=root.ts)
    await road.slack.message(ada, here, "cancel", thread_ts=root.ts)
    await road.until(lambda: "Cancel" in road.told(here, root.ts, ada))
    gate.set()
    road.engine.gate = None
    await road.until(lambda: "Cancelled" in road.told(here, root.ts, ada))
    assert len(road.engine.calls) == 2, "what waited was dropped"


async def test_slacks_own_stop_cancels(road: Road, studio: Studio) -> None:
    """Where the workspace has agent sessions, Stop is the same as saying "cancel"."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse")
    gate = road.engine.hold()
    await road.slack.message(ada, here, "make it stormy", thread_ts=root.ts)
    await road.until(lambda: len(road.engine.calls) == 2)
    sessions = road.slack.world.channel(here).sessions
    await road.until(lambda: sessions.get(root.ts, {}).get("status") == "processing")
    await road.slack.stop_session(ada, here, root.ts)
    await road.until(lambda: "Cancelling" in road.told(here, root.ts, ada))
    gate.set()
    road.engine.gate = None
    await road.until(lambda: "Cancelled" in road.told(here, root.ts, ada))
    await road.until(lambda: sessions[root.ts]["status"] != "processing")


async def test_a_form_with_three_references_makes_a_picture(road: Road, studio: Studio) -> None:
    """Fields and files arrive at the engine."""
    here, ada = studio.here.id, studio.ada.id
    await road.slack.slash(ada, here, "/imagine")
    (view,) = await road.until(lambda: road.slack.forms(ada))
    files = [road.slack.add_file(ada, f"{at}.png", png(at)) for at in range(3)]
    ratio = {"selected_option": {"value": "16:9"}}
    await road.slack.submit(view, {"words": {"value": "a fox"}, "files": {"files": files}, "ratio": ratio})
    await road.until(lambda: [one for one in road.slack.channel_view(here) if one.pictures])
    (call,) = road.engine.calls
    assert len(call.inputs) == 3
    assert call.plan.size.width > call.plan.size.height


async def test_a_form_behind_a_button_edits_that_version(road: Road, studio: Studio) -> None:
    """Not the last one, when an older picture's button was pressed."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse")
    await road.reply(ada, here, root.ts, "make it stormy")
    await road.slack.press(ada, here, root.ts, "Edit…")
    (view,) = await road.until(lambda: road.slack.forms(ada))
    await road.slack.submit(view, {"words": {"value": "make it snow"}})
    await road.until(lambda: len(road.results(here, root.ts)) == 3)
    assert road.engine.calls[2].inputs[0].content == picture_of(root)


async def test_somebody_elses_picture_is_where_a_new_one_starts(road: Road, studio: Studio) -> None:
    """By the menu of their message; Slack is asked for the file when it is needed."""
    here, ada, bob = studio.here.id, studio.ada.id, studio.bob.id
    file = road.slack.add_file(bob, "cat.png", png(7), mimetype="image/png")
    said = await road.slack.message(bob, here, "my cat", files=[file])
    await road.slack.shortcut_on(ada, here, said.ts, "edit_this_picture")
    views: list[View] = await road.until(lambda: road.slack.forms(ada))
    await road.slack.submit(views[0], {"words": {"value": "with a hat"}})
    await road.until(lambda: road.engine.calls)
    (call,) = road.engine.calls
    assert len(call.inputs) == 1


async def test_a_persons_page_leads_to_what_they_made(road: Road, studio: Studio) -> None:
    """What is left, the picture itself, its thread; and who spent what, as a direct message with a chart."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse at dusk")
    await road.slack.open_home(ada)
    await road.until(lambda: road.slack.home(ada) is not None)
    page = road.slack.home(ada)
    assert page is not None
    assert root.pictures[0].file in str(page.content)
    assert f"/archives/{here}/p{root.ts.replace('.', '')}" in str(page.content)
    await road.slack.press_in(page, "home:usage")
    direct = road.slack.world.im_with(studio.team.id, ada).id
    await road.until(lambda: [one for one in road.slack.channel_view(direct) if one.pictures])


async def test_words_about_the_bot_are_answered_to_their_person_alone(road: Road, studio: Studio) -> None:
    """`/inkthread quota` in a channel whispers."""
    here, bob = studio.here.id, studio.bob.id
    await road.slack.slash(bob, here, "/inkthread", "quota")
    (answer,) = await road.until(lambda: road.slack.whispers(here, bob))
    assert "10000" in answer.text
    assert road.slack.channel_view(here) == []


async def test_words_that_were_changed_before_their_turn_are_the_new_ones(road: Road, studio: Studio) -> None:
    """What waits takes them over; what was taken back is not made."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse")
    gate = road.engine.hold()
    await road.slack.message(ada, here, "make it stormy", thread_ts=root.ts)
    await road.until(lambda: len(road.engine.calls) == 2)
    changed = await road.slack.message(ada, here, "make it snow", thread_ts=root.ts)
    dropped = await road.slack.message(ada, here, "make it purple", thread_ts=root.ts)
    await road.slack.edit_message(changed.message, "make it rain")
    await road.slack.delete_message(dropped.message)
    gate.set()
    road.engine.gate = None
    await road.until(lambda: len(road.results(here, root.ts)) == 3)
    await road.rest(here, root.ts)
    assert len(road.engine.calls) == 3
    assert "make it rain" in road.engine.calls[2].plan.prompt
