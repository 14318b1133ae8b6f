"""What goes when something is forgotten, and what is left of a turn of which nothing is left.

Owns the extent of each wish to forget. Reads only; what is done about it stands in `emptying.py`. What others
said or show of somebody beside the threads is found by `mentions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from core.app.mentions import Tells, tells_of
from core.app.records import (
    Ask,
    CompareSaying,
    GallerySaying,
    HistorySaying,
    NoticeSaying,
    OriginalSaying,
    QuotaSaying,
    SettingsSaying,
    ShowSaying,
    TurnSaying,
    UsageSaying,
    WhySaying,
)
from core.domain.prompt.model import ForgetWhat, Prompt

if TYPE_CHECKING:
    from core.app.records import ForgettingRecord, MessageRecord, Saying, ThreadRecord, TurnRecord
    from core.app.repositories import UnitOfWork
    from core.domain.ids import BlobKey


@dataclass(frozen=True, slots=True)
class ForgettingExtent:
    """What goes of one thread. `is_whole`: nothing of it is left afterwards, so that it is closed.

    `repeats` are turns in which others asked for the same again: their pictures stay, the words go.
    """

    turns: tuple[TurnRecord, ...] = ()
    messages: tuple[MessageRecord, ...] = ()
    is_whole: bool = False
    repeats: tuple[TurnRecord, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """The revisions that go."""
        return frozenset(turn.revision for turn in self.turns if turn.revision is not None)

    @property
    def retold(self) -> frozenset[int]:
        """The revisions that stay, but whose words go."""
        return frozenset(turn.revision for turn in self.repeats if turn.revision is not None)

    @property
    def pictures(self) -> int:
        """How many pictures go."""
        return sum(len(turn.pictures) for turn in self.turns)

    @property
    def standing(self) -> int:
        """How many messages go that people can see."""
        return sum(message.ref is not None for message in self.messages)

    @property
    def words(self) -> int:
        """How many requests go, as far as they were put in words."""
        return sum(bool(turn.ask.text) for turn in self.turns)

    @property
    def blobs(self) -> tuple[BlobKey, ...]:
        """The bytes that are referred to less by then, each once."""
        made = (picture.blob for turn in self.turns for picture in turn.pictures)
        given = (blob for turn in (*self.turns, *self.repeats) for blob in turn.ask.references)
        sheets = (message.sheet for message in self.messages if message.sheet is not None)
        return tuple(dict.fromkeys((*made, *given, *sheets)))


async def what_goes(unit: UnitOfWork, wish: ForgettingRecord, thread: ThreadRecord) -> ForgettingExtent:
    """What of that thread goes by that wish, as things stand now."""
    everything = await unit.turns.of_thread(thread.id)
    left = [turn for turn in everything if not turn.is_forgotten]
    turns = tuple(turn for turn in left if _is_meant(wish, turn))
    is_whole = wish.what is ForgetWhat.THREAD or (
        wish.what is ForgetWhat.ME and bool(turns) and len(turns) == len(left)
    )
    extent = ForgettingExtent(turns, is_whole=is_whole, repeats=_repeats(wish, everything))
    ids = {turn.id for turn in turns}
    messages = tuple(
        message
        for message in await unit.messages.of_thread(thread)
        if not (message.is_forgotten or is_question(message.saying) or is_receipt(message.saying))
        and (message.turn in ids or _goes_with(wish, extent, message))
    )
    return replace(extent, messages=(*messages, *await _galleries(unit, wish, extent, messages)))


async def _galleries(
    unit: UnitOfWork, wish: ForgettingRecord, extent: ForgettingExtent, known: tuple[MessageRecord, ...]
) -> list[MessageRecord]:
    """Strips of the latest pictures of those whose pictures or words go.

    Whoever wants to be forgotten loses all that was told to them anyway.
    """
    ids = {message.id for message in known}
    owners = {turn.actor for turn in (*extent.turns, *extent.repeats) if turn.pictures}
    if wish.what is ForgetWhat.ME:
        owners.discard(wish.actor)
    return [
        message
        for owner in sorted(owners)
        for message in await unit.messages.telling(wish.workspace, Tells.PICTURES, private_to=owner)
        if message.id not in ids
    ]


def _repeats(wish: ForgettingRecord, turns: list[TurnRecord]) -> tuple[TurnRecord, ...]:
    """The turns in which others repeated what the person had asked for, with those words and references."""
    if wish.what is not ForgetWhat.ME:
        return ()
    own = {turn.id for turn in turns if turn.actor == wish.actor}
    return tuple(
        turn
        for turn in turns
        if turn.ask.repeats in own and turn.id not in own and not (turn.is_forgotten or turn.ask.is_wordless)
    )


def _is_meant(wish: ForgettingRecord, turn: TurnRecord) -> bool:
    match wish.what:
        case ForgetWhat.THIS:
            return turn.revision is not None and turn.revision == wish.revision
        case ForgetWhat.THREAD:
            return True
        case ForgetWhat.ME:
            return turn.actor == wish.actor and turn.created_at <= wish.created_at
        case _:
            assert_never(wish.what)


def _goes_with(wish: ForgettingRecord, extent: ForgettingExtent, message: MessageRecord) -> bool:
    """Whether a message that is no turn's own goes too: for what it shows, or for whom it was written."""
    if shows_any(message.saying, extent.numbers) or _quotes_any(message.saying, extent.retold):
        return True
    if wish.what is ForgetWhat.THIS or message.created_at > wish.created_at:
        return False
    return extent.is_whole or message.private_to == wish.actor


def shows_any(saying: Saying, numbers: frozenset[int]) -> bool:
    """Whether a message shows one of those revisions, or tells of it. A turn's own is known by its turn."""
    match saying:
        case ShowSaying(head) | OriginalSaying(head):
            return head.revision in numbers
        case CompareSaying(left, right):
            return bool({left.revision, right.revision} & numbers)
        case HistorySaying(last):
            return any(number <= last for number in numbers)
        case WhySaying(revision):
            return revision in numbers
        case TurnSaying() | NoticeSaying() | QuotaSaying() | UsageSaying() | SettingsSaying():
            return False
        case GallerySaying():
            return False  # it belongs to no thread; whose pictures it shows is known by whom it was told to
        case _:
            assert_never(saying)


def _quotes_any(saying: Saying, numbers: frozenset[int]) -> bool:
    """Whether a message is made of the words of one of those revisions, or has them in its picture."""
    return isinstance(saying, CompareSaying | HistorySaying | WhySaying) and shows_any(saying, numbers)


def is_question(saying: Saying) -> bool:
    """Whether a message asks back what its button then carries out."""
    return tells_of(saying) is Tells.QUESTION


def is_receipt(saying: Saying) -> bool:
    """Whether a message says what was forgotten. It holds nothing but numbers, and stays."""
    return isinstance(saying, NoticeSaying) and saying.code in {"forgot", "forgot_but_left"}


def emptied(turn: TurnRecord) -> TurnRecord:
    """What is left of a forgotten turn: ids, numbers, and how it ended."""
    return replace(
        turn,
        ask=Ask(turn.ask.kind, "", Prompt("")),
        plan=None if turn.plan is None else replace(turn.plan, prompt=""),
        failure=None if turn.failure is None else replace(turn.failure, detail=""),
        pictures=(),
        twin_key="",
        source=None,
        is_forgotten=True,
    )


def wordless(turn: TurnRecord) -> TurnRecord:
    """What is left of somebody's turn when the words that it repeats are forgotten: the picture is theirs."""
    ask = Ask(turn.ask.kind, "", Prompt(""), roles=turn.ask.roles, repeats=turn.ask.repeats, is_wordless=True)
    left = emptied(turn)
    return replace(left, ask=ask, pictures=turn.pictures, source=turn.source, is_forgotten=False)


def descendants(thread: ThreadRecord, numbers: frozenset[int]) -> frozenset[int]:
    """The revisions that came of those, by whatever way; their alt texts tell how."""
    found = set(numbers)
    for revision in thread.machine.revisions:
        if revision.parent is not None and revision.parent.revision in found:
            found.add(revision.number)
    return frozenset(found - numbers)
