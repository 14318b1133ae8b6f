"""What people are called in a message that is being drawn.

Owns that names are looked up then: no message has one stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app.repositories import UnitOfWork
    from core.domain.ids import ActorId


async def called(unit: UnitOfWork, people: Iterable[ActorId], locale: str) -> str:
    """What those people are called now, each name once. Who was forgotten has none."""
    known = [await unit.people.actor(actor) for actor in people]
    unnamed = sentence("person_unnamed", locale)
    return ", ".join(dict.fromkeys(one.name if one is not None and one.name else unnamed for one in known))
