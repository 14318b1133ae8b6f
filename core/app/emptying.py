"""Empties the rows of one thread of what is forgotten, within one unit of work.

Owns that all of it happens at once: no row tells anything any more once the unit is committed, and the
messages and bytes that still have to go are written down. Must never await anything but the database.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.forgetting_extent import descendants, emptied, what_goes, wordless
from core.app.mentions import CONFIRM, names
from core.app.ports import DIRECT
from core.app.records import ActorRecord, NoticeSaying, OriginalSaying, ShowSaying
from core.app.voice import Voice
from core.app.walk import Walk
from core.domain.events import CancelRequested, RevisionsForgotten, ThreadClosed
from core.domain.prompt.model import ForgetWhat
from core.domain.thread_state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.forgetting_extent import ForgettingExtent
    from core.app.records import ForgettingRecord, MessageRecord, ThreadRecord
    from core.app.repositories import UnitOfWork
    from core.app.walk import Scene
    from core.domain.ids import ActorId, MessageId, ThreadId

MANY_DELIVERIES = 10_000
"""More than can be pending at once."""


class Emptying:
    """Empties threads of what one wish means."""

    def __init__(self, scene: Scene, wish: ForgettingRecord) -> None:
        """Work in that unit for that wish, which is stored already."""
        self._scene = scene
        self._unit = scene.unit
        self.wish = wish

    async def empty(self, thread_id: ThreadId) -> bool:
        """Empty the thread, or call off what keeps it from that; False when something is still on its way."""
        thread = await self._unit.threads.get(thread_id)
        if thread is None:
            return True
        extent = await what_goes(self._unit, self.wish, thread)
        voice = Voice(self.wish.actor, self.wish.locale, self.wish.context)
        walk = Walk(self._scene, thread, voice)
        await self._call_off(walk, extent)
        extent = await what_goes(self._unit, self.wish, walk.thread)
        is_running = any(not turn.stage.is_over for turn in (*extent.turns, *extent.repeats))
        if is_running or extent.numbers & walk.thread.machine.in_use:
            return False
        if extent.numbers:
            await walk.feed(RevisionsForgotten(extent.numbers))
        await self._empty(walk.thread, extent)
        return True

    async def _call_off(self, walk: Walk, extent: ForgettingExtent) -> None:
        machine = walk.thread.machine
        if extent.is_whole:
            if machine.state is not State.CLOSED and not machine.is_closing:
                await walk.feed(ThreadClosed())
            return
        meant = {turn.id for turn in extent.turns}
        tickets = list(machine.waiting)
        if machine.active is not None and machine.state is State.GENERATING:
            tickets.append(machine.active)
        named = frozenset(ticket.turn_id for ticket in tickets if ticket.turn_id in meant)
        if named:
            await walk.feed(CancelRequested(named))

    async def _empty(self, thread: ThreadRecord, extent: ForgettingExtent) -> None:
        for turn in extent.turns:
            await self._unit.turns.forget(emptied(turn))
        for turn in extent.repeats:
            await self._unit.turns.forget(wordless(turn))
            await self._draw_anew(turn.message)
        await self.forget_messages(extent.messages)
        await self._drop_deliveries(thread, extent)
        await self._draw_descendants(thread, extent)
        self.wish = replace(
            self.wish,
            threads=tuple(one for one in self.wish.threads if one != thread.id),
            blobs=tuple(dict.fromkeys((*self.wish.blobs, *extent.blobs))),
            pictures=self.wish.pictures + extent.pictures,
            words=self.wish.words + extent.words,
        )
        await self._unit.forgettings.save(self.wish)

    async def forget_messages(self, messages: tuple[MessageRecord, ...]) -> None:
        """Want those messages gone, and note that the receipt waits for them. The caller saves the wish."""
        for message in messages:
            await self._unit.messages.forget(message.id, NoticeSaying("forgotten"))
            self._scene.after_commit.messages.append(message.id)
        self._note(messages)

    def _note(self, messages: tuple[MessageRecord, ...]) -> None:
        ids = (message.id for message in messages)
        sheets = (message.sheet for message in messages if message.sheet is not None)
        self.wish = replace(
            self.wish,
            messages=tuple(dict.fromkeys((*self.wish.messages, *ids))),
            blobs=tuple(dict.fromkeys((*self.wish.blobs, *sheets))),
        )

    async def forget_told(self, ids: Sequence[MessageId]) -> None:
        """Want a few messages gone that were told to the person, or to others about them.

        What admins were told unasked stays, drawn anew without a name: they may not have acted on it yet.
        """
        found = [await self._unit.messages.get(one) for one in ids]
        messages = tuple(one for one in found if one is not None and not one.is_forgotten)
        for message in messages:
            if _is_unasked(message) and names(message.saying, self.wish.actor):
                await self._unit.messages.want(message.id)
            elif not await self.answered(message):
                await self._unit.messages.forget(message.id, NoticeSaying("forgotten"))
        self._note(messages)
        await self._unit.forgettings.save(self.wish)

    async def answered(self, message: MessageRecord) -> bool:
        """Take the wish's own question away. Its button's press may be all that lets that happen."""
        saying = message.saying
        if not isinstance(saying, NoticeSaying) or saying.values.get(CONFIRM) != self.wish.id:
            return False
        gone = NoticeSaying("forgotten")
        await self._unit.messages.forget(message.id, gone, context=self.wish.context)
        self._scene.after_commit.messages.append(message.id)
        return True

    async def _drop_deliveries(self, thread: ThreadRecord, extent: ForgettingExtent) -> None:
        """What was said there and is still being worked on will not be done."""
        if extent.is_whole and thread.ref is not None:
            await self.drop_deliveries(thread)

    async def drop_deliveries(self, thread: ThreadRecord | None) -> None:
        """Drop deliveries that wait: those of the thread, or of the person who wants to be forgotten."""
        soon = self._scene.now + timedelta(seconds=1)
        for inbound in await self._unit.inbox.pending(before=soon, limit=MANY_DELIVERIES):
            is_theirs = inbound.person.id == self.wish.actor and self.wish.what is ForgetWhat.ME
            place = (inbound.person.workspace, inbound.platform, inbound.channel, inbound.thread)
            is_there = thread is not None and place == (
                thread.workspace,
                thread.platform,
                thread.channel,
                thread.ref,
            )
            if is_theirs or is_there:
                await self._unit.inbox.finish(inbound.delivery_key)

    async def _draw_descendants(self, thread: ThreadRecord, extent: ForgettingExtent) -> None:
        """What came of such a version tells its words: in alt texts, and children in what was sent."""
        silent = extent.numbers | extent.retold
        numbers = descendants(thread, silent) | extent.retold
        for revision in (one for one in thread.machine.revisions if one.number in numbers):
            turn = await self._unit.turns.get(revision.turn_id, for_change=True)
            if turn is None or turn.is_forgotten:
                continue
            is_child = revision.parent is not None and revision.parent.revision in silent
            if is_child and turn.plan is not None:
                plan = replace(turn.plan, prompt="")
                await self._unit.turns.save(replace(turn, plan=plan), stage=turn.stage)
        for message in await self._unit.messages.of_thread(thread):
            if not message.is_forgotten and self._tells_of(message, thread, numbers):
                await self._draw_anew(message.id)

    async def _draw_anew(self, message: MessageId) -> None:
        await self._unit.messages.want(message)
        self._scene.after_commit.messages.append(message)

    @staticmethod
    def _tells_of(message: MessageRecord, thread: ThreadRecord, numbers: frozenset[int]) -> bool:
        if isinstance(message.saying, ShowSaying | OriginalSaying):
            return message.saying.head.revision in numbers
        if message.turn is None:
            return False
        made = (one.number for one in thread.machine.revisions if one.turn_id == message.turn)
        return any(number in numbers for number in made)


def _is_unasked(message: MessageRecord) -> bool:
    """Whether it is a notice that somebody got without asking: nothing but its words can be drawn anew."""
    return message.channel == DIRECT and isinstance(message.saying, NoticeSaying)


async def forget_name(unit: UnitOfWork, actor: ActorId) -> None:
    """Keep nothing of the person but their id: whoever is drawn anew from now on has no name."""
    known = await unit.people.actor(actor)
    if known is not None:
        await unit.people.save_actor(ActorRecord(actor, known.workspace, name="", locale="en"))
