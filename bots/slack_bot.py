"""Runs Slack: its surface in every process, its listeners where `inkthread serve` runs.

Owns the choice of transport by settings alone: an app token means Socket Mode, which wins over a signing
secret, which means HTTP. Must never decide what a delivery means.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from adapters.sealing import Seal
from adapters.slack.inlet import Inlet, InletNeeds, build_inlet, identity_of, web_client
from adapters.slack.installations import InstallationStore, Installed
from adapters.slack.oauth import Distribution, SlackRotation
from adapters.slack.outlet import Needs, Outlet, open_outlet
from adapters.slack.tokens import Single, TokenBook
from adapters.slack.transport import Requests, Sockets
from core.app.errors import InkthreadError, SettingsFault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from adapters.platforms.transactions import Transactions
    from bots.settings import Settings
    from bots.surroundings import Surroundings
    from core.app.reports import Reports
    from core.app.views import Desk

ASK_AGAIN_S: Final = 30.0
"""How long until Slack is asked again whose the token is, when it did not say."""


@dataclass(frozen=True, slots=True)
class SlackParts:
    """What was built for Slack, for the listeners."""

    outlet: Outlet
    tokens: TokenBook
    installations: InstallationStore
    transactions: Transactions
    single: Single | None


@asynccontextmanager
async def open_slack(around: Surroundings) -> AsyncIterator[SlackParts]:
    """Slack's surface while the block runs."""
    settings = around.settings
    seal, transactions = Seal(settings.encryption_keys(), purpose="slack"), around.transactions
    installations = InstallationStore(transactions, seal)
    token = settings.slack_bot_token
    single = None if token is None else Single(token.get_secret_value())
    distribution = distribution_of(settings)
    tokens = TokenBook(
        installations,
        clock=around.clock,
        reports=around.reports,
        single=single,
        rotation=None if distribution is None else SlackRotation(distribution, settings.slack_api_url),
    )
    needs = Needs(
        tokens=tokens,
        transactions=transactions,
        seal=seal,
        blobs=around.blobs,
        clock=around.clock,
        ids=around.ids,
        base_url=settings.slack_api_url,
    )
    async with open_outlet(needs) as outlet:
        yield SlackParts(outlet, tokens, installations, transactions, single)


@asynccontextmanager
async def listening(slack: SlackParts, desk: Desk, around: Surroundings) -> AsyncIterator[ASGIApp | None]:
    """Hear Slack while the block runs. What comes over HTTP comes to the application that this gives."""
    settings = around.settings
    inlet = _inlet(slack, desk, around)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(inlet.close)
        await _seal_anew(slack, around.reports)
        if slack.single is not None:
            asking = _learn_identity(slack, slack.single.token, around)
            stack.callback(asyncio.create_task(asking, name="slack identity").cancel)
        if settings.slack_app_token is not None:
            secret = settings.slack_app_token.get_secret_value()
            sockets = Sockets(inlet.app, secret, inlet.client, connections=settings.slack_connections)
            await stack.enter_async_context(sockets.connected())
        is_called = settings.slack_signing_secret is not None and settings.slack_app_token is None
        needs_routes = is_called or settings.is_distributed_on_slack
        yield Requests(inlet.app, is_called=is_called).asgi() if needs_routes else None


def _inlet(slack: SlackParts, desk: Desk, around: Surroundings) -> Inlet:
    signing = around.settings.slack_signing_secret
    return build_inlet(
        InletNeeds(
            desk=desk,
            outlet=slack.outlet,
            tokens=slack.tokens,
            transactions=slack.transactions,
            clock=around.clock,
            reports=around.reports,
            signing_secret="" if signing is None else signing.get_secret_value(),
            distribution=distribution_of(around.settings),
        )
    )


def distribution_of(settings: Settings) -> Distribution | None:
    """What installing needs. Raises SettingsFault where nobody could come back from Slack to us."""
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        return None
    if settings.public_url is None:
        msg = (
            "SLACK_CLIENT_ID is set, so people may install the app, but Slack has to send them back here. Set"
            " PUBLIC_URL to the https address of this Inkthread, or unset SLACK_CLIENT_ID."
        )
        raise SettingsFault(msg)
    api = urlsplit(settings.slack_api_url)
    return Distribution(
        settings.slack_client_id,
        settings.slack_client_secret.get_secret_value(),
        settings.public_url,
        f"{api.scheme}://{api.netloc}/oauth/v2/authorize",
    )


async def _seal_anew(slack: SlackParts, reports: Reports) -> None:
    """After a change of ENCRYPTION_KEY: once all is sealed with the new key, the old one may go."""
    try:
        renewed = await slack.installations.seal_anew()
    except InkthreadError as fault:
        reports.fault("slack_tokens_not_sealed_anew", fault)
        return
    if renewed:
        reports.info("slack_tokens_sealed_anew", workspaces=renewed)


async def _learn_identity(slack: SlackParts, token: str, around: Surroundings) -> None:
    """Ask whose the operator's token is, until Slack says so."""
    client, reports = web_client(slack.outlet, token), around.reports
    while True:
        said = await identity_of(client)
        if isinstance(said, Installed):
            slack.tokens.identified(said)
            reports.info("slack_workspace", workspace=said.key, name=said.name)
            return
        reports.warning("slack_token_not_recognised", why=said, note="`inkthread doctor` says more")
        await around.clock.sleep(ASK_AGAIN_S)
