"""What Slack sends becomes what the core takes in: each thing a person did once, in the words they meant."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.payload import inner
from adapters.slack import read
from adapters.slack.modals_read import message_errand, read_form
from adapters.slack.read import Heard, Origin
from adapters.slack.refs import read_file_ref
from adapters.slack.words import MAX_TEXT, words_of
from core.app.inbound import InboundKind, Person
from core.domain.card import Act
from core.domain.ids import ActorId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

US = "UBOT"
HERE = Origin("T1", US)
TS = "1700000000.000100"


def said(text: str = "a fox", **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A message as Slack sends it."""
    return {"type": "message", "user": "U1", "channel": "C1", "ts": TS, "text": text} | others


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> list[dict[str, Any]]:
    """The block of a message that was typed in Slack's composer."""
    return [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}]


def heard(event: dict[str, Any]) -> Heard:
    """What is made of the event, which has to be something."""
    found = read.read_message(event, HERE)
    assert found is not None
    return found


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a fox &amp; a hen", "a fox & a hen"),
        ("&lt;3 &amp;lt; 4", "<3 &lt; 4"),
        ("<@UBOT> a fox", "a fox"),
        ("<@UBOT>, a fox", "a fox"),
        ("now <@UBOT|inkthread> make it red", "now make it red"),
        ("for <@U2|maria>", "for @maria"),
        ("for <@U2>", "for @U2"),
        ("see <#C2|general>", "see #general"),
        ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
        ("<https://a.example|the page>", "the page"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("<!subteam^S1|@design>", "@design"),
        ("<!channel> look", "@channel look"),
        ("مرحبا :party_parrot:", "مرحبا :party_parrot:"),
        ("a < b", "a < b"),
    ],
)
def test_text_is_read_as_it_was_meant(written: str, meant: str) -> None:
    """Escapes, links, people and channels become plain words; our own name is taken off."""
    assert words_of({"text": written}, US).text == meant


def test_rich_text_tells_what_the_text_cannot() -> None:
    """A typed star stays one, a colour that Slack recognised is one again, an emoji is itself."""
    blocks = rich(
        {"type": "user", "user_id": US},
        {"type": "text", "text": " 5 * 3 of "},
        {"type": "color", "value": "#ff0000"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "fox_face", "unicode": "1f98a"},
        {"type": "emoji", "name": "party_parrot"},
        {"type": "link", "url": "https://a.example", "text": "here"},
    )
    words = words_of({"text": "nonsense", "blocks": blocks}, US)
    assert (words.text, words.names_us) == ("5 * 3 of #ff0000 🦊:party_parrot:here", True)


@pytest.mark.parametrize("kind", ["rich_text_quote", "rich_text_preformatted"])
def test_quotes_and_code_keep_their_words(kind: str) -> None:
    """What is set off is meant all the same."""
    assert words_of({"blocks": rich({"type": "text", "text": "a fox"}, kind=kind)}, US).text == "a fox"


def test_lists_become_lines() -> None:
    """Each entry of a list is a line of its own."""
    entry = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a fox"}]}
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [entry, entry]}]}]
    assert words_of({"blocks": blocks}, US).text == "a fox\na fox"


def test_rich_text_of_a_kind_that_is_new_falls_back_to_the_text() -> None:
    """Slack adds kinds; the text has everything at least once."""
    blocks = rich({"type": "hologram", "depth": 3})
    assert words_of({"text": "a fox", "blocks": blocks}, US).text == "a fox"


def test_ten_thousand_characters_stay_whole() -> None:
    """Nothing is cut that the model could read."""
    assert words_of({"text": "x" * 10_000}, US).text == "x" * 10_000
    assert len(words_of({"text": "x" * 50_000}, US).text) == MAX_TEXT


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_typed_comes_back(typed: str) -> None:
    """Escaped as Slack escapes it, any text is read as it was typed, but for space around it."""
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words_of({"text": escaped}, US).text == typed.replace("\ue000", "").strip()


# --- what is for us -----------------------------------------------------------------------------------------


def test_a_reply_in_a_thread_is_heard() -> None:
    """Which threads are ours the core knows; the words to others it is told."""
    found = heard(said("<@U2> nice", thread_ts="1699999999.000100"))
    inbound = found.inbound(Person(ActorId("slack:T1:U1"), HERE.workspace, "Ann"), "")
    assert (inbound.thread, inbound.mentions_others, inbound.is_addressed) == (
        "1699999999.000100",
        True,
        False,
    )
    assert (inbound.delivery_key, inbound.source) == (f"slack:T1:C1:{TS}", f"C1:{TS}")


def test_a_message_and_its_mention_are_one_delivery() -> None:
    """Slack tells us twice of a message that names us; both have the same key."""
    mention = heard(said("<@UBOT> a fox", type="app_mention"))
    message = heard(said("<@UBOT> a fox"))
    assert mention.key == message.key
    assert mention.is_addressed
    assert message.is_addressed


def test_a_direct_message_is_meant_for_us() -> None:
    """Nobody else is there."""
    assert heard(said(channel="D1", channel_type="im")).is_addressed


@pytest.mark.parametrize(
    "event",
    [
        said(),
        said(bot_id="B2", thread_ts="1.1"),
        said(user=US, thread_ts="1.1"),
        said(subtype="bot_message", thread_ts="1.1"),
        said(subtype="channel_join", thread_ts="1.1"),
        said(subtype="message_replied", thread_ts="1.1"),
        said(user=None, thread_ts="1.1"),
    ],
    ids=["talk in the channel", "a bot", "ourselves", "an old bot", "a join", "a count", "nobody"],
)
def test_what_is_not_for_us_is_not_heard(event: dict[str, Any]) -> None:
    """Talk outside threads, bots, ourselves and Slack's own notes never reach the core."""
    assert read.read_message(event, HERE) is None


def test_a_broadcast_reply_is_a_reply() -> None:
    """It was said in the thread, wherever else it is shown."""
    assert heard(said(subtype="thread_broadcast", thread_ts="1.1")).thread == "1.1"


def test_the_message_that_opens_a_thread_was_said_in_the_channel() -> None:
    """Once somebody replied, a root carries its own ts as thread."""
    assert heard(said("<@UBOT> a fox", thread_ts=TS)).thread is None


def test_files_come_along_without_a_token() -> None:
    """What is kept of a file is enough to fetch it later, and gives nobody access."""
    file = {
        "id": "F1",
        "name": "fox.png",
        "size": 12,
        "mode": "hosted",
        "url_private": "https://files.slack.com/files-pri/T1-F1/fox.png",
        "url_private_download": "https://files.slack.com/files-pri/T1-F1/download/fox.png",
    }
    shared = {"id": "F2", "file_access": "check_file_info"}
    attachments = heard(said(subtype="file_share", thread_ts="1.1", files=[file, shared])).attachments
    first, second = (read_file_ref(one.ref) for one in attachments)
    assert first is not None
    assert second is not None
    assert (attachments[0].file_name, attachments[0].size_bytes, first.id) == ("fox.png", 12, "F1")
    assert first.url.endswith("/download/fox.png")
    assert (second.needs_asking, first.needs_asking) == (True, False)


# --- changes ------------------------------------------------------------------------------------------------


def change(text: str, before: str = "a fox", **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A message that was changed, as Slack sends it."""
    edited = {"user": "U1", "ts": "1700000009.000000"}
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "message": said(text, edited=edited, thread_ts="1.1"),
        "previous_message": said(before, thread_ts="1.1"),
    } | others


def test_changed_words_are_a_revision_of_the_same_message() -> None:
    """The core finds the turn by its source; each change is one delivery."""
    found = heard(change("a hen"))
    assert (found.kind, found.source, found.words.text) == (InboundKind.REVISED, f"C1:{TS}", "a hen")
    assert found.key != heard(said("a fox", thread_ts="1.1")).key


def test_a_link_that_unfolds_is_no_change() -> None:
    """Slack reports a change when it adds a preview; the words are the same."""
    assert read.read_message(change("a fox"), HERE) is None
    quiet = change("a hen")
    del quiet["message"]["edited"]
    assert read.read_message(quiet, HERE) is None


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_deleted", "deleted_ts": TS, "previous_message": said(thread_ts="1.1")},
        change("", message=said(subtype="tombstone", user="USLACKBOT")),
    ],
    ids=["gone", "with replies left behind"],
)
def test_a_deleted_message_is_withdrawn(event: dict[str, Any]) -> None:
    """Both ways in which Slack says so are one delivery."""
    found = heard({"type": "message", "channel": "C1"} | event)
    assert (found.kind, found.source, found.user) == (InboundKind.WITHDRAWN, f"C1:{TS}", "U1")
    assert found.key == f"slack:T1:C1:{TS}:deleted"


def test_slacks_own_stop_is_the_word_cancel() -> None:
    """Pressing Stop in a thread cancels what this person has there."""
    found = read.read_stop({"user": "U1", "channel": "C1", "thread_ts": "1.1", "event_ts": "2.2"}, HERE)
    assert found is not None
    assert (found.words.text, found.thread, found.is_addressed) == ("cancel", "1.1", True)


# --- commands and buttons -----------------------------------------------------------------------------------


def command(text: str) -> dict[str, Any]:
    """A slash command as Slack sends it."""
    return {
        "user_id": "U1",
        "channel_id": "C1",
        "text": text,
        "trigger_id": "1.2.x",
        "response_url": "https://hooks.slack.com/commands/T1/1/secret",
    }


def test_imagine_has_its_own_key_and_hides_its_answer() -> None:
    """A command's trigger names it; the address that answers it never shows."""
    found = read.read_imagine(command("a fox &amp; a hen"), HERE)
    assert found is not None
    assert (found.key, found.words.text) == ("slack:T1:command:1.2.x", "a fox & a hen")
    assert "secret" not in repr(found)


def test_imagine_without_words_is_no_wish() -> None:
    """It opens a form instead."""
    assert read.read_imagine(command("  "), HERE) is None


def test_inkthread_without_words_asks_for_help() -> None:
    """The bot about itself."""
    found = read.read_service(command(""), HERE)
    assert found is not None
    assert (found.kind, found.words.text) == (InboundKind.SERVICE, "help")


def press(value: str, **container: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A pressed button as Slack sends it."""
    return {
        "user": {"id": "U1"},
        "container": {"message_ts": TS, "channel_id": "C1"} | container,
        "actions": [{"action_id": "v1:undo", "value": value, "action_ts": "3.3"}],
    }


def test_a_button_says_what_it_is_about() -> None:
    """Its act, its version, its message and the thread that hangs on that message."""
    found = read.read_press(press("v1:goto:v3b"), HERE)
    assert found is not None
    assert found.press is not None
    assert (found.press.act, found.press.subject) == (Act.GO_TO, "v3b")
    assert (found.thread, found.reply_to) == (TS, f"C1:{TS}")


def test_an_entry_of_a_menu_is_a_button_too() -> None:
    """What stands behind the three dots."""
    body = press("")
    body["actions"] = [{"selected_option": {"value": "v1:why:v2"}, "action_ts": "3.3"}]
    found = read.read_press(body, HERE)
    assert found is not None
    assert found.press is not None
    assert found.press.act is Act.WHY


@pytest.mark.parametrize("value", ["", "v1:explode:v1", "v2:undo:v1", "undo"])
def test_a_button_of_nobody_is_not_heard(value: str) -> None:
    """Other versions' buttons and invented ones do nothing."""
    assert read.read_press(press(value), HERE) is None


# --- anything -----------------------------------------------------------------------------------------------


READERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "message": lambda body: read.read_message(inner(body, "event"), HERE),
    "app_mention": lambda body: read.read_message(inner(body, "event"), HERE),
    "block_actions": lambda body: read.read_press(body, HERE),
    "slash_command": lambda body: (read.read_imagine(body, HERE), read.read_service(body, HERE)),
    "view_submission": lambda body: read_form(body, HERE),
    "message_shortcut": lambda body: message_errand(body, ""),
}


def samples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Slack's own examples, by the name of what they show."""
    specs = os.environ.get("INKTHREAD_SPECS")
    if specs is None:
        return
    for path in sorted(Path(specs, "slack", "samples").glob("*/*.*")):
        name = path.name.split(".")[0]
        if path.suffix == ".json" and isinstance(found := json.loads(path.read_text()), dict):
            yield name, found
        elif path.suffix == ".txt":
            yield name, dict(parse_qsl(path.read_text().strip()))


def test_every_example_of_slacks_can_be_read() -> None:
    """Each of their keys is taken calmly, and each one missing or strange as well."""
    for name, body in samples():
        for kind, reader in READERS.items():
            if not name.startswith(kind):
                continue
            reader(body)
            for broken in _broken(body):
                reader(broken)


STRANGE: tuple[Any, ...] = (None, [], {}, "x", 7, [None], [{}])
"""What no key is meant to hold."""


def _broken(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same with one key taken out or made something else, at the first two levels."""
    for key, value in body.items():
        yield {name: value for name, value in body.items() if name != key}
        for strange in STRANGE:
            yield body | {key: strange}
        if isinstance(value, dict):
            for within in value:
                for strange in STRANGE:
                    yield body | {key: value | {within: strange}}
