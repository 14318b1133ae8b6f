"""Carries a confirmed wish to forget to its end: rows, then bytes, then messages, then the receipt.

Owns that order. Every step is safe to repeat, and the wish stays written down until the last one is done:
whoever finds it goes on with it, so that a kill at any moment ends with all of it gone and told once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.emptying import Emptying
from core.app.letting_go import let_go
from core.app.outside import look, transact
from core.app.records import MessageRecord, NoticeSaying
from core.app.walk import Scene
from core.domain.ids import MessageId
from core.domain.prompt.model import ForgetWhat

if TYPE_CHECKING:
    from core.app.aftermath import Aftermath, Committing
    from core.app.outside import Outside
    from core.app.records import ForgettingRecord
    from core.app.repositories import UnitOfWork
    from core.app.telling import Telling
    from core.domain.ids import ForgettingId, ThreadId


class Erasing:
    """Goes on with wishes to forget. Any number of processes may."""

    def __init__(self, outside: Outside, telling: Telling, committing: Committing) -> None:
        """Work with these."""
        self._outside = outside
        self._telling = telling
        self._committing = committing

    async def go_on(self, forgetting: ForgettingId) -> None:
        """Bring the wish as far as it goes now. What is in its way is looked at again by the sweeper."""
        wish = await self._read(forgetting)
        for thread in () if wish is None else wish.threads:
            await self._empty(forgetting, thread)
        wish = await self._read(forgetting)
        if wish is None or wish.threads:
            return
        await self._empty_keepers(wish)
        wish = await self._read(forgetting) or wish
        for blob in wish.blobs:
            await let_go(self._outside, blob)
        for message in wish.messages:
            await self._telling.push(message)
        await self._committing.transact(lambda unit, aftermath: self._end(unit, aftermath, forgetting))

    async def _read(self, forgetting: ForgettingId) -> ForgettingRecord | None:
        return await look(
            self._outside.database, lambda unit: unit.forgettings.get(forgetting, for_change=False)
        )

    async def _empty(self, forgetting: ForgettingId, thread: ThreadId) -> None:
        async def empty(unit: UnitOfWork, aftermath: Aftermath) -> None:
            wish = await unit.forgettings.get(forgetting)
            if wish is not None and thread in wish.threads:
                scene = Scene(self._outside, unit, aftermath, await unit.now())
                await Emptying(scene, wish).empty(thread)

        await self._committing.transact(empty)

    async def _empty_keepers(self, wish: ForgettingRecord) -> None:
        """Whatever outside the core keeps of the person goes with them; its bytes are written down first."""
        if wish.what is not ForgetWhat.ME:
            return
        held = [blob for keeper in self._outside.keepers for blob in await keeper.kept_of(wish.actor)]

        async def note(unit: UnitOfWork) -> None:
            current = await unit.forgettings.get(wish.id)
            if current is not None:
                blobs = tuple(dict.fromkeys((*current.blobs, *held)))
                await unit.forgettings.save(replace(current, blobs=blobs))

        if held:
            await transact(self._outside.database, note)
        for keeper in self._outside.keepers:
            await keeper.forget(wish.actor)

    async def _end(self, unit: UnitOfWork, aftermath: Aftermath, forgetting: ForgettingId) -> None:
        """Tell what went, once, if no message is on its way any more."""
        wish = await unit.forgettings.get(forgetting)
        if wish is None:
            return
        gone = left = 0
        for message_id in wish.messages:
            message = await unit.messages.get(message_id)
            if message is None:
                continue
            if message.shown < message.wanted and not message.is_given_up:
                return
            if message.ref is not None:
                gone, left = gone + (not message.is_given_up), left + message.is_given_up
        if not await unit.forgettings.end(forgetting):
            return
        if wish.what is ForgetWhat.ME:
            await self._forget_name(unit, wish)
        receipt = self._receipt(wish, gone=gone, left=left)
        receipt = replace(receipt, created_at=await unit.now())
        await unit.messages.add(receipt)
        aftermath.messages.append(receipt.id)

    @staticmethod
    async def _forget_name(unit: UnitOfWork, wish: ForgettingRecord) -> None:
        actor = await unit.people.actor(wish.actor)
        if actor is not None:
            await unit.people.save_actor(replace(actor, name="", was_told_about_references=False))

    def _receipt(self, wish: ForgettingRecord, *, gone: int, left: int) -> MessageRecord:
        values: dict[str, str | int] = {
            "pictures": wish.pictures,
            "messages": gone,
            "words": wish.words,
            "left": left,
        }
        return MessageRecord(
            id=MessageId(self._outside.ids.new()),
            workspace=wish.workspace,
            platform=wish.platform,
            channel=wish.channel,
            saying=NoticeSaying("forgot_but_left" if left else "forgot", values),
            locale=wish.locale,
            created_at=wish.created_at,
            thread_ref=wish.thread_ref,
            private_to=wish.actor,
            context=wish.context,
        )
