"""Discord's REST API, one call at a time: the token, the limits, and what came back as a value.

Owns the connection to Discord and what is repeated: reads, changes and deletions once more when nobody
answered, and a post only if it carries a nonce, by which Discord knows the second as the first. discord.py's
own layer repeats every post on a 5xx, follow-ups too, does not repeat on a reset, waits in real seconds and
has one address for the whole process (2.7.1); ADR 27 says more. Must never learn what a call is for.
"""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import aiohttp

from adapters.discord.errors import (
    DEAD_BOT,
    NO_ANSWER,
    NOT_CONNECTED,
    OLD_EDITS,
    RATE_LIMITED,
    Trouble,
)
from adapters.platforms.monotonic import MonotonicTime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.discord.limiter import Limiter
    from core.app.ports import Clock

Json = dict[str, Any]

API_URL: Final = "https://discord.com/api/v10"
USER_AGENT: Final = f"DiscordBot (inkthread, {version('inkthread')})"
"""The form that Discord asks of a client's name (2026-08)."""

TIMEOUT: Final = aiohttp.ClientTimeout(total=15, connect=8)
SHORT_TIMEOUT: Final = aiohttp.ClientTimeout(total=10, connect=3)
UPLOAD_TIMEOUT: Final = aiohttp.ClientTimeout(total=40, connect=8)
MAX_TRIES: Final = 3
MAX_WAIT_S: Final = 20.0
"""How long a call waits for room in all: with its own time it stays below the 60 s that a sender has."""

REFUSED_S: Final = 60.0
"""How long a token that Discord did not take is kept from it."""

LONGEST_BACKOFF_S: Final = 600.0
_AGAIN_S: Final = 0.5
_OLD_EDITS_S: Final = 60.0
_CLOUDFLARE_S: Final = 60.0
_OK: Final = range(200, 300)
_UNAUTHORIZED: Final = 401
_TOO_MANY: Final = 429
_BY_OTHERS_TOO: Final = frozenset({413, _TOO_MANY})
"""What others may refuse in Discord's place: too large a request, or any from this address."""

_NOT_DISCORD: Final = Trouble(NO_ANSWER, detail="something that is not Discord has answered")
_ONCE_ANYHOW: Final = frozenset(
    {"/users/@me/channels", "/channels/{channel_id}/messages/{message_id}/threads"}
)
"""Posts whose second says that the first was done."""

_MAJOR: Final = ("channel_id", "webhook_token", "guild_id")


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path; `ids` fill its names. A token in it is never shown."""

    method: str
    path: str
    ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_hook(self) -> bool:
        """Whether an interaction's token is in it: then the bot's is not sent, nor do its limits count."""
        return self.path.startswith("/webhooks/")

    @property
    def key(self) -> str:
        """Its bucket: the route, and what Discord counts apart."""
        return f"{self.method} {self.path} {'+'.join(self.ids.get(name, '') for name in _MAJOR)}"

    @property
    def address(self) -> str:
        """Its path with the ids filled in."""
        return self.path.format_map({name: quote(one, safe="@") for name, one in self.ids.items()})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along; the names are ours."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of Discord."""

    route: Route
    body: Json | None = None
    files: Sequence[Upload] = ()
    may_wait: bool = True

    @property
    def timeout(self) -> aiohttp.ClientTimeout:
        """How long its own time is."""
        if not self.may_wait:
            return SHORT_TIMEOUT
        return UPLOAD_TIMEOUT if self.files else TIMEOUT

    @property
    def is_repeatable(self) -> bool:
        """Whether asking twice does it once."""
        if self.route.method != "POST" or self.route.path in _ONCE_ANYHOW:
            return True
        return bool((self.body or {}).get("enforce_nonce"))


class Rest:
    """Calls Discord with the bot's token. `session` is shared by all calls and closed by its owner."""

    def __init__(
        self,
        token: str,
        limiter: Limiter,
        *,
        session: aiohttp.ClientSession,
        clock: Clock,
        base_url: str = API_URL,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.session = session
        self._token = token
        self._limiter = limiter
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._refused_until_s = 0.0

    async def ask(
        self,
        route: Route,
        body: Json | None = None,
        *,
        files: Sequence[Upload] = (),
        may_wait: bool = True,
    ) -> Any:  # noqa: ANN401 - JSON of any form, or a Trouble
        """Make a call as soon as there is room for it. Whatever Discord does comes back as a value.

        Without `may_wait` it is made now or not at all.
        """
        call = Call(route, body, files, may_wait)
        answer = await self._in_line(call)
        if not isinstance(answer, Trouble) or not may_wait:
            return answer
        if answer.code == NOT_CONNECTED or (answer.may_have_worked and call.is_repeatable):
            await self._clock.sleep(_AGAIN_S)
            answer = await self._in_line(call)
        return answer

    async def _in_line(self, call: Call) -> Any:  # noqa: ANN401 - as `ask`
        route, trouble = call.route, Trouble(RATE_LIMITED)
        end_s = self._now_s() + (MAX_WAIT_S if call.may_wait else 0.0)
        for _ in range(MAX_TRIES):
            if not route.is_hook and (refused_s := self._refused_until_s - self._now_s()) > 0:
                return _token_refused(refused_s)
            async with AsyncExitStack() as first:
                if (learning := self._limiter.learning(route.key)) is not None:
                    if learning.locked() and not call.may_wait:
                        break
                    # Who learns may meet an outage, and take as long as a call may: no line waits for that.
                    try:
                        async with asyncio.timeout(max(0.0, end_s - self._now_s())):
                            await first.enter_async_context(learning)
                    except TimeoutError:
                        break
                wait_s = await self._limiter.admit(
                    route.key, at_most_s=end_s - self._now_s(), is_global=not route.is_hook
                )
                if wait_s is not None:
                    return Trouble(RATE_LIMITED, retry_after_s=wait_s)
                answer = await self._once(call)
            if not isinstance(answer, Trouble) or answer.code != RATE_LIMITED or not call.may_wait:
                return answer
            trouble = answer
        return trouble

    async def _once(self, call: Call) -> Any:  # noqa: ANN401 - as `ask`
        route = call.route
        headers = {"User-Agent": USER_AGENT}
        if not route.is_hook:
            headers["Authorization"] = f"Bot {self._token}"
        try:
            async with self.session.request(
                route.method,
                self.base_url + route.address,
                params=route.query,
                headers=headers,
                timeout=call.timeout,
                # Discord's API has none; followed, one would take words and tokens to somebody else.
                allow_redirects=False,
                **_content(call),
            ) as response:
                text = await response.text(encoding="utf-8", errors="replace")
                return self._read(route, response, text)
        except aiohttp.ClientConnectorError as error:
            return Trouble(NOT_CONNECTED, detail=type(error).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Trouble(NO_ANSWER, detail=type(error).__name__)

    def _read(self, route: Route, response: aiohttp.ClientResponse, text: str) -> Any:  # noqa: ANN401 - as `ask`
        answer = _json(text)
        if response.status in _OK:
            self._limiter.learn(route.key, response.headers)
            return _NOT_DISCORD if answer is None and text else answer
        if not isinstance(answer, dict) and response.status not in _BY_OTHERS_TOO:
            # Discord explains every refusal. A page is a proxy's, or of what stands before Discord.
            return _NOT_DISCORD
        told: Json = answer if isinstance(answer, dict) else {}
        code = told.get("code")
        trouble = Trouble(code if isinstance(code, int) else 0, response.status, detail=_explained(told))
        if response.status == _TOO_MANY:
            return self._no_room(route, response, told, trouble)
        self._limiter.learn(route.key, response.headers)
        if response.status == _UNAUTHORIZED and not route.is_hook:
            # Each 401 counts towards Discord's ban of the address (10,000 in ten minutes).
            self._refused_until_s = self._now_s() + REFUSED_S
            return _token_refused(REFUSED_S)
        return trouble

    def _no_room(
        self, route: Route, response: aiohttp.ClientResponse, told: Json, trouble: Trouble
    ) -> Trouble:
        if trouble.code == OLD_EDITS:
            # An hour's allowance is used up: what the answer says of a moment is its bucket's.
            wait_s = max(_OLD_EDITS_S, _seconds(told, response.headers, _OLD_EDITS_S))
            return Trouble(OLD_EDITS, _TOO_MANY, wait_s)
        wait_s = _seconds(told, response.headers, _CLOUDFLARE_S if not told else 1.0)
        if told:
            self._limiter.pause(route.key, wait_s, is_global=bool(told.get("global")))
        else:
            # Without Discord's own words it is Cloudflare that refuses, and everything.
            self._limiter.pause_all(wait_s)
        return Trouble(RATE_LIMITED, _TOO_MANY, wait_s)


def _token_refused(wait_s: float) -> Trouble:
    return Trouble(DEAD_BOT, _UNAUTHORIZED, wait_s, "the bot's token is not valid")


def _content(call: Call) -> Json:
    if not call.files:
        return {} if call.body is None else {"json": call.body}
    # The brackets of `files[0]` must not be escaped (Discord, 2026-08).
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(call.body or {}))
    for number, file in enumerate(call.files):
        form.add_field(
            f"files[{number}]",
            io.BytesIO(file.content),
            filename=file.name,
            content_type="application/octet-stream",
        )
    return {"data": form}


def _json(text: str) -> Any:  # noqa: ANN401 - whatever Discord sent
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _seconds(told: Json, headers: Mapping[str, str], otherwise: float) -> float:
    for value in (told.get("retry_after"), headers.get("Retry-After")):
        try:
            return min(LONGEST_BACKOFF_S, max(0.05, float(value)))  # type: ignore[arg-type]  # None is caught
        except (TypeError, ValueError):
            continue
    return otherwise


def _explained(told: Json) -> str:
    """Discord's own words on what is wrong: the sentence, and which fields of a form it is about."""
    message = str(told.get("message", ""))
    errors = told.get("errors")
    return f"{message} {json.dumps(errors)}"[:400] if errors else message[:400]
