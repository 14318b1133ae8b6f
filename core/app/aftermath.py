"""What is to be done once a transaction has been committed: nothing in it may be lost for good.

Owns the list. A nudge that is lost is repeated by the sweeper, a message that is not sent is found
by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.app.bookkeeping import QuotaWarning
    from core.domain.ids import ForgettingId, MessageId, TurnId


@dataclass(slots=True)
class Aftermath:
    """Turns to nudge, messages to send, wishes to forget to go on with, and warnings, after the commit."""

    turns: list[TurnId] = field(default_factory=list)
    messages: list[MessageId] = field(default_factory=list)
    forgettings: list[ForgettingId] = field(default_factory=list)
    warnings: list[QuotaWarning] = field(default_factory=list)
