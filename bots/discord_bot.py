"""Runs Discord: its surface in every process, the gateway where `inkthread serve` runs.

Owns the choice of transport by settings alone: the gateway always, and for interactions HTTP instead where
there is a public key. Must never decide what an event means.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from adapters.discord.gateway import Gateway, Line, redirect
from adapters.discord.http_interactions import Interactions
from adapters.discord.inlet import InletNeeds, open_inlet
from adapters.discord.notes import Notes
from adapters.discord.outlet import Needs, Outlet, open_outlet
from adapters.discord.registering import register
from adapters.platforms.proxies import proxy_for
from adapters.sealing import Seal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from bots.settings import Settings
    from bots.surroundings import Surroundings
    from core.app.views import Desk


@dataclass(frozen=True, slots=True)
class DiscordParts:
    """What was built for Discord, for the listeners."""

    token: str = field(repr=False)
    outlet: Outlet
    notes: Notes


@dataclass(frozen=True, slots=True)
class Hearing:
    """What hears: the gateway, and the application to which interactions come over HTTP, if they do."""

    gateway: Gateway
    asgi: ASGIApp | None


@asynccontextmanager
async def open_discord(around: Surroundings) -> AsyncIterator[DiscordParts]:
    """Discord's surface while the block runs."""
    settings, transactions = around.settings, around.transactions
    token = "" if settings.discord_token is None else settings.discord_token.get_secret_value()
    needs = Needs(
        token=token,
        transactions=transactions,
        seal=Seal(settings.encryption_keys(), purpose="discord"),
        blobs=around.blobs,
        clock=around.clock,
        base_url=settings.discord_api_url,
    )
    async with open_outlet(needs) as outlet:
        yield DiscordParts(token, outlet, Notes(transactions, clock=around.clock))


@asynccontextmanager
async def listening(
    discord: DiscordParts, desk: Desk, around: Surroundings, *, line: Line | None = None
) -> AsyncIterator[Hearing]:
    """Hear Discord while the block runs.

    `line` is how to connect where that is not as the settings say, as in tests.
    """
    settings = around.settings
    redirect(settings.discord_api_url, settings.discord_gateway_url)
    gateway = Gateway(line or line_of(discord, settings), clock=around.clock, reports=around.reports)

    async def on_login(application: str) -> None:
        await register(discord.outlet.rest, discord.notes, application, around.reports)

    gateway.on_login = on_login
    needs = InletNeeds(
        desk=desk,
        outlet=discord.outlet,
        notes=discord.notes,
        guilds=gateway,
        reports=around.reports,
        sees_content=settings.discord_message_content,
    )
    async with AsyncExitStack() as stack:
        listeners = await stack.enter_async_context(open_inlet(needs))
        running = asyncio.create_task(gateway.run(listeners), name="discord gateway")
        stack.push_async_callback(_ended, running)
        key = settings.discord_public_key
        yield Hearing(gateway, None if key is None else Interactions(key, listeners).asgi())


def line_of(discord: DiscordParts, settings: Settings) -> Line:
    """How to connect, by the settings."""
    proxy = proxy_for(settings.discord_api_url)
    return Line(
        discord.token,
        sees_content=settings.discord_message_content,
        address=settings.discord_gateway_url,
        options={} if proxy is None else {"proxy": proxy},
    )


async def _ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
