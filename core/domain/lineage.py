"""The family tree of one picture, and the trails that undo and redo walk.

Owns how revisions are numbered, what a head may point at, what `undo` goes back to and what is left of the
family when some of it is forgotten. Must never learn why a revision was made, nor where its pictures are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.ids import Letter, TurnId

FIRST_LETTER = Letter("a")
LETTERS = tuple(Letter(character) for character in "abcdefgh")
"""The candidates that one revision can have, in order."""

MAX_TRAIL = 100
"""How many heads a trail remembers; moving is free, so that only a bound keeps the thread small."""


@dataclass(frozen=True, slots=True)
class Head:
    """One candidate of one revision: where the next edit starts, or what a turn started from.

    Any numbers can be written here, because people can type any; `Lineage.has` tells whether it exists.
    """

    revision: int
    letter: Letter = FIRST_LETTER


@dataclass(frozen=True, slots=True)
class Revision:
    """What a turn made. Never changed afterwards. `parent` is None for a picture made from words alone."""

    number: int
    parent: Head | None
    turn_id: TurnId
    candidates: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """All revisions of a thread, the head, and where the head has been.

    `undo` goes back to where the head *was*, which is not always the parent: after `back to v1`, undo
    returns to the revision that was left. The newest end of a trail is its last item. `forgotten` are the
    numbers of revisions whose pictures and words are gone; they keep their number and their place in the
    family, and nothing can be done with them.
    """

    revisions: tuple[Revision, ...] = ()
    head: Head | None = None
    undo_trail: tuple[Head, ...] = ()
    redo_trail: tuple[Head, ...] = ()
    forgotten: tuple[int, ...] = ()

    def has_revision(self, number: int) -> bool:
        """Whether a revision of that number was ever kept."""
        return 1 <= number <= len(self.revisions)

    def has(self, head: Head) -> bool:
        """Whether the head points at a candidate that exists and was not forgotten."""
        if not self.has_revision(head.revision) or head.revision in self.forgotten:
            return False
        return head.letter in LETTERS[: self.revisions[head.revision - 1].candidates]

    def keep(self, turn_id: TurnId, parent: Head | None, candidates: int) -> tuple[Lineage, Revision]:
        """Number a new revision and put it beside the others; the head stays where it is."""
        revision = Revision(len(self.revisions) + 1, parent, turn_id, candidates)
        return replace(self, revisions=(*self.revisions, revision)), revision

    def go_to(self, head: Head) -> Lineage:
        """Move the head to a place that exists. Being there already changes nothing."""
        if head == self.head:
            return self
        left = () if self.head is None else (self.head,)
        trail = (*self.undo_trail, *left)[-MAX_TRAIL:]
        return replace(self, head=head, undo_trail=trail, redo_trail=())

    def undo(self) -> Lineage | None:
        """Move the head back to where it was before its last move, or None when there is no such place."""
        if self.head is None or not self.undo_trail:
            return None
        return replace(
            self,
            head=self.undo_trail[-1],
            undo_trail=self.undo_trail[:-1],
            redo_trail=(*self.redo_trail, self.head),
        )

    def redo(self) -> Lineage | None:
        """Take back the last undo, or None when nothing was undone since the head last moved on."""
        if self.head is None or not self.redo_trail:
            return None
        return replace(
            self,
            head=self.redo_trail[-1],
            undo_trail=(*self.undo_trail, self.head),
            redo_trail=self.redo_trail[:-1],
        )

    def forget(self, numbers: frozenset[int]) -> Lineage:
        """Forget these revisions: a forgotten head moves on, and no trail leads to one any more."""
        known = {number for number in numbers if self.has_revision(number)}
        left = replace(self, forgotten=tuple(sorted({*self.forgotten, *known})))
        head = _living_head(left)
        return replace(
            left,
            head=head,
            undo_trail=_living_trail(left, self.undo_trail, head),
            redo_trail=_living_trail(left, self.redo_trail, head),
        )


def _living_head(lineage: Lineage) -> Head | None:
    """The head, else its nearest living ancestor, else the newest living revision, else nothing."""
    if lineage.head is None:
        return None
    head: Head | None = lineage.head
    while head is not None and not lineage.has(head):
        head = lineage.revisions[head.revision - 1].parent
    newest_first = (Head(one.number) for one in reversed(lineage.revisions))
    return head or next((one for one in newest_first if lineage.has(one)), None)


def _living_trail(lineage: Lineage, trail: tuple[Head, ...], head: Head | None) -> tuple[Head, ...]:
    """What is left of a trail, each step of it leading somewhere else than the one before."""
    living = [place for place in trail if lineage.has(place)]
    return tuple(place for place, after in zip(living, (*living[1:], head), strict=False) if place != after)
