"""To whom an answer goes: the person of an Inbound, or the one who asked for a turn.

Owns the making of notices. A notice is private where the platform can do that: what one person did
wrong is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.records import MessageRecord, NoticeSaying

if TYPE_CHECKING:
    from datetime import datetime

    from core.app.inbound import Inbound
    from core.app.records import Saying, ThreadRecord, TurnRecord
    from core.domain.ids import ActorId, MessageId

PUBLIC_NOTICES = frozenset({"moved_to", "closed_thread"})
"""Notices about the thread itself, which everybody in it has to know."""


ASIDES = frozenset({"references_notice", "texts_tip"})
"""Notices that are said beside the answer itself: a turn's message comes too."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Where direct answers go, in which language."""

    actor: ActorId
    locale: str
    context: str = ""

    @classmethod
    def of(cls, inbound: Inbound) -> Voice:
        """Answer the person who sent this."""
        return cls(inbound.person.id, inbound.person.locale, inbound.context)

    @classmethod
    def of_turn(cls, turn: TurnRecord) -> Voice:
        """Answer the person who asked for this turn."""
        return cls(turn.actor, turn.locale)

    def notice(
        self,
        key: MessageId,
        thread: ThreadRecord,
        notice: NoticeSaying,
        now: datetime,
        turn: TurnRecord | None,
    ) -> MessageRecord:
        """A notice in that thread; about a turn, it goes to the one who asked for it."""
        is_public = notice.code in PUBLIC_NOTICES
        return MessageRecord(
            id=key,
            workspace=thread.workspace,
            platform=thread.platform,
            channel=thread.channel,
            saying=notice,
            locale=self.locale if turn is None else turn.locale,
            created_at=now,
            thread=thread.id,
            thread_ref=thread.ref,
            private_to=None if is_public else (self.actor if turn is None else turn.actor),
            context=self.context,
        )

    def public(self, key: MessageId, thread: ThreadRecord, saying: Saying, now: datetime) -> MessageRecord:
        """Something that everybody in the thread may see."""
        return MessageRecord(
            id=key,
            workspace=thread.workspace,
            platform=thread.platform,
            channel=thread.channel,
            saying=saying,
            locale=self.locale,
            created_at=now,
            thread=thread.id,
            thread_ref=thread.ref,
            context=self.context,
        )

    def answer(self, key: MessageId, saying: Saying, now: datetime, *, inbound: Inbound) -> MessageRecord:
        """A private answer to that Inbound, where there is no edit thread (yet)."""
        return MessageRecord(
            id=key,
            workspace=inbound.person.workspace,
            platform=inbound.platform,
            channel=inbound.channel,
            saying=saying,
            locale=self.locale,
            created_at=now,
            thread_ref=inbound.thread,
            private_to=self.actor,
            context=self.context,
        )
