"""What a failed turn means beyond itself: that admins have to act.

Owns which failures admins hear of: an engine that nobody can ask any more, and a person refused again and
again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.app import moderation
from core.app.admins import AdminAlerts, Alert
from core.domain.generation import FailureKind

if TYPE_CHECKING:
    from core.app.records import TurnRecord
    from core.app.walk import Scene
    from core.domain.generation import Failure

TELL_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long a workspace's admins are not told again that the engine is paused for the same reason."""


async def tell_of_failure(scene: Scene, turn: TurnRecord, failure: Failure) -> None:
    """Tell the admins of the turn's workspace, where its failure is theirs to know. The turn is stored."""
    alert: Alert | None = None
    if failure.kind.pauses_engine:
        since = scene.now - TELL_AGAIN_AFTER
        alert = Alert(failure.kind.value, since, f"admin_{failure.kind.value}")
    elif failure.kind is FailureKind.MODERATED:
        alert = await moderation.alert_of(scene.unit, scene.outside.policy, turn, scene.now)
    if alert is None:
        return
    alerts = AdminAlerts(scene.unit, scene.outside.ids, scene.now)
    await alerts.tell(turn.workspace, alert)
    scene.after_commit.messages += alerts.told
