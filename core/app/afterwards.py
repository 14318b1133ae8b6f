"""Commit first, then act: runs a transaction and then what it left to do.

Owns the order. Sending goes to the background, so that the answer to a platform never waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from core.app.aftermath import Aftermath
from core.app.erasing import Erasing
from core.app.outside import transact

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.background import Background
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.telling import Telling

Answer = TypeVar("Answer")


class Afterwards:
    """Runs transactions that leave something to do."""

    def __init__(self, outside: Outside, telling: Telling, background: Background) -> None:
        """Nudge and send through these."""
        self._outside = outside
        self._telling = telling
        self._background = background
        self.erasing = Erasing(outside, telling, self)

    async def transact(self, work: Callable[[UnitOfWork, Aftermath], Awaitable[Answer]]) -> Answer:
        """Run the work in one transaction, then set going what it left to do."""

        async def with_aftermath(unit: UnitOfWork) -> tuple[Answer, Aftermath]:
            aftermath = Aftermath()  # made anew when the transaction runs again
            return await work(unit, aftermath), aftermath

        answer, aftermath = await transact(self._outside.database, with_aftermath)
        await self.follow(aftermath)
        return answer

    async def follow(self, aftermath: Aftermath) -> None:
        """Set going what a transaction left to do. It has been committed."""
        for warning in aftermath.warnings:
            allowance = warning.counter.allowance
            self._outside.reports.warning(
                "allowance_share_reached",
                percent=warning.share,
                scope=allowance.scope.kind.value,
                key=allowance.scope.key,
                metric=allowance.metric.value,
                period=allowance.period.value,
            )
        for turn in dict.fromkeys(aftermath.turns):
            await self._nudge(turn)
        for message in dict.fromkeys(aftermath.messages):
            self._background.start(self._telling.push(message), "message")
        for forgetting in aftermath.forgettings:
            self._background.start(self.erasing.go_on(forgetting), "forgetting")

    async def _nudge(self, turn: object) -> None:
        try:
            await self._outside.queue.nudge(turn)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - committed already; the sweeper nudges again
            self._outside.reports.fault("nudge_failed", error, turn=turn)
