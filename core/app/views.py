"""What surfaces may read: plain answers to "what is left", "what was made", "where does it stand".

Owns the read side's values and the `Desk` port that adapters are given. Reading never locks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.inbound import Inbound, Person, Reception
    from core.app.records import GalleryItem, PictureRecord
    from core.domain.ids import ChannelRef, Platform, ThreadRef, WorkspaceId
    from core.domain.lineage import Head
    from core.domain.quota import Metric, Period, ScopeKind


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One allowance that applies to a person: what is used and held of it, and when it is back."""

    scope: ScopeKind
    metric: Metric
    period: Period
    amount: int
    used: int
    held: int
    back_at: datetime


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


class Desk(Protocol):
    """All that an adapter may ask of the core."""

    async def receive(self, inbound: Inbound) -> Reception:
        """Take in what a person did. Returns once it is stored, so that the adapter may acknowledge."""
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
        self, workspace: WorkspaceId, *, before: datetime | None = None, limit: int = 60
    ) -> list[GalleryItem]:
        """Finished pictures, newest first."""
        ...

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """A picture that this workspace may see."""
        ...

    def engine(self) -> EngineView:
        """Which engine is in use."""
        ...
