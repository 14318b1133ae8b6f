"""Who may ask the engine next, decided in one transaction with the Attempt it allows.

Owns the one gate to the engine and what happens to a call that our own crash cut. Everything about the
gate is read from the database, so that any number of workers share it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.app.after_commit import AfterCommit
from core.app.bookkeeping import Bookkeeping
from core.app.failure_sentences import MINUTE_FULL
from core.app.outside import look, transact
from core.app.records import AttemptRecord, Outcome, Stage
from core.domain.fair_share import charge, choose
from core.domain.gate import Admitted, WaitReason, admit, images_of
from core.domain.generation import Failure, FailureKind
from core.domain.ids import AttemptId

if TYPE_CHECKING:
    from core.app.outside import Outside
    from core.app.records import TurnRecord
    from core.app.repositories import UnitOfWork

MAX_CRASHES = 2
"""After so many calls cut by our own crashes the person is asked instead of repeating once more."""


@dataclass(frozen=True, slots=True)
class Go:
    """The turn may ask the engine now, with this attempt. `has_more` says that others wait as well."""

    turn: TurnRecord
    attempt: AttemptRecord
    has_more: bool


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nobody can ask the engine for the time being, so that waiting helps nobody; this turn is to be told."""

    turn: TurnRecord
    failure: Failure


@dataclass(frozen=True, slots=True)
class NotYet:
    """The turn has to wait until then. `is_told` says that its message says so already."""

    turn: TurnRecord
    at: datetime
    is_told: bool


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nothing waits, or every place is taken: whoever gives one back asks again."""


Verdict = Go | Stopped | NotYet | Nobody
"""What the gate says when it is asked who is next."""


class Admission:
    """Lets turns through the gate, in the order of the fair share."""

    def __init__(self, outside: Outside, holder: str) -> None:
        """`holder` names this worker."""
        self._outside = outside
        self._holder = holder

    async def has_waiting(self) -> bool:
        """Whether any turn waits at the gate; who comes later looks itself."""
        return bool(await look(self._outside.database, lambda unit: unit.turns.flows()))

    async def next(self) -> Verdict:
        """Let the next turn in if there is room."""
        return await transact(self._outside.database, self.next_in)

    async def next_in(self, unit: UnitOfWork) -> Verdict:
        """Let the next turn in if there is room, in a transaction that has made somebody wait for it."""
        state = await unit.gate.state()
        tags = await unit.gate.tags()
        flows = await unit.turns.flows()
        flow = choose(flows, tags)
        if flow is None:
            return Nobody()
        turn = await unit.turns.claim(
            flow.oldest_turn, holder=self._holder, lease_s=self._outside.policy.lease_s
        )
        if turn is None or turn.plan is None or turn.stage is not Stage.ANNOUNCED:
            return Nobody()
        now = await unit.now()
        images = images_of(turn.plan)
        verdict = admit(state, self._outside.policy.gate, images, now.timestamp())
        if isinstance(verdict, Admitted):
            await unit.gate.save_tags(charge(tags, flow, turn.plan.count))
            has_more = sum(each.turns for each in flows) > 1
            return Go(*await self._let_in(unit, turn, images, now), has_more=has_more)
        if verdict.reason is WaitReason.PAUSED:
            kind = FailureKind(verdict.pause_reason or FailureKind.OUT_OF_MONEY)
            return Stopped(turn, Failure(kind, detail="the engine is paused"))
        await unit.turns.release(turn.id, holder=self._holder)
        if verdict.at_s is None:
            return Nobody()
        is_told = turn.failure is not None
        if not is_told:
            waiting = Failure(FailureKind.RATE_LIMITED, detail=MINUTE_FULL)
            await unit.turns.save(replace(turn, failure=waiting), stage=Stage.ANNOUNCED)
            await unit.messages.want(turn.message)
        return NotYet(turn, datetime.fromtimestamp(verdict.at_s, UTC), is_told=is_told)

    async def _let_in(
        self, unit: UnitOfWork, turn: TurnRecord, images: int, now: datetime
    ) -> tuple[TurnRecord, AttemptRecord]:
        attempts = await unit.attempts.of_turn(turn.id)
        attempt = AttemptRecord(
            id=AttemptId(self._outside.ids.new()),
            turn=turn.id,
            workspace=turn.workspace,
            ordinal=len(attempts) + 1,
            engine=self._outside.engine.name,
            model=turn.plan.model if turn.plan else "",
            request_hash=request_hash(turn),
            images=images,
            estimate=turn.estimate,
            started_at=now,
        )
        await unit.attempts.add(attempt)
        generating = replace(turn, stage=Stage.GENERATING)
        await unit.turns.save(generating, stage=Stage.ANNOUNCED, holder=self._holder)
        await unit.messages.want(turn.message)
        return generating, attempt

    async def recover(self, turn: TurnRecord) -> TurnRecord | None:
        """A call was cut by our own crash: write its estimate off, and let the turn ask once more.

        Nobody can know whether the request had left, so the ledger assumes that it was billed. The first
        time the turn goes back to the gate; after that the stored attempt tells the caller to give up.
        """

        async def close(unit: UnitOfWork) -> TurnRecord | None:
            current = await unit.turns.get(turn.id, for_change=True)
            if current is None or current.stage is not Stage.GENERATING:
                return None
            now = await unit.now()
            attempts = await unit.attempts.of_turn(turn.id)
            await self._close_lost(unit, current, attempts, now)
            crashes = sum(one.outcome in {Outcome.OPEN, Outcome.LOST} for one in attempts)
            fresh = await unit.turns.get(turn.id, for_change=True)
            if fresh is None or fresh.is_cancel_requested or crashes >= MAX_CRASHES:
                return fresh
            again = replace(fresh, stage=Stage.ANNOUNCED, is_resumed=True, held_by=None, lease_until=None)
            is_saved = await unit.turns.save(again, stage=Stage.GENERATING, holder=self._holder)
            return again if is_saved else None

        return await transact(self._outside.database, close)

    async def _close_lost(
        self, unit: UnitOfWork, turn: TurnRecord, attempts: list[AttemptRecord], now: datetime
    ) -> None:
        books = Bookkeeping(unit, self._outside.ids, self._outside.policy, now, AfterCommit())
        for attempt in attempts:
            if attempt.outcome is not Outcome.OPEN:
                continue
            lost = replace(
                attempt, outcome=Outcome.LOST, cost=attempt.estimate, is_cost_estimated=True, closed_at=now
            )
            if await unit.attempts.close(lost):
                current = await unit.turns.get(turn.id, for_change=True) or turn
                written_off = await books.write_off(current, attempt.id, attempt.estimate)
                await unit.turns.save(written_off, stage=current.stage)


def request_hash(turn: TurnRecord) -> str:
    """Names what is asked of the engine, so that two attempts can be told to be the same request."""
    asked = {
        "plan": asdict(turn.plan) if turn.plan else None,
        "references": turn.ask.references,
        "base": str(turn.base),
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


PAUSE = timedelta(minutes=5)
"""How long nobody asks an engine that said it is out of money or refuses the key; then one turn tries."""
