"""What the database remembers, as the application sees it: plain values, one class a row.

Owns the shapes that cross the UnitOfWork port. Must never learn SQL; the database adapter
maps these to its tables.
"""

# ruff: noqa: TC001, TC003 - the database adapter reads the annotations of what it keeps at run time

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.edit_thread import EditThread
from core.domain.generation import Failure, GenerationPlan, OutputFormat, Size
from core.domain.ids import (
    ActorId,
    AttemptId,
    BlobKey,
    ChannelRef,
    ForgettingId,
    Letter,
    MessageId,
    MessageRef,
    Micros,
    Platform,
    ReservationId,
    ThreadId,
    ThreadRef,
    TurnId,
    WorkspaceId,
)
from core.domain.lineage import Head
from core.domain.prompt.model import ForgetWhat, Prompt


class Stage(StrEnum):
    """How far a turn has come."""

    WAITING = "waiting"
    QUEUED = "queued"
    ANNOUNCED = "announced"
    GENERATING = "generating"
    GENERATED = "generated"
    RECORDED = "recorded"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to the turn."""
        return self in {Stage.DELIVERED, Stage.FAILED, Stage.CANCELLED}


class AskKind(StrEnum):
    """What a turn is for."""

    GENERATE = "generate"
    EDIT = "edit"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the person wants of a turn: enough to do it, to show it, and to do it again.

    `text` is what was typed. `references` are blobs of checked pictures. `roles` are the person's
    roles when they asked, for the allowances that apply. `repeats` is the turn whose words and references
    these are; once its person is forgotten, `is_wordless` says that they are gone here too.
    """

    kind: AskKind
    text: str
    prompt: Prompt
    references: tuple[BlobKey, ...] = ()
    roles: tuple[str, ...] = ()
    repeats: TurnId | None = None
    is_wordless: bool = False


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """Bytes we keep, and what they are."""

    blob: BlobKey
    workspace: WorkspaceId
    format: OutputFormat
    size: Size
    size_bytes: int
    has_alpha: bool = False


@dataclass(frozen=True, slots=True)
class FormerZone:
    """A time zone that a workspace lived in, and until when."""

    time_zone: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WorkspaceRecord:
    """A tenant. `is_open_to_all` lets anybody press another person's spending buttons and pay for it.

    `named_admins` were named in chat, beside the platform's own. `former_zones` are oldest first.
    """

    id: WorkspaceId
    platform: Platform
    time_zone: str = "UTC"
    is_open_to_all: bool = False
    named_admins: tuple[ActorId, ...] = ()
    former_zones: tuple[FormerZone, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """A person, as last seen. `was_told_about_references` is said once a person.

    `is_admin` is what the platform said then. `seen_at` is written about once a day.
    """

    id: ActorId
    workspace: WorkspaceId
    name: str
    locale: str
    was_told_about_references: bool = False
    is_admin: bool = False
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """One edit thread and where it lives. `ref` is None until its placeholder has been posted."""

    id: ThreadId
    workspace: WorkspaceId
    platform: Platform
    channel: ChannelRef
    starter: ActorId
    machine: EditThread
    created_at: datetime
    ref: ThreadRef | None = None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One ask and how far it has come.

    `own_base` is a base that the person named (a branch). `base`, `plan`, `estimate` and `reservation`
    are set when the turn starts. `cost` is what was settled, `billed_for_nothing` what was written off.
    `source` is the person's own message that it came from, as long as changes of that message matter.
    `is_forgotten`: words, pictures and references are gone, ids and numbers stay. `pictures` are the
    candidates once generated. `held_by` and `lease_until` say which worker has it and
    until when, by the database's clock. `twin_key` recognises the same wish sent twice. `elapsed_s` is
    how long the engine took.
    """

    id: TurnId
    thread: ThreadId
    workspace: WorkspaceId
    actor: ActorId
    position: int
    stage: Stage
    ask: Ask
    locale: str
    created_at: datetime
    message: MessageId
    own_base: Head | None = None
    base: Head | None = None
    plan: GenerationPlan | None = None
    reservation: ReservationId | None = None
    estimate: Micros = Micros(0)
    cost: Micros | None = None
    is_cost_estimated: bool = False
    billed_for_nothing: Micros = Micros(0)
    pictures: tuple[PictureRecord, ...] = ()
    revision: int | None = None
    failure: Failure | None = None
    elapsed_s: float | None = None
    is_cancel_requested: bool = False
    is_resumed: bool = False
    held_by: str | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    nudged_at: datetime | None = None
    tries: int = 0
    twin_key: str = ""
    finished_at: datetime | None = None
    source: MessageRef | None = None
    is_forgotten: bool = False


class Outcome(StrEnum):
    """How an attempt ended. LOST: our own crash cut it; nobody knows whether it was billed."""

    OPEN = "open"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One call to the engine for a turn, written before the call is made.

    `images` is what the call counts against pictures a minute (candidates plus inputs).
    """

    id: AttemptId
    turn: TurnId
    workspace: WorkspaceId
    ordinal: int
    engine: str
    model: str
    request_hash: str
    images: int
    estimate: Micros
    started_at: datetime
    outcome: Outcome = Outcome.OPEN
    cost: Micros = Micros(0)
    is_cost_estimated: bool = False
    request_id: str | None = None
    closed_at: datetime | None = None


# What a message on a surface says. One class a kind; a turn's own message is drawn from the turn
# itself each time, so that it can never say something that is no longer true.


@dataclass(frozen=True, slots=True)
class TurnSaying:
    """The turn's placeholder, then its result or its failure."""


@dataclass(frozen=True, slots=True)
class NoticeSaying:
    """A named thing worth saying, with its values; the wording makes it a sentence.

    `about` are people whom it names. What they are called is looked up when it is drawn, and stored nowhere.
    """

    code: str
    values: dict[str, str | int] = field(default_factory=dict)
    about: tuple[ActorId, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowSaying:
    """A picture once more."""

    head: Head


@dataclass(frozen=True, slots=True)
class CompareSaying:
    """Two pictures side by side."""

    left: Head
    right: Head


@dataclass(frozen=True, slots=True)
class HistorySaying:
    """A strip of all revisions, up to `last`."""

    last: int


@dataclass(frozen=True, slots=True)
class WhySaying:
    """How a revision came to be."""

    revision: int


@dataclass(frozen=True, slots=True)
class OriginalSaying:
    """The unchanged file of a picture."""

    head: Head


@dataclass(frozen=True, slots=True)
class QuotaSaying:
    """Every allowance that applies to the person it is private to, in its channel and with those roles."""

    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsageSaying:
    """Who spent what in the last days, the day of the message among them: a chart and the top of the list."""

    days: int


@dataclass(frozen=True, slots=True)
class GallerySaying:
    """The latest pictures of the person it is private to."""


@dataclass(frozen=True, slots=True)
class SettingsSaying:
    """What the workspace has decided and who may; for an admin also who changed what."""

    is_admin: bool = False


ThreadSaying = TurnSaying | ShowSaying | CompareSaying | HistorySaying | WhySaying | OriginalSaying
AccountSaying = QuotaSaying | UsageSaying | GallerySaying | SettingsSaying
Saying = NoticeSaying | ThreadSaying | AccountSaying


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message of ours on a surface: what it should say, and what it is known to show.

    Written before it is posted, so that a crash between can be mended: `ref` is None until the
    platform has told its id. `wanted` counts the changes of what it should say, `shown` is the last
    change that reached the platform. `private_to` restricts it to one person. `tries` and `not_before`
    belong to sending. `is_given_up` says that sending it will not be tried again. `sheet` is a picture
    made for this message alone (a comparison, a strip), kept as long as the message is. `is_forgotten`: it
    should not stand on the platform any more; what it says is only for a platform that will not let it go.
    """

    id: MessageId
    workspace: WorkspaceId
    platform: Platform
    channel: ChannelRef
    saying: Saying
    locale: str
    created_at: datetime
    thread: ThreadId | None = None
    thread_ref: ThreadRef | None = None
    turn: TurnId | None = None
    private_to: ActorId | None = None
    context: str = ""
    ref: MessageRef | None = None
    wanted: int = 1
    shown: int = 0
    tries: int = 0
    not_before: datetime | None = None
    is_given_up: bool = False
    sheet: BlobKey | None = None
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class ForgettingRecord:
    """A confirmed wish to have something forgotten, kept until all of it is gone.

    `what`, `thread` and `revision` say what was meant; only what was there at `created_at` goes. `threads`
    are those whose rows still have to be emptied; `has_told`: messages that were told to the person alone,
    or to others about them, still have to be gone through. `messages` and `blobs` are what has to go from the
    platform and from the blob store after that. `pictures` and `words` count what was emptied, for the
    receipt, which goes to the person at `channel` and `thread_ref`.
    """

    id: ForgettingId
    what: ForgetWhat
    workspace: WorkspaceId
    platform: Platform
    channel: ChannelRef
    actor: ActorId
    locale: str
    created_at: datetime
    thread: ThreadId | None = None
    revision: int | None = None
    thread_ref: ThreadRef | None = None
    context: str = ""
    threads: tuple[ThreadId, ...] = ()
    messages: tuple[MessageId, ...] = ()
    blobs: tuple[BlobKey, ...] = ()
    pictures: int = 0
    words: int = 0
    has_told: bool = False


@dataclass(frozen=True, slots=True)
class GalleryItem:
    """A finished picture, for the gallery."""

    thread: ThreadId
    thread_ref: ThreadRef | None
    channel: ChannelRef
    turn: TurnId
    revision: int
    letter: Letter
    picture: PictureRecord
    text: str
    actor: ActorId
    made_at: datetime
