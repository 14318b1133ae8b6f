"""Answers to what surfaces ask: quota, threads, gallery. Reads only, and never locks.

Owns the read side of `Desk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.bookkeeping import scopes_of, with_defaults
from core.app.outside import look
from core.app.views import EngineView, QuotaRow, RevisionView, ThreadView
from core.domain.edit_thread import State
from core.domain.engine_profile import EngineFamily
from core.domain.ids import BlobKey
from core.domain.quota import window_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.inbound import Person
    from core.app.outside import Outside
    from core.app.records import GalleryItem, PictureRecord, ThreadRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ChannelRef, Platform, ThreadRef, WorkspaceId
    from core.domain.lineage import Revision


class Reading:
    """Looks things up."""

    def __init__(self, outside: Outside) -> None:
        """Read with these."""
        self._outside = outside

    async def quota_of(self, person: Person, channel: ChannelRef) -> list[QuotaRow]:
        """Every allowance that applies to that person there."""

        async def read(unit: UnitOfWork) -> list[QuotaRow]:
            scopes = scopes_of(person.id, person.roles, channel, person.workspace)
            allowances = with_defaults(await unit.quotas.allowances(scopes), scopes, self._outside.policy)
            workspace = await unit.people.workspace(person.workspace)
            zone = self._outside.zone(workspace.time_zone if workspace is not None else None)
            now = await unit.now()
            windows = [window_of(one, now, zone) for one in allowances]
            wanted = [(one, window.start) for one, window in zip(allowances, windows, strict=True)]
            counters = await unit.quotas.peek(wanted)
            return [
                QuotaRow(
                    scope=counter.allowance.scope.kind,
                    metric=counter.allowance.metric,
                    period=counter.allowance.period,
                    amount=counter.allowance.amount,
                    used=counter.used,
                    held=counter.held,
                    back_at=window.end,
                )
                for counter, window in zip(counters, windows, strict=True)
            ]

        return await look(self._outside.database, read)

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
        self, workspace: WorkspaceId, *, before: datetime | None, limit: int
    ) -> list[GalleryItem]:
        """Finished pictures, newest first."""
        return await look(
            self._outside.database,
            lambda unit: unit.pictures.gallery(workspace, actor=None, before=before, limit=limit),
        )

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """A picture that this workspace may see; another workspace's is not there."""
        record = await look(self._outside.database, lambda unit: unit.pictures.get(BlobKey(blob)))
        return record if record is not None and record.workspace == workspace else None

    def engine(self) -> EngineView:
        """Which engine is in use."""
        profile = self._outside.profile
        return EngineView(self._outside.engine.name, profile.id, profile.family is EngineFamily.SANDBOX)
