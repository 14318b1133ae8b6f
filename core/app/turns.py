"""The stages of a turn, each written down before the next begins and each safe to run twice.

Owns what happens at which stage. The engine's call itself is in `calls.py`, the admission to it in
`admission.py`, who holds a turn in `leases.py`. Whatever dies here is found by the sweeper through its lease.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.admission import Admission, Go, Nobody, NotYet, Stopped
from core.app.after_commit import AfterCommit
from core.app.calls import Calls
from core.app.failure_alerts import tell_of_failure
from core.app.failure_sentences import CANNOT_POST, cannot_post, not_shown
from core.app.leases import Leases
from core.app.outside import transact
from core.app.records import Outcome, Stage
from core.app.voice import Voice
from core.app.walk import Scene, Walk
from core.domain.card import Progress
from core.domain.events import Delivered, DeliveryFailed, GenerationFailed, GenerationSucceeded
from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.app.admission import Verdict
    from core.app.background import Background
    from core.app.calls import Ended
    from core.app.leases import Lease
    from core.app.outside import Outside
    from core.app.records import AttemptRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.app.telling import Claimed, Sent, Telling
    from core.app.transactor import Transactor
    from core.domain.events import Event
    from core.domain.ids import TurnId

MOVED_BY_WORKERS = frozenset({Stage.QUEUED, Stage.GENERATING, Stage.GENERATED, Stage.RECORDED})
"""Stages in which a worker has something to do at once; an announced turn waits for the gate."""

SENT_NEXT = frozenset({Stage.QUEUED, Stage.RECORDED})
"""Stages in which the next thing to do is to send the turn's message."""


class Turns:
    """Carries turns. `holder` names this worker towards all others."""

    def __init__(
        self,
        outside: Outside,
        telling: Telling,
        transactor: Transactor,
        background: Background,
        *,
        holder: str,
    ) -> None:
        """Work with these; `holder` must be unique among living workers."""
        self._outside = outside
        self._telling = telling
        self._transactor = transactor
        self._background = background
        self._holder = holder
        self._leases = Leases(outside, holder)
        self._admission = Admission(outside, holder)
        self._calls = Calls(outside, telling, transactor, holder)
        self._is_draining = False
        self._calling: set[TurnId] = set()
        self._entering = 0
        self._call_ended = asyncio.Event()

    async def drain(self) -> None:
        """Let no more turns ask the engine, and wait until those that do have their answer stored.

        For a process that is asked to stop: a call that is cut may have been paid for.
        """
        self._is_draining = True
        while self._calling or self._entering:
            self._call_ended.clear()
            await self._call_ended.wait()

    @property
    def calls_out(self) -> int:
        """How many turns are asking the engine right now."""
        return len(self._calling)

    async def handle(self, turn_id: TurnId) -> None:
        """A nudge: bring the turn as far as it goes, then give free places at the engine to who is next."""
        with self._at_the_gate():
            verdict = await self._advance(turn_id)
        await self.dispatch(verdict)

    async def dispatch(self, verdict: Verdict | None = None) -> None:
        """Fill the engine's free places in fair order, and carry what was let in to its end.

        `verdict` is what the gate has said already, if it was asked.
        """
        while True:
            match verdict or await self._ask_the_gate():
                case Go(turn, attempt, has_more):
                    await self._call(turn, attempt, has_more=has_more)
                    return
                case Stopped(turn, failure):
                    await self._fail(turn, failure)
                    verdict = None
                case NotYet(turn, at, is_told):
                    if not is_told:
                        self._background.start(self._telling.push(turn.message), "placeholder")
                    await self._outside.queue.nudge(turn.id, not_before=at)
                    return
                case Nobody():
                    return

    async def _ask_the_gate(self) -> Verdict:
        with self._at_the_gate():
            return Nobody() if self._is_draining else await self._admission.next()

    @contextmanager
    def _at_the_gate(self) -> Iterator[None]:
        """While this lasts a turn may be let in that is not called yet, which a drain has to wait for."""
        self._entering += 1
        try:
            yield
        finally:
            self._entering -= 1
            self._call_ended.set()

    async def _call(self, turn: TurnRecord, attempt: AttemptRecord, *, has_more: bool) -> None:
        if has_more:
            self._background.start(self.dispatch(), "dispatch")
        async with self._leases.hold(turn) as lease:
            ended = await self._made(turn, attempt)
            # Our place is free now; showing the picture must not keep the next one waiting.
            self._background.start(self._dispatch_next(), "dispatch")
            if ended is not None:
                lease.to_send = ended.to_send
                await self._carry_on(ended.turn, lease)

    async def _dispatch_next(self) -> None:
        """Give a place that has become free to who waits: mostly nobody does, and then nothing is locked."""
        if await self._admission.has_waiting():
            await self.dispatch()

    async def _say_it_began(self, turn: TurnRecord) -> None:
        began = self._outside.clock.now()
        await self._telling.push(turn.message)
        await self._telling.progress(turn, Progress("generating", started_at_s=began.timestamp()))

    async def _made(self, turn: TurnRecord, attempt: AttemptRecord) -> Ended | None:
        self._calling.add(turn.id)
        try:
            return await self._calls.make(
                turn,
                attempt,
                as_it_begins=lambda: self._background.start(self._say_it_began(turn), "placeholder"),
            )
        finally:
            self._calling.discard(turn.id)
            self._call_ended.set()

    async def _advance(self, turn_id: TurnId) -> Verdict | None:
        turn, to_send = await transact(self._outside.database, lambda unit: self._take(unit, turn_id))
        # A lease can run out under a call of ours that lives: the clock was put forward, the machine slept,
        # the database was away. Taking it has renewed it; recovering would buy the picture a second time.
        if turn is None or turn.id in self._calling:
            return None
        async with self._leases.hold(turn, to_send=to_send) as lease:
            await self._carry_on(turn, lease)
        return lease.verdict

    async def _take(self, unit: UnitOfWork, turn_id: TurnId) -> tuple[TurnRecord | None, Claimed | None]:
        """Take the turn, and its message where that is sent next."""
        lease_s = self._outside.policy.lease_s
        turn = await unit.turns.claim(turn_id, holder=self._holder, lease_s=lease_s)
        is_sent_next = turn is not None and turn.stage in SENT_NEXT
        return turn, await self._telling.claim(unit, turn.message) if is_sent_next and turn else None

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

    # --- announce ---

    async def _announce(self, turn: TurnRecord, lease: Lease) -> None:
        async def announced(unit: UnitOfWork) -> None:
            lease.verdict = await self._announced(unit, turn)

        sent = await self._telling.push(turn.message, claimed=lease.to_send, along=announced)
        if sent.is_shown:
            lease.is_given_back = True
        elif sent.is_passing:
            await self._later(turn, sent)
        else:
            await self._cannot_post(turn, sent)

    async def _announced(self, unit: UnitOfWork, turn: TurnRecord) -> Verdict | None:
        """The placeholder stands: from here on the turn waits at the gate, where nobody has to hold it.

        Mostly the gate has room, so that it is asked in the same transaction who is next.
        """
        if not await unit.turns.announce(turn.id, holder=self._holder):
            # It was called off meanwhile.
            await unit.turns.release(turn.id, holder=self._holder)
        return None if self._is_draining else await self._admission.next_in(unit)

    async def _cannot_post(self, turn: TurnRecord, sent: Sent) -> None:
        """End a turn whose placeholder was refused; its person is told the only way that is left."""
        failure = Failure(FailureKind.UNREACHABLE, detail=CANNOT_POST)

        async def end(unit: UnitOfWork, after_commit: AfterCommit) -> None:
            fact = GenerationFailed(turn.id, None, CANNOT_POST, Micros(0))
            scene = await self._scene(unit, after_commit)
            ended = await self._feed(scene, turn, fact, changes={"stage": Stage.FAILED, "failure": failure})
            thread = await unit.threads.get(turn.thread)
            placeholder = await unit.messages.get(turn.message)
            if ended is not None and thread is not None and placeholder is not None:
                voice = replace(Voice.of_turn(turn), context=placeholder.context)
                code, values = cannot_post(sent.missing, voice.locale)
                await Walk(scene, thread, voice).say(code, **values)

        await self._transactor.transact(end)

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
        """What `calls.py` could not record at once."""

        async def record(unit: UnitOfWork, after_commit: AfterCommit) -> TurnRecord | None:
            attempts = await unit.attempts.of_turn(turn.id)
            *_, made_by = (one for one in attempts if one.outcome is Outcome.SUCCEEDED)
            fact = GenerationSucceeded(turn.id, made_by.id, len(turn.pictures))
            return await self._feed(await self._scene(unit, after_commit), turn, fact)

        return await self._transactor.transact(record)

    async def _fail(self, turn: TurnRecord, failure: Failure) -> TurnRecord | None:
        async def fail(unit: UnitOfWork, after_commit: AfterCommit) -> TurnRecord | None:
            fact = GenerationFailed(turn.id, None, failure.kind.value, Micros(0))
            changes: dict[str, object] = {"stage": Stage.FAILED, "failure": failure}
            scene = await self._scene(unit, after_commit)
            ended = await self._feed(scene, turn, fact, changes=changes)
            if ended is not None:
                await tell_of_failure(scene, ended, failure)
            return ended

        return await self._transactor.transact(fail)

    async def _feed(
        self, scene: Scene, turn: TurnRecord, fact: Event, *, changes: dict[str, object] | None = None
    ) -> TurnRecord | None:
        """Tell the machine the fact, if the turn still is at the stage at which it was read."""
        thread = await scene.unit.threads.get(turn.thread)
        current = await scene.unit.turns.get(turn.id, for_change=True)
        if thread is None or current is None or current.stage is not turn.stage:
            return None
        walk = Walk(scene, thread, Voice.of_turn(current))
        if changes:
            walk.change(replace(current, **changes, finished_at=scene.now))  # type: ignore[arg-type]  # replace checks names
        await walk.feed(fact)
        return await scene.unit.turns.get(turn.id, for_change=True)

    async def _scene(self, unit: UnitOfWork, after_commit: AfterCommit) -> Scene:
        return Scene(self._outside, unit, after_commit, await unit.now())

    # --- deliver ---

    async def _deliver(self, turn: TurnRecord, lease: Lease) -> None:
        after_commit = AfterCommit()

        async def delivered(unit: UnitOfWork) -> None:
            nonlocal after_commit
            after_commit = AfterCommit()  # made anew when the transaction runs again
            await self._over(await self._scene(unit, after_commit), turn, Delivered(turn.id), Stage.DELIVERED)

        sent = await self._telling.push(turn.message, claimed=lease.to_send, along=delivered)
        if sent.is_passing:
            await self._later(turn, sent)
            return
        if not sent.is_shown:
            await self._not_delivered(turn, sent)
        lease.is_given_back = True
        await self._transactor.follow(after_commit)

    async def _not_delivered(self, turn: TurnRecord, sent: Sent) -> None:
        async def failed(unit: UnitOfWork, after_commit: AfterCommit) -> None:
            scene = await self._scene(unit, after_commit)
            if await self._over(scene, turn, DeliveryFailed(turn.id), Stage.FAILED):
                await self._say_without_pictures(scene, turn, sent)

        await self._transactor.transact(failed)

    async def _over(self, scene: Scene, turn: TurnRecord, fact: Event, end: Stage) -> bool:
        """End the turn and give it back; False when it had ended before."""
        over = await self._feed(scene, turn, fact, changes={"stage": end})
        await scene.unit.turns.release(turn.id, holder=self._holder)
        return over is not None

    @staticmethod
    async def _say_without_pictures(scene: Scene, turn: TurnRecord, sent: Sent) -> None:
        """Its pictures were refused for good; that they are kept is worth a try of its own.

        Where we have no place any more, that may fail too: its person is told directly, with what is missing.
        """
        thread = await scene.unit.threads.get(turn.thread)
        message = await scene.unit.messages.get(turn.message)
        if message is None or thread is None:
            return
        await scene.unit.messages.save(replace(message, is_given_up=False, tries=0, not_before=None))
        await scene.unit.messages.want(turn.message)
        scene.after_commit.messages.append(turn.message)
        if sent.is_barred:
            voice = replace(Voice.of_turn(turn), context=message.context)
            code, values = not_shown(sent.missing, voice.locale)
            await Walk(scene, thread, voice).say(code, **values)
