"""Failures on request, so that every way a picture can fail may be tried without an account.

Owns the words: `sandbox:` and a failure's name anywhere in the prompt (`sandbox:moderated`,
`sandbox:rate_limited`, `sandbox:overloaded`, `sandbox:unreachable`, `sandbox:out_of_money`,
`sandbox:key_refused`, `sandbox:rejected`, `sandbox:no_answer`, `sandbox:broken_off`, `sandbox:no_picture`).
Beside them `sandbox:slow` takes a minute longer, and `sandbox:one_missing` makes one picture fewer than
was asked for. Must never act on anything else in a prompt.
"""

from __future__ import annotations

import re

from core.domain.generation import Failure, FailureKind

SLOW_S = 60.0

_WORD = re.compile(r"(?<!\w)sandbox:([a-z_]+)")
_SLOW, _ONE_MISSING = "slow", "one_missing"

_FAILURES = {kind.value: Failure(kind, detail="asked for by the prompt") for kind in FailureKind} | {
    "rate_limited": Failure(FailureKind.RATE_LIMITED, detail="asked for by the prompt", retry_after_s=5.0),
    "moderated": Failure(
        FailureKind.MODERATED, detail="asked for by the prompt", stage="input", categories=("violence",)
    ),
}

_LATE = {FailureKind.NO_ANSWER, FailureKind.BROKEN_OFF, FailureKind.NO_PICTURE}


def scripted_failure(words: str) -> Failure | None:
    """Give the failure that the words ask for, if any."""
    return next((_FAILURES[name] for name in _WORD.findall(words) if name in _FAILURES), None)


def is_late(failure: Failure) -> bool:
    """Whether such a failure shows only after the usual wait."""
    return failure.kind in _LATE


def is_slow(words: str) -> bool:
    """Whether the words ask to be kept waiting."""
    return _SLOW in _WORD.findall(words)


def is_one_missing(words: str) -> bool:
    """Whether the words ask for one picture fewer than was ordered."""
    return _ONE_MISSING in _WORD.findall(words)


def without_script(words: str) -> str:
    """Take the script's words out, so that they are not lettered into the picture."""
    return " ".join(_WORD.sub(" ", words).split())
