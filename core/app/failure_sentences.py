"""Which sentence tells a failure. A table, so that no failure is left without words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.wording import sentence
from core.domain.generation import FailureKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.generation import Failure

STORAGE = "storage"
CANNOT_POST = "cannot_post"
MINUTE_FULL = "minute_full"
OWN_FAULT = "own_fault"
"""Details that name failures of our own side; the kinds are the engine's."""


def failure_code(failure: Failure) -> str:
    """The name of the sentence for a failed turn's message."""
    if failure.detail in {STORAGE, CANNOT_POST, OWN_FAULT}:
        return f"failed_{failure.detail}"
    if failure.kind is FailureKind.MODERATED and failure.stage in {"input", "output"}:
        return f"failed_moderated_{failure.stage}"
    return f"failed_{failure.kind.value}"


def cannot_post(missing: Sequence[str], locale: str) -> tuple[str, dict[str, str]]:
    """What is said where we may not post: the name of the sentence, and its values."""
    if not missing:
        return f"failed_{CANNOT_POST}", {}
    return f"failed_{CANNOT_POST}_missing", {"missing": _names(missing, locale)}


def not_shown(missing: Sequence[str], locale: str) -> tuple[str, dict[str, str]]:
    """What is said of a picture that was made where we may not post any more."""
    if not missing:
        return "not_shown", {}
    return "not_shown_missing", {"missing": _names(missing, locale)}


def _names(missing: Sequence[str], locale: str) -> str:
    """The permissions as their platform calls them."""
    return ", ".join(sentence(f"permission_{one}", locale) for one in missing)


def waiting_code(failure: Failure) -> str:
    """What a turn waits for before it may ask the engine again, or for the first time."""
    return MINUTE_FULL if failure.detail == MINUTE_FULL else failure.kind.value
