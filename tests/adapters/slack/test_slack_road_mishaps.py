"""What goes wrong on Slack is answered clearly, and nobody pays for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from tests.adapters.slack.slack_road import Road, open_road, settings_for
from tests.fakes.slack_server import Room
from tests.fakes.slack_server.things import Stage
from tests.fakes.slack_server.typing_words import typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


@pytest.fixture
async def road(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Road]:
    """The program over HTTP."""
    settings = settings_for(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token)
    async with open_road(slack, settings) as running:
        yield running


def png() -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (9, 9, 9)).save(buffer, "PNG")
    return buffer.getvalue()


def heard(road: Road, channel: str, user: str) -> str:
    """Everything that this person can read there, whispers and threads too."""
    shown = [*road.slack.channel_view(channel, user), *road.slack.whispers(channel, user)]
    return "\n".join(one.text for one in shown)


async def at_rest(road: Road, studio: Studio, *, is_free: bool = True) -> None:
    """Nothing is held any more; and where nothing was made, nothing is used."""
    used = await road.used(studio.ada.id, studio.here.id, studio.team.id)
    assert all(held == 0 for _, held in used)
    assert not is_free or all(spent == 0 for spent, _ in used)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (("fox.png", png(), {"is_page": True}), "could not be opened"),
        (("fox.png", bytes(60_000_000), {}), "is too large"),
        (("fox.png", png(), {"stage": Stage.DELETED}), "not there any more"),
        (("fox.png", png(), {"mode": "tombstone"}), "not there any more"),
        (("fox.heic", HEIC, {}), "Send png, jpeg or webp"),
        (("notes.png", b"only words", {}), "is not a picture"),
    ],
    ids=["a sign-in page", "60 MB", "deleted meanwhile", "a tombstone", "HEIC", "no picture"],
)
async def test_a_file_that_cannot_be_used_is_said_by_its_name(
    road: Road, studio: Studio, file: tuple[str, bytes, dict[str, object]], told: str
) -> None:
    """Before anything is spent. Of a file that is gone Slack tells only the id."""
    name, content, facts = file
    sent = road.slack.add_file(studio.ada.id, name, content)
    for fact, value in facts.items():
        setattr(road.slack.world.files[sent], fact, value)
    mention = f"<@{studio.team.bot_user}> with a hat"
    await road.slack.message(studio.ada.id, studio.here.id, mention, files=[sent])
    await road.until(lambda: told in heard(road, studio.here.id, studio.ada.id))
    assert (sent if "mode" in facts else name) in heard(road, studio.here.id, studio.ada.id)
    assert road.engine.calls == []
    await at_rest(road, studio)


async def test_twenty_files_are_too_many(road: Road, studio: Studio) -> None:
    """The model takes sixteen; none of them is fetched."""
    files = [road.slack.add_file(studio.ada.id, f"{at}.png", png()) for at in range(20)]
    mention = f"<@{studio.team.bot_user}> all of them"
    await road.slack.message(studio.ada.id, studio.here.id, mention, files=files)
    await road.until(lambda: "these were 20" in heard(road, studio.here.id, studio.ada.id))
    assert road.engine.calls == []
    await at_rest(road, studio)


async def test_a_file_from_another_workspace_is_asked_about_and_used(road: Road, studio: Studio) -> None:
    """Slack Connect tells only its id."""
    file = road.slack.add_file(studio.ada.id, "fox.png", png(), access="check_file_info")
    mention = f"<@{studio.team.bot_user}> with a hat"
    await road.slack.message(studio.ada.id, studio.here.id, mention, files=[file])
    await road.until(lambda: road.engine.calls)
    assert len(road.engine.calls[0].inputs) == 1


async def test_a_channel_that_was_archived_costs_nothing(road: Road, studio: Studio) -> None:
    """The person is told by the answer to their own command."""
    road.slack.world.channel(studio.here.id).is_archived = True
    await road.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    await road.until(lambda: "may not post here" in heard(road, studio.here.id, studio.ada.id))
    assert road.engine.calls == []
    await at_rest(road, studio)


async def test_a_private_channel_without_the_bot_asks_for_an_invitation(road: Road, studio: Studio) -> None:
    """Before anything is spent; a public one is joined by itself."""
    secret = road.slack.world.add_channel(
        studio.team.id, "secret", room=Room.PRIVATE, members=(studio.ada.id,), has_bot=False
    )
    await road.slack.slash(studio.ada.id, secret.id, "/imagine", "a fox")
    await road.until(lambda: "Invite it" in heard(road, secret.id, studio.ada.id))
    assert road.engine.calls == []
    await at_rest(road, studio)
    open_one = road.slack.world.add_channel(studio.team.id, "open", members=(studio.ada.id,), has_bot=False)
    assert (await road.imagine(studio.ada.id, open_one.id, "a fox")).pictures


async def test_a_token_that_was_revoked_stops_the_work(road: Road, studio: Studio) -> None:
    """Nothing is made that nobody could be shown."""
    await road.slack.revoke(studio.team.id)
    await road.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    await road.until(lambda: heard(road, studio.here.id, studio.ada.id))
    assert road.engine.calls == []
    await at_rest(road, studio)


async def test_a_workspace_whose_storage_is_full_is_told(road: Road, studio: Studio) -> None:
    """The picture is made and kept; the message says what happened."""
    studio.team.is_full = True
    await road.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    await road.until(lambda: "could not be shown here" in heard(road, studio.here.id, studio.ada.id))
    await at_rest(road, studio, is_free=False)
    assert len(road.engine.calls) == 1


@pytest.mark.parametrize(
    "words",
    [
        "a sign <!channel> & <@U0001> with &lt; and `code`",
        "https://a.example/x?a=1&b=2 as *a* _label_ ~there~",
        "فانوس عند الغروب",
        "x" * 10_000,
    ],
    ids=["mentions", "links and markup", "right to left", "ten thousand"],
)
async def test_words_are_shown_as_typed_and_reach_the_model_so(
    road: Road, studio: Studio, words: str
) -> None:
    """They ping nobody, and nothing of them is lost on the way to the model."""
    im = road.slack.world.im_with(studio.team.id, studio.ada.id)
    await road.slack.message(studio.ada.id, im.id, typed(words))
    await road.until(lambda: [one for one in road.slack.channel_view(im.id) if one.pictures])
    assert words in road.engine.calls[0].plan.prompt
    (ours,) = [one for one in road.slack.channel_view(im.id) if one.pictures]
    assert words[:200] in ours.text
    assert "<!channel>" not in ours.fallback
    assert "<@U0001>" not in ours.fallback
