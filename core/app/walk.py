"""One transaction's way through one edit thread: feed it facts, carry out what it hands back.

Owns the translation of the machine's effects into rows. Must never await anything but the
database; what is to be done outside goes to the AfterCommit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from core.app.bookkeeping import Bookkeeping, NoRoom
from core.app.planning import Base, PlanRefusal, plan_ask
from core.app.records import AskKind, MessageRecord, NoticeSaying, Stage, TurnSaying
from core.domain.edit_thread import step
from core.domain.effects import (
    CancelJob,
    Deliver,
    DropTurn,
    KeepRevision,
    Release,
    Reserve,
    Say,
    Settle,
    StartJob,
    ThreadNotice,
    WriteOff,
)
from core.domain.events import JobCancelled, ReservationGranted, ReservationRefused
from core.domain.ids import MessageId

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.after_commit import AfterCommit
    from core.app.outside import Outside
    from core.app.records import ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.app.voice import Voice
    from core.domain.effects import Effect
    from core.domain.events import Event
    from core.domain.ids import TurnId
    from core.domain.lineage import Head

ON_THE_TURN = frozenset({ThreadNotice.QUEUED, ThreadNotice.CANCELLED, ThreadNotice.CANCELLED_LATE})
"""Notices that a turn's own message tells; the others are messages of their own."""

NOT_TAKEN = frozenset(
    {
        ThreadNotice.BUSY,
        ThreadNotice.CLOSED,
        ThreadNotice.NO_SUCH_REVISION,
        ThreadNotice.NO_SUCH_CANDIDATE,
        ThreadNotice.REVISION_FORGOTTEN,
    }
)
"""Notices that mean: the turn never got a place in the thread, or lost it when the thread was closed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a walk takes place in: the ports, the unit of work and its clock, and what is left for later."""

    outside: Outside
    unit: UnitOfWork
    after_commit: AfterCommit
    now: datetime


class Walk:
    """Steps one locked thread within one unit of work, and saves it and its turns once all is said.

    One fact can lead to several moves, and a move to several changes of one turn: each row is written once.
    """

    def __init__(self, scene: Scene, thread: ThreadRecord, voice: Voice) -> None:
        """`voice` says whom direct answers go to."""
        self._outside = scene.outside
        self._unit = scene.unit
        self._after_commit = scene.after_commit
        self._now = scene.now
        self._voice = voice
        self._books = Bookkeeping(
            scene.unit, scene.outside.ids, scene.outside.policy, scene.now, scene.after_commit
        )
        self.thread = thread
        self._changed: dict[TurnId, TurnRecord] = {}
        self._added: set[TurnId] = set()

    async def feed(self, event: Event) -> None:
        """Tell the machine a fact, carry out what it says, and store where it stands."""
        await self._step(event)
        await self._unit.threads.save(self.thread)
        for turn_id, turn in self._changed.items():
            await self._store(turn_id, turn)
        self._changed.clear()
        self._added.clear()

    def add(self, turn: TurnRecord) -> None:
        """A new turn, to be stored with what the next fact makes of it."""
        self._changed[turn.id] = turn
        self._added.add(turn.id)

    def change(self, turn: TurnRecord) -> None:
        """The turn as it is to be stored with what the next fact makes of it. It must be held for change."""
        self._changed[turn.id] = turn

    async def _step(self, event: Event) -> None:
        machine, effects = step(self.thread.machine, event)
        self.thread = replace(self.thread, machine=machine)
        for effect in effects:
            await self._carry(effect)

    async def _store(self, turn_id: TurnId, turn: TurnRecord) -> None:
        if turn_id in self._added:
            await self._unit.turns.add(turn)
            return
        stored = await self._unit.turns.get(turn_id, for_change=True)
        if stored is not None and stored != turn:
            await self._unit.turns.save(turn, stage=stored.stage)

    async def say(self, code: str, **values: str | int) -> None:
        """Answer the person directly, and only them where the platform can."""
        await self._add_notice(code, values)

    async def _carry(self, effect: Effect) -> None:  # noqa: C901 - one case an effect, and nothing in it
        match effect:
            case Reserve(turn_id):
                await self._reserve(turn_id)
            case StartJob(turn_id, base):
                await self._start(turn_id, base)
            case Settle(turn_id, attempt_id):
                self.change(await self._books.settle(await self._turn(turn_id), attempt_id))
            case Release(turn_id):
                await self._books.release(await self._turn(turn_id))
            case WriteOff(turn_id, attempt_id, billed):
                self.change(await self._books.write_off(await self._turn(turn_id), attempt_id, billed))
            case KeepRevision(turn_id, revision):
                await self._change(turn_id, revision=revision.number)
            case Deliver(turn_id):
                await self._deliver(turn_id)
            case CancelJob(turn_id):
                await self._cancel(turn_id)
            case DropTurn(turn_id):
                await self._change(turn_id, stage=Stage.CANCELLED, finished_at=self._now)
                await self._show(turn_id)
            case Say():
                await self._say(effect)
            case _:
                assert_never(effect)

    # --- starting ---

    async def _reserve(self, turn_id: TurnId) -> None:
        turn = await self._turn(turn_id)
        base_head = turn.own_base or (None if self._is_from_words(turn) else self.thread.machine.head)
        base = await self._base(base_head)
        surface = self._outside.surfaces[self.thread.platform]
        plan = plan_ask(turn.ask, base, profile=self._outside.profile, previews=surface.limits.previews)
        if isinstance(plan, PlanRefusal):
            await self._refuse(turn, plan.code, {"subject": plan.subject, "suggestion": plan.suggestion})
            return
        held = await self._books.reserve(turn, plan, self.thread)
        if isinstance(held, NoRoom):
            await self._refuse(turn, held.code, held.values)
            return
        await self._change(turn_id, plan=plan, estimate=self._books.estimate(plan), reservation=held)
        await self._step(ReservationGranted(turn_id, held))

    @staticmethod
    def _is_from_words(turn: TurnRecord) -> bool:
        return turn.ask.kind is AskKind.GENERATE

    async def _base(self, head: Head | None) -> Base | None:
        if head is None:
            return None
        made_by = await self._unit.threads.revision_turn(self.thread.id, head.revision)
        if made_by is None or made_by.plan is None:
            return None
        index = ord(head.letter) - ord("a")
        return Base(made_by.pictures[index], made_by.plan, made_by.ask.prompt.quoted)

    async def _refuse(self, turn: TurnRecord, code: str, values: dict[str, str | int]) -> None:
        await self._change(turn.id, stage=Stage.FAILED, finished_at=self._now)
        await self._show(turn.id)
        await self._add_notice(code, values, turn)
        await self._step(ReservationRefused(turn.id))

    async def _start(self, turn_id: TurnId, base: Head | None) -> None:
        await self._change(turn_id, stage=Stage.QUEUED, base=base, nudged_at=self._now)
        await self._add_message(turn_id)
        self._after_commit.turns.append(turn_id)

    async def _deliver(self, turn_id: TurnId) -> None:
        await self._change(turn_id, stage=Stage.RECORDED)
        message = await self._unit.messages.get((await self._turn(turn_id)).message)
        if message is not None and message.is_given_up:
            # That the placeholder could not be changed says nothing about the picture: it is tried anew.
            await self._unit.messages.save(replace(message, is_given_up=False, tries=0, not_before=None))
        await self._show(turn_id, is_sent_by_worker=True)

    # --- cancelling ---

    async def _cancel(self, turn_id: TurnId) -> None:
        turn = await self._turn(turn_id)
        if turn.stage in {Stage.QUEUED, Stage.ANNOUNCED}:
            # No request has left us, and none can: the stage that a worker expects is gone.
            await self._change(turn_id, stage=Stage.CANCELLED, finished_at=self._now)
            await self._step(JobCancelled(turn_id))
            return
        await self._change(turn_id, is_cancel_requested=True)
        await self._show(turn_id)

    # --- saying ---

    async def _say(self, said: Say) -> None:
        if said.code == ThreadNotice.OVER_QUOTA:
            return  # told where the ledger refused, with the numbers
        values: dict[str, str | int] = {"ahead": said.ahead}
        if said.at is not None:
            values |= {"revision": said.at.revision, "letter": said.at.letter}
        if said.turn_id is None:
            is_steering = said.code == ThreadNotice.BUSY
            await self._add_notice("busy_moving" if is_steering else said.code, values)
            return
        turn = await self._turn(said.turn_id)
        if said.code in NOT_TAKEN:
            await self._change(turn.id, stage=Stage.CANCELLED, finished_at=self._now)
            await self._add_notice(said.code, values, turn)
            return
        if said.code == ThreadNotice.QUEUED:
            await self._add_message(turn.id)
            self._after_commit.messages.append(turn.message)
            return
        if said.code in ON_THE_TURN and turn.stage is not Stage.CANCELLED:
            await self._change(turn.id, stage=Stage.CANCELLED, finished_at=self._now)
        await self._show(turn.id)

    async def _add_message(self, turn_id: TurnId) -> None:
        turn = await self._turn(turn_id)
        await self._unit.messages.add(
            MessageRecord(
                id=turn.message,
                workspace=self.thread.workspace,
                platform=self.thread.platform,
                channel=self.thread.channel,
                saying=TurnSaying(),
                locale=turn.locale,
                created_at=self._now,
                thread=self.thread.id,
                thread_ref=self.thread.ref,
                turn=turn.id,
                context=self._voice.context,
            )
        )

    async def _add_notice(
        self, code: str, values: dict[str, str | int], turn: TurnRecord | None = None
    ) -> None:
        message = self._voice.notice(
            MessageId(self._outside.ids.new()), self.thread, NoticeSaying(code, values), self._now, turn
        )
        await self._unit.messages.add(message)
        self._after_commit.messages.append(message.id)

    async def _show(self, turn_id: TurnId, *, is_sent_by_worker: bool = False) -> None:
        turn = await self._turn(turn_id)
        if await self._unit.messages.want(turn.message) and not is_sent_by_worker:
            self._after_commit.messages.append(turn.message)

    # --- rows ---

    async def _turn(self, turn_id: TurnId) -> TurnRecord:
        turn = self._changed.get(turn_id) or await self._unit.turns.get(turn_id, for_change=True)
        if turn is None:
            msg = f"the machine speaks of turn {turn_id}, which is not stored"
            raise LookupError(msg)
        return turn

    async def _change(self, turn_id: TurnId, **changes: object) -> None:
        self.change(replace(await self._turn(turn_id), **changes))  # type: ignore[arg-type]  # field names are checked by replace
