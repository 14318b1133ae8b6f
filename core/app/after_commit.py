"""What is to be done once a transaction has been committed: nothing in it may be lost for good.

Owns the list. A nudge that is lost is repeated by the sweeper, a message that is not sent is found
by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.app.repositories import UnitOfWork
    from core.domain.ids import ForgettingId, MessageId, TurnId
    from core.domain.quota import Counter


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class QuotaWarning:
    """A shared allowance has reached 80 or 100 percent; whoever runs this has to know."""

    share: int
    counter: Counter


@dataclass(slots=True)
class AfterCommit:
    """Turns to nudge, messages to send, wishes to forget to go on with, and warnings, after the commit."""

    turns: list[TurnId] = field(default_factory=list)
    messages: list[MessageId] = field(default_factory=list)
    forgettings: list[ForgettingId] = field(default_factory=list)
    warnings: list[QuotaWarning] = field(default_factory=list)


class Committing(Protocol):
    """Whoever runs a transaction, and after its commit sets going what it left to do."""

    async def transact(self, work: Callable[[UnitOfWork, AfterCommit], Awaitable[Answer]]) -> Answer:
        """Run the work in one transaction, again from its start when somebody else wrote first."""
        ...
