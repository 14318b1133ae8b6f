"""A platform in memory: a Surface that remembers what it was told to show.

Tests set `fault` to have the next calls refused, and `files` to what people attached. `shown` is the latest
card of each message, `posts` how often each key was really posted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.app.ports import AttachmentFault, Posted, SurfaceFault, SurfaceFaultKind, SurfaceLimits
from core.domain.generation import OutputFormat
from core.domain.ids import ActorId, MessageId, MessageRef, Platform, ThreadRef

if TYPE_CHECKING:
    from core.app.inbound import Attachment
    from core.app.ports import Place
    from core.domain.card import Card, Progress
    from core.domain.generation import Image

LIMITS = SurfaceLimits(
    max_file_bytes=8_000_000,
    formats=frozenset(OutputFormat),
    previews=2,
    progress_every_s=1000.0,
)


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as it stands on the fake platform."""

    place: Place
    posted: Posted
    card: Card
    private_to: ActorId | None

    @property
    def thread(self) -> ThreadRef:
        """Where replies to it come from."""
        return self.posted.thread


@dataclass
class FakeSurface:
    """Shows cards to nobody."""

    platform: Platform = Platform.WEB
    limits: SurfaceLimits = LIMITS
    fault: SurfaceFault | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    messages: dict[MessageRef, ShownMessage] = field(default_factory=dict)
    keys: dict[MessageId, MessageRef] = field(default_factory=dict)
    posts: Counter[MessageId] = field(default_factory=Counter)
    updates: list[tuple[MessageRef, Card]] = field(default_factory=list)
    deleted: list[MessageRef] = field(default_factory=list)
    posted: int = 0
    seen_progress: list[tuple[MessageRef, Progress, Image | None]] = field(default_factory=list)

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Remember the message, once for each key."""
        if self.fault is not None:
            return self.fault
        if key in self.keys:
            return self.messages[self.keys[key]].posted
        self.posted += 1
        ref = MessageRef(f"m{self.posted}")
        posted = Posted(ref, place.thread or ThreadRef(ref))
        self.messages[ref] = ShownMessage(place, posted, card, private_to)
        self.keys[key] = ref
        self.posts[key] += 1
        return posted

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The message with that key."""
        del place
        ref = self.keys.get(key)
        return None if ref is None else self.messages[ref].posted

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Remember what it shows now."""
        del place
        if self.fault is not None:
            return self.fault
        known = self.messages.get(message)
        if known is None:
            return SurfaceFault(SurfaceFaultKind.GONE, detail="no such message")
        self.messages[message] = replace(known, card=card)
        self.updates.append((message, card))
        return None

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take it away; its key may be posted again."""
        del place
        if self.fault is not None:
            return self.fault
        if self.messages.pop(message, None) is not None:
            self.deleted.append(message)
            self.keys = {key: ref for key, ref in self.keys.items() if ref != message}
        return None

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Remember how far it was said to be."""
        del place
        if self.fault is None:
            self.seen_progress.append((message, progress, preview))

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes in `files` under the attachment's ref."""
        content = self.files.get(attachment.ref)
        if content is None:
            return AttachmentFault("gone", attachment.file_name)
        if len(content) > max_bytes:
            return AttachmentFault("too_large", attachment.file_name)
        return content

    def shown(self, message: MessageRef) -> Card:
        """What the message shows now."""
        return self.messages[message].card
