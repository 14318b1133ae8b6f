"""What this adapter keeps of people, towards the core: whoever wants to be forgotten is forgotten here too.

Owns which rows name a person, and how long those live that nothing is looked up by any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete

from adapters.slack.refs import user_of, workspace_of
from adapters.slack.tables import SlackMessageRow
from adapters.slack.tables_people import SlackPersonRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adapters.platforms.transactions import Transactions
    from core.app.ports import Clock
    from core.domain.ids import ActorId, BlobKey

_MESSAGE = SlackMessageRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_PERSON = SlackPersonRow.__table__.c  # type: ignore[attr-defined]  # the same

PRIVATE_LIVE_MS: Final = 24 * 3600 * 1000
"""How long is known what only one person saw: it can be neither changed nor looked up (Slack, 2026-11), and
what is tried again is tried within minutes."""


class Keeping:
    """A `Keeper` towards the core. `on_forget` are told whom it forgets: they remember people themselves."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock
        self.on_forget: list[Callable[[ActorId], None]] = []

    async def needs(self, blob: BlobKey) -> bool:
        """No bytes are kept here."""
        del blob
        return False

    async def tidy(self) -> None:
        """Drop what is known of messages that only one person saw, a day after they were posted."""
        before_ms = int(self._clock.now().timestamp() * 1000) - PRIVATE_LIVE_MS
        is_over = (_MESSAGE.only_to != "") & (_MESSAGE.last_ms < before_ms)
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackMessageRow).where(is_over))

    async def kept_of(self, actor: ActorId) -> Sequence[BlobKey]:
        """No bytes are kept here."""
        del actor
        return ()

    async def forget(self, actor: ActorId) -> None:
        """Drop what Slack said of the person, and what is known of messages that only they saw."""
        for tell in self.on_forget:
            tell(actor)
        is_theirs = (_MESSAGE.only_to == user_of(actor)) & (_MESSAGE.workspace == workspace_of(actor))
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackPersonRow).where(_PERSON.actor == actor))
            await connection.execute(delete(SlackMessageRow).where(is_theirs))
