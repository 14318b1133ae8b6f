"""A person's own message that asked for something is deleted, or says something else now.

Owns what becomes of the turn that came from it: one that has not asked the engine yet follows its message,
one that has stays, because it is paid for. Only the person who asked is listened to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.emptying import MANY_DELIVERIES
from core.app.inbound import InboundKind, ReceiptKind, Reception
from core.app.records import Stage
from core.domain.events import CancelRequested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.encounter import Encounter
    from core.app.inbound import Inbound
    from core.app.records import PictureRecord, ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId, ChannelRef, MessageRef, WorkspaceId

FOLLOWS = frozenset({Stage.WAITING, Stage.QUEUED, Stage.ANNOUNCED})
"""Stages in which a turn follows its message: no request has left us, and a cancel is sure to be in time."""


async def concerns_us(unit: UnitOfWork, inbound: Inbound) -> bool:
    """Whether anything came of the message that was deleted or changed. Asked of every one there is."""
    return await _turn(unit, inbound) is not None or await _pending(unit, inbound) is not None


async def asker_of(
    unit: UnitOfWork, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
) -> ActorId | None:
    """Who asked with that message; None where nothing came of it."""
    turn = await unit.turns.by_source(workspace, channel, source)
    if turn is not None:
        return turn.actor
    soon = await unit.now() + timedelta(seconds=1)
    for waiting in await unit.inbox.pending(before=soon, limit=MANY_DELIVERIES):
        if (waiting.person.workspace, waiting.channel, waiting.source) == (workspace, channel, source):
            return waiting.person.id
    return None


async def _turn(unit: UnitOfWork, inbound: Inbound) -> TurnRecord | None:
    if inbound.source is None:
        return None
    workspace = inbound.person.workspace
    turn = await unit.turns.by_source(workspace, inbound.channel, inbound.source)
    return turn if turn is not None and turn.actor == inbound.person.id else None


async def _pending(unit: UnitOfWork, inbound: Inbound) -> Inbound | None:
    """The message itself, where its files are still being fetched."""
    soon = await unit.now() + timedelta(seconds=1)
    named = (inbound.person.id, inbound.channel, inbound.source)
    for waiting in await unit.inbox.pending(before=soon, limit=MANY_DELIVERIES):
        is_it = (waiting.person.id, waiting.channel, waiting.source) == named
        if is_it and waiting.kind is not InboundKind.REVISED:
            return waiting
    return None


class Withdrawing:
    """Deals with one such Inbound."""

    def __init__(self, encounter: Encounter) -> None:
        """Answer and act in that encounter."""
        self._at = encounter
        self._unit = encounter.unit

    async def withdraw(self) -> Reception:
        """Call off what came of the message, if it is in time; say so where it is too late."""
        waiting = await _pending(self._unit, self._at.inbound)
        if waiting is not None:
            await self._unit.inbox.finish(waiting.delivery_key)
            return Reception(ReceiptKind.ACCEPTED)
        turn = await _turn(self._unit, self._at.inbound)
        if turn is None or turn.stage.is_over:
            return Reception(ReceiptKind.IGNORED)
        if turn.stage not in FOLLOWS:
            return await self._too_late(turn, "withdrawn_late")
        await self._call_off(turn)
        return Reception(ReceiptKind.ACCEPTED)

    async def make_way(
        self, pictures: Sequence[PictureRecord]
    ) -> tuple[ThreadRecord, Sequence[PictureRecord]] | Reception:
        """Call off what the old words asked for, so that the new ones can be asked.

        Gives the thread to ask in and the pictures to ask with: those of the old message where the new
        one brings none. Or the answer, where nothing is to be asked.
        """
        inbound = self._at.inbound
        waiting = await _pending(self._unit, inbound)
        if waiting is not None:
            await self._unit.inbox.finish(waiting.delivery_key)
            key = f"{waiting.delivery_key}:{inbound.delivery_key}"
            changed = replace(waiting, text=inbound.text, delivery_key=key)
            await self._unit.inbox.admit(changed, is_pending=True)
            return Reception(ReceiptKind.ACCEPTED)
        turn = await _turn(self._unit, inbound)
        # A platform also tells of a change when it adds a link's preview.
        if turn is None or turn.ask.text == inbound.text.strip():
            return Reception(ReceiptKind.IGNORED)
        if turn.stage not in FOLLOWS:
            return await self._too_late(turn, "revised_late")
        thread = await self._call_off(turn)
        return thread, pictures or await self._references(turn)

    async def _call_off(self, turn: TurnRecord) -> ThreadRecord:
        thread = await self._unit.threads.get(turn.thread)
        if thread is None:
            msg = f"turn {turn.id} belongs to no thread"
            raise LookupError(msg)
        walk = self._at.walk(thread)
        await walk.feed(CancelRequested(frozenset({turn.id})))
        return walk.thread

    async def _references(self, turn: TurnRecord) -> list[PictureRecord]:
        found = [await self._unit.pictures.get(blob) for blob in turn.ask.references]
        return [picture for picture in found if picture is not None]

    async def _too_late(self, turn: TurnRecord, code: str) -> Reception:
        """Say it once: from now on the turn does not look back at its message."""
        current = await self._unit.turns.get(turn.id, for_change=True)
        if current is None or current.source is None:
            return Reception(ReceiptKind.IGNORED)
        await self._unit.turns.save(replace(current, source=None), stage=current.stage)
        return await self._at.tell(code)
