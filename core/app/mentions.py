"""Which messages tell something of people beside the thread they stand in. Pure.

Owns what has to be looked at when somebody is forgotten. Must never learn what is done about it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from core.app.records import (
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

if TYPE_CHECKING:
    from core.app.records import Saying
    from core.domain.ids import ActorId

CONFIRM = "confirm"
"""The value of a notice that names what its button carries out."""


class Tells(StrEnum):
    """What a message tells that is looked for beside its thread. Databases keep it with the message."""

    QUESTION = "question"
    """It asks back what its button carries out, and may name people."""
    PEOPLE = "people"
    """It names people to somebody else."""
    PICTURES = "pictures"
    """It shows pictures of whoever it was told to."""


def tells_of(saying: Saying) -> Tells | None:
    """What a message with that saying has to be looked for by; None for most."""
    match saying:
        case NoticeSaying(values=values) if CONFIRM in values:
            return Tells.QUESTION
        case NoticeSaying(about=about):
            return Tells.PEOPLE if about else None
        case UsageSaying() | SettingsSaying():
            return Tells.PEOPLE
        case GallerySaying():
            return Tells.PICTURES
        case TurnSaying() | ShowSaying() | CompareSaying() | HistorySaying() | WhySaying() | OriginalSaying():
            return None  # they are found by their thread
        case QuotaSaying():
            return None
        case _:
            assert_never(saying)


def names(saying: Saying, actor: ActorId) -> bool:
    """Whether a message may have named that person when it was drawn."""
    match saying:
        case NoticeSaying(about=about):
            return actor in about
        case UsageSaying() | SettingsSaying():
            return True  # whom they named was read from the books of that moment
        case _:
            return False
