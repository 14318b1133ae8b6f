"""What is known of a turn when its message is drawn: its record, and what was looked up beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.app.records import TurnRecord
    from core.domain.lineage import Head


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What is known of a turn when its message is drawn.

    `ahead` is how many go before it. The rest is looked up for a turn that made a revision: `today` is the
    pictures its person used and may use today, `story` what was asked from the first picture to this one.
    """

    turn: TurnRecord
    actor_name: str
    ahead: int = 0
    parent: Head | None = None
    today: tuple[int, int] | None = None
    story: tuple[str, ...] = ()
