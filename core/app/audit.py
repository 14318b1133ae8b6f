"""Who changed what of a workspace, and when: lines that are only ever added to.

Owns the changes that are worth a line. What people made and spent stands in the ledger instead.
"""

# ruff: noqa: TC001, TC003 - the database adapter reads the annotations of what it keeps at run time

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ActorId, WorkspaceId
from core.domain.periods import Period
from core.domain.quota import Metric, Scope

OPERATOR = ActorId("")
"""Whoever runs Inkthread, at its command line."""


@dataclass(frozen=True, slots=True)
class AllowanceChanged:
    """An allowance was set to that amount, or removed (None)."""

    scope: Scope
    metric: Metric
    period: Period
    amount: int | None


@dataclass(frozen=True, slots=True)
class Granted:
    """So much more was given, in the windows of that moment."""

    scope: Scope
    metric: Metric
    amount: int


@dataclass(frozen=True, slots=True)
class ZoneChanged:
    """The workspace has another time zone."""

    time_zone: str


@dataclass(frozen=True, slots=True)
class OpennessChanged:
    """Everybody may press another person's spending buttons now, or nobody may any more."""

    is_open_to_all: bool


@dataclass(frozen=True, slots=True)
class AdminNamed:
    """Somebody was named as an admin."""

    admin: ActorId


@dataclass(frozen=True, slots=True)
class AdminDropped:
    """Somebody who was named as an admin is none any more."""

    admin: ActorId


Change = AllowanceChanged | Granted | ZoneChanged | OpennessChanged | AdminNamed | AdminDropped


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One change of a workspace; for the whole installation the workspace is empty."""

    workspace: WorkspaceId
    actor: ActorId
    at: datetime
    change: Change
