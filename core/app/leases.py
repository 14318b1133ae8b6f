"""Who holds a turn: a lease that is renewed while the work goes on, and given back at its end.

Owns the renewing. Taking a lease is part of the transactions that decide who works on what.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.outside import transact

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.admission import Verdict
    from core.app.outside import Outside
    from core.app.records import TurnRecord
    from core.app.telling import Claimed
    from core.domain.ids import TurnId

AGAIN_S = 1.0
"""How soon a failed renewal is tried again: once the database is back, before sweepers come round."""


@dataclass(slots=True)
class Lease:
    """A turn that this worker holds, until a transaction has given it back.

    `to_send` is its message, where the last transaction claimed that as well. `verdict` is what the gate
    said when the turn joined those who wait at it.
    """

    is_given_back: bool = False
    to_send: Claimed | None = None
    verdict: Verdict | None = None


class Leases:
    """The leases of one worker, which `holder` names."""

    def __init__(self, outside: Outside, holder: str) -> None:
        """`holder` must be unique among living workers."""
        self._outside = outside
        self._holder = holder

    @asynccontextmanager
    async def hold(self, turn: TurnRecord, *, to_send: Claimed | None = None) -> AsyncIterator[Lease]:
        """Keep the lease that was just taken, with the turn's message where that was claimed as well."""
        lease = Lease(to_send=to_send)
        renewal = asyncio.create_task(self._renew(turn.id), name=f"lease of {turn.id}")
        try:
            yield lease
        finally:
            renewal.cancel()
            await asyncio.gather(renewal, return_exceptions=True)
            if not lease.is_given_back:
                await transact(
                    self._outside.database, lambda unit: unit.turns.release(turn.id, holder=self._holder)
                )

    async def _renew(self, turn_id: TurnId) -> None:
        lease_s = self._outside.policy.lease_s
        wait_s = lease_s / 3
        while True:
            await self._outside.clock.sleep(wait_s)
            try:
                held = await transact(
                    self._outside.database,
                    lambda unit: unit.turns.renew(turn_id, holder=self._holder, lease_s=lease_s),
                )
            except Exception as error:  # noqa: BLE001 - a renewal that fails is tried again; the lease decides
                if wait_s != AGAIN_S:  # said once, however long the database is away
                    self._outside.reports.fault("lease_not_renewed", error, turn=turn_id)
                wait_s = AGAIN_S
                continue
            if held is None:
                return
            wait_s = lease_s / 3
