"""The line of turns that want to go on, as queries.

Owns what it means to be stale, ahead, or next in a person's flow. Must never learn who works on a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, tuple_

from adapters.database.tables import TURN
from core.app.records import Stage
from core.domain.fair_share import Flow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping, Select

    from core.domain.ids import TurnId

_GOING_ON = [stage for stage in Stage if not (stage.is_over or stage is Stage.WAITING)]
_BEFORE_THE_ENGINE = [Stage.QUEUED, Stage.ANNOUNCED]


def is_unheld(now: datetime) -> ColumnElement[bool]:
    """Whether nobody holds the turn, or its holder has not been heard of in time."""
    return or_(TURN.c.held_by.is_(None), TURN.c.lease_until <= now)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether the turn's time has come."""
    return or_(TURN.c.not_before.is_(None), TURN.c.not_before <= now)


def stale(now: datetime, nudged_before: datetime, limit: int) -> Select[Any]:
    """Turns that should go on and that nobody looks after, oldest first."""
    is_forgotten = or_(TURN.c.nudged_at.is_(None), TURN.c.nudged_at < nudged_before)
    return (
        select(TURN.c.id)
        .where(TURN.c.stage.in_(_GOING_ON), is_unheld(now), is_due(now), is_forgotten)
        .order_by(TURN.c.created_at, TURN.c.id)
        .limit(limit)
    )


def ahead_of(turn: TurnId) -> Select[Any]:
    """Count the turns before the engine that are older than this one."""
    this = select(TURN.c.created_at, TURN.c.id).where(TURN.c.id == turn).subquery()
    is_older = tuple_(TURN.c.created_at, TURN.c.id) < tuple_(this.c.created_at, this.c.id)
    return (
        select(func.count().label("ahead"))
        .select_from(TURN)
        .join(this, is_older)
        .where(TURN.c.stage.in_(_BEFORE_THE_ENGINE))
    )


def flows(now: datetime) -> Select[Any]:
    """Find the oldest announced, unheld, due turn of each person in each workspace."""
    place = func.row_number().over(
        partition_by=(TURN.c.workspace, TURN.c.actor), order_by=(TURN.c.created_at, TURN.c.id)
    )
    waiting = (
        select(TURN.c.workspace, TURN.c.actor, TURN.c.id, TURN.c.created_at, place.label("place"))
        .where(TURN.c.stage == Stage.ANNOUNCED, is_unheld(now), is_due(now))
        .subquery()
    )
    return select(waiting).where(waiting.c.place == 1).order_by(waiting.c.created_at, waiting.c.id)


def flow_of(row: RowMapping) -> Flow:
    """Read a row of `flows`."""
    return Flow(row["workspace"], row["actor"], oldest_turn=row["id"], queued_at=row["created_at"])
