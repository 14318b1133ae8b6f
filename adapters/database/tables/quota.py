"""Allowances, counters, holds and the ledger, who changed them, and what admins were told.

Owns the columns and indexes of what people may use and have used.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLModel reads annotations at run time
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field

from adapters.database import codec
from adapters.database.columns import Moment, RowNumber
from adapters.database.tables.base import Row, document, moment, string, table_of, whole, words
from core.domain.quota import EntryKind, Metric, Period, ScopeKind


class AllowanceRow(Row, table=True):
    """How much of a metric a scope may use a period."""

    __tablename__ = "allowance"

    scope_kind: ScopeKind = words(ScopeKind, primary_key=True)
    scope_key: str = string(primary_key=True)
    metric: Metric = words(Metric, primary_key=True)
    period: Period = words(Period, primary_key=True)
    amount: int = whole()


class CounterRow(Row, table=True):
    """What is used and held of one allowance in one window; the amount stays the allowance's."""

    __tablename__ = "counter"

    scope_kind: ScopeKind = words(ScopeKind, primary_key=True)
    scope_key: str = string(primary_key=True)
    metric: Metric = words(Metric, primary_key=True)
    period: Period = words(Period, primary_key=True)
    window_start: datetime = Field(sa_column=Column(Moment(), primary_key=True, nullable=False))
    used: int = whole()
    held: int = whole()
    extra: int = whole()


class ReservationRow(Row, table=True):
    """A hold, open until `ended_at` is set, and the windows that it was taken in."""

    __tablename__ = "reservation"
    __table_args__ = (Index(None, "turn"),)

    id: str = string(primary_key=True)
    turn: str = string()
    actor: str = string()
    workspace: str = string()
    pictures: int
    micros: int = whole()
    windows: Any = document(codec.WINDOWS)
    ended_at: datetime | None = moment(nullable=True)


class EntryRow(Row, table=True):
    """A line in the ledger. Lines are only ever added."""

    __tablename__ = "ledger_entry"
    __table_args__ = (Index(None, "turn"), Index(None, "workspace", "at"), Index(None, "at"))

    number: int = Field(sa_column=Column(RowNumber, primary_key=True, autoincrement=True))
    kind: EntryKind = words(EntryKind)
    turn: str = string()
    actor: str = string()
    workspace: str = string()
    pictures: int
    micros: int = whole()
    at: datetime = moment()
    reservation: str | None = string(nullable=True)
    attempt: str | None = string(nullable=True)


class AuditRow(Row, table=True):
    """A change of what a workspace has decided. Lines are only ever added."""

    __tablename__ = "audit_line"
    __table_args__ = (Index(None, "workspace", "number"),)

    number: int = Field(sa_column=Column(RowNumber, primary_key=True, autoincrement=True))
    workspace: str = string()
    actor: str = string()
    at: datetime = moment()
    change: Any = document(codec.CHANGE)


class AdminAlertRow(Row, table=True):
    """What the admins of a workspace were told of, and when last."""

    __tablename__ = "admin_alert"

    workspace: str = string(primary_key=True)
    subject: str = string(primary_key=True)
    told_at: datetime = moment()


ALLOWANCE = table_of(AllowanceRow)
COUNTER = table_of(CounterRow)
RESERVATION = table_of(ReservationRow)
ENTRY = table_of(EntryRow)
AUDIT = table_of(AuditRow)
ADMIN_ALERT = table_of(AdminAlertRow)
