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
    IS_ADMIN,
    MESSAGE,
    PENDING,
    TELLING,
    UNSENT,
    WORKSPACE,
)
from adapters.database.tables.pictures import CANDIDATE, COPY, PICTURE, REFERENCE
from adapters.database.tables.quota import ADMIN_ALERT, ALLOWANCE, AUDIT, COUNTER, ENTRY, RESERVATION
from adapters.database.tables.work import ATTEMPT, MODERATED, REVISION, THREAD, TURN

__all__ = [
    "ACTOR",
    "ADMIN_ALERT",
    "ALLOWANCE",
    "ATTEMPT",
    "AUDIT",
    "CANDIDATE",
    "COPY",
    "COUNTER",
    "ENTRY",
    "FORGETTING",
    "GATE",
    "INBOX",
    "IS_ADMIN",
    "MESSAGE",
    "METADATA",
    "MODERATED",
    "PENDING",
    "PICTURE",
    "REFERENCE",
    "RESERVATION",
    "REVISION",
    "TELLING",
    "THREAD",
    "TURN",
    "UNSENT",
    "WORKSPACE",
]
