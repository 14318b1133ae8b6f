"""Carries what happened to the app: by Request URL where one is set, by socket otherwise; again if need be.

Slack retries events only: at once, after a minute and after five, with the same `event_id` (2026-11).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server.deliveries import ACK_LIMIT_S, Delivery
from tests.fakes.slack_server.payloads import event_callback

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tests.fakes.slack_server.signed_http import RequestUrl
    from tests.fakes.slack_server.sockets import Sockets
    from tests.fakes.slack_server.things import Json
    from tests.fakes.slack_server.world import World


class PostOffice:
    """Every delivery there was, and the way out. `retry_gaps_s` are real seconds before each repetition."""

    def __init__(self, world: World, sockets: Sockets) -> None:
        self.world = world
        self.sockets = sockets
        self.request_url: RequestUrl | None = None
        self.deliveries: list[Delivery] = []
        self.ack_limit_s = ACK_LIMIT_S
        self.retry_gaps_s: tuple[float, ...] = (0.0, 60.0, 300.0)
        self._tasks: set[asyncio.Task[Any]] = set()

    def flush(self) -> list[asyncio.Task[Delivery]]:
        """Send every event that waits, in order."""
        sent = []
        while self.world.outbox:
            happened = self.world.outbox.popleft()
            payload = event_callback(self.world, happened.team, happened.event)
            sent.append(self._spawn(self.deliver("events_api", happened.team, payload)))
        return sent

    async def told(self) -> tuple[Delivery, ...]:
        """Send every event that waits, and wait until each was acknowledged or its time was up."""
        return tuple(await asyncio.gather(*self.flush()))

    async def deliver(self, kind: str, team: str, payload: Json) -> Delivery:
        """Hand something over for the first time; events that fail are tried again in the background."""
        envelope_id = f"{self.world.new_id('').lower()}-0000-4000-8000-000000000000"
        delivery = Delivery(kind, team, payload, envelope_id, limit_s=self.ack_limit_s)
        self.deliveries.append(delivery)
        if not await self.attempt(delivery) and kind == "events_api":
            self._spawn(self._retry(delivery))
        return delivery

    async def attempt(
        self, delivery: Delivery, retry: tuple[int, str] = (0, ""), to: int | None = None
    ) -> bool:
        """Hand it over once more, by whichever way there is."""
        if self.request_url is not None:
            return await self.request_url.send(delivery, retry=retry)
        return await self.sockets.send(delivery, retry=retry, to=to)

    async def quiet(self) -> None:
        """Wait until nothing is on its way any more; repetitions that wait their minute do not count."""
        while pending := [task for task in self._tasks if not task.done() and task.get_name() != "retry"]:
            await asyncio.wait(pending)

    async def close(self) -> None:
        """Stop every delivery that is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _retry(self, delivery: Delivery) -> None:
        task = asyncio.current_task()
        for number, gap_s in enumerate(self.retry_gaps_s, start=1):
            if gap_s and task is not None:
                task.set_name("retry")
            if delivery.attempts[-1].is_final:
                return
            await asyncio.sleep(gap_s)
            if await self.attempt(delivery, (number, self._reason(delivery))):
                return

    def _reason(self, delivery: Delivery) -> str:
        status = delivery.attempts[-1].status
        return "http_error" if status >= 300 else ("timeout" if self.request_url is None else "http_timeout")

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
