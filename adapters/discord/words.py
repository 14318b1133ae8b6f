"""What a person wrote, out of Discord's ways of writing it down. Pure.

Owns Discord's mentions, custom emoji and timestamps. What else is typed, Markdown too, stays as it is. Must
never learn what the words ask for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from adapters.platforms.payload import objects, text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.platforms.payload import Payload

_TOKEN: Final = re.compile(
    r"<(?:@!?(?P<user>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|a?:(?P<emoji>\w{2,32}):\d+"
    r"|/(?P<command>[-\w ]{1,98}):\d+|(?P<link>https?://[^\s<>]+))>",
    re.ASCII,
)
_CROWD: Final = re.compile(r"@(?:everyone|here)\b")
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
    names: Mapping[str, str]
    our_roles: frozenset[str]
    names_us: bool = False
    names_others: bool = field(default=False)

    def token(self, found: re.Match[str]) -> str:
        """What stands between angle brackets, as people see it."""
        user, role = found["user"], found["role"]
        if user == self.us or role in self.our_roles:
            self.names_us = True
            return _OURS
        if user or role:
            self.names_others = True
            return f"@{self.names.get(user or role, user or role)}"
        if found["channel"]:
            return f"#{found['channel']}"
        if found["emoji"]:
            return f":{found['emoji']}:"
        return f"/{found['command']}" if found["command"] else found["link"]


def words_of(message: Payload, us: str, *, our_roles: frozenset[str] = frozenset()) -> Words:
    """The words of a message; `us` is our user id, `our_roles` the roles that Discord made for us alone."""
    names = {text(one, "id"): text(one, "global_name") or text(one, "username") for one in _people(message)}
    heard = _Listening(us, names, our_roles)
    content = _TOKEN.sub(heard.token, text(message, "content").replace(_OURS, ""))
    is_to_all = message.get("mention_everyone") is True and _CROWD.search(content) is not None
    return Words(_without_our_name(content).strip(), heard.names_us, heard.names_others or is_to_all)


def words_typed(typed: str, us: str = "") -> str:
    """The words of an option or of a form's field, where a mention calls nobody."""
    return words_of({"content": typed}, us).text


def names_us_in(message: Payload, us: str, our_roles: frozenset[str]) -> bool:
    """Whether a message calls us. Discord says so also where the words themselves are hidden.

    Our own role is often typed for our name; where it may not be called, Discord does not list it.
    """
    called = {text(one, "id") for one in _people(message)} | set(texts(message, "mention_roles"))
    content = text(message, "content")
    return not called.isdisjoint({us, *our_roles}) or any(f"<@&{one}>" in content for one in our_roles)


def _people(message: Payload) -> list[Payload]:
    return list(objects(message, "mentions"))


def _without_our_name(content: str) -> str:
    """`@Inkthread, a cat` is `a cat`, and `now @Inkthread make it red` is `now make it red`."""
    parts = content.split(_OURS)
    if len(parts) == 1:
        return content
    first, *others = parts
    rest = [
        _AFTER_OUR_NAME.sub("", one) if not first.strip() and at == 0 else one.lstrip(" ")
        for at, one in enumerate(others)
    ]
    return " ".join(part.strip(" ") for part in (first, *rest) if part.strip(" "))
