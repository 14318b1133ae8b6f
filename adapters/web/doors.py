"""The page itself, its files, the password's form, and what machines ask of the server.

Owns how a browser gets in. Must never decide what stands on a page; that is `pages.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, RedirectResponse

from adapters.web.errors import Code, refusal
from adapters.web.security import limited_body
from adapters.web.sessions import locale_of, new_actor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from adapters.web.pages import Pages
    from adapters.web.sessions import Sessions, Tries

MAX_FORM_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class Doors:
    """GET /, /login, /healthz, /readyz; POST /login."""

    sessions: Sessions
    tries: Tries
    pages: Pages
    is_ready: Callable[[], Awaitable[bool]]

    async def page(self, request: Request) -> Response:
        """The page; who comes without a cookie gets one, who has not given the password goes to its form."""
        if not self.sessions.may_enter(request):
            return RedirectResponse("/login", 303)
        response = self.pages.index(locale_of(request.headers))
        if self.sessions.actor_of(request) is None:
            self.sessions.welcome(response, new_actor(), has_password=False)
        return response

    async def login_form(self, request: Request) -> Response:
        """The password's form; who needs none goes on to the page."""
        if self.sessions.may_enter(request):
            return RedirectResponse("/", 303)
        return self.pages.login(locale_of(request.headers), request.query_params.get("problem", ""))

    async def log_in(self, request: Request) -> Response:
        """Check the password, as slowly for a right one as for a wrong one."""
        address = request.client.host if request.client else ""
        if not self.tries.admit(address):
            return RedirectResponse("/login?problem=too_many_tries", 303)
        form = await limited_body(request, MAX_FORM_BYTES, refusal(Code.TOO_LARGE, limit=MAX_FORM_BYTES))
        typed = parse_qs(form.decode("utf-8", "replace")).get("password", [""])[0]
        if not self.sessions.is_password(typed):
            return RedirectResponse("/login?problem=wrong_password", 303)
        response = RedirectResponse("/", 303)
        actor = self.sessions.actor_of(request) or new_actor()
        self.sessions.welcome(response, actor, has_password=True)
        return response

    async def health(self, _request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"status": "ok"})

    async def readiness(self, _request: Request) -> Response:
        """It can do its work."""
        if not await self.is_ready():
            raise refusal(Code.STARTING)
        return JSONResponse({"status": "ready"})
