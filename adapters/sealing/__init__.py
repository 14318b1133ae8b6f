"""Keeps secrets unreadable where they are stored: tokens, and addresses that answer without one.

Owns the sealing, and the change of keys. Must never learn what it seals, and never puts it into an error. A
room that several adapters share, because what protects secrets should stand once.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Sequence


class Seal:
    """Seals with the newest key, opens with any of them. `keys` are the operator's, newest first.

    `purpose` (a platform's name) keeps these keys apart from the others that come from the same setting.
    """

    def __init__(self, keys: Sequence[bytes], *, purpose: str) -> None:
        ciphers = [Fernet(_derived(key, purpose)) for key in keys]
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

    def is_current(self, sealed: str) -> bool:
        """Whether the newest key opens it, so that it need not be sealed anew."""
        try:
            self._newest.decrypt(sealed.encode())
        except (InvalidToken, ValueError):
            return False
        return True


def _derived(key: bytes, purpose: str) -> bytes:
    info = f"inkthread {purpose} seal 1".encode()
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=info).derive(key))
