"""Fresh ids from the time and from chance. Owns their form; must never learn what they name."""

from __future__ import annotations

import secrets
import threading
import time

from core.app.ports import Ids

LENGTH = 26
"""Characters of an id: 130 bits at 5 a character, of which 128 are used."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHANCE_BITS = 80
_STEP_BITS = 64
_NS_PER_MS = 1_000_000


class SystemIds(Ids):
    """Ids in the form of a ULID: 48 bits of Unix time in ms, 80 of chance, in Crockford's base 32.

    Within one process each is greater than the one before, also when the machine's clock is set back.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """An id of 26 characters that sorts by the time it was made. Safe to call from any thread."""
        with self._lock:
            self._last = max(_fresh(), self._last + _step())
            return _spell(self._last)


def _fresh() -> int:
    milliseconds = time.time_ns() // _NS_PER_MS
    return milliseconds << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)


def _step() -> int:
    # A step by chance: whoever knows one id must not be able to guess the next.
    return 1 + secrets.randbits(_STEP_BITS)


def _spell(number: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
