"""The line of turns that want to go on, as queries.

Owns what it means to be stale, ahead, or next in a person's flow. Must never learn who works on a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, func, or_, select, tuple_

from adapters.database.statements import NOW, is_one_of, param
from adapters.database.tables import TURN
from core.app.records import Stage
from core.domain.fair_share import Flow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, RowMapping, Select

_GOING_ON = [stage for stage in Stage if not (stage.is_over or stage is Stage.WAITING)]
_BEFORE_THE_ENGINE = [Stage.QUEUED, Stage.ANNOUNCED]

IS_UNHELD: ColumnElement[bool] = or_(TURN.c.held_by.is_(None), TURN.c.lease_until <= NOW)
"""Nobody holds the turn, or its holder has not been heard of in time."""

IS_DUE: ColumnElement[bool] = or_(TURN.c.not_before.is_(None), TURN.c.not_before <= NOW)
"""The turn's time has come."""


def flow_of(row: RowMapping) -> Flow:
    """Read a row of `FLOWS`."""
    return Flow(row["workspace"], row["actor"], row["id"], row["created_at"], turns=row["turns"])


def _stale() -> Select[Any]:
    is_forgotten = or_(TURN.c.nudged_at.is_(None), TURN.c.nudged_at < param("nudged_before"))
    return (
        select(TURN.c.id)
        .where(is_one_of(TURN.c.stage, _GOING_ON), IS_UNHELD, IS_DUE, is_forgotten)
        # Hundreds may wait at the gate for an hour, and must not hide those behind them from every round.
        .order_by(TURN.c.nudged_at.asc().nulls_first(), TURN.c.created_at, TURN.c.id)
        .limit(bindparam("limit", type_=Integer()))
    )


def _ahead_of() -> Select[Any]:
    this = select(TURN.c.created_at, TURN.c.id).where(TURN.c.id == param("turn")).subquery()
    is_older = tuple_(TURN.c.created_at, TURN.c.id) < tuple_(this.c.created_at, this.c.id)
    return (
        select(func.count().label("ahead"))
        .select_from(TURN)
        .join(this, is_older)
        .where(is_one_of(TURN.c.stage, _BEFORE_THE_ENGINE))
    )


def _flows() -> Select[Any]:
    person = (TURN.c.workspace, TURN.c.actor)
    place = func.row_number().over(partition_by=person, order_by=(TURN.c.created_at, TURN.c.id))
    turns = func.count().over(partition_by=person)
    waiting = (
        select(*person, TURN.c.id, TURN.c.created_at, place.label("place"), turns.label("turns"))
        .where(TURN.c.stage == Stage.ANNOUNCED, IS_UNHELD, IS_DUE)
        .subquery()
    )
    return select(waiting).where(waiting.c.place == 1).order_by(waiting.c.created_at, waiting.c.id)


STALE = _stale()
"""Turns that should go on and that nobody looks after, those nudged the longest ago first."""

AHEAD_OF = _ahead_of()
"""How many turns before the engine are older than this one."""

FLOWS = _flows()
"""The oldest announced, unheld, due turn of each person in each workspace."""
