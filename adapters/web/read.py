"""What the page sends, into an Inbound. Pure.

Owns which words of the composer are commands of the page. Everything else in the words, in a thread
above all, is handed to the core as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.web.errors import MAX_UPLOADS_A_MESSAGE, Code, refusal
from adapters.web.memory import STUDIO
from core.app.inbound import Attachment, Inbound, InboundKind, Press
from core.domain.card import Act
from core.domain.ids import MessageRef, Platform, ThreadRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.web.memory import StoredUpload, WebMessage
    from core.app.inbound import Person

MAX_TEXT = 40_000
"""Characters in a message: more than the model takes, so that the core can say what is too much."""

_SERVICES = frozenset({"quota", "usage", "history", "settings", "forget"})
"""Commands about the bot itself; what follows them goes along."""

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COMMAND = re.compile(r"[/／]([A-Za-z]+)(?:\s+|$)")
_TO_US = re.compile(r"@inkthread\b[,:]?\s*", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"@\w")


@dataclass(frozen=True, slots=True)
class MessageWish:
    """A message that a person wants to send. `key` was made by the browser and names this one delivery."""

    key: str
    text: str
    thread: str | None
    uploads: tuple[str, ...]
    reply_to: str | None


@dataclass(frozen=True, slots=True)
class PressWish:
    """A button that a person pressed on a message."""

    key: str
    message: str
    press: Press


def read_message(body: Mapping[str, object]) -> MessageWish:
    """A message's JSON, checked. Raises Refusal."""
    wish = MessageWish(
        key=_key(body),
        text=_text(body, "text"),
        thread=_optional(body, "thread"),
        uploads=_uploads(body),
        reply_to=_optional(body, "reply_to"),
    )
    if not wish.text.strip() and not wish.uploads:
        raise refusal(Code.EMPTY)
    if len(wish.uploads) > MAX_UPLOADS_A_MESSAGE:
        raise refusal(Code.TOO_MANY_UPLOADS, limit=MAX_UPLOADS_A_MESSAGE, count=len(wish.uploads))
    _check_command(wish.text)
    return wish


def read_press(body: Mapping[str, object]) -> PressWish:
    """A press's JSON, checked. Raises Refusal."""
    act = _text(body, "act")
    if act not in {known.value for known in Act}:
        raise refusal(Code.BAD_REQUEST, what="there is no such button")
    return PressWish(
        key=_key(body), message=_text(body, "message"), press=Press(Act(act), _text(body, "subject"))
    )


def read_name(body: Mapping[str, object], *, limit: int) -> str:
    """The name that a person chose, with single spaces. Raises Refusal."""
    name = " ".join(_text(body, "name").split())
    if not 1 <= len(name) <= limit or not name.isprintable():
        raise refusal(Code.NO_NAME, limit=limit)
    return name


def opens_channel_message(wish: MessageWish) -> bool:
    """Whether it stands in the channel: commands do, wherever they are typed."""
    return wish.thread is None or _COMMAND.match(wish.text) is not None


def message_inbound(
    wish: MessageWish, person: Person, thread: ThreadRef | None, uploads: Sequence[StoredUpload]
) -> Inbound:
    """The Inbound of a message."""
    kind, text = _command(wish.text)
    to_us = _TO_US.match(text) if kind is InboundKind.MESSAGE else None
    return Inbound(
        delivery_key=delivery_key(person, wish.key),
        platform=Platform.WEB,
        kind=kind,
        person=person,
        channel=STUDIO,
        text=text[to_us.end() :] if to_us else text,
        thread=thread,
        attachments=tuple(Attachment(one.id, one.file_name, one.size_bytes) for one in uploads),
        reply_to=None if wish.reply_to is None else MessageRef(wish.reply_to),
        is_addressed=to_us is not None or kind is not InboundKind.MESSAGE,
        mentions_others=to_us is None and _TO_SOMEBODY.match(text) is not None,
    )


def _command(text: str) -> tuple[InboundKind, str]:
    """How the words reach the core: after `/imagine` a prompt, with a service's name words to the bot."""
    command = _COMMAND.match(text)
    if command is None:
        return InboundKind.MESSAGE, text
    name, rest = command[1].lower(), text[command.end() :]
    if name in _SERVICES:
        return InboundKind.SERVICE, f"{name} {rest}".strip()
    return InboundKind.COMMAND, rest if name == "imagine" else name


def press_inbound(wish: PressWish, person: Person, message: WebMessage) -> Inbound:
    """The Inbound of a press."""
    return Inbound(
        delivery_key=delivery_key(person, wish.key),
        platform=Platform.WEB,
        kind=InboundKind.PRESS,
        person=person,
        channel=message.channel,
        thread=message.thread_ref,
        press=wish.press,
        reply_to=message.id,
        is_addressed=True,
    )


def delivery_key(person: Person, key: str) -> str:
    """The browser's key made unique to its person, so that nobody can use up another's."""
    return f"{person.id}:{key}"


def _check_command(text: str) -> None:
    command = _COMMAND.match(text)
    if command is not None and command[1].lower() not in {"imagine", "help", *_SERVICES}:
        raise refusal(Code.UNKNOWN_COMMAND, command=f"/{command[1].lower()}")


def _key(body: Mapping[str, object]) -> str:
    key = _text(body, "key")
    if _KEY.fullmatch(key) is None:
        raise refusal(Code.BAD_REQUEST, what="`key` has 8 to 64 letters, digits, - or _")
    return key


def _uploads(body: Mapping[str, object]) -> tuple[str, ...]:
    found = body.get("attachments", [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise refusal(Code.BAD_REQUEST, what="`attachments` is a list of upload ids")
    return tuple(dict.fromkeys(found))


def _optional(body: Mapping[str, object], name: str) -> str | None:
    return None if body.get(name) is None else _text(body, name)


def _text(body: Mapping[str, object], name: str) -> str:
    found = body.get(name, "")
    if not isinstance(found, str):
        raise refusal(Code.BAD_REQUEST, what=f"`{name}` is a text")
    if len(found) > MAX_TEXT:
        raise refusal(Code.TOO_LARGE, limit=MAX_TEXT)
    if any("\ud800" <= character <= "\udfff" for character in found):
        raise refusal(Code.BAD_REQUEST, what=f"`{name}` holds half a character")
    # The one character that Postgres cannot keep in a text.
    return found.replace("\0", "")
