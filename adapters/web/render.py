"""Neutral values into the JSON that the page shows. Pure.

Owns the shape of cards, threads, quota and gallery in the API. Text stays plain text: it is the page
that puts it on the screen, as text and never as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from core.domain.lineage import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.records import GalleryItem, PictureRecord
    from core.app.views import EngineView, QuotaRow, RevisionView, ThreadView
    from core.domain.card import Button, Card, Line, Picture, Progress
    from core.domain.ids import ActorId
    from core.domain.lineage import Head

Json = dict[str, Any]


def picture_url(blob: str) -> str:
    """Where the page gets the exact bytes of a picture; `?w=` gives a small copy, `?download=1` a file."""
    return f"/api/pictures/{quote(blob, safe='/:')}"


def card_json(card: Card) -> Json:
    """A whole message of ours."""
    return {
        "kind": card.kind.value,
        "text": card.text,
        "lines": [_line(line) for line in card.lines],
        "pictures": [_picture(picture) for picture in card.pictures],
        "buttons": [_button(button) for button in card.buttons],
        "caption": card.caption,
        "revision": card.revision,
        "progress": None if card.progress is None else progress_json(card.progress),
    }


def progress_json(progress: Progress) -> Json:
    """How far a turn is. `started_at_s` is in seconds since 1970, UTC."""
    return {
        "stage": progress.stage,
        "ahead": progress.ahead,
        "started_at_s": progress.started_at_s,
        "expected_s": progress.expected_s,
    }


def _line(line: Line) -> Json:
    thread = None if line.link is None else line.link.thread
    return {"text": line.spelled_out, "tone": line.tone.value, "thread": thread}


def _picture(picture: Picture) -> Json:
    original = picture.original or picture.blob
    return {
        "url": picture_url(picture.blob),
        "original_url": picture_url(original),
        "format": picture.format.value,
        "width": picture.size.width,
        "height": picture.size.height,
        "size_bytes": picture.size_bytes,
        "alt": picture.alt_text,
        "file_name": picture.file_name,
        "letter": picture.letter,
    }


def _button(button: Button) -> Json:
    return {
        "act": button.act.value,
        "label": button.label,
        "subject": button.subject,
        "spends": button.spends,
        "in_more": button.in_more,
    }


def thread_json(view: ThreadView) -> Json:
    """The versions of an edit thread, with where each came from."""
    return {
        "head": _head(view.head),
        "revisions": [_revision(revision) for revision in view.revisions],
        "is_closed": view.is_closed,
        "busy_turns": view.busy_turns,
    }


def _head(head: Head | None) -> Json | None:
    return None if head is None else {"revision": head.revision, "letter": head.letter}


def _revision(revision: RevisionView) -> Json:
    pairs = zip(LETTERS, revision.pictures, strict=False)
    return {
        "number": revision.number,
        "parent": _head(revision.parent),
        "text": revision.text,
        "actor_name": revision.actor_name,
        "pictures": [_record(picture) | {"letter": letter} for letter, picture in pairs],
        "is_forgotten": revision.is_forgotten,
    }


def _record(picture: PictureRecord) -> Json:
    return {
        "url": picture_url(picture.blob),
        "format": picture.format.value,
        "width": picture.size.width,
        "height": picture.size.height,
    }


def quota_json(row: QuotaRow) -> Json:
    """One allowance. Money is in micro-dollars, as everywhere."""
    return {
        "scope": row.scope.value,
        "metric": row.metric.value,
        "period": row.period.value,
        "amount": row.amount,
        "used": row.used,
        "held": row.held,
        "extra": row.extra,
        "back_at": row.back_at.isoformat(),
    }


def gallery_json(item: GalleryItem, names: Mapping[ActorId, str]) -> Json:
    """A finished picture and the thread it lives in."""
    return {
        "picture": _record(item.picture),
        "text": item.text,
        "thread": item.thread_ref,
        "channel": item.channel,
        "revision": item.revision,
        "letter": item.letter,
        "actor_name": names.get(item.actor, ""),
        "made_at": item.made_at.isoformat(),
    }


def engine_json(view: EngineView) -> Json:
    """Which engine makes the pictures."""
    return {"name": view.name, "model": view.model, "is_sandbox": view.is_sandbox}
