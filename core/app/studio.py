"""The one way in for every adapter: drops repeats, understands, decides, saves, and only then answers.

Owns `receive` and the order of things in it. What each directive does stands in `directives.py`.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.account import Account
from core.app.admins import is_admin
from core.app.after_commit import AfterCommit
from core.app.background import Background
from core.app.departures import Departures
from core.app.directives import Directives
from core.app.encounter import Encounter
from core.app.errors import InkthreadError
from core.app.forgetting import Forgetting
from core.app.inbound import InboundKind, ReceiptKind, Reception, TakenIn
from core.app.intake import Intake
from core.app.outside import look
from core.app.reading import Reading
from core.app.records import ActorRecord, WorkspaceRecord
from core.app.references import References, Refused
from core.app.telling import Telling
from core.app.transactor import Transactor
from core.app.understanding import understand
from core.app.withdrawing import asker_of, concerns_us
from core.domain.card import Act
from core.domain.prompt.model import Forget, ForgetWhat, Talk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.app.forgetting_extent import ForgettingExtent
    from core.app.inbound import Inbound, Left, Person
    from core.app.outside import Outside
    from core.app.records import GalleryItem, PictureRecord, ThreadRecord
    from core.app.repositories import UnitOfWork
    from core.app.understanding import Understood
    from core.app.views import (
        AllowanceView,
        Denied,
        EngineView,
        QuotaRow,
        ThreadView,
        WorkspaceChange,
        WorkspaceSettings,
    )
    from core.domain.ids import ActorId, ChannelRef, MessageRef, Platform, ThreadRef, WorkspaceId
    from core.domain.quota import Metric, Period, Scope


SEEN_AFTER = timedelta(days=1)
"""How old the note of when somebody was last seen may get before it is written again."""


class Studio:
    """Takes in what people do. Implements `Desk`."""

    def __init__(self, outside: Outside) -> None:
        """Work with the ports given."""
        self.outside = outside
        self.background = Background(outside.reports)
        self.telling = Telling(outside)
        self.transactor = Transactor(outside, self.telling, self.background)
        self._references = References(outside)
        self._reading = Reading(outside)
        self._account = Account(outside)
        self._finishing: set[str] = set()
        self._intake = Intake(outside.database, self.background, self.finish)

    async def receive(self, inbound: Inbound) -> Reception:
        """Take in what a person did; returns once it is stored.

        A delivery with files is taken in, because fetching files takes longer than anybody waits.
        """
        if inbound.attachments:
            return Reception((await self.take_in(inbound)).kind)
        understood = understand(inbound)
        if isinstance(understood, Talk) or not await self._is_for_us(inbound):
            return Reception(ReceiptKind.IGNORED)
        foreseen = await self._foreseen(inbound, understood)

        async def take(unit: UnitOfWork, after_commit: AfterCommit) -> Reception:
            if not await unit.inbox.admit(inbound, is_pending=False):
                return Reception(ReceiptKind.REPEATED)
            at = await self._meet(unit, after_commit, inbound)
            return await self._act(replace(at, foreseen=foreseen), understood, ())

        return await self.transactor.transact(take)

    async def take_in(self, inbound: Inbound) -> TakenIn:
        """Store what a person did as it came, ahead of all who write; it is worked on right after."""
        if isinstance(understand(inbound), Talk) or not await self._is_for_us(inbound):
            return TakenIn(ReceiptKind.IGNORED, _done(Reception(ReceiptKind.IGNORED)))
        return await self._intake.store(inbound)

    async def finish(self, inbound: Inbound) -> Reception | None:
        """Work on a stored delivery: check its files, if any, then do what it asks. Safe to repeat.

        Returns None where somebody else works on it or has done so.
        """
        if inbound.delivery_key in self._finishing:
            return None
        self._finishing.add(inbound.delivery_key)
        try:
            return await self._finish(inbound)
        finally:
            self._finishing.discard(inbound.delivery_key)

    async def finish_or_give_up(self, inbound: Inbound) -> Reception | None:
        """Work on a stored delivery for the last time: a fault of ours that still prevents it is told."""
        try:
            return await self.finish(inbound)
        except InkthreadError:
            raise  # storage that is away says nothing about the delivery
        except Exception as error:  # noqa: BLE001 - whatever it is, it would come again for ever
            self.outside.reports.fault("delivery_given_up", error, reference=_reference(inbound))
        return await self.transactor.transact(
            lambda unit, after_commit: self._give_up(unit, after_commit, inbound)
        )

    async def _give_up(
        self, unit: UnitOfWork, after_commit: AfterCommit, inbound: Inbound
    ) -> Reception | None:
        if not await unit.inbox.finish(inbound.delivery_key):
            return None
        at = await self._meet(unit, after_commit, inbound)
        return await at.tell("failed_own_fault", reference=_reference(inbound))

    async def _finish(self, inbound: Inbound) -> Reception | None:
        checked = await self._references.check(inbound)
        pictures: Sequence[PictureRecord] = () if isinstance(checked, Refused) else checked
        understood = understand(inbound)
        foreseen = await self._foreseen(inbound, understood)

        async def go_on(unit: UnitOfWork, after_commit: AfterCommit) -> Reception | None:
            if not await unit.inbox.finish(inbound.delivery_key):
                return None
            at = await self._meet(unit, after_commit, inbound)
            if isinstance(checked, Refused):
                return await at.tell(checked.code, **checked.values)
            for picture in pictures:
                await unit.pictures.add(picture)
            if pictures:
                await self._tell_about_references(at)
            return await self._act(replace(at, foreseen=foreseen), understood, pictures)

        return await self.transactor.transact(go_on)

    async def _foreseen(
        self, inbound: Inbound, understood: Understood
    ) -> tuple[ForgettingExtent, ...] | None:
        """What a wish to be forgotten would take: read beforehand, so that nobody who writes has to wait."""
        if not isinstance(understood, Forget) or understood.what is not ForgetWhat.ME:
            return None

        async def read(unit: UnitOfWork) -> tuple[ForgettingExtent, ...]:
            at = Encounter(self.outside, unit, AfterCommit(), inbound, await unit.now())
            return await Forgetting(at).all_of_mine()

        return await look(self.outside.database, read)

    async def _act(
        self, at: Encounter, understood: Understood, pictures: Sequence[PictureRecord]
    ) -> Reception:
        thread = await self._thread(at.unit, at.inbound)
        return await Directives(at).carry_out(understood, thread, pictures)

    async def _is_for_us(self, inbound: Inbound) -> bool:
        """Whether we have to do anything at all: a command, words to us, or a thread of ours."""
        if inbound.kind in {InboundKind.WITHDRAWN, InboundKind.REVISED}:
            return await look(self.outside.database, lambda unit: concerns_us(unit, inbound))
        # A question of ours may have been asked where no thread of ours is.
        is_confirmed = inbound.press is not None and inbound.press.act is Act.CONFIRM
        is_to_us = inbound.kind in {InboundKind.COMMAND, InboundKind.SERVICE} or inbound.is_addressed
        if is_to_us or is_confirmed:
            return True
        thread = await look(self.outside.database, lambda unit: self._thread(unit, inbound, for_change=False))
        if thread is None:
            return inbound.thread is not None and await self.telling.adopt(
                inbound.person.workspace, inbound.channel, inbound.thread
            )
        # In a closed thread plain replies are people talking; only what was said to us is answered.
        is_closed = thread.machine.state.value == "closed"
        return inbound.kind is InboundKind.PRESS or not is_closed

    @staticmethod
    async def _thread(unit: UnitOfWork, inbound: Inbound, *, for_change: bool = True) -> ThreadRecord | None:
        if inbound.thread is None:
            return None
        person = inbound.person
        return await unit.threads.find(
            person.workspace, inbound.platform, inbound.channel, inbound.thread, for_change=for_change
        )

    async def _meet(self, unit: UnitOfWork, after_commit: AfterCommit, inbound: Inbound) -> Encounter:
        """Remember the workspace and the person as they are called now; named admins are admins from here."""
        person = inbound.person
        workspace = await unit.people.workspace(person.workspace)
        if workspace is None:
            zone = self.outside.policy.time_zone
            workspace = WorkspaceRecord(person.workspace, inbound.platform, time_zone=zone)
            await unit.people.save_workspace(workspace)
        now = await unit.now()
        await self._see(unit, person, now)
        met = replace(inbound, person=replace(person, is_admin=is_admin(person, workspace)))
        return Encounter(self.outside, unit, after_commit, met, now)

    @staticmethod
    async def _see(unit: UnitOfWork, person: Person, now: datetime) -> None:
        """Store who the person is, where that has changed, and about once a day that they were here."""
        known = await unit.people.actor(person.id)
        seen = ActorRecord(
            id=person.id,
            workspace=person.workspace,
            name=person.name,
            locale=person.locale,
            was_told_about_references=known is not None and known.was_told_about_references,
            is_admin=person.is_admin,
            seen_at=now if known is None or _is_long_ago(known.seen_at, now) else known.seen_at,
        )
        if seen != known:
            await unit.people.save_actor(seen)

    @staticmethod
    async def _tell_about_references(at: Encounter) -> None:
        actor = await at.unit.people.actor(at.person.id)
        if actor is None or actor.was_told_about_references:
            return
        await at.unit.people.save_actor(replace(actor, was_told_about_references=True))
        await at.tell("references_notice")

    async def asker_of(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> ActorId | None:
        """Who asked for something with that message."""
        return await look(self.outside.database, lambda unit: asker_of(unit, workspace, channel, source))

    async def leave(self, left: Left) -> int:
        """Call off what waits in a place where we are no more; how many turns that were."""
        return await Departures(self.outside, self.transactor).leave(left)

    # --- reading ---

    async def quota_of(self, person: Person, channel: ChannelRef) -> list[QuotaRow]:
        """Every allowance that applies to that person there."""
        return await self._reading.quota_of(person, channel)

    async def thread_view(
        self, workspace: WorkspaceId, platform: Platform, channel: ChannelRef, ref: ThreadRef
    ) -> ThreadView | None:
        """The edit thread that lives there."""
        return await self._reading.thread_view(workspace, platform, channel, ref)

    async def gallery(
        self,
        workspace: WorkspaceId,
        *,
        before: datetime | None = None,
        limit: int = 60,
        actor: ActorId | None = None,
    ) -> list[GalleryItem]:
        """Finished pictures, newest first; only that person's where one is given."""
        return await self._reading.gallery(workspace, before=before, limit=limit, actor=actor)

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """A picture that this workspace may see."""
        return await self._reading.picture(workspace, blob)

    def engine(self) -> EngineView:
        """Which engine is in use."""
        return self._reading.engine()

    # --- deciding ---

    async def is_admin(self, person: Person) -> bool:
        """Whether the person may decide for their workspace."""
        return await self._account.is_admin(person)

    async def allowances(self, person: Person, scopes: Sequence[Scope]) -> list[AllowanceView] | Denied:
        """Every allowance of those scopes, for admins."""
        return await self._account.allowances(person, scopes)

    async def set_allowance(
        self, person: Person, scope: Scope, metric: Metric, period: Period, amount: int | None
    ) -> Denied | None:
        """Set an allowance of the admin's own workspace, or remove it (None)."""
        return await self._account.set_allowance(person, scope, metric, period, amount)

    async def grant(
        self, person: Person, scope: Scope, metric: Metric, amount: int
    ) -> list[AllowanceView] | Denied:
        """Give so much more in the windows of today."""
        return await self._account.grant(person, scope, metric, amount)

    async def workspace_settings(self, workspace: WorkspaceId) -> WorkspaceSettings:
        """What the workspace has decided, and who may decide it."""
        return await self._account.settings(workspace)

    async def change_workspace(self, person: Person, change: WorkspaceChange) -> WorkspaceSettings | Denied:
        """Change what the admin's workspace has decided."""
        return await self._account.change(person, change)


def _reference(inbound: Inbound) -> str:
    """A name for a delivery that people can read out; a platform's own is long, or opens doors."""
    return hashlib.sha256(inbound.delivery_key.encode(errors="surrogatepass")).hexdigest()[:12]


def _is_long_ago(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is None or now - seen_at >= SEEN_AFTER


def _done(reception: Reception) -> asyncio.Future[Reception | None]:
    outcome: asyncio.Future[Reception | None] = asyncio.get_running_loop().create_future()
    outcome.set_result(reception)
    return outcome
