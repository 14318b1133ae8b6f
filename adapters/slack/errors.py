"""What Slack refuses and how a call can break, as faults of the surface.

Owns the one table of Slack's error codes. Must never learn what the call was for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.app.errors import Conflict, InkthreadError, StorageFault
from core.app.ports import SurfaceFault, SurfaceFaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

RATE_LIMITED: Final = "ratelimited"
NO_TOKEN: Final = "no_token"  # noqa: S105 - a code of ours, not a token
NO_ANSWER: Final = "no_answer"
"""The connection broke or time ran out after the request may have arrived: nobody knows what became of it."""
NOT_CONNECTED: Final = "not_connected"
"""No connection came about: the request cannot have arrived."""

UNREACHABLE_RETRY_S: Final = 5.0
BUSY_RETRY_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Trouble:
    """A call that did not do what it should. `detail` is Slack's own explanation, never what we sent."""

    code: str
    retry_after_s: float = UNREACHABLE_RETRY_S
    detail: str = ""

    @property
    def may_have_worked(self) -> bool:
        """Whether the call may have been carried out all the same, so that it is not simply repeated."""
        return self.code in _UNCERTAIN

    @property
    def is_file_not_ready(self) -> bool:
        """Whether Slack had not looked at a picture yet that was to be shown, which passes (2026-11)."""
        return self.code in {"invalid_blocks", "invalid_arguments"} and _NOT_READY in self.detail

    @property
    def is_too_long(self) -> bool:
        """Whether a message of fewer words would be taken."""
        return self.code in {"msg_too_long", "msg_blocks_too_long"}

    @property
    def fault(self) -> SurfaceFault:
        """As the core hears it."""
        kind = FAULTS.get(self.code, SurfaceFaultKind.REJECTED)
        return SurfaceFault(kind, self.retry_after_s, self.code)


_NOT_READY: Final = "invalid slack file"
_UNCERTAIN: Final = frozenset(
    {NO_ANSWER, "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)

DEAD_TOKENS: Final = frozenset(
    {"account_inactive", "app_uninstalled", "invalid_auth", "not_authed", "team_not_found", "token_revoked"}
)
"""Codes after which the token in hand never works again."""

_BUSY, _UNREACHABLE = SurfaceFaultKind.BUSY, SurfaceFaultKind.UNREACHABLE
_GONE, _FORBIDDEN = SurfaceFaultKind.GONE, SurfaceFaultKind.FORBIDDEN

FAULTS: Final[Mapping[str, SurfaceFaultKind]] = {
    # Passes with time.
    RATE_LIMITED: _BUSY,
    "rate_limited": _BUSY,
    "message_limit_exceeded": _BUSY,
    "streaming_state_conflict": _BUSY,
    # Nobody answered, or Slack has trouble of its own.
    NO_ANSWER: _UNREACHABLE,
    NOT_CONNECTED: _UNREACHABLE,
    "internal_error": _UNREACHABLE,
    "fatal_error": _UNREACHABLE,
    "service_unavailable": _UNREACHABLE,
    "request_timeout": _UNREACHABLE,
    "team_added_to_org": _UNREACHABLE,  # for minutes, while a workspace moves into an organisation
    "token_expired": _UNREACHABLE,  # with token rotation a fresh one is on its way
    # What was to be changed is not there.
    "message_not_found": _GONE,
    "thread_not_found": _GONE,
    # Slack will not have it from us there.
    "not_in_channel": _FORBIDDEN,
    "channel_not_found": _FORBIDDEN,  # also said of every private channel that the app is not in
    "is_archived": _FORBIDDEN,
    "is_inactive": _FORBIDDEN,  # what changing a message in an archived channel is answered with
    "missing_scope": _FORBIDDEN,
    "no_permission": _FORBIDDEN,
    "access_denied": _FORBIDDEN,
    "ekm_access_denied": _FORBIDDEN,
    "restricted_action": _FORBIDDEN,
    "restricted_action_read_only_channel": _FORBIDDEN,
    "restricted_action_thread_only_channel": _FORBIDDEN,
    "restricted_action_thread_locked": _FORBIDDEN,
    "restricted_action_non_threadable_channel": _FORBIDDEN,
    "user_not_in_channel": _FORBIDDEN,
    "user_not_found": _FORBIDDEN,
    "users_not_found": _FORBIDDEN,
    "user_disabled": _FORBIDDEN,
    "cannot_dm_bot": _FORBIDDEN,
    "messages_tab_disabled": _FORBIDDEN,
    "team_access_not_granted": _FORBIDDEN,
    "not_allowed_token_type": _FORBIDDEN,
    "file_uploads_disabled": _FORBIDDEN,
    "file_uploads_except_images_disabled": _FORBIDDEN,
    "storage_limit_reached": _FORBIDDEN,
    NO_TOKEN: _FORBIDDEN,
    **dict.fromkeys(DEAD_TOKENS, _FORBIDDEN),
    # Too much of it.
    "file_too_large": SurfaceFaultKind.TOO_LARGE,
}
"""Everything else is REJECTED: a payload of ours that Slack does not take, which no repeating mends."""


def storage_fault_of(fault: InkthreadError) -> SurfaceFault:
    """What the surface reports when our own storage fails; both kinds pass."""
    match fault:
        case Conflict():
            return SurfaceFault(SurfaceFaultKind.BUSY, BUSY_RETRY_S, "another writer was first")
        case StorageFault():
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, UNREACHABLE_RETRY_S, type(fault).__name__)
        case _:
            raise fault
