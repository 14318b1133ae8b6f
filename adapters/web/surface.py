"""The page as a Surface: the core posts, updates and shows progress here, as on any other platform.

Owns the way from a Card to a stored message and a signal. Must never learn why a message is shown.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING

from adapters.web.errors import surface_fault_of
from adapters.web.live import MAX_REMEMBERED, Glimpse, changed, glimpsed
from adapters.web.memory import STUDIO, WORKSPACE, Draft
from adapters.web.render import card_json
from core.app.errors import BlobMissing, InkthreadError, StorageFault
from core.app.ports import (
    DIRECT,
    AttachmentFault,
    Posted,
    SurfaceFault,
    SurfaceFaultKind,
    SurfaceLimits,
)
from core.domain.card import CardKind
from core.domain.generation import OutputFormat
from core.domain.ids import BlobKey, Platform

if TYPE_CHECKING:
    from adapters.web.memory import WebMessage
    from adapters.web.store import WebStore
    from core.app.inbound import Attachment
    from core.app.ports import BlobStore, Place, Signals
    from core.domain.card import Card, Progress
    from core.domain.generation import Image
    from core.domain.ids import ActorId, MessageId, MessageRef

LIMITS = SurfaceLimits(
    max_file_bytes=200_000_000,
    formats=frozenset(OutputFormat),
    previews=2,
    # The page counts the seconds by itself.
    progress_every_s=60.0,
)


class WebSurface:
    """Posts to the page. What it posts outlives a restart; progress and previews do not."""

    def __init__(self, store: WebStore, *, blobs: BlobStore, signals: Signals) -> None:
        self._store = store
        self._blobs = blobs
        self._signals = signals
        self._previews: OrderedDict[MessageRef, list[BlobKey]] = OrderedDict()

    @property
    def platform(self) -> Platform:
        """The web."""
        return Platform.WEB

    @property
    def limits(self) -> SurfaceLimits:
        """What the page can show: nearly everything."""
        return LIMITS

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Post a message, once for each key."""
        # The page has no place for two alone; what is private there is as good.
        channel = STUDIO if place.channel == DIRECT else place.channel
        draft = Draft(_key(key), channel, place.thread, card=card_json(card), private_to=private_to)
        try:
            if place.thread is not None and await self._store.messages.get(place.thread) is None:
                return SurfaceFault(SurfaceFaultKind.GONE, detail="no such thread")
            message, is_new = await self._store.messages.post(draft)
        except InkthreadError as fault:
            return surface_fault_of(fault)
        if is_new:
            await self._signals.publish(changed())
        return _posted(message)

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The message with that key, if it stands."""
        del place  # keys are unique everywhere on the page
        message = await self._store.messages.with_key(_key(key))
        return None if message is None else _posted(message)

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Make the message show the card."""
        del place  # messages are found by their id
        try:
            stands = await self._store.messages.show(message, card_json(card))
        except InkthreadError as fault:
            return surface_fault_of(fault)
        if not stands:
            return SurfaceFault(SurfaceFaultKind.GONE, detail="no such message")
        await self._signals.publish(changed())
        if card.kind is not CardKind.PLACEHOLDER:
            await self._drop_previews(message)
        return None

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take the message away; where its thread has answers, its place says that it was deleted."""
        del place  # messages are found by their id
        try:
            is_news = await self._store.messages.delete(message)
        except InkthreadError as fault:
            return surface_fault_of(fault)
        if is_news:
            await self._signals.publish(changed())
        await self._drop_previews(message)
        return None

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Tell the open pages how far it is."""
        del place
        try:
            stored = await self._store.messages.get(message)
            if stored is not None and not stored.is_deleted:
                name = "" if preview is None else await self._keep(message, preview)
                glimpse = Glimpse(message, stored.private_to or "", progress, name)
                await self._signals.publish(glimpsed(glimpse))
        except InkthreadError:
            # Best effort by contract: the result will be posted whether or not anybody saw it grow.
            return

    async def _keep(self, message: MessageRef, preview: Image) -> str:
        # The message is a part of the name: nobody else's bytes are dropped with it.
        digest = await asyncio.to_thread(
            lambda: hashlib.sha256(message.encode() + preview.content).hexdigest()
        )
        await self._blobs.put(preview_blob(digest), preview.content, is_lasting=False)
        self._previews.setdefault(message, []).append(preview_blob(digest))
        while len(self._previews) > MAX_REMEMBERED:
            self._previews.popitem(last=False)
        return f"{digest}.{preview.format.value}"

    async def _drop_previews(self, message: MessageRef) -> None:
        """Nobody looks at them any more; what a crash leaves of them goes with the clean-up."""
        for blob in self._previews.pop(message, ()):
            with suppress(StorageFault):
                await self._blobs.delete(blob)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of an upload."""
        try:
            upload = await self._store.uploads.get(attachment.ref)
            if upload is None:
                return AttachmentFault("gone", attachment.file_name)
            if upload.size_bytes > max_bytes:
                return AttachmentFault("too_large", attachment.file_name)
            return await self._blobs.get(BlobKey(upload.blob))
        except BlobMissing:
            return AttachmentFault("gone", attachment.file_name)
        except StorageFault:
            return AttachmentFault("unreachable", attachment.file_name)


def preview_blob(digest: str) -> BlobKey:
    """Where a preview's bytes lie until its message shows more, or the clean-up takes them."""
    return BlobKey(f"{WORKSPACE}/{digest}")


def _key(key: MessageId) -> str:
    return f"ours:{key}"


def _posted(message: WebMessage) -> Posted:
    return Posted(message.id, message.thread_ref)
