"""What the page sends becomes exactly the Inbound that the core expects."""

from __future__ import annotations

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.errors import Code, Refusal
from adapters.web.memory import WORKSPACE
from adapters.web.read import MAX_TEXT, message_inbound, read_message, read_name, read_press
from core.app.inbound import InboundKind, Person
from core.domain.card import Act
from core.domain.ids import ActorId, ThreadRef

ADA = Person(ActorId("web:demo:ada"), WORKSPACE, "Ada")
KEYS = st.text(string.ascii_letters + string.digits + "-_", min_size=8, max_size=64)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def said(text: str, thread: str | None = None) -> dict[str, object]:
    """A message's JSON."""
    return {"key": "key-12345", "text": text, "thread": thread}


def refused(body: dict[str, object]) -> Code:
    """Why a message is refused."""
    with pytest.raises(Refusal) as problem:
        read_message(body)
    return problem.value.code


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("/imagine a cat", InboundKind.COMMAND, "a cat"),
        ("／imagine 一只猫", InboundKind.COMMAND, "一只猫"),
        ("/IMAGINE\na cat\n--ar 1:1", InboundKind.COMMAND, "a cat\n--ar 1:1"),
        ("/imagine", InboundKind.COMMAND, ""),
        ("/help", InboundKind.COMMAND, "help"),
        ("/quota", InboundKind.SERVICE, "quota"),
        ("/USAGE 7", InboundKind.SERVICE, "usage 7"),
        ("／settings", InboundKind.SERVICE, "settings"),
        ("/history  ", InboundKind.SERVICE, "history"),
        ("/forget me", InboundKind.SERVICE, "forget me"),
        ("make it blue", InboundKind.MESSAGE, "make it blue"),
        ("// not for you", InboundKind.MESSAGE, "// not for you"),
        ("v2: make it blue", InboundKind.MESSAGE, "v2: make it blue"),
        ("@inkthread, a cat", InboundKind.MESSAGE, "a cat"),
    ],
)
def test_words_become_a_command_or_a_message(typed: str, kind: InboundKind, text: str) -> None:
    """Commands and the bot's own name are the page's; all else reaches the core as typed."""
    inbound = message_inbound(read_message(said(typed)), ADA, None, [])
    assert (inbound.kind, inbound.text) == (kind, text)


def test_words_to_somebody_else_are_marked() -> None:
    """`@maria nice!` is not for the bot; a mention in the middle of an edit is part of the edit."""
    for typed, is_to_others in (("@maria nice!", True), ("@inkthread a cat", False), ("paint @maria", False)):
        inbound = message_inbound(read_message(said(typed)), ADA, ThreadRef("t"), [])
        assert inbound.mentions_others is is_to_others


@given(key=KEYS, other=KEYS)
def test_a_delivery_key_belongs_to_its_person(key: str, other: str) -> None:
    """Two people never share a delivery key, whatever keys their browsers make."""
    bob = Person(ActorId("web:demo:bob"), WORKSPACE, "Bob")
    one = message_inbound(read_message({"key": key, "text": "a"}), ADA, None, [])
    two = message_inbound(read_message({"key": other, "text": "a"}), bob, None, [])
    assert one.delivery_key != two.delivery_key


@given(st.text(max_size=200).filter(lambda text: text.strip() and text.lstrip()[0] not in "/／@"))
def test_plain_words_arrive_byte_for_byte(text: str) -> None:
    """Joiners, emoji and right-to-left marks survive; only NUL, which no database keeps, is dropped."""
    wish = read_message(said(text, "t")) if text.replace("\0", "").strip() else None
    if wish is not None:
        assert message_inbound(wish, ADA, ThreadRef("t"), []).text == text.replace("\0", "")


@given(st.dictionaries(st.sampled_from(["key", "text", "thread", "attachments", "reply_to"]), JSON))
def test_any_json_is_read_or_refused(body: dict[str, object]) -> None:
    """Nothing that can be sent raises anything but a refusal."""
    with suppress(Refusal):
        assert read_message(body).key


def test_what_is_wrong_is_named() -> None:
    """Each kind of bad message has its own answer."""
    assert refused({"key": "short", "text": "a cat"}) is Code.BAD_REQUEST
    assert refused(said("  ")) is Code.EMPTY
    assert refused(said("x" * (MAX_TEXT + 1))) is Code.TOO_LARGE
    assert refused(said("\ud83d")) is Code.BAD_REQUEST
    assert refused(said("/dance")) is Code.UNKNOWN_COMMAND
    assert (
        refused(said("a") | {"attachments": [str(number) for number in range(17)]}) is Code.TOO_MANY_UPLOADS
    )


def test_a_press_names_a_known_button() -> None:
    """Buttons that do not exist are refused; known ones keep their subject."""
    wish = read_press({"key": "key-12345", "message": "m1", "act": "use", "subject": "v3b"})
    assert (wish.press.act, wish.press.subject) == (Act.USE, "v3b")
    with pytest.raises(Refusal):
        read_press({"key": "key-12345", "message": "m1", "act": "explode"})


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\u202eb"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    """Empty, endless and direction-turning names are refused."""
    with pytest.raises(Refusal):
        read_name({"name": name}, limit=40)
