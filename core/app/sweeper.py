"""Finds what nobody is working on and sets it going again: the only recovery there is.

Owns the rounds. Each finding is acted on through the same doors as new work, so that finding a thing twice
does nothing twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from core.app.blob_deletion import delete_blob
from core.app.errors import StorageFault
from core.app.outside import look, transact
from core.app.reconciling import Reconciler

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.inbound import Inbound
    from core.app.outside import Outside
    from core.app.repositories import UnitOfWork
    from core.app.studio import Studio
    from core.domain.ids import BlobKey, ForgettingId, MessageId, TurnId

Subject = TypeVar("Subject", bound=str)

BATCH = 100
"""How much one round takes up of each kind; the next round comes soon."""

KEEP_INBOX = timedelta(days=14)
"""How long a delivery's key is remembered; platforms redeliver within hours."""

RENEWED_S = 15.0
"""How long nobody is looked for once a database is back that was away: whoever lives renews a lease first. A
try that began during the outage may take ten seconds to fail."""

GIVE_UP_DELIVERY = timedelta(minutes=15)
"""How long a delivery is tried again that a fault of ours keeps from being worked on."""

AT_ONCE = timedelta(days=-1)
"""Also what was nudged this very moment, or in what is the future since somebody set the clock back."""

CLEAN_EVERY_ROUNDS = 17_280
"""About once a day at five seconds a round; it looks at every blob there is."""


class Sweeper:
    """Runs beside the workers; any number may run at once."""

    def __init__(self, studio: Studio) -> None:
        """Set going through that studio."""
        self._studio = studio
        self._outside: Outside = studio.outside
        self._begun: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Sweep for ever, until cancelled."""
        rounds, is_well = 0, True
        while True:
            try:
                if not is_well:
                    await self._outlast_the_living()
                await self.round()
                is_well = True
                if rounds % CLEAN_EVERY_ROUNDS == 0:
                    # Beside the rounds: nobody's turn may wait for a clean-up to be found.
                    self._begin("clean-up", "", lambda _: self.clean())
                    self._begin("books", "", lambda _: self.reconcile())
            except Exception as error:  # noqa: BLE001 - the sweeper must outlive whatever it meets
                is_well = False
                self._outside.reports.fault("sweep_failed", error)
            rounds += 1
            await self._outside.clock.sleep(self._outside.policy.sweep_every_s)

    async def _outlast_the_living(self) -> None:
        """Wait until leases that ran out in an outage are renewed, or nobody is there who would.

        Raises what the database raises while it is still away.
        """
        await transact(self._outside.database, lambda unit: unit.now())
        await self._outside.clock.sleep(RENEWED_S)

    async def round(self) -> None:
        """One look at everything that may be left lying."""
        policy = self._outside.policy
        await self._set_going(
            timedelta(seconds=policy.nudge_again_after_s), deliveries_after=timedelta(seconds=policy.lease_s)
        )

    async def take_over(self) -> int:
        """The first round of the only process there is: whatever somebody holds was left by one that is dead.

        Returns how many turns that concerned. Never for a process that may have living neighbours.
        """

        async def break_leases(unit: UnitOfWork) -> int:
            await unit.messages.break_leases()
            return await unit.turns.break_leases()

        broken = await transact(self._outside.database, break_leases)
        await self._set_going(AT_ONCE, deliveries_after=AT_ONCE)
        return broken

    async def _set_going(self, after: timedelta, *, deliveries_after: timedelta) -> None:
        """Nudge turns, send messages and finish deliveries that have been lying for so long."""

        async def stale(unit: UnitOfWork) -> list[TurnId]:
            before = await unit.now() - after
            return await unit.turns.stale(nudged_before=before, limit=BATCH)

        async def unsent(unit: UnitOfWork) -> list[MessageId]:
            before = await unit.now() - after
            return await unit.messages.unsent(before=before, limit=BATCH)

        async def lying(unit: UnitOfWork) -> list[ForgettingId]:
            before = await unit.now() - after
            return await unit.forgettings.lying(before=before, limit=BATCH)

        for turn in await transact(self._outside.database, stale):
            await self._outside.queue.nudge(turn)
        for message in await look(self._outside.database, unsent):
            self._begin("message again", message, self._studio.telling.push)
        await self._finish_deliveries(deliveries_after)
        for forgetting in await look(self._outside.database, lying):
            self._begin("forgetting again", forgetting, self._studio.transactor.erasing.go_on)

    def _begin(self, what: str, of: Subject, work: Callable[[Subject], Awaitable[object]]) -> None:
        """Begin it beside the rounds, unless an earlier round has and it still goes on: it may take many."""
        key = (what, str(of))
        if key in self._begun:
            return

        async def once() -> None:
            try:
                await work(of)
            finally:
                self._begun.discard(key)

        self._begun.add(key)
        self._studio.background.start(once(), what)

    async def _finish_deliveries(self, after: timedelta) -> None:
        async def lying(unit: UnitOfWork) -> tuple[list[Inbound], list[Inbound]]:
            now = await unit.now()
            found = await unit.inbox.pending(before=now - after, limit=BATCH)
            if not found:
                return [], []
            return found, await unit.inbox.pending(before=now - GIVE_UP_DELIVERY, limit=BATCH)

        found, old = await look(self._outside.database, lying)
        hopeless = {inbound.delivery_key for inbound in old}
        for inbound in found:
            is_last = inbound.delivery_key in hopeless
            finish = self._studio.finish_or_give_up if is_last else self._studio.finish
            self._studio.background.start(finish(inbound), "delivery again")

    async def reconcile(self) -> None:
        """Hold the ledger against the provider's bill, where it can be read."""
        outside = self._outside
        if outside.billing is not None:
            await Reconciler(
                database=outside.database,
                billing=outside.billing,
                clock=outside.clock,
                ids=outside.ids,
                policy=outside.policy,
                reports=outside.reports,
            ).run()

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
            deleted += await self._let_go(blob.key)
        return deleted

    async def _let_go(self, blob: BlobKey) -> bool:
        """Delete the bytes unless something needs them; one that cannot be deleted keeps no other."""
        try:
            return await delete_blob(self._outside, blob)
        except StorageFault as error:
            self._outside.reports.fault("blob_not_deleted", error, blob=blob)
            return False
