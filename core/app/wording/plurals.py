"""Which sentences change with a number, and how.

Owns the table. A language writes `code_one` or `code_none` where its sentence would read wrong otherwise;
most need neither, because "Pictures: 1" is right in all of them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "turn_waiting": "ahead",
        "queued": "ahead",
        "turn_queued_behind": "ahead",
        "turn_generating_many": "count",
        "model_cannot_inputs": "suggestion",
        "too_many_references": "suggestion",
        "usage_text": "days",
        "amount_pictures": "amount",
        "rate_pictures_day": "amount",
        "rate_pictures_week": "amount",
        "rate_pictures_month": "amount",
        "page_replies": "count",
        "page_versions": "count",
    }
)
"""The value that each such sentence counts by."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType({"0": "_none", "1": "_one"})
"""What is added to a sentence's name for a number."""


def numbered(code: str, values: Mapping[str, str | int]) -> str:
    """Name the variant of a sentence that its number asks for; the code itself where there is none."""
    number = values.get(COUNTED_BY.get(code, ""))
    return code + ENDINGS.get(str(number), "")
