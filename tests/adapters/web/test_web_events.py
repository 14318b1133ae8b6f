"""The stream: nothing is missed across a break, and nothing private is heard by others."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.web.live import TOPIC, EventStream, Glimpse, glimpsed, read_glimpse
from adapters.web.memory import STUDIO, Draft
from adapters.web.presenting import Presenter
from core.app.errors import StorageUnavailable
from core.app.ports import Place, Posted, Signal
from core.domain.card import Card, CardKind, Line, Progress
from core.domain.generation import Image, OutputFormat, Size
from core.domain.ids import ActorId, MessageId, MessageRef, WorkspaceId
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.fakes.web_platform import WebPlatform

ADA, BOB = ActorId("web:demo:ada"), ActorId("web:demo:bob")
PLACE = Place(WorkspaceId("web:demo"), STUDIO)
PREVIEW = Image(b"a rough view", OutputFormat.WEBP, Size(8, 8))


GLIMPSE = Glimpse(MessageRef("m"), "", Progress("generating"))


class AwayStore:
    """A store whose database does not answer."""

    async def event_span(self) -> tuple[int, int]:
        """Nothing is known."""
        raise StorageUnavailable


class Ear:
    """Hears a stream, event by event."""

    def __init__(self, events: AsyncIterator[str]) -> None:
        self._events = events
        self.last_id = 0

    async def next(self) -> tuple[str, dict[str, Any]]:
        """The next event: its kind and its data; heartbeats come as `beat`."""
        block = await asyncio.wait_for(anext(self._events), PATIENCE_S)
        fields = dict(line.split(": ", 1) for line in block.strip().split("\n") if not line.startswith(":"))
        if "id" in fields:
            self.last_id = int(fields["id"])
        return fields.get("event", "beat"), json.loads(fields.get("data", "{}"))


@asynccontextmanager
async def listening(
    web: WebPlatform, actor: ActorId, after: int, *, heartbeat_s: float = 5.0
) -> AsyncIterator[Ear]:
    """A page that hears from that event on."""
    hub = web.web.hub
    stream = EventStream(hub, web.store.messages, Presenter(web.store, hub).messages, heartbeat_s)
    hearing = asyncio.create_task(hub.run())
    async with aclosing(stream.events(actor, after)) as events:
        yield Ear(events)
    hearing.cancel()


def notice(text: str) -> Card:
    """A card with a line."""
    return Card(CardKind.NOTICE, text, (Line(text),))


async def post(web: WebPlatform, text: str, *, to: ActorId | None = None) -> Posted:
    """Something said by us."""
    posted = await web.surface.post(PLACE, notice(text), key=MessageId(text), private_to=to)
    assert isinstance(posted, Posted), posted
    return posted


def texts(data: dict[str, Any]) -> list[str]:
    """The words in a `messages` event."""
    return [message["card"]["text"] for message in data["messages"]]


async def test_a_page_that_was_away_hears_what_it_missed(web: WebPlatform) -> None:
    """From Last-Event-ID on, each message once, as it stands now."""
    await post(web, "before")
    async with listening(web, ADA, 1) as ear:
        assert (await ear.next())[0] == "hello"
        await post(web, "seen")
        assert texts((await ear.next())[1]) == ["seen"]
        last_id = ear.last_id
    second = await post(web, "missed")
    await post(web, "missed too")
    await web.surface.update(PLACE, second.message, notice("changed while away"))
    async with listening(web, ADA, last_id) as ear:
        await ear.next()
        assert texts((await ear.next())[1]) == ["missed too", "changed while away"]


async def test_showing_the_same_again_is_no_event(web: WebPlatform) -> None:
    """An update that changes nothing wakes nobody."""
    posted = await post(web, "same")
    before = await web.store.messages.event_span()
    await web.surface.update(PLACE, posted.message, notice("same"))
    assert await web.store.messages.event_span() == before


async def test_private_events_reach_one_person(web: WebPlatform) -> None:
    """Others hear neither the message nor its progress, and still get past it."""
    async with listening(web, ADA, 0) as ada, listening(web, BOB, 0) as bob:
        for ear in (ada, bob):
            await ear.next()
        secret = await post(web, "for ada", to=ADA)
        await web.surface.progress(PLACE, secret.message, Progress("generating"), None)
        await post(web, "for all")
        assert texts((await bob.next())[1]) == ["for all"]
        heard = [await ada.next(), await ada.next()]
        assert {kind for kind, _ in heard} == {"messages", "progress"}


async def test_progress_and_previews_pass_by(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """Progress is heard at once, its preview can be looked at, and a page loaded later sees how far it is."""
    making = Card(CardKind.PLACEHOLDER, "making", progress=Progress("queued"))
    posted = await web.surface.post(PLACE, making, key=MessageId("k"))
    async with listening(web, ADA, 1) as ear:
        await ear.next()
        progress = Progress("generating", started_at_s=1_700_000_000.5, expected_s=12.0)
        await web.surface.progress(PLACE, posted.message, progress, PREVIEW)  # type: ignore[union-attr]  # it stands
        kind, data = await ear.next()
        assert (kind, data["progress"]["started_at_s"]) == ("progress", 1_700_000_000.5)
        answer = await ada.get(data["preview_url"])
        assert (answer.content, answer.headers["content-type"]) == (b"a rough view", "image/webp")
        assert (await ada.get("/api/state")).json()["messages"][0]["live"] == data


async def test_a_page_from_another_life_reads_everything_anew(web: WebPlatform) -> None:
    """An event that this log never had, or has dropped, is answered by `reset`."""
    await post(web, "something")
    async with listening(web, ADA, 999) as ear:
        assert await ear.next() == ("reset", {"after": 1})


async def test_a_lost_signal_costs_a_heartbeat(web: WebPlatform) -> None:
    """The log is looked at with every heartbeat, so that nothing depends on a signal."""
    async with listening(web, ADA, 0, heartbeat_s=0.05) as ear:
        await ear.next()
        assert (await ear.next())[0] == "beat"
        await web.store.messages.post(
            Draft("k", STUDIO, None, card={"kind": "notice", "text": "unannounced"})
        )
        kind, data = await ear.next()
        while kind == "beat":
            kind, data = await ear.next()
        assert texts(data) == ["unannounced"]


async def test_a_long_absence_is_caught_up_in_order(web: WebPlatform) -> None:
    """More than one page of events is read on without waiting for a signal."""
    for number in range(230):
        await post(web, f"word {number}")
    heard: list[str] = []
    async with listening(web, ADA, 0) as ear:
        await ear.next()
        while len(heard) < 230:
            heard += texts((await ear.next())[1])
    assert heard == [f"word {number}" for number in range(230)]


async def test_a_signal_that_is_not_understood_is_passed_over(web: WebPlatform) -> None:
    """While processes are replaced one after another, others may say what this one does not know yet."""
    async with listening(web, ADA, 0) as ear:
        await ear.next()
        for values in ({"kind": "progress"}, {**glimpsed(GLIMPSE).values, "ahead": "many"}, {}):
            await web.signals.publish(Signal(TOPIC, values))
        await web.signals.publish(glimpsed(GLIMPSE))
        assert await ear.next() == ("progress", GLIMPSE.json())


async def test_a_stream_ends_quietly_when_the_database_is_away(web: WebPlatform) -> None:
    """The page comes back by itself and goes on where it was; nobody has to read a trace for each."""
    stream = EventStream(web.web.hub, AwayStore(), Presenter(web.store, web.web.hub).messages)  # type: ignore[arg-type]  # all that a stream asks
    assert [event async for event in stream.events(ADA, 0)] == []


async def test_streams_end_when_the_server_stops(web: WebPlatform) -> None:
    """Closing ends every stream, so that the server does not wait for its pages."""
    async with listening(web, ADA, 0) as ear:
        await ear.next()
        web.web.close()
        assert [event async for event in ear._events] == []


@given(
    ahead=st.integers(0, 999),
    started=st.none() | st.floats(0, 1e10),
    expected=st.none() | st.floats(0, 1e4),
    preview=st.sampled_from(["", "a" * 64 + ".png"]),
)
def test_a_glimpse_survives_the_signal(
    ahead: int, started: float | None, expected: float | None, preview: str
) -> None:
    """What a signal carries comes out as it went in, and is small."""
    glimpse = Glimpse(MessageRef("m"), "", Progress("generating", ahead, started, expected), preview)
    signal = glimpsed(glimpse)
    assert read_glimpse(signal.values) == glimpse
    assert len(json.dumps(signal.values)) < 1000
