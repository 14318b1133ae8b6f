"""Runs a turn's handler, never twice at the same time.

Owns what becomes of a nudge for a turn that is being handled, and of a handler that fails. Must never
learn where nudges come from or what a handler does.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.domain.ids import TurnId


class HandlerCancelled(Exception):  # noqa: N818 - says what happened to it
    """A handler ended as cancelled although nobody here cancelled it."""


class OneAtATime:
    """Hands turns to `handle`; what it raises goes to `on_fault` and no further.

    A turn that is nudged while it is handled is handled once more afterwards, however often it was nudged.
    """

    def __init__(
        self,
        handle: Callable[[TurnId], Awaitable[None]],
        on_fault: Callable[[TurnId, Exception], None],
    ) -> None:
        self._handle = handle
        self._on_fault = on_fault
        self._is_wanted: dict[TurnId, bool] = {}
        """The turns being handled, and whether they were nudged since their handler started."""

    async def run(self, turn: TurnId) -> None:
        """Handle the turn, or see to it that whoever handles it does so once more."""
        if turn in self._is_wanted:
            self._is_wanted[turn] = True
            return
        self._is_wanted[turn] = True
        try:
            while self._is_wanted[turn]:
                self._is_wanted[turn] = False
                await self._once(turn)
        finally:
            del self._is_wanted[turn]

    async def _once(self, turn: TurnId) -> None:
        try:
            await self._handle(turn)
        except asyncio.CancelledError:
            if _are_we_cancelled():
                raise
            # Something inside the handler was cancelled: its affair, not a reason to stop working.
            self._on_fault(turn, HandlerCancelled("the handler was cancelled from within"))
        except Exception as fault:  # noqa: BLE001 - whatever one turn does must not stop the others
            self._on_fault(turn, fault)


def _are_we_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
