"""The values that the web platform's store hands out.

Owns plain shapes only. Must never learn SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.domain.ids import ActorId, ChannelRef, MessageRef, ThreadRef, WorkspaceId

WORKSPACE = WorkspaceId("web:demo")
"""The one workspace of the page."""

STUDIO = ChannelRef("studio")
"""The one channel of the page, so far."""

TAKES_LONG = {"takes_long": True}
"""Options of a statement that may walk over many rows: others must be able to go on meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A picture that somebody dropped on the page, already checked and stripped of metadata."""

    id: str
    actor: ActorId
    file_name: str
    media_type: str
    size_bytes: int
    blob: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message on its way in. `author` is None for our own; those have a `card` and no `text`."""

    key: str
    channel: ChannelRef
    thread: ThreadRef | None
    author: ActorId | None = None
    text: str = ""
    card: dict[str, Any] | None = None
    uploads: tuple[StoredUpload, ...] = ()
    private_to: ActorId | None = None


@dataclass(frozen=True, slots=True)
class WebMessage:
    """A message that stands. Times are in UTC; `attachments` are as the page shows them.

    `is_deleted`: only its place is left, which is shown where its thread has answers.
    """

    seq: int
    id: MessageRef
    key: str
    channel: ChannelRef
    thread: ThreadRef | None
    author: ActorId | None
    text: str
    card: dict[str, Any] | None
    attachments: tuple[dict[str, Any], ...]
    private_to: ActorId | None
    created_ms: int
    updated_ms: int
    is_deleted: bool = False

    @property
    def thread_ref(self) -> ThreadRef:
        """Where replies to it go: its thread, or the thread that it opens itself."""
        return self.thread or ThreadRef(self.id)

    def is_visible_to(self, viewer: ActorId) -> bool:
        """Whether that person may see it."""
        return self.private_to is None or self.private_to == viewer


@dataclass(frozen=True, slots=True)
class ReplySummary:
    """What the channel shows of a thread: its replies, when the last came, who wrote, the newest picture."""

    replies: int
    last_ms: int
    authors: tuple[ActorId, ...]
    picture: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """A message as it stands now, and the event that says it was posted or changed."""

    event_id: int
    message: WebMessage


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and up to which event was looked: further than the last change that may be seen."""

    changes: tuple[Change, ...]
    reached: int
