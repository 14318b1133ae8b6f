"""A picture that was made and cannot be shown where it was asked for any more: its person is told alone.

Owns that last word. The place may have been closed, or have taken us away, while the picture was being made;
then its message cannot even say that it failed. Must never learn why a platform refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.app.voice import Voice
from core.app.walk import Scene, Walk

if TYPE_CHECKING:
    from core.app.aftermath import Aftermath
    from core.app.afterwards import Afterwards
    from core.app.outside import Outside
    from core.app.records import TurnRecord
    from core.app.repositories import UnitOfWork
    from core.app.telling import Telling


@dataclass(frozen=True, slots=True)
class Unshown:
    """Tells people of pictures that their place does not show."""

    outside: Outside
    telling: Telling
    afterwards: Afterwards

    async def tell(self, turn: TurnRecord) -> None:
        """Let the turn's message say that its pictures are kept; where it cannot, tell who asked for them."""
        sent = await self.telling.push(turn.message)
        if sent.is_shown or sent.is_passing:
            return

        async def say(unit: UnitOfWork, aftermath: Aftermath) -> None:
            thread = await unit.threads.get(turn.thread)
            message = await unit.messages.get(turn.message)
            if thread is not None and message is not None:
                scene = Scene(self.outside, unit, aftermath, await unit.now())
                voice = replace(Voice.of_turn(turn), context=message.context)
                await Walk(scene, thread, voice).say("not_shown_there")

        await self.afterwards.transact(say)
