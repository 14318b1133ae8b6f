"""What a finished answer holds: pictures, or addresses of pictures, and usage.

Owns the reading of the answer's fields, streamed or not. Must never fetch or look into a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.openai_images.payload import decode_picture
from core.domain.generation import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TOKENS: Final = 10_000_000
"""Far more than the largest call can use: a server that reports more would empty budgets by a slip."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a compatible server keeps a picture that it did not send along. Not trusted."""

    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer. `sent` are the pictures in order; `usage` is None where the server reports none."""

    sent: tuple[bytes | Address, ...]
    usage: Usage | None
    request_id: str | None = None


def answer_in(document: Mapping[str, object], request_id: str | None) -> Answer:
    """Read the body of an answer, or the event that completes a stream."""
    listed = document.get("data")
    entries = listed if isinstance(listed, list) else [document]
    sent = [
        found for entry in entries if isinstance(entry, dict) and (found := picture_in(entry)) is not None
    ]
    return Answer(tuple(sent), usage_in(document.get("usage")), request_id)


def picture_in(entry: Mapping[str, object]) -> bytes | Address | None:
    """The picture of one entry; None where there is none."""
    content = entry.get("b64_json")
    if isinstance(content, bytes):
        return content
    url = entry.get("url")
    if not isinstance(url, str) or not url:
        return None
    return decode_picture(url.encode()) if url.startswith("data:") else Address(url)


def usage_in(reported: object) -> Usage | None:
    """The tokens that were reported; None where what the picture cost is missing or makes no sense."""
    if not isinstance(reported, dict):
        return None
    details_in = reported.get("input_tokens_details")
    details_out = reported.get("output_tokens_details")
    text = _count(details_in, "text_tokens")
    pictures = _count(details_in, "image_tokens")
    made = _count(details_out, "image_tokens") or _count(reported, "output_tokens")
    if text is None or pictures is None or not made:
        return None
    return Usage(text, pictures, made)


def _count(holder: object, name: str) -> int | None:
    value = holder.get(name) if isinstance(holder, dict) else None
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS
    return value if is_count else None
