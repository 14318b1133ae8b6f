"""What the app has to be allowed on Discord before it may promise a picture. Pure.

Owns which permission is needed where; looked at before anything is spent. Must never learn how it is asked
for.
"""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING, Final

from adapters.discord.context import Room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.discord.context import Circumstances


class Permission(IntFlag):
    """Those of Discord's that this app meets (2026-08)."""

    ADMINISTRATOR = 1 << 3
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


_ALWAYS: Final = (Permission.VIEW_CHANNEL, Permission.ATTACH_FILES)
NEEDED: Final[Mapping[Room, tuple[Permission, ...]]] = {
    Room.CHANNEL: (*_ALWAYS, Permission.SEND_MESSAGES, Permission.SEND_MESSAGES_IN_THREADS),
    Room.THREAD: (*_ALWAYS, Permission.SEND_MESSAGES_IN_THREADS),
    Room.DIRECT: (),
    Room.FOREIGN: (Permission.ATTACH_FILES,),
}
"""Without a thread (CREATE_PUBLIC_THREADS) a picture can be answered beside it; without these, not shown."""


def lacking(told: Circumstances | None) -> tuple[str, ...]:
    """The permissions missing where that was said, as the wording knows them; none where nothing told."""
    if told is None or told.permissions is None or told.permissions & Permission.ADMINISTRATOR:
        return ()
    return tuple(str(one.name).lower() for one in NEEDED[told.room] if not told.permissions & one)


def refused_for(code: int, *, has_files: bool, is_in_thread: bool) -> tuple[str, ...]:
    """Which permission Discord most likely missed: it names none, but what was tried needs only these."""
    match code:
        case 50001:
            found = Permission.VIEW_CHANNEL
        case 50013 if has_files:
            found = Permission.ATTACH_FILES
        case 50013 if is_in_thread:
            found = Permission.SEND_MESSAGES_IN_THREADS
        case 50013:
            found = Permission.SEND_MESSAGES
        case _:
            return ()
    return (str(found.name).lower(),)
