"""A chat platform as the application's tests watch it: what stands, what stood before, faults on demand.

Owns the surface of these tests alone. It knows no keys when it posts, as a platform after its memory has run
out: only looking for a message first keeps it single.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.app.ports import (
    DIRECT,
    AttachmentFault,
    Posted,
    Surface,
    SurfaceFault,
    SurfaceFaultKind,
    SurfaceLimits,
)
from core.domain.generation import OutputFormat
from core.domain.ids import MessageId, MessageRef, Platform, ThreadRef

if TYPE_CHECKING:
    from core.app.inbound import Attachment
    from core.app.ports import Place
    from core.domain.card import Card, Progress
    from core.domain.generation import Image
    from core.domain.ids import ActorId

ROOMY = SurfaceLimits(
    max_file_bytes=10_000_000,
    formats=frozenset(OutputFormat),
    previews=2,
    progress_every_s=1000.0,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One message as it stands."""

    ref: MessageRef
    thread: ThreadRef
    key: MessageId
    place: Place
    card: Card
    private_to: ActorId | None
    earlier: tuple[Card, ...] = field(default=())


class WatchedSurface(Surface):
    """Does what it is told. `faults` are answered, in order, instead of showing anything.

    `refuses_pictures` are answered only where a card has pictures; `deletes_before_pictures` loses a message
    just before its pictures come. `refuses_to_delete`, `refuses_to_update` and `refuses_direct` (where one
    person is talked to alone) are answered as long as they are set.
    """

    def __init__(self, limits: SurfaceLimits = ROOMY) -> None:
        self._limits = limits
        self._posted = 0
        self.messages: dict[MessageRef, Standing] = {}
        self.faults: deque[SurfaceFault] = deque()
        self.refuses_pictures: deque[SurfaceFault] = deque()
        self.deletes_before_pictures = False
        self.refuses_direct: SurfaceFault | None = None
        self.refuses_to_delete: SurfaceFault | None = None
        self.refuses_to_update: SurfaceFault | None = None
        self.files: dict[str, bytes] = {}
        self.progressed: list[Progress] = []

    @property
    def platform(self) -> Platform:
        """The one it plays."""
        return Platform.WEB

    @property
    def limits(self) -> SurfaceLimits:
        """What it can show."""
        return self._limits

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Show it, again if need be."""
        if refusal := self._refusal(card):
            return refusal
        if self.refuses_direct is not None and place.channel == DIRECT:
            return self.refuses_direct
        self._posted += 1
        ref = MessageRef(f"m{self._posted}")
        thread = place.thread or ThreadRef(ref)
        self.messages[ref] = Standing(ref, thread, key, place, card, private_to)
        return Posted(ref, thread)

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The message with that key."""
        del place
        found = (Posted(one.ref, one.thread) for one in self.messages.values() if one.key == key)
        return next(found, None)

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Make it show the card."""
        del place
        if refusal := self.refuses_to_update or self._refusal(card):
            return refusal
        if self.deletes_before_pictures and card.pictures:
            self.deletes_before_pictures = False
            self.lose(message)
        standing = self.messages.get(message)
        if standing is None:
            return SurfaceFault(SurfaceFaultKind.GONE, detail="no such message")
        self.messages[message] = replace(standing, card=card, earlier=(*standing.earlier, standing.card))
        return None

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take it away, unless the platform refuses."""
        del place
        if self.refuses_to_delete is not None:
            return self.refuses_to_delete
        if self.faults:
            return self.faults.popleft()
        self.messages.pop(message, None)
        return None

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Remember it."""
        del place, message, preview
        self.progressed.append(progress)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file that a test put there."""
        content = self.files.get(attachment.ref)
        if content is None:
            return AttachmentFault("gone", attachment.file_name)
        if len(content) > max_bytes:
            return AttachmentFault("too_large", attachment.file_name)
        return content

    def _refusal(self, card: Card) -> SurfaceFault | None:
        if self.faults:
            return self.faults.popleft()
        return self.refuses_pictures.popleft() if self.refuses_pictures and card.pictures else None

    def lose(self, message: MessageRef) -> None:
        """Somebody deletes the message on the platform."""
        del self.messages[message]
