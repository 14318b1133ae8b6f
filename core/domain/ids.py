"""The names things go by. Opaque strings and small integers with types, nothing more.

Owns no way to make an id: ids are handed in by the `Ids` port, so that the domain stays
deterministic.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
"""Ours, not the platform's: `slack:T0123`, `web:demo`."""

ActorId = NewType("ActorId", str)
"""A person within a workspace: `slack:T0123:U045`."""

ThreadId = NewType("ThreadId", str)
TurnId = NewType("TurnId", str)
AttemptId = NewType("AttemptId", str)
ReservationId = NewType("ReservationId", str)
MessageId = NewType("MessageId", str)
"""Our own id of one message on a surface, made before it is posted; its idempotency key."""

ForgettingId = NewType("ForgettingId", str)
"""Our own id of one wish to have something forgotten, as long as it is being carried out."""

BlobKey = NewType("BlobKey", str)
"""`workspace/sha256` of bytes in the blob store."""

ThreadRef = NewType("ThreadRef", str)
"""Where a conversation lives on its platform; only that platform's adapter can read it."""

ChannelRef = NewType("ChannelRef", str)
"""A channel on its platform; opaque to the core."""

MessageRef = NewType("MessageRef", str)
"""One message on its platform; opaque to the core."""

Micros = NewType("Micros", int)
"""Money: integer millionths of a US dollar."""

Letter = NewType("Letter", str)
"""A candidate of a revision, `a` to `h`."""


class Platform(StrEnum):
    """Where people are."""

    SLACK = "slack"
    DISCORD = "discord"
    WEB = "web"
