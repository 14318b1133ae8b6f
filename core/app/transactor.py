"""Commit first, then act: runs a transaction and then what it left to do.

Owns the order. Sending goes to the background, so that the answer to a platform never waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from core.app.after_commit import AfterCommit
from core.app.erasing import Erasing
from core.app.outside import transact

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.background import Background
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.telling import Telling

Answer = TypeVar("Answer")


class Transactor:
    """Runs transactions that leave something to do."""

    def __init__(self, outside: Outside, telling: Telling, background: Background) -> None:
        """Nudge and send through these."""
        self._outside = outside
        self._telling = telling
        self._background = background
        self.erasing = Erasing(outside, telling, self)

    async def transact(self, work: Callable[[UnitOfWork, AfterCommit], Awaitable[Answer]]) -> Answer:
        """Run the work in one transaction, then set going what it left to do."""

        async def with_after_commit(unit: UnitOfWork) -> tuple[Answer, AfterCommit]:
            after_commit = AfterCommit()  # made anew when the transaction runs again
            return await work(unit, after_commit), after_commit

        answer, after_commit = await transact(self._outside.database, with_after_commit)
        await self.follow(after_commit)
        return answer

    async def follow(self, after_commit: AfterCommit) -> None:
        """Set going what a transaction left to do. It has been committed."""
        for warning in after_commit.warnings:
            allowance = warning.counter.allowance
            self._outside.reports.warning(
                "allowance_share_reached",
                percent=warning.share,
                scope=allowance.scope.kind.value,
                key=allowance.scope.key,
                metric=allowance.metric.value,
                period=allowance.period.value,
            )
        for turn in dict.fromkeys(after_commit.turns):
            await self._nudge(turn)
        for message in dict.fromkeys(after_commit.messages):
            self._background.start(self._telling.push(message), "message")
        for forgetting in after_commit.forgettings:
            self._background.start(self.erasing.go_on(forgetting), "forgetting")

    async def _nudge(self, turn: object) -> None:
        try:
            await self._outside.queue.nudge(turn)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - committed already; the sweeper nudges again
            self._outside.reports.fault("nudge_failed", error, turn=turn)
