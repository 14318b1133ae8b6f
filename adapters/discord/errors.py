"""What Discord refuses and how a call can break, as faults of the surface.

Owns the one table of Discord's codes. Must never learn what the call was for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.app.errors import Conflict, InkthreadError, StorageFault
from core.app.ports import SurfaceFault, SurfaceFaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

# Codes of ours, beside Discord's.
NO_ANSWER: Final = -1
"""The connection broke or time ran out after the request may have arrived: nobody knows what became of it."""
NOT_CONNECTED: Final = -2
"""No connection came about: the request cannot have arrived."""
RATE_LIMITED: Final = -3
NO_WAY: Final = -4
"""There is no token that still works, and the bot is not there."""
DEAD_BOT: Final = -5
"""Discord does not take the bot's token."""

UNREACHABLE_RETRY_S: Final = 5.0
BUSY_RETRY_S: Final = 0.5
_SERVER_ERRORS: Final = 500

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_WEBHOOK: Final = 10015
ARCHIVED: Final = 50083
LOCKED: Final = 160005
THREAD_EXISTS: Final = 160004
TOO_LARGE: Final = 40005
OLD_EDITS: Final = 30046
INVALID: Final = 50035


@dataclass(frozen=True, slots=True)
class Trouble:
    """A call that did not do what it should. `detail` is Discord's own words, never what we sent."""

    code: int
    status: int = 0
    retry_after_s: float = UNREACHABLE_RETRY_S
    detail: str = ""

    @property
    def may_have_worked(self) -> bool:
        """Whether the call may have been carried out all the same, so that it is not simply repeated."""
        return self.code == NO_ANSWER or self.status >= _SERVER_ERRORS

    @property
    def token_is_gone(self) -> bool:
        """Whether an interaction's token is worth nothing (any more), so that another way is taken."""
        return self.code in _TOKEN_GONE or self.status == _UNAUTHORIZED

    @property
    def is_too_large(self) -> bool:
        """Whether fewer bytes would be taken."""
        return self.code == TOO_LARGE or self.status == _TOO_LARGE_STATUS

    @property
    def fault(self) -> SurfaceFault:
        """As the core hears it."""
        return SurfaceFault(self._kind, self.retry_after_s, self.detail or str(self.code))

    @property
    def _kind(self) -> SurfaceFaultKind:
        if self.code in FAULTS:
            return FAULTS[self.code]
        if self.status >= _SERVER_ERRORS:
            return SurfaceFaultKind.UNREACHABLE
        return _STATUSES.get(self.status, SurfaceFaultKind.REJECTED)


_UNAUTHORIZED: Final = 401
_TOO_LARGE_STATUS: Final = 413
_TOKEN_GONE: Final = frozenset({10015, 10062, 50027, NO_WAY})

_BUSY, _UNREACHABLE = SurfaceFaultKind.BUSY, SurfaceFaultKind.UNREACHABLE
_GONE, _FORBIDDEN = SurfaceFaultKind.GONE, SurfaceFaultKind.FORBIDDEN

FAULTS: Final[Mapping[int, SurfaceFaultKind]] = {
    # Passes with time.
    RATE_LIMITED: _BUSY,
    OLD_EDITS: _BUSY,
    40003: _BUSY,  # too many direct messages were opened of late
    130000: _BUSY,  # a part of Discord is overloaded
    # Nobody answered.
    NO_ANSWER: _UNREACHABLE,
    NOT_CONNECTED: _UNREACHABLE,
    # Discord has erred, or somebody has made a new token: what was paid for waits until ours is that one.
    DEAD_BOT: _UNREACHABLE,
    # What was to be changed, or where it was to stand, is not there.
    UNKNOWN_CHANNEL: _GONE,
    UNKNOWN_MESSAGE: _GONE,
    # Somebody has to change something on Discord first.
    NO_WAY: _FORBIDDEN,
    10004: _FORBIDDEN,  # the bot is not in that server
    10013: _FORBIDDEN,
    20009: _FORBIDDEN,  # Discord's own filter of pictures stands before whoever would see it
    30033: _FORBIDDEN,  # a thousand people are in the thread, and we would be one more
    10015: _FORBIDDEN,
    10062: _FORBIDDEN,
    40007: _FORBIDDEN,
    40094: _FORBIDDEN,  # five follow-ups are all that an app gets which a person brought along
    50001: _FORBIDDEN,
    50003: _FORBIDDEN,
    50005: _FORBIDDEN,
    50007: _FORBIDDEN,  # that person takes no direct messages
    50008: _FORBIDDEN,
    50013: _FORBIDDEN,
    50024: _FORBIDDEN,
    50027: _FORBIDDEN,
    ARCHIVED: _FORBIDDEN,  # what could be unarchived has been by then
    LOCKED: _FORBIDDEN,
    160002: _FORBIDDEN,
    160006: _FORBIDDEN,
    200000: _FORBIDDEN,  # the server's own filter of words (AutoMod)
    200001: _FORBIDDEN,
    240000: _FORBIDDEN,
    # Too much of it.
    TOO_LARGE: SurfaceFaultKind.TOO_LARGE,
}
"""What is not here goes by its status; else it is REJECTED: ours is wrong, which no repeating mends."""

_STATUSES: Final[Mapping[int, SurfaceFaultKind]] = {
    401: _FORBIDDEN,
    403: _FORBIDDEN,
    404: _GONE,
    _TOO_LARGE_STATUS: SurfaceFaultKind.TOO_LARGE,
    429: _BUSY,
}


def storage_fault_of(fault: InkthreadError) -> SurfaceFault:
    """What the surface reports when our own storage fails; both kinds pass."""
    match fault:
        case Conflict():
            return SurfaceFault(SurfaceFaultKind.BUSY, BUSY_RETRY_S, "another writer was first")
        case StorageFault():
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, UNREACHABLE_RETRY_S, type(fault).__name__)
        case _:
            raise fault
