"""The web application: methods, uploads, downloads, `response_url`s, sockets; and the record of calls."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.slack_server.asks import Ask, read_ask
from tests.fakes.slack_server.chat import respond
from tests.fakes.slack_server.downloads import serve_download
from tests.fakes.slack_server.methods import APP_METHODS, METHODS, answer
from tests.fakes.slack_server.posting import catch_up
from tests.fakes.slack_server.refusals import Refused
from tests.fakes.slack_server.uploads import receive

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.slack_server.sockets import Sockets
    from tests.fakes.slack_server.things import Json
    from tests.fakes.slack_server.world import World

LARGEST_BODY = 256 * 1024 * 1024


@dataclass(slots=True)
class Call:
    """One request, and how it ended. `at` on the injected clock, `real_s` on the machine's."""

    at: float
    real_s: float
    team: str
    method: str
    args: Json = field(repr=False)
    outcome: str = ""
    status: int = 200
    verb: str = "POST"


class Service:
    """One application over one world."""

    def __init__(self, world: World, sockets: Sockets, after: Callable[[], None]) -> None:
        self.world = world
        self.sockets = sockets
        self.calls: list[Call] = []
        self.unexpected: list[Call] = []
        self._after = after
        self.holds: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Event()
        self.application = web.Application(client_max_size=LARGEST_BODY)
        self.application.add_routes(
            [
                web.route("*", "/api/{method}", self._method),
                web.post("/upload/v1/{key}", self._upload),
                web.get("/files-pri/{file}/{name}", self._download),
                web.get("/files-pri/{file}/download/{name}", self._download),
                web.post("/response/{key:.+}", self._respond),
                web.get("/link/", sockets.serve),
            ]
        )

    async def _method(self, request: web.Request) -> web.Response:
        catch_up(self.world)
        try:
            ask = await read_ask(self.world, request)
        except Refused as refused:
            return self._logged(request, request.match_info["method"], "", {}, refused)
        hold = self.holds.get(ask.method)
        if hold is not None:
            await hold.wait()
        try:
            body = self._answer(ask)
        except Refused as refused:
            return self._logged(request, ask.method, _team_of(ask), ask.args, refused)
        finally:
            self._after()
        headers = {"x-oauth-scopes": ",".join(sorted(ask.token.scopes))} if ask.token else {}
        return self._logged(request, ask.method, _team_of(ask), ask.args, None, {"ok": True, **body}, headers)

    def _answer(self, ask: Ask) -> Json:
        if ask.method in APP_METHODS:
            return self.sockets.open_connection(ask)
        return answer(ask)

    def _logged(
        self,
        request: web.Request,
        method: str,
        team: str,
        args: Json,
        refused: Refused | None,
        body: Json | None = None,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        call = Call(self.world.now(), time.perf_counter(), team, method, args, verb=request.method)
        call.outcome, call.status = (refused.code, refused.status) if refused else ("ok", 200)
        self.calls.append(call)
        self.changed.set()
        if method not in METHODS and method not in APP_METHODS and not method.startswith("("):
            self.unexpected.append(call)
        if refused is None:
            return web.json_response(body, headers=headers)
        return web.json_response(refused.as_json(), status=refused.status, headers=refused.headers)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await _sent_bytes(request)
        hold = self.holds.get("(upload)")
        if hold is not None:
            await hold.wait()
        key = request.match_info["key"]
        file = next((each for each in self.world.files.values() if each.key == key), None)
        args: Json = {"file": file.id if file else "", "size": len(content)}
        try:
            status = receive(self.world, key, content, has_token="Authorization" in request.headers)
        except Refused as refused:
            self._logged(request, "(upload)", file.team if file else "", args, refused)
            return web.Response(text=refused.code, status=refused.status)
        ended = None if status == 200 else Refused("timed_out", status=status)
        self._logged(request, "(upload)", file.team if file else "", args, ended, {})
        return web.Response(text=f"OK - {len(content)}", status=status)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        file_id = request.match_info["file"].rpartition("-")[2]
        response = serve_download(self.world, request, file_id)
        ended = None if response.status < 400 else Refused(str(response.status), status=response.status)
        self._logged(request, "(download)", "", {"file": file_id}, ended, {})
        return response

    async def _respond(self, request: web.Request) -> web.Response:
        catch_up(self.world)
        place = self.world.response_urls.get(request.match_info["key"])
        body: Json = {}
        try:
            body = json.loads(await request.read())
            if place is None:
                raise Refused("not_found", status=404)
            respond(self.world, place, body)
        except Refused as refused:
            self._logged(request, "(response_url)", place.team if place else "", body, refused)
            return web.json_response(refused.as_json(), status=refused.status)
        finally:
            self._after()
        self._logged(request, "(response_url)", place.team, body, None, {})
        return web.Response(text="ok", content_type="text/html")


def _team_of(ask: Ask) -> str:
    return ask.team_record.id if ask.team_record else ""


async def _sent_bytes(request: web.Request) -> bytes:
    """The bytes of an upload: raw, or the one file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        return bytes(await part.read())  # type: ignore[union-attr] - a part of a form, never a nested one
    return b""
