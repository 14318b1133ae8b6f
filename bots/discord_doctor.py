"""Discord's part of `inkthread doctor`: the token, the intent, the commands, and the link to install the bot.

Owns those checks and what to do about each finding. It asks Discord and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import aiohttp

from adapters.discord.beginnings import SPARED
from adapters.discord.commands import payload
from adapters.discord.errors import DEAD_BOT, Trouble
from adapters.discord.http_interactions import PATH
from adapters.discord.limiter import Limiter
from adapters.discord.registering import missing_commands
from adapters.discord.rest import Rest, Route
from adapters.platforms.proxies import proxy_for
from adapters.system import SystemClock
from bots.findings import Finding, Level

if TYPE_CHECKING:
    from bots.settings import Settings

PERMISSIONS: Final = 309_237_763_072
"""View Channels, Send Messages, Embed Links, Attach Files, Read Message History, Create Public Threads and
Send Messages in Threads: all that is needed, and no more."""

CONTENT: Final = (1 << 18) | (1 << 19)
"""Flags of an application that may read all messages: reviewed, or as a small one (Discord, 2026-08)."""

PORTAL: Final = "https://discord.com/developers/applications"
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10)


async def examine(settings: Settings) -> list[Finding]:
    """All findings about Discord, in the order in which one would mend them."""
    if settings.discord_token is None:
        return []
    clock = SystemClock()
    proxy = proxy_for(settings.discord_api_url)
    async with aiohttp.ClientSession(timeout=_TIMEOUT, proxy=proxy) as session:
        token = settings.discord_token.get_secret_value()
        rest = Rest(token, Limiter(clock), session=session, clock=clock, base_url=settings.discord_api_url)
        told = await rest.ask(Route("GET", "/applications/@me"))
        if isinstance(told, Trouble):
            return [_unknown(told, settings)]
        application = str(told.get("id"))
        return [
            Finding(Level.FINE, f"Discord knows the application {told.get('name')}."),
            _intent(int(told.get("flags") or 0), settings),
            await _commands(rest, application),
            *await _sessions(rest),
            *_http(told, settings),
            Finding(Level.FINE, f"The bot is added to a server at {install_link(application)}"),
        ]


def install_link(application: str) -> str:
    """Where somebody who manages a server adds the bot, with the rights that it needs and no others."""
    scopes = "bot applications.commands"
    wanted = {"client_id": application, "scope": scopes, "permissions": str(PERMISSIONS)}
    return f"https://discord.com/oauth2/authorize?{urlencode(wanted)}"


def _unknown(trouble: Trouble, settings: Settings) -> Finding:
    if trouble.code == DEAD_BOT:
        to_do = (
            "If it worked before, Discord may err: `inkthread serve` tries again by itself, at the latest "
            f"after ten minutes. Otherwise make a new one at {PORTAL}, your application > Bot > Reset Token, "
            "and start again with it."
        )
        return Finding(Level.WRONG, "Discord does not take DISCORD_TOKEN.", to_do)
    what = f"Discord cannot be asked about DISCORD_TOKEN ({trouble.code})."
    where = "" if settings.discord_api_url.startswith("https://discord.com") else " and DISCORD_API_URL"
    return Finding(Level.WRONG, what, f"Check the network of this machine{where}.")


def _intent(flags: int, settings: Settings) -> Finding:
    has_it = bool(flags & CONTENT)
    if not settings.discord_message_content:
        told = "DISCORD_MESSAGE_CONTENT is off: people answer with a ping, a mention or a button."
        return Finding(Level.FINE, told)
    if has_it:
        return Finding(Level.FINE, "The bot may read replies (Message Content Intent).")
    to_do = (
        f"Turn it on at {PORTAL}, your application > Bot > Privileged Gateway Intents > Message Content "
        "Intent; or set DISCORD_MESSAGE_CONTENT=false."
    )
    return Finding(Level.LOOK, "The bot may not read plain replies (no Message Content Intent).", to_do)


async def _commands(rest: Rest, application: str) -> Finding:
    missing = await missing_commands(rest, application)
    to_do = "`inkthread serve` tells Discord when it starts."
    if isinstance(missing, Trouble):
        return Finding(Level.LOOK, f"Discord does not say which commands it has ({missing.code}).", to_do)
    if missing:
        return Finding(
            Level.LOOK, f"Discord does not have these commands as they are: {', '.join(missing)}.", to_do
        )
    return Finding(Level.FINE, f"Discord has our {len(payload())} commands.")


async def _sessions(rest: Rest) -> list[Finding]:
    """Whether Discord lets the gateway connect: it counts beginnings by the day."""
    told = await rest.ask(Route("GET", "/gateway/bot"))
    limits = {} if isinstance(told, Trouble) else told.get("session_start_limit") or {}
    left = int(limits.get("remaining", SPARED + 1))
    if left > SPARED:
        return []
    minutes = int(limits.get("reset_after") or 0) // 60_000 + 1
    to_do = (
        f"Something ended each connection soon after it began: look for `discord_not_connected` in the log. "
        f"`inkthread serve` connects again by itself, in {minutes} minutes at the latest."
    )
    return [Finding(Level.LOOK, f"Discord allows {left} more connections today.", to_do)]


def _http(told: dict[str, Any], settings: Settings) -> list[Finding]:
    """Whether interactions come where they are expected: over the gateway or over HTTP."""
    address = str(told.get("interactions_endpoint_url") or "")
    key = settings.discord_public_key
    if key is None and not address:
        return [Finding(Level.FINE, "Commands come over the gateway.")]
    ours = f"{(settings.public_url or 'https://YOUR-ADDRESS').rstrip('/')}{PATH}"
    where = f"{PORTAL}, your application > General Information > Interactions Endpoint URL"
    if key is None:
        to_do = f"Empty the field at {where}; or set DISCORD_PUBLIC_KEY, and the field to {ours}."
        return [Finding(Level.WRONG, f"Discord sends commands to {address}, where nobody listens.", to_do)]
    if told.get("verify_key") not in (None, key.lower()):
        to_do = f"Copy it from {PORTAL}, your application > General Information > Public Key."
        return [Finding(Level.WRONG, "DISCORD_PUBLIC_KEY is another application's.", to_do)]
    if address != ours:
        return [
            Finding(Level.LOOK, f"Commands come to {address or 'the gateway'}.", f"Set {where} to {ours}.")
        ]
    return [Finding(Level.FINE, f"Commands come over HTTP, to {address}.")]
