"""Asking back before something is forgotten, and beginning it once it is confirmed.

Owns who may have what forgotten, and that nobody is surprised: the question names exactly what goes, its
button names what it confirms. What goes stands in `forgetting_extent.py`, how it goes in `emptying.py` and
`erasing.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from core.app.emptying import Emptying, forget_name
from core.app.encounter import head_of
from core.app.forgetting_extent import ForgettingExtent, what_goes
from core.app.inbound import ReceiptKind, Reception
from core.app.mentions import CONFIRM, Tells
from core.app.permissions import may_steer
from core.app.records import ForgettingRecord, NoticeSaying
from core.app.walk import Scene
from core.domain.ids import ActorId, ForgettingId, ThreadId
from core.domain.prompt.model import Forget, ForgetWhat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app.encounter import Encounter
    from core.app.records import ThreadRecord

_SUBJECT: Final = re.compile(r"forget:(?:v(?P<number>[1-9][0-9]{0,5})|(?P<what>thread|me)):(?P<of>.+)")

_QUESTIONS: Final = {
    ForgetWhat.THIS: "forget_ask_this",
    ForgetWhat.THREAD: "forget_ask_thread",
    ForgetWhat.ME: "forget_ask_me",
}


class Forgetting:
    """Deals with one Inbound that wants something forgotten."""

    def __init__(self, encounter: Encounter) -> None:
        """Answer and act in that encounter."""
        self._at = encounter
        self._unit = encounter.unit

    # --- asking back ---

    async def ask_back(self, wish: Forget, thread: ThreadRecord | None) -> Reception:
        """Say what would go, to the person alone, with a button that confirms it."""
        if wish.what is ForgetWhat.ME:
            foreseen = self._at.foreseen
            all_of_mine = await self.all_of_mine() if foreseen is None else foreseen
            return await self._ask(self._wish(ForgetWhat.ME), all_of_mine)
        if thread is None:
            return await self._at.tell("forget_where")
        if wish.what is ForgetWhat.THREAD:
            meant = self._wish(ForgetWhat.THREAD, thread)
        else:
            head = head_of(wish.target) or await self._at.replied_to() or thread.machine.head
            meant = self._wish(ForgetWhat.THIS, thread, None if head is None else head.revision)
        refused = await self._refused(meant, thread)
        return refused or await self._ask(meant, [await what_goes(self._unit, meant, thread)])

    async def all_of_mine(self) -> tuple[ForgettingExtent, ...]:
        """What goes of every thread when the person is forgotten. Reads only, but maybe for seconds."""
        person, wish = self._at.person, self._wish(ForgetWhat.ME)
        found = []
        for thread_id in await self._unit.turns.threads_of(person.workspace, person.id):
            thread = await self._unit.threads.get(thread_id, for_change=False)
            if thread is not None:
                found.append(await what_goes(self._unit, wish, thread))
        return tuple(found)

    async def _ask(self, wish: ForgettingRecord, extents: Iterable[ForgettingExtent]) -> Reception:
        all_of_it = list(extents)
        turns = [turn for extent in all_of_it for turn in extent.turns]
        values: dict[str, str | int] = {
            CONFIRM: wish.id,
            "pictures": sum(extent.pictures for extent in all_of_it),
            "messages": sum(extent.standing for extent in all_of_it),
            "words": sum(extent.words for extent in all_of_it),
        }
        if wish.revision is not None:
            values["head"] = f"v{wish.revision}"
        askers = () if wish.what is ForgetWhat.ME else tuple(dict.fromkeys(turn.actor for turn in turns))
        return await self._at.answer(NoticeSaying(_QUESTIONS[wish.what], values, askers))

    # --- who may ---

    async def _refused(self, wish: ForgettingRecord, thread: ThreadRecord | None) -> Reception | None:
        """Why the wish cannot be followed, told; None where it can."""
        match wish.what:
            case ForgetWhat.ME:
                return None
            case _ if thread is None:
                return await self._at.tell("forget_nothing")
            case ForgetWhat.THREAD:
                return await self._refused_thread(thread)
            case ForgetWhat.THIS:
                return await self._refused_version(wish, thread)
            case _:
                assert_never(wish.what)

    async def _refused_thread(self, thread: ThreadRecord) -> Reception | None:
        if not may_steer(self._at.person, thread, None):
            return await self._at.not_yours_but(thread.starter)
        turns = await self._unit.turns.of_thread(thread.id)
        if all(turn.is_forgotten for turn in turns):
            return await self._at.tell("forget_nothing")
        return None

    async def _refused_version(self, wish: ForgettingRecord, thread: ThreadRecord) -> Reception | None:
        number = wish.revision
        if number is None:
            return await self._at.tell("forget_nothing")
        turn = await self._unit.threads.revision_turn(thread.id, number)
        if turn is None:
            return await self._at.tell("no_such_revision", revision=number)
        if turn.is_forgotten:
            return await self._at.tell("revision_forgotten", revision=number)
        if not may_steer(self._at.person, thread, turn):
            return await self._at.not_yours(turn)
        if number in thread.machine.in_use:
            return await self._at.tell("forget_busy", head=f"v{number}")
        return None

    # --- once it is confirmed ---

    async def confirm(self, subject: str) -> Reception:
        """Begin what the button names. Confirming again, or late, does nothing more."""
        found = _SUBJECT.fullmatch(subject)
        if found is None:
            return await self._at.tell("gone")
        if await self._unit.forgettings.get(ForgettingId(subject)) is not None:
            return Reception(ReceiptKind.REPEATED)
        if found["what"] == "me":
            return await self._confirm_me(ActorId(found["of"]))
        thread = await self._unit.threads.get(ThreadId(found["of"]))
        if thread is not None and thread.workspace != self._at.person.workspace:
            thread = None
        number = int(found["number"]) if found["number"] else None
        wish = self._wish(ForgetWhat.THREAD if number is None else ForgetWhat.THIS, thread, number)
        refused = await self._refused(wish, thread)
        wish = replace(wish, id=ForgettingId(subject), threads=() if thread is None else (thread.id,))
        if refused is not None or thread is None:
            await self._take_question_away(wish)
            return refused or Reception(ReceiptKind.REFUSED)
        return await self._begin(wish, thread.id)

    async def _confirm_me(self, actor: ActorId) -> Reception:
        person = self._at.person
        if actor != person.id:
            return await self._at.not_yours_but(actor)
        threads = await self._unit.turns.threads_of(person.workspace, person.id)
        wish = replace(self._wish(ForgetWhat.ME), threads=tuple(threads), has_told=True)
        await self._unit.forgettings.add(wish)
        self._at.after_commit.forgettings.append(wish.id)
        await self._take_question_away(wish)
        # The rest takes as long as the person has been here, and others want to write: it goes step by step.
        await self._emptying(wish).drop_deliveries(None)
        await forget_name(self._unit, wish.actor)
        return Reception(ReceiptKind.ACCEPTED)

    async def _begin(self, wish: ForgettingRecord, thread: ThreadId) -> Reception:
        """Write the wish down, and empty the thread's rows at once."""
        await self._unit.forgettings.add(wish)
        self._at.after_commit.forgettings.append(wish.id)
        await self._take_question_away(wish)
        if not await self._emptying(wish).empty(thread):
            await self._at.tell("forget_waiting")
        return Reception(ReceiptKind.ACCEPTED)

    def _emptying(self, wish: ForgettingRecord) -> Emptying:
        return Emptying(Scene(self._at.outside, self._unit, self._at.after_commit, self._at.now), wish)

    async def _take_question_away(self, wish: ForgettingRecord) -> None:
        """The question was answered. Where only its button's press lets it be taken away, that is at hand."""
        person = self._at.person
        asked = await self._unit.messages.telling(person.workspace, Tells.QUESTION, private_to=person.id)
        for message in asked:
            await self._emptying(wish).answered(message)

    def _wish(
        self, what: ForgetWhat, thread: ThreadRecord | None = None, revision: int | None = None
    ) -> ForgettingRecord:
        """The wish as it would be stored. Its id is what its button names: it cannot be there twice."""
        at, person = self._at, self._at.person
        named = "me" if what is ForgetWhat.ME else "thread" if revision is None else f"v{revision}"
        of = person.id if thread is None else thread.id
        return ForgettingRecord(
            id=ForgettingId(f"forget:{named}:{of}"),
            what=what,
            workspace=person.workspace,
            platform=at.inbound.platform,
            channel=at.inbound.channel,
            actor=person.id,
            locale=person.locale,
            created_at=at.now,
            thread=None if thread is None else thread.id,
            revision=revision,
            thread_ref=at.inbound.thread,
            context=at.inbound.context,
        )
