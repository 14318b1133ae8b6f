"""Amounts that admins type into forms. Pure.

Owns how a number is read, on every platform in the same way. Must never learn whose limit it is.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from core.domain.quota import Metric

MICROS: Final = 1_000_000
MOST: Final = 1_000_000_000
_THOUSANDS: Final = re.compile(r"[1-9]\d*[.,]\d{3}")
"""A thousand to some and one to others."""


def typed_amount(typed: str, metric: Metric) -> int | None:
    """The number that was typed, as whole pictures or micro-dollars; None for what is no clear amount."""
    digits = typed.strip().removeprefix("$").strip()
    if _THOUSANDS.fullmatch(digits):
        return None
    try:
        number = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= MOST:
        return None
    amount = number * (MICROS if metric is Metric.MICROS else 1)
    return int(amount) if amount == int(amount) else None
