"""One Inbound within one transaction: who said what where, and how they are answered.

Owns the answers that are no turn's own message. What is done about the Inbound stands in `directives.py` and
`asking.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.inbound import ReceiptKind, Reception
from core.app.records import NoticeSaying, TurnSaying
from core.app.understanding import target_of
from core.app.voice import Voice
from core.app.walk import Scene, Walk
from core.domain.ids import MessageId
from core.domain.lineage import Head

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.after_commit import AfterCommit
    from core.app.forgetting_extent import ForgettingExtent
    from core.app.inbound import Inbound, Person
    from core.app.outside import Outside
    from core.app.records import Saying, ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId
    from core.domain.prompt.model import Target


@dataclass(frozen=True, slots=True)
class Encounter:
    """An Inbound, the unit of work it is dealt with in, and the database's clock at that moment.

    `foreseen` is what a wish to be forgotten would take, where that was read before the unit began.
    """

    outside: Outside
    unit: UnitOfWork
    after_commit: AfterCommit
    inbound: Inbound
    now: datetime
    foreseen: tuple[ForgettingExtent, ...] | None = None

    @property
    def person(self) -> Person:
        """Who did it."""
        return self.inbound.person

    @property
    def voice(self) -> Voice:
        """How that person is answered."""
        return Voice.of(self.inbound)

    @property
    def pressed_head(self) -> Head | None:
        """The picture that the pressed button is about, where it names one."""
        press = self.inbound.press
        return head_of(target_of(press.subject)) if press is not None else None

    async def replied_to(self) -> Head | None:
        """The picture whose message was replied to, where the platform says so."""
        ref = self.inbound.reply_to
        if ref is None:
            return None
        message = await self.unit.messages.by_ref(self.person.workspace, self.inbound.channel, ref)
        is_its_turns = message is not None and (
            isinstance(message.saying, TurnSaying) or message.is_forgotten
        )
        if message is None or message.turn is None or not is_its_turns:
            return None
        turn = await self.unit.turns.get(message.turn)
        return None if turn is None or turn.revision is None else Head(turn.revision)

    def walk(self, thread: ThreadRecord) -> Walk:
        """A way through that thread, in this unit."""
        return Walk(Scene(self.outside, self.unit, self.after_commit, self.now), thread, self.voice)

    async def tell(self, code: str, **values: str | int) -> Reception:
        """Answer with a notice, and take nothing in."""
        await self.answer(NoticeSaying(code, values))
        return Reception(ReceiptKind.REFUSED)

    async def answer(self, saying: Saying) -> Reception:
        """Answer the person alone with what was asked for."""
        key = MessageId(self.outside.ids.new())
        message = self.voice.answer(key, saying, self.now, inbound=self.inbound)
        await self.unit.messages.add(message)
        self.after_commit.messages.append(message.id)
        return Reception(ReceiptKind.ACCEPTED)

    async def not_yours(self, turn: TurnRecord) -> Reception:
        """Say that the turn is somebody else's."""
        return await self.not_yours_but(turn.actor)

    async def not_yours_but(self, actor: ActorId) -> Reception:
        """Say whose it is."""
        await self.answer(NoticeSaying("not_yours", about=(actor,)))
        return Reception(ReceiptKind.REFUSED)


def head_of(target: Target | None) -> Head | None:
    """The head that a person named, with the first candidate where they named none."""
    if target is None:
        return None
    return Head(target.revision) if target.letter is None else Head(target.revision, target.letter)
