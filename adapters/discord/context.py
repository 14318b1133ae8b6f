"""What an Inbound carries so that it can be answered: where it came from, and the interaction's token.

Owns the form of `Inbound.context`. The token is a secret, since whoever has it can write as the app without
any other: it is stored sealed and used only while Discord honours it, fifteen minutes (Discord, 2026-08).
Must never learn what was asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from adapters.discord.refs import is_snowflake, made_at_s

if TYPE_CHECKING:
    from adapters.sealing import Seal
    from core.app.ports import Clock

LIVES_S: Final = 15 * 60
ACKNOWLEDGED_WITHIN_S: Final = 5
"""Discord waits three; its clock is not quite ours."""
MARGIN_S: Final = 30
"""A token so close to its end is left alone: an upload may take that long."""


class Original(StrEnum):
    """What stands as the interaction's own answer (`@original`) once it was acknowledged."""

    SHOWN = "shown"
    """A "thinking" message that all see."""
    HIDDEN = "hidden"
    """A "thinking" message that only the person sees."""
    KEPT = "kept"
    """The message whose button was pressed: not ours to fill."""


class Room(StrEnum):
    """What kind of place it was said in."""

    CHANNEL = "channel"
    """A server's channel in which threads can be made from messages."""
    THREAD = "thread"
    """Within a thread, or where Discord knows no threads: the answers stand in there."""
    DIRECT = "direct"
    """Between one person and the bot."""
    FOREIGN = "foreign"
    """Where the bot is not: the person brought the app along, and only tokens work there."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How an interaction can be answered; the token is never shown."""

    application: str
    interaction: str
    token: str = field(repr=False)
    original: Original

    def lives_at(self, now_s: float) -> bool:
        """Whether Discord will still take the token, and the answer has time to arrive."""
        return now_s < made_at_s(self.interaction) + LIVES_S - MARGIN_S


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where something was said and by whom.

    `channel` is the channel, thread or conversation itself. `file_limit` (bytes a file) and `permissions`
    (what the app may do there) are as the interaction told them; None where nothing told.
    """

    user: str
    channel: str
    room: Room
    locale: str = "en"
    file_limit: int | None = None
    permissions: int | None = None
    answering: Answering | None = None


class Contexts:
    """Writes and reads contexts."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self.clock = clock

    def close(self, given: Circumstances) -> str:
        """The context of an Inbound."""
        answering = given.answering
        how = (
            None
            if answering is None
            else [answering.application, answering.interaction, answering.token, answering.original.value]
        )
        return self._seal.close(
            json.dumps(
                [
                    given.user,
                    given.channel,
                    given.room.value,
                    given.locale,
                    given.file_limit,
                    given.permissions,
                    how,
                ]
            )
        )

    def open(self, context: str) -> Circumstances | None:
        """What the context says; None for none, and for one that was sealed with a forgotten key."""
        text = self._seal.open(context) if context else None
        match json.loads(text) if text is not None else None:
            case [str(user), str(channel), str(room), str(locale), file_limit, permissions, how]:
                return Circumstances(
                    user,
                    channel,
                    Room(room),
                    locale,
                    file_limit if isinstance(file_limit, int) else None,
                    permissions if isinstance(permissions, int) else None,
                    _answering(how),
                )
            case _:
                return None

    def alive(self, given: Circumstances | None) -> Answering | None:
        """How the interaction can be answered, while it can."""
        answering = None if given is None else given.answering
        return answering if answering is not None and answering.lives_at(self._now_s()) else None

    def is_young(self, answering: Answering) -> bool:
        """Whether it may be that the interaction has not been acknowledged yet."""
        return self._now_s() < made_at_s(answering.interaction) + ACKNOWLEDGED_WITHIN_S

    def _now_s(self) -> float:
        return self.clock.now().timestamp()


def _answering(how: object) -> Answering | None:
    match how:
        case [str(application), str(interaction), str(token), str(original)] if is_snowflake(interaction):
            return Answering(application, interaction, token, Original(original))
        case _:
            return None
