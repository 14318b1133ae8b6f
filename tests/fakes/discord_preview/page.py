"""One message as an HTML page in Discord's look."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_preview.markdown import html_of

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE = Path(__file__).with_name("discord.css")
Json = dict[str, Any]


def page(components: list[Json], pictures: Mapping[str, str], *, is_dark: bool, in_thread: bool) -> str:
    """The whole page; `pictures` are addresses by file name."""
    body = "".join(_part(one, pictures) for one in components)
    thread = "" if in_thread else '<div class="thread"><b>a lighthouse</b> <span>3 Messages ›</span></div>'
    look = "dark" if is_dark else "light"
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE.read_text()}</style><body class="{look}">'
        f'<div class="avatar">I</div><div class="message"><div class="name">Inkthread '
        f'<span class="app">APP</span><time>Today at 14:02</time></div>{body}{thread}</div>'
    )


def _part(part: Json, pictures: Mapping[str, str]) -> str:
    inner = "".join(_part(one, pictures) for one in part.get("components") or [])
    match part["type"]:
        case 1:
            html = f'<div class="row">{inner}</div>'
        case 2:
            html = f'<button class="s{part["style"]}">{escape(part["label"])}</button>'
        case 3:
            html = f'<div class="menu">{escape(part["placeholder"])}<span>⌄</span></div>'
        case 10:
            html = f'<div class="text">{html_of(part["content"])}</div>'
        case 12:
            html = _gallery(part["items"], pictures)
        case 13:
            html = f'<div class="file">📄 <a href="#">{escape(_name(part["file"]))}</a></div>'
        case 17:
            colour = f"#{part['accent_color']:06x}" if "accent_color" in part else "transparent"
            html = f'<div class="frame" style="border-left-color:{colour}">{inner}</div>'
        case kind:
            message = f"no such part: {kind}"
            raise ValueError(message)
    return html


def _gallery(items: list[Json], pictures: Mapping[str, str]) -> str:
    shown = "".join(
        f'<img src="{escape(pictures[_name(item["media"])])}" alt="{escape(item["description"])}">'
        for item in items
    )
    return f'<div class="gallery n{min(len(items), 4)}">{shown}</div>'


def _name(media: Json) -> str:
    return str(media["url"]).removeprefix("attachment://")
