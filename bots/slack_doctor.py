"""Slack's part of `inkthread doctor`: tokens and their scopes, the app token, the signing secret.

Owns those checks and what to do about each finding. Asks Slack three harmless questions and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError

from adapters.database import check_schema, open_database
from adapters.sealing import Seal
from adapters.slack.client import sdk_client
from adapters.slack.inlet import identity_of
from adapters.slack.installations import InstallationStore, Installed
from adapters.slack.manifest import EVENTS_PATH, OPTIONAL_SCOPES, SCOPES
from adapters.system import SystemClock
from bots.findings import Finding, Level
from bots.slack_bot import distribution_of
from bots.surroundings import transactions_of
from core.app.errors import InkthreadError, SettingsFault

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bots.settings import Settings

MOST_NAMED: Final = 5
_APP_TOKEN: Final = "xapp-"  # noqa: S105 - how such tokens begin
_BOT_TOKENS: Final = ("xoxb-", "xoxe.xoxb-")
_NETWORK: Final = "Check the network of this machine and SLACK_API_URL."


async def examine(settings: Settings) -> list[Finding]:
    """All findings about Slack, in the order in which one would mend them."""
    return [
        *await _bot_token(settings),
        *await _transport(settings),
        *_distribution(settings),
        *await _installations(settings),
    ]


async def _bot_token(settings: Settings) -> list[Finding]:
    if settings.slack_bot_token is None:
        if settings.is_distributed_on_slack:
            return []
        to_do = "Copy it from OAuth & Permissions > Bot User OAuth Token into SLACK_BOT_TOKEN."
        return [Finding(Level.WRONG, "Slack credentials are set, but no bot token (xoxb-…).", to_do)]
    token = settings.slack_bot_token.get_secret_value()
    if not token.startswith(_BOT_TOKENS):
        to_do = "Use the Bot User OAuth Token, which begins with xoxb-."
        return [Finding(Level.WRONG, "SLACK_BOT_TOKEN is no bot token.", to_do)]
    said = await identity_of(_client(settings, token))
    if isinstance(said, Installed):
        return [Finding(Level.FINE, f"Slack knows the bot in the workspace {said.name}."), *_scopes(said)]
    if said in _DEAD:
        return [Finding(Level.WRONG, f"Slack does not take SLACK_BOT_TOKEN ({said}).", _DEAD[said])]
    return [Finding(Level.WRONG, f"Slack cannot be asked about SLACK_BOT_TOKEN ({said}).", _NETWORK)]


_DEAD: Final = {
    "invalid_auth": "Copy it again from OAuth & Permissions > Bot User OAuth Token.",
    "not_authed": "Copy it again from OAuth & Permissions > Bot User OAuth Token.",
    "account_inactive": "The app was removed from the workspace: Install App > Install to Workspace.",
    "token_revoked": "Install the app again: Install App > Reinstall to Workspace, and copy the new token.",
    "token_expired": "Turn token rotation off, or let people install the app (SLACK_CLIENT_ID).",
}


def _scopes(installed: Installed) -> list[Finding]:
    """What the token may do, against what is needed, as Slack told with its answer."""
    granted = set(installed.scopes)
    if not granted:
        return [
            Finding(Level.LOOK, "Slack did not say what the token may do.", "Compare the scopes by hand.")
        ]
    reinstall = "Add them under OAuth & Permissions > Scopes, then Install App > Reinstall to Workspace."
    missing = [f"{scope} ({SCOPES[scope]})" for scope in SCOPES if scope not in granted]
    optional = [f"{scope} ({why})" for scope, why in OPTIONAL_SCOPES.items() if scope not in granted]
    extra = sorted(granted - {*SCOPES, *OPTIONAL_SCOPES})
    findings = []
    if missing:
        findings.append(Finding(Level.WRONG, f"The bot token lacks: {', '.join(missing)}.", reinstall))
    if optional:
        findings.append(
            Finding(Level.LOOK, f"The bot token could also have: {', '.join(optional)}.", reinstall)
        )
    if extra:
        to_do = "They do nothing here; take them away under OAuth & Permissions > Scopes."
        findings.append(
            Finding(Level.LOOK, f"The bot token may more than is needed: {', '.join(extra)}.", to_do)
        )
    return findings or [Finding(Level.FINE, "The bot token has the scopes that are needed.")]


async def _transport(settings: Settings) -> list[Finding]:
    if settings.slack_app_token is not None:
        return [await _app_token(settings, settings.slack_app_token.get_secret_value())]
    if settings.slack_signing_secret is None:
        to_do = (
            "For Socket Mode set SLACK_APP_TOKEN (Basic Information > App-Level Tokens); for HTTP set "
            "SLACK_SIGNING_SECRET (Basic Information > App Credentials)."
        )
        return [Finding(Level.WRONG, "Slack can be written to, but not heard.", to_do)]
    address = (settings.public_url or "https://YOUR-ADDRESS").rstrip("/")
    what = f"Slack is heard over HTTP, at {address}{EVENTS_PATH}."
    if settings.public_url is None or not settings.public_url.startswith("https://"):
        to_do = "Slack calls https addresses only: set PUBLIC_URL to yours, and put TLS before this port."
        return [Finding(Level.LOOK, what, to_do)]
    return [Finding(Level.FINE, what)]


async def _app_token(settings: Settings, token: str) -> Finding:
    to_do = (
        "Make one with the scope connections:write under Basic Information > App-Level Tokens, and turn on "
        "Settings > Socket Mode."
    )
    if not token.startswith(_APP_TOKEN):
        return Finding(Level.WRONG, "SLACK_APP_TOKEN is no app-level token (xapp-…).", to_do)
    try:
        await _client(settings, None).apps_connections_open(app_token=token)
    except SlackApiError as error:
        code = str(error.response.get("error"))
        return Finding(Level.WRONG, f"Slack does not take SLACK_APP_TOKEN ({code}).", to_do)
    except Exception as error:  # noqa: BLE001 - the network breaks in many ways, and each means the same
        return Finding(
            Level.WRONG, f"Slack cannot be asked for a connection ({type(error).__name__}).", _NETWORK
        )
    return Finding(Level.FINE, f"Slack is heard over Socket Mode, {settings.slack_connections} connections.")


def _distribution(settings: Settings) -> list[Finding]:
    halves = (settings.slack_client_id is None, settings.slack_client_secret is None)
    if all(halves):
        return []
    if any(halves):
        to_do = "Set both from Basic Information > App Credentials, or neither."
        return [Finding(Level.WRONG, "Of SLACK_CLIENT_ID and SLACK_CLIENT_SECRET one is missing.", to_do)]
    try:
        distribution = distribution_of(settings)
    except SettingsFault as fault:
        return [Finding(Level.WRONG, "People could not come back from installing the app.", str(fault))]
    address = "" if distribution is None else distribution.address.rstrip("/")
    return [Finding(Level.FINE, f"Workspaces install the app at {address}/slack/install.")]


async def _installations(settings: Settings) -> list[Finding]:
    """What workspaces that installed the app have granted. Without a database there are none."""
    if not settings.is_distributed_on_slack:
        return []
    try:
        installed = await _installed(settings)
    except InkthreadError:
        return []  # the database has a finding of its own
    lost = sum(not one.token for one in installed)
    needed = {one.name or one.key: set(SCOPES) - set(one.scopes) for one in installed}
    lacking = {name: missing for name, missing in needed.items() if missing}
    again = "They install the app again at /slack/install, which takes nothing away."
    findings = [
        Finding(Level.LOOK, f"The app in {name} lacks: {', '.join(sorted(missing))}.", again)
        for name, missing in sorted(lacking.items())[:MOST_NAMED]
    ]
    if len(lacking) > MOST_NAMED:
        more = len(lacking) - MOST_NAMED
        findings.append(Finding(Level.LOOK, f"So does the app in {more} other workspaces.", again))
    if lost:
        to_do = "Put the former key behind the new one in ENCRYPTION_KEY, or let them install the app again."
        findings.append(Finding(Level.WRONG, f"ENCRYPTION_KEY does not open the tokens of {lost}.", to_do))
    return findings or [Finding(Level.FINE, f"Workspaces that have the app: {len(installed)}.")]


async def _installed(settings: Settings) -> list[Installed]:
    file = settings.sqlite_file
    if settings.is_sqlite and file is not None and not file.exists():
        return []
    database = open_database(settings.database_url, SystemClock())
    try:
        await check_schema(database)
        seal = Seal(settings.encryption_keys(), purpose="slack")
        return await InstallationStore(transactions_of(database), seal).everywhere()
    finally:
        await database.close()


def _client(settings: Settings, token: str | None) -> AsyncWebClient:
    client = sdk_client(settings.slack_api_url, token=token)
    client.timeout = 10
    return client
