"""Wishes that cost something: a new picture, an edit, the same again, the final one.

Owns the way from such a wish to a turn, and that people spend only their own. What becomes of the turn is the
machine's to say.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from core.app.encounter import head_of
from core.app.inbound import InboundKind, ReceiptKind, Reception
from core.app.moderation import waiting_of
from core.app.permissions import may_spend_on
from core.app.records import Ask, AskKind, Stage, ThreadRecord, TurnRecord
from core.app.zones import zones_of
from core.domain.card import Act
from core.domain.edit_thread import new_thread
from core.domain.events import Ticket, TurnRequested
from core.domain.generation import Quality
from core.domain.ids import MessageId, ThreadId, TurnId
from core.domain.prompt.compiler import texts_tip
from core.domain.prompt.model import Again, Edit, Final, Generate, Options, Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.encounter import Encounter
    from core.app.moderation import Waiting
    from core.app.records import PictureRecord
    from core.domain.lineage import Head
    from core.domain.prompt.model import Target
    from core.domain.shape import Tier

TWIN_WITHIN = timedelta(seconds=5)
"""The same words of the same person within this time are one wish, clicked twice."""


Spending = Generate | Edit | Again | Final
"""Directives that cost something."""


class Asking:
    """Makes turns of one Inbound's wish. `thread` is where it was said, None where no picture is."""

    def __init__(
        self, encounter: Encounter, thread: ThreadRecord | None, pictures: Sequence[PictureRecord]
    ) -> None:
        """`pictures` are the checked files that came along."""
        self._at = encounter
        self._unit = encounter.unit
        self._inbound = encounter.inbound
        self._thread = thread
        self._pictures = pictures

    async def ask(self, wish: Spending) -> Reception:
        """Make a turn of the wish, or say why not."""
        match wish:
            case Generate(prompt):
                return await self._generate(prompt)
            case Edit(prompt, target):
                return await self._edit(prompt, target)
            case _ if self._thread is None:
                return await self._at.tell("nothing_to_show")
            case Again():
                return await self._again(self._thread)
            case Final(tier):
                return await self._final(self._thread, tier)
            case _:
                assert_never(wish)

    async def _generate(self, prompt: Prompt) -> Reception:
        reception = await self._spend(AskKind.GENERATE, self._inbound.text, prompt, own_base=None)
        if reception.kind is ReceiptKind.ACCEPTED and texts_tip(prompt):
            await self._at.tell("texts_tip")
        return reception

    async def _edit(self, prompt: Prompt, target: Target | None) -> Reception:
        """A change of the head, of the version that is named, or of the picture that was replied to."""
        thread = self._thread
        if thread is None:  # something said to us where no picture is: a new one
            return await self._generate(prompt)
        named = head_of(target) or await self._at.replied_to()
        machine = thread.machine
        is_bare = all(one.number in machine.forgotten for one in machine.revisions)
        is_first = named is None and is_bare and machine.active is None
        kind = AskKind.GENERATE if is_first else AskKind.EDIT
        return await self._spend(kind, self._inbound.text, prompt, own_base=named)

    async def _again(self, thread: ThreadRecord) -> Reception:
        """The same request once more, from the same base and with the same references."""
        turn = await self._meant(thread)
        if turn is None:
            return await self._at.tell("nothing_to_show")
        if turn.is_forgotten or turn.ask.is_wordless:
            return await self._at.tell("forgotten")
        if not await self._may_spend(turn):
            return await self._at.not_yours(turn)
        prompt, kind = turn.ask.prompt, turn.ask.kind
        base = turn.base if turn.revision is not None else turn.own_base
        self._pictures = [
            picture
            for blob in turn.ask.references
            if (picture := await self._unit.pictures.get(blob)) is not None
        ]
        own_base = None if kind is AskKind.GENERATE else base
        repeats = turn.ask.repeats or turn.id
        return await self._spend(kind, turn.ask.text, prompt, own_base=own_base, repeats=repeats)

    async def _final(self, thread: ThreadRecord, tier: Tier | None) -> Reception:
        """The picture once more at high quality, or larger, and otherwise unchanged."""
        turn = await self._meant(thread)
        if turn is None or turn.revision is None:
            return await self._at.tell("nothing_to_show")
        if not await self._may_spend(turn):
            return await self._at.not_yours(turn)
        prompt = Prompt(words="", options=Options(quality=Quality.HIGH, tier=tier))
        text = self._inbound.text or "final"
        return await self._spend(AskKind.FINAL, text, prompt, own_base=self._at.pressed_head)

    # --- what is meant ---

    async def _meant(self, thread: ThreadRecord) -> TurnRecord | None:
        """The turn that a button or a word is about: the pressed one, else the head's, else the last one."""
        press = self._inbound.press
        if press is not None and press.act is Act.TRY_AGAIN:
            turn = await self._unit.turns.get(TurnId(press.subject))
            return turn if turn is not None and turn.thread == thread.id else None
        head = self._at.pressed_head or thread.machine.head
        if head is not None:
            return await self._unit.threads.revision_turn(thread.id, head.revision)
        turns = await self._unit.turns.of_thread(thread.id, stages=(Stage.FAILED, Stage.CANCELLED))
        return turns[-1] if turns else None

    async def _may_spend(self, turn: TurnRecord) -> bool:
        if self._inbound.kind is not InboundKind.PRESS:
            return True
        workspace = await self._unit.people.workspace(self._at.person.workspace)
        is_open_to_all = workspace is not None and workspace.is_open_to_all
        return may_spend_on(self._at.person, turn, is_open_to_all=is_open_to_all)

    # --- the turn ---

    async def _spend(
        self,
        kind: AskKind,
        text: str,
        prompt: Prompt,
        *,
        own_base: Head | None,
        repeats: TurnId | None = None,
    ) -> Reception:
        person = self._at.person
        waiting = await waiting_of(self._unit, self._at.outside.policy, person.id, self._at.now)
        if waiting is not None:
            return await self._has_to_wait(waiting)
        twin_key = self._twin_key(kind, text, own_base)
        since = self._at.now - TWIN_WITHIN
        twin = await self._unit.turns.twin(person.workspace, person.id, twin_key, since=since)
        if twin is not None:
            return Reception(ReceiptKind.REPEATED)
        thread = await self._own_thread()
        references = tuple(picture.blob for picture in self._pictures)
        ask = Ask(kind, text.strip(), prompt, references, roles=person.roles, repeats=repeats)
        turn = await self._turn(thread, ask, own_base, twin_key)
        walk = self._at.walk(thread)
        walk.add(turn)
        ticket = Ticket(turn.id, turn.actor, base=own_base, is_generate=kind is AskKind.GENERATE)
        await walk.feed(TurnRequested(ticket))
        stored = await self._unit.turns.get(turn.id)
        is_taken = stored is not None and not stored.stage.is_over
        return Reception(ReceiptKind.ACCEPTED if is_taken else ReceiptKind.REFUSED)

    async def _has_to_wait(self, waiting: Waiting) -> Reception:
        workspace = await self._unit.people.workspace(self._at.person.workspace)
        zone = zones_of(workspace, self._at.outside.policy).zone
        until = waiting.until.astimezone(zone).isoformat(timespec="minutes")
        return await self._at.tell("waiting_period", count=waiting.refusals, until=until)

    async def _turn(self, thread: ThreadRecord, ask: Ask, own_base: Head | None, twin_key: str) -> TurnRecord:
        ids, person = self._at.outside.ids, self._at.person
        return TurnRecord(
            id=TurnId(ids.new()),
            thread=thread.id,
            workspace=thread.workspace,
            actor=person.id,
            position=await self._unit.turns.last_position(thread.id) + 1,
            stage=Stage.WAITING,
            ask=ask,
            locale=person.locale,
            created_at=self._at.now,
            message=MessageId(ids.new()),
            own_base=own_base,
            twin_key=twin_key,
            source=self._inbound.source,
        )

    def _twin_key(self, kind: AskKind, text: str, own_base: Head | None) -> str:
        place = (str(self._inbound.channel), str(self._inbound.thread))
        blobs = (picture.blob for picture in self._pictures)
        wish = "\x00".join([kind.value, text, *place, str(own_base), *blobs])
        # Half of a surrogate pair, which a platform's JSON can hold, has no bytes of its own.
        return hashlib.sha256(wish.encode(errors="surrogatepass")).hexdigest()

    async def _own_thread(self) -> ThreadRecord:
        if self._thread is not None:
            return self._thread
        thread = ThreadRecord(
            id=ThreadId(self._at.outside.ids.new()),
            workspace=self._at.person.workspace,
            platform=self._inbound.platform,
            channel=self._inbound.channel,
            starter=self._at.person.id,
            machine=new_thread(),
            created_at=self._at.now,
            ref=self._inbound.thread,
        )
        await self._unit.threads.add(thread)
        return thread
