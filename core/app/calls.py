"""One call to the engine, and writing down what came of it.

Owns that a paid call is made once, and that what was paid for is kept. The Attempt is stored before the
call; its outcome is stored by the worker that made it, keyed by the attempt, whoever holds the turn by then.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from core.app.admission import PAUSE
from core.app.after_commit import AfterCommit
from core.app.blob_names import picture_record
from core.app.bookkeeping import Bookkeeping
from core.app.engine_request import check_storage, inputs_of, request_of
from core.app.errors import Conflict, InkthreadError, StorageFault
from core.app.failure_alerts import tell_of_failure
from core.app.failure_sentences import OWN_FAULT, STORAGE
from core.app.outside import transact
from core.app.records import AttemptRecord, Outcome, PictureRecord, Stage, TurnRecord
from core.app.voice import Voice
from core.app.walk import Scene, Walk
from core.domain.card import Progress
from core.domain.events import GenerationFailed, GenerationSucceeded
from core.domain.generation import Failure, FailureKind, GenerationResult, Image
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.telling import Claimed, Telling
    from core.app.transactor import Transactor
    from core.domain.generation import GenerationRequest, Preview
    from core.domain.ids import WorkspaceId

STORING_TRIES = 12
"""How often paid bytes are offered to a storage that refuses them; waits double up to half a minute."""

NOTING_TRIES = 130
"""How often the note of what a call brought is offered to the database: for an hour, because it is small, and
without it the call would be given up for lost and paid for once more."""

MAX_WAIT_S = 30.0

SAY_AGAIN_S = 15.0
"""When it is first said again that a picture is being made; afterwards the platform says how often."""

ADOPTS = frozenset({Stage.GENERATING, Stage.ANNOUNCED})
"""Stages in which a turn still waits for pictures, be they from a call that was given up for lost."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Made:
    """What a successful call brought, stored."""

    result: GenerationResult
    pictures: tuple[PictureRecord, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the turn stands after its call, with its message where that is to be sent next."""

    turn: TurnRecord
    to_send: Claimed | None = None


class Calls:
    """Makes calls for turns that the gate has let in."""

    def __init__(self, outside: Outside, telling: Telling, transactor: Transactor, holder: str) -> None:
        """`holder` names this worker."""
        self._outside = outside
        self._telling = telling
        self._transactor = transactor
        self._holder = holder

    async def make(
        self, turn: TurnRecord, attempt: AttemptRecord, *, as_it_begins: Callable[[], object]
    ) -> Ended | None:
        """Call the engine once and write the outcome down; the turn as it stands then, None when not ours.

        `as_it_begins` is called when nothing is left to do but to ask.
        """
        began = self._outside.clock.now()
        async with AsyncExitStack() as stack:
            try:
                inputs = await inputs_of(self._outside, turn)
                held = self._outside.hands_for_calls.holding(sum(one.size_bytes for one in inputs))
                await stack.enter_async_context(held)
                request = await request_of(self._outside, turn, attempt, inputs)
                await check_storage(self._outside, turn)
            except StorageFault as error:
                self._outside.reports.fault("storage_failed", error, turn=turn.id)
                return await self._not_asked(turn, attempt, STORAGE)
            except Exception as error:  # noqa: BLE001 - a fault of ours, and nothing has left us yet
                self._outside.reports.fault("request_not_made", error, turn=turn.id, attempt=attempt.id)
                return await self._not_asked(turn, attempt, OWN_FAULT)
            as_it_begins()
            answer = await self._ask(turn, request, began.timestamp(), attempt)
            del request
        elapsed_s = (self._outside.clock.now() - began).total_seconds()
        if isinstance(answer, Failure):
            return await self._failed(turn, attempt, answer)
        try:
            pictures = await self._keep(turn.workspace, answer)
        except StorageFault as error:
            self._outside.reports.fault("paid_pictures_not_stored", error, turn=turn.id, attempt=attempt.id)
            failure = Failure(FailureKind.NO_PICTURE, detail=STORAGE, billed=answer.cost)
            return await self._failed(turn, attempt, failure, why=STORAGE)
        made = Made(replace(answer, images=()), pictures)
        # The bytes are stored: many turns may now wait for the database, none with its pictures in its hands.
        del answer
        return await self._succeeded(turn, attempt, made, elapsed_s)

    async def _ask(
        self, turn: TurnRecord, request: GenerationRequest, began_s: float, attempt: AttemptRecord
    ) -> GenerationResult | Failure:
        saying = asyncio.create_task(self._keep_saying(turn, began_s), name=f"progress of {turn.id}")
        try:
            return await self._outside.engine.generate(request, on_preview=self._show_preview(turn, began_s))
        except Exception as error:  # noqa: BLE001 - a fault of ours in mid-call: nobody knows what was billed
            self._outside.reports.fault("engine_fault", error, turn=turn.id, attempt=attempt.id)
            return Failure(FailureKind.BROKEN_OFF, detail=type(error).__name__, billed=attempt.estimate)
        finally:
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)

    async def _keep_saying(self, turn: TurnRecord, began_s: float) -> None:
        """Say again that the picture is being made, as often as its platform wants to hear it."""
        wait_s = SAY_AGAIN_S
        while True:
            await self._outside.clock.sleep(wait_s)
            wait_s = await self._telling.progress(turn, Progress("generating", started_at_s=began_s))

    async def _not_asked(self, turn: TurnRecord, attempt: AttemptRecord, why: str) -> Ended | None:
        """End a turn whose request could not be made: nothing can have been billed."""
        return await self._failed(turn, attempt, Failure(FailureKind.UNREACHABLE, detail=why), why=why)

    def _show_preview(self, turn: TurnRecord, began_s: float) -> Callable[[Preview], Awaitable[None]]:
        async def show(preview: Preview) -> None:
            await self._telling.progress(turn, Progress("generating", started_at_s=began_s), preview.image)

        return show

    # --- after ---

    async def _keep(self, workspace: WorkspaceId, result: GenerationResult) -> tuple[PictureRecord, ...]:
        return tuple([await self._keep_one(workspace, image) for image in result.images])

    async def _keep_one(self, workspace: WorkspaceId, image: Image) -> PictureRecord:
        record = await picture_record(workspace, image)
        await self._insist(lambda: self._outside.blobs.put(record.blob, image.content))
        return record

    async def _insist(self, store: Callable[[], Awaitable[Answer]], *, tries: int = STORING_TRIES) -> Answer:
        """Store what a paid call brought; a storage that refuses it is asked again, with longer waits.

        Raises the StorageFault family, or Conflict, when it still refuses then.
        """
        wait_s = 0.5
        for _ in range(tries):
            try:
                return await store()
            except (StorageFault, Conflict) as error:
                self._outside.reports.fault("outcome_not_stored", error, retry_in_s=wait_s)
                await self._outside.clock.sleep(wait_s)
                wait_s = min(MAX_WAIT_S, wait_s * 2)
        return await store()

    async def _succeeded(
        self, turn: TurnRecord, attempt: AttemptRecord, made: Made, elapsed_s: float
    ) -> Ended | None:
        """Write down what was made and, in the same transaction, record it.

        Where our own books or our machine will not have it, what was paid for is kept all the same; then it
        is recorded when that is mended.
        """

        async def store(unit: UnitOfWork) -> TurnRecord | None:
            # A thread is always locked before its turn.
            await unit.threads.get(turn.thread)
            now = await unit.now()
            closed = replace(
                attempt,
                outcome=Outcome.SUCCEEDED,
                cost=made.result.cost,
                is_cost_estimated=made.result.is_cost_estimated,
                request_id=made.result.request_id,
                closed_at=now,
            )
            current = await unit.turns.get(turn.id, for_change=True)
            if current is None or not await self._close(unit, current, closed, now, may_adopt=True):
                return None
            generated = replace(current, stage=Stage.GENERATED, pictures=made.pictures, elapsed_s=elapsed_s)
            if current.stage in ADOPTS and await unit.turns.save(generated, stage=current.stage):
                return generated
            for picture in made.pictures:
                await unit.pictures.add(picture)
            written_off = await self._books(unit, now).write_off(current, attempt.id, made.result.cost)
            await unit.turns.save(written_off, stage=current.stage)
            return None

        async def store_and_record(unit: UnitOfWork, after_commit: AfterCommit) -> Ended | None:
            generated = await store(unit)
            if generated is None:
                return None
            return await self._recorded(unit, after_commit, generated, attempt)

        try:
            return await self._insist(lambda: self._transactor.transact(store_and_record), tries=NOTING_TRIES)
        except InkthreadError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not cost what was paid for
            self._outside.reports.fault("not_recorded", error, turn=turn.id, attempt=attempt.id)
            generated = await self._insist(
                lambda: transact(self._outside.database, store), tries=NOTING_TRIES
            )
            return None if generated is None else Ended(generated)

    async def _recorded(
        self, unit: UnitOfWork, after_commit: AfterCommit, turn: TurnRecord, attempt: AttemptRecord
    ) -> Ended | None:
        """Settle, keep the revision, move the head; the result is the next thing to be sent."""
        thread = await unit.threads.get(turn.thread)
        if thread is None:
            return None
        walk = Walk(Scene(self._outside, unit, after_commit, await unit.now()), thread, Voice.of_turn(turn))
        await walk.feed(GenerationSucceeded(turn.id, attempt.id, len(turn.pictures)))
        recorded = await unit.turns.get(turn.id, for_change=True)
        if recorded is None:
            return None
        is_sent_next = recorded.stage is Stage.RECORDED
        return Ended(recorded, await self._telling.claim(unit, turn.message) if is_sent_next else None)

    def _books(self, unit: UnitOfWork, now: datetime) -> Bookkeeping:
        # What admins are to be told stands in the database; the sweeper sends it.
        return Bookkeeping(unit, self._outside.ids, self._outside.policy, now, AfterCommit())

    async def _close(
        self,
        unit: UnitOfWork,
        turn: TurnRecord,
        closed: AttemptRecord,
        now: datetime,
        *,
        may_adopt: bool = False,
    ) -> bool:
        """Close our attempt; whether what it brought is the turn's.

        Where recovery gave it up for lost, what was assumed is corrected. Its pictures are still the turn's
        if that waits at the gate: then they are settled like any, and all of the assumption is taken back.
        """
        if await unit.attempts.close(closed):
            return True
        stored = await unit.attempts.get(closed.id)
        if stored is None or not await unit.attempts.correct(closed):
            return False
        is_adopted = may_adopt and turn.stage is Stage.ANNOUNCED
        cost = Micros(0) if is_adopted else closed.cost
        # Only what was settled stands on the turn itself, and a lost call never was.
        await self._books(unit, now).correct(turn, closed.id, stored.cost, cost)
        return is_adopted

    async def _failed(
        self, turn: TurnRecord, attempt: AttemptRecord, failure: Failure, why: str | None = None
    ) -> Ended | None:
        async def end(unit: UnitOfWork, after_commit: AfterCommit) -> TurnRecord | None:
            thread = await unit.threads.get(turn.thread)
            current = await unit.turns.get(turn.id, for_change=True)
            now = await unit.now()
            if thread is None or current is None:
                return None
            if not await self._close(unit, current, _failed_attempt(attempt, failure, now), now):
                return None
            if why is None and await self._may_repeat(unit, current, failure, now):
                written_off = await self._books(unit, now).write_off(current, attempt.id, failure.billed)
                return await self._put_off(unit, failure, written_off, after_commit)
            if failure.kind.pauses_engine:
                await unit.gate.pause(until=now + PAUSE, reason=failure.kind.value)
            if current.stage is not Stage.GENERATING:
                return None
            ended = replace(current, stage=Stage.FAILED, failure=failure, finished_at=now)
            scene = Scene(self._outside, unit, after_commit, now)
            walk = Walk(scene, thread, Voice.of_turn(current))
            walk.change(ended)
            await walk.feed(GenerationFailed(turn.id, attempt.id, why or failure.kind.value, failure.billed))
            await tell_of_failure(scene, ended, failure)
            return await unit.turns.get(turn.id, for_change=True)

        ended = await self._insist(lambda: self._transactor.transact(end), tries=NOTING_TRIES)
        if ended is not None and ended.not_before is not None:
            await self._outside.queue.nudge(turn.id, not_before=ended.not_before)
        return None if ended is None else Ended(ended)

    async def _may_repeat(self, unit: UnitOfWork, turn: TurnRecord, failure: Failure, now: datetime) -> bool:
        """Whether the engine is asked again: it can be in time, and it is still wanted."""
        # Counted from the first call: time behind others, in the thread or at the gate, is not the engine's.
        first, *_ = await unit.attempts.of_turn(turn.id)
        # An engine may ask for hours; nobody sits before a placeholder for so long, nor those behind it.
        would_wait = now - first.started_at + timedelta(seconds=_wait_s(failure, turn))
        has_time = would_wait <= timedelta(seconds=self._outside.policy.give_up_after_s)
        return failure.kind.is_safe_to_repeat and has_time and not turn.is_cancel_requested

    async def _put_off(
        self, unit: UnitOfWork, failure: Failure, turn: TurnRecord, after_commit: AfterCommit
    ) -> TurnRecord:
        """Back to the gate, not before the engine said; the turn keeps its hold and its place."""
        waiting = replace(
            turn,
            stage=Stage.ANNOUNCED,
            failure=failure,
            tries=turn.tries + 1,
            not_before=await unit.now() + timedelta(seconds=_wait_s(failure, turn)),
            held_by=None,
            lease_until=None,
        )
        await unit.turns.save(waiting, stage=Stage.GENERATING)
        await unit.messages.want(turn.message)
        after_commit.messages.append(turn.message)
        return waiting


def _wait_s(failure: Failure, turn: TurnRecord) -> float:
    """How long the turn waits before it asks again: as long as the engine said, else longer each time."""
    return failure.retry_after_s or min(MAX_WAIT_S, 2.0**turn.tries)


def _failed_attempt(attempt: AttemptRecord, failure: Failure, now: datetime) -> AttemptRecord:
    return replace(
        attempt,
        outcome=Outcome.FAILED,
        cost=failure.billed,
        # What an engine reports with a failure is known; where it says nothing, its estimate is assumed.
        is_cost_estimated=failure.billed == attempt.estimate > 0,
        request_id=failure.request_id,
        closed_at=now,
    )
