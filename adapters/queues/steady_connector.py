"""Procrastinate's connection to Postgres, made to outlive a restart of the server.

Owns the pool's bounds and how listening is taken up again. Must never learn what the jobs are.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.sql import queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import LiteralString

    from procrastinate.connector import Notify

POOL_SIZE: Final = 4
_ANSWER_WITHIN_S: Final = 5.0

_log = logging.getLogger(__name__)


class SteadyConnector(PsycopgConnector):
    """A pool of few connections: jobs are short to fetch and to finish, however long they run."""

    def __init__(self, url: str, *, listen_again_after_s: float) -> None:
        super().__init__(
            conninfo=url,
            min_size=1,
            max_size=POOL_SIZE,
            timeout=_ANSWER_WITHIN_S,
            kwargs={"application_name": "inkthread queue"},
        )
        self._listen_again_after_s = listen_again_after_s
        self._looking = asyncio.Lock()

    async def execute_query_one_async(self, query: LiteralString, **arguments: object) -> dict[str, Any]:
        """Ask for one row. While a worker looks for a job it is told of none.

        Procrastinate 3.10 forgets what it was told meanwhile once the look is answered, though the answer may
        be older: the job would wait for the next poll.
        """
        async with self._looking if query == queries["fetch_job"] else contextlib.nullcontext():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        return row

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Listen until cancelled, and again when the server was away; polling covers the time between.

        Procrastinate 3.10 would stop its worker when the first attempt to reconnect fails.
        """
        names = list(channels)

        async def tell(*, channel: str, payload: str) -> None:
            async with self._looking:
                await on_notification(channel=channel, payload=payload)

        while True:
            try:
                await super().listen_notify(tell, names)
            except ConnectorException:
                _log.warning("New jobs are not announced: the connection to Postgres broke. Reconnecting.")
            await asyncio.sleep(self._listen_again_after_s)
