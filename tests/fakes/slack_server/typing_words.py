"""What a person's typing looks like on the wire: escaped text, and the rich text clients send along."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.slack_server.things import Json

TOKEN = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def typed(words: str) -> str:
    """What somebody typed, as Slack sends it: only `&`, `<` and `>` are escaped. Mentions are written raw."""
    return html.escape(words, quote=False)


def rich_text(wire: str) -> list[Json]:
    """The rich text block for a text as it stands on the wire; one section, styles left out (OURS)."""
    if not wire:
        return []
    elements: list[Json] = []
    start = 0
    for token in TOKEN.finditer(wire):
        elements += _plain(wire[start : token.start()])
        elements.append(_element(*token.groups()))
        start = token.end()
    elements += _plain(wire[start:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _plain(wire: str) -> list[Json]:
    return [{"type": "text", "text": html.unescape(wire)}] if wire else []


def _element(sign: str, name: str, label: str | None) -> Json:
    if sign == "@":
        return {"type": "user", "user_id": name}
    if sign == "#":
        return {"type": "channel", "channel_id": name}
    if sign == "!" and name.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": name.removeprefix("subteam^")}
    if sign == "!":
        return {"type": "broadcast", "range": name}
    return {"type": "link", "url": html.unescape(name)} | ({"text": html.unescape(label)} if label else {})
