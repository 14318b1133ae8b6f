"""Finds what nobody is working on and sets it going again: the only recovery there is.

Owns the rounds. Each finding is acted on through the same doors as new work, so that finding a thing twice
does nothing twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.app.letting_go import let_go
from core.app.outside import look, transact

if TYPE_CHECKING:
    from core.app.inbound import Inbound
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.studio import Studio
    from core.domain.ids import ForgettingId, MessageId, TurnId

BATCH = 100
"""How much one round takes up of each kind; the next round comes soon."""

KEEP_INBOX = timedelta(days=14)
"""How long a delivery's key is remembered; platforms redeliver within hours."""

CLEAN_EVERY_ROUNDS = 17_280
"""About once a day at five seconds a round; it looks at every blob there is."""


class Sweeper:
    """Runs beside the workers; any number may run at once."""

    def __init__(self, studio: Studio) -> None:
        """Set going through that studio."""
        self._studio = studio
        self._outside: Outside = studio.outside

    async def run(self) -> None:
        """Sweep for ever, until cancelled."""
        rounds = 0
        while True:
            try:
                await self.round()
                if rounds % CLEAN_EVERY_ROUNDS == 0:
                    # Beside the rounds: nobody's turn may wait for a clean-up to be found.
                    self._studio.background.start(self.clean(), "clean-up")
            except Exception as error:  # noqa: BLE001 - the sweeper must outlive whatever it meets
                self._outside.reports.fault("sweep_failed", error)
            rounds += 1
            await self._outside.clock.sleep(self._outside.policy.sweep_every_s)

    async def round(self) -> None:
        """One look at everything that may be left lying."""
        for turn in await transact(self._outside.database, self._stale_turns):
            await self._outside.queue.nudge(turn)
        for message in await look(self._outside.database, self._unsent_messages):
            self._studio.background.start(self._studio.telling.push(message), "message again")
        await self._finish_deliveries()
        for forgetting in await look(self._outside.database, self._lying_wishes):
            self._studio.background.start(
                self._studio.afterwards.erasing.go_on(forgetting), "forgetting again"
            )

    async def _stale_turns(self, unit: UnitOfWork) -> list[TurnId]:
        before = await unit.now() - timedelta(seconds=self._outside.policy.nudge_again_after_s)
        return await unit.turns.stale(nudged_before=before, limit=BATCH)

    async def _unsent_messages(self, unit: UnitOfWork) -> list[MessageId]:
        before = await unit.now() - timedelta(seconds=self._outside.policy.nudge_again_after_s)
        return await unit.messages.unsent(before=before, limit=BATCH)

    async def _lying_wishes(self, unit: UnitOfWork) -> list[ForgettingId]:
        before = await unit.now() - timedelta(seconds=self._outside.policy.nudge_again_after_s)
        return await unit.forgettings.lying(before=before, limit=BATCH)

    async def _finish_deliveries(self) -> None:
        async def lying(unit: UnitOfWork) -> list[Inbound]:
            before = await unit.now() - timedelta(seconds=self._outside.policy.lease_s)
            return await unit.inbox.pending(before=before, limit=BATCH)

        for inbound in await look(self._outside.database, lying):
            self._studio.background.start(self._studio.finish(inbound), "delivery again")

    async def clean(self) -> int:
        """Delete blobs that nothing refers to for a day, and old delivery keys; returns how many blobs."""
        now = self._outside.clock.now()
        for keeper in self._outside.keepers:
            await keeper.tidy()
        await transact(self._outside.database, lambda unit: unit.inbox.forget(before=now - KEEP_INBOX))
        old = now - timedelta(seconds=self._outside.policy.keep_blobs_s)
        deleted = 0
        async for blob in self._outside.blobs.listing():
            if blob.modified_at > old:
                continue
            deleted += await let_go(self._outside, blob.key)
        return deleted
