"""What Discord sends, into what the core takes in: calm about everything that is missing or strange."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.asked import Kind, Spot, read_asked
from adapters.discord.context import Original, Room
from adapters.discord.modals import Errand, picture_form, read_errand
from adapters.discord.modals_read import Values, components, pictures_in, press_in, target_of, words_of_form
from adapters.discord.read import Us, is_spoken, is_to_us, press_of, read_changed, read_message, reply_of
from adapters.discord.read_commands import options_of, read_edit, read_imagine, version_of
from adapters.discord.refs import guild_workspace
from adapters.discord.words import words_of, words_typed
from core.app.inbound import InboundKind, Person
from core.domain.card import Act
from core.domain.ids import ActorId, ChannelRef

US = Us("100", frozenset({"900"}))
NAMES = (
    "id", "type", "data", "options", "name", "value", "resolved", "components", "component", "custom_id",
    "values", "author", "content", "mentions", "message_reference", "referenced_message", "attachments",
    "member", "roles", "target_id", "messages", "channel", "guild_id",
)  # fmt: skip
SPOT = Spot(guild_workspace("1"), ChannelRef("2"), None, Room.CHANNEL)


def said(content: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a payload
    """A message of Ada's."""
    author = {"id": "200", "username": "ada", "global_name": "Ada"}
    return {
        "id": "5",
        "channel_id": "2",
        "guild_id": "1",
        "type": 0,
        "content": content,
        "author": author,
    } | more


def answering(author: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a payload
    """A reply to a message of somebody's."""
    reference = {"message_id": "4", "channel_id": "2"}
    return said(
        "red", type=19, message_reference=reference, referenced_message={"author": {"id": author}}, **more
    )


def interaction(kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a payload
    """An interaction of Ada's in a server's channel."""
    return {
        "id": "7",
        "application_id": "100",
        "token": "secret",
        "type": kind,
        "guild_id": "1",
        "channel": {"id": "2", "type": 0},
        "member": {"user": {"id": "200", "username": "ada"}, "roles": ["300"], "permissions": "32"},
        "authorizing_integration_owners": {"0": "1"},
        "context": 0,
        "locale": "de",
        "app_permissions": "8",
        "attachment_size_limit": 10,
        "data": data,
    } | more


# --- words ---


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@100>, a cat", "a cat"),
        ("<@!100> a cat", "a cat"),
        ("now <@100> make it red", "now make it red"),
        ("<@&900> a cat", "a cat"),
        ("a cat <:party:123> <a:wave:456>", "a cat :party: :wave:"),
        ("see <https://a.example/x> and <#77>", "see https://a.example/x and #77"),
        ("use </imagine:12>", "use /imagine"),
        ("**bold** > quote `code`\nnext", "**bold** > quote `code`\nnext"),
        ("a < b > c <b> & \ue000", "a < b > c <b> &"),
        ("中文 “海” 👩‍🚀", "中文 “海” 👩‍🚀"),
    ],
)
def test_words_are_as_people_see_them(typed: str, read: str) -> None:
    """Our own name is taken off, what Discord writes in brackets becomes what is shown."""
    assert words_of(said(typed), US.user, our_roles=US.roles).text == read


def test_others_are_named() -> None:
    """Somebody else's mention keeps their name and says that the words go to them."""
    event = said("<@201> nice", mentions=[{"id": "201", "username": "ben"}])
    words = words_of(event, US.user)
    assert (words.text, words.names_others, words.names_us) == ("@ben nice", True, False)
    assert words_of(said("@everyone hi", mention_everyone=True), US.user).names_others
    assert not words_of(said("draw @everyone", mention_everyone=False), US.user).names_others


@given(st.text())
def test_any_words_are_read(typed: str) -> None:
    """Nothing that people type breaks the reading, and plain words come back as they are."""
    words = words_typed(typed)
    if "<" not in typed and "\ue000" not in typed:
        assert words == typed.strip()


# --- messages ---


def test_a_message_says_who_and_where() -> None:
    """The key is the message's, the source too; roles and name come with it."""
    heard = read_message(said("a cat", member={"nick": "Countess", "roles": ["300"]}), US, SPOT)
    assert (heard.key, heard.source, heard.name, heard.roles) == ("discord:5", "2:5", "Countess", ("300",))
    inbound = heard.inbound(Person(ActorId("discord:1:200"), SPOT.workspace, "Ada"), "")
    assert (inbound.is_addressed, inbound.mentions_others, inbound.thread) == (False, False, None)


@pytest.mark.parametrize(
    "event",
    [
        said("x", author={"id": "200", "bot": True}),
        said("x", author={"id": "100"}),
        said("x", webhook_id="8"),
        said("x", type=7),
        said("x", author={}),
        {},
    ],
)
def test_who_is_not_listened_to(event: dict[str, Any]) -> None:
    """Bots, ourselves, webhooks, Discord's own messages, and what has no author."""
    assert not is_spoken(event, US)


def test_replies_know_whom_they_answer() -> None:
    """A reply to us is for us, a reply to another person is talk, one to oneself neither."""
    assert is_to_us(answering("100"), US)
    assert not is_to_us(answering("201"), US)
    assert read_message(answering("201"), US, SPOT).words.names_others
    assert not read_message(answering("200"), US, SPOT).words.names_others
    assert read_message(answering("100"), US, SPOT).reply_to == "2:4"


def test_a_forward_is_no_reply() -> None:
    """Its files are taken from what it repeats."""
    snapshot = {"message": {"attachments": [{"id": "6", "url": "https://cdn/6", "filename": "a.png"}]}}
    event = said("", message_reference={"type": 1, "message_id": "4"}, message_snapshots=[snapshot])
    assert reply_of(event, US) is None
    assert [one.file_name for one in read_message(event, US, SPOT).attachments] == ["a.png"]


def test_only_people_change_words() -> None:
    """A link that unfolds changes a message too, without a time of editing; hidden words are no words."""
    assert read_changed(said("x"), US, SPOT) is None
    assert read_changed(said("", edited_timestamp="2026"), US, SPOT) is None
    heard = read_changed(said("y", edited_timestamp="2026"), US, SPOT)
    assert heard is not None
    assert (heard.kind, heard.key) == (InboundKind.REVISED, "discord:5:edited:2026")


# --- interactions ---


def test_an_interaction_says_everything() -> None:
    """Who, where, by what right, and how it is answered; the token shows nowhere."""
    asked = read_asked(interaction(2, {"name": "quota"}))
    assert asked is not None
    assert asked.kind is Kind.COMMAND
    assert asked.person == Person(
        ActorId("discord:1:200"), guild_workspace("1"), "ada", "de", ("300",), is_admin=True
    )
    told = asked.circumstances(Original.SHOWN)
    assert (told.room, told.file_limit, told.permissions, told.locale) == (Room.CHANNEL, 10, 8, "de")
    assert "secret" not in repr(asked) + repr(told)


@pytest.mark.parametrize(
    ("more", "workspace", "room"),
    [
        ({"channel": {"id": "3", "type": 11, "parent_id": "2"}}, "discord:1", Room.THREAD),
        ({"channel": {"id": "3", "type": 2}}, "discord:1", Room.THREAD),
        ({"authorizing_integration_owners": {"1": "200"}}, "discord:@200", Room.FOREIGN),
        ({"authorizing_integration_owners": {"1": "201"}}, "discord:@201", Room.FOREIGN),
        (
            {"guild_id": None, "context": 1, "authorizing_integration_owners": {"0": "0"}},
            "discord:@200",
            Room.DIRECT,
        ),
        (
            {"guild_id": None, "context": 2, "authorizing_integration_owners": {"1": "200"}},
            "discord:@200",
            Room.FOREIGN,
        ),
    ],
)
def test_where_it_was_asked(more: dict[str, Any], workspace: str, room: Room) -> None:
    """A server that has the app is a workspace; elsewhere the person is, and nobody an admin."""
    asked = read_asked(interaction(2, {}, **more))
    assert asked is not None
    assert (asked.workspace, asked.room) == (workspace, room)
    assert asked.person.is_admin == (workspace == "discord:1")


@pytest.mark.parametrize(
    "broken", [{"id": "x"}, {"token": ""}, {"type": 77}, {"member": {}}, {"application_id": 5}]
)
def test_what_is_no_interaction(broken: dict[str, Any]) -> None:
    """Without an id, a token, a person or a known kind nothing is done."""
    assert read_asked(interaction(2, {}, **broken)) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(NAMES),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_anything_is_read_calmly(strange: object) -> None:
    """Whatever stands where, nothing raises."""
    payload = strange if isinstance(strange, dict) else {"data": strange}
    read_asked(payload)
    asked = read_asked(interaction(2, payload))
    assert asked is not None
    options_of(asked)
    version_of(asked)
    read_imagine(asked, SPOT)
    read_edit(asked, SPOT, "")
    words_of_form(Values(asked))
    pictures_in(target_of(asked))
    press_in(payload, Act.EDIT)
    list(components(payload))
    if is_spoken(payload, US):
        read_message(payload, US, SPOT)


@pytest.mark.parametrize(
    ("custom_id", "act", "subject"),
    [
        ("v1:edit:v3b", Act.EDIT, "v3b"),
        ("v7:undo:", Act.UNDO, ""),
        ("v1:confirm:forget:me:x", Act.CONFIRM, "forget:me:x"),
    ],
)
def test_buttons_of_every_version(custom_id: str, act: Act, subject: str) -> None:
    """The version is not compared, and what an act is about may hold anything."""
    press = press_of(custom_id)
    assert press is not None
    assert (press.act, press.subject) == (act, subject)


@pytest.mark.parametrize("custom_id", ["", "edit:v3", "v1:dance:v3", "v1:more:v3", "vx:edit:v3"])
def test_buttons_of_nobody(custom_id: str) -> None:
    """What is not ours asks for nothing."""
    assert press_of(custom_id) is None


@pytest.mark.parametrize(("typed", "version"), [("v3b", "v3b"), ("2", "v2"), ("V4 · a cat", "v4"), ("x", "")])
def test_versions_are_named_as_people_do(typed: str, version: str) -> None:
    """With or without the letter, and as autocomplete shows them."""
    asked = read_asked(interaction(2, {"options": [{"name": "version", "value": typed}]}))
    assert asked is not None
    assert version_of(asked) == (version, typed)


@given(st.from_regex(r"v[1-9][0-9]{0,5}[a-h]?", fullmatch=True) | st.none(), st.integers(0, 2**63).map(str))
def test_a_form_knows_where_it_belongs(subject: str | None, message: str) -> None:
    """Its custom id leads back to what it was opened for, within Discord's hundred letters."""
    errand = Errand(message, subject)
    form = picture_form(errand, "de")
    assert len(form["custom_id"]) <= 100
    assert read_errand(form["custom_id"]) == errand
