"""Blocks into a web page in Slack's look. Owns the look; knows no card."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, Any]

EMOJI = {"warning": "⚠️"}

STYLE = Path(__file__).with_name("slack.css").read_text(encoding="utf-8")


def page(blocks: Sequence[Json], pictures: Mapping[str, str], *, is_dark: bool) -> str:
    """One message. `pictures` are the addresses of files by their Slack ids."""
    shown = "".join(_block(block, pictures) for block in blocks)
    light = "dark" if is_dark else "light"
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><main class="{light}">'
        '<div class="message"><div class="face">I</div><div><span class="name">Inkthread</span>'
        f'<span class="tag">APP</span><span class="time">11:42 AM</span>{shown}</div></div></main>'
    )


def _block(block: Json, pictures: Mapping[str, str]) -> str:
    match block["type"]:
        case "rich_text":
            return "".join(_rich(part) for part in block["elements"])
        case "context":
            texts = "".join(escape(one["text"]) for one in block["elements"])
            return f'<div class="block context">{texts}</div>'
        case "image":
            return _picture(block, pictures)
        case "actions":
            return f'<div class="actions">{"".join(_element(one) for one in block["elements"])}</div>'
        case other:
            problem = f"the preview knows no block of type {other}"
            raise LookupError(problem)


def _rich(part: Json) -> str:
    look = {"rich_text_section": "", "rich_text_quote": " quote", "rich_text_preformatted": " code"}[
        part["type"]
    ]
    return f'<div class="block{look}">{"".join(_inline(one) for one in part["elements"])}</div>'


def _inline(element: Json) -> str:
    if element["type"] == "emoji":
        return EMOJI[element["name"]]
    text = escape(element["text"])
    return f"<b>{text}</b>" if element.get("style", {}).get("bold") else text


def _picture(block: Json, pictures: Mapping[str, str]) -> str:
    title = f'<div class="title">{escape(block["title"]["text"])} ▾</div>' if "title" in block else ""
    source = escape(pictures[block["slack_file"]["id"]])
    return f'<div class="picture">{title}<img src="{source}" alt="{escape(block["alt_text"])}"></div>'


def _element(element: Json) -> str:
    if element["type"] == "overflow":
        return "<button>⋯</button>"
    return f'<button class="{element.get("style", "")}">{escape(element["text"]["text"])}</button>'
