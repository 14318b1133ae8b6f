"""Slack as a Surface: the core posts, changes, deletes and fetches here, as on any other platform.

Owns that each verb is safe to repeat: what has been posted and uploaded is written down before and after, and
asked for before it is done again. Must never learn why a message is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.slack.errors import Trouble, storage_fault_of
from adapters.slack.fetching import Fetching
from adapters.slack.limiter import Urgency
from adapters.slack.posting import Destination, Posting
from adapters.slack.refs import At, read_message_ref, thread_ref
from adapters.slack.render import state_line
from adapters.slack.showing import SHOWN_FORMATS, Showing, Target
from adapters.slack.uploads import Owner, Uploads
from adapters.slack.working import Placeholders, Spot, Working
from core.app.errors import InkthreadError
from core.app.ports import Posted, SurfaceFault, SurfaceFaultKind, SurfaceLimits
from core.domain.card import CardKind
from core.domain.ids import Platform

if TYPE_CHECKING:
    from adapters.slack.client import Json, SlackApi
    from adapters.slack.context import Contexts
    from adapters.slack.render import Message
    from adapters.slack.showing import Send
    from adapters.slack.store import SentStore
    from core.app.inbound import Attachment
    from core.app.ports import AttachmentFault, BlobStore, Clock, Ids, Place
    from core.domain.card import Card, Progress
    from core.domain.generation import Image
    from core.domain.ids import ActorId, MessageId, MessageRef, WorkspaceId

LIMITS: Final = SurfaceLimits(
    # Slack takes files of 1 GB (2026-11); a picture of the model's has 30 MB at most.
    max_file_bytes=200_000_000,
    formats=SHOWN_FORMATS,
    previews=0,
    progress_every_s=60.0,
)

_LASTING: Final = frozenset({CardKind.PLACEHOLDER, CardKind.RESULT, CardKind.FAILURE})
_GONE: Final = SurfaceFault(SurfaceFaultKind.GONE, detail="no such message")
_NOT_THERE: Final = frozenset({SurfaceFaultKind.FORBIDDEN, SurfaceFaultKind.GONE})
_MADE: Final = "generated"
_MAKING: Final = frozenset({"generating", _MADE})
_PLAIN_LINES: Final = 2
_NO_FILE: Final = frozenset({"file_not_found", "file_deleted"})


@dataclass(frozen=True, slots=True)
class Means:
    """What the surface works with."""

    api: SlackApi
    store: SentStore
    contexts: Contexts
    blobs: BlobStore
    clock: Clock
    ids: Ids


class SlackSurface:
    """Shows the core's messages on Slack."""

    def __init__(self, means: Means) -> None:
        api, clock = means.api, means.clock
        uploads = Uploads(api, means.store, blobs=means.blobs, clock=clock)
        self._api = api
        self._store = means.store
        self._posting = Posting(api, means.contexts)
        self._showing = Showing(uploads, clock=clock, ids=means.ids)
        self._working = Working(api, clock=clock)
        self._placeholders = Placeholders(clock)
        self._fetching = Fetching(api)

    @property
    def platform(self) -> Platform:
        """Slack."""
        return Platform.SLACK

    @property
    def limits(self) -> SurfaceLimits:
        """What Slack can show."""
        return LIMITS

    # --- posting ---

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Post a message, once for each key."""
        try:
            return await self._post(place, card, key, private_to)
        except InkthreadError as fault:
            return storage_fault_of(fault)

    async def _post(
        self, place: Place, card: Card, key: MessageId, private_to: ActorId | None
    ) -> Posted | SurfaceFault:
        known = await self._stands(place.workspace, key)
        if known is not None:
            return (
                known if isinstance(known, SurfaceFault) else await self._completed(place, known, card, key)
            )
        to = await self._posting.destination(place, private_to, has_to_stay=_has_to_stay(card))
        if isinstance(to, Trouble):
            return to.fault
        posted = await self._post_to(to, card, key)
        if to.only_to and isinstance(posted, SurfaceFault) and posted.kind in _NOT_THERE:
            # Nothing reaches the person there any more. Their conversation with the app is theirs alone, too.
            instead = await self._posting.directly(place.workspace, to.only_to)
            return posted if isinstance(instead, Trouble) else await self._post_to(instead, card, key)
        return posted

    async def _post_to(self, to: Destination, card: Card, key: MessageId) -> Posted | SurfaceFault:
        await self._store.about_to_post(
            to.workspace, key, channel=to.channel, thread=to.thread, only_to=to.only_to
        )
        answer = await self._showing.show(card, _target(to, key), self._sender(to, key, _urgency(card)))
        if isinstance(answer, Trouble):
            if not answer.may_have_worked:
                await self._store.has_not_posted(key)
            return answer.fault
        at = At(to.channel, str(answer["ts"]), to.only_to)
        self._note(to.workspace, at, card)
        return _posted(at, to.thread)

    async def _completed(
        self, place: Place, posted: Posted, card: Card, key: MessageId
    ) -> Posted | SurfaceFault:
        """A message that stands, with the files beside it that an earlier try did not come to."""
        at = read_message_ref(posted.message)
        if at is None or at.only_to:
            return posted
        trouble = await self._showing.share_the_rest(
            card, Target(Owner(place.workspace, key), at.channel, posted.thread)
        )
        return posted if trouble is None else trouble.fault

    def _note(self, workspace: WorkspaceId, at: At, card: Card) -> None:
        if card.kind is CardKind.PLACEHOLDER:
            self._placeholders.said(workspace, at, state_line(card))
        else:
            self._placeholders.is_over(workspace, at)

    def _sender(self, to: Destination, key: MessageId, urgency: Urgency) -> Send:
        async def send(message: Message) -> Json | Trouble:
            answer = await self._posting.post(to, key, message, urgency)
            if isinstance(answer, Trouble) and answer.may_have_worked and not to.only_to:
                found = await self._looked_for(to.workspace, key)
                answer = {"ts": found} if isinstance(found, str) else answer
            if not isinstance(answer, Trouble):
                await self._store.has_posted(key, str(answer["ts"]))
            return answer

        return send

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """The message with that key: as noted, or else as Slack has it."""
        found = await self._stands(place.workspace, key)
        return found if isinstance(found, Posted) else None

    async def _stands(self, workspace: WorkspaceId, key: MessageId) -> Posted | SurfaceFault | None:
        """The message, None where there is none, a fault where that cannot be told now."""
        kept = await self._store.message(key)
        if kept is None:
            return None
        if kept.ts:
            return _posted(At(kept.channel, kept.ts, kept.only_to), kept.thread)
        if kept.only_to:
            return None
        found = await self._posting.look_for(workspace, kept)
        if isinstance(found, Trouble):
            # Where we may not read (not in the channel, say) we cannot have posted either.
            return found.fault if found.fault.is_passing else None
        if found is None:
            return None
        await self._store.has_posted(key, found)
        return _posted(At(kept.channel, found), kept.thread)

    async def _looked_for(self, workspace: WorkspaceId, key: MessageId) -> str | Trouble | None:
        kept = await self._store.message(key)
        return None if kept is None else await self._posting.look_for(workspace, kept)

    # --- changing ---

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Make the message show the card, pictures included."""
        at = read_message_ref(message)
        if at is None:
            return _GONE
        try:
            return await self._update(place, at, card)
        except InkthreadError as fault:
            return storage_fault_of(fault)

    async def _update(self, place: Place, at: At, card: Card) -> SurfaceFault | None:
        spot = _spot(place, at)
        if _is_in_passing(card):
            return await self._say_it_is_made(spot, place, at, card)
        owner = await self._owner(place.workspace, at)
        target = Target(owner, at.channel, spot.thread if spot else at.ts, may_share=not at.only_to)
        answer = await self._showing.show(card, target, self._changer(place, at, _urgency(card)))
        if isinstance(answer, Trouble):
            if answer.fault.kind is SurfaceFaultKind.GONE:
                await self._store.message_is_gone(place.workspace, owner.name)
                await self._is_over(spot, card)
            return answer.fault
        self._note(place.workspace, at, card)
        await self._is_over(spot, card)
        return None

    async def _is_over(self, spot: Spot | None, card: Card) -> None:
        if spot is not None and card.kind is not CardKind.PLACEHOLDER:
            await self._working.is_over(spot)

    def _changer(self, place: Place, at: At, urgency: Urgency) -> Send:
        async def send(message: Message) -> Json | Trouble:
            if at.only_to:
                # What only one person sees cannot be changed: the new words are told beside the old ones.
                to = Destination(place.workspace, at.channel, place.thread or "", at.only_to)
                return await self._posting.whisper(to, message)
            return await self._posting.change(place.workspace, at.channel, at.ts, message, urgency)

        return send

    async def _say_it_is_made(
        self, spot: Spot | None, place: Place, at: At, card: Card
    ) -> SurfaceFault | None:
        """Tell that the picture is being made, by what delays no result, or not at all.

        In a thread Slack's own sign does. In the channel nobody would see that, so the message is changed,
        unless it says so from the start, as it does where nobody went first.
        """
        if _is_as_good_as_made(card) or (spot and await self._working.say(spot, state_line(card))):
            return None
        if self._placeholders.says(place.workspace, at, state_line(card)):
            return None
        target = Target(await self._owner(place.workspace, at), at.channel, at.ts)
        answer = await self._showing.show(card, target, self._changer(place, at, Urgency.PROGRESS))
        if not isinstance(answer, Trouble):
            self._note(place.workspace, at, card)
        return None

    async def _owner(self, workspace: WorkspaceId, at: At) -> Owner:
        key = await self._store.key_at(workspace, at)
        return Owner(workspace, key or at.ref)

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take the message away, and its files: Slack keeps those when the message goes."""
        at = read_message_ref(message)
        if at is None or at.only_to:
            # What Slack showed to one person is on no record, and goes by itself (Slack, 2026-11).
            return None
        try:
            return await self._delete(place, at)
        except InkthreadError as fault:
            return storage_fault_of(fault)

    async def _delete(self, place: Place, at: At) -> SurfaceFault | None:
        owner = await self._owner(place.workspace, at)
        for file_id in await self._store.files_of(place.workspace, owner.name):
            answer = await self._api.call(place.workspace, "files.delete", {"file": file_id})
            if isinstance(answer, Trouble) and answer.code not in _NO_FILE:
                return answer.fault
        trouble = await self._posting.take_away(place.workspace, at.channel, at.ts)
        if trouble is not None:
            return trouble.fault
        await self._store.forget_message(place.workspace, owner.name)
        spot = _spot(place, at)
        if spot is not None and self._working.stands(spot):
            await self._working.is_over(spot)
        return None

    # --- the rest ---

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Keep Slack's own sign from fading; Slack shows no previews."""
        del progress, preview
        at = read_message_ref(message)
        spot = None if at is None else _spot(place, at)
        if spot is not None:
            await self._working.refresh(spot)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file that a person sent."""
        return await self._fetching.fetch(attachment, max_bytes=max_bytes)


def _posted(at: At, thread: str) -> Posted:
    return Posted(at.ref, thread_ref(thread or at.ts))


def _target(to: Destination, key: MessageId) -> Target:
    return Target(Owner(to.workspace, key), to.channel, to.thread, may_share=not to.only_to)


def _spot(place: Place, at: At) -> Spot | None:
    """The thread that the message is a reply in; None for one that opens its thread."""
    if place.thread is None or place.thread == at.ts or at.channel != place.channel or at.only_to:
        return None
    return Spot(place.workspace, at.channel, place.thread)


def _has_to_stay(card: Card) -> bool:
    return card.kind in _LASTING or bool(card.pictures)


def _urgency(card: Card) -> Urgency:
    return Urgency.PLACEHOLDER if card.kind is CardKind.PLACEHOLDER else Urgency.RESULT


def _is_in_passing(card: Card) -> bool:
    """Whether the card says only that its picture is being made, and nothing is lost when nobody reads it.

    A third line says that it was taken up again after a restart, and a missing button that it is being
    cancelled: those are told.
    """
    progress = card.progress
    is_made = card.kind is CardKind.PLACEHOLDER and progress is not None and progress.stage in _MAKING
    return is_made and bool(card.buttons) and len(card.lines) <= _PLAIN_LINES


def _is_as_good_as_made(card: Card) -> bool:
    """Whether the picture is there and its message next: nothing that is said before it would be read."""
    return card.progress is not None and card.progress.stage == _MADE
