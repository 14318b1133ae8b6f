"""What the tests of the application share: people, files, checks of a world at rest, and workers that stop.

Owns no expectation about one feature; `assert_at_rest` holds what must be true of any world in which nothing
goes on any more.
"""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from core.app.inbound import Inbound, InboundKind, Person, Press
from core.app.outside import Policy
from core.app.records import Outcome, Stage, TurnSaying
from core.app.turns import Turns
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.gate import GateLimits
from core.domain.ids import ActorId, Micros, Platform, WorkspaceId
from core.domain.quota import EntryKind
from core.domain.thread_state import State
from tests.app.app_surface import WatchedSurface
from tests.app.app_world import World
from tests.fakes.clock import FakeClock, settle
from tests.fakes.studio_world import ANN, CHANNEL, GENEROUS, WORKSPACE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from core.app.inbound import Reception
    from core.app.records import AttemptRecord, TurnRecord
    from core.domain.card import Button, Card
    from core.domain.ids import AttemptId, MessageRef, ThreadRef
    from core.domain.quota import Entry
    from tests.app.app_surface import Standing

FORGOTTEN = sentence("forgotten", "en")

CLEO = Person(ActorId("web:test:cleo"), WORKSPACE, "Cleo")
DORA = Person(ActorId("web:test:dora"), WORKSPACE, "Dora", is_admin=True)


def world(policy: Policy | None = None, surface: WatchedSurface | None = None) -> World:
    """A fresh world with picture tools that only look."""
    return World(policy=policy or GENEROUS, surface=surface or WatchedSurface())


def policy(concurrency: int = 10, a_minute: int = 10_000, **others: object) -> Policy:
    """The operator's rules, generous where nothing is said."""
    return Policy(gate=GateLimits(concurrency, a_minute), **others)  # type: ignore[arg-type]  # Policy checks names


def png(shade: int = 0) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


def button(card: Card, act: Act) -> Button | None:
    """The card's button that does this."""
    return next((one for one in card.buttons if one.act is act), None)


def said_to(of: World, person: Person) -> str:
    """Everything that was said to this person alone."""
    return "\n".join(one.card.text for one in of.standing if one.private_to == person.id)


def question_to(of: World, person: Person) -> tuple[Standing, Button]:
    """The latest question that was asked back privately, and the button that confirms it."""
    asked = [one for one in of.standing if one.private_to == person.id and button(one.card, Act.CONFIRM)]
    confirm = button(asked[-1].card, Act.CONFIRM)
    assert confirm is not None
    return asked[-1], confirm


async def press(of: World, thread: ThreadRef, pressed: Button, *, by: Person) -> Reception:
    """Press a button that stands on a card."""
    return await of.press(thread, pressed.act, pressed.subject, by=by)


async def answer_to(of: World, thread: ThreadRef, message: MessageRef, text: str, *, by: Person) -> Reception:
    """Reply to one message in particular, where the platform says so."""
    return await of.studio.receive(
        Inbound(
            delivery_key=f"answer to {message}: {text}",
            platform=Platform.WEB,
            kind=InboundKind.MESSAGE,
            person=by,
            channel=CHANNEL,
            text=text,
            thread=thread,
            reply_to=message,
        )
    )


def addressed(text: str, *, by: Person = ANN, thread: ThreadRef | None = None) -> Inbound:
    """Something said to the bot itself."""
    return Inbound(
        delivery_key=f"addressed: {text}",
        platform=Platform.WEB,
        kind=InboundKind.MESSAGE,
        person=by,
        channel=CHANNEL,
        text=text,
        thread=thread,
        is_addressed=True,
    )


async def stop_pressed(of: World, thread: ThreadRef, turn: TurnRecord, *, by: Person) -> Reception:
    """Press Cancel on that turn's message."""
    return await of.studio.receive(
        Inbound(
            delivery_key=f"stop {turn.id} by {by.id}",
            platform=Platform.WEB,
            kind=InboundKind.PRESS,
            person=by,
            channel=CHANNEL,
            thread=thread,
            press=Press(Act.CANCEL, turn.id),
        )
    )


# --- while a call is out ---


async def until(is_so: Callable[[], bool], *, rounds: int = 400) -> None:
    """Let others run until it is so; no time passes."""
    for _ in range(rounds):
        if is_so():
            return
        await asyncio.sleep(0)
    msg = "it never came to that"
    raise AssertionError(msg)


@asynccontextmanager
async def call_out(of: World, worker: Turns | None = None, *, calls: int = 1) -> AsyncIterator[asyncio.Event]:
    """Work as real workers do, many turns at once, with an engine that keeps its calls open.

    Begins once so many calls are out. At the end of the block they are let go, and everything comes to rest.
    """
    gate = of.engine.hold()
    wanted = len(of.engine.calls) + calls
    handlers: set[asyncio.Task[None]] = set()
    pump = asyncio.create_task(_pump(of, worker or of.turns, handlers))
    try:
        await until(lambda: len(of.engine.calls) >= wanted)
        await settle()
        yield gate
    finally:
        gate.set()
        of.engine.gate = None
        pump.cancel()
        await asyncio.gather(pump, *handlers, return_exceptions=True)
    await of.settle(worker)


async def _pump(of: World, worker: Turns, handlers: set[asyncio.Task[None]]) -> None:
    while True:
        handlers |= {asyncio.create_task(worker.handle(turn)) for turn in of.queue.due(of.clock.now())}
        await asyncio.sleep(0)


def stopped_worker(of: World, holder: str = "stopped") -> Turns:
    """A worker whose own time stands still, as under SIGSTOP: it renews no lease, and wakes much later."""
    outside = replace(of.outside, clock=FakeClock(of.clock.now()))
    return Turns(outside, of.studio.telling, of.studio.transactor, of.studio.background, holder=holder)


async def sweep(of: World, *, after_s: float = 61.0, rounds: int = 3, worker: Turns | None = None) -> None:
    """Let leases run out, and the sweeper set going again what lies, a few times."""
    for _ in range(rounds):
        of.clock.advance(after_s)
        await of.sweeper.round()
        await of.settle(worker)


# --- what must be true at rest ---


def turn_messages(of: World, turn: TurnRecord) -> list[Standing]:
    """The messages that stand for that turn."""
    return [one for one in of.standing if one.key == turn.message]


def booked(of: World) -> Counter[AttemptId]:
    """What the ledger says that each attempt cost, settled or written off or corrected."""
    paid: Counter[AttemptId] = Counter()
    for entry in of.shelves.entries.values():
        if entry.attempt is not None:
            paid[entry.attempt] += entry.micros
    return paid


def kinds(entries: list[Entry]) -> list[str]:
    """The kinds of the ledger's lines, in order."""
    return [entry.kind.value for entry in entries]


def assert_at_rest(of: World) -> None:
    """Nothing goes on, nobody waits, the books balance, and each turn stands in exactly one message."""
    kept = of.shelves
    for thread in kept.threads.values():
        assert thread.machine.state in {State.IDLE, State.CLOSED}
        assert not thread.machine.waiting
        assert [one.number for one in thread.machine.revisions] == list(
            range(1, len(thread.machine.revisions) + 1)
        )
    for turn in kept.turns.values():
        assert turn.stage.is_over, f"{turn.id} is still {turn.stage}"
        assert (turn.stage is Stage.DELIVERED) <= (turn.revision is not None)
        assert turn.held_by is None or turn.stage.is_over
    for message in kept.messages.values():
        assert message.is_given_up or message.shown >= message.wanted, f"{message.saying} is not up to date"
        standing = [one for one in of.standing if one.key == message.id]
        if message.is_forgotten:  # gone, or where the platform keeps it, it says nothing else
            assert message.is_given_up or {one.card.text for one in standing} <= {FORGOTTEN}
        else:
            assert message.is_given_up or len(standing) == 1, f"{message.saying} stands {len(standing)} times"
        if isinstance(message.saying, TurnSaying) and message.thread is not None:
            assert message.turn is not None
            assert not kept.turns[message.turn].is_forgotten
            assert kept.threads[message.thread].ref is not None or message.is_given_up
    assert_books_balance(of)


def assert_books_balance(of: World) -> None:
    """Each hold ended once, nothing is held, each call is booked at its cost, or its estimate if lost."""
    kept = of.shelves
    entries = list(kept.entries.values())
    held = Counter(one.reservation for one in entries if one.kind is EntryKind.HOLD)
    ended = Counter(one.reservation for one in entries if one.kind in {EntryKind.SETTLE, EntryKind.RELEASE})
    assert held == ended
    assert all(count == 1 for count in held.values())
    assert all(one.held == 0 for one in kept.sums.values())
    paid = booked(of)
    for attempt in kept.attempts.values():
        assert attempt.outcome is not Outcome.OPEN
        assert paid[attempt.id] == _cost_of(of, attempt), f"attempt {attempt.ordinal} is booked wrongly"


def _cost_of(of: World, attempt: AttemptRecord) -> int:
    if attempt.outcome is Outcome.LOST:
        return attempt.estimate
    return of.engine.bill.get(attempt.id, Micros(0))


OTHER_WORKSPACE = WorkspaceId("web:other")
