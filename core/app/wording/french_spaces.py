"""The spaces that must not break in French.

Owns where they stand, so that sentences can be written with plain ones.
"""

from __future__ import annotations

import re
from typing import Final

_THIN: Final = "\u202f"
_FIRM: Final = "\u00a0"


def spaced(text: str) -> str:
    """Put in the spaces that French has before `: ; ? !`, within guillemets and in large numbers."""
    grouped = re.sub(r"(?<=\d) (?=\d{3}\b)", _THIN, text)
    quoted = grouped.replace("« ", f"«{_FIRM}").replace(" »", f"{_FIRM}»").replace(" :", f"{_FIRM}:")
    return re.sub(r" (?=[;?!])", _THIN, quoted)
