"""The fake keeps Slack's rules on calls: each is broken once, by plain HTTP, and refused by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_raw import Raw, words
from tests.fakes.slack_server import FakeSlack, Room

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Studio


async def _post(raw: Raw, studio: Studio, **args: object) -> str:
    answer = await raw("chat.postMessage", channel=studio.here.id, **{"text": "hello", **args})
    assert answer.error == "ok"
    return str(answer["ts"])


# --- arguments and tokens ----------------------------------------------------------------------------


async def test_arguments_are_read_from_wherever_the_sdk_puts_them(raw: Raw, studio: Studio) -> None:
    """JSON, form, GET query and query on POST mean the same."""
    args = {"channel": studio.here.id, "text": "hello", "blocks": [words()]}
    answers = [
        await raw("chat.postMessage", **args),
        await raw.form("chat.postMessage", **args),
        await raw.query("chat.postMessage", verb="POST", **args),
        await raw.query("users.info", user=studio.ada.id, include_locale=1),
    ]
    assert [answer.error for answer in answers] == ["ok"] * 4
    assert answers[-1]["user"]["locale"] == "en-US"


async def test_some_methods_do_not_read_json(raw: Raw) -> None:
    """The upload URL's arguments are missing when they come as JSON, whatever the page says."""
    answer = await raw.send("files.getUploadURLExternal", json={"filename": "boat.png", "length": 3})
    assert answer.error == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: filename"]


async def test_a_method_that_the_fake_does_not_know_is_remembered(slack: FakeSlack, raw: Raw) -> None:
    """It is refused, and a test can see that it was called."""
    assert (await raw("chat.scheduleMessage", text="later")).error == "unknown_method"
    assert [call.method for call in slack.unexpected] == ["chat.scheduleMessage"]
    slack.unexpected.clear()


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_is_no_good_is_refused(slack: FakeSlack, raw: Raw, error: str) -> None:
    """Revoked and deactivated tokens are told apart."""
    slack.world.tokens[raw.token].error = error
    assert (await raw("auth.test")).error == error


async def test_a_token_must_be_there_and_known(slack: FakeSlack, raw: Raw) -> None:
    """None, a made-up one and the app's own are refused."""
    found = []
    for token in ("", "xoxb-made-up", slack.app_token):
        raw.token = token
        found.append((await raw("chat.postMessage", channel="C1", text="x")).error)
    assert found == ["not_authed", "invalid_auth", "not_allowed_token_type"]


async def test_a_token_tells_its_workspace_and_scopes(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """auth.test names the workspace; every answer carries the scopes."""
    other = slack.world.add_team("elsewhere", scopes=frozenset({"chat:write"}))
    answer = await raw("auth.test")
    assert (answer["team_id"], answer["bot_id"]) == (studio.team.id, studio.team.bot_id)
    raw.token = other.bot_token
    answer = await raw("auth.test")
    assert (answer["team_id"], answer.headers["x-oauth-scopes"]) == (other.id, "chat:write")
    assert (await raw("chat.postMessage", channel=studio.here.id, text="x")).error == "channel_not_found"


Needs = tuple[str, dict[str, object], str]

NEEDS: tuple[Needs, ...] = (
    ("chat.postMessage", {"channel": "HERE", "text": "x"}, "chat:write"),
    ("chat.update", {"channel": "HERE", "ts": "1.1", "text": "x"}, "chat:write"),
    ("conversations.join", {"channel": "HERE"}, "channels:join"),
    ("conversations.info", {"channel": "HERE"}, "channels:read"),
    ("conversations.replies", {"channel": "HERE", "ts": "1.1"}, "channels:history"),
    ("conversations.open", {"users": "ADA"}, "im:write"),
    ("files.getUploadURLExternal", {"filename": "a.png", "length": 1}, "files:write"),
    ("files.info", {"file": "F1"}, "files:read"),
    ("users.info", {"user": "ADA"}, "users:read"),
    ("usergroups.list", {}, "usergroups:read"),
    ("reactions.add", {"channel": "HERE", "timestamp": "1.1", "name": "eyes"}, "reactions:write"),
    ("team.info", {}, "team:read"),
)


@pytest.mark.parametrize("needs", NEEDS, ids=[row[0] for row in NEEDS])
async def test_a_scope_that_is_missing_is_named(
    slack: FakeSlack, raw: Raw, studio: Studio, needs: Needs
) -> None:
    """Without its scope a method says which it needs and which there are."""
    method, args, needed = needs
    token = slack.world.tokens[raw.token]
    token.scopes = frozenset({"commands"})
    names = {"HERE": studio.here.id, "ADA": studio.ada.id}
    answer = await raw(method, **{name: names.get(str(value), value) for name, value in args.items()})
    assert (answer.error, answer["needed"], answer["provided"]) == ("missing_scope", needed, "commands")


# --- membership and ownership ------------------------------------------------------------------------


async def test_posting_needs_a_conversation_that_the_bot_is_in(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """Public but not joined, private and unseen, archived, unknown: each has its code."""
    public = slack.world.add_channel(studio.team.id, "public", has_bot=False)
    private = slack.world.add_channel(studio.team.id, "private", room=Room.PRIVATE, has_bot=False)
    old = slack.world.add_channel(studio.team.id, "old")
    old.is_archived = True
    found = [
        (await raw("chat.postMessage", channel=channel, text="x")).error
        for channel in (public.id, private.id, old.id, "C404")
    ]
    assert found == ["not_in_channel", "channel_not_found", "is_archived", "channel_not_found"]
    slack.world.tokens[raw.token].scopes |= {"chat:write.public"}
    assert (await raw("chat.postMessage", channel=public.id, text="x")).error == "ok"
    assert (await raw("chat.postMessage", channel=private.id, text="x")).error == "channel_not_found"


async def test_only_public_conversations_can_be_joined(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Joining lets the bot post; private ones do not exist for it; joining twice is a warning."""
    public = slack.world.add_channel(studio.team.id, "public", has_bot=False)
    private = slack.world.add_channel(studio.team.id, "private", room=Room.PRIVATE, has_bot=False)
    assert (await raw("conversations.join", channel=public.id)).error == "ok"
    assert (await raw("chat.postMessage", channel=public.id, text="x")).error == "ok"
    assert (await raw("conversations.join", channel=public.id))["warning"] == "already_in_channel"
    assert (await raw("conversations.join", channel=private.id)).error == "channel_not_found"
    public.is_archived = True
    assert (await raw("conversations.join", channel=public.id)).error == "is_archived"
    direct = slack.world.im_with(studio.team.id, studio.ada.id)
    assert (
        await raw("conversations.join", channel=direct.id)
    ).error == "method_not_supported_for_channel_type"


async def test_only_own_messages_are_changed(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Somebody else's message and one that is gone cannot be updated or deleted."""
    slack.switches.subscribed = frozenset()
    said = await slack.message(studio.ada.id, studio.here.id, "mine")
    here = studio.here.id
    assert (await raw("chat.update", channel=here, ts=said.ts, text="x")).error == "cant_update_message"
    assert (await raw("chat.delete", channel=here, ts=said.ts)).error == "cant_delete_message"
    assert (await raw("chat.update", channel=here, ts="1.1", text="x")).error == "message_not_found"
    ts = await _post(raw, studio)
    assert (await raw("chat.delete", channel=here, ts=ts)).error == "ok"
    assert (await raw("chat.delete", channel=here, ts=ts)).error == "message_not_found"
    ts = await _post(raw, studio)
    studio.here.is_archived = True
    assert (await raw("chat.update", channel=here, ts=ts, text="x")).error == "is_inactive"


async def test_text_without_blocks_takes_the_blocks_away(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """An update with text alone removes blocks; metadata stays until it is emptied."""
    told = {"event_type": "inkthread", "event_payload": {"key": "k1"}}
    ts = await _post(raw, studio, blocks=[words()], metadata=told)
    await raw("chat.update", channel=studio.here.id, ts=ts, text="bare")
    message = slack.message_at(studio.here.id, ts)
    assert (message.blocks, message.metadata) == ([], told)
    assert message.edited is not None
    await raw("chat.update", channel=studio.here.id, ts=ts, text="bare", metadata={})
    assert message.metadata is None


LENGTHS: tuple[tuple[str, dict[str, object], str], ...] = (
    ("chat.postMessage", {"text": ""}, "no_text"),
    ("chat.postMessage", {"markdown_text": "x" * 12_001}, "msg_too_long"),
    ("chat.postMessage", {"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ("chat.postMessage", {"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
    ("chat.postMessage", {"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ("chat.postMessage", {"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
    ("chat.update", {"text": "x" * 4_001}, "msg_too_long"),
    ("chat.update", {}, "no_text"),
    ("chat.postEphemeral", {"text": "x" * 40_001, "user": "ADA"}, "msg_too_long"),
    ("chat.postEphemeral", {"text": "x", "user": "U404"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"text": "x"}, "invalid_arguments"),
)


@pytest.mark.parametrize(("method", "args", "code"), LENGTHS)
async def test_what_is_too_long_or_missing_is_refused(
    raw: Raw, studio: Studio, method: str, args: dict[str, object], code: str
) -> None:
    """Each length and each needed part of a message is kept."""
    ts = await _post(raw, studio) if method == "chat.update" else None
    names = {"ADA": studio.ada.id}
    told = {
        name: names.get(value, value) if isinstance(value, str) else value for name, value in args.items()
    }
    assert (await raw(method, channel=studio.here.id, ts=ts, **told)).error == code


async def test_long_text_is_cut_when_posted(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """chat.postMessage cuts what an update would refuse."""
    ts = await _post(raw, studio, text="x" * 40_010)
    assert len(slack.message_at(studio.here.id, ts).text) == 40_000


async def test_a_reply_hangs_on_the_root_of_an_open_thread(raw: Raw, studio: Studio) -> None:
    """Replies to replies and to locked threads are refused."""
    root = await _post(raw, studio)
    reply = await _post(raw, studio, thread_ts=root)
    answer = await raw("chat.postMessage", channel=studio.here.id, text="x", thread_ts=reply)
    assert answer.error == "cannot_reply_to_message"
    studio.here.locked_threads.add(root)
    answer = await raw("chat.postMessage", channel=studio.here.id, text="x", thread_ts=root)
    assert answer.error == "restricted_action_thread_locked"


async def test_a_whisper_reaches_one_person(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Ephemeral messages are seen by one and updated by nobody."""
    answer = await raw("chat.postEphemeral", channel=studio.here.id, user=studio.ada.id, text="psst")
    assert [seen.text for seen in slack.whispers(studio.here.id, studio.ada.id)] == ["psst"]
    assert slack.channel_view(studio.here.id) == slack.channel_view(studio.here.id, studio.bob.id) == []
    update = await raw("chat.update", channel=studio.here.id, ts=answer["message_ts"], text="x")
    assert update.error == "message_not_found"


async def test_direct_messages_are_opened_with_people(raw: Raw, studio: Studio) -> None:
    """The same people share one conversation; bots and strangers have none."""
    first = await raw("conversations.open", users=studio.ada.id)
    again = await raw("conversations.open", users=studio.ada.id)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert (await raw("conversations.open", users=studio.team.bot_user)).error == "cannot_dm_bot"
    assert (await raw("conversations.open", users="U404")).error == "user_not_found"
    assert (await raw("conversations.open")).error == "users_list_not_supplied"
    studio.bob.is_deleted = True
    assert (await raw("conversations.open", users=studio.bob.id)).error == "user_disabled"
    assert (await raw("chat.postMessage", channel=studio.ada.id, text="hi"))["channel"] == first["channel"][
        "id"
    ]


async def test_history_shows_metadata_only_when_asked(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Replies come oldest first in pages, and carry metadata with include_all_metadata."""
    told = {"event_type": "inkthread", "event_payload": {"key": "k1"}}
    root = await _post(raw, studio)
    await _post(raw, studio, thread_ts=root, text="one", metadata=told)
    await _post(raw, studio, thread_ts=root, text="two")
    here = studio.here.id
    plain = await raw("conversations.replies", channel=here, ts=root)
    assert [each["text"] for each in plain["messages"]] == ["hello", "one", "two"]
    assert "metadata" not in plain["messages"][1]
    page = await raw("conversations.replies", channel=here, ts=root, limit=2, include_all_metadata="true")
    assert (page["messages"][1]["metadata"], page["has_more"]) == (told, True)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await raw("conversations.replies", channel=here, ts=root, limit=2, cursor=cursor)
    assert [each["text"] for each in rest["messages"]] == ["two"]
    top = await raw("conversations.history", channel=here)
    assert [each["text"] for each in top["messages"]] == ["hello"]
    assert (await raw("conversations.replies", channel=here, ts="1.1")).error == "thread_not_found"
    slack.remove_bot(here)
    assert (await raw("conversations.history", channel=here)).error == "not_in_channel"


async def test_people_and_groups_are_told(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Names, time zones, admins, groups and conversations are found, and what is not there is said."""
    group = slack.world.add_group(studio.team.id, "designers", (studio.ada.id,))
    user = (await raw("users.info", user=studio.ada.id))["user"]
    assert (user["is_admin"], user["tz"], "locale" in user) == (True, "Europe/Berlin", False)
    listed = await raw("usergroups.list", include_users="true")
    assert [(each["id"], each["users"]) for each in listed["usergroups"]] == [(group.id, [studio.ada.id])]
    assert (await raw("usergroups.users.list", usergroup=group.id))["users"] == [studio.ada.id]
    assert (await raw("usergroups.users.list", usergroup="S404")).error == "no_such_subteam"
    assert (await raw("users.info", user="U404")).error == "user_not_found"
    rooms = await raw("users.conversations", types="public_channel,private_channel")
    assert [each["id"] for each in rooms["channels"]] == [studio.here.id]
    members = await raw("conversations.members", channel=studio.here.id)
    assert set(members["members"]) == studio.here.members


async def test_reactions_and_statuses(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Small signs are kept to their rules: once each, in a thread, with a life of two minutes."""
    ts = await _post(raw, studio)
    at = {"channel": studio.here.id, "timestamp": ts, "name": "eyes"}
    found = [(await raw(f"reactions.{verb}", **at)).error for verb in ("add", "add", "remove", "remove")]
    assert found == ["ok", "already_reacted", "ok", "no_reaction"]
    status = {"channel_id": studio.here.id, "thread_ts": ts, "status": "is painting"}
    assert (await raw("assistant.threads.setStatus", **status)).error == "ok"
    assert slack.channel_view(studio.here.id)[0].status == "is painting"
    many = await raw("assistant.threads.setStatus", **status, loading_messages=["x"] * 11)
    assert many.error == "invalid_arguments"
    lost = await raw("assistant.threads.setStatus", **{**status, "thread_ts": "1.1"})
    assert lost.error == "invalid_thread_ts"
    await _post(raw, studio, thread_ts=ts)
    assert slack.channel_view(studio.here.id)[0].status == ""


async def test_agent_sessions(raw: Raw, studio: Studio) -> None:
    """A session is made by its first status; titles are short; workspaces without the feature have none."""
    ts = await _post(raw, studio)
    at = {"channel_id": studio.here.id, "thread_ts": ts}
    assert (await raw("agents.sessions.rename", **at, title="A boat")).error == "session_not_found"
    assert (await raw("agents.sessions.setStatus", **at, status="processing")).error == "ok"
    assert (await raw("agents.sessions.rename", **at, title="A boat")).error == "ok"
    assert studio.here.sessions[ts] == {"status": "processing", "title": "A boat"}
    assert (await raw("agents.sessions.setStatus", **at, status="busy")).error == "invalid_arguments"
    assert (await raw("agents.sessions.rename", **at, title="x" * 201)).error == "invalid_arguments"
    studio.team.has_agent_sessions = False
    assert (await raw("agents.sessions.setStatus", **at, status="active")).error == "not_allowed_token_type"


async def test_what_a_test_asks_for_goes_wrong(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Codes and HTTP states that were queued are met in order, once each, by that method only."""
    slack.fail("chat.update", "internal_error", "503", "")
    ts = await _post(raw, studio)
    answers = [await raw("chat.update", channel=studio.here.id, ts=ts, text="x") for _ in range(4)]
    assert [(answer.status, answer.error) for answer in answers] == [
        (200, "internal_error"),
        (503, "fatal_error"),
        (200, "ok"),
        (200, "ok"),
    ]
