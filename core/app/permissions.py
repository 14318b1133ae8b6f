"""Who may do what in a thread. Pure.

Owns the rules: people pay for themselves, and only those whom a turn concerns may stop or undo it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.app.inbound import Person
    from core.app.records import ThreadRecord, TurnRecord


def may_spend_on(person: Person, turn: TurnRecord, *, is_open_to_all: bool) -> bool:
    """Whether the person may press the spending buttons of that turn; whoever presses pays."""
    return person.id == turn.actor or is_open_to_all


def may_steer(person: Person, thread: ThreadRecord, turn: TurnRecord | None) -> bool:
    """Whether the person may cancel or undo that turn, or (without one) close the thread."""
    is_own = turn is not None and turn.actor == person.id
    return is_own or thread.starter == person.id or person.is_admin
