"""The web platform's memory in one place: messages, uploads, people.

Owns how the parts are put together and how long things are kept. Must never learn HTTP.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from adapters.web.messages import MessageStore
from adapters.web.people import PeopleStore
from adapters.web.uploads import UploadStore
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from adapters.platforms.transactions import Transactions
    from core.app.ports import Clock, Ids
    from core.domain.ids import ActorId

KEEP_EVENTS = timedelta(days=7)
KEEP_UNUSED_UPLOADS = timedelta(days=1)


class WebStore:
    """Everything the page has to remember, in the application's database.

    Every method of its parts may raise what the database adapter raises: `Conflict` or a `StorageFault`.
    """

    def __init__(self, transactions: Transactions, *, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self.messages = MessageStore(transactions, new_id=ids.new, now_ms=self.now_ms)
        self.uploads = UploadStore(transactions, now_ms=self.now_ms)
        self.people = PeopleStore(transactions)

    def now_ms(self) -> int:
        """The time in milliseconds since 1970, UTC."""
        return int(self._clock.now().timestamp() * 1000)

    async def needs(self, blob: BlobKey) -> bool:
        """Whether an upload has those bytes."""
        return await self.uploads.needs(blob)

    async def tidy(self) -> None:
        """Drop what nobody needs any more: old events, and uploads that no message ever showed."""
        now_ms = self.now_ms()
        await self.messages.forget_events(before_ms=now_ms - _ms(KEEP_EVENTS))
        await self.uploads.forget_unused(before_ms=now_ms - _ms(KEEP_UNUSED_UPLOADS))

    async def kept_of(self, actor: ActorId) -> list[BlobKey]:
        """The bytes of that person's uploads."""
        return [BlobKey(blob) for blob in await self.uploads.blobs_of(actor)]

    async def forget(self, actor: ActorId) -> None:
        """Keep nothing of that person: words, uploads and name. Pages that are open hear of it by the log."""
        await self.messages.delete_of(actor)
        await self.uploads.forget_of(actor)
        await self.people.forget(actor)


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
