"""A desk without a core behind it: it answers as the Studio would, from a script of its own.

It drives a real Surface (placeholder, progress with previews, result), keeps a small tree of versions, and
remembers every Inbound. Nothing is stored and nothing is paid for. `pace_s` is how long a picture takes.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.app.inbound import InboundKind, ReceiptKind, Reception, TakenIn
from core.app.ports import Place, Posted
from core.app.records import GalleryItem, PictureRecord
from core.app.views import EngineView, QuotaRow, RevisionView, ThreadView
from core.domain.card import Act, Button, Card, CardKind, Line, Picture, Progress, Tone
from core.domain.generation import Size
from core.domain.ids import BlobKey, MessageId, MessageRef, ThreadId, TurnId
from core.domain.lineage import LETTERS, Head
from core.domain.periods import Period
from core.domain.quota import Metric, ScopeKind
from tests.fakes.desk_account import AccountDesk
from tests.fakes.paintings import paint

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from core.app.inbound import Inbound, Left, Person
    from core.app.ports import BlobStore, Surface
    from core.domain.generation import Image
    from core.domain.ids import ActorId, ChannelRef, Letter, Platform, ThreadRef, WorkspaceId

WIDE = Size(1360, 768)
SQUARE = Size(768, 768)


@dataclass
class FakeThread:
    """One picture being worked on: its versions and where it stands."""

    place: Place
    revisions: list[RevisionView] = field(default_factory=list)
    stories: dict[int, list[str]] = field(default_factory=dict)
    head: Head | None = None
    busy_turns: int = 0


class FakeDesk(AccountDesk):
    """Answers like the core. Await `quiet()` until all is done; a picture waits for `gate`, if any."""

    def __init__(self, surface: Surface, blobs: BlobStore, *, pace_s: float = 0.0) -> None:
        super().__init__()
        self.inbounds: list[Inbound] = []
        self.left: list[Left] = []
        self.asked: list[MessageRef] = []
        self.is_silent = False
        self.gate: asyncio.Event | None = None
        self.threads: dict[ThreadRef, FakeThread] = {}
        self.records: dict[str, PictureRecord] = {}
        self.items: list[GalleryItem] = []
        self._surface = surface
        self._blobs = blobs
        self._pace_s = pace_s
        self._seen: set[str] = set()
        self._used = 0
        self._names = 0
        self._running: set[asyncio.Task[None]] = set()

    # --- the Desk port ---

    async def receive(self, inbound: Inbound) -> Reception:
        """Remember it and, unless told to be silent, act on it."""
        if inbound.delivery_key in self._seen:
            return Reception(ReceiptKind.REPEATED)
        self._seen.add(inbound.delivery_key)
        self.inbounds.append(inbound)
        work = None if self.is_silent else self._work(inbound)
        if work is None:
            return Reception(ReceiptKind.IGNORED)
        self._start(work)
        return Reception(ReceiptKind.ACCEPTED)

    async def take_in(self, inbound: Inbound) -> TakenIn:
        """The same: nobody has to wait here. Only the same delivery is known before it is worked on."""
        is_known = inbound.delivery_key in self._seen
        reception = await self.receive(inbound)
        outcome: asyncio.Future[Reception | None] = asyncio.get_running_loop().create_future()
        outcome.set_result(reception)
        return TakenIn(ReceiptKind.REPEATED if is_known else ReceiptKind.ACCEPTED, outcome)

    async def asker_of(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> ActorId | None:
        """Who sent that message, if it has arrived here."""
        self.asked.append(source)
        found = (
            one.person.id
            for one in reversed(self.inbounds)
            if (one.person.workspace, one.channel, one.source) == (workspace, channel, source)
        )
        return next(found, None)

    async def leave(self, left: Left) -> int:
        """Remember where we are no more."""
        self.left.append(left)
        return 0

    async def quota_of(self, person: Person, channel: ChannelRef) -> list[QuotaRow]:
        """Twenty pictures a day and fifty dollars a month."""
        del person, channel
        back = datetime(2026, 12, 1, tzinfo=UTC)
        cents = self._used * 50_000
        return [
            QuotaRow(ScopeKind.ACTOR, Metric.PICTURES, Period.DAY, 20, self._used, 0, back),
            QuotaRow(ScopeKind.INSTALLATION, Metric.MICROS, Period.MONTH, 50_000_000, cents, 0, back),
        ]

    async def thread_view(
        self, workspace: WorkspaceId, platform: Platform, channel: ChannelRef, ref: ThreadRef
    ) -> ThreadView | None:
        """The versions of that thread."""
        del workspace, platform, channel
        thread = self.threads.get(ref)
        if thread is None:
            return None
        return ThreadView(
            ref, thread.head, tuple(thread.revisions), is_closed=False, busy_turns=thread.busy_turns
        )

    async def gallery(
        self,
        workspace: WorkspaceId,
        *,
        before: datetime | None = None,
        limit: int = 60,
        actor: ActorId | None = None,
    ) -> list[GalleryItem]:
        """All pictures, or all of that person, newest first."""
        del workspace
        found = [item for item in reversed(self.items) if before is None or item.made_at < before]
        return [item for item in found if actor is None or item.actor == actor][:limit]

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """One of them."""
        record = self.records.get(blob)
        return record if record is not None and record.workspace == workspace else None

    def engine(self) -> EngineView:
        """A sandbox."""
        return EngineView(name="sandbox", model="sandbox", is_sandbox=True)

    # --- for tests ---

    async def quiet(self) -> None:
        """Wait until nothing runs."""
        while self._running:
            await asyncio.gather(*self._running)

    # --- what it does with an Inbound ---

    def _work(self, inbound: Inbound) -> Callable[[], Coroutine[None, None, None]] | None:
        thread = self.threads.get(inbound.thread) if inbound.thread is not None else None
        if inbound.kind is InboundKind.COMMAND:
            return lambda: self._imagine(inbound)
        if inbound.kind is InboundKind.SERVICE:
            return lambda: self._serve(inbound)
        if thread is None or inbound.text.startswith("//") or inbound.mentions_others:
            return None
        if inbound.press is not None:
            words = _PRESSES.get(inbound.press.act, inbound.press.act.value)
            subject = inbound.press.subject
            words = f"use {subject[-1]}" if inbound.press.act is Act.USE else words
        else:
            words = inbound.text
        return lambda: self._reply(inbound, thread, words)

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        task = asyncio.create_task(work())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _imagine(self, inbound: Inbound) -> None:
        place = Place(inbound.person.workspace, inbound.channel)
        if not inbound.text.strip() or inbound.text == "help":
            await self._say(
                place, "Write /imagine and what you want to see. Reply in the thread to change it."
            )
            return
        await self._make(FakeThread(place), inbound, None, [inbound.text])

    async def _serve(self, inbound: Inbound) -> None:
        place = Place(inbound.person.workspace, inbound.channel, inbound.thread, inbound.context)
        await self._say(place, f"This would be your {inbound.text}.", to=inbound.person.id)

    async def _reply(self, inbound: Inbound, thread: FakeThread, words: str) -> None:
        branch = re.match(r"v(\d+)\s*:\s*(.+)", words)
        number = int(branch[1]) if branch else (thread.head.revision if thread.head else 1)
        match words.strip().lower():
            case "undo" if thread.head and thread.head.revision > 1:
                parent = thread.revisions[thread.head.revision - 1].parent
                thread.head = parent
                await self._say(
                    thread.place, f"The thread goes on from v{parent.revision if parent else 1} now."
                )
            case "use a" | "use b" | "use c" | "use d" as use:
                thread.head = replace(thread.head or Head(1), letter=LETTERS["abcd".index(use[-1])])
                await self._say(
                    thread.place, f"The thread goes on from v{thread.head.revision}{use[-1]} now."
                )
            case "secret":
                await self._say(thread.place, "Only the one who asked can see this.", to=inbound.person.id)
            case "compare" | "history" | "why" | "original" | "undo":
                await self._say(thread.place, f"This would be the {words} of v{number}.")
            case _:
                story = [*thread.stories.get(number, []), branch[2] if branch else words]
                await self._make(thread, inbound, Head(number), story)

    async def _make(
        self, thread: FakeThread, inbound: Inbound, parent: Head | None, story: list[str]
    ) -> None:
        count = int(found[1]) if (found := re.search(r"-n (\d)", story[-1])) else 1
        asked = Line(inbound.text or story[-1], Tone.TITLE)
        posted = await self._posted(thread.place, _placeholder(asked, "Making the picture…", None))
        if thread.place.thread is None:
            thread.place = replace(thread.place, thread=posted.thread)
            self.threads[posted.thread] = thread
        thread.busy_turns += 1
        began_s = datetime.now(UTC).timestamp()
        size = WIDE if "16:9" in story[0] else SQUARE
        generating = _placeholder(asked, "Making the picture…", began_s)
        await self._surface.update(thread.place, posted.message, generating)
        for blur in (40, 16) if self._pace_s else ():
            await asyncio.sleep(self._pace_s / 3)
            preview = await asyncio.to_thread(paint, story, size, blur=blur)
            progress = Progress("generating", started_at_s=began_s)
            await self._surface.progress(thread.place, posted.message, progress, preview)
        await asyncio.sleep(self._pace_s / 3)
        if self.gate is not None:
            await self.gate.wait()
        pictures = [await self._kept(story, letter, size, inbound) for letter in LETTERS[:count]]
        number = len(thread.revisions) + 1
        name = inbound.person.name
        thread.revisions.append(RevisionView(number, parent, story[-1], name, tuple(pictures)))
        thread.stories[number], thread.head = story, Head(number)
        thread.busy_turns -= 1
        self._used += count
        self._remember(thread, inbound, pictures, posted.message)
        result = _result(asked, pictures, number, parent, self._used)
        await self._surface.update(thread.place, posted.message, result)

    async def _kept(self, story: list[str], letter: str, size: Size, inbound: Inbound) -> PictureRecord:
        words = [story[0] + (letter if letter != "a" else ""), *story[1:]]
        image: Image = await asyncio.to_thread(paint, words, size)
        blob = BlobKey(f"{inbound.person.workspace}/{hashlib.sha256(image.content).hexdigest()}")
        await self._blobs.put(blob, image.content)
        record = PictureRecord(blob, inbound.person.workspace, image.format, image.size, len(image.content))
        self.records[blob] = record
        return record

    def _remember(
        self, thread: FakeThread, inbound: Inbound, pictures: list[PictureRecord], message: MessageRef
    ) -> None:
        at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC) + timedelta(seconds=len(self.items))
        for letter, picture in zip(LETTERS, pictures, strict=False):
            item = GalleryItem(
                thread=ThreadId(message),
                thread_ref=thread.place.thread,
                channel=inbound.channel,
                turn=TurnId(message),
                revision=len(thread.revisions),
                letter=letter,
                picture=picture,
                text=inbound.text,
                actor=inbound.person.id,
                made_at=at,
            )
            self.items.append(item)

    async def _say(self, place: Place, text: str, *, to: ActorId | None = None) -> None:
        await self._posted(place, Card(CardKind.NOTICE, text, (Line(text),)), to=to)

    async def _posted(self, place: Place, card: Card, *, to: ActorId | None = None) -> Posted:
        self._names += 1
        posted = await self._surface.post(place, card, key=MessageId(f"fake-{self._names}"), private_to=to)
        assert isinstance(posted, Posted), posted
        return posted


_PRESSES = {Act.AGAIN: "again", Act.FINAL: "final", Act.UNDO: "undo"}


def _placeholder(asked: Line, state: str, began_s: float | None) -> Card:
    return Card(
        kind=CardKind.PLACEHOLDER,
        text=f"Making: {asked.text}",
        lines=(asked, Line(state, Tone.QUIET)),
        buttons=(Button(Act.CANCEL, "Cancel", "turn"),),
        caption="about $0.05",
        progress=Progress("generating" if began_s else "queued", started_at_s=began_s),
    )


def _result(asked: Line, pictures: list[PictureRecord], number: int, parent: Head | None, used: int) -> Card:
    name, size = f"v{number}", pictures[0].size
    origin = f"{name} from v{parent.revision}" if parent else name
    uses = [Button(Act.USE, f"Use {letter}", f"{name}{letter}") for letter in LETTERS[: len(pictures)]]
    return Card(
        kind=CardKind.RESULT,
        text=f"{name}: {asked.text}",
        lines=(asked,),
        pictures=tuple(
            _picture(record, asked.text, name, letter if len(pictures) > 1 else None)
            for letter, record in zip(LETTERS, pictures, strict=False)
        ),
        buttons=(*(uses if len(pictures) > 1 else ()), *_buttons(name)),
        caption=f"{origin} · {size.width}×{size.height} · medium · 12 s · $0.05 · you {used} of 20 today"
        " · AI-generated",
        revision=number,
    )


def _picture(record: PictureRecord, asked: str, name: str, letter: Letter | None) -> Picture:
    return Picture(
        blob=record.blob,
        format=record.format,
        size=record.size,
        size_bytes=record.size_bytes,
        alt_text=f"Made from the words: {asked}",
        file_name=f"inkthread-{name}{letter or ''}.png",
        letter=letter,
    )


def _buttons(name: str) -> tuple[Button, ...]:
    return (
        Button(Act.EDIT, "Edit…", name),
        Button(Act.AGAIN, "Again", name, spends=True),
        Button(Act.UNDO, "Undo", name),
        Button(Act.FINAL, "Final", name, spends=True),
        Button(Act.COMPARE, "Compare", name, in_more=True),
        Button(Act.HISTORY, "History", name, in_more=True),
        Button(Act.ORIGINAL, "Original file", name, in_more=True),
        Button(Act.WHY, "Why does it look so?", name, in_more=True),
    )
