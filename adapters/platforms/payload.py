"""Pieces of what a platform sends, taken calmly: what is missing or of another kind is empty. Pure.

Owns no knowledge of any payload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

Payload = Mapping[str, Any]

MOST_DIGITS: Final = 40
"""More than any platform's ids and permissions have, and fewer than Python refuses to read (4,300)."""


def text(payload: Payload, key: str) -> str:
    """The text under that key, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def number(payload: Payload, key: str) -> int | None:
    """The whole number under that key, also one that is written as text, as Discord writes permissions."""
    value = payload.get(key)
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS:
        return int(value)
    return value if isinstance(value, int) else None


def inner(payload: Payload, key: str) -> Payload:
    """The object under that key, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, dict) else {}


def objects(payload: Payload, key: str) -> Sequence[Payload]:
    """The objects in the list under that key, or none."""
    value = payload.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def first(payload: Payload, key: str) -> Payload:
    """The first object in the list under that key, or an empty one."""
    return next(iter(objects(payload, key)), {})


def texts(payload: Payload, key: str) -> tuple[str, ...]:
    """The texts in the list under that key, or none."""
    value = payload.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
