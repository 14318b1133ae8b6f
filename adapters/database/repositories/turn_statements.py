"""What is asked of turns and their pictures, and what is written to them.

Owns the statements of `turns.py`. Which turns want to go on stands in `turn_line.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, select, text, update

from adapters.database.repositories.turn_line import IS_DUE, IS_UNHELD
from adapters.database.statements import is_one_of, param
from adapters.database.tables import ATTEMPT, CANDIDATE, MESSAGE, MODERATED, PICTURE, REFERENCE, THREAD, TURN
from core.app.records import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Delete, Select, Update

    from adapters.database.transaction import Fields
    from core.domain.ids import TurnId

_OVER = [stage for stage in Stage if stage.is_over]
_UNFINISHED = [stage for stage in Stage if not stage.is_over]

_IS_THIS = TURN.c.id == param("which")
_IS_AT_THE_STAGE = _IS_THIS & (TURN.c.stage == param("expected_stage"))
_IS_HELD_BY = TURN.c.held_by == param("holder")
_IS_FREE = IS_UNHELD & IS_DUE & ~is_one_of(TURN.c.stage, (*_OVER, Stage.WAITING))

GET: Select[Any] = select(TURN).where(_IS_THIS)

SAVE: Update = update(TURN).where(_IS_AT_THE_STAGE)
SAVE_HELD: Update = SAVE.where(_IS_HELD_BY)
RELEASE: Update = update(TURN).where(_IS_THIS & _IS_HELD_BY)
CLAIM = update(TURN).where(_IS_THIS & _IS_FREE).returning(*TURN.c)
RENEW = update(TURN).where(_IS_THIS & _IS_HELD_BY).returning(*TURN.c)
"""The columns to be set are given with the parameters."""

BREAK_LEASES: Update = (
    update(TURN)
    .where(is_one_of(TURN.c.stage, _UNFINISHED), TURN.c.held_by.is_not(None))
    .values(held_by=None, lease_until=None)
)

OF_THREAD: Select[Any] = select(TURN).where(TURN.c.thread == param("of")).order_by(TURN.c.position)

LAST_POSITION = select(func.max(TURN.c.position).label("last")).where(TURN.c.thread == param("of"))

TWIN: Select[Any] = (
    select(TURN)
    .outerjoin(MESSAGE, MESSAGE.c.id == TURN.c.message)
    .where(
        TURN.c.actor == param("actor"),
        TURN.c.twin_key == param("twin_key"),
        TURN.c.created_at >= param("since"),
        TURN.c.workspace == param("workspace"),
        ~is_one_of(TURN.c.stage, _OVER),
        MESSAGE.c.ref.is_(None),
    )
    .order_by(TURN.c.created_at, TURN.c.id)
    .limit(1)
)

MODERATIONS: Select[Any] = (
    select(TURN.c.moderated_at)
    .where(TURN.c.actor == param("actor"), TURN.c.moderated_at > param("since"), text(MODERATED))
    .order_by(TURN.c.moderated_at)
)

BY_SOURCE: Select[Any] = (
    select(TURN)
    .join(THREAD, THREAD.c.id == TURN.c.thread)
    .where(
        TURN.c.workspace == param("workspace"),
        TURN.c.source == param("source"),
        THREAD.c.channel == param("channel"),
    )
    .order_by(TURN.c.created_at.desc(), TURN.c.id.desc())
    .limit(1)
)

THREADS_OF: Select[Any] = (
    select(TURN.c.thread)
    .where(TURN.c.actor == param("actor"), TURN.c.workspace == param("workspace"), ~TURN.c.is_forgotten)
    .group_by(TURN.c.thread)
    .order_by(func.min(TURN.c.created_at), TURN.c.thread)
)

UNFINISHED_IN: Select[Any] = (
    select(TURN.c.thread)
    .join(THREAD, THREAD.c.id == TURN.c.thread)
    .where(is_one_of(TURN.c.stage, _UNFINISHED), TURN.c.workspace == param("workspace"))
    .group_by(TURN.c.thread)
    .order_by(func.min(TURN.c.created_at), TURN.c.thread)
)
IN_CHANNEL = THREAD.c.channel == param("channel")
IN_PLACE = THREAD.c.ref == param("ref")

NO_CANDIDATES: Delete = delete(CANDIDATE).where(CANDIDATE.c.turn == param("turn"))
NO_REFERENCES: Delete = delete(REFERENCE).where(REFERENCE.c.turn == param("turn"))
# Whoever guesses the words could tell by the hash that they were these.
NO_REQUEST_HASHES: Update = update(ATTEMPT).where(ATTEMPT.c.turn == param("of")).values(request_hash="")

_MADE = (
    select(CANDIDATE.c.turn, PICTURE)
    .join(PICTURE, PICTURE.c.blob == CANDIDATE.c.blob)
    .order_by(CANDIDATE.c.turn, CANDIDATE.c.ordinal)
)
_MADE_BY_ONE = _MADE.where(CANDIDATE.c.turn == param("turn"))
_MADE_BY_SOME = _MADE.where(CANDIDATE.c.turn.in_(bindparam("turns", expanding=True)))


def made_by(turns: Sequence[TurnId]) -> tuple[Select[Any], Fields]:
    """Ask for the pictures of some turns; mostly it is one, and a list has to be spelled anew each time."""
    if len(turns) == 1:
        return _MADE_BY_ONE, {"turn": turns[0]}
    return _MADE_BY_SOME, {"turns": turns}
