"""The web application: methods, uploads, downloads, `response_url`s, sockets; and the record of calls."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, web

from tests.fakes.slack_server.asks import Ask, read_ask
from tests.fakes.slack_server.chat import respond
from tests.fakes.slack_server.downloads import serve_download
from tests.fakes.slack_server.methods import APP_METHODS, METHODS, answer
from tests.fakes.slack_server.posting import catch_up
from tests.fakes.slack_server.refusals import Refused
from tests.fakes.slack_server.uploads import receive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.slack_server.sockets import Sockets
    from tests.fakes.slack_server.things import Json
    from tests.fakes.slack_server.world import World

NOBODY_THERE = "not_found"

LARGEST_BODY = 256 * 1024 * 1024


@dataclass(slots=True)
class Call:
    """One request, and how it ended. `at` on the injected clock, `real_s` on the machine's."""

    at: float
    real_s: float
    method: str
    team: str = ""
    args: Json = field(default_factory=dict, repr=False)
    outcome: str = "under way"
    status: int = 200
    verb: str = "POST"


class Service:
    """One application over one world."""

    def __init__(self, world: World, sockets: Sockets, after: Callable[[], object]) -> None:
        self.world = world
        self.sockets = sockets
        self.calls: list[Call] = []
        self.unexpected: list[Call] = []
        self.crashes: list[Exception] = []
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
                web.get("/elsewhere/{name}", self._elsewhere),
                web.get("/link/", sockets.serve),
            ]
        )

    async def _method(self, request: web.Request) -> web.Response:
        catch_up(self.world)
        with self._recorded(request, request.match_info["method"]) as call:
            try:
                ask = await read_ask(self.world, request)
                call.args = ask.args
                await self._held(ask.method)
                body = self._answer(ask, call)
            except Refused as refused:
                return _refusal(call, refused)
            call.outcome = "ok"
            scopes = {"x-oauth-scopes": ",".join(sorted(ask.token.scopes))} if ask.token else {}
            return web.json_response({"ok": True, **body}, headers=scopes)

    def _answer(self, ask: Ask, call: Call) -> Json:
        try:
            if ask.method in APP_METHODS:
                return self.sockets.open_connection(ask)
            return answer(ask)
        finally:
            call.team = ask.team_record.id if ask.team_record else ""

    @contextlib.contextmanager
    def _recorded(self, request: web.Request, name: str) -> Iterator[Call]:
        """Keep a record of a request, whatever becomes of it, and send on what it made happen."""
        call = Call(self.world.now(), time.perf_counter(), name, verb=request.method)
        self.calls.append(call)
        if name not in METHODS and name not in APP_METHODS and not name.startswith("("):
            self.unexpected.append(call)
        self.changed.set()
        try:
            yield call
        except Exception as error:
            self.crashes.append(error)
            raise
        finally:
            self.changed.set()
            self._after()

    async def _held(self, name: str) -> None:
        hold = self.holds.get(name)
        if hold is not None:
            await hold.wait()

    async def _upload(self, request: web.Request) -> web.Response:
        with self._recorded(request, "(upload)") as call:
            content = await _sent_bytes(request)
            key = request.match_info["key"]
            file = next((each for each in self.world.files.values() if each.key == key), None)
            call.team, call.args = file.team if file else "", {"size": len(content)}
            if file:
                call.args["file"] = file.id
            await self._held("(upload)")
            try:
                call.status = receive(self.world, key, content, has_token="Authorization" in request.headers)
            except Refused as refused:
                return _plain_refusal(call, refused)
            call.outcome = "ok" if call.status == 200 else "arrived all the same"
            return web.Response(text=f"OK - {len(content)}", status=call.status)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        with self._recorded(request, "(download)") as call:
            file_id = request.match_info["file"].rpartition("-")[2]
            call.args = {"file": file_id}
            await self._held("(download)")
            response = serve_download(self.world, request, file_id)
            call.status, call.outcome = response.status, response.content_type
            return response

    async def _elsewhere(self, request: web.Request) -> web.Response:
        """Another host, which must never be shown our token."""
        with self._recorded(request, "(elsewhere)") as call:
            call.args = {"authorization": request.headers.get("Authorization", "")}
            call.outcome = "ok"
            return web.Response(body=b"somebody else's bytes", content_type="image/png")

    async def _respond(self, request: web.Request) -> web.Response:
        catch_up(self.world)
        with self._recorded(request, "(response_url)") as call:
            place = self.world.response_urls.get(request.match_info["key"])
            call.args = json.loads(await request.read())
            if place is None:
                return _refusal(call, Refused(NOBODY_THERE, status=404))
            call.team = place.team
            try:
                respond(self.world, place, call.args)
            except Refused as refused:
                return _refusal(call, refused)
            call.outcome = "ok"
            return web.Response(text="ok", content_type="text/html")


def _refusal(call: Call, refused: Refused) -> web.Response:
    call.outcome, call.status = refused.code, refused.status
    return web.json_response(refused.as_json(), status=refused.status, headers=refused.headers)


def _plain_refusal(call: Call, refused: Refused) -> web.Response:
    call.outcome, call.status = refused.code, refused.status
    return web.Response(text=refused.code, status=refused.status)


async def _sent_bytes(request: web.Request) -> bytes:
    """The bytes of an upload: raw, or the one file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read())
    return b""
