"""REST: takes our calls off the wire and hands them to simcord as discord.py's client would.

Owns the form on the wire and what simcord never sees of it: the token, the two calls with which discord.py
looks for the gateway, and files by their addresses. Must never decide whether a call is right.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord
from aiohttp import BodyPartReader, web
from simcord import BackendError, RouteNotImplemented, UnsupportedField
from simcord.backend.cdn import CDN_BASE
from simcord.http.router import dispatch

from tests.fakes.discord_server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from simcord.backend import Backend

API: Final = "/api/v10"
CDN: Final = "/cdn"
_TOKENS: Final = ("/interactions/", "/webhooks/")
"""Paths that carry a token of their own, where the bot's has no business."""

_UNKNOWN: Final = 501
_BROKEN: Final = 500


@dataclass(frozen=True, slots=True)
class Complaint:
    """A call that simcord refused (with Discord's code), did not know, or broke on."""

    call: str
    status: int
    code: int
    why: str


class Doors:
    """Serves REST and the CDN. `changed` is called after each call; `origin` is where we are reached."""

    def __init__(self, backend: Backend, changed: Callable[[], None]) -> None:
        self.complaints: list[Complaint] = []
        self.origin = ""
        self.sees_content = True
        self._backend = backend
        self.changed = changed

    def add_to(self, app: web.Application) -> None:
        """Take the paths."""
        app.router.add_get(f"{API}/gateway/bot", self._gateway)
        app.router.add_get(CDN + "/{file:.+}", self._file)
        app.router.add_route("*", API + "/{path:.+}", self._call)

    def told(self, payload: Any) -> str:  # noqa: ANN401 - JSON of any form
        """As the wire carries it: simcord's files have addresses that lead here."""
        return json.dumps(payload).replace(CDN_BASE, f"{self.origin}{CDN}")

    async def _gateway(self, _request: web.Request) -> web.Response:
        # simcord's client asks for no gateway, so it has no such route (3.2.1).
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        address = f"{self.origin.replace('http', 'ws', 1)}/gateway"
        return self._answer({"url": address, "shards": 1, "session_start_limit": limit})

    async def _file(self, request: web.Request) -> web.Response:
        found = self._backend.cdn.get(f"{CDN_BASE}/{request.match_info['file']}")
        return web.Response(status=404) if found is None else web.Response(body=found)

    async def _call(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        carries_token = path.startswith(_TOKENS)
        if (request.headers.get("Authorization") == f"Bot {TOKEN}") is carries_token:
            return self._refused(request, path, BackendError(401, 0, "401: Unauthorized"))
        body, files = await _content(request)
        try:
            answer = dispatch(
                self._backend,
                request.method,
                path,
                json=body,
                params=dict(request.query),
                files=files,
                reason=request.headers.get("X-Audit-Log-Reason"),
                message_content_access=self.sees_content,
            )
        except BackendError as error:
            return self._refused(request, path, error)
        except Exception as error:  # noqa: BLE001 - a body that it cannot read is a complaint like any other
            return self._refused(request, path, BackendError(_BROKEN, 0, repr(error)))
        finally:
            self.changed()
        is_quiet = path.endswith("/callback") and request.query.get("with_response") != "true"
        return web.Response(status=204) if answer is None or is_quiet else self._answer(answer)

    def _refused(self, request: web.Request, path: str, error: BackendError) -> web.Response:
        is_gap = isinstance(error, RouteNotImplemented | UnsupportedField)
        status = _UNKNOWN if is_gap else error.status
        self.complaints.append(Complaint(f"{request.method} {path}", status, error.code, error.message))
        return self._answer(error.to_json(), status)

    def _answer(self, payload: Any, status: int = 200) -> web.Response:  # noqa: ANN401 - as `told`
        return web.Response(
            body=self.told(payload).encode(), status=status, headers={"Content-Type": "application/json"}
        )


async def _content(request: web.Request) -> tuple[Any, list[discord.File]]:
    """The body, and the files in the order of their numbers."""
    if not request.content_type.startswith("multipart/"):
        return (await request.json() if request.can_read_body else None), []
    body: Any = None
    found: dict[int, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            number = int(str(part.name).removeprefix("files[").removesuffix("]"))
            found[number] = (part.filename or "", content)
    assert sorted(found) == list(range(len(found))), "files are numbered from nought"
    described = {int(one["id"]): one.get("description") for one in (body or {}).get("attachments") or ()}
    return body, [
        discord.File(io.BytesIO(content), filename=name, description=described.get(number))
        for number, (name, content) in sorted(found.items())
    ]
