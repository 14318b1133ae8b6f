"""Deliveries of platforms that do not wait: stored whole, answered, done right after and in order."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from core.app.errors import StorageUnavailable
from core.app.inbound import Attachment, Inbound, InboundKind, ReceiptKind
from core.app.intake import BATCHES_FIRST, Intake
from core.app.wording import sentence
from core.domain.ids import Platform
from tests.app.app_scenes import png, sweep, until, world
from tests.app.app_surface import WatchedSurface
from tests.app.app_world import World
from tests.fakes.clock import settle
from tests.fakes.studio_world import ANN, BEN, CHANNEL
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.inbound import Person
    from core.app.ports import PictureProblem
    from core.app.repositories import UnitOfWork
    from core.domain.generation import Image
    from core.domain.ids import ThreadRef


def said(
    key: str, text: str, *, thread: ThreadRef | None = None, by: Person = ANN, files: tuple[str, ...] = ()
) -> Inbound:
    """A command, or a reply where a thread is given."""
    kind = InboundKind.COMMAND if thread is None else InboundKind.MESSAGE
    attachments = tuple(Attachment(name, name) for name in files)
    return Inbound(key, Platform.WEB, kind, by, CHANNEL, text, thread=thread, attachments=attachments)


def asked(of: World) -> list[str]:
    """What has become turns, in order."""
    return [turn.ask.text for turn in of.shelves.turns.values()]


async def test_a_crowd_is_stored_at_once_and_each_wish_is_done_once() -> None:
    """Many at the same moment, one of them twice: all are accepted, the second time is a repetition."""
    here = world()
    keys = [f"d{number}" for number in range(30)]
    receptions = await asyncio.gather(
        *(here.studio.take_in(said(key, f"a picture {key}")) for key in [*keys, "d7"])
    )
    assert [one.kind for one in receptions] == [ReceiptKind.ACCEPTED] * 30 + [ReceiptKind.REPEATED]
    assert (await here.studio.take_in(said("d7", "a picture d7"))).kind is ReceiptKind.REPEATED
    await here.studio.background.settle()
    assert sorted(asked(here)) == sorted(f"a picture {key}" for key in keys)


async def test_replies_in_a_thread_are_done_in_the_order_they_came() -> None:
    """Also where the first brings a file that takes long to fetch; other threads do not wait for it."""
    slow = _SlowFiles()
    here = world(surface=slow)
    slow.files["cat.png"] = png()
    thread = await here.made("a lighthouse")
    other = said("other", "a bridge", by=BEN)
    await here.studio.take_in(said("r1", "add this cat", thread=thread, files=("cat.png",)))
    await here.studio.take_in(said("r2", "make it night", thread=thread))
    await here.studio.take_in(other)
    await until(lambda: "a bridge" in asked(here))
    assert "make it night" not in asked(here)
    slow.arrived.set()
    await here.settle()
    assert [text for text in asked(here) if text != "a bridge"] == [
        "a lighthouse",
        "add this cat",
        "make it night",
    ]


async def test_many_slow_files_hold_up_nobody_else() -> None:
    """However many wait for somebody's server, who asks in words is served."""
    slow = _SlowFiles()
    here = world(surface=slow)
    slow.files["cat.png"] = png()
    for number in range(20):
        await here.studio.take_in(said(f"f{number}", f"like this {number}", files=("cat.png",)))
    await here.studio.take_in(said("words", "a bridge", by=BEN))
    await until(lambda: asked(here) == ["a bridge"])
    slow.arrived.set()
    await here.settle()
    assert len(asked(here)) == 21


async def test_those_who_wait_for_an_answer_go_before_the_work() -> None:
    """Somebody comes while another's delivery is stored: theirs is stored before that other is worked on."""
    here = world()
    held, worked = _Held(here), Worked()
    intake = Intake(held, here.studio.background, worked)  # type: ignore[arg-type]  # as far as it is used
    storing = [asyncio.create_task(intake.store(said("d1", "d1")))]
    await settle()
    storing.append(asyncio.create_task(intake.store(said("d2", "d2"))))
    await settle()
    held.let_one_through()
    await asyncio.wait(storing, return_when=asyncio.FIRST_COMPLETED)
    await settle()
    assert storing[0].done()
    assert worked.on == []
    held.let_one_through()
    await asyncio.gather(*storing)
    await here.studio.background.settle()
    assert sorted(worked.on) == ["d1", "d2"]


async def test_a_crowd_without_end_holds_up_nobody_for_ever() -> None:
    """However many come, one after the other: who was stored is worked on after so many of them."""
    here = world()
    held, worked = _Held(here), Worked()
    intake = Intake(held, here.studio.background, worked)  # type: ignore[arg-type]  # as far as it is used
    storing = []
    for number in range(BATCHES_FIRST + 3):
        storing.append(asyncio.create_task(intake.store(said(f"d{number}", f"d{number}"))))
        await settle()
        assert not worked.on or number > BATCHES_FIRST
        if number:
            held.let_one_through()
            await storing[number - 1]
            await settle()
    assert worked.on[0] == "d0"
    held.let_one_through()
    await asyncio.gather(*storing)
    await here.studio.background.settle()
    assert sorted(worked.on) == sorted(f"d{number}" for number in range(BATCHES_FIRST + 3))


async def test_what_a_crash_leaves_is_done_after_it() -> None:
    """The process dies between the answer and the work: the sweeper of the next one finds the delivery."""
    here = world()

    async def dies(inbound: Inbound) -> None:
        del inbound

    await Intake(here.database, here.studio.background, dies).store(said("d1", "a lighthouse"))
    await here.settle()
    assert asked(here) == []
    await sweep(here)
    assert asked(here) == ["a lighthouse"]
    assert len(here.engine.calls) == 1


async def test_what_became_of_a_delivery_is_told_later() -> None:
    """A platform that shows "thinking…" has to know when nothing comes: the same wish twice, or a refusal."""
    here = world()
    wishes = [("d1", "a lighthouse"), ("d2", "a lighthouse"), ("d3", "a cat --aspectt 16:9")]
    taken = [await here.studio.take_in(said(key, text)) for key, text in wishes]
    assert [one.kind for one in taken] == [ReceiptKind.ACCEPTED] * 3
    outcomes = [await one.outcome for one in taken]
    assert [one.kind if one else None for one in outcomes] == [
        ReceiptKind.ACCEPTED,
        ReceiptKind.REPEATED,
        ReceiptKind.REFUSED,
    ]


async def test_talk_is_not_even_stored() -> None:
    """Channels are full of words that are not for us."""
    here = world()
    thread = await here.made("a lighthouse")
    for text in ("// nice", "🎉"):
        assert (await here.studio.take_in(said(text, text, thread=thread))).kind is ReceiptKind.IGNORED
    assert not {"// nice", "🎉"} & set(here.shelves.inbox)


async def test_a_database_that_fails_is_told_to_all_who_wait_and_is_asked_again_by_the_next() -> None:
    """Nobody is told that something was stored which was not, and one failure is not for ever."""
    here = world()
    database = _FailsOnce(here)
    intake = Intake(database, here.studio.background, here.studio.finish)
    first = await asyncio.gather(
        *(intake.store(said(key, key)) for key in ("d1", "d2")), return_exceptions=True
    )
    assert [type(one) for one in first] == [StorageUnavailable, StorageUnavailable]
    assert (await intake.store(said("d1", "d1"))).kind is ReceiptKind.ACCEPTED
    database.is_down = True
    with pytest.raises(StorageUnavailable):
        await intake.store(said("d3", "d3"))


async def test_nobody_waits_for_ever_when_the_process_is_stopped() -> None:
    """Stopped in the middle of storing: whoever waits is let go, and the platform delivers again."""
    here = world()

    intake = Intake(_Slow(), here.studio.background, here.studio.finish)  # type: ignore[arg-type]  # as far as it is used
    waiting = [asyncio.create_task(intake.store(said(key, key))) for key in ("d1", "d2")]
    await settle()
    waiting.append(asyncio.create_task(intake.store(said("d3", "d3"))))
    await settle()
    await here.studio.background.stop()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in ended] == [asyncio.CancelledError] * 3


class _SlowFiles(WatchedSurface):
    """Files come when a test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = asyncio.Event()

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes:
        """The bytes, once they may come."""
        await self.arrived.wait()
        return self.files[attachment.ref][:max_bytes]


class Worked:
    """Work that is done at once, and which deliveries it was."""

    def __init__(self) -> None:
        self.on: list[str] = []

    async def __call__(self, inbound: Inbound) -> None:
        """Remember it."""
        self.on.append(inbound.delivery_key)


class _Held:
    """A database whose transactions begin when a test lets them."""

    def __init__(self, here: World) -> None:
        self._inner = here.database
        self._room = asyncio.Semaphore(0)

    def let_one_through(self) -> None:
        """The next transaction may begin."""
        self._room.release()

    @asynccontextmanager
    async def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a unit when it may begin."""
        await self._room.acquire()
        async with self._inner.unit(read_only=read_only, is_urgent=is_urgent) as unit:
            yield unit


class _Slow:
    """A database whose units never come."""

    def unit(self, **_: object) -> _Slow:
        """A unit that cannot be entered."""
        return self

    async def __aenter__(self) -> None:
        await asyncio.Event().wait()

    async def __aexit__(self, *_: object) -> None:
        return None


class _FailsOnce:
    """A database that is out of reach the first time, or as long as `is_down`."""

    def __init__(self, here: World) -> None:
        self._inner = here.database
        self.is_down = True

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """Open a unit, or refuse."""
        if self.is_down:
            self.is_down = False
            msg = "the database is restarting"
            raise StorageUnavailable(msg)
        return self._inner.unit(read_only=read_only, is_urgent=is_urgent)


class BrokenLooks(FakeTools):
    """Tools that break on every file, so many times."""

    def __init__(self, faults: int) -> None:
        super().__init__()
        self.faults = faults

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        """Break, as long as it is to."""
        if self.faults > 0:
            self.faults -= 1
            msg = "a fault of ours"
            raise RuntimeError(msg)
        return await super().normalise(content, file_name=file_name)


async def test_a_delivery_that_a_fault_of_ours_stops_is_given_up_in_the_end_and_told() -> None:
    """It is not fetched every few seconds for ever, and its person does not wait for nothing."""
    tools = BrokenLooks(10_000)
    here = World(tools=tools)
    here.surface.files["photo.png"] = png()
    await here.studio.take_in(said("k1", "a cat", files=("photo.png",)))
    await here.settle()
    await sweep(here, rounds=40)
    assert tools.faults > 9_980
    (given_up,) = (values for what, values in here.reports.told if what == "delivery_given_up")
    assert [one.card.text for one in here.standing] == [
        sentence("failed_own_fault", "en", reference=str(given_up["reference"]))
    ]
    assert here.engine.calls == []


async def test_a_delivery_that_lay_through_a_long_stop_is_worked_on_all_the_same() -> None:
    """What is old was not tried too often: it is given up only after it has failed once more."""
    here = World(tools=BrokenLooks(1))
    here.surface.files["photo.png"] = png()
    await here.studio.take_in(said("k1", "a cat", files=("photo.png",)))
    await here.settle()
    await sweep(here, after_s=86_400, rounds=1)
    assert asked(here) == ["a cat"]


async def test_half_a_surrogate_pair_is_asked_for_without_it() -> None:
    """A platform's JSON can hold what has no bytes; it ends neither the wish nor whoever works on it."""
    here = world()
    await here.imagine("a cat \ud800 on a mat")
    await here.settle()
    assert [call.plan.prompt for call in here.engine.calls] == ["a cat  on a mat"]
