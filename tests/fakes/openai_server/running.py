"""Runs the server: in a thread for tests, or as a process of its own that survives its clients."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn

from tests.fakes.openai_server.bill import Bill, Charge
from tests.fakes.openai_server.service import Service
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request

    from tests.fakes.openai_server.asks import Ask
    from tests.fakes.openai_server.scripts import Reply

KEY = "sk-test-inkthread-0123456789"
ADMIN_KEY = "sk-admin-inkthread-9876543210"


class FakeOpenAI:
    """A server on the loopback with the image endpoints of OpenAI, their rules and a bill.

    `base_url` is what a client is given. See `scripts.py` for what `script` understands.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        latency_s: float = 0.0,
        bill_file: Path | None = None,
        key: str = KEY,
    ) -> None:
        self.key = key
        self.admin_key = ADMIN_KEY
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.service = Service(
            bill=Bill(bill_file),
            key=key,
            admin_key=ADMIN_KEY,
            latency_s=latency_s,
            hang_up=self._hang_up,
        )
        config = uvicorn.Config(
            self.service.application,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What a client of the SDK is given."""
        return f"{self.origin}/v1"

    @property
    def asks(self) -> list[Ask]:
        """Every request to an image endpoint, oldest first."""
        return self.service.asks

    @property
    def bill(self) -> tuple[Charge, ...]:
        """Every charge, oldest first."""
        return self.service.bill.lines()

    @property
    def billed_micros(self) -> int:
        """The sum of all charges."""
        return self.service.bill.total_micros()

    def charge(self, micros: int, at: float, *, project: str | None = None) -> None:
        """Bill something that no call stands for, as of that moment in seconds since 1970."""
        self.service.bill.book(Charge("", micros, "generation", "gpt-image-2", 1, "delivered", at, project))

    def script(self, *steps: str | Reply) -> None:
        """Say what to do with the next requests, one step each."""
        self.service.scripts.add(*steps)

    def reset(self) -> None:
        """Forget what was asked, billed and queued."""
        self.service.reset()

    def serve(self) -> None:
        """Serve until told to stop; blocks."""
        self._server.run(sockets=[self._socket])

    @contextlib.contextmanager
    def running(self) -> Iterator[FakeOpenAI]:
        """Serve from a thread while the block runs."""
        thread = threading.Thread(target=self.serve, name="fake-openai", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.should_exit = True
            thread.join(timeout=PATIENCE_S)
            self._socket.close()

    def _hang_up(self, request: Request) -> None:
        """Cut the connection of a request, as a failing network does."""
        client: Any = request.client
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == tuple(client):
                transport: Any = getattr(connection, "transport", None)
                transport.abort()
