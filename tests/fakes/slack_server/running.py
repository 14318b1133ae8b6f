"""One fake Slack: the world, its web server, its post office and its people, on a free port of the loopback.

Runs in the event loop of whoever enters it; `python -m tests.fakes.slack_server` is a process of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Self, TypeVar

from aiohttp import web

from adapters.system.clock import SystemClock
from tests.fakes.slack_server import seen
from tests.fakes.slack_server.control import Control
from tests.fakes.slack_server.lag import Lag
from tests.fakes.slack_server.oauth import consent
from tests.fakes.slack_server.post_office import PostOffice
from tests.fakes.slack_server.posting import catch_up
from tests.fakes.slack_server.service import Call, Service
from tests.fakes.slack_server.signed_http import RequestUrl, Signing
from tests.fakes.slack_server.sockets import Sockets
from tests.fakes.slack_server.verbs import Verbs
from tests.fakes.slack_server.world import (
    APP_TOKEN,
    CLIENT_ID,
    CLIENT_SECRET,
    SIGNING_SECRET,
    Switches,
    World,
)
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from core.app.ports import Clock
    from tests.fakes.slack_server.deliveries import Delivery
    from tests.fakes.slack_server.things import Message, View


Anything = TypeVar("Anything")


class FakeSlack(Verbs):
    """Slack on the loopback. See the package's docstring for what it does and how to drive it."""

    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

    def __init__(self, *, clock: Clock | None = None, port: int = 0) -> None:
        self.world = World(clock or SystemClock())
        self.sockets = Sockets(self.world)
        self.office = PostOffice(self.world, self.sockets)
        self.service = Service(self.world, self.sockets, self.office.flush)
        self.lag = Lag()
        self.service.application.router.add_post("/control/{name}", Control(self).answer)
        self._port = port
        self._runner = web.AppRunner(self.service.application, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        """Serve while the block runs."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.world.origin = self.origin
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up on everybody."""
        for hold in self.service.holds.values():
            hold.set()
        self.service.holds.clear()
        await self.office.close()
        if self.office.request_url is not None:
            await self.office.request_url.close()
        await self.sockets.close()
        await self._runner.cleanup()

    # --- where it is -----------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`: also the host of files."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What an AsyncWebClient is given."""
        return f"{self.origin}/api/"

    # --- what it knows ---------------------------------------------------------------------------

    @property
    def switches(self) -> Switches:
        """What a test may change while it runs."""
        return self.world.switches

    @property
    def calls(self) -> list[Call]:
        """Every request, oldest first."""
        return self.service.calls

    def calls_of(self, method: str, team: str = "") -> list[Call]:
        """The requests of one method, oldest first."""
        return [call for call in self.calls if call.method == method and team in {"", call.team}]

    @property
    def unexpected(self) -> list[Call]:
        """Calls of methods that the fake does not know: a test should find none."""
        return self.service.unexpected

    @property
    def crashes(self) -> list[Exception]:
        """Faults of the fake itself: a test should find none."""
        return self.service.crashes

    @property
    def foreign_origin(self) -> str:
        """Another host, for redirects; calls of `(elsewhere)` show what it was sent."""
        return f"http://localhost:{self._port}"

    @property
    def ratelimited(self) -> int:
        """How often a call met 429."""
        return sum(call.status == 429 for call in self.calls)

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything the app was told, oldest first."""
        return self.office.deliveries

    # --- what people see -------------------------------------------------------------------------

    def channel_view(self, channel: str, viewer: str = "") -> list[seen.Seen]:
        """What stands in a conversation; `viewer` adds what only they see."""
        catch_up(self.world)
        return seen.channel_view(self.world, channel, viewer)

    def thread_view(self, channel: str, thread_ts: str, viewer: str = "") -> list[seen.Seen]:
        """A thread, its root first."""
        catch_up(self.world)
        return seen.thread_view(self.world, channel, thread_ts, viewer)

    def whispers(self, channel: str, user: str) -> list[seen.Seen]:
        """What only that person sees in a conversation."""
        return seen.whispers(self.world, channel, user)

    def forms(self, user: str) -> list[View]:
        """The modals a person has open, lowest first."""
        return seen.forms_of(self.world, user)

    def home(self, user: str) -> View | None:
        """A person's home tab."""
        return self.world.teams[self.person(user).team].homes.get(user)

    def message_at(self, channel: str, ts: str) -> Message:
        """The message itself, with its blocks and metadata."""
        return self.world.channel(channel).messages[ts]

    # --- transports and mishaps ------------------------------------------------------------------

    def use_request_url(self, app: Any, path: str = "/slack/events") -> None:  # noqa: ANN401 - an ASGI application or a URL
        """Deliver by signed HTTP from now on."""
        self.office.request_url = RequestUrl(Signing(self.signing_secret), app, path)

    async def redeliver(
        self, delivery: Delivery, attempt: int = 1, reason: str = "timeout", *, to: int | None = None
    ) -> bool:
        """Hand the same delivery over again, with the same ids, to any connection or to the named one."""
        return await self.office.attempt(delivery, (attempt, reason), to)

    def fail(self, method: str, *faults: str) -> None:
        """Let the next calls of a method meet these error codes or HTTP states; an empty one passes."""
        self.switches.faults.setdefault(method, deque()).extend(faults)

    def hold(self, method: str) -> asyncio.Event:
        """Keep calls of a method (or `(upload)`) waiting until the event is set and removed by `let_go`."""
        return self.service.holds.setdefault(method, asyncio.Event())

    def let_go(self, method: str) -> None:
        """Let the calls that wait go on."""
        self.service.holds.pop(method).set()

    async def until(self, is_so: Callable[[], Anything], limit_s: float = PATIENCE_S) -> Anything:
        """Wait until a look at the fake finds it so, and say what was found; looks again after every call."""
        async with asyncio.timeout(limit_s):
            while not (found := is_so()):
                self.service.changed.clear()
                await self.service.changed.wait()
        return found

    def consent(self, team: str, user: str) -> str:
        """A person agrees to the installation: the code for `oauth.v2.access`."""
        return consent(self.world, team, user)
