"""How long a server asks us to wait.

Owns the three spellings: `retry-after-ms`, `retry-after` in seconds or as a date, and, as a last resort,
the words "try again in 12s" that OpenAI writes into rate limit messages (2026-11). The present time is an
argument.
"""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LONGEST_S: Final = 86_400.0
"""No wait is taken to be longer than a day."""

_NUMBER: Final = re.compile(r"\s*\d+(?:\.\d+)?\s*")
_WORDS: Final = re.compile(r"try again in ((?:\d+(?:\.\d+)?(?:ms|[hms])\s*)+)", re.IGNORECASE)
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|[hms])", re.IGNORECASE)
_UNIT_S: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def retry_after_s(headers: Mapping[str, str], message: str, now: datetime) -> float | None:
    """Seconds to wait, or None where the server does not say. `headers` has lower-case names."""
    found = (
        _scaled(headers.get("retry-after-ms"), 0.001),
        _scaled(headers.get("retry-after"), 1.0),
        _until(headers.get("retry-after"), now),
        _in_words(message),
    )
    return next((min(wait, LONGEST_S) for wait in found if wait is not None), None)


def _scaled(text: str | None, unit_s: float) -> float | None:
    if text is None or not _NUMBER.fullmatch(text):
        return None
    wait = float(text) * unit_s
    return wait if isfinite(wait) else None


def _until(text: str | None, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):  # the second for a zone of many digits
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _in_words(message: str) -> float | None:
    found = _WORDS.search(message)
    if found is None:
        return None
    return sum(float(number) * _UNIT_S[unit.lower()] for number, unit in _PART.findall(found[1]))
