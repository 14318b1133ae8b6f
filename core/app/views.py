"""What surfaces may read: plain answers to "what is left", "what was made", "where does it stand".

Owns the read side's values and the `Desk` port that adapters are given. Reading never locks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.app.inbound import Inbound, Left, Person, Reception, TakenIn
    from core.app.records import GalleryItem, PictureRecord
    from core.domain.ids import ActorId, ChannelRef, MessageRef, Platform, ThreadRef, WorkspaceId
    from core.domain.lineage import Head
    from core.domain.quota import Metric, Period, Scope, ScopeKind


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One allowance that applies to a person: what is used and held of it, and when it is back.

    `amount` is what may be used in this window, `extra` the part of it that was given for this window alone.
    """

    scope: ScopeKind
    metric: Metric
    period: Period
    amount: int
    used: int
    held: int
    back_at: datetime
    extra: int = 0


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision for a strip: where it came from, what was asked, its pictures (a, b, …).

    `is_forgotten`: only its number and its place are left.
    """

    number: int
    parent: Head | None
    text: str
    actor_name: str
    pictures: tuple[PictureRecord, ...]
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class ThreadView:
    """An edit thread as its page shows it. `busy_turns` are running or waiting."""

    ref: ThreadRef | None
    head: Head | None
    revisions: tuple[RevisionView, ...]
    is_closed: bool
    busy_turns: int


@dataclass(frozen=True, slots=True)
class EngineView:
    """Which engine makes the pictures, for the header: `sandbox` costs nothing and says so."""

    name: str
    model: str
    is_sandbox: bool


@dataclass(frozen=True, slots=True)
class Denied:
    """Why an admin's wish was not carried out: a sentence of the wording, by its name and its values."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllowanceView:
    """An allowance as admins see it, in its window of this moment.

    `amount` is what was set, without the `extra` given for this window. `is_default` says that it is the
    operator's setting, because nobody has set another.
    """

    scope: Scope
    metric: Metric
    period: Period
    amount: int
    extra: int
    used: int
    held: int
    back_at: datetime
    is_default: bool


@dataclass(frozen=True, slots=True)
class AdminView:
    """An admin of a workspace. `is_named` says that it was in chat; the platform's own are not."""

    actor: ActorId
    name: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What a workspace has decided. `admins` are those named, then those last seen as the platform's own."""

    workspace: WorkspaceId
    time_zone: str
    is_open_to_all: bool
    admins: tuple[AdminView, ...]


@dataclass(frozen=True, slots=True)
class WorkspaceChange:
    """What to change of a workspace; None stays as it is.

    `time_zone` is an IANA name (`Europe/Berlin`). `named_admins` are all of them from now on.
    """

    time_zone: str | None = None
    is_open_to_all: bool | None = None
    named_admins: tuple[ActorId, ...] | None = None


class Desk(Protocol):
    """All that an adapter may ask of the core."""

    async def receive(self, inbound: Inbound) -> Reception:
        """Do what a person asks. Returns once that is stored, so that the adapter may acknowledge."""
        ...

    async def take_in(self, inbound: Inbound) -> TakenIn:
        """Store what a person did, as it came, and return; it is done right after, in order in each thread.

        For platforms that do not wait: however much is going on, this takes milliseconds.
        """
        ...

    async def asker_of(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> ActorId | None:
        """Who asked for something with that message, for platforms that do not say whose was deleted."""
        ...

    async def leave(self, left: Left) -> int:
        """We are not in that place any more: what waits there is called off; how many turns that were."""
        ...

    async def quota_of(self, person: Person, channel: ChannelRef) -> list[QuotaRow]:
        """Every allowance that applies to that person there."""
        ...

    async def thread_view(
        self, workspace: WorkspaceId, platform: Platform, channel: ChannelRef, ref: ThreadRef
    ) -> ThreadView | None:
        """The edit thread that lives there."""
        ...

    async def gallery(
        self,
        workspace: WorkspaceId,
        *,
        before: datetime | None = None,
        limit: int = 60,
        actor: ActorId | None = None,
    ) -> list[GalleryItem]:
        """Finished pictures, newest first; only that person's where one is given."""
        ...

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """A picture that this workspace may see."""
        ...

    def engine(self) -> EngineView:
        """Which engine is in use."""
        ...

    async def is_admin(self, person: Person) -> bool:
        """Whether the person may decide for their workspace: the platform says so, or somebody named them."""
        ...

    async def allowances(self, person: Person, scopes: Sequence[Scope]) -> list[AllowanceView] | Denied:
        """Every allowance of those scopes, the operator's default for a person among them; for admins."""
        ...

    async def set_allowance(
        self, person: Person, scope: Scope, metric: Metric, period: Period, amount: int | None
    ) -> Denied | None:
        """Set an allowance of the admin's own workspace, or remove it (None): then the default is back.

        The amount counts pictures or micro-dollars and is 0 or more.
        """
        ...

    async def grant(
        self, person: Person, scope: Scope, metric: Metric, amount: int
    ) -> list[AllowanceView] | Denied:
        """Give so much more in the windows of today; what the scope has then. It ends with the windows."""
        ...

    async def workspace_settings(self, workspace: WorkspaceId) -> WorkspaceSettings:
        """What the workspace has decided, and who may decide it."""
        ...

    async def change_workspace(self, person: Person, change: WorkspaceChange) -> WorkspaceSettings | Denied:
        """Change what the admin's workspace has decided."""
        ...
