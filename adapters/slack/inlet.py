"""Puts the listeners together with Bolt: the half of the adapter that hears.

Owns how its parts are joined. Must never read a setting.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError

from adapters.slack.addresses import Addresses
from adapters.slack.admin import Admin
from adapters.slack.app import Credentials, build_app
from adapters.slack.client import sdk_client
from adapters.slack.departures import Departures
from adapters.slack.form_opening import FormOpening
from adapters.slack.home import Home
from adapters.slack.installations import Installed
from adapters.slack.listeners import Listeners
from adapters.slack.losses import Losses
from adapters.slack.oauth import oauth_flow
from adapters.slack.people import People
from adapters.slack.taking import Taking
from core.app.background import Background

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.platforms.transactions import Transactions
    from adapters.slack.oauth import Distribution
    from adapters.slack.outlet import Outlet
    from adapters.slack.tokens import TokenBook
    from core.app.ports import Clock
    from core.app.reports import Reports
    from core.app.views import Desk

SDK_LOG: Final = logging.getLogger("slack_sdk")


@dataclass(frozen=True, slots=True)
class InletNeeds:
    """What hearing needs of others. `signing_secret` is empty where nothing comes over HTTP."""

    desk: Desk
    outlet: Outlet
    tokens: TokenBook
    transactions: Transactions
    clock: Clock
    reports: Reports
    signing_secret: str = field(default="", repr=False)
    distribution: Distribution | None = None


@dataclass(frozen=True, slots=True)
class Inlet:
    """Bolt, ready for either transport; `close` when nothing comes any more."""

    app: AsyncApp
    client: AsyncWebClient
    background: Background
    taking: Taking

    async def close(self) -> None:
        """Let everything that was heard be stored, then stop what only shows."""
        await self.taking.settle()
        await self.background.stop()


def build_inlet(needs: InletNeeds) -> Inlet:
    """The listeners and Bolt."""
    outlet, background = needs.outlet, Background(needs.reports)
    client = web_client(outlet)
    people = People(outlet.api, needs.transactions, clock=needs.clock, background=background)
    outlet.keeping.on_forget.append(people.drop)
    losses = Losses(outlet.api, people, outlet.contexts)
    taking = Taking(needs.desk, people, outlet.contexts, losses, needs.reports, clock=needs.clock)
    opening = FormOpening(outlet.api, people, outlet.contexts, background, needs.reports)
    admin = Admin(needs.desk, people)
    home = Home(
        desk=needs.desk,
        api=outlet.api,
        people=people,
        addresses=Addresses(outlet.api, needs.tokens),
        sent=outlet.store,
        opening=opening,
        admin=admin,
        taking=taking,
        background=background,
        reports=needs.reports,
    )
    departures = Departures(needs.tokens, people, outlet.store, needs.reports)
    listeners = Listeners(taking, opening, people, home, admin, departures)
    app = build_app(Credentials(client, needs.signing_secret, _flow(needs, client)), needs.tokens, listeners)
    return Inlet(app, client, background, taking)


def _flow(needs: InletNeeds, client: AsyncWebClient) -> AsyncOAuthFlow | None:
    if needs.distribution is None:
        return None
    return oauth_flow(needs.distribution, needs.tokens, needs.transactions, client=client, clock=needs.clock)


def web_client(outlet: Outlet, token: str | None = None) -> AsyncWebClient:
    """Slack's own client on our connections, for what Bolt asks by itself: installing, connecting."""
    return sdk_client(outlet.api.base_url, token=token, session=outlet.api.session, logger=SDK_LOG)


async def identity_of(client: AsyncWebClient) -> Installed | str:
    """Whose the client's token is and what it may do; else the code of what Slack said instead."""
    try:
        said = await client.auth_test()
    except SlackApiError as error:
        return str(error.response.get("error") or "no_answer")
    except Exception as error:  # noqa: BLE001 - the network breaks in many ways, and each means the same
        return type(error).__name__
    scopes = {name.lower(): value for name, value in said.headers.items()}.get("x-oauth-scopes") or ""
    is_whole = bool(said.get("is_enterprise_install"))
    return Installed(
        team="" if is_whole else str(said.get("team_id") or ""),
        enterprise=str(said.get("enterprise_id") or ""),
        name=str(said.get("team") or ""),
        url="" if is_whole else str(said.get("url") or ""),
        bot_user=str(said.get("user_id") or ""),
        bot_id=str(said.get("bot_id") or ""),
        scopes=tuple(one.strip() for one in scopes.split(",") if one.strip()),
        token=client.token or "",
    )
