"""Messages on Slack: where they go, who sees them, and what a crash or a refusal leaves."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.slack.context import LIVES_S
from core.app.ports import DIRECT, SurfaceFault, SurfaceFaultKind
from core.domain.card import Line
from core.domain.ids import MessageId, WorkspaceId
from tests.adapters.slack.slack_messages import (
    KEY,
    NOTICE,
    PLACEHOLDER,
    RESULT,
    fault_of,
    methods,
    post,
)
from tests.fakes.slack_platform import SlackPlatform, broken_transactions, open_slack
from tests.fakes.slack_server.things import Room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.slack_server.things import Channel


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[SlackPlatform]:
    """Slack on a fresh database."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        yield platform


# --- where it goes ------------------------------------------------------------------------------------------


async def test_a_public_channel_is_joined_once(platform: SlackPlatform) -> None:
    """Asked for a picture where it has never been, the bot comes in by itself."""
    other = platform.slack.world.add_channel(platform.team.id, "other", has_bot=False)
    await post(platform, place=platform.at(other))
    await post(platform, place=platform.at(other), key="key-2")
    assert [one.fallback for one in platform.slack.channel_view(other.id)] == ["notice", "notice"]
    assert methods(platform).count("conversations.join") == 1


@pytest.mark.parametrize("facts", [{"room": Room.PRIVATE, "has_bot": False}, {"has_bot": True}])
async def test_where_it_cannot_come_in_it_is_forbidden(
    platform: SlackPlatform, facts: dict[str, object]
) -> None:
    """A private channel has to invite the bot, an archived one takes nothing more: neither passes."""
    other = platform.slack.world.add_channel(platform.team.id, "other", **facts)  # type: ignore[arg-type]  # by name
    other.is_archived = "room" not in facts
    fault = await fault_of(platform, platform.at(other))
    assert fault.kind is SurfaceFaultKind.FORBIDDEN
    assert not fault.is_passing


async def test_without_the_right_to_join_it_is_forbidden(platform: SlackPlatform) -> None:
    """An admin may have left that right out: then the person is told to invite the bot."""
    other = platform.slack.world.add_channel(platform.team.id, "other", has_bot=False)
    platform.slack.world.tokens[platform.team.bot_token].scopes -= {"channels:join"}
    assert (await fault_of(platform, platform.at(other))).kind is SurfaceFaultKind.FORBIDDEN


async def test_a_reply_stands_in_its_thread(platform: SlackPlatform) -> None:
    """An answer to a reply is posted where the reply was, never in the channel."""
    root = await post(platform)
    reply = await post(platform, place=platform.at(platform.here, root.thread), key="key-2")
    assert reply.thread == root.thread
    seen = platform.slack.thread_view(platform.here.id, root.thread)
    assert [one.fallback for one in seen] == ["notice", "notice"]
    assert len(platform.slack.channel_view(platform.here.id)) == 1


async def test_a_reply_to_a_thread_that_is_gone_is_gone(platform: SlackPlatform) -> None:
    """Somebody deleted the thread meanwhile: waiting does not bring it back."""
    fault = await fault_of(platform, platform.at(platform.here, "1700000000.000100"))
    assert fault.kind is SurfaceFaultKind.GONE


async def test_a_message_to_a_person_alone_goes_to_them_directly(platform: SlackPlatform) -> None:
    """What admins are warned of stands in their own conversation, and can be changed there."""
    place = replace(platform.place, channel=DIRECT)
    posted = await post(platform, place=place, to=platform.actor(platform.ada))
    direct = platform.slack.world.im_with(platform.team.id, platform.ada.id)
    assert posted.message.startswith(f"{direct.id}:")
    assert await platform.surface.update(place, posted.message, replace(NOTICE, text="changed")) is None
    assert [one.fallback for one in platform.slack.channel_view(direct.id)] == ["changed"]


async def test_in_a_conversation_of_two_nothing_has_to_be_whispered(platform: SlackPlatform) -> None:
    """A private answer where only that person is, is an ordinary message in its thread."""
    direct = platform.slack.world.im_with(platform.team.id, platform.ada.id)
    root = await post(platform, place=platform.at(direct))
    place = platform.at(direct, root.thread)
    answer = await post(platform, place=place, key="key-2", to=platform.actor(platform.ada))
    assert answer.thread == root.thread
    assert "chat.postEphemeral" not in methods(platform)


async def test_nobody_is_pinged_and_nothing_unfolds(platform: SlackPlatform) -> None:
    """The words of a message are asked to be left as they are, links without their previews."""
    await post(platform)
    (call,) = platform.slack.calls_of("chat.postMessage")
    assert (call.args["parse"], call.args["link_names"]) == ("none", False)
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)


async def test_a_message_carries_its_key_and_nothing_else(platform: SlackPlatform) -> None:
    """Anybody in the channel can read a message's metadata: it is an opaque id, no word of theirs."""
    await post(platform, PLACEHOLDER)
    (call,) = platform.slack.calls_of("chat.postMessage")
    assert call.args["metadata"] == {"event_type": "inkthread_message", "event_payload": {"key": KEY}}


async def test_no_log_tells_what_people_wrote(
    platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    """Also with everything logged, neither words nor tokens are, on success and on failure."""
    caplog.set_level(logging.DEBUG)
    secret = replace(NOTICE, text="a purple cow", lines=(Line("a purple cow"),))
    await post(platform, secret)
    platform.slack.fail("chat.update", "msg_too_long", "invalid_blocks", "token_revoked")
    for _ in range(3):
        await platform.surface.update(platform.place, (await post(platform, secret)).message, secret)
    assert "purple cow" not in caplog.text
    assert platform.team.bot_token not in caplog.text


# --- privately ----------------------------------------------------------------------------------------------


def context(platform: SlackPlatform, channel: Channel, user: str) -> str:
    """What an Inbound of that person would carry."""
    url = platform.slack.world.new_response_url("commands", channel, user)
    return platform.outlet.contexts.close(url, user)


async def test_an_answer_gets_through_where_the_bot_may_not_be(platform: SlackPlatform) -> None:
    """In a private channel without the bot, the person still hears that it has to be invited."""
    secret = platform.slack.world.add_channel(
        platform.team.id, "secret", room=Room.PRIVATE, members=(platform.ada.id,), has_bot=False
    )
    place = platform.at(secret, context=context(platform, secret, platform.ada.id))
    await post(platform, place=place, to=platform.actor(platform.ada))
    assert [one.fallback for one in platform.slack.whispers(secret.id, platform.ada.id)] == ["notice"]


async def test_an_address_answers_only_the_one_it_was_given_to(platform: SlackPlatform) -> None:
    """A message for Bob never goes to the address that came with Ada's wish."""
    place = platform.at(platform.here, context=context(platform, platform.here, platform.ada.id))
    await post(platform, place=place, to=platform.actor(platform.bob))
    assert platform.slack.whispers(platform.here.id, platform.ada.id) == []
    assert [one.fallback for one in platform.slack.whispers(platform.here.id, platform.bob.id)] == ["notice"]


@pytest.mark.parametrize("spoilt", ["expired", "used", "broken"])
async def test_an_address_that_slack_no_longer_honours_is_done_without(
    platform: SlackPlatform, spoilt: str
) -> None:
    """After half an hour or five answers, or with another key in the settings, it is said all the same."""
    place = platform.at(platform.here, context=context(platform, platform.here, platform.ada.id))
    for address in platform.slack.world.response_urls.values():
        address.uses = 5 if spoilt == "used" else 0
    if spoilt == "expired":
        platform.clock.advance(1801)
    if spoilt == "broken":
        place = replace(place, context="sealed with another key")
    await post(platform, place=place, to=platform.actor(platform.ada))
    assert methods(platform).count("chat.postEphemeral") == 1
    assert [one.fallback for one in platform.slack.whispers(platform.here.id, platform.ada.id)] == ["notice"]


async def test_a_context_tells_nothing(platform: SlackPlatform) -> None:
    """The address is a secret: not readable where it is stored or logged, and soon worthless."""
    stored = context(platform, platform.here, platform.ada.id)
    assert "response" not in stored
    assert "secret" not in stored
    opened = platform.outlet.contexts.open(stored, user=platform.ada.id)
    assert opened is not None
    assert "secret" not in repr(opened)
    assert platform.outlet.contexts.close("", platform.ada.id) == ""
    platform.clock.advance(LIVES_S)
    assert platform.outlet.contexts.open(stored, user=platform.ada.id) is None


async def test_a_whisper_in_a_thread_stands_in_the_thread(platform: SlackPlatform) -> None:
    """Who replied in a thread is answered there, although their press brought an address too."""
    root = await post(platform)
    place = platform.at(platform.here, root.thread, context(platform, platform.here, platform.ada.id))
    await post(platform, place=place, key="key-2", to=platform.actor(platform.ada))
    (whisper,) = platform.slack.whispers(platform.here.id, platform.ada.id)
    assert whisper.thread_ts == root.thread
    assert "(response_url)" not in methods(platform)


async def test_a_private_message_that_will_change_goes_to_the_person(platform: SlackPlatform) -> None:
    """Slack changes no message that one person of a channel sees: a turn's message goes to them directly."""
    place = platform.place
    posted = await post(platform, PLACEHOLDER, to=platform.actor(platform.ada))
    assert await platform.surface.update(place, posted.message, RESULT) is None
    direct = platform.slack.world.im_with(platform.team.id, platform.ada.id)
    assert [one.fallback for one in platform.slack.channel_view(direct.id)] == ["v1: a cat"]
    assert platform.texts(platform.bob) == []


async def test_new_words_to_one_person_are_told_beside_the_old_ones(platform: SlackPlatform) -> None:
    """An ephemeral message stays as it is; what it should say now is said to the same person again."""
    posted = await post(platform, to=platform.actor(platform.ada))
    assert await platform.surface.update(platform.place, posted.message, replace(NOTICE, text="new")) is None
    whispers = platform.slack.whispers(platform.here.id, platform.ada.id)
    assert [one.fallback for one in whispers] == ["notice", "new"]
    assert platform.texts(platform.bob) == []


async def test_where_nothing_reaches_a_person_any_more_they_are_told_directly(
    platform: SlackPlatform,
) -> None:
    """Their conversation with the app is theirs alone, too; of two ways that failed the first is reported."""
    closed = platform.slack.world.add_channel(platform.team.id, "closed", members=(platform.ada.id,))
    closed.is_archived = True
    posted = await post(platform, place=platform.at(closed), to=platform.actor(platform.ada))
    direct = platform.slack.world.im_with(platform.team.id, platform.ada.id)
    assert posted.message.startswith(f"{direct.id}:")
    assert [one.fallback for one in platform.slack.channel_view(direct.id)] == ["notice"]
    platform.slack.fail("conversations.open", "user_disabled")
    refused = await platform.surface.post(
        platform.at(closed), NOTICE, key=MessageId("key-2"), private_to=platform.actor(platform.ada)
    )
    assert isinstance(refused, SurfaceFault)
    assert refused.detail == "is_archived"


# --- after a crash ------------------------------------------------------------------------------------------


async def forget_that_it_stands(platform: SlackPlatform) -> None:
    """The process died after Slack took the message, before that was written down."""
    store = platform.outlet.store
    await store.has_posted(KEY, "")


@pytest.mark.parametrize("is_reply", [False, True])
async def test_a_message_that_stands_is_found_by_its_key(platform: SlackPlatform, *, is_reply: bool) -> None:
    """In a channel and in a thread, days later, among others: it is found, and never posted again."""
    root = await post(platform, key="key-0")
    place = platform.at(platform.here, root.thread) if is_reply else platform.place
    for number in range(3):
        await post(platform, place=place, key=f"other-{number}")
    posted = await post(platform, place=place)
    await forget_that_it_stands(platform)
    platform.clock.advance(3 * 24 * 3600)
    for number in range(3):
        await post(platform, place=place, key=f"later-{number}")
    assert await platform.surface.find(place, key=KEY) == posted
    assert await post(platform, place=place) == posted
    assert platform.texts(platform.ada).count("notice") == 8
    # What was found is known from then on.
    reads = len([one for one in methods(platform) if one.startswith("conversations.")])
    assert await platform.surface.find(place, key=KEY) == posted
    assert len([one for one in methods(platform) if one.startswith("conversations.")]) == reads


async def test_a_post_whose_answer_was_lost_is_looked_for_before_it_fails(platform: SlackPlatform) -> None:
    """Slack took the message and the connection broke: it stands once, and that is known at once."""
    platform.lose_answer_of("chat.postMessage")
    posted = await post(platform)
    assert platform.texts(platform.ada) == ["notice"]
    assert await platform.surface.find(platform.place, key=KEY) == posted


async def test_a_post_that_never_arrived_is_posted_by_the_next_try(platform: SlackPlatform) -> None:
    """Slack broke before it took the message: nothing stands, the fault passes, and the next try posts it."""
    platform.slack.fail("chat.postMessage", "500")
    fault = await fault_of(platform, platform.place)
    assert fault.is_passing
    assert await platform.surface.find(platform.place, key=KEY) is None
    await post(platform)
    assert platform.texts(platform.ada) == ["notice"]


async def test_a_deleted_message_can_be_posted_anew(platform: SlackPlatform) -> None:
    """The core hears that a message is gone, and the same key then makes a new one."""
    posted = await post(platform)
    at = posted.message.split(":")[1]
    await platform.slack.delete_message(platform.slack.message_at(platform.here.id, at))
    fault = await platform.surface.update(platform.place, posted.message, NOTICE)
    assert fault is not None
    assert fault.kind is SurfaceFaultKind.GONE
    assert (await post(platform)).message != posted.message
    assert platform.texts(platform.ada) == ["notice"]


# --- limits and refusals ------------------------------------------------------------------------------------


async def test_a_429_is_waited_out_and_the_message_comes_once(platform: SlackPlatform) -> None:
    """Slack has no room for a moment: that is waited for, and nothing is lost."""
    platform.slack.fail("chat.postMessage", "ratelimited", "ratelimited")
    await post(platform)
    assert platform.texts(platform.ada) == ["notice"]


async def test_slack_without_room_for_long_is_busy(platform: SlackPlatform) -> None:
    """After three tries the worker is freed, and knows when to come back."""
    platform.slack.fail("chat.postMessage", *["ratelimited"] * 3)
    fault = await fault_of(platform, platform.place)
    assert fault.kind is SurfaceFaultKind.BUSY
    assert fault.retry_after_s >= 1
    # What was refused cannot stand: the next try does not look for it.
    await post(platform)
    assert "conversations.history" not in methods(platform)


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_dead_token_is_reported_and_nothing_is_tried_with_it(
    platform: SlackPlatform, code: str
) -> None:
    """The app was taken away: the installation hears of it, and the core that it is forbidden."""
    platform.slack.fail("chat.postMessage", code)
    assert (await fault_of(platform, platform.place)).kind is SurfaceFaultKind.FORBIDDEN
    assert platform.tokens.refusals == [(platform.workspace, code)]


async def test_a_workspace_without_a_token_is_forbidden(platform: SlackPlatform) -> None:
    """Nothing is even tried where the app is not installed."""
    fault = await fault_of(platform, replace(platform.place, workspace=WorkspaceId("slack:T9")))
    assert (fault.kind, fault.detail) == (SurfaceFaultKind.FORBIDDEN, "no_token")
    assert methods(platform) == []


async def test_an_answer_that_is_no_json_may_pass(platform: SlackPlatform) -> None:
    """A proxy's error page in place of Slack's answer is nobody's refusal."""
    platform.slack.fail("chat.postMessage", "503")
    assert (await fault_of(platform, platform.place)).is_passing


async def test_a_message_that_is_too_long_is_sent_with_fewer_words(platform: SlackPlatform) -> None:
    """Slack names no limit for all blocks together; when it says that one is passed, the message is cut."""
    platform.slack.fail("chat.postMessage", "msg_blocks_too_long")
    await post(platform, replace(NOTICE, lines=(Line("word " * 4000),)))
    first, second = platform.slack.calls_of("chat.postMessage")
    assert len(json.dumps(second.args["blocks"])) < len(json.dumps(first.args["blocks"])) / 4
    assert platform.texts(platform.ada) == ["notice"]


# --- storage ------------------------------------------------------------------------------------------------


async def test_a_broken_database_is_a_passing_fault(platform: SlackPlatform) -> None:
    """Without our own memory nothing is posted, because it could not be told from what stands."""
    posted = await post(platform)
    calls = len(platform.slack.calls)
    platform.outlet.store._transactions = broken_transactions()
    for fault in (
        await fault_of(platform, platform.place),
        await platform.surface.update(platform.place, posted.message, NOTICE),
        await platform.surface.delete(platform.place, posted.message),
    ):
        assert isinstance(fault, SurfaceFault)
        assert fault.is_passing
    assert len(platform.slack.calls) == calls
