"""Collects what a message needs to be drawn, and has its pictures made where it shows a made-up one.

Owns the reading; `cards.py` owns the drawing, `fitting.py` what a platform cannot show as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from core.app import cards
from core.app.account_composing import AccountComposing
from core.app.bookkeeping import scopes_of, with_defaults
from core.app.fitting import fitted
from core.app.naming import called
from core.app.original_link import original_elsewhere
from core.app.outside import look
from core.app.ports import Labelled
from core.app.records import (
    CompareSaying,
    GallerySaying,
    HistorySaying,
    NoticeSaying,
    OriginalSaying,
    QuotaSaying,
    SettingsSaying,
    ShowSaying,
    Stage,
    TurnSaying,
    UsageSaying,
    WhySaying,
)
from core.app.sheets import keep_sheet
from core.app.turn_facts import TurnFacts
from core.app.wording import shorten
from core.app.zones import zones_of
from core.domain.generation import Image
from core.domain.quota import Metric, Period, ScopeKind, window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.outside import Outside
    from core.app.records import MessageRecord, PictureRecord, ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.card import Card
    from core.domain.lineage import Head, Revision

STRIP_EDGE_PX = 720
"""How large a picture of the strip is at most while the others are fetched: originals of a long thread are a
gigabyte, and a cell of the strip is smaller than this."""

MOST_IN_STRIP = 28
"""How many versions a strip shows: with what was asked for each they still fit into one message of any
platform, and people can see what is in them. A picture of 550 is longer than its format can be."""

STRIP_NOTE_LETTERS = 80
"""How much of what was asked stands under a picture in the strip of versions."""

BEFORE_THE_ENGINE = frozenset({Stage.WAITING, Stage.QUEUED, Stage.ANNOUNCED})
"""Stages in which others can go before a turn."""


class Composing:
    """Draws the card of any message."""

    def __init__(self, outside: Outside) -> None:
        """Read and draw with these."""
        self._outside = outside
        self._account = AccountComposing(outside)

    async def card(
        self, message: MessageRecord, *, facts: TurnFacts | None = None, max_bytes: int | None = None
    ) -> Card:
        """The card that the message should show by now. Raises the StorageFault family.

        `facts` are those of its turn, where they are known already. `max_bytes` is what a picture may have
        where the platform has refused a larger one.
        """
        match message.saying:
            case TurnSaying():
                card = await self._turn_card(message, facts)
            case NoticeSaying():
                card = await self._notice_card(message, message.saying)
            case ShowSaying(head):
                card = await look(self._outside.database, lambda unit: self._show_card(unit, message, head))
            case OriginalSaying(head):
                # Sent as it is or not at all: another encoding would be no original.
                return await look(
                    self._outside.database, lambda unit: self._original_card(unit, message, head, max_bytes)
                )
            case CompareSaying(left, right):
                card = await self._compare_card(message, left, right)
            case HistorySaying(last):
                card = await self._history_card(message, last)
            case WhySaying(revision):
                card = await look(
                    self._outside.database, lambda unit: self._why_card(unit, message, revision)
                )
            case QuotaSaying() | UsageSaying() | GallerySaying() | SettingsSaying():
                card = await self._account.card(message, message.saying)
            case _:
                assert_never(message.saying)
        return await fitted(self._outside, card, message, max_bytes)

    # --- from rows ---

    async def _notice_card(self, message: MessageRecord, saying: NoticeSaying) -> Card:
        """Whom a notice names is called as they are called now; who was forgotten has no name."""
        values = saying.values
        if saying.about:
            about, locale = saying.about, message.locale
            who = await look(self._outside.database, lambda unit: called(unit, about, locale))
            values = {**values, "name": who, "names": who}
        return cards.notice(saying.code, values, message.locale)

    async def _turn_card(self, message: MessageRecord, known: TurnFacts | None) -> Card:
        facts = known or await look(self._outside.database, lambda unit: self.turn_facts(unit, message))
        if facts is None:
            return cards.notice("gone", {}, message.locale)
        return cards.turn(facts, message.locale)

    async def turn_facts(self, unit: UnitOfWork, message: MessageRecord) -> TurnFacts | None:
        """What a turn's own message is drawn from; None where there is no such turn."""
        turn = await unit.turns.get(message.turn) if message.turn is not None else None
        if turn is None:
            return None
        if turn.revision is not None:
            return await self._facts(unit, turn, await self._thread(unit, message))
        return replace(await self._plain_facts(unit, turn), ahead=await self._ahead(unit, turn, message))

    @staticmethod
    async def _plain_facts(unit: UnitOfWork, turn: TurnRecord) -> TurnFacts:
        actor = await unit.people.actor(turn.actor)
        return TurnFacts(turn, actor_name=actor.name if actor is not None else "")

    async def _facts(self, unit: UnitOfWork, turn: TurnRecord, thread: ThreadRecord) -> TurnFacts:
        """What is known of a turn that made a revision."""
        if turn.revision is None:
            msg = f"turn {turn.id} made no revision"
            raise LookupError(msg)
        return replace(
            await self._plain_facts(unit, turn),
            parent=thread.machine.revisions[turn.revision - 1].parent,
            today=await self._today(unit, turn, thread),
            story=await self._story(unit, thread, turn),
        )

    async def _ahead(self, unit: UnitOfWork, turn: TurnRecord, message: MessageRecord) -> int:
        """How many go before the turn: in its thread, and once it is its thread's, in everybody's line."""
        if turn.stage is Stage.WAITING:
            waiting = [one.turn_id for one in (await self._thread(unit, message)).machine.waiting]
            if turn.id in waiting:
                return waiting.index(turn.id) + 1
        if turn.stage not in BEFORE_THE_ENGINE:
            return 0
        return await unit.turns.ahead_of(turn.id)

    async def _today(
        self, unit: UnitOfWork, turn: TurnRecord, thread: ThreadRecord
    ) -> tuple[int, int] | None:
        scopes = scopes_of(turn.actor, turn.ask.roles, thread.channel, thread.workspace)
        own = with_defaults(await unit.quotas.allowances(scopes), scopes, self._outside.policy)
        daily = [
            one
            for one in own
            if one.scope.kind is ScopeKind.ACTOR
            and one.metric is Metric.PICTURES
            and one.period is Period.DAY
        ]
        if not daily:
            return None
        zones = zones_of(await unit.people.workspace(thread.workspace), self._outside.policy)
        window = window_of(daily[0], await unit.now(), zones)
        (counter,) = await unit.quotas.peek([(daily[0], window.start)])
        return counter.used, counter.most

    async def _story(self, unit: UnitOfWork, thread: ThreadRecord, turn: TurnRecord) -> tuple[str, ...]:
        """What was asked from the first picture to this one, oldest first, for the alt text."""
        line: list[int] = []
        revision = thread.machine.revisions[turn.revision - 1] if turn.revision else None
        while revision is not None and revision.parent is not None:
            line.append(revision.parent.revision)
            revision = thread.machine.revisions[revision.parent.revision - 1]
        asked = await unit.threads.asked(thread.id, line) if line else {}
        earlier = (asked[number] for number in reversed(line) if asked.get(number))
        return (*earlier, *([turn.ask.text] if turn.ask.text else ()))

    async def _show_card(self, unit: UnitOfWork, message: MessageRecord, head: Head) -> Card:
        turn, thread = await self._made(unit, message, head)
        return cards.shown(await self._facts(unit, turn, thread), head, message.locale)

    async def _original_card(
        self, unit: UnitOfWork, message: MessageRecord, head: Head, max_bytes: int | None
    ) -> Card:
        turn, thread = await self._made(unit, message, head)
        card = cards.original(await self._facts(unit, turn, thread), head, message.locale)
        if max_bytes is None:
            return card
        (picture,), links = card.pictures, self._outside.links
        address = links.original(message.workspace, picture.blob, picture.file_name) if links else ""
        return original_elsewhere(picture, head, address, message.locale)

    async def _why_card(self, unit: UnitOfWork, message: MessageRecord, revision: int) -> Card:
        thread = await self._thread(unit, message)
        turn = await unit.threads.revision_turn(thread.id, revision)
        if turn is None:
            return cards.notice("no_such_revision", {"revision": revision}, message.locale)
        return cards.why(await self._facts(unit, turn, thread), message.locale)

    async def _made(
        self, unit: UnitOfWork, message: MessageRecord, head: Head
    ) -> tuple[TurnRecord, ThreadRecord]:
        thread = await self._thread(unit, message)
        turn = await unit.threads.revision_turn(thread.id, head.revision)
        if turn is None:
            msg = f"revision {head.revision} of {thread.id} has no turn"
            raise LookupError(msg)
        return turn, thread

    @staticmethod
    async def _thread(unit: UnitOfWork, message: MessageRecord) -> ThreadRecord:
        thread = (
            await unit.threads.get(message.thread, for_change=False) if message.thread is not None else None
        )
        if thread is None:
            msg = f"message {message.id} belongs to no thread"
            raise LookupError(msg)
        return thread

    # --- made-up pictures ---

    async def _compare_card(self, message: MessageRecord, left: Head, right: Head) -> Card:
        heads = (left, right)
        known = [await self._known(message, head) for head in heads]
        async with self._outside.hands.holding(sum(record.size_bytes for record, _ in known)):
            sides = [await self._labelled(head, *one) for head, one in zip(heads, known, strict=True)]
            sheet = await self._outside.pictures.side_by_side(*sides)
        return cards.compared(await keep_sheet(self._outside, message, sheet), left, right, message.locale)

    async def _history_card(self, message: MessageRecord, last: int) -> Card:
        thread = await look(self._outside.database, lambda unit: self._thread(unit, message))
        machine = thread.machine
        known = [one for one in machine.revisions[:last] if one.number not in machine.forgotten]
        revisions = _latest(known, machine.head)
        pictures = [await self._in_strip(message, one, machine.head) for one in revisions]
        sheet = await self._outside.pictures.strip([labelled for labelled, _ in pictures])
        lines = [(one, text) for one, (_, text) in zip(revisions, pictures, strict=True)]
        record = await keep_sheet(self._outside, message, sheet)
        return cards.history(record, lines, machine.head, message.locale, known=known)

    async def _in_strip(
        self, message: MessageRecord, revision: Revision, head: Head | None
    ) -> tuple[Labelled, str]:
        is_head = head is not None and head.revision == revision.number
        shown = head if is_head and head is not None else cards.first_of(revision)
        record, text = await self._known(message, shown)
        async with self._outside.hands.holding(record.size_bytes):
            labelled = await self._labelled(shown, record, text)
            small = await self._outside.pictures.thumbnail(labelled.image, edge_px=STRIP_EDGE_PX)
        return replace(labelled, image=small, is_head=is_head), labelled.note

    async def _known(self, message: MessageRecord, head: Head) -> tuple[PictureRecord, str]:
        async def read(unit: UnitOfWork) -> tuple[PictureRecord, str]:
            turn, _ = await self._made(unit, message, head)
            return turn.pictures[cards.index_of(head)], cards.words_of(turn, message.locale)

        return await look(self._outside.database, read)

    async def _labelled(self, head: Head, record: PictureRecord, text: str) -> Labelled:
        content = await self._outside.blobs.get(record.blob)
        image = Image(content, record.format, record.size, has_alpha=record.has_alpha)
        return Labelled(image, cards.head_name(head), shorten(text, STRIP_NOTE_LETTERS))


def _latest(known: Sequence[Revision], head: Head | None) -> list[Revision]:
    """The versions that a strip shows: the last ones, and the one that the thread goes on from."""
    earlier, latest = known[:-MOST_IN_STRIP], known[-MOST_IN_STRIP:]
    return [*(one for one in earlier if head is not None and one.number == head.revision), *latest]
