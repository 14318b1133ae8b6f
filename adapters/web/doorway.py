"""Between a request and its handler: who asks, and what is answered when it goes wrong.

Owns the visitor and the one place where refusals and faults become HTTP answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.web.errors import Code, Refusal, refusal, refusal_of
from adapters.web.memory import WORKSPACE
from adapters.web.security import answer
from adapters.web.sessions import locale_of
from core.app.errors import Conflict, InkthreadError
from core.app.inbound import Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from adapters.web.people import PeopleStore
    from adapters.web.sessions import Sessions
    from core.app.reports import Reports
    from core.domain.ids import ActorId

    Handler = Callable[[Request, "Visitor"], Awaitable[Response]]
    Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a cookie who may enter."""

    actor: ActorId
    locale: str
    is_admin: bool


class Doorway:
    """Wraps handlers so that each sees a visitor and may raise Refusal or a fault of storage.

    Such a fault is told to whoever asked in words, and to the operator as what it is.
    """

    def __init__(self, sessions: Sessions, people: PeopleStore, reports: Reports) -> None:
        self._sessions = sessions
        self._people = people
        self._reports = reports

    def known(self, handler: Handler) -> Endpoint:
        """A handler for people whom a cookie names."""

        async def endpoint(request: Request) -> Response:
            return await handler(request, self._visitor(request))

        return self.safe(endpoint)

    def safe(self, endpoint: Endpoint) -> Endpoint:
        """A handler for everybody, its refusals answered."""

        async def guarded(request: Request) -> Response:
            locale = locale_of(request.headers)
            try:
                return await endpoint(request)
            except Refusal as problem:
                return answer(problem, locale)
            except Conflict as fault:
                # Others were writing; whoever asked tries again, and nobody has to do anything.
                return answer(refusal_of(fault), locale)
            except InkthreadError as fault:
                self._reports.fault(
                    "page_request_failed", fault, method=request.method, route=_route(request)
                )
                return answer(refusal_of(fault), locale)

        return guarded

    def _visitor(self, request: Request) -> Visitor:
        if not self._sessions.may_enter(request):
            raise refusal(Code.NO_ENTRY)
        actor = self._sessions.actor_of(request)
        if actor is None:
            raise refusal(Code.NO_PERSON)
        return Visitor(actor, locale_of(request.headers), self._sessions.access.is_everyone_admin)

    async def person(self, visitor: Visitor) -> Person:
        """The visitor as the core knows people."""
        return Person(
            id=visitor.actor,
            workspace=WORKSPACE,
            name=await self._people.name_of(visitor.actor),
            locale=visitor.locale,
            is_admin=visitor.is_admin,
        )


def _route(request: Request) -> str:
    """Which door it was, without what was asked for behind it."""
    return str(getattr(request.scope.get("route"), "path", ""))
