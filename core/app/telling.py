"""Makes a message on a surface show what it should: posts it, updates it, mends what a crash left.

Owns the sending of every message of ours. What a message says is drawn anew each time from what is
stored, so that sending late or twice shows the truth.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from core.app.composing import Composing
from core.app.errors import StorageFault
from core.app.outside import look, transact
from core.app.ports import Place, Posted, SurfaceFault, SurfaceFaultKind
from core.app.records import NoticeSaying, Stage, TurnSaying
from core.app.voice import ASIDES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.outside import Outside
    from core.app.ports import Surface
    from core.app.records import MessageRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.app.turn_facts import TurnFacts
    from core.domain.card import Card, Progress
    from core.domain.generation import Image
    from core.domain.ids import ChannelRef, MessageId, MessageRef, ThreadRef, WorkspaceId

    Along = Callable[[UnitOfWork], Awaitable[None]]

MAX_TRIES = 12
"""After so many passing faults in a row a message is given up, unless it is to go."""

LONGEST_WAIT_S = 120.0

NOT_SHOWN_YET_S = 30.0
"""How long until progress is tried again where it could not be shown."""

MAX_REFITS = 6
"""How often pictures are made smaller until a platform takes them."""

_BARRED = frozenset({SurfaceFaultKind.FORBIDDEN, SurfaceFaultKind.GONE})


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of sending a message: shown, to be tried again in a while, or given up.

    `is_barred`: it cannot stand there, because we may not post there or the place is gone; `missing` are the
    permissions that we lack for it.
    """

    is_shown: bool
    is_passing: bool = False
    retry_after_s: float = 1.0
    detail: str = ""
    is_barred: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send, with the facts to draw it from where it is a turn's own.

    Both were read in the transaction that claimed it, so that its `wanted` is the change that they show.
    `after` are messages that have to stand before it does.
    """

    message: MessageRecord
    facts: TurnFacts | None = None
    after: tuple[MessageId, ...] = ()


class Telling:
    """Sends messages. Any worker may send any message; a lease keeps two from sending the same one."""

    def __init__(self, outside: Outside) -> None:
        """Send through the surfaces given."""
        self._outside = outside
        self._composing = Composing(outside)
        self._sending: WeakValueDictionary[MessageId, asyncio.Lock] = WeakValueDictionary()

    async def push(
        self, message_id: MessageId, *, claimed: Claimed | None = None, along: Along | None = None
    ) -> Sent:
        """Make the message show what it should by now. In one process its senders take turns.

        `claimed` is the message, where a transaction before this has claimed it. `along` is what follows
        from its being shown: stored in the same transaction.
        """
        lock = self._sending.setdefault(message_id, asyncio.Lock())
        async with lock:
            return await self._push(message_id, claimed, along)

    async def _push(self, message_id: MessageId, claimed: Claimed | None, along: Along | None) -> Sent:
        claimed = claimed or await transact(self._outside.database, lambda unit: self.claim(unit, message_id))
        if claimed is None:
            stands = await self._as_it_stands(message_id)
            if stands.is_shown and along is not None:
                await transact(self._outside.database, along)
            return stands
        for earlier in claimed.after:
            await self.push(earlier)
        message = claimed.message
        posted = await (self._taken_away(message) if message.is_forgotten else self._drawn_and_shown(claimed))
        if isinstance(posted, SurfaceFault):
            return await self._not_sent(message, posted)
        await transact(self._outside.database, lambda unit: self._sent(unit, message, posted, along))
        return Sent(is_shown=True)

    async def claim(self, unit: UnitOfWork, message_id: MessageId) -> Claimed | None:
        """Take the message for sending, with the place of its thread as far as that is known.

        For a transaction that has more to do; once it is committed, `push` sends the message.
        """
        message = await unit.messages.claim(message_id, lease_s=self._outside.policy.sending_lease_s)
        if message is None:
            return None
        if message.thread_ref is None and message.thread is not None:
            thread = await unit.threads.get(message.thread, for_change=False)
            message = message if thread is None else replace(message, thread_ref=thread.ref)
        if message.is_forgotten or not isinstance(message.saying, TurnSaying):
            return Claimed(message)
        facts = await self._composing.turn_facts(unit, message)
        is_new_answer = facts is not None and message.ref is None
        return Claimed(message, facts, await _before(unit, facts.turn) if facts and is_new_answer else ())

    async def _drawn_and_shown(self, claimed: Claimed) -> Posted | SurfaceFault:
        """Draw the message and show it. A fault of ours is answered like a platform out of reach."""
        message = claimed.message
        try:
            return await self._fitted_and_shown(claimed)
        except StorageFault as error:
            self._outside.reports.fault("message_not_composed", error, message=message.id)
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, detail="storage")
        except Exception as error:  # noqa: BLE001 - counted as a try, so that it is not repeated for ever
            self._outside.reports.fault("message_not_sent", error, message=message.id)
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, detail="own_fault")

    async def _fitted_and_shown(self, claimed: Claimed) -> Posted | SurfaceFault:
        """Show it, with smaller pictures where the platform has refused larger ones."""
        message, facts = claimed.message, claimed.facts
        surface = self._outside.surfaces[message.platform]
        place = _place(message, message.thread_ref)
        card = await self._composing.card(message, facts=facts)
        posted = await self._show(surface, message, place, card)
        for _ in range(MAX_REFITS):
            max_bytes = _less_than(card, posted)
            if max_bytes is None:
                break
            card = await self._composing.card(message, facts=facts, max_bytes=max_bytes)
            posted = await self._show(surface, message, place, card)
        return posted

    async def _taken_away(self, message: MessageRecord) -> Posted | SurfaceFault | None:
        """Delete the message; where the platform will not let it go, it says that it was forgotten."""
        try:
            surface = self._outside.surfaces[message.platform]
            place = _place(message, message.thread_ref)
            ref = message.ref or await self._posted_before(surface, message, place)
            fault = None if ref is None else await surface.delete(place, ref)
            if ref is not None and fault is not None and not fault.is_passing:
                fault = await surface.update(place, ref, await self._composing.card(message))
        except Exception as error:  # noqa: BLE001 - counted as a try, so that it is not repeated for ever
            self._outside.reports.fault("message_not_taken_away", error, message=message.id)
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, detail="own_fault")
        return None if fault is None or fault.kind is SurfaceFaultKind.GONE else fault

    @staticmethod
    async def _posted_before(surface: Surface, message: MessageRecord, place: Place) -> MessageRef | None:
        """Where a message stands whose sender may have died between the post and storing its id."""
        found = await surface.find(place, key=message.id) if message.tries > 1 else None
        return None if found is None else found.message

    async def progress(self, turn: TurnRecord, progress: Progress, preview: Image | None = None) -> float:
        """Show how far a turn is, on its placeholder; in how many seconds that is worth saying again.

        Never raises: progress is worth no failure.
        """
        try:
            message = await look(self._outside.database, lambda unit: unit.messages.get(turn.message))
            if message is None or message.ref is None:
                return NOT_SHOWN_YET_S
            surface = self._outside.surfaces[message.platform]
            await surface.progress(await self._place(message), message.ref, progress, preview)
        except Exception as error:  # noqa: BLE001 - best effort by contract
            self._outside.reports.fault("progress_not_shown", error, turn=turn.id)
            return NOT_SHOWN_YET_S
        return surface.limits.progress_every_s

    async def adopt(self, workspace: WorkspaceId, channel: ChannelRef, thread_ref: ThreadRef) -> bool:
        """Whether a thread that we do not know is one that a message of ours opened, whose ids we lack.

        People can answer a message the moment it stands, which may be before its id is stored.
        """
        waiting = await look(self._outside.database, lambda unit: unit.messages.unposted(workspace, channel))
        for message in waiting:
            if await self._opened(message, thread_ref):
                return True
        return False

    async def _opened(self, message: MessageRecord, thread_ref: ThreadRef) -> bool:
        """Whether the message stands and opened that thread; then both are stored."""
        surface = self._outside.surfaces[message.platform]
        found = await surface.find(await self._place(message), key=message.id)
        if found is None or found.thread != thread_ref:
            return False
        await transact(self._outside.database, lambda unit: self._bind(unit, message, found))
        return True

    async def _as_it_stands(self, message_id: MessageId) -> Sent:
        message = await look(self._outside.database, lambda unit: unit.messages.get(message_id))
        if message is None or message.is_given_up:
            return Sent(is_shown=False, detail="given up")
        if message.shown >= message.wanted:
            return Sent(is_shown=True)
        return Sent(is_shown=False, is_passing=True, detail="somebody else is sending it")

    async def _place(self, message: MessageRecord) -> Place:
        thread_ref = message.thread_ref
        if thread_ref is None and message.thread is not None:
            thread_id = message.thread
            thread = await look(
                self._outside.database, lambda unit: unit.threads.get(thread_id, for_change=False)
            )
            thread_ref = thread.ref if thread is not None else None
        return _place(message, thread_ref)

    async def _show(
        self, surface: Surface, message: MessageRecord, place: Place, card: Card
    ) -> Posted | SurfaceFault:
        if message.ref is not None:
            fault = await surface.update(place, message.ref, card)
            if fault is None:
                return Posted(message.ref, message.thread_ref or place.thread or message.ref)  # type: ignore[arg-type]
            if fault.kind is not SurfaceFaultKind.GONE:
                return fault
        elif message.tries > 1:
            # An earlier sender may have died between the post and storing its id.
            found = await surface.find(place, key=message.id)
            if found is not None:
                return await surface.update(place, found.message, card) or found
        return await surface.post(place, card, key=message.id, private_to=message.private_to)

    async def _sent(
        self, unit: UnitOfWork, sent: MessageRecord, posted: Posted | None, along: Along | None
    ) -> None:
        """Store that it shows what it should, or (None) that it does not stand any more."""
        if posted is not None:
            await self._bind_thread(unit, sent, posted)
        # What goes along may lock a thread, and a message is never locked before its thread.
        if along is not None:
            await along(unit)
        await unit.messages.shown(sent.id, sent.wanted, posted)

    @staticmethod
    async def _bind_thread(unit: UnitOfWork, message: MessageRecord, posted: Posted) -> None:
        """Store that the message's thread lives where the message stands, if it is the thread's first."""
        if message.thread is None or message.thread_ref is not None or message.saying != TurnSaying():
            return
        thread = await unit.threads.get(message.thread)
        if thread is not None and thread.ref is None:
            await unit.threads.save(replace(thread, ref=posted.thread))

    async def _bind(self, unit: UnitOfWork, message: MessageRecord, posted: Posted) -> None:
        """Store where a message stands whose sender has not come back, and that its thread lives there."""
        await self._bind_thread(unit, message, posted)
        current = await unit.messages.get(message.id)
        if current is not None:
            await unit.messages.save(replace(current, ref=posted.message, thread_ref=posted.thread))

    async def _not_sent(self, message: MessageRecord, fault: SurfaceFault) -> Sent:
        is_passing = fault.is_passing and (message.tries < MAX_TRIES or message.is_forgotten)
        wait_s = min(LONGEST_WAIT_S, max(fault.retry_after_s, 2.0 ** min(message.tries, 7)))

        async def store(unit: UnitOfWork) -> None:
            current = await unit.messages.get(message.id)
            if current is None:
                return
            # What it was to say is given up, not what it is to say by now, nor that it is to go.
            is_as_wanted = (current.wanted, current.is_forgotten) == (message.wanted, message.is_forgotten)
            is_given_up = not is_passing and is_as_wanted
            is_at_once = not is_passing and not is_as_wanted
            not_before = None if is_at_once else await unit.now() + timedelta(seconds=wait_s)
            await unit.messages.save(replace(current, not_before=not_before, is_given_up=is_given_up))

        await transact(self._outside.database, store)
        self._outside.reports.warning(
            "message_not_sent",
            message=message.id,
            why=fault.kind.value,
            detail=fault.detail,
            is_given_up=not is_passing,
        )
        return Sent(
            is_shown=False,
            is_passing=is_passing,
            retry_after_s=wait_s,
            detail=fault.detail,
            is_barred=fault.kind in _BARRED,
            missing=fault.missing,
        )


async def _before(unit: UnitOfWork, turn: TurnRecord) -> tuple[MessageId, ...]:
    """The messages of turns that were asked for before a waiting one and do not stand yet.

    People expect the answers in the order in which they asked, whoever is faster in posting them.
    """
    if turn.stage is not Stage.WAITING:
        return ()
    found = []
    for other in await unit.turns.of_thread(turn.thread, stages=(Stage.WAITING, Stage.QUEUED)):
        stands = await unit.messages.get(other.message) if other.position < turn.position else None
        if stands is not None and stands.ref is None and not stands.is_given_up:
            found.append(stands.id)
    return tuple(found)


def _place(message: MessageRecord, thread_ref: ThreadRef | None) -> Place:
    said = message.saying
    is_aside = isinstance(said, NoticeSaying) and said.code in ASIDES
    return Place(message.workspace, message.channel, thread_ref, message.context, is_aside=is_aside)


def _less_than(card: Card, answer: Posted | SurfaceFault) -> int | None:
    """What to try where the platform called a card's pictures too large; None when there is nothing to."""
    if not isinstance(answer, SurfaceFault) or answer.kind is not SurfaceFaultKind.TOO_LARGE:
        return None
    largest = max((picture.size_bytes for picture in card.pictures), default=0)
    most = min(answer.limit_bytes or largest // 2, largest - 1)
    return most if most > 0 else None
