"""Holds the ledger against the provider's bill, day by day, and corrects what only the bill can know.

A call that our own crash cut is written off at its estimate; what it really cost stands in the provider's
books alone, and there only in the sum of a day. Owns which days are looked at, and that a correction is
booked once, whoever looks. The arithmetic is the domain's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from core.app.after_commit import AfterCommit
from core.app.billing import BillingFault
from core.app.bookkeeping import Bookkeeping
from core.app.outside import look, transact
from core.app.records import Outcome
from core.domain.ids import Micros
from core.domain.reconciling import DayBooks, EstimatedCall, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.app.billing import Billing
    from core.app.outside import Policy
    from core.app.ports import Clock, Ids
    from core.app.reports import Reports
    from core.app.repositories import Database, UnitOfWork
    from core.app.spending import BookedCall
    from core.domain.reconciling import Repriced

SETTLED_AFTER: Final = timedelta(hours=6)
"""How long after its end a day is left alone: what it cost reaches the provider's books late."""

DAYS: Final = 7
"""How many days are looked at each time. One that was corrected too early is corrected again."""

LONGEST_CALL: Final = timedelta(hours=1)
"""A call that was closed later than this after its beginning did not last so long: it was found again."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Reconciles with these; any number may run at once, and running again changes nothing."""

    database: Database
    billing: Billing
    clock: Clock
    ids: Ids
    policy: Policy
    reports: Reports

    async def run(self) -> tuple[Verdict, ...] | BillingFault:
        """Look at the days that are settled by now, correct what can be, and report the rest to operators."""
        last = (self.clock.now().astimezone(UTC) - SETTLED_AFTER).date() - _DAY
        first = last - (DAYS - 1) * _DAY
        billed = await self.billing.spent(first, last)
        if isinstance(billed, BillingFault):
            self.reports.warning("costs_not_told", reason=billed.kind.value, detail=billed.detail)
            return billed
        days = [first - _DAY, *sorted(billed)]
        books = await look(self.database, lambda unit: self._books(unit, days))
        verdicts = judge([books[day] for day in days], billed)
        return tuple([await self._finish(verdict, books[verdict.day]) for verdict in verdicts])

    async def _books(self, unit: UnitOfWork, days: Sequence[date]) -> dict[date, DayBooks]:
        return {day: await self._books_of(unit, day) for day in days}

    async def _books_of(self, unit: UnitOfWork, day: date) -> DayBooks:
        since = datetime.combine(day, time.min, UTC)
        calls = await unit.quotas.booked(since=since, until=since + _DAY, engine=self.billing.engine)
        return day_books(day, calls)

    async def _finish(self, verdict: Verdict, seen: DayBooks) -> Verdict:
        if verdict.repriced and not await transact(
            self.database, lambda unit: self._correct(unit, verdict, seen)
        ):
            # Somebody was first, a reconciler or a worker that came home. The next round sees what is left.
            return replace(verdict, repriced=(), unfinished=len(verdict.repriced))
        self._report(verdict)
        return verdict

    async def _correct(self, unit: UnitOfWork, verdict: Verdict, seen: DayBooks) -> bool:
        """Book the corrections, if the day's books, which nobody can change now, are what was judged."""
        for turn in sorted({each.call.turn for each in verdict.repriced}):
            await unit.turns.get(turn, for_change=True)
        if await self._books_of(unit, verdict.day) != seen:
            return False
        books = Bookkeeping(unit, self.ids, self.policy, await unit.now(), AfterCommit())
        for each in verdict.repriced:
            await self._reprice(unit, books, each)
        return True

    @staticmethod
    async def _reprice(unit: UnitOfWork, books: Bookkeeping, each: Repriced) -> None:
        call = each.call
        turn = await unit.turns.get(call.turn, for_change=True)
        if turn is None or not await unit.attempts.reprice(call.attempt, was=call.booked, cost=each.cost):
            msg = f"attempt {call.attempt} is not booked at what it is said to cost"
            raise LookupError(msg)
        corrected = await books.correct(turn, call.attempt, call.booked, each.cost)
        await unit.turns.save(corrected, stage=turn.stage)

    def _report(self, verdict: Verdict) -> None:
        sums = {
            "day": verdict.day.isoformat(),
            "billed_micros": verdict.billed,
            "booked_micros": verdict.booked,
        }
        if verdict.repriced:
            self.reports.info("costs_corrected", **sums, calls=len(verdict.repriced))
        elif not (verdict.is_right or verdict.unfinished):
            self.reports.warning(
                "costs_do_not_match",
                **sums,
                gap_micros=verdict.difference,
                note="does another program use this account? give Inkthread a project of its own",
            )


def day_books(day: date, calls: Sequence[BookedCall]) -> DayBooks:
    """What a day's calls come to."""
    finished = [call for call in calls if not _is_unfinished(call)]
    return DayBooks(
        day=day,
        booked=_sum(calls),
        estimated=tuple(
            EstimatedCall(call.attempt.id, call.attempt.turn, call.attempt.estimate, call.booked)
            for call in finished
            if call.attempt.is_cost_estimated and call.booked == call.attempt.cost
        ),
        over_midnight=_sum([call for call in finished if _ended_later(call, day)]),
        unfinished=len(calls) - len(finished),
    )


def _is_unfinished(call: BookedCall) -> bool:
    """Whether its outcome is not known, or known and not in the ledger yet."""
    is_awaited = call.attempt.outcome is Outcome.OPEN
    return is_awaited or (call.attempt.outcome is Outcome.SUCCEEDED and call.booked == 0 < call.attempt.cost)


def _ended_later(call: BookedCall, day: date) -> bool:
    attempt = call.attempt
    if attempt.is_cost_estimated or attempt.closed_at is None:
        return False
    is_believable = attempt.closed_at - attempt.started_at < LONGEST_CALL
    return is_believable and attempt.closed_at.astimezone(UTC).date() > day


def _sum(calls: Sequence[BookedCall]) -> Micros:
    return Micros(sum(call.booked for call in calls))
