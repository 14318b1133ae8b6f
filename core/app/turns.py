"""The stages of a turn, each written down before the next begins and each safe to run twice.

Owns who holds a turn and what happens at which stage. The engine's call itself is in `calls.py`, the
admission to it in `admission.py`. Whatever dies here is found by the sweeper through its lease.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.admission import Admission, Go, NotYet, Stopped
from core.app.calls import Calls
from core.app.failing import tell_of_failure
from core.app.failures import CANNOT_POST, cannot_post, permission_names
from core.app.outside import transact
from core.app.records import Outcome, Stage
from core.app.unshown import Unshown
from core.app.voice import Voice
from core.app.walk import Scene, Walk
from core.domain.card import Progress
from core.domain.events import Delivered, DeliveryFailed, GenerationFailed, GenerationSucceeded
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.aftermath import Aftermath
    from core.app.afterwards import Afterwards
    from core.app.background import Background
    from core.app.outside import Outside
    from core.app.records import AttemptRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.app.telling import Sent, Telling
    from core.domain.events import Event
    from core.domain.ids import TurnId

MOVED_BY_WORKERS = frozenset({Stage.QUEUED, Stage.GENERATING, Stage.GENERATED, Stage.RECORDED})
"""Stages in which a worker has something to do at once; an announced turn waits for the gate."""


@dataclass(slots=True)
class Lease:
    """A turn that this worker holds, until a transaction has given it back."""

    is_given_back: bool = False


class Turns:
    """Carries turns. `holder` names this worker towards all others."""

    def __init__(
        self,
        outside: Outside,
        telling: Telling,
        afterwards: Afterwards,
        background: Background,
        *,
        holder: str,
    ) -> None:
        """Work with these; `holder` must be unique among living workers."""
        self._outside = outside
        self._telling = telling
        self._afterwards = afterwards
        self._background = background
        self._holder = holder
        self._admission = Admission(outside, holder)
        self._calls = Calls(outside, telling, afterwards, holder)
        self._unshown = Unshown(outside, telling, afterwards)
        self._is_draining = False
        self._calling = 0
        self._call_ended = asyncio.Event()

    async def drain(self) -> None:
        """Let no more turns ask the engine, and wait until those that do have their answer stored.

        For a process that is asked to stop: a call that is cut may have been paid for.
        """
        self._is_draining = True
        while self._calling:
            self._call_ended.clear()
            await self._call_ended.wait()

    @property
    def calls_out(self) -> int:
        """How many turns are asking the engine right now."""
        return self._calling

    async def handle(self, turn_id: TurnId) -> None:
        """A nudge: bring the turn as far as it goes, then give free places at the engine to who is next."""
        await self._advance(turn_id)
        await self.dispatch()

    async def dispatch(self) -> None:
        """Fill the engine's free places in fair order, and carry what was let in to its end."""
        while not self._is_draining:
            match await self._admission.next():
                case Go(turn, attempt, has_more):
                    await self._call(turn, attempt, has_more=has_more)
                    return
                case Stopped(turn, failure):
                    await self._fail(turn, failure)
                case NotYet(turn, at, is_told):
                    if not is_told:
                        self._background.start(self._telling.push(turn.message), "placeholder")
                    await self._outside.queue.nudge(turn.id, not_before=at)
                    return
                case None:
                    return

    async def _call(self, turn: TurnRecord, attempt: AttemptRecord, *, has_more: bool) -> None:
        if has_more:
            self._background.start(self.dispatch(), "dispatch")
        async with self._lease(turn) as lease:
            made = await self._made(turn, attempt)
            # Our place is free now; showing the picture must not keep the next one waiting.
            self._background.start(self._dispatch_next(), "dispatch")
            if made is not None:
                await self._carry_on(made, lease)

    async def _dispatch_next(self) -> None:
        """Give a place that has become free to who waits: mostly nobody does, and then nothing is locked."""
        if await self._admission.has_waiting():
            await self.dispatch()

    async def _say_it_began(self, turn: TurnRecord) -> None:
        began = self._outside.clock.now()
        await self._telling.push(turn.message)
        await self._telling.progress(turn, Progress("generating", started_at_s=began.timestamp()))

    async def _made(self, turn: TurnRecord, attempt: AttemptRecord) -> TurnRecord | None:
        self._calling += 1
        try:
            return await self._calls.make(
                turn,
                attempt,
                as_it_begins=lambda: self._background.start(self._say_it_began(turn), "placeholder"),
            )
        finally:
            self._calling -= 1
            self._call_ended.set()

    async def _advance(self, turn_id: TurnId) -> None:
        policy = self._outside.policy
        turn = await transact(
            self._outside.database,
            lambda unit: unit.turns.claim(turn_id, holder=self._holder, lease_s=policy.lease_s),
        )
        if turn is None:
            return
        async with self._lease(turn) as lease:
            await self._carry_on(turn, lease)

    async def _carry_on(self, turn: TurnRecord, lease: Lease) -> None:
        current: TurnRecord | None = turn
        while current is not None and current.stage in MOVED_BY_WORKERS:
            current = await self._stage(current, lease)

    async def _stage(self, turn: TurnRecord, lease: Lease) -> TurnRecord | None:
        if turn.stage is Stage.QUEUED:
            await self._announce(turn, lease)
            return None
        if turn.stage is Stage.GENERATING:
            return await self._recover(turn)
        if turn.stage is Stage.GENERATED:
            return await self._record(turn)
        await self._deliver(turn, lease)
        return None

    @asynccontextmanager
    async def _lease(self, turn: TurnRecord) -> AsyncIterator[Lease]:
        lease = Lease()
        renewal = asyncio.create_task(self._keep_lease(turn.id), name=f"lease of {turn.id}")
        try:
            yield lease
        finally:
            renewal.cancel()
            await asyncio.gather(renewal, return_exceptions=True)
            if not lease.is_given_back:
                await transact(self._outside.database, lambda unit: self._let_go(unit, turn.id))

    async def _let_go(self, unit: UnitOfWork, turn_id: TurnId) -> None:
        """Give the lease back. When the turn may go on was decided by whoever put it off."""
        turn = await unit.turns.get(turn_id, for_change=True)
        if turn is not None:
            await unit.turns.release(turn_id, holder=self._holder, not_before=turn.not_before)

    async def _keep_lease(self, turn_id: TurnId) -> None:
        lease_s = self._outside.policy.lease_s
        while True:
            await self._outside.clock.sleep(lease_s / 3)
            try:
                held = await transact(
                    self._outside.database,
                    lambda unit: unit.turns.renew(turn_id, holder=self._holder, lease_s=lease_s),
                )
            except Exception as error:  # noqa: BLE001 - a renewal that fails is tried again; the lease decides
                self._outside.reports.fault("lease_not_renewed", error, turn=turn_id)
                continue
            if held is None:
                return

    # --- announce ---

    async def _announce(self, turn: TurnRecord, lease: Lease) -> None:
        sent = await self._telling.push(turn.message, along=lambda unit: self._announced(unit, turn))
        if sent.is_shown:
            lease.is_given_back = True
        elif sent.is_passing:
            await self._later(turn, sent)
        else:
            await self._cannot_post(turn, sent)

    async def _announced(self, unit: UnitOfWork, turn: TurnRecord) -> None:
        """The placeholder stands: from here on the turn waits at the gate, where nobody has to hold it."""
        current = await unit.turns.get(turn.id, for_change=True)
        if current is not None:
            announced = replace(current, stage=Stage.ANNOUNCED)
            await unit.turns.save(announced, stage=turn.stage, holder=self._holder)
        await self._let_go(unit, turn.id)

    async def _cannot_post(self, turn: TurnRecord, sent: Sent) -> None:
        """End a turn whose placeholder was refused; its person is told the only way that is left."""
        failure = Failure(FailureKind.UNREACHABLE, detail=CANNOT_POST)

        async def end(unit: UnitOfWork, aftermath: Aftermath) -> None:
            fact = GenerationFailed(turn.id, None, CANNOT_POST, Micros(0))
            scene = await self._scene(unit, aftermath)
            ended = await self._feed(scene, turn, fact, changes={"stage": Stage.FAILED, "failure": failure})
            thread = await unit.threads.get(turn.thread)
            placeholder = await unit.messages.get(turn.message)
            if ended is not None and thread is not None and placeholder is not None:
                voice = replace(Voice.of_turn(turn), context=placeholder.context)
                code, values = cannot_post(sent.missing, voice.locale)
                await Walk(scene, thread, voice).say(code, **values)

        await self._afterwards.transact(end)

    async def _later(self, turn: TurnRecord, sent: Sent) -> None:
        wait = timedelta(seconds=sent.retry_after_s)

        async def put_off(unit: UnitOfWork) -> None:
            await unit.turns.release(turn.id, holder=self._holder, not_before=await unit.now() + wait)

        await transact(self._outside.database, put_off)
        await self._outside.queue.nudge(turn.id, not_before=self._outside.clock.now() + wait)

    # --- recover: a worker died while the engine was asked ---

    async def _recover(self, turn: TurnRecord) -> TurnRecord | None:
        recovered = await self._admission.recover(turn)
        if recovered is None or recovered.stage is Stage.ANNOUNCED:
            return None
        failure = Failure(FailureKind.BROKEN_OFF, detail="cut twice by our own crash")
        return await self._fail(recovered, failure)

    # --- record ---

    async def _record(self, turn: TurnRecord) -> TurnRecord | None:
        async def record(unit: UnitOfWork, aftermath: Aftermath) -> TurnRecord | None:
            attempts = await unit.attempts.of_turn(turn.id)
            *_, made_by = (one for one in attempts if one.outcome is Outcome.SUCCEEDED)
            fact = GenerationSucceeded(turn.id, made_by.id, len(turn.pictures))
            return await self._feed(await self._scene(unit, aftermath), turn, fact)

        return await self._afterwards.transact(record)

    async def _fail(self, turn: TurnRecord, failure: Failure) -> TurnRecord | None:
        async def fail(unit: UnitOfWork, aftermath: Aftermath) -> TurnRecord | None:
            fact = GenerationFailed(turn.id, None, failure.kind.value, Micros(0))
            changes: dict[str, object] = {"stage": Stage.FAILED, "failure": failure}
            scene = await self._scene(unit, aftermath)
            ended = await self._feed(scene, turn, fact, changes=changes)
            if ended is not None:
                await tell_of_failure(scene, ended, failure)
            return ended

        return await self._afterwards.transact(fail)

    async def _feed(
        self, scene: Scene, turn: TurnRecord, fact: Event, *, changes: dict[str, object] | None = None
    ) -> TurnRecord | None:
        """Tell the machine the fact, if the turn still is at the stage at which it was read."""
        thread = await scene.unit.threads.get(turn.thread)
        current = await scene.unit.turns.get(turn.id, for_change=True)
        if thread is None or current is None or current.stage is not turn.stage:
            return None
        finished = {"finished_at": scene.now} if changes else {}
        changed = replace(current, **(changes or {}), **finished)  # type: ignore[arg-type]  # replace checks names
        if not await scene.unit.turns.save(changed, stage=turn.stage):
            return None
        await Walk(scene, thread, Voice.of_turn(current)).feed(fact)
        return await scene.unit.turns.get(turn.id)

    async def _scene(self, unit: UnitOfWork, aftermath: Aftermath) -> Scene:
        return Scene(self._outside, unit, aftermath, await unit.now())

    # --- deliver ---

    async def _deliver(self, turn: TurnRecord, lease: Lease) -> None:
        sent = await self._telling.push(turn.message)
        if sent.is_passing:
            await self._later(turn, sent)
            return
        fact: Event = Delivered(turn.id) if sent.is_shown else DeliveryFailed(turn.id)
        end = Stage.DELIVERED if sent.is_shown else Stage.FAILED

        async def delivered(unit: UnitOfWork, aftermath: Aftermath) -> None:
            scene = await self._scene(unit, aftermath)
            over = await self._feed(scene, turn, fact, changes={"stage": end})
            if over is not None and not sent.is_shown:
                await self._say_without_pictures(scene, turn, sent)
            await self._let_go(unit, turn.id)

        await self._afterwards.transact(delivered)
        lease.is_given_back = True
        if not sent.is_shown and not sent.missing:
            self._background.start(self._unshown.tell(turn), "unshown")

    @staticmethod
    async def _say_without_pictures(scene: Scene, turn: TurnRecord, sent: Sent) -> None:
        """Its pictures were refused for good; that they are kept is worth a try of its own.

        Where a permission is missing its person is told which.
        """
        thread = await scene.unit.threads.get(turn.thread)
        message = await scene.unit.messages.get(turn.message)
        if message is None or thread is None:
            return
        await scene.unit.messages.save(replace(message, is_given_up=False, tries=0, not_before=None))
        await scene.unit.messages.want(turn.message)
        scene.aftermath.messages.append(turn.message)
        if sent.missing:
            voice = replace(Voice.of_turn(turn), context=message.context)
            names = permission_names(sent.missing, voice.locale)
            await Walk(scene, thread, voice).say("not_shown_missing", missing=names)
