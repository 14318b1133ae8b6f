"""Slack's Web API, one call at a time: the token, the limits, and what came back as a value.

Owns the SDK's client and what is repeated. A read is asked once more when nobody answered; anything that
writes is repeated only where Slack said that it was not carried out (429). Arguments travel in the body,
never in an address, because they hold what people wrote (the SDK's own methods for files put them there).
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.platforms.monotonic import MonotonicTime
from adapters.platforms.proxies import proxy_for
from adapters.slack.errors import DEAD_TOKENS, NO_ANSWER, NO_TOKEN, NOT_CONNECTED, RATE_LIMITED, Trouble
from adapters.slack.limiter import Urgency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.slack.limiter import Limiter
    from core.app.ports import Clock
    from core.domain.ids import WorkspaceId

Json = dict[str, Any]

API_URL: Final = "https://slack.com/api/"
TIMEOUT: Final = aiohttp.ClientTimeout(total=20, connect=8)
MAX_TRIES: Final = 3
"""How often a call that Slack had no room for is made before the core is told to come back later."""

MAX_WAIT_S: Final = 20.0
"""How long a call waits for room in all: with its own time it stays below the 60 s that a sender has."""

_AGAIN_S: Final = 0.5
_SERVER_ERRORS: Final = 500
_TOO_MANY: Final = 429
_JSON_METHODS: Final = (
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.delete",
    "views.",
    "assistant.",
    "agents.",
    "conversations.open",
    "conversations.join",
)
"""Methods that take JSON. The others take forms only (Slack, 2026-11)."""


class Tokens(Protocol):
    """Where a workspace's bot token comes from."""

    async def token(self, workspace: WorkspaceId) -> str | None:
        """The token, or None where the app is not installed (any more)."""
        ...

    async def refused(self, workspace: WorkspaceId, token: str, code: str) -> bool:
        """Slack does not take that token any more, for that reason; whether there is another one."""
        ...


class SlackApi:
    """Calls Slack for any workspace. `session` is shared by all calls and closed by its owner."""

    def __init__(
        self,
        tokens: Tokens,
        limiter: Limiter,
        *,
        session: aiohttp.ClientSession,
        clock: Clock,
        base_url: str = API_URL,
    ) -> None:
        self.base_url = base_url
        self.session = session
        self._tokens = tokens
        self._limiter = limiter
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._clients: dict[WorkspaceId, AsyncWebClient] = {}

    async def token(self, workspace: WorkspaceId) -> str | None:
        """The workspace's bot token, for what is fetched beside the Web API."""
        return await self._tokens.token(workspace)

    async def read(self, workspace: WorkspaceId, method: str, **arguments: object) -> Json | Trouble:
        """Ask for something that changes nothing; once more when nobody answered."""
        answer = await self.call(workspace, method, arguments)
        if isinstance(answer, Trouble) and answer.code in {NO_ANSWER, NOT_CONNECTED}:
            await self._clock.sleep(_AGAIN_S)
            return await self.call(workspace, method, arguments)
        return answer

    async def call(
        self,
        workspace: WorkspaceId,
        method: str,
        arguments: Mapping[str, object],
        *,
        urgency: Urgency = Urgency.RESULT,
    ) -> Json | Trouble:
        """Make a call as soon as there is room for it. Whatever Slack does comes back as a value."""
        channel = str(arguments.get("channel", ""))
        trouble = Trouble(RATE_LIMITED)
        end_s = self._now_s() + MAX_WAIT_S
        for _ in range(MAX_TRIES):
            wait_s = await self._limiter.admit(
                workspace, method, channel=channel, urgency=urgency, at_most_s=end_s - self._now_s()
            )
            if wait_s is not None:
                return Trouble(RATE_LIMITED, wait_s)
            answer = await self._once(workspace, method, arguments)
            self._limiter.answered(workspace, method, channel=channel)
            if not isinstance(answer, Trouble) or answer.code != RATE_LIMITED:
                return answer
            trouble = answer
            self._limiter.pause(workspace, method, channel=channel, seconds=answer.retry_after_s)
            if urgency is Urgency.PROGRESS:
                break
        return trouble

    async def respond(self, address: str, message: Mapping[str, object]) -> int | Trouble:
        """Tell one person alone, by the address that came with what they did; the status of the answer.

        It needs no token, and works where we may not post at all. Best effort: nothing is repeated.
        """
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        try:
            async with self.session.post(address, json=body, allow_redirects=False) as response:
                return response.status
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Trouble(NO_ANSWER, detail=type(error).__name__)

    async def _once(
        self, workspace: WorkspaceId, method: str, arguments: Mapping[str, object]
    ) -> Json | Trouble:
        client = await self._client(workspace)
        if client is None:
            return Trouble(NO_TOKEN)
        try:
            answer = await client.api_call(method, **_body(method, arguments))
        except SlackApiError as error:
            trouble = _trouble(error)
            if trouble.code in DEAD_TOKENS:
                self._clients.pop(workspace, None)
                if await self._tokens.refused(workspace, client.token or "", trouble.code):
                    return await self._once(workspace, method, arguments)
            return trouble
        except aiohttp.ClientConnectorError as error:
            return Trouble(NOT_CONNECTED, detail=type(error).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            return Trouble(NO_ANSWER, detail=type(error).__name__)
        return answer.data if isinstance(answer.data, dict) else Trouble(NO_ANSWER, detail="no JSON")

    async def _client(self, workspace: WorkspaceId) -> AsyncWebClient | None:
        token = await self._tokens.token(workspace)
        if token is None:
            self._clients.pop(workspace, None)
            return None
        known = self._clients.get(workspace)
        if known is None or known.token != token:
            known = self._clients[workspace] = sdk_client(
                self.base_url, token=token, session=self.session, logger=_silent()
            )
        return known


def sdk_client(
    base_url: str,
    *,
    token: str | None = None,
    session: aiohttp.ClientSession | None = None,
    logger: logging.Logger | None = None,
) -> AsyncWebClient:
    """The SDK's client, which repeats nothing by itself.

    It would take its proxy from HTTPS_PROXY whatever NO_PROXY says (slack-sdk 3.47).
    """
    client = AsyncWebClient(token, base_url, session=session, retry_handlers=[], logger=logger)
    client.proxy = proxy_for(base_url)
    return client


def _silent() -> logging.Logger:
    """A logger for the SDK, which at DEBUG writes down whole requests: prompts, and who asked."""
    logger = logging.getLogger("inkthread.slack_sdk")
    logger.setLevel(logging.WARNING)
    return logger


def _body(method: str, arguments: Mapping[str, object]) -> Json:
    given = {name: value for name, value in arguments.items() if value is not None}
    if method.startswith(_JSON_METHODS):
        return {"json": given}
    return {"data": {name: _as_field(value) for name, value in given.items()}}


def _as_field(value: object) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return json.dumps(value)


def _trouble(error: SlackApiError) -> Trouble:
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    answer: Json = data if isinstance(data, dict) else {}
    code = str(answer.get("error") or "")
    if status == _TOO_MANY or code == RATE_LIMITED:
        return Trouble(RATE_LIMITED, _retry_after_s(getattr(response, "headers", {})))
    if not code or status >= _SERVER_ERRORS:
        return Trouble(
            code if code in {"internal_error", "fatal_error"} else NO_ANSWER, detail=f"HTTP {status}"
        )
    return Trouble(code, detail=_explained(answer))


def _retry_after_s(headers: Mapping[str, str]) -> float:
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return min(float(given), 600.0) if given.replace(".", "", 1).isdigit() else 5.0


def _explained(answer: Json) -> str:
    """Slack's own words on what is wrong: complaints about blocks, and the scope that is missing."""
    complaints = answer.get("errors") or answer.get("response_metadata", {}).get("messages") or []
    parts = [str(one) for one in complaints if isinstance(one, str)]
    if answer.get("needed"):
        parts.append(f"needed: {answer['needed']}")
    return "; ".join(parts)[:500]
