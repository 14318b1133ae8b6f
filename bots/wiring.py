"""Builds the adapters, hands back a Studio: the only place where everything meets.

Owns the choice of adapters by settings alone. No logic of the product stands here.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.blobs import open_blobs
from adapters.charts import ThreadedCharts
from adapters.database import check_schema, migrate, open_database
from adapters.downloads import SealedLinks
from adapters.logs import LogReports
from adapters.picture_tools import PillowTools
from adapters.queues import InProcessQueue, MemorySignals, PostgresSignals, ProcrastinateQueue, apply_schema
from adapters.sealing import Seal
from adapters.system import SystemClock, SystemIds
from adapters.web.store import WebStore
from adapters.web.surface import WebSurface
from bots.surroundings import Surroundings
from core.app.hands import for_calls
from core.app.outside import Outside, Policy
from core.app.studio import Studio
from core.app.sweeper import Sweeper
from core.app.turns import Turns
from core.domain.engine_profile import SANDBOX_MODEL, profile_for
from core.domain.gate import GateLimits
from core.domain.ids import Micros, Platform

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from adapters.database import SqlDatabase
    from bots.discord_bot import DiscordParts
    from bots.settings import Settings
    from bots.slack_bot import SlackParts
    from core.app.billing import Billing
    from core.app.ports import (
        Clock,
        Engine,
        Ids,
        Keeper,
        PictureTools,
        Signals,
        Surface,
        TurnQueue,
    )
    from core.domain.ids import TurnId

SANDBOX_IMAGES_PER_MINUTE = 10_000
"""The stand-in has no account that could limit it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that was built, for the entry points."""

    settings: Settings
    outside: Outside
    studio: Studio
    turns: Turns
    sweeper: Sweeper
    database: SqlDatabase
    signals: Signals
    web_store: WebStore
    clock: Clock
    surroundings: Surroundings
    slack: SlackParts | None
    discord: DiscordParts | None


@asynccontextmanager
async def open_parts(
    settings: Settings,
    *,
    around: Callable[[Outside], Outside] | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Parts]:
    """Build everything for one process, and take it down again.

    `around` may put something of its own between the application and its ports, as a test does that kills
    the process at a chosen moment. `clock` is another than the machine's, as where a test lets time pass.
    """
    reports, clock, ids = LogReports(), clock or SystemClock(), SystemIds()
    async with AsyncExitStack() as stack:
        database = open_database(settings.database_url, clock)
        stack.push_async_callback(database.close)
        await check_schema(database)
        blobs = open_blobs(settings.storage_url)
        stack.callback(blobs.close)
        tools, charts = _drawing(stack)
        signals, queue = await _messengers(settings, clock, reports, stack)
        surroundings = Surroundings(settings, database, blobs, clock, ids, reports)
        store = WebStore(surroundings.transactions, clock=clock, ids=ids)
        slack, discord = await _slack(surroundings, stack), await _discord(surroundings, stack)
        outside = Outside(
            database=database,
            queue=queue,
            engine=await _engine(settings, tools, stack),
            profile=profile_for(SANDBOX_MODEL if settings.is_sandbox else settings.image_model),
            blobs=blobs,
            pictures=tools,
            charts=charts,
            clock=clock,
            ids=ids,
            surfaces=_surfaces(WebSurface(store, blobs=blobs, signals=signals), slack, discord),
            policy=policy_of(settings),
            reports=reports,
            keepers=_keepers(store, slack, discord),
            billing=await stack.enter_async_context(open_billing(settings)),
            links=links_of(settings, clock),
            hands_for_calls=for_calls(settings.engine_concurrency),
        )
        if around is not None:
            outside = around(outside)
        studio = Studio(outside)
        stack.push_async_callback(studio.background.stop)
        turns = Turns(outside, studio.telling, studio.transactor, studio.background, holder=_holder(ids))
        yield Parts(
            settings=settings,
            outside=outside,
            studio=studio,
            turns=turns,
            sweeper=Sweeper(studio),
            database=database,
            signals=signals,
            web_store=store,
            clock=clock,
            surroundings=surroundings,
            slack=slack,
            discord=discord,
        )


def links_of(settings: Settings, clock: Clock) -> SealedLinks | None:
    """Addresses to fetch originals by, where people reach this installation at all."""
    if settings.public_url is None:
        return None
    seal = Seal(settings.encryption_keys(), purpose="downloads")
    return SealedLinks(seal, clock, public_url=settings.public_url)


def _drawing(stack: AsyncExitStack) -> tuple[PillowTools, ThreadedCharts]:
    """What works on pictures and draws charts, in threads of their own that end with the stack."""
    tools, charts = PillowTools(), ThreadedCharts()
    stack.callback(tools.close)
    stack.callback(charts.close)
    return tools, charts


async def _slack(surroundings: Surroundings, stack: AsyncExitStack) -> SlackParts | None:
    if not surroundings.settings.has_slack:
        return None
    # Its framework takes long to import, which nobody who has no credentials should wait for.
    from bots.slack_bot import open_slack  # noqa: PLC0415 - see above

    return await stack.enter_async_context(open_slack(surroundings))


async def _discord(surroundings: Surroundings, stack: AsyncExitStack) -> DiscordParts | None:
    if surroundings.settings.discord_token is None:
        return None
    # Its library takes long to import, which nobody who has no token should wait for.
    from bots.discord_bot import open_discord  # noqa: PLC0415 - see above

    return await stack.enter_async_context(open_discord(surroundings))


def _surfaces(
    web: WebSurface, slack: SlackParts | None, discord: DiscordParts | None
) -> dict[Platform, Surface]:
    found: dict[Platform, Surface] = {Platform.WEB: web}
    if slack is not None:
        found[Platform.SLACK] = slack.outlet.surface
    if discord is not None:
        found[Platform.DISCORD] = discord.outlet.surface
    return found


def _keepers(web: WebStore, slack: SlackParts | None, discord: DiscordParts | None) -> tuple[Keeper, ...]:
    found: list[Keeper] = [web]
    if slack is not None:
        found.append(slack.outlet.keeping)
    if discord is not None:
        found += [discord.notes, discord.outlet.store]
    return tuple(found)


def policy_of(settings: Settings) -> Policy:
    """The operator's decisions, as the core reads them."""
    images_per_minute = (
        SANDBOX_IMAGES_PER_MINUTE if settings.is_sandbox else settings.engine_images_per_minute
    )
    return Policy(
        gate=GateLimits(settings.engine_concurrency, images_per_minute),
        pictures_per_person_per_day=settings.pictures_per_person_per_day,
        monthly_budget=Micros(settings.monthly_budget_micros),
        time_zone=settings.time_zone,
        actor_key_secret=hashlib.sha256(b"actor key" + settings.secret_for_cookies()).digest(),
    )


def migrate_all(settings: Settings) -> None:
    """Bring the database, and on Postgres the queue's schema, to this version."""
    after = () if settings.is_sqlite else (lambda url: asyncio.run(apply_schema(url)),)
    migrate(settings.database_url, after=after)


async def work(parts: Parts) -> None:
    """Carry turns and sweep, until cancelled."""
    concurrency = parts.settings.engine_concurrency * 2 + 8

    async def handle(turn: TurnId) -> None:
        await parts.turns.handle(turn)

    async with asyncio.TaskGroup() as group:
        group.create_task(parts.outside.queue.work(handle, concurrency=concurrency), name="turns")
        group.create_task(parts.sweeper.run(), name="sweeper")


async def _engine(settings: Settings, tools: PictureTools, stack: AsyncExitStack) -> Engine:
    if settings.openai_api_key is None:
        # It draws with numpy, which nobody who has a key should wait for.
        from adapters.sandbox_images import SandboxEngine  # noqa: PLC0415 - see above

        sandbox = SandboxEngine()
        stack.callback(sandbox.close)
        return sandbox
    # Its SDK takes a second to import, which nobody who has no key should wait for.
    from adapters.openai_images import OpenAIImages, open_http  # noqa: PLC0415 - see above

    http = open_http()
    stack.push_async_callback(http.aclose)
    return OpenAIImages(
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        http=http,
        sniff=tools.probe,
        project=settings.openai_project_id,
    )


@asynccontextmanager
async def open_billing(settings: Settings) -> AsyncIterator[Billing | None]:
    """The provider's books, where the operator has given a key to them."""
    if settings.openai_admin_key is None:
        yield None
        return
    from adapters.openai_images import OpenAIBilling, open_http  # noqa: PLC0415 - as above

    async with open_http() as http:
        yield OpenAIBilling(
            admin_key=settings.openai_admin_key,
            base_url=settings.openai_base_url,
            http=http,
            project=settings.openai_project_id,
        )


async def _messengers(
    settings: Settings, clock: Clock, reports: LogReports, stack: AsyncExitStack
) -> tuple[Signals, TurnQueue]:
    def on_fault(turn: TurnId, error: Exception) -> None:
        reports.fault("turn_failed", error, turn=turn)

    if settings.is_sqlite:
        return MemorySignals(), InProcessQueue(clock=clock, on_fault=on_fault)
    signals = await stack.enter_async_context(PostgresSignals(settings.database_url))
    queue = await stack.enter_async_context(ProcrastinateQueue(settings.database_url, on_fault=on_fault))
    return signals, queue


def _holder(ids: Ids) -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{ids.new()}"
