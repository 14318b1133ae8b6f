"""Who decides for a workspace, and how they are told of what cannot wait until they ask.

Owns the rule: the platform's own admins, as last seen, and those named in chat. Whoever is told is told in
private, in their own language; where a platform has no way to one person, the message is given up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.app.ports import DIRECT
from core.app.records import ActorRecord, MessageRecord, NoticeSaying
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.inbound import Person
    from core.app.ports import Ids
    from core.app.records import WorkspaceRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId, WorkspaceId

MOST_TOLD: Final = 5
"""How many admins of a workspace are told of one thing."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that admins have to know. `subject` names it: told since `since`, it is not told again.

    `about` are people whom it names.
    """

    subject: str
    since: datetime
    code: str
    values: dict[str, str | int] = field(default_factory=dict)
    about: tuple[ActorId, ...] = ()


def is_admin(person: Person, workspace: WorkspaceRecord | None) -> bool:
    """Whether the person may decide: the platform says so now, or they were named."""
    return person.is_admin or (workspace is not None and person.id in workspace.named_admins)


async def admins_of(unit: UnitOfWork, workspace: WorkspaceRecord, *, limit: int) -> list[ActorRecord]:
    """The workspace's admins, the latest seen first; those never seen come last, without a name."""
    named = [
        await unit.people.actor(actor) or ActorRecord(actor, workspace.id, name="", locale="en")
        for actor in workspace.named_admins
    ]
    seen = await unit.people.admins(workspace.id, limit=limit)
    everyone = {one.id: one for one in [*named, *seen]}.values()
    return sorted(everyone, key=_last_seen, reverse=True)[:limit]


def _last_seen(admin: ActorRecord) -> float:
    return 0.0 if admin.seen_at is None else admin.seen_at.timestamp()


class AdminAlerts:
    """Tells admins, within one unit of work. `now` is the database's clock, `told` what is to be sent."""

    def __init__(self, unit: UnitOfWork, ids: Ids, now: datetime) -> None:
        """Write messages in that unit."""
        self._unit = unit
        self._ids = ids
        self._now = now
        self.told: list[MessageId] = []

    async def tell(self, workspace_id: WorkspaceId, alert: Alert) -> bool:
        """Tell the workspace's admins, once; whether this was the first to tell."""
        workspace = await self._unit.people.workspace(workspace_id)
        if workspace is None or not await self.is_first(workspace_id, alert):
            return False
        for admin in await admins_of(self._unit, workspace, limit=MOST_TOLD):
            message = self._message(workspace, admin, alert)
            await self._unit.messages.add(message)
            self.told.append(message.id)
        return True

    async def is_first(self, workspace: WorkspaceId, alert: Alert) -> bool:
        """Remember the alert as told; False when it was told before."""
        return await self._unit.audit.is_first(workspace, alert.subject, since=alert.since)

    def _message(self, workspace: WorkspaceRecord, admin: ActorRecord, alert: Alert) -> MessageRecord:
        return MessageRecord(
            id=MessageId(self._ids.new()),
            workspace=workspace.id,
            platform=workspace.platform,
            channel=DIRECT,
            saying=NoticeSaying(alert.code, alert.values, alert.about),
            locale=admin.locale,
            created_at=self._now,
            private_to=admin.id,
        )
