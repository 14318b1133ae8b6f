"""What each directive does, inside one transaction.

Owns who may do what, and the way from a directive to the machine's facts or to a message. A refusal is
a notice to the person; nothing here raises for what people do. What costs something stands in `asking.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from core.app.asking import Asking
from core.app.encounter import head_of
from core.app.forgetting import Forgetting
from core.app.inbound import ReceiptKind, Reception
from core.app.permissions import may_steer
from core.app.records import (
    CompareSaying,
    GallerySaying,
    HistorySaying,
    NoticeSaying,
    OriginalSaying,
    QuotaSaying,
    SettingsSaying,
    ShowSaying,
    ThreadRecord,
    UsageSaying,
    WhySaying,
)
from core.app.understanding import Confirmed, Original, Revised, Withdrawn
from core.app.withdrawing import Withdrawing
from core.domain.events import (
    CancelRequested,
    GoToMove,
    HeadMoved,
    RedoMove,
    ThreadClosed,
    UndoMove,
    UseMove,
)
from core.domain.ids import MessageId, TurnId
from core.domain.lineage import Head
from core.domain.prompt.marks import point_at
from core.domain.prompt.model import (
    Again,
    Cancel,
    Close,
    Compare,
    Edit,
    Final,
    Forget,
    Gallery,
    Generate,
    GoTo,
    Help,
    History,
    NotYet,
    Problem,
    Quota,
    Redo,
    Settings,
    Show,
    Talk,
    Undo,
    Usage,
    Use,
    Why,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.encounter import Encounter
    from core.app.records import PictureRecord, Saying
    from core.app.understanding import Understood
    from core.domain.events import Move

Seen = Show | Why | Compare | History | Original
"""Directives that only read."""

InThread = Undo | Redo | GoTo | Use | Cancel | Close | Seen
"""Directives that only mean something in a thread of ours, and cost nothing."""


class Directives:
    """Carries out one directive for one Inbound."""

    def __init__(self, encounter: Encounter) -> None:
        """Answer and act in that encounter."""
        self._at = encounter
        self._unit = encounter.unit

    async def carry_out(
        self, wish: Understood, thread: ThreadRecord | None, pictures: Sequence[PictureRecord]
    ) -> Reception:
        """Do what is asked, with the checked pictures that came along."""
        match wish:
            case Problem():
                return await self._refuse_prompt(wish)
            case Help() | NotYet() | Talk() | Quota() | Usage() | Gallery() | Settings():
                return await self._answer(wish)
            case Generate() | Edit() | Again() | Final():
                return await Asking(self._at, thread, pictures).ask(wish)
            case Forget() | Confirmed() | Withdrawn() | Revised():
                return await self._take_back(wish, thread, pictures)
            case _ if thread is None:
                return await self._at.tell("nothing_to_show")
            case _:
                return await self._in_thread(thread, wish)

    async def _answer(self, wish: Help | NotYet | Talk | Quota | Usage | Gallery | Settings) -> Reception:
        match wish:
            case Help():
                return await self._at.tell("help")
            case NotYet(what):
                return await self._at.tell("not_yet", what=what)
            case Talk():
                return Reception(ReceiptKind.IGNORED)
            case _:
                return await self._about_account(wish)

    async def _about_account(self, wish: Quota | Usage | Gallery | Settings) -> Reception:
        """What is left, what was spent and made, what is set: told to whoever asked, and to nobody else."""
        person = self._at.person
        match wish:
            case Quota():
                return await self._at.answer(QuotaSaying(person.roles))
            case Usage() if not person.is_admin:
                return await self._at.tell("admins_only")
            case Usage(days):
                return await self._at.answer(UsageSaying(days))
            case Gallery():
                return await self._at.answer(GallerySaying())
            case Settings():
                return await self._at.answer(SettingsSaying(person.is_admin))
            case _:
                assert_never(wish)

    async def _take_back(
        self,
        wish: Forget | Confirmed | Withdrawn | Revised,
        thread: ThreadRecord | None,
        pictures: Sequence[PictureRecord],
    ) -> Reception:
        match wish:
            case Forget():
                return await Forgetting(self._at).ask_back(wish, thread)
            case Confirmed(subject):
                return await Forgetting(self._at).confirm(subject)
            case Withdrawn():
                return await Withdrawing(self._at).withdraw()
            case Revised(anew):
                made_way = await Withdrawing(self._at).make_way(pictures)
                if isinstance(made_way, Reception):
                    return made_way
                return await self.carry_out(anew, *made_way)
            case _:
                assert_never(wish)

    async def _in_thread(self, thread: ThreadRecord, wish: InThread) -> Reception:
        match wish:
            case Undo() | Redo() | GoTo() | Use():
                return await self._move(thread, _move_of(wish))
            case Cancel():
                return await self._cancel(thread)
            case Close():
                return await self._close(thread)
            case Show() | Why() | Compare() | History() | Original():
                return await self._show(thread, wish)
            case _:
                assert_never(wish)

    # --- steering ---

    async def _move(self, thread: ThreadRecord, move: Move) -> Reception:
        head = thread.machine.head
        turn = await self._unit.threads.revision_turn(thread.id, head.revision) if head is not None else None
        if turn is not None and not may_steer(self._at.person, thread, turn):
            return await self._at.not_yours(turn)
        await self._at.walk(thread).feed(HeadMoved(move))
        return Reception(ReceiptKind.ACCEPTED)

    async def _cancel(self, thread: ThreadRecord) -> Reception:
        named = await self._named_by_cancel(thread)
        if named is None:
            return Reception(ReceiptKind.REFUSED)
        await self._at.walk(thread).feed(CancelRequested(named))
        return Reception(ReceiptKind.ACCEPTED)

    async def _named_by_cancel(self, thread: ThreadRecord) -> frozenset[TurnId] | None:
        press = self._at.inbound.press
        if press is None:
            machine = thread.machine
            tickets = (*((machine.active,) if machine.active is not None else ()), *machine.waiting)
            return frozenset(ticket.turn_id for ticket in tickets if ticket.actor == self._at.person.id)
        turn = await self._unit.turns.get(TurnId(press.subject))
        if turn is None or turn.thread != thread.id:
            await self._at.tell("nothing_to_cancel")
            return None
        if not may_steer(self._at.person, thread, turn):
            await self._at.not_yours(turn)
            return None
        return frozenset({turn.id})

    async def _close(self, thread: ThreadRecord) -> Reception:
        if not may_steer(self._at.person, thread, None):
            return await self._at.not_yours_but(thread.starter)
        walk = self._at.walk(thread)
        await walk.feed(ThreadClosed())
        await walk.say("closed_thread")
        return Reception(ReceiptKind.ACCEPTED)

    # --- showing ---

    async def _show(self, thread: ThreadRecord, wish: Seen) -> Reception:
        head = self._at.pressed_head or thread.machine.head
        if head is not None and head.revision in thread.machine.forgotten:
            return await self._at.tell("revision_forgotten", revision=head.revision)
        if head is None or not thread.machine.lineage.has(head):
            return await self._at.tell("nothing_to_show")
        saying = self._saying(thread, wish, head)
        if isinstance(saying, NoticeSaying):
            return await self._at.tell(saying.code, **saying.values)
        message = self._at.voice.public(MessageId(self._at.outside.ids.new()), thread, saying, self._at.now)
        await self._unit.messages.add(message)
        self._at.after_commit.messages.append(message.id)
        return Reception(ReceiptKind.ACCEPTED)

    @staticmethod
    def _saying(thread: ThreadRecord, wish: Seen, head: Head) -> Saying:
        match wish:
            case Original():
                return OriginalSaying(head)
            case Why():
                return WhySaying(head.revision)
            case History():
                return HistorySaying(len(thread.machine.revisions))
            case Compare(left, right):
                return _comparison(thread, head_of(left), head_of(right) or head)
            case Show():
                return ShowSaying(head)
            case _:
                assert_never(wish)

    # --- answers ---

    async def _refuse_prompt(self, problem: Problem) -> Reception:
        values: dict[str, str | int] = {
            "subject": problem.subject,
            "other": problem.other or "",
            "suggestion": problem.suggestion or "",
            "place": point_at(self._at.inbound.text, problem.span),
        }
        return await self._at.tell(problem.code.value, **values)


def _move_of(wish: Undo | Redo | GoTo | Use) -> Move:
    match wish:
        case Undo():
            return UndoMove()
        case Redo():
            return RedoMove()
        case GoTo(target):
            return GoToMove(target.revision, target.letter)
        case Use(letter):
            return UseMove(letter)
        case _:
            assert_never(wish)


def _comparison(thread: ThreadRecord, left: Head | None, right: Head) -> Saying:
    """Without a left side: what the right one came from, else the version before it."""
    lineage = thread.machine.lineage
    if left is None and lineage.has(right):
        parent = lineage.revisions[right.revision - 1].parent
        before = (Head(number) for number in range(right.revision - 1, 0, -1))
        left = next((head for head in (parent, *before) if head is not None and lineage.has(head)), None)
    if left is None:
        return NoticeSaying("nothing_to_compare")
    missing = next((head for head in (left, right) if not lineage.has(head)), None)
    if missing is not None:
        is_forgotten = missing.revision in lineage.forgotten
        code = "revision_forgotten" if is_forgotten else "no_such_revision"
        return NoticeSaying(code, {"revision": missing.revision})
    return CompareSaying(left, right)
