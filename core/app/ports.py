"""What the application needs of the outside, as small protocols named for their role.

Owns the ports. Each is mirrored by an adapter and by a fake, held to one contract suite. The
database's repositories stand in `repositories.py`, the provider's own books in `billing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from core.domain.ids import ChannelRef

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from datetime import date, datetime

    from core.app.inbound import Attachment
    from core.app.spending import SpendRow
    from core.domain.card import Card, Progress
    from core.domain.generation import (
        Failure,
        GenerationRequest,
        GenerationResult,
        Image,
        OutputFormat,
        Preview,
    )
    from core.domain.ids import (
        ActorId,
        BlobKey,
        MessageId,
        MessageRef,
        Platform,
        ThreadRef,
        TurnId,
        WorkspaceId,
    )


class Clock(Protocol):
    """Time that passes in this process. The database has its own, for leases."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; tests let no time pass."""
        ...


class Ids(Protocol):
    """Where new ids come from."""

    def new(self) -> str:
        """A fresh id of 26 characters or fewer, sortable by the time it was made."""
        ...


# --- the engine ---------------------------------------------------------------------------------


class Engine(Protocol):
    """Makes pictures."""

    @property
    def name(self) -> str:
        """Which engine this is, for the record and for `doctor`."""
        ...

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: Callable[[Preview], Awaitable[None]] | None = None,
    ) -> GenerationResult | Failure:
        """Make what is asked, with exactly one paid call. Whatever the outside does comes back as a value."""
        ...


# --- surfaces -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SurfaceLimits:
    """What a platform can show, as data; the fallback for what it cannot is decided in the core.

    `max_file_bytes` is the largest file it takes anywhere (a place that takes less answers TOO_LARGE),
    `formats` the ones it can show, `previews` how many partial pictures are worth asking for,
    `progress_every_s` how often it wants to hear that a picture is still being made (signs of work may fade).
    """

    max_file_bytes: int
    formats: frozenset[OutputFormat]
    previews: int
    progress_every_s: float


DIRECT: Final = ChannelRef("")
"""Wherever a platform talks to one person alone. A message there always is `private_to` somebody."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes. `thread` is None for a message that opens a thread of its own.

    `context` is what the Inbound that caused it carried for its adapter. `is_aside` says that another message
    answers that Inbound, so that this one must not stand where a platform keeps the room for its answer.
    """

    workspace: WorkspaceId
    channel: ChannelRef
    thread: ThreadRef | None = None
    context: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands on the platform; `thread` is where replies to it will come from."""

    message: MessageRef
    thread: ThreadRef


class SurfaceFaultKind(StrEnum):
    """Why a message could not be shown."""

    BUSY = "busy"
    UNREACHABLE = "unreachable"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class SurfaceFault:
    """A platform's refusal, as a value. BUSY and UNREACHABLE may be tried again after `retry_after_s`.

    With TOO_LARGE, `limit_bytes` is what a picture may have there at most, as far as the surface can tell.
    With FORBIDDEN, `missing` are the permissions that we lack; the wording has `permission_…` for each.
    """

    kind: SurfaceFaultKind
    retry_after_s: float = 5.0
    detail: str = ""
    limit_bytes: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later."""
        return self.kind in {SurfaceFaultKind.BUSY, SurfaceFaultKind.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class AttachmentFault:
    """A file that could not be fetched: `gone`, `too_large`, `forbidden`, `unreachable`."""

    code: str
    file_name: str


class Surface(Protocol):
    """A platform, seen from the core: few verbs, each safe to repeat."""

    @property
    def platform(self) -> Platform:
        """Which platform this is."""
        ...

    @property
    def limits(self) -> SurfaceLimits:
        """What it can show."""
        ...

    async def post(
        self, place: Place, card: Card, *, key: MessageId, private_to: ActorId | None = None
    ) -> Posted | SurfaceFault:
        """Post a message; repeating it with the same key shows it once, where the platform can tell.

        With the channel DIRECT and `private_to`, a message to that person alone; FORBIDDEN where there is no
        such way. What comes back must be enough to update it later.
        """
        ...

    async def find(self, place: Place, *, key: MessageId) -> Posted | None:
        """Look once whether the message with that key stands (after a crash between post and store)."""
        ...

    async def update(self, place: Place, message: MessageRef, card: Card) -> SurfaceFault | None:
        """Make that message show the card, pictures included. Idempotent."""
        ...

    async def delete(self, place: Place, message: MessageRef) -> SurfaceFault | None:
        """Take our message away, its pictures with it. Idempotent: one that is not there is no fault.

        Where people have answered in its thread, what is left may only say that it was deleted.
        """
        ...

    async def progress(
        self, place: Place, message: MessageRef, progress: Progress, preview: Image | None
    ) -> None:
        """Show how far it is. Best effort: dropped where it would cost too much, never raises."""
        ...

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file that a person sent, refused when there are more than `max_bytes`."""
        ...


# --- bytes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """What the blob store says of one of its blobs."""

    key: BlobKey
    size_bytes: int
    modified_at: datetime


class BlobStore(Protocol):
    """Keeps bytes under content-addressed keys. Raises the StorageFault family."""

    async def put(self, key: BlobKey, content: bytes, *, is_lasting: bool = True) -> None:
        """Keep the bytes; idempotent. Without `is_lasting` a power cut may take what nobody would miss."""
        ...

    async def get(self, key: BlobKey) -> bytes:
        """The bytes; raises BlobMissing."""
        ...

    def pieces(self, key: BlobKey) -> AsyncIterator[bytes]:
        """The same bytes one piece after the other, for who passes them on; raises BlobMissing at the first.

        No piece is larger than a quarter of a megabyte, and none is read before it is asked for.
        """
        ...

    async def exists(self, key: BlobKey) -> bool:
        """Whether there are bytes under that key."""
        ...

    async def delete(self, key: BlobKey) -> None:
        """Forget the bytes; idempotent."""
        ...

    def listing(self) -> AsyncIterator[StoredBlob]:
        """All blobs, for the clean-up."""
        ...


class Links(Protocol):
    """Makes addresses under which people can fetch what a platform does not take."""

    def original(self, workspace: WorkspaceId, blob: BlobKey, file_name: str) -> str:
        """An address of those bytes, unchanged, that works for a while without any account."""
        ...


class Keeper(Protocol):
    """Whatever outside the core keeps blobs for itself, as the page does with what was dropped on it."""

    async def needs(self, blob: BlobKey) -> bool:
        """Whether the bytes must stay."""
        ...

    async def tidy(self) -> None:
        """Drop what is not needed any more; called about once a day."""
        ...

    async def kept_of(self, actor: ActorId) -> Sequence[BlobKey]:
        """The blobs that are kept for that person alone, so that they can go when the person is forgotten."""
        ...

    async def forget(self, actor: ActorId) -> None:
        """Keep nothing of that person any more: neither name, words nor files. Idempotent."""
        ...


@dataclass(frozen=True, slots=True)
class PictureProblem:
    """Why bytes are not a picture we take.

    `code` is one of not_a_picture, unsupported_format, animated, too_many_pixels, truncated, too_large.
    """

    code: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A picture and what to write on it."""

    image: Image
    label: str
    note: str = ""
    is_head: bool = False


class PictureTools(Protocol):
    """Works on pictures, off the event loop, with a bound on pixels."""

    async def probe(self, content: bytes) -> Image | PictureProblem:
        """What bytes from an engine really are; the bytes stay as they are."""
        ...

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        """A foreign file made safe: verified, oriented, stripped of all metadata, as png, jpeg or webp."""
        ...

    async def flatten(self, image: Image) -> Image:
        """Alpha flattened onto white, for a model that cannot read it."""
        ...

    async def side_by_side(self, left: Labelled, right: Labelled) -> Image:
        """Two pictures beside each other."""
        ...

    async def contact_sheet(self, pictures: Sequence[Labelled]) -> Image:
        """Several candidates with their letters."""
        ...

    async def strip(self, pictures: Sequence[Labelled]) -> Image:
        """All revisions in order, with what was asked each time."""
        ...

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        """The picture in at most so many bytes and one of those formats, its metadata saying AI-generated."""
        ...

    async def thumbnail(self, image: Image, *, edge_px: int) -> Image:
        """A small copy whose longer edge has at most that many pixels."""
        ...


@dataclass(frozen=True, slots=True)
class ChartWords:
    """All that a chart of spending says beside people's names, in one language."""

    title: str
    others: str
    written_off: str


class Charts(Protocol):
    """Draws charts, off the event loop."""

    async def spending(
        self, rows: Sequence[SpendRow], days: Sequence[date], words: Sequence[ChartWords]
    ) -> Image:
        """Who spent what on each of those days (UTC), in the first of the languages that can be drawn."""
        ...


# --- work ---------------------------------------------------------------------------------------


class TurnQueue(Protocol):
    """Tells workers that a turn can go on. Only a nudge: the database is the record."""

    async def nudge(self, turn: TurnId, *, not_before: datetime | None = None) -> None:
        """Ask some worker to look at the turn, now or later. Repeats harmlessly; may be lost."""
        ...

    async def work(self, handle: Callable[[TurnId], Awaitable[None]], *, concurrency: int) -> None:
        """Hand nudged turns to `handle` until cancelled; on cancellation, running handlers are cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class Signal:
    """A passing word between processes: ids only, never content."""

    topic: str
    values: dict[str, str] = field(default_factory=dict)


class Signals(Protocol):
    """Carries signals to everybody who listens now. Best effort."""

    async def publish(self, signal: Signal) -> None:
        """Tell it to all listeners in all processes."""
        ...

    def listen(self, *topics: str) -> AsyncIterator[Signal]:
        """Signals of those topics from now on, until the iterator is closed."""
        ...
