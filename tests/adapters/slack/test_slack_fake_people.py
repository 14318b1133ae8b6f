"""What the fake's people do reaches the app in Slack's own shapes, and only where Slack would tell it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.slack.slack_raw import Raw, button, png, words
from tests.fakes.slack_server import FakeSlack, Room, typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio

Json = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A fake Slack to whose app nobody listens."""
    async with FakeSlack() as fake:
        fake.switches.ready_after_s = fake.switches.share_after_s = 0.0
        fake.office.ack_limit_s = 0.0
        fake.office.retry_gaps_s = ()
        yield fake
        assert fake.crashes == []


# --- shapes ------------------------------------------------------------------------------------------

OLD = {"authed_users", "enterprise_name", "enterprise_id", "username", "upload", "source_team", "user_team"}
"""Keys that only older payloads or only organisations have."""

NOT_MADE = ("thumb_", "permalink_public", "media_display_type", "root.", "original_")
"""What files and threads of real workspaces have besides; no reader needs it."""


def _keys(value: object, at: str = "") -> Iterator[str]:
    """Every key, as a path; lists by their first element."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in OLD:
                yield f"{at}{name}"
                yield from _keys(each, f"{at}{name}.")
    elif isinstance(value, list) and value:
        yield from _keys(value[0], at)


async def _payloads(slack: FakeSlack, raw: Raw, studio: Studio) -> dict[str, Json]:
    """One payload of each kind, by the name of its sample."""
    ada, here = studio.ada.id, studio.here.id
    mention = await slack.message(ada, here, f"<@{studio.team.bot_user}> Hi there!")
    plain = await slack.message(ada, here, "Hello World!")
    file = slack.add_file(ada, "file.png", png())
    shared = await slack.message(ada, here, "Hi there!", files=[file])
    broadcast = await slack.broadcast(ada, here, "Hi there!", thread_ts=plain.ts)
    changed = await slack.edit_message(plain.message, "updated message")
    block = {"type": "actions", "elements": [button(value="click_me_123")]}
    ts = (await raw("chat.postMessage", channel=here, text="x", blocks=[block]))["ts"]
    field = {"type": "plain_text_input", "action_id": "maBWU"}
    title = {"type": "plain_text", "text": "My App"}
    blocks = [{"type": "input", "block_id": "hspI", "label": title, "element": field}]
    view = {"type": "modal", "title": title, "submit": title, "close": title, "blocks": blocks}
    await raw("views.open", trigger_id=slack.world.new_trigger(studio.team.id, ada), view=view)
    sent = await slack.submit(slack.forms(ada)[0], {"maBWU": {"value": "test"}})
    return {
        "app_mention": mention.deliveries[1].payload,
        "block_actions": (await slack.press(ada, here, ts, "Again")).payload,
        "global_shortcut": (await slack.global_shortcut(ada, "test-shortcut")).payload,
        "message": plain.deliveries[0].payload,
        "message_changed": changed[0].payload,
        "message_file_share": shared.deliveries[0].payload,
        "message_shortcut": (await slack.shortcut_on(ada, here, mention.ts, "test-shortcut")).payload,
        "message_thread_broadcast": broadcast.deliveries[0].payload,
        "slash_command": (await slack.slash(ada, here, "/hello-world", "Hi")).payload,
        "view_submission": sent.payload,
    }


async def test_payloads_have_the_keys_of_slacks_samples(
    slack: FakeSlack, raw: Raw, studio: Studio, specs: Path
) -> None:
    """Whatever a realistic sample has, ours has: a reader written for the one reads the other."""
    told = await _payloads(slack, raw, studio)
    folder = specs / "slack" / "samples" / "realistic"
    samples = sorted(path.stem for path in folder.glob("*.json"))
    assert samples == sorted(told)
    lacking = {
        name: sorted(
            key
            for key in set(_keys(json.loads((folder / f"{name}.json").read_text()))) - set(_keys(told[name]))
            if not any(part in key for part in NOT_MADE)
        )
        for name in samples
    }
    assert {name: keys for name, keys in lacking.items() if keys} == {}


async def test_an_organisation_is_named(slack: FakeSlack, raw: Raw) -> None:
    """Enterprise ids stand where Slack puts them, and an organisation's token works in its workspaces."""
    one = slack.world.add_team(enterprise="E1")
    two = slack.world.add_team(enterprise="E1")
    one.is_org_install = two.is_org_install = True
    ada = slack.world.add_user(two.id, "ada")
    here = slack.world.add_channel(two.id, "here", members=(ada.id,))
    (delivery,) = (await slack.message(ada.id, here.id, "hello")).deliveries
    assert delivery.payload["enterprise_id"] == "E1"
    assert delivery.payload["authorizations"][0]["is_enterprise_install"]
    command = (await slack.slash(ada.id, here.id, "/imagine")).payload
    assert (command["enterprise_id"], command["is_enterprise_install"]) == ("E1", "true")
    code = {"code": slack.consent(one.id, ada.id), "client_id": slack.client_id}
    granted = await raw("oauth.v2.access", **code, client_secret=slack.client_secret)
    assert (granted["is_enterprise_install"], granted["team"]) == (True, None)
    raw.token = granted["access_token"]
    assert (await raw("chat.postMessage", channel=here.id, text="x")).error == "ok"


async def test_a_stranger_in_a_shared_conversation_is_known_as_one(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """Slack Connect: the event names their workspace, and users.info says that they are strangers."""
    partner = slack.world.add_team("partner")
    eve = slack.world.add_user(partner.id, "eve")
    assert (await raw("users.info", user=eve.id)).error == "user_not_found"
    studio.here.is_shared = True
    (delivery,) = (await slack.message(eve.id, studio.here.id, "hello")).deliveries
    told = (delivery.payload["team_id"], delivery.event["team"], delivery.event["user_team"])
    assert told == (studio.team.id, partner.id, partner.id)
    assert delivery.payload["is_ext_shared_channel"]
    user = (await raw("users.info", user=eve.id))["user"]
    assert (user["team_id"], user["is_stranger"]) == (partner.id, True)


# --- who hears what ----------------------------------------------------------------------------------


async def test_the_app_hears_only_where_its_bot_is(slack: FakeSlack, studio: Studio) -> None:
    """Messages and mentions elsewhere, and events nobody subscribed to, are not told."""
    away = slack.world.add_channel(studio.team.id, "away", has_bot=False)
    mention = f"<@{studio.team.bot_user}> hello"
    assert (await slack.message(studio.ada.id, away.id, mention)).deliveries == ()
    assert [each.event["type"] for each in await slack.invite_bot(studio.ada.id, away.id)] == [
        "member_joined_channel"
    ]
    assert len((await slack.message(studio.ada.id, away.id, mention)).deliveries) == 2
    slack.remove_bot(away.id)
    assert (await slack.message(studio.ada.id, away.id, mention)).deliveries == ()
    slack.switches.subscribed = frozenset({"app_mention"})
    told = (await slack.message(studio.ada.id, studio.here.id, mention)).deliveries
    assert [each.event["type"] for each in told] == ["app_mention"]


ROOMS = ((Room.PUBLIC, "channel"), (Room.PRIVATE, "group"), (Room.MPIM, "mpim"), (Room.IM, "im"))


@pytest.mark.parametrize(("room", "kind"), ROOMS)
async def test_each_kind_of_conversation_is_told_apart(
    slack: FakeSlack, studio: Studio, room: Room, kind: str
) -> None:
    """The kind stands in the event; direct messages know no app_mention."""
    here = slack.world.add_channel(studio.team.id, "x", room=room, members=(studio.ada.id,))
    said = await slack.message(studio.ada.id, here.id, f"<@{studio.team.bot_user}> hello")
    assert said.deliveries[0].event["channel_type"] == kind
    assert len(said.deliveries) == (1 if room is Room.IM else 2)


async def test_a_person_does_only_what_a_person_can(slack: FakeSlack, studio: Studio) -> None:
    """Strangers to a private room, archived rooms and locked threads: the verb fails the test."""
    private = slack.world.add_channel(studio.team.id, "private", room=Room.PRIVATE)
    root = await slack.message(studio.ada.id, studio.here.id, "root")
    studio.here.locked_threads.add(root.ts)
    for attempt in (
        slack.message(studio.ada.id, private.id, "hello"),
        slack.message(studio.ada.id, studio.here.id, "hello", thread_ts=root.ts),
        slack.stop_session(studio.ada.id, studio.here.id, root.ts),
        slack.press(studio.ada.id, studio.here.id, "1.1", "Again"),
        slack.slash("U404", studio.here.id, "/imagine"),
    ):
        with pytest.raises(AssertionError):
            await attempt
    studio.here.is_archived = True
    with pytest.raises(AssertionError):
        await slack.message(studio.ada.id, studio.here.id, "hello")


async def test_the_app_hears_of_itself(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Its own messages, changes and deletions come back as events, as Slack sends them."""
    ts = (await raw("chat.postMessage", channel=studio.here.id, text="x"))["ts"]
    await raw("chat.update", channel=studio.here.id, ts=ts, text="y")
    await raw("chat.delete", channel=studio.here.id, ts=ts)
    await slack.office.quiet()
    told = [(each.event.get("subtype", ""), each.event.get("bot_id", "")) for each in slack.deliveries]
    assert told == [("", studio.team.bot_id), ("message_changed", ""), ("message_deleted", "")]
    slack.switches.sends_own_messages = False
    await raw("chat.postMessage", channel=studio.here.id, text="x")
    await slack.office.quiet()
    assert len(slack.deliveries) == 3


async def test_words_travel_escaped(slack: FakeSlack, studio: Studio) -> None:
    """What somebody typed is escaped in the text and bare in the rich text, where mentions are elements."""
    wire = f"{typed('a <b> & c')} <@{studio.team.bot_user}> <https://example.com|here> <!channel> <#C1|x>"
    event = (await slack.message(studio.ada.id, studio.here.id, wire)).deliveries[0].event
    assert event["text"].startswith("a &lt;b&gt; &amp; c <@")
    elements = event["blocks"][0]["elements"][0]["elements"]
    assert [each["type"] for each in elements if each["type"] != "text"] == [
        "user",
        "link",
        "broadcast",
        "channel",
    ]
    assert elements[0]["text"] == "a <b> & c "


async def test_edits_and_deletions_are_told(slack: FakeSlack, studio: Studio) -> None:
    """The event names the message, before and after."""
    said = await slack.message(studio.ada.id, studio.here.id, "a boat")
    (edited,) = await slack.edit_message(said.message, "a red boat")
    event = edited.event
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("a boat", "a red boat")
    assert event["message"]["ts"] == said.ts
    (deleted,) = await slack.delete_message(said.message)
    assert (deleted.event["subtype"], deleted.event["deleted_ts"]) == ("message_deleted", said.ts)
    assert slack.channel_view(studio.here.id) == []


async def test_stop_reaches_a_session_that_works(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Stop is told with the thread and the person."""
    ts = (await raw("chat.postMessage", channel=studio.here.id, text="x"))["ts"]
    at = {"channel_id": studio.here.id, "thread_ts": ts}
    await raw("agents.sessions.setStatus", **at, status="processing")
    (delivery,) = await slack.stop_session(studio.bob.id, studio.here.id, ts)
    told = (delivery.event["type"], delivery.event["thread_ts"], delivery.event["user"])
    assert told == ("agent_session_stopped", ts, studio.bob.id)


# --- coming and going --------------------------------------------------------------------------------


async def test_leaving_ends_the_token(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Revoked is one thing, uninstalled another; both are told."""
    (revoked,) = await slack.revoke(studio.team.id)
    assert revoked.event["tokens"] == {"bot": [studio.team.bot_user]}
    assert (await raw("auth.test")).error == "token_revoked"
    told = await slack.uninstall(studio.team.id)
    assert [each.event["type"] for each in told] == ["app_uninstalled", "tokens_revoked"]
    assert (await raw("auth.test")).error == "account_inactive"


async def test_a_token_is_given_for_consent_and_turned_over(slack: FakeSlack, raw: Raw) -> None:
    """A code works once and with the right secret; refresh tokens too; old tokens end."""
    team = slack.world.add_team(is_installed=False, is_rotating=True)
    user = slack.world.add_user(team.id, "ada")
    us = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    code = slack.consent(team.id, user.id)
    assert (await raw("oauth.v2.access", **{**us, "client_id": "x"}, code=code)).error == "invalid_client_id"
    wrong = await raw("oauth.v2.access", **{**us, "client_secret": "x"}, code=code)
    assert wrong.error == "bad_client_secret"
    granted = await raw("oauth.v2.access", **us, code=code)
    assert (granted["team"]["id"], granted["access_token"][:10]) == (team.id, "xoxe.xoxb-")
    assert (await raw("oauth.v2.access", **us, code=code)).error == "invalid_code"
    refresh = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    again = await raw("oauth.v2.access", **us, **refresh)
    assert again["access_token"] != granted["access_token"]
    assert (await raw("oauth.v2.access", **us, **refresh)).error == "invalid_refresh_token"
    raw.token = again["access_token"]
    assert (await raw("auth.test"))["team_id"] == team.id
    slack.world.tokens[raw.token].expires_at = slack.world.now()
    assert (await raw("auth.test")).error == "token_expired"


async def test_auth_revoke_ends_the_token(raw: Raw) -> None:
    """Asked to test it does nothing; then the token is gone."""
    assert not (await raw("auth.revoke", test=True))["revoked"]
    assert (await raw("auth.revoke"))["revoked"]
    assert (await raw("auth.test")).error == "token_revoked"


async def test_what_a_person_sees_is_words_pictures_and_buttons(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """Blocks become lines, bytes and labels; a card's picture counts, a hidden button does not."""
    file = await raw.upload(png())
    await raw.complete(file)
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": "a boat"}
    title = {"type": "mrkdwn", "text": "*A*"}
    card = {"type": "card", "hero_image": image, "title": title, "actions": [button("Use")]}
    quiet = {"type": "context", "elements": [{"type": "mrkdwn", "text": "v1 · 1024"}]}
    only = button("Delete", visible_to_user_ids=[studio.ada.id], action_id="delete")
    blocks = [
        words("Here"),
        {"type": "carousel", "elements": [card]},
        quiet,
        {"type": "actions", "elements": [only]},
    ]
    await raw("chat.postMessage", channel=studio.here.id, text="A boat", blocks=blocks)
    (seen,) = slack.channel_view(studio.here.id, studio.bob.id)
    assert (seen.text, seen.fallback) == ("Here\n*A*\nv1 · 1024", "A boat")
    assert [(each.alt, each.content) for each in seen.pictures] == [("a boat", png())]
    assert [each.label for each in seen.buttons] == ["Use"]
    (mine,) = slack.channel_view(studio.here.id, studio.ada.id)
    assert mine.button("Delete").action_id == "delete"
    with pytest.raises(LookupError):
        seen.button("Delete")
