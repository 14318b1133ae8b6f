"""Procrastinate's connection to Postgres, made to outlive a restart of the server.

Owns the pool's bounds and how listening is taken up again. Must never learn what the jobs are.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Listen until cancelled, and again when the server was away; polling covers the time between.

        Procrastinate 3.10 would stop its worker when the first attempt to reconnect fails.
        """
        names = list(channels)
        while True:
            try:
                await super().listen_notify(on_notification, names)
            except ConnectorException:
                _log.warning("New jobs are not announced: the connection to Postgres broke. Reconnecting.")
            await asyncio.sleep(self._listen_again_after_s)
