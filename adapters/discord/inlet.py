"""Puts the listeners together: the half of the adapter that hears.

Owns how its parts are joined. Must never read a setting.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from adapters.discord.callbacks import Callbacks
from adapters.discord.completing import Completing
from adapters.discord.departures import Departures
from adapters.discord.forms import Forms
from adapters.discord.hints import Hints
from adapters.discord.listeners import Listeners
from adapters.discord.losses import Losses
from adapters.discord.people import People
from adapters.discord.places import Places
from adapters.discord.read import Us
from adapters.discord.settings_forms import SettingsForms
from adapters.discord.taking import Taking
from adapters.platforms.monotonic import MonotonicTime
from adapters.platforms.proxies import proxy_for
from core.app.background import Background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.discord.guilds import Guilds
    from adapters.discord.notes import Notes
    from adapters.discord.outlet import Outlet
    from core.app.reports import Reports
    from core.app.views import Desk


@dataclass(frozen=True, slots=True)
class InletNeeds:
    """What hearing needs of others. `sees_content` says whether Discord tells us all words."""

    desk: Desk
    outlet: Outlet
    notes: Notes
    guilds: Guilds
    reports: Reports
    sees_content: bool


@asynccontextmanager
async def open_inlet(needs: InletNeeds) -> AsyncIterator[Listeners]:
    """The listeners while the block runs; at its end everything that was heard is stored."""
    outlet, background = needs.outlet, Background(needs.reports)
    # Connections of their own: an acknowledgement never waits for an upload.
    connector, proxy = aiohttp.TCPConnector(limit=0), proxy_for(outlet.rest.base_url)
    async with aiohttp.ClientSession(connector=connector, proxy=proxy) as session:
        now_s = MonotonicTime(outlet.contexts.clock).now_s
        callbacks = Callbacks(outlet.rest, session)
        people = People(needs.notes, needs.guilds, background)
        departures = Departures(
            needs.desk, outlet.store, needs.notes, people, outlet.rest, background, needs.reports
        )
        places = Places(outlet.store, needs.guilds, outlet.rest, departures)
        taking = Taking(needs.desk, outlet.contexts, callbacks, needs.reports)
        listeners = Listeners(
            us=Us(""),
            taking=taking,
            callbacks=callbacks,
            places=places,
            people=people,
            contexts=outlet.contexts,
            completing=Completing(needs.desk, places, callbacks),
            forms=Forms(callbacks, places, outlet.rest),
            settings=SettingsForms(needs.desk, callbacks, needs.reports),
            hints=Hints(outlet.surface, needs.notes, needs.guilds, needs.sees_content, now_s),
            losses=Losses(outlet.rest, needs.guilds, people),
            departures=departures,
            desk=needs.desk,
            reports=needs.reports,
        )
        try:
            yield listeners
        finally:
            await taking.settle()
            await background.stop()
