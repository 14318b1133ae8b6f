"""A signal as text, the way it travels between processes.

Owns the form and its limit. Must never learn who sends or hears.
"""

from __future__ import annotations

import json

from core.app.ports import Signal

MAX_BYTES = 7_999
"""Postgres wants the payload of a notification shorter than 8000 bytes (docs of NOTIFY, 2026-11)."""


def write_signal(signal: Signal) -> str:
    """The signal as one line of ASCII JSON.

    Raises:
        ValueError: it is longer than MAX_BYTES. Signals carry ids; content belongs in the database.

    """
    text = json.dumps({"topic": signal.topic, "values": signal.values}, separators=(",", ":"))
    if len(text) > MAX_BYTES:
        msg = (
            f"The signal {signal.topic[:40]!r} is {len(text)} bytes long; at most {MAX_BYTES} travel in one "
            "piece. Send ids, and let whoever hears it look up the rest."
        )
        raise ValueError(msg)
    return text


def read_signal(text: str) -> Signal | None:
    """The signal in that text; None when it is not one of ours."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match read:
        case {"topic": str(topic), "values": dict(values)} if _is_text(values):
            return Signal(topic, values)
        case _:
            return None


def _is_text(values: dict[object, object]) -> bool:
    return all(isinstance(value, str) for value in values.values())
