"""Carries a confirmed wish to forget to its end: rows, then bytes, then messages, then the receipt.

Owns that order. Every step is safe to repeat, and the wish stays written down until the last one is done:
whoever finds it goes on with it, so that a kill at any moment ends with all of it gone and told once. No step
holds up those who want to write meanwhile: what a person had in years goes a little at a time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.app.blob_deletion import delete_blob
from core.app.emptying import Emptying, forget_name
from core.app.forgetting_extent import is_receipt
from core.app.mentions import CONFIRM, Tells, names
from core.app.outside import look, transact
from core.app.records import MessageRecord, NoticeSaying
from core.app.walk import Scene
from core.domain.ids import MessageId
from core.domain.prompt.model import ForgetWhat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.after_commit import AfterCommit, Committing
    from core.app.outside import Outside
    from core.app.records import ForgettingRecord
    from core.app.repositories import UnitOfWork
    from core.app.telling import Telling
    from core.domain.ids import ForgettingId, ThreadId

AT_ONCE: Final = 20
"""How many messages one transaction wants gone: a few milliseconds, for which whoever writes has to wait."""


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
        if wish is not None and wish.has_told:
            await self._empty_told(wish)
        for thread in () if wish is None else wish.threads:
            await self._empty(forgetting, thread)
        wish = await self._read(forgetting)
        if wish is None or wish.threads:
            return
        await self._empty_keepers(wish)
        wish = await self._read(forgetting) or wish
        for blob in wish.blobs:
            await delete_blob(self._outside, blob)
        for message in wish.messages:
            await self._telling.push(message)
        outcome = await look(self._outside.database, lambda unit: _outcome(unit, wish))
        if outcome is None:
            return
        gone, left = outcome
        receipt = self._receipt(wish, gone=gone, left=left)
        await self._committing.transact(
            lambda unit, after_commit: self._end(unit, after_commit, wish, receipt)
        )

    async def _read(self, forgetting: ForgettingId) -> ForgettingRecord | None:
        return await look(
            self._outside.database, lambda unit: unit.forgettings.get(forgetting, for_change=False)
        )

    async def _empty_told(self, wish: ForgettingRecord) -> None:
        """Want gone what was told to the person alone, and what names them to others; some at a time."""
        told = await look(self._outside.database, lambda unit: _told(unit, wish))
        for at in range(0, len(told), AT_ONCE):
            await self._forget_some(wish.id, told[at : at + AT_ONCE])

        async def is_done(unit: UnitOfWork) -> None:
            current = await unit.forgettings.get(wish.id)
            if current is not None:
                await unit.forgettings.save(replace(current, has_told=False))

        await transact(self._outside.database, is_done)

    async def _forget_some(self, forgetting: ForgettingId, some: Sequence[MessageId]) -> None:
        async def forget(unit: UnitOfWork, after_commit: AfterCommit) -> None:
            wish = await unit.forgettings.get(forgetting)
            if wish is not None and wish.has_told:
                scene = Scene(self._outside, unit, after_commit, await unit.now())
                await Emptying(scene, wish).forget_told(some)

        await self._committing.transact(forget)

    async def _empty(self, forgetting: ForgettingId, thread: ThreadId) -> None:
        async def empty(unit: UnitOfWork, after_commit: AfterCommit) -> None:
            wish = await unit.forgettings.get(forgetting)
            if wish is not None and thread in wish.threads:
                scene = Scene(self._outside, unit, after_commit, await unit.now())
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

    @staticmethod
    async def _end(
        unit: UnitOfWork, after_commit: AfterCommit, wish: ForgettingRecord, receipt: MessageRecord
    ) -> None:
        """Tell what went, once."""
        if await unit.forgettings.get(wish.id, for_change=False) is None:
            return
        if wish.what is ForgetWhat.ME:
            # They may have pressed something meanwhile, which told us their name. Their row comes before the
            # wish, as for whoever presses: two that lock them crosswise would wait for each other.
            await forget_name(unit, wish.actor)
        if not await unit.forgettings.end(wish.id):
            return
        for message in await unit.messages.telling(wish.workspace, Tells.QUESTION, private_to=wish.actor):
            saying = message.saying
            if isinstance(saying, NoticeSaying) and saying.values[CONFIRM] == wish.id:  # asked a second time
                await unit.messages.forget(message.id, NoticeSaying("forgotten"))
                after_commit.messages.append(message.id)
        await unit.messages.add(replace(receipt, created_at=await unit.now()))
        after_commit.messages.append(receipt.id)

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


async def _told(unit: UnitOfWork, wish: ForgettingRecord) -> list[MessageId]:
    """The messages to the person alone, the question first, and those that name the person to others."""
    private = await unit.messages.private_to(wish.workspace, wish.actor)
    own = [one for one in private if not (one.is_forgotten or is_receipt(one.saying))]
    telling = await unit.messages.telling(wish.workspace, Tells.PEOPLE, Tells.QUESTION)
    others = [one for one in telling if one.private_to != wish.actor and names(one.saying, wish.actor)]
    return [one.id for one in (*reversed(own), *others) if one.created_at <= wish.created_at]


async def _outcome(unit: UnitOfWork, wish: ForgettingRecord) -> tuple[int, int] | None:
    """How many messages are gone, and how many the platform would not let go; None while some are on the way.

    Read where nobody who writes has to wait for it: there may be thousands.
    """
    gone = left = 0
    for message_id in wish.messages:
        message = await unit.messages.get(message_id)
        if message is None:
            continue
        if message.shown < message.wanted and not message.is_given_up:
            return None
        if message.ref is not None:
            left += message.is_given_up
            gone += message.is_forgotten and not message.is_given_up
    return gone, left
