"""Installing our app into a workspace: Slack's own flow, with our database behind it.

Owns the two stores that Bolt's flow asks, and the exchange of tokens that rotate. Must never show a token.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import delete

from adapters.platforms.inserting import put
from adapters.slack.client import sdk_client
from adapters.slack.errors import NO_ANSWER, Trouble
from adapters.slack.installations import Installed
from adapters.slack.manifest import INSTALL_PATH, OPTIONAL_SCOPES, REDIRECT_PATH, SCOPES
from adapters.slack.tables_people import SlackStateRow

if TYPE_CHECKING:
    from logging import Logger

    from slack_sdk.oauth.installation_store.models.installation import Installation
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.platforms.transactions import Transactions
    from adapters.slack.tokens import TokenBook
    from core.app.ports import Clock

STATE_LIVES_S: Final = 600
_STATE = SlackStateRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_LOG: Final = logging.getLogger("slack_bolt")


@dataclass(frozen=True, slots=True)
class Distribution:
    """What an app that others install needs. `address` is ours, as Slack and browsers reach it."""

    client_id: str
    client_secret: str = field(repr=False)
    address: str
    authorize_url: str


class InstalledBySlack(AsyncInstallationStore):
    """Bolt's installation store: what it saves goes into our book."""

    def __init__(self, tokens: TokenBook, client: AsyncWebClient) -> None:
        self._tokens = tokens
        self._client = client

    @property
    def logger(self) -> Logger:
        """Bolt's log."""
        return _LOG

    async def async_save(self, installation: Installation) -> None:
        """Somebody installed our app."""
        expires_s = installation.bot_token_expires_at
        is_whole = bool(installation.is_enterprise_install)
        url = "" if is_whole else await self._url(installation.bot_token or "")
        await self._tokens.save(
            Installed(
                team="" if is_whole else installation.team_id or "",
                enterprise=installation.enterprise_id or "",
                name=(installation.enterprise_name if is_whole else installation.team_name) or "",
                url=url,
                bot_user=installation.bot_user_id or "",
                bot_id=installation.bot_id or "",
                scopes=tuple(installation.bot_scopes or ()),
                token=installation.bot_token or "",
                refresh_token=installation.bot_refresh_token,
                expires_ms=None if expires_s is None else expires_s * 1000,
            )
        )

    async def _url(self, token: str) -> str:
        """The workspace's address, for links to threads; without it Slack is asked for each of them."""
        try:
            return str((await self._client.auth_test(token=token)).get("url") or "")
        except Exception:  # noqa: BLE001 - Slack or the network; the tokens are given once, and must be kept
            return ""


class StateInDatabase(AsyncOAuthStateStore):
    """Remembers which installations were begun here. Each state works once, for ten minutes."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    @property
    def logger(self) -> Logger:
        """Bolt's log."""
        return _LOG

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        """A new state, for a cookie and for Slack to give back; we keep only its hash."""
        state, now_ms = secrets.token_urlsafe(32), self._now_ms()
        row = {"state": _hashed(state), "expires_ms": now_ms + STATE_LIVES_S * 1000}
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackStateRow).where(_STATE.expires_ms < now_ms))
            await put(connection, SlackStateRow, row, "state")
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued here, has not run out and was not used; now it is."""
        used = delete(SlackStateRow).where(
            _STATE.state == _hashed(state), _STATE.expires_ms >= self._now_ms()
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(used)).rowcount == 1

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)


class SlackRotation:
    """Asks Slack for fresh tokens. The refresh token works once, so that it is never asked twice."""

    def __init__(self, distribution: Distribution, base_url: str) -> None:
        self._distribution = distribution
        self._client = sdk_client(base_url)

    async def refreshed(self, installed: Installed, *, now_ms: int) -> Installed | Trouble:
        """The installation with new tokens."""
        try:
            said = await self._client.oauth_v2_access(
                client_id=self._distribution.client_id,
                client_secret=self._distribution.client_secret,
                grant_type="refresh_token",
                refresh_token=installed.refresh_token,
            )
        except SlackApiError as error:
            return Trouble(str(error.response.get("error") or NO_ANSWER))
        except Exception as error:  # noqa: BLE001 - the network breaks in many ways; the old token lasts a while
            return Trouble(NO_ANSWER, detail=type(error).__name__)
        return _with_tokens(installed, said.data if isinstance(said.data, dict) else {}, now_ms)


def _with_tokens(installed: Installed, said: dict[str, Any], now_ms: int) -> Installed | Trouble:
    token, lives_s = said.get("access_token"), said.get("expires_in")
    if not isinstance(token, str) or not token:
        return Trouble(NO_ANSWER, detail="no token")
    expires_ms = now_ms + lives_s * 1000 if isinstance(lives_s, int) else None
    return replace(installed, token=token, refresh_token=said.get("refresh_token"), expires_ms=expires_ms)


def oauth_flow(
    distribution: Distribution,
    tokens: TokenBook,
    transactions: Transactions,
    *,
    client: AsyncWebClient,
    clock: Clock,
) -> AsyncOAuthFlow:
    """Bolt's flow for `/slack/install` and `/slack/oauth_redirect`."""
    address = distribution.address.rstrip("/")
    settings = AsyncOAuthSettings(
        client_id=distribution.client_id,
        client_secret=distribution.client_secret,
        scopes=sorted([*SCOPES, *OPTIONAL_SCOPES]),
        user_scopes=[],
        redirect_uri=f"{address}{REDIRECT_PATH}",
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=distribution.authorize_url,
        installation_store=InstalledBySlack(tokens, client),
        state_store=StateInDatabase(transactions, clock),
        state_expiration_seconds=STATE_LIVES_S,
        logger=_LOG,
    )
    return AsyncOAuthFlow(client=client, logger=_LOG, settings=settings)


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
