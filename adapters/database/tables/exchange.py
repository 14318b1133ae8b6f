"""Who we talk to and what was said: deliveries seen, people, our messages, and the gate to the engine.

Owns the columns and indexes of what crosses the border to platforms and to the engine.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLModel reads annotations at run time
from typing import Any

from sqlalchemy import Index, text

from adapters.database import codec
from adapters.database.tables.base import Row, document, moment, string, table_of, words
from core.domain.ids import Platform
from core.domain.prompt.model import ForgetWhat

PENDING = "inbound IS NOT NULL"
"""The condition of the index over unfinished deliveries; queries must spell it the same."""

IS_ADMIN = "is_admin"
"""The condition of the index over admins; queries must spell it the same."""

TELLING = "tells IS NOT NULL"
"""The condition of the index over messages that tell something beside their thread."""

UNSENT = "wanted > shown AND NOT is_given_up"
"""The condition of the index over messages that are not up to date; queries must spell it the same."""


class InboxRow(Row, table=True):
    """A delivery that was seen. `inbound` keeps it whole as long as it waits to be handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(None, "received_at"),
        Index("ix_inbox_pending", "received_at", sqlite_where=text(PENDING), postgresql_where=text(PENDING)),
    )

    delivery_key: str = string(primary_key=True)
    received_at: datetime = moment()
    inbound: Any = document(codec.INBOUND, nullable=True)


class WorkspaceRow(Row, table=True):
    """A tenant."""

    __tablename__ = "workspace"

    id: str = string(primary_key=True)
    platform: Platform = words(Platform)
    time_zone: str = string()
    is_open_to_all: bool
    named_admins: Any = document(codec.ACTOR_IDS)
    former_zones: Any = document(codec.FORMER_ZONES)


class ActorRow(Row, table=True):
    """A person, as last seen."""

    __tablename__ = "actor"
    __table_args__ = (
        Index(
            "ix_actor_admin",
            "workspace",
            "seen_at",
            sqlite_where=text(IS_ADMIN),
            postgresql_where=text(IS_ADMIN),
        ),
    )

    id: str = string(primary_key=True)
    workspace: str = string()
    name: str = string()
    locale: str = string()
    was_told_about_references: bool
    is_admin: bool
    seen_at: datetime | None = moment(nullable=True)


class MessageRow(Row, table=True):
    """One message of ours. `sending_until` is the lease of whoever is sending it now.

    `tells` follows from what it says; by it the few are found that name people or show pictures of others.
    """

    __tablename__ = "surface_message"
    __table_args__ = (
        Index(None, "workspace", "channel", "ref"),
        Index(None, "sheet"),
        Index(None, "thread"),
        Index(None, "thread_ref"),
        Index(None, "private_to"),
        Index(
            "ix_surface_message_unsent",
            "created_at",
            sqlite_where=text(UNSENT),
            postgresql_where=text(UNSENT),
        ),
        Index(
            "ix_surface_message_telling",
            "workspace",
            "tells",
            sqlite_where=text(TELLING),
            postgresql_where=text(TELLING),
        ),
    )

    id: str = string(primary_key=True)
    workspace: str = string()
    platform: Platform = words(Platform)
    channel: str = string()
    saying: Any = document(codec.SAYING)
    locale: str = string()
    created_at: datetime = moment()
    thread: str | None = string(nullable=True)
    thread_ref: str | None = string(nullable=True)
    turn: str | None = string(nullable=True)
    private_to: str | None = string(nullable=True)
    context: str = string()
    ref: str | None = string(nullable=True)
    wanted: int
    shown: int
    tries: int
    not_before: datetime | None = moment(nullable=True)
    is_given_up: bool
    sheet: str | None = string(nullable=True)
    is_forgotten: bool
    sending_until: datetime | None = moment(nullable=True)
    tells: str | None = string(nullable=True)


class ForgettingRow(Row, table=True):
    """A confirmed wish to have something forgotten, until all of it is gone."""

    __tablename__ = "forgetting"
    __table_args__ = (Index(None, "created_at"),)

    id: str = string(primary_key=True)
    what: ForgetWhat = words(ForgetWhat)
    workspace: str = string()
    platform: Platform = words(Platform)
    channel: str = string()
    actor: str = string()
    locale: str = string()
    created_at: datetime = moment()
    thread: str | None = string(nullable=True)
    revision: int | None = None
    thread_ref: str | None = string(nullable=True)
    context: str = string()
    threads: Any = document(codec.THREAD_IDS)
    messages: Any = document(codec.MESSAGE_IDS)
    blobs: Any = document(codec.BLOB_KEYS)
    pictures: int
    words: int
    has_told: bool


class GateRow(Row, table=True):
    """The one gate to the engine: its pause and its fair share. Locking its only row locks the gate."""

    __tablename__ = "engine_gate"

    name: str = string(primary_key=True)
    paused_until: datetime | None = moment(nullable=True)
    pause_reason: str | None = string(nullable=True)
    tags: Any = document(codec.TAGS)


INBOX = table_of(InboxRow)
WORKSPACE = table_of(WorkspaceRow)
ACTOR = table_of(ActorRow)
MESSAGE = table_of(MessageRow)
GATE = table_of(GateRow)
FORGETTING = table_of(ForgettingRow)
