"""How much of an allowance is used, in percent, and when that is worth a warning.

Owns the shares at which admins are warned. Must never learn who they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from core.domain.quota import Counter

WARNING_SHARES: Final[tuple[Literal[80], Literal[100]]] = (80, 100)
"""The percentages of an allowance at which admins are warned."""


def share_used(counter: Counter) -> int:
    """Say how much is used, in whole percent rounded down; an allowance of nothing is always full."""
    return counter.used * 100 // counter.most if counter.most > 0 else 100


def share_reached(counter: Counter) -> Literal[80, 100] | None:
    """Name the highest share that is worth a warning and was reached; an allowance of nothing needs none."""
    if counter.most <= 0:
        return None
    return next((share for share in reversed(WARNING_SHARES) if share <= share_used(counter)), None)
