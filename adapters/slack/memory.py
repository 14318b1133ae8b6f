"""What this adapter's stores keep note of.

Owns plain shapes only. Must never learn SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.domain.ids import MessageId


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message of ours that was posted, or was about to be: then `ts` is empty.

    `first_ms` and `last_ms` are when it was tried first and last, in milliseconds since 1970: between them,
    give or take a minute, Slack has it if it has it at all. `only_to` is the one person who sees it, if it
    is a message that nobody can change or look up.
    """

    key: MessageId
    channel: str
    thread: str
    ts: str
    only_to: str
    first_ms: int
    last_ms: int


class FileState(StrEnum):
    """How far a file of ours is known to have come on Slack."""

    RESERVED = "reserved"
    """Slack gave an id; whether the bytes arrived has to be asked."""
    STORED = "stored"
    """The bytes are there; nobody sees the file yet."""
    READY = "ready"
    """Slack has looked at it: it can be shown in a message."""
    SHARING = "sharing"
    """It is to be a message of its own; whether it is one has to be asked."""
    SHARED = "shared"
    """It stands in the thread as a message of its own."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of ours on Slack, for one picture of one message."""

    file_id: str
    state: FileState
