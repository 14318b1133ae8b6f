"""Puts the surface together, with the one connection pool that all its calls share.

Owns the life of that pool. Must never read a setting.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import aiohttp

from adapters.discord.context import Contexts
from adapters.discord.limiter import Limiter
from adapters.discord.rest import Rest
from adapters.discord.store import SentStore
from adapters.discord.surface import DiscordSurface, Means
from adapters.platforms.proxies import proxy_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.platforms.transactions import Transactions
    from adapters.sealing import Seal
    from core.app.ports import BlobStore, Clock

CONNECTIONS: Final = 60
"""At the same time, of one process; discord.py's own pool has no bound."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the surface needs of others. `base_url` ends with the version, as in `…/api/v10`."""

    token: str = field(repr=False)
    transactions: Transactions
    seal: Seal
    blobs: BlobStore
    clock: Clock
    base_url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """The surface, and what the listeners share with it: the calls, the contexts, and what was sent."""

    surface: DiscordSurface
    rest: Rest
    contexts: Contexts
    store: SentStore


@asynccontextmanager
async def open_outlet(needs: Needs) -> AsyncIterator[Outlet]:
    """Have the surface while the block runs. No gateway is opened: a worker needs none."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, proxy=proxy_for(needs.base_url)) as session:
        rest = Rest(
            needs.token, Limiter(needs.clock), session=session, clock=needs.clock, base_url=needs.base_url
        )
        store = SentStore(needs.transactions, clock=needs.clock)
        contexts = Contexts(needs.seal, needs.clock)
        surface = DiscordSurface(Means(rest, store, contexts, needs.blobs, needs.clock))
        yield Outlet(surface, rest, contexts, store)
