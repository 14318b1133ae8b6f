"""What happens on Slack while a picture is being made: it is kept, and its person learns how to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_road import Road, open_road, settings_for
from tests.fakes.slack_server import Room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack
    from tests.fakes.slack_server.things import Channel

KEPT = "/inkthread history shows it"


@pytest.fixture
async def road(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Road]:
    """The program over HTTP."""
    settings = settings_for(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token)
    async with open_road(slack, settings) as running:
        yield running


@pytest.fixture
def room(slack: FakeSlack, studio: Studio) -> Channel:
    """A private channel with the bot in it."""
    return slack.world.add_channel(studio.team.id, "attic", room=Room.PRIVATE, members=(studio.ada.id,))


def archive(_road: Road, room: Channel) -> None:
    """Close the channel."""
    room.is_archived = True


def remove(road: Road, room: Channel) -> None:
    """Take the bot out of it."""
    road.slack.remove_bot(room.id)


def delete(_road: Road, room: Channel) -> None:
    """Delete the message that a picture is to come in, as admins can."""
    room.messages.pop(max(room.messages))


MISHAPS = pytest.mark.parametrize(
    "happens", [archive, remove, delete], ids=["archived", "removed", "deleted"]
)


@MISHAPS
async def test_who_asked_by_a_command_is_told_by_its_answer(
    road: Road, studio: Studio, room: Channel, happens: Callable[[Road, Channel], None]
) -> None:
    """The picture is paid for and kept; the person alone sees it in a message of their own."""
    ada = studio.ada.id
    gate = road.engine.hold()
    await road.slack.slash(ada, room.id, "/imagine", "a fox")
    await road.until(lambda: road.engine.calls)
    happens(road, room)
    gate.set()
    await road.until(lambda: [one for one in road.slack.whispers(room.id, ada) if KEPT in one.text])
    assert await road.used(ada, room.id, studio.team.id) == [(1, 0), (0, 0)]


@pytest.mark.parametrize("happens", [archive, remove], ids=["archived", "removed"])
async def test_who_asked_by_a_reply_is_told_directly(
    road: Road, studio: Studio, room: Channel, happens: Callable[[Road, Channel], None]
) -> None:
    """A reply brings no address to answer to: their conversation with the app is what is left."""
    ada = studio.ada.id
    root = await road.imagine(ada, room.id, "a fox")
    gate = road.engine.hold()
    await road.slack.message(ada, room.id, "make it stormy", thread_ts=root.ts)
    await road.until(lambda: len(road.engine.calls) == 2)
    happens(road, room)
    gate.set()
    direct = road.slack.world.im_with(studio.team.id, ada).id
    await road.until(lambda: [one for one in road.slack.channel_view(direct) if KEPT in one.text])
    assert await road.used(ada, room.id, studio.team.id) == [(2, 0), (0, 0)]


async def test_a_reply_whose_message_was_deleted_gets_another(
    road: Road, studio: Studio, room: Channel
) -> None:
    """Its thread still stands, so that is where the picture is shown."""
    ada = studio.ada.id
    root = await road.imagine(ada, room.id, "a fox")
    gate = road.engine.hold()
    await road.slack.message(ada, room.id, "make it stormy", thread_ts=root.ts)
    await road.until(lambda: len(road.engine.calls) == 2)
    delete(road, room)
    gate.set()
    await road.until(lambda: len(road.results(room.id, root.ts)) == 2)


async def test_a_token_that_is_revoked_meanwhile_leaves_nothing_held(
    road: Road, studio: Studio, room: Channel
) -> None:
    """Nobody can be told; the picture is kept all the same, and nothing waits for ever."""
    gate = road.engine.hold()
    await road.slack.slash(studio.ada.id, room.id, "/imagine", "a fox")
    await road.until(lambda: road.engine.calls)
    (placeholder,) = road.slack.channel_view(room.id)
    await road.slack.revoke(studio.team.id)
    gate.set()
    await road.rest(room.id, placeholder.ts)
    assert await road.used(studio.ada.id, room.id, studio.team.id) == [(1, 0), (0, 0)]
