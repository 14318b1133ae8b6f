"""Pieces of what Slack sends, taken calmly: what is missing or of another kind is empty. Pure.

Owns no knowledge of any payload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Payload = Mapping[str, Any]


def text(payload: Payload, key: str) -> str:
    """The text under that key, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


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
