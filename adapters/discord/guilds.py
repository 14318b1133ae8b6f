"""What the gateway knows of servers, as the listeners may ask it. No question here waits for anything.

Owns the port only; `gateway.py` answers from what Discord has told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Guilds(Protocol):
    """Servers, as far as they are known."""

    def is_plain(self, guild: str, channel: str) -> bool | None:
        """Whether that is a channel and no thread; None for one that is not known, as a thread that slept."""
        ...

    def is_ours(self, guild: str, thread: str) -> bool:
        """Whether that is a thread which we have made."""
        ...

    def is_admin(self, guild: str, user: str, roles: Sequence[str]) -> bool:
        """Whether a member with those roles may manage the server."""
        ...

    def locale(self, guild: str) -> str:
        """The server's language."""
        ...

    def our_roles(self, guild: str) -> frozenset[str]:
        """The roles that Discord made for us alone."""
        ...

    def permissions(self, guild: str, channel: str) -> int | None:
        """What we may do in that channel or thread, as Discord's bits; None where that is not known."""
        ...

    def file_limit(self, guild: str) -> int | None:
        """How many bytes a file may have there; None for a server that is not known."""
        ...
