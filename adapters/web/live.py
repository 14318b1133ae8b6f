"""What tells open pages that something happened.

Owns the fan-out of signals to the pages of this process, and the event stream a page reads. The log of
changes in the store is the record: a signal only says "look now", so a lost one costs a heartbeat.
Progress and previews are passing and go through signals alone.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict, deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adapters.web.render import progress_json
from core.app.errors import InkthreadError
from core.app.ports import Signal
from core.domain.card import Progress
from core.domain.ids import MessageRef

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence

    from adapters.web.memory import WebMessage
    from adapters.web.messages import MessageStore
    from core.app.ports import Signals
    from core.domain.ids import ActorId

TOPIC = "web"
HEARTBEAT_S = 15.0
RECONNECT_MS = 1000
MAX_PENDING = 64
MAX_REMEMBERED = 256
MAX_STREAMS_A_PERSON = 12

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Glimpse:
    """How far a message's turn is, as last heard. `preview` names a partial picture, or is empty."""

    message: MessageRef
    private_to: str
    progress: Progress
    preview: str = ""

    def json(self) -> Json:
        """As the page reads it."""
        url = f"/api/previews/{self.preview}" if self.preview else None
        return {"message": self.message, "progress": progress_json(self.progress), "preview_url": url}


def changed() -> Signal:
    """Tells all processes to look at the log of changes."""
    return Signal(TOPIC, {"kind": "changed"})


def glimpsed(glimpse: Glimpse) -> Signal:
    """Carries a glimpse to all processes; ids and numbers only."""
    progress = glimpse.progress
    return Signal(
        TOPIC,
        {
            "kind": "progress",
            "message": glimpse.message,
            "private_to": glimpse.private_to,
            "stage": progress.stage,
            "ahead": str(progress.ahead),
            "started_at_s": "" if progress.started_at_s is None else repr(progress.started_at_s),
            "expected_s": "" if progress.expected_s is None else repr(progress.expected_s),
            "preview": glimpse.preview,
        },
    )


def read_glimpse(values: dict[str, str]) -> Glimpse:
    """The glimpse that a signal carries."""
    progress = Progress(
        stage=values["stage"],
        ahead=int(values["ahead"]),
        started_at_s=float(values["started_at_s"]) if values["started_at_s"] else None,
        expected_s=float(values["expected_s"]) if values["expected_s"] else None,
    )
    return Glimpse(MessageRef(values["message"]), values["private_to"], progress, values["preview"])


@dataclass(slots=True)
class OpenPage:
    """One open stream: what it has to be told, and that it should look."""

    actor: ActorId
    is_told: asyncio.Event = field(default_factory=asyncio.Event)
    glimpses: deque[Glimpse] = field(default_factory=lambda: deque(maxlen=MAX_PENDING))
    is_over: bool = False

    def tell(self, glimpse: Glimpse | None) -> None:
        """Wake the stream, with something passing where there is. The oldest is dropped when it is slow."""
        if glimpse is not None and glimpse.private_to in {"", self.actor}:
            self.glimpses.append(glimpse)
        self.is_told.set()


class Hub:
    """Hears the signals of this process and tells its open pages."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._pages: list[OpenPage] = []
        self._last: OrderedDict[MessageRef, Glimpse] = OrderedDict()
        self._previews: OrderedDict[str, None] = OrderedDict()

    async def run(self) -> None:
        """Hear until cancelled."""
        async for signal in self._signals.listen(TOPIC):
            self._hear(signal)

    def _hear(self, signal: Signal) -> None:
        try:
            glimpse = read_glimpse(signal.values) if signal.values.get("kind") == "progress" else None
        except (KeyError, ValueError):
            # Of another version, while processes are replaced one after another.
            return
        if glimpse is not None:
            _remember(self._last, glimpse.message, glimpse)
            if glimpse.preview:
                _remember(self._previews, glimpse.preview, None)
        for page in self._pages:
            page.tell(glimpse)

    def last_glimpse(self, message: MessageRef) -> Glimpse | None:
        """How far that message's turn was when last heard of."""
        return self._last.get(message)

    def has_preview(self, name: str) -> bool:
        """Whether that preview was announced here; nothing else is handed out as a preview."""
        return name in self._previews

    def is_full(self, actor: ActorId) -> bool:
        """Whether that person has too many streams open."""
        return sum(page.actor == actor for page in self._pages) >= MAX_STREAMS_A_PERSON

    @contextmanager
    def page(self, actor: ActorId) -> Iterator[OpenPage]:
        """A page that is open while the block runs."""
        page = OpenPage(actor)
        self._pages.append(page)
        try:
            yield page
        finally:
            self._pages.remove(page)

    def close(self) -> None:
        """End all streams, so that the server can stop; pages come back by themselves."""
        for page in self._pages:
            page.is_over = True
            page.tell(None)


@dataclass(frozen=True, slots=True)
class EventStream:
    """The server-sent events of one page, from `after` on."""

    hub: Hub
    messages: MessageStore
    present: Callable[[Sequence[WebMessage], ActorId], Awaitable[list[Json]]]
    heartbeat_s: float = HEARTBEAT_S

    async def events(self, actor: ActorId, after: int) -> AsyncGenerator[str, None]:
        """Text of the stream, until the page, the server or the database goes away.

        The page comes back by itself; whatever else it asks tells the operator what is wrong.
        """
        with self.hub.page(actor) as page, suppress(InkthreadError):
            after, is_gap = await self._start(after)
            yield f"retry: {RECONNECT_MS}\n" + _event("reset" if is_gap else "hello", {"after": after}, after)
            while not page.is_over:
                page.is_told.clear()
                caught_up = await self.messages.changes_after(after, actor)
                if caught_up.changes:
                    yield await self._messages(
                        [change.message for change in caught_up.changes], actor, caught_up.reached
                    )
                is_behind, after = caught_up.reached > after, caught_up.reached
                while page.glimpses:
                    yield _event("progress", page.glimpses.popleft().json())
                if not is_behind and not await _told(page, self.heartbeat_s):
                    yield ": still here\n\n"

    async def _start(self, after: int) -> tuple[int, bool]:
        oldest, newest = await self.messages.event_span()
        is_gap = after > newest or after < oldest - 1
        return (newest, True) if is_gap else (after, False)

    async def _messages(self, messages: list[WebMessage], actor: ActorId, reached: int) -> str:
        return _event("messages", {"messages": await self.present(messages, actor)}, reached)


async def _told(page: OpenPage, timeout_s: float) -> bool:
    try:
        await asyncio.wait_for(page.is_told.wait(), timeout_s)
    except TimeoutError:
        return False
    return True


def _event(kind: str, data: Json, event_id: int | None = None) -> str:
    head = "" if event_id is None else f"id: {event_id}\n"
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _remember(ring: OrderedDict[Any, Any], key: object, value: object) -> None:
    ring[key] = value
    ring.move_to_end(key)
    while len(ring) > MAX_REMEMBERED:
        ring.popitem(last=False)
