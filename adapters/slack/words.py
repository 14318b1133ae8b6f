"""What a person wrote, out of Slack's ways of writing it down. Pure.

Owns Slack's escapes, links, mentions and rich text. Must never learn what the words ask for.

Slack sends a message twice over: as `text`, in which `&`, `<` and `>` are escaped and everything special
stands in angle brackets, and as one `rich_text` block, in which words are words. The block is taken where all
of it is understood, because it alone tells a typed `*` from a bold word; else the text (Slack, 2026-11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MAX_TEXT: Final = 40_000
"""Where Slack cuts a message (2026-11): more than the model takes, so that the core can refuse it."""

_TOKEN: Final = re.compile(r"<([^<>\n]*)>")
_ESCAPES: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPED: Final = re.compile("|".join(_ESCAPES))
_AFTER_OUR_NAME: Final = re.compile(r"^\s*[,:]?\s*")
_OURS: Final = "\ue000"
"""Stands for our own name until the words are whole; it is taken out of what people write."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, our own mention taken off; whether we were meant, and whether somebody else was."""

    text: str
    names_us: bool = False
    names_others: bool = False


@dataclass(slots=True)
class _Listening:
    """What has been heard so far of one message."""

    us: str
    names_us: bool = False
    names_others: bool = False

    def person(self, user: str, label: str) -> str:
        if user == self.us:
            self.names_us = True
            return _OURS
        self.names_others = True
        return f"@{label or user}"

    def crowd(self, name: str) -> str:
        self.names_others = True
        return f"@{name.removeprefix('@')}"


def words_of(message: Mapping[str, Any], us: str) -> Words:
    """The words of a message or of a command's text; `us` is our own user id there."""
    heard = _Listening(us)
    text = _of_blocks(message.get("blocks"), heard)
    if text is None:
        heard = _Listening(us)
        text = _of_text(str(message.get("text") or ""), heard)
    return Words(_without_our_name(text)[:MAX_TEXT].strip(), heard.names_us, heard.names_others)


def unescaped(text: str) -> str:
    """`&lt;`, `&gt;` and `&amp;` as they were typed; each once, so that a typed `&lt;` stays one."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)


def _without_our_name(text: str) -> str:
    """`@Inkthread, a cat` is `a cat`, and `now @Inkthread make it red` is `now make it red`."""
    parts = text.split(_OURS)
    if len(parts) == 1:
        return text
    first, *others = parts
    rest = [
        _AFTER_OUR_NAME.sub("", one) if not first.strip() and at == 0 else one.lstrip(" ")
        for at, one in enumerate(others)
    ]
    return " ".join(part.strip(" ") for part in (first, *rest) if part.strip(" "))


# --- text ---------------------------------------------------------------------------------------------------


def _of_text(text: str, heard: _Listening) -> str:
    clean = text.replace(_OURS, "")
    parts, at = [], 0
    for found in _TOKEN.finditer(clean):
        parts += [unescaped(clean[at : found.start()]), _of_token(found[1], heard)]
        at = found.end()
    return "".join([*parts, unescaped(clean[at:])])


def _of_token(token: str, heard: _Listening) -> str:
    """What stands between angle brackets: `@U1|ann`, `#C1|general`, `!here`, `https://a.b|label`."""
    inside, _, label = token.partition("|")
    label = unescaped(label)
    match inside[:1]:
        case "@":
            return heard.person(inside[1:], label)
        case "#":
            return f"#{label or inside[1:]}"
        case "!":
            return _of_command(inside[1:], label, heard)
        case _:
            return label or unescaped(inside.removeprefix("mailto:"))


def _of_command(name: str, label: str, heard: _Listening) -> str:
    if name.startswith("date^"):
        return label
    if name.startswith("subteam^"):
        return heard.crowd(label or name.removeprefix("subteam^"))
    return heard.crowd(label or name)


# --- rich text ----------------------------------------------------------------------------------------------


class _UnknownPieceError(Exception):
    """A piece of rich text of a kind that we do not know."""


def _of_blocks(blocks: object, heard: _Listening) -> str | None:
    """The words of the one rich text block that people's messages have; None where there is another kind."""
    if not isinstance(blocks, list) or len(blocks) != 1:
        return None
    block = blocks[0]
    if not isinstance(block, dict) or block.get("type") != "rich_text":
        return None
    try:
        return "\n".join(_of_part(part, heard) for part in _list(block)).replace("\u00a0", " ")
    except _UnknownPieceError:
        return None


def _of_part(part: Mapping[str, Any], heard: _Listening) -> str:
    match part.get("type"):
        case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
            return "".join(_of_element(one, heard) for one in _list(part)).removesuffix("\n")
        case "rich_text_list":
            return "\n".join(_of_part(one, heard) for one in _list(part))
        case _:
            raise _UnknownPieceError


def _of_element(element: Mapping[str, Any], heard: _Listening) -> str:
    read = _ELEMENTS.get(str(element.get("type")))
    if read is None:
        raise _UnknownPieceError
    return read(element, heard)


def _emoji(element: Mapping[str, Any], _heard: _Listening) -> str:
    """The character itself where it is one, `:name:` where it is the workspace's own."""
    name, codes = str(element.get("name") or ""), element.get("unicode")
    if not isinstance(codes, str):
        return f":{name}:"
    try:
        return "".join(chr(int(code, 16)) for code in codes.split("-"))
    except (ValueError, OverflowError):
        return f":{name}:"


def _text(key: str) -> Callable[[Mapping[str, Any], _Listening], str]:
    return lambda element, _heard: str(element.get(key) or "").replace(_OURS, "")


_ELEMENTS: Final[Mapping[str, Callable[[Mapping[str, Any], _Listening], str]]] = {
    "text": _text("text"),
    "link": lambda one, _heard: str(one.get("text") or one.get("url") or "").removeprefix("mailto:"),
    "user": lambda one, heard: heard.person(str(one.get("user_id")), ""),
    "usergroup": lambda one, heard: heard.crowd(str(one.get("usergroup_id"))),
    "channel": lambda one, _heard: f"#{one.get('channel_id')}",
    "broadcast": lambda one, heard: heard.crowd(str(one.get("range"))),
    "emoji": _emoji,
    # Slack makes one of every #ff0000 that people type.
    "color": _text("value"),
    "date": _text("fallback"),
}


def _list(block: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not all(isinstance(one, dict) for one in elements):
        raise _UnknownPieceError
    return elements
