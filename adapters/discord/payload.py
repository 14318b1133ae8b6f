"""Pieces of what Discord sends, taken calmly: what is missing or of another kind is empty. Pure.

Owns no knowledge of any payload.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Payload = Mapping[str, Any]


def text(payload: Payload, key: str) -> str:
    """The text under that key, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def number(payload: Payload, key: str) -> int | None:
    """The whole number under that key, also one that is written as text, as permissions are."""
    value = payload.get(key)
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdecimal():
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


def texts(payload: Payload, key: str) -> tuple[str, ...]:
    """The texts in the list under that key, or none."""
    value = payload.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def components(payload: Payload) -> Iterator[Payload]:
    """Every component of a message or a form, and those within others, from top to bottom."""
    for key in ("components", "component", "accessory"):
        found = [inner(payload, key)] if key != "components" else objects(payload, key)
        for one in found:
            if one:
                yield one
                yield from components(one)
