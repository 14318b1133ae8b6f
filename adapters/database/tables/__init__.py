"""The tables, as SQLModel classes, and their one catalogue.

Owns how rows lie in the database. Nothing outside this adapter may know them.
"""

from __future__ import annotations

from adapters.database.tables.base import METADATA
from adapters.database.tables.exchange import (
    ACTOR,
    FORGETTING,
    GATE,
    INBOX,
    MESSAGE,
    PENDING,
    UNSENT,
    WORKSPACE,
)
from adapters.database.tables.pictures import CANDIDATE, PICTURE, REFERENCE
from adapters.database.tables.quota import ALLOWANCE, COUNTER, ENTRY, RESERVATION
from adapters.database.tables.work import ATTEMPT, REVISION, THREAD, TURN

__all__ = [
    "ACTOR",
    "ALLOWANCE",
    "ATTEMPT",
    "CANDIDATE",
    "COUNTER",
    "ENTRY",
    "FORGETTING",
    "GATE",
    "INBOX",
    "MESSAGE",
    "METADATA",
    "PENDING",
    "PICTURE",
    "REFERENCE",
    "RESERVATION",
    "REVISION",
    "THREAD",
    "TURN",
    "UNSENT",
    "WORKSPACE",
]
