"""Puts the surface together, with the one connection pool that all its calls share.

Owns the life of that pool. Must never read a setting.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from adapters.platforms.proxies import proxy_for
from adapters.slack.client import TIMEOUT, SlackApi
from adapters.slack.context import Contexts
from adapters.slack.keeping import Keeping
from adapters.slack.limiter import Limiter
from adapters.slack.store import SentStore
from adapters.slack.surface import Means, SlackSurface

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.platforms.transactions import Transactions
    from adapters.sealing import Seal
    from adapters.slack.client import Tokens
    from core.app.ports import BlobStore, Clock, Ids

CONNECTIONS = 60
"""At the same time, of one process: more calls wait here than Slack would answer sooner."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the surface needs of others. `base_url` ends with a slash."""

    tokens: Tokens
    transactions: Transactions
    seal: Seal
    blobs: BlobStore
    clock: Clock
    ids: Ids
    base_url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """The surface, what the listeners share with it (the calls, the form of contexts), and what forgets."""

    surface: SlackSurface
    api: SlackApi
    contexts: Contexts
    store: SentStore
    keeping: Keeping


@asynccontextmanager
async def open_outlet(needs: Needs) -> AsyncIterator[Outlet]:
    """Have the surface while the block runs."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    proxy = proxy_for(needs.base_url)
    async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT, proxy=proxy) as session:
        api = SlackApi(
            needs.tokens, Limiter(needs.clock), session=session, clock=needs.clock, base_url=needs.base_url
        )
        store = SentStore(needs.transactions, clock=needs.clock)
        contexts = Contexts(needs.seal, needs.clock)
        means = Means(api, store, contexts, needs.blobs, needs.clock, needs.ids)
        keeping = Keeping(needs.transactions, clock=needs.clock)
        yield Outlet(SlackSurface(means), api, contexts, store, keeping)
