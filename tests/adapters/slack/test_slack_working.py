"""How far a picture is, as people on Slack are shown it: by what delays no result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.ports import SurfaceFaultKind
from core.domain.card import Card, Line, Progress, Tone
from tests.adapters.slack.slack_messages import GENERATING, PLACEHOLDER, RESULT, methods, post
from tests.fakes.slack_platform import SlackPlatform, open_slack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.app.ports import Place
    from core.domain.ids import MessageRef


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[SlackPlatform]:
    """Slack on a fresh database."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        yield platform


async def test_in_the_channel_the_placeholder_itself_says_that_it_is_made(platform: SlackPlatform) -> None:
    """Who looks at the channel sees it in the message, since Slack's own sign stands within threads only."""
    root = await post(platform, PLACEHOLDER)
    assert await platform.surface.update(platform.place, root.message, GENERATING) is None
    assert "Making the picture" in platform.slack.channel_view(platform.here.id)[0].text
    assert not {"assistant.threads.setStatus", "agents.sessions.setStatus"} & set(methods(platform))


async def test_a_placeholder_that_says_so_from_the_start_is_not_changed_for_it(
    platform: SlackPlatform,
) -> None:
    """Where nobody goes first: a change of a message is what Slack allows least of."""
    root = await post(platform, replace(GENERATING, progress=Progress("queued")))
    assert await platform.surface.update(platform.place, root.message, GENERATING) is None
    assert "chat.update" not in methods(platform)
    assert await platform.surface.update(platform.place, root.message, PLACEHOLDER) is None
    assert await platform.surface.update(platform.place, root.message, GENERATING) is None
    assert methods(platform).count("chat.update") == 2, "it went back into the queue, and came out of it"
    platform.clock.advance(11)
    assert await platform.surface.update(platform.place, root.message, GENERATING) is None
    assert methods(platform).count("chat.update") == 3, "another process may have changed it since"


async def test_nothing_is_said_between_the_picture_and_its_message(platform: SlackPlatform) -> None:
    """It would be gone before anybody has read it."""
    root = await post(platform, PLACEHOLDER)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    done = replace(
        PLACEHOLDER, lines=(Line("a cat", Tone.TITLE), Line("Almost there…", Tone.QUIET)),
        progress=Progress("generated"),
    )  # fmt: skip
    for at, message in ((platform.place, root.message), (place, reply.message)):
        assert await platform.surface.update(at, message, done) is None
    assert not {"chat.update", "assistant.threads.setStatus", "agents.sessions.setStatus"} & {
        *methods(platform)
    }


async def test_a_session_at_work_is_not_put_up_anew_for_other_words(platform: SlackPlatform) -> None:
    """It shows none; the status line, which does, follows them."""
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    two = replace(GENERATING, lines=(GENERATING.lines[0], Line("Making 2 pictures…", Tone.QUIET)))
    for card in (GENERATING, two):
        assert await platform.surface.update(place, reply.message, card) is None
    assert methods(platform).count("agents.sessions.setStatus") == 1


async def test_in_a_thread_slacks_own_sign_says_it_and_goes_with_the_result(platform: SlackPlatform) -> None:
    """A reply's picture is announced by the agent session, which brings Slack's Stop and is left at last."""
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    assert await platform.surface.update(place, reply.message, GENERATING) is None
    await platform.surface.progress(place, reply.message, Progress("generating"), None)
    assert platform.here.sessions[root.thread]["status"] == "processing"
    assert methods(platform).count("chat.update") == 0
    assert await platform.surface.update(place, reply.message, RESULT) is None
    assert platform.here.sessions[root.thread]["status"] == "active"
    assert methods(platform).count("agents.sessions.setStatus") == 2


async def at_work(platform: SlackPlatform) -> tuple[Place, MessageRef]:
    """A placeholder in a thread, whose picture is being made: the agent session says so."""
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    assert await platform.surface.update(place, reply.message, GENERATING) is None
    assert platform.here.sessions[root.thread]["status"] == "processing"
    return place, reply.message


async def test_a_session_that_could_not_be_renewed_is_left_at_last(platform: SlackPlatform) -> None:
    """The status line stood in for it, and goes with it: else Slack's Stop would turn for ever."""
    place, reply = await at_work(platform)
    platform.slack.fail("agents.sessions.setStatus", "internal_error")
    platform.clock.advance(100)
    await platform.surface.progress(place, reply, Progress("generating"), None)
    assert methods(platform)[-1] == "assistant.threads.setStatus"
    assert await platform.surface.update(place, reply, RESULT) is None
    assert [one["status"] for one in platform.here.sessions.values()] == ["active"]
    assert platform.here.statuses == {}


async def test_a_session_is_left_when_its_message_is_gone(platform: SlackPlatform) -> None:
    """Somebody deleted the placeholder: there is nothing to show, and nothing turns for ever."""
    place, reply = await at_work(platform)
    del platform.here.messages[reply.partition(":")[2]]
    fault = await platform.surface.update(place, reply, RESULT)
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.GONE
    assert [one["status"] for one in platform.here.sessions.values()] == ["active"]


async def test_a_session_is_left_when_its_message_is_taken_away(platform: SlackPlatform) -> None:
    """As when the thread is forgotten while a picture is made; a message without a sign costs no call."""
    place, reply = await at_work(platform)
    assert await platform.surface.delete(place, reply) is None
    assert [one["status"] for one in platform.here.sessions.values()] == ["active"]
    other = await post(platform, place=place, key="key-3")
    before = methods(platform).count("agents.sessions.setStatus")
    assert await platform.surface.delete(place, other.message) is None
    assert methods(platform).count("agents.sessions.setStatus") == before


async def test_without_agent_sessions_the_status_line_says_it(platform: SlackPlatform) -> None:
    """Slack is asked once in an hour whether a workspace has them; the line is cleared with the result."""
    platform.team.has_agent_sessions = False
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    for number in range(2):
        reply = await post(platform, PLACEHOLDER, place=place, key=f"reply-{number}")
        assert await platform.surface.update(place, reply.message, GENERATING) is None
        assert platform.slack.channel_view(platform.here.id)[0].status == "Making the picture…"
        assert await platform.surface.update(place, reply.message, RESULT) is None
        assert platform.slack.channel_view(platform.here.id)[0].status == ""
    assert methods(platform).count("agents.sessions.setStatus") == 1


async def test_a_sign_is_kept_from_fading(platform: SlackPlatform) -> None:
    """The line goes by itself after two minutes: while the picture takes longer, it is put up again."""
    platform.team.has_agent_sessions = False
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    await platform.surface.update(place, reply.message, GENERATING)
    for _ in range(3):
        platform.clock.advance(100)
        await platform.surface.progress(place, reply.message, Progress("generating"), None)
        assert platform.slack.channel_view(platform.here.id)[0].status == "Making the picture…"


async def test_without_any_sign_the_message_says_it(platform: SlackPlatform) -> None:
    """Where Slack has neither, the placeholder in the thread is changed."""
    platform.team.has_agent_sessions = False
    platform.slack.fail("assistant.threads.setStatus", "missing_scope")
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    assert await platform.surface.update(place, reply.message, GENERATING) is None
    assert "Making the picture" in platform.slack.thread_view(platform.here.id, root.thread)[1].text


async def test_progress_gives_way_to_results(platform: SlackPlatform) -> None:
    """With many pictures at work, notes of progress are dropped and every result comes within the limits."""
    posts = [await post(platform, PLACEHOLDER, key=f"key-{number}") for number in range(15)]
    for one in posts:
        assert await platform.surface.update(platform.place, one.message, GENERATING) is None
        assert await platform.surface.update(platform.place, one.message, RESULT) is None
    assert {one.fallback for one in platform.slack.channel_view(platform.here.id)} == {"v1: a cat"}
    assert platform.slack.ratelimited == 0


@pytest.mark.parametrize(
    "card",
    [
        replace(GENERATING, buttons=()),
        replace(GENERATING, lines=(*GENERATING.lines, Line("Taken up again", Tone.QUIET))),
        replace(GENERATING, progress=Progress("queued")),
    ],
)
async def test_what_has_to_be_read_is_not_left_to_a_sign(platform: SlackPlatform, card: Card) -> None:
    """That it is being cancelled, or was taken up after a restart, stands in the message."""
    root = await post(platform)
    place = platform.at(platform.here, root.thread)
    reply = await post(platform, PLACEHOLDER, place=place, key="key-2")
    assert await platform.surface.update(place, reply.message, card) is None
    assert methods(platform).count("chat.update") == 1
