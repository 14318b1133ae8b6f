"""The HTTP side: finds the route, applies bans, limits and faults, asks the schema, and writes the answer.

Owns the table of routes and what every answer carries. An unknown route is a violation, never a silent 404.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.discord_server import commands, rest_app, rest_channels, rest_messages, webhooks
from tests.fakes.discord_server.asks import READ_AT_MOST, Call, read_body
from tests.fakes.discord_server.core import Violation
from tests.fakes.discord_server.message_payloads import digest
from tests.fakes.discord_server.refusals import Refused, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.discord_server.bits import Wire
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.faults import Fault, Faults
    from tests.fakes.discord_server.limits import Limits, Verdict
    from tests.fakes.discord_server.schema import Schema
    from tests.fakes.discord_server.world import File

    Carry = Callable[[Discord, Call], Any]

API = "/api/v10"
CHANNEL = "/channels/{channel_id}"
MESSAGE = CHANNEL + "/messages/{message_id}"
TOKEN = "/webhooks/{webhook_id}/{webhook_token}"
APP = "/applications/{application_id}"
IN_GUILD = APP + "/guilds/{guild_id}"
ROUTES: list[tuple[str, str, Carry]] = [
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", webhooks.callback),
    ("POST", TOKEN, webhooks.follow_up),
    ("GET", TOKEN + "/messages/{message_id}", webhooks.show),
    ("PATCH", TOKEN + "/messages/{message_id}", webhooks.change),
    ("DELETE", TOKEN + "/messages/{message_id}", webhooks.remove),
    ("GET", CHANNEL + "/messages", rest_messages.many),
    ("POST", CHANNEL + "/messages", rest_messages.send),
    ("GET", MESSAGE, rest_messages.one),
    ("PATCH", MESSAGE, rest_messages.change),
    ("DELETE", MESSAGE, rest_messages.remove),
    ("PUT", MESSAGE + "/reactions/{emoji_name}/@me", rest_messages.react),
    ("DELETE", MESSAGE + "/reactions/{emoji_name}/@me", rest_messages.react),
    ("POST", CHANNEL + "/typing", rest_messages.typing),
    ("POST", MESSAGE + "/threads", rest_channels.thread_from_message),
    ("POST", CHANNEL + "/threads", rest_channels.thread_alone),
    ("GET", CHANNEL, rest_channels.one),
    ("PATCH", CHANNEL, rest_channels.change),
    ("DELETE", CHANNEL, rest_channels.remove),
    ("GET", CHANNEL + "/thread-members", rest_channels.members),
    ("PUT", CHANNEL + "/thread-members/{user_id}", rest_channels.join),
    ("DELETE", CHANNEL + "/thread-members/{user_id}", rest_channels.join),
    ("GET", "/guilds/{guild_id}/threads/active", rest_channels.active_threads),
    ("GET", "/guilds/{guild_id}", rest_app.guild),
    ("GET", "/guilds/{guild_id}/channels", rest_app.guild_channels),
    ("GET", "/guilds/{guild_id}/roles", rest_app.guild_roles),
    ("GET", "/guilds/{guild_id}/members/{user_id}", rest_app.member),
    ("GET", "/users/@me", rest_app.me),
    ("GET", "/users/@me/guilds", rest_app.my_guilds),
    ("GET", "/users/@me/channels", rest_app.my_channels),
    ("POST", "/users/@me/channels", rest_app.open_dm),
    ("GET", "/users/{user_id}", rest_app.user),
    ("GET", "/oauth2/applications/@me", rest_app.application),
    ("GET", "/applications/@me", rest_app.application),
    ("GET", APP + "/emojis", rest_app.app_emojis),
    ("POST", APP + "/emojis", rest_app.make_app_emoji),
    ("GET", "/gateway", rest_app.gateway),
    ("GET", "/gateway/bot", rest_app.gateway_bot),
    *(
        (method, home + path, carry)
        for home in (APP, IN_GUILD)
        for method, path, carry in (
            ("GET", "/commands", commands.listed),
            ("PUT", "/commands", commands.overwrite),
            ("POST", "/commands", commands.create),
            ("GET", "/commands/{command_id}", commands.one),
            ("PATCH", "/commands/{command_id}", commands.change),
            ("DELETE", "/commands/{command_id}", commands.remove),
        )
    ),
]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")


COMPILED = [(method, template, _pattern(template), carry) for method, template, carry in ROUTES]


class Rest:
    """Serves the REST routes and the CDN."""

    def __init__(
        self, discord: Discord, *, token: str, limits: Limits, faults: Faults, schema: Schema | None
    ) -> None:
        self.discord = discord
        self.limits = limits
        self.faults = faults
        self.schema = schema
        self.judges_itself = False
        """Whether this server's own answers are held to the schema too; slow, for its own tests."""
        self.token = token

    def add_to(self, application: web.Application) -> None:
        """Put the routes into an application."""
        application.router.add_route("*", API + "/{rest:.*}", self._serve)
        for folder in ("attachments", "ephemeral-attachments"):
            application.router.add_get(f"/{folder}/{{channel}}/{{file}}/{{name}}", self._file)
        application.router.add_get("/{kind:avatars|embed|icons|emojis}/{rest:.*}", self._picture)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        call, carry = self._read_call(request)
        self.discord.calls.append(call)
        try:
            return await self._judge(request, call, carry)
        except Exception as fault:
            self.discord.violations.append(Violation(call.name, f"this server broke: {fault!r}"))
            raise
        finally:
            call.took_s = time.perf_counter() - call.arrived_s
            self.discord.touch()

    def _read_call(self, request: web.Request) -> tuple[Call, Carry | None]:
        path = request.rel_url.raw_path.removeprefix(API)
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Call(
            len(self.discord.calls) + 1,
            request.method,
            path,
            path,
            headers,
            dict(request.query),
            arrived_s=time.perf_counter(),
        )
        for method, template, pattern, carry in COMPILED:
            found = pattern.match(path) if method == request.method else None
            if found is not None:
                call.route, call.params = template, found.groupdict()
                return call, carry
        return call, None

    async def _judge(self, request: web.Request, call: Call, carry: Carry | None) -> web.StreamResponse:
        if self.limits.is_banned:
            return self._answer(call, 429, _cloudflare(), {})
        fault = self.faults.next(call.name)
        if fault is not None and fault.name == "reset":
            return await self._reset_midway(request, call)
        verdict = self.limits.judge(call)
        try:
            await read_body(request, call, self.discord.switches.request_limit)
            early = await self._stop_early(call, fault, verdict)
            if early is not None:
                return early
            status, body = self._carry_out(call, carry)
        except Refused as refused:
            return self._refused(call, refused, verdict)
        if fault is not None and fault.name == "reset_after":
            return self._cut(request, call)
        if self.judges_itself and self.schema is not None and body is not None:
            self._judge_itself(call, body)
        return self._answer(call, status, body, verdict.headers)

    async def _stop_early(self, call: Call, fault: Fault | None, verdict: Verdict) -> web.Response | None:
        """What is answered before the route is even looked at."""
        if verdict.retry_after_s is not None:
            return self._limited(call, verdict.retry_after_s, verdict.scope, verdict.headers)
        answer = None if fault is None else await self._fault(call, fault, verdict)
        if answer is None:
            self._authorise(call)
        return answer

    def _carry_out(self, call: Call, carry: Carry | None) -> tuple[int, Any]:
        if carry is None:
            self.discord.violations.append(Violation(call.name, "this server has no such route"))
            return 404, {"message": "404: Not Found", "code": 0}
        self._check_schema(call)
        body = carry(self.discord, call)
        if body is None:
            return 204, None
        return (201 if call.route.endswith("/threads") else 200), body

    def _check_schema(self, call: Call) -> None:
        if self.schema is None or call.method not in {"POST", "PUT", "PATCH"} or call.body is None:
            return
        wrong = self.schema.judge(call.method, _described(call), call.body)
        if wrong is not None:
            self.discord.violations.append(Violation(call.name, wrong))
            raise Refused(50035, errors=tree("schema", "SCHEMA", wrong))

    def _judge_itself(self, call: Call, body: Wire) -> None:
        assert self.schema is not None
        wrong = self.schema.judge_answer(call.method, _described(call), body)
        if wrong is not None:
            self.discord.violations.append(Violation(call.name, f"this server answered wrongly: {wrong}"))

    def _authorise(self, call: Call) -> None:
        if call.route.startswith(("/interactions/", "/webhooks/")):
            return
        if call.headers.get("authorization") != f"Bot {self.token}":
            raise Refused(0)

    async def _fault(self, call: Call, fault: Fault, verdict: Verdict) -> web.Response | None:
        if fault.code is not None:
            raise Refused(fault.code)
        if fault.name.startswith("429-bare"):
            return self._answer(call, 429, _cloudflare(), {})
        if fault.name.startswith("429"):
            scope = fault.name.partition("-")[2] or "user"
            return self._limited(call, fault.seconds, scope, verdict.headers)
        if fault.name.isdigit():
            return self._answer(call, int(fault.name), f"<html>{fault.name}</html>", verdict.headers)
        if fault.name == "hang":
            await asyncio.Event().wait()
        if fault.name == "slow":
            await asyncio.sleep(fault.seconds)
        return None

    def _limited(self, call: Call, wait_s: float, scope: str, headers: dict[str, str]) -> web.Response:
        body = {"message": "You are being rate limited.", "retry_after": wait_s, "global": scope == "global"}
        told = headers | {"X-RateLimit-Scope": scope, "Retry-After": f"{wait_s:.3f}", "Via": "1.1 google"}
        self.limits.count_invalid(429, scope)
        return self._answer(call, 429, body, told)

    def _refused(self, call: Call, refused: Refused, verdict: Verdict) -> web.Response:
        call.code = refused.code
        self.limits.count_invalid(refused.status)
        body = refused.as_json()
        if refused.status == 429:
            body |= {"retry_after": 0.05, "global": False}
        return self._answer(call, refused.status, body, verdict.headers)

    def _answer(self, call: Call, status: int, body: Wire, headers: dict[str, str]) -> web.Response:
        call.status = status
        told = headers if isinstance(body, str) and status == 429 else headers | {"Via": "1.1 google"}
        if body is None:
            return web.Response(status=status, headers=told)
        if isinstance(body, str):
            return web.Response(text=body, status=status, headers=told, content_type="text/html")
        # Exactly `application/json`: with a charset behind it the library takes the body for text.
        raw = json.dumps(body).encode()
        return web.Response(body=raw, status=status, headers=told | {"Content-Type": "application/json"})

    async def _reset_midway(self, request: web.Request, call: Call) -> web.Response:
        await request.content.read(1024)
        return self._cut(request, call)

    def _cut(self, request: web.Request, call: Call) -> web.Response:
        call.status = -1
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _file(self, request: web.Request) -> web.Response:
        file = self.discord.world.files.get(int(request.match_info["file"]))
        if file is None or not self._is_valid(request, file):
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.content, content_type=file.content_type)

    def _is_valid(self, request: web.Request, file: File) -> bool:
        """Signed, and not ended."""
        try:
            ends = int(request.query.get("ex", ""), 16)
        except ValueError:
            return False
        is_signed = request.query.get("hm") == digest(file, ends)
        return is_signed and ends > self.discord.now().timestamp()

    async def _picture(self, request: web.Request) -> web.Response:
        del request
        return web.Response(body=b"\x89PNG\r\n\x1a\n", content_type="image/png")


def _described(call: Call) -> str:
    """The route as the schema names it, which tells @original and @me apart."""
    route = call.route
    for name, value in (("message_id", "@original"), ("user_id", "@me")):
        if call.params.get(name) == value:
            route = route.replace(f"{{{name}}}", value)
    return route


def _cloudflare() -> str:
    return "<html><title>Access denied</title>error code: 1015</html>"


def application() -> web.Application:
    """An empty application that reads large bodies."""
    return web.Application(client_max_size=READ_AT_MOST)
