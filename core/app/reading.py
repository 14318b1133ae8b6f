"""Answers to what surfaces ask: quota, threads, gallery. Reads only, and never locks.

Owns the read side of `Desk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.bookkeeping import scopes_of
from core.app.outside import look
from core.app.standing import standing
from core.app.views import EngineView, QuotaRow, RevisionView, ThreadView
from core.domain.edit_thread import State
from core.domain.engine_profile import EngineFamily
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.inbound import Person
    from core.app.outside import Outside
    from core.app.records import GalleryItem, PictureRecord, ThreadRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId, ChannelRef, Platform, ThreadRef, WorkspaceId
    from core.domain.lineage import Revision


class Reading:
    """Looks things up."""

    def __init__(self, outside: Outside) -> None:
        """Read with these."""
        self._outside = outside

    async def quota_of(self, person: Person, channel: ChannelRef) -> list[QuotaRow]:
        """Every allowance that applies to that person there."""
        scopes = scopes_of(person.id, person.roles, channel, person.workspace)
        rows = await look(
            self._outside.database,
            lambda unit: standing(unit, self._outside.policy, person.workspace, scopes),
        )
        return [
            QuotaRow(
                scope=row.scope.kind,
                metric=row.metric,
                period=row.period,
                amount=row.amount + row.extra,
                used=row.used,
                held=row.held,
                back_at=row.back_at,
                extra=row.extra,
            )
            for row in rows
        ]

    async def thread_view(
        self, workspace: WorkspaceId, platform: Platform, channel: ChannelRef, ref: ThreadRef
    ) -> ThreadView | None:
        """The edit thread that lives there."""

        async def read(unit: UnitOfWork) -> ThreadView | None:
            thread = await unit.threads.find(workspace, platform, channel, ref, for_change=False)
            if thread is None:
                return None
            machine = thread.machine
            revisions = [await self._revision(unit, thread, one) for one in machine.revisions]
            return ThreadView(
                ref=thread.ref,
                head=machine.head,
                revisions=tuple(revisions),
                is_closed=machine.state is State.CLOSED,
                busy_turns=len(machine.waiting) + (machine.active is not None),
            )

        return await look(self._outside.database, read)

    @staticmethod
    async def _revision(unit: UnitOfWork, thread: ThreadRecord, revision: Revision) -> RevisionView:
        turn = await unit.threads.revision_turn(thread.id, revision.number)
        is_known = turn is not None and not turn.is_forgotten
        actor = await unit.people.actor(turn.actor) if turn is not None and is_known else None
        return RevisionView(
            number=revision.number,
            parent=revision.parent,
            text=turn.ask.text if turn is not None else "",
            actor_name=actor.name if actor is not None else "",
            pictures=turn.pictures if turn is not None else (),
            is_forgotten=revision.number in thread.machine.forgotten,
        )

    async def gallery(
        self, workspace: WorkspaceId, *, before: datetime | None, limit: int, actor: ActorId | None
    ) -> list[GalleryItem]:
        """Finished pictures, newest first."""
        return await look(
            self._outside.database,
            lambda unit: unit.pictures.gallery(workspace, actor=actor, before=before, limit=limit),
        )

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """A picture that this workspace may see; another workspace's is not there."""
        record = await look(self._outside.database, lambda unit: unit.pictures.get(BlobKey(blob)))
        return record if record is not None and record.workspace == workspace else None

    def engine(self) -> EngineView:
        """Which engine is in use."""
        profile = self._outside.profile
        return EngineView(self._outside.engine.name, profile.id, profile.family is EngineFamily.SANDBOX)
