"""Puts Bolt together: who is authorised, and which function hears what.

Owns the registrations, made from the table in `manifest.py`. Everything that Slack may send has a listener,
because what has none is answered with a failure over HTTP and not at all in Socket Mode (Bolt 1.30, 2026-07).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from adapters.platforms.payload import text
from adapters.slack import manifest
from adapters.slack.home import HOME_ACTIONS
from adapters.slack.modals import FORM
from adapters.slack.modals_admin import ADMIN_FORMS
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.listeners import Listeners
    from adapters.slack.tokens import TokenBook

    Listener = Callable[..., Awaitable[Any]]

_ANYTHING: Final = re.compile(r"(?s).*")

NOT_INSTALLED: Final = sentence("app_not_installed", "en")
"""Said where no person's language can be known, because nothing is known of the workspace."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How Slack knows us, and we Slack. Without a signing secret nothing is taken over HTTP."""

    client: AsyncWebClient
    signing_secret: str = ""
    oauth: AsyncOAuthFlow | None = None


class App(AsyncApp):
    """Bolt, told where each delivery comes from."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Hand a delivery to its listener.

        Where a whole organisation has our app, an event's authorization names no workspace, and Bolt (1.30)
        looks for it there alone: it stands in the envelope (Slack, 2026-11).
        """
        if not req.context.team_id:
            req.context["team_id"] = text(req.body, "team_id") or None
        return await super().async_dispatch(req)


class KnownWorkspaces(AsyncAuthorize):
    """Answers from memory; no delivery costs a call to Slack."""

    def __init__(self, tokens: TokenBook) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's
        self._tokens = tokens

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_others: object,
    ) -> AuthorizeResult | None:
        """Who we are in that workspace, or None where we are not."""
        enterprise = enterprise_id if context.is_enterprise_install and enterprise_id else ""
        installed = await self._tokens.installed(team_id or enterprise, enterprise)
        if installed is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_user_id=installed.bot_user or None,
            bot_id=installed.bot_id or None,
            bot_token=installed.token,
            bot_scopes=list(installed.scopes),
        )


def build_app(credentials: Credentials, tokens: TokenBook, listeners: Listeners) -> AsyncApp:
    """Bolt with all our listeners.

    Listeners run before the answer, so that an acknowledgement says that something is stored.
    """
    app = App(
        name="inkthread",
        logger=logging.getLogger("slack_bolt"),
        client=credentials.client,
        signing_secret=credentials.signing_secret,
        authorize=KnownWorkspaces(tokens),  # type: ignore[arg-type]  # Bolt takes its own class, unannounced
        oauth_flow=credentials.oauth,
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
        user_facing_authorize_error_message=NOT_INSTALLED,
    )
    for name, listener in command_listeners(listeners).items():
        app.command(name)(listener)
    for name, listener in event_listeners(listeners).items():
        app.event(name)(listener)
    for callback_id, listener in shortcut_listeners(listeners).items():
        app.shortcut(callback_id)(listener)
    app.view(FORM)(listeners.form)
    for callback_id in ADMIN_FORMS:
        app.view(callback_id)(listeners.admin_form)
    app.action(HOME_ACTIONS)(listeners.home_press)
    app.action(_ANYTHING)(listeners.press)
    _catch_the_rest(app, listeners)
    return app


def command_listeners(listeners: Listeners) -> Mapping[str, Listener]:
    """Who hears which command."""
    return {manifest.IMAGINE.name: listeners.imagine, manifest.INKTHREAD.name: listeners.inkthread}


def shortcut_listeners(listeners: Listeners) -> Mapping[str, Listener]:
    """Who hears which shortcut."""
    return {
        manifest.EDIT_THIS.callback_id: listeners.edit_this,
        manifest.NEW_PICTURE.callback_id: listeners.new_picture,
    }


def event_listeners(listeners: Listeners) -> Mapping[str, Listener]:
    """Who hears which event; all kinds of messages come as `message`."""
    return {
        "message": listeners.message,
        "app_mention": listeners.message,
        "agent_session_stopped": listeners.stop,
        "app_home_opened": listeners.home_opened,
        "app_uninstalled": listeners.left,
        "tokens_revoked": listeners.left,
    }


def _catch_the_rest(app: AsyncApp, listeners: Listeners) -> None:
    app.event(_ANYTHING)(listeners.other_event)
    for kind in (app.command, app.shortcut, app.view_submission, app.view_closed, app.options):
        kind(_ANYTHING)(listeners.other)
