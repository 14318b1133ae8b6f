"""What people ask of the bot itself on Slack, from the word to the answer; and what admins decide there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Pillow

from adapters.slack.refs import actor_id, workspace_id
from tests.adapters.slack.slack_road import Road, open_road, picture_of, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack, Seen


@pytest.fixture
async def road(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Road]:
    """The program over HTTP."""
    settings = settings_for(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token)
    async with open_road(slack, settings) as running:
        yield running


async def answered(road: Road, user: str, channel: str, words: str) -> Seen:
    """The answer to `/inkthread …` in a channel, which that person alone sees."""
    known = len(road.slack.whispers(channel, user))
    delivery = await road.slack.slash(user, channel, "/inkthread", words)
    assert delivery.is_in_time
    whispers = await road.until(lambda: road.slack.whispers(channel, user)[known:])
    return whispers[0]


async def test_words_without_pictures_are_answered_in_place(road: Road, studio: Studio) -> None:
    """What can be said, what is set here, and that something else cannot be asked."""
    here, ada, bob = studio.here.id, studio.ada.id, studio.bob.id
    assert "/imagine" in (await answered(road, ada, here, "")).text
    assert "Time zone: UTC" in (await answered(road, ada, here, "settings")).text
    assert "nonsense" in (await answered(road, ada, here, "nonsense")).text
    assert "你还剩多少" in (await answered(road, bob, here, "额度")).text
    assert road.slack.channel_view(here) == []


async def test_ones_latest_pictures_come_directly(road: Road, studio: Studio) -> None:
    """What has a picture cannot be whispered on Slack, and is nobody else's business."""
    ada = studio.ada.id
    await road.imagine(ada, studio.here.id, "a lighthouse")
    await road.slack.slash(ada, studio.here.id, "/inkthread", "history")
    direct = road.slack.world.im_with(studio.team.id, ada).id
    (sheet,) = await road.until(lambda: [one for one in road.slack.channel_view(direct) if one.pictures])
    assert "a lighthouse" in sheet.text


async def test_who_asks_to_be_forgotten_is_asked_back_and_then_it_goes(road: Road, studio: Studio) -> None:
    """Message, picture and file leave Slack; others keep theirs."""
    here, ada, bob = studio.here.id, studio.ada.id, studio.bob.id
    mine = await road.imagine(ada, here, "a lighthouse")
    other = await road.imagine(bob, here, "a fox")
    asked = await answered(road, ada, here, "forget me")
    assert mine.ts in {one.ts for one in road.slack.channel_view(here)}
    await road.slack.press(ada, here, asked.ts, asked.buttons[0].label)
    await road.until(lambda: mine.ts not in {one.ts for one in road.slack.channel_view(here)})
    assert [one.ts for one in road.slack.channel_view(here)] == [other.ts]
    (file,) = [call.args["file"] for call in road.slack.calls_of("files.delete")]
    assert file == mine.pictures[0].file
    await road.until(lambda: [one for one in road.slack.whispers(here, ada) if "Forgotten." in one.text])
    async with road.parts.surroundings.transactions.read() as connection:
        people = await connection.exec_driver_sql("SELECT actor FROM slack_person")
        seen_alone = await connection.exec_driver_sql("SELECT only_to FROM slack_message WHERE only_to <> ''")
        assert [row.actor for row in people] == [actor_id(workspace_id(studio.team.id), bob)]
        assert [row.only_to for row in seen_alone] == [ada], "the receipt, for a day"


async def test_a_webp_is_shown_as_slack_can_with_the_original_a_click_away(
    road: Road, studio: Studio
) -> None:
    """The message has a jpeg; the button brings the very bytes that the model made, as a file."""
    here, ada = studio.here.id, studio.ada.id
    root = await road.imagine(ada, here, "a lighthouse --format webp")
    assert Pillow.open(io.BytesIO(picture_of(root))).format == "JPEG"
    await road.slack.press(ada, here, root.ts, "Original file")
    files = await road.until(
        lambda: [file for one in road.slack.thread_view(here, root.ts) for file in one.shared]
    )
    assert Pillow.open(io.BytesIO(files[0].content)).format == "WEBP"


def chosen(value: str) -> dict[str, Any]:
    """An entry chosen from a list."""
    return {"selected_option": {"value": value}}


async def test_a_user_groups_allowance_counts_for_its_members_alone(road: Road, studio: Studio) -> None:
    """An admin sets it on their page; the members share it, and who is not in the group goes on."""
    here, ada, bob = studio.here.id, studio.ada.id, studio.bob.id
    group = road.slack.world.add_group(studio.team.id, "designers", (bob,))
    await road.slack.open_home(ada)
    page = await road.until(lambda: road.slack.home(ada))
    assert page is not None
    await road.slack.press_in(page, "home:allowance")
    (view,) = await road.until(lambda: road.slack.forms(ada))
    values = {
        "for": chosen("role"),
        "group": chosen(group.id),
        "metric": chosen("pictures"),
        "period": chosen("day"),
        "amount": {"value": "1"},
    }
    assert "1" in str((await road.slack.submit(view, values)).answer)
    await road.imagine(bob, here, "a fox")
    await road.slack.slash(bob, here, "/imagine", "another fox")
    await road.until(lambda: road.slack.whispers(here, bob))
    assert len(road.engine.calls) == 1
    await road.imagine(ada, here, "a lighthouse")
    await road.imagine(ada, here, "a harbour")
    assert len(road.engine.calls) == 3
