"""Discord as a Surface: the core posts, changes, deletes and fetches here, as on any other platform.

Owns that each verb is safe to repeat: what is going to be posted is written down before and after, and asked
for before it is done again. Must never learn why a message is shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from adapters.discord import render
from adapters.discord.context import Room
from adapters.discord.delivery import Delivery, hook
from adapters.discord.errors import (
    INVALID,
    NO_WAY,
    TOO_LARGE,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    Trouble,
    storage_fault_of,
)
from adapters.discord.fetching import Fetching
from adapters.discord.limiter import Pace
from adapters.discord.memory import KeptMessage, Opens
from adapters.discord.permissions import lacking, refused_for
from adapters.discord.previews import Previews
from adapters.discord.refs import At, guild_of, read_message_ref, thread_ref
from adapters.discord.rest import Route
from adapters.discord.showing import REQUEST_BYTES, Prepared, Showing, lower_than
from adapters.discord.threads import Threads
from core.app.errors import InkthreadError
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind, SurfaceLimits
from core.domain.card import CardKind
from core.domain.generation import OutputFormat
from core.domain.ids import Platform

if TYPE_CHECKING:
    from adapters.discord.context import Circumstances, Contexts
    from adapters.discord.delivery import Destination
    from adapters.discord.rest import Rest
    from adapters.discord.store import SentStore
    from core.app.inbound import Attachment
    from core.app.ports import AttachmentFault, BlobStore, Clock, Place
    from core.domain.card import Card, Progress
    from core.domain.generation import Image
    from core.domain.ids import ActorId, MessageId, MessageRef

LIMITS: Final = SurfaceLimits(
    # The most that any server takes in a request; what a place takes is looked at before sending.
    max_file_bytes=REQUEST_BYTES,
    formats=frozenset({OutputFormat.PNG, OutputFormat.JPEG, OutputFormat.WEBP}),
    previews=1,
    progress_every_s=3.0,
)

MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_LASTING: Final = frozenset({CardKind.PLACEHOLDER, CardKind.RESULT, CardKind.FAILURE})
_GONE: Final = SurfaceFault(SurfaceFaultKind.GONE, detail="no such message")
_NOT_THERE: Final = frozenset({UNKNOWN_MESSAGE, UNKNOWN_CHANNEL})


@dataclass(frozen=True, slots=True)
class Means:
    """What the surface works with."""

    rest: Rest
    store: SentStore
    contexts: Contexts
    blobs: BlobStore
    clock: Clock


class DiscordSurface:
    """Shows the core's messages on Discord."""

    def __init__(self, means: Means) -> None:
        self._rest = means.rest
        self._store = means.store
        self._contexts = means.contexts
        self._threads = Threads(means.rest, means.store)
        self._delivery = Delivery(means.rest, means.store, means.contexts, self._threads)
        self._showing = Showing(means.blobs, means.clock)
        self._fetching = Fetching(means.rest)
        self._previews = Previews(Pace(means.clock))
        self._changing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def platform(self) -> Platform:
        """Discord."""
        return Platform.DISCORD

    @property
    def limits(self) -> SurfaceLimits:
        """What Discord can show."""
        return LIMITS

    # --- posting ---

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Post a message, once for each key."""
        try:
            known = await self._stands(place, key)
            if known is None:
                return await self._post(place, card, key, private_to)
            if isinstance(known, KeptMessage):
                # A crash may have come between the message and its thread.
                await self._open(known, card, self._contexts.open(place.context))
                return _posted(known)
        except InkthreadError as fault:
            return storage_fault_of(fault)
        return known.fault

    async def _post(
        self, place: Place, card: Card, key: MessageId, private_to: ActorId | None
    ) -> Posted | SurfaceFault:
        told = self._contexts.open(place.context)
        if card.kind is CardKind.PLACEHOLDER and (missing := lacking(told)):
            return SurfaceFault(SurfaceFaultKind.FORBIDDEN, detail="may not post", missing=missing)
        prepared = await self._showing.prepare(
            card,
            guild=guild_of(place.workspace),
            limit=self._limit(place, told),
            mark=render.mark_of(key),
        )
        if isinstance(prepared, SurfaceFault):
            return prepared
        to = await self._delivery.destination(place, key, private_to, name=render.thread_name(card))
        if isinstance(to, Trouble):
            return to.fault
        kept = await self._store.about_to_post(_kept(to, key, place.thread or ""))
        kept, answer = await self._sent(place, to, kept, prepared)
        if isinstance(answer, Trouble):
            if not answer.may_have_worked:
                await self._store.has_not_posted(key)
            self._learn(place, told, answer, prepared)
            return _refused(answer, prepared, is_in_thread=bool(kept.thread))
        await self._store.has_posted(kept)
        if len(kept.files) < len(prepared.names):
            # By the nonce Discord knew an earlier try, which said something else.
            fault = await self._update(place, At(kept.channel, kept.message, kept.only_to), card)
            if fault is not None:
                return fault
        if card.kind in _LASTING:
            await self._open(kept, card, told)
        if card.kind is CardKind.PLACEHOLDER:
            self._previews.remember(kept.message, card)
        return _posted(kept)

    async def _sent(
        self, place: Place, to: Destination, kept: KeptMessage, prepared: Prepared
    ) -> tuple[KeptMessage, object]:
        to, answer = await self._delivery.send(to, kept, prepared)
        if isinstance(answer, Trouble) and answer.code == UNKNOWN_CHANNEL and to.thread == to.channel:
            # Somebody deleted the thread: answers stand beside the message that it was made from.
            root = await self._store.at(to.thread)
            if root is not None:
                await self._store.opened(root.key, Opens.REPLIES)
            home = root.channel if root is not None else str(place.channel)
            beside = replace(to, channel=home, beside=to.thread)
            to, answer = await self._delivery.send(beside, kept, prepared)
        if not isinstance(answer, dict):
            return kept, answer
        # Discord says itself where it stands: a "thinking" message may be in a thread.
        stands = replace(
            _kept(to, kept.key, kept.thread),
            first_ms=kept.first_ms,
            channel=str(answer.get("channel_id") or to.channel),
            message=str(answer["id"]),
            files=prepared.shown_by(answer),
        )
        return stands, answer

    async def _open(self, kept: KeptMessage, card: Card, told: Circumstances | None) -> None:
        """Have a thread at the message where it begins one: without it the message stands all the same."""
        is_first = not kept.thread and not kept.only_to and guild_of(kept.workspace) is not None
        if is_first and card.kind in _LASTING:
            locale = told.locale if told else "en"
            await self._threads.open(kept, name=render.thread_name(card), locale=locale)

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The message with that key: as noted, or else as Discord has it."""
        found = await self._stands(place, key)
        return _posted(found) if isinstance(found, KeptMessage) else None

    async def _stands(self, place: Place, key: MessageId) -> KeptMessage | Trouble | None:
        """The message, None where there is none, trouble where that cannot be told now."""
        kept = await self._store.message(key)
        if kept is None or kept.message:
            return kept
        told = self._contexts.open(place.context)
        if kept.only_to or (told is not None and told.room is Room.FOREIGN):
            return None
        found = await self._delivery.look_for(kept)
        if isinstance(found, Trouble):
            # Where we may not read nothing can be told; the nonce keeps a second post of minutes away.
            return found if found.fault.is_passing else None
        if found is None:
            return None
        stands = replace(kept, message=str(found["id"]))
        await self._store.has_posted(stands)
        return stands

    # --- changing ---

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Make the message show the card, pictures included."""
        at = read_message_ref(message)
        if at is None:
            return _GONE
        try:
            async with self._changing.setdefault(at.message, asyncio.Lock()):
                return await self._update(place, at, card)
        except InkthreadError as fault:
            return storage_fault_of(fault)

    async def _update(self, place: Place, at: At, card: Card) -> SurfaceFault | None:
        kept = await self._store.at(at.message)
        done = await self._shown_at(place, at, card, kept)
        if isinstance(done, SurfaceFault):
            if done.kind is SurfaceFaultKind.GONE and kept is not None:
                await self._store.is_gone(kept.key)
            return done
        if kept is not None:
            await self._store.shows(kept.key, done)
        if card.kind is CardKind.PLACEHOLDER:
            self._previews.remember(at.message, card)
        else:
            self._previews.forget(at.message)
        return None

    async def _shown_at(
        self, place: Place, at: At, card: Card, kept: KeptMessage | None
    ) -> dict[str, str] | SurfaceFault:
        """Make the message there show the card; by which attachments it shows its pictures then."""
        told = self._contexts.open(place.context)
        standing = kept.files if kept else {}
        while True:
            prepared = await self._showing.prepare(
                card, guild=guild_of(place.workspace), limit=self._limit(place, told), standing=standing
            )
            if isinstance(prepared, SurfaceFault):
                return prepared
            answer = await self._change(at, kept, told, prepared)
            if not isinstance(answer, Trouble):
                return prepared.shown_by(answer)
            if not standing or answer.code != INVALID:
                self._learn(place, told, answer, prepared)
                return _refused(answer, prepared, is_in_thread=at.channel != place.channel)
            # What was noted as standing there is not: everything is sent anew.
            standing = {}

    async def _change(
        self, at: At, kept: KeptMessage | None, told: Circumstances | None, prepared: Prepared
    ) -> Any:  # noqa: ANN401 - Discord's message, or a Trouble
        """Change it by the token that made it while that lives, else as the bot."""
        answering = self._contexts.alive(told)
        body, files = prepared.body, prepared.uploads
        if answering is not None and kept is not None and kept.interaction == answering.interaction:
            answer = await self._rest.ask(hook("PATCH", answering, at.message), body, files=files)
            if not isinstance(answer, Trouble) or not answer.token_is_gone:
                return answer
        if at.only_to:
            # Only the token could change it. It will be said anew, by whatever way there is.
            return Trouble(UNKNOWN_MESSAGE)
        if told is not None and told.room is Room.FOREIGN:
            return Trouble(NO_WAY, detail="the bot is not there, and the interaction is over")
        ids = {"channel_id": at.channel, "message_id": at.message}
        return await self._threads.woken(at.channel, Route("PATCH", MESSAGE, ids), body, files=files)

    def _limit(self, place: Place, told: Circumstances | None) -> int:
        return self._showing.sizes.limit(place.workspace, told.file_limit if told else None)

    def _learn(self, place: Place, told: Circumstances | None, trouble: Trouble, prepared: Prepared) -> None:
        """Remember a file's limit that Discord did not tell.

        Only Discord's own code says something of the server: a proxy, or what stands before Discord, refuses
        a request with the same status and a page. Of several files nobody knows which was too large.
        """
        if trouble.code == TOO_LARGE and len(prepared.uploads) == 1:
            limit = told.file_limit if told else None
            self._showing.sizes.refused(place.workspace, limit, prepared.largest_bytes)

    # --- taking away ---

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take the message away; its pictures go with it."""
        at = read_message_ref(message)
        if at is None:
            return None
        try:
            return await self._delete(place, at)
        except InkthreadError as fault:
            return storage_fault_of(fault)

    async def _delete(self, place: Place, at: At) -> SurfaceFault | None:
        kept = await self._store.at(at.message)
        told = self._contexts.open(place.context)
        answering, is_foreign = self._contexts.alive(told), told is not None and told.room is Room.FOREIGN
        answer: object = Trouble(NO_WAY)
        if answering is not None and kept is not None and kept.interaction == answering.interaction:
            answer = await self._rest.ask(hook("DELETE", answering, at.message))
        is_left = isinstance(answer, Trouble) and answer.code not in _NOT_THERE
        if is_left and not at.only_to and not is_foreign:
            ids = {"channel_id": at.channel, "message_id": at.message}
            answer = await self._threads.woken(at.channel, Route("DELETE", MESSAGE, ids))
        fault = None
        if kept is not None and kept.opens is Opens.THREAD and not kept.thread:
            # It is called by the words that are to be forgotten, and outlives its message.
            fault = await self._threads.unname(at.message, locale=told.locale if told else "en")
        # What Discord shows to one person goes by itself when they close the app.
        if isinstance(answer, Trouble) and answer.code not in _NOT_THERE and not at.only_to:
            return answer.fault
        if kept is not None and fault is None:
            await self._store.is_gone(kept.key)
        return fault

    # --- the rest ---

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Show the model's own preview where there is time for it. Never raises."""
        del progress
        at = read_message_ref(message)
        if at is None or preview is None or len(preview.content) > self._limit(place, None):
            return
        lock = self._changing.setdefault(at.message, asyncio.Lock())
        if lock.locked():
            return
        async with lock:
            body = self._previews.message(at, preview, guild_of(place.workspace))
            if body is None:
                return
            ids = {"channel_id": at.channel, "message_id": at.message}
            route = Route("PATCH", MESSAGE, ids)
            told = self._contexts.open(place.context)
            if told is not None and told.room is Room.FOREIGN:
                answering = self._contexts.alive(told)
                if answering is None:
                    return
                route = hook("PATCH", answering, at.message)
            await self._rest.ask(route, body.body, files=body.uploads, may_wait=False)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file that a person sent."""
        return await self._fetching.fetch(attachment, max_bytes=max_bytes)


def _refused(trouble: Trouble, prepared: Prepared, *, is_in_thread: bool) -> SurfaceFault:
    """As the core hears it: with the permission that is missing, or a size that may pass."""
    if not trouble.is_too_large or not prepared.uploads:
        missing = refused_for(trouble.code, has_files=bool(prepared.uploads), is_in_thread=is_in_thread)
        return replace(trouble.fault, missing=missing)
    return replace(trouble.fault, limit_bytes=lower_than(prepared.largest_bytes))


def _kept(to: Destination, key: MessageId, thread: str) -> KeptMessage:
    return KeptMessage(
        key=key,
        workspace=to.workspace,
        channel=to.channel,
        thread=thread,
        interaction=to.interaction,
        only_to=to.only_to,
        opens=Opens.REPLIES if thread or to.only_to else to.opens,
    )


def _posted(kept: KeptMessage) -> Posted:
    return Posted(At(kept.channel, kept.message, kept.only_to).ref, thread_ref(kept.root))
