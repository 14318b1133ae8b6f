"""Keeps what is secret unreadable where it is stored: the tokens by which interactions are answered.

Owns the sealing, and the change of keys. Must never learn what it seals, and never puts it into an error.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Sequence

_PURPOSE = b"inkthread discord seal 1"
"""Keeps these keys apart from those for cookies, which come from the same setting."""


class Seal:
    """Seals with the newest key, opens with any of them. `keys` are the operator's, newest first."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        ciphers = [Fernet(_derived(key)) for key in keys]
        self._newest = ciphers[0]
        self._all = MultiFernet(ciphers)

    def close(self, text: str) -> str:
        """Seal a text; sealing it again gives another string."""
        return self._newest.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text, or None when it was sealed with a key that is not known any more, or was changed."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            return None


def _derived(key: bytes) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(key))
