"""Edit threads, their turns and revisions, and the calls to the engine.

Owns the columns and indexes of the work itself.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLModel reads annotations at run time
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from adapters.database import codec
from adapters.database.tables.base import Row, document, moment, points_to, string, table_of, whole, words
from core.app.records import Outcome, Stage
from core.domain.ids import Platform
from core.domain.thread_state import State

MODERATED = "moderated_at IS NOT NULL"
"""The condition of the index over refusals by the safety system; queries must spell it the same."""


class EditThreadRow(Row, table=True):
    """An edit thread and what its machine remembers, field by field; its revisions have their own table."""

    __tablename__ = "edit_thread"
    __table_args__ = (UniqueConstraint("workspace", "platform", "channel", "ref"),)

    id: str = string(primary_key=True)
    workspace: str = string()
    platform: Platform = words(Platform)
    channel: str = string()
    ref: str | None = string(nullable=True)
    starter: str = string()
    created_at: datetime = moment()
    state: State = words(State)
    active: Any = document(codec.TICKET, nullable=True)
    active_base: Any = document(codec.HEAD, nullable=True)
    waiting: Any = document(codec.TICKETS)
    head: Any = document(codec.HEAD, nullable=True)
    undo_trail: Any = document(codec.HEADS)
    redo_trail: Any = document(codec.HEADS)
    is_closing: bool
    reservation_id: str | None = string(nullable=True)
    ended: Any = document(codec.TURN_IDS)
    forgotten: Any = document(codec.NUMBERS)


class RevisionRow(Row, table=True):
    """What a turn made. Never changed."""

    __tablename__ = "revision"
    __table_args__ = (Index(None, "turn_id"),)

    thread: str = points_to("edit_thread.id", primary_key=True)
    number: int = Field(primary_key=True)
    parent: Any = document(codec.HEAD, nullable=True)
    turn_id: str = points_to("turn.id")
    candidates: int


class TurnRow(Row, table=True):
    """One ask and how far it has come. Its pictures and references have their own tables.

    `moderated_at` is when its failure says that the safety system refused it.
    """

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("thread", "position"),
        # Few turns are unfinished, however many there have been: everything that looks for work starts here.
        Index(None, "stage", "created_at"),
        Index(None, "actor", "twin_key", "created_at"),
        Index(
            "ix_turn_moderated",
            "actor",
            "moderated_at",
            sqlite_where=text(MODERATED),
            postgresql_where=text(MODERATED),
        ),
        Index(None, "workspace", "source"),
    )

    id: str = string(primary_key=True)
    thread: str = points_to("edit_thread.id")
    workspace: str = string()
    actor: str = string()
    position: int
    stage: Stage = words(Stage)
    ask: Any = document(codec.ASK)
    locale: str = string()
    created_at: datetime = moment()
    message: str = string()
    own_base: Any = document(codec.HEAD, nullable=True)
    base: Any = document(codec.HEAD, nullable=True)
    plan: Any = document(codec.PLAN, nullable=True)
    reservation: str | None = string(nullable=True)
    estimate: int = whole()
    cost: int | None = whole(nullable=True)
    is_cost_estimated: bool
    billed_for_nothing: int = whole()
    revision: int | None = None
    failure: Any = document(codec.FAILURE, nullable=True)
    elapsed_s: float | None = None
    is_cancel_requested: bool
    is_resumed: bool
    held_by: str | None = string(nullable=True)
    lease_until: datetime | None = moment(nullable=True)
    not_before: datetime | None = moment(nullable=True)
    nudged_at: datetime | None = moment(nullable=True)
    tries: int
    twin_key: str = string()
    finished_at: datetime | None = moment(nullable=True)
    moderated_at: datetime | None = moment(nullable=True)
    source: str | None = string(nullable=True)
    is_forgotten: bool


class AttemptRow(Row, table=True):
    """One call to the engine."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("turn", "ordinal"), Index(None, "started_at"))

    id: str = string(primary_key=True)
    turn: str = points_to("turn.id")
    workspace: str = string()
    ordinal: int
    engine: str = string()
    model: str = string()
    request_hash: str = string()
    images: int
    estimate: int = whole()
    started_at: datetime = moment()
    outcome: Outcome = words(Outcome)
    cost: int = whole()
    is_cost_estimated: bool
    request_id: str | None = string(nullable=True)
    closed_at: datetime | None = moment(nullable=True)


THREAD = table_of(EditThreadRow)
REVISION = table_of(RevisionRow)
TURN = table_of(TurnRow)
ATTEMPT = table_of(AttemptRow)
