"""What this adapter's stores keep note of.

Owns plain shapes only. Must never learn SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.ids import MessageId, WorkspaceId


class Opens(StrEnum):
    """What becomes of answers to a message that begins a thread."""

    NOT_ASKED = ""
    THREAD = "thread"
    """They stand in the Discord thread made from it."""
    REPLIES = "replies"
    """Discord makes no thread there: they stand beside it, as replies to it."""


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message of ours that was posted, or was about to be: then `message` is empty.

    `thread` is the message that its thread began with, empty when it is that one itself. `interaction` is the
    one whose token made it, if one did. `only_to` is the one person who sees it. `first_ms` is when it was
    tried first, in milliseconds since 1970. `files` are the attachments that show its pictures, by
    the names that the renderer has for these.
    """

    key: MessageId
    workspace: WorkspaceId
    channel: str
    thread: str = ""
    message: str = ""
    interaction: str = ""
    only_to: str = ""
    opens: Opens = Opens.NOT_ASKED
    first_ms: int = 0
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The message that its thread began with."""
        return self.thread or self.message
