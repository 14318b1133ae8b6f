"""Money and sizes of files as people read them.

Owns how many digits are worth saying. Prices are in US dollars everywhere, whatever the language.
"""

from __future__ import annotations

from typing import Final

_CENT: Final = 10_000
_SMALLEST: Final = 100
"""Micro-dollars in the last digit that is shown: $0.0001."""


def dollars(micros: int) -> str:
    """Say micro-dollars as dollars: `$12.30`, `$0.05`, `$0.006` where cents would say nothing.

    Rounded half up; less than the smallest that is shown is `<$0.0001`, so that nothing paid reads as free.
    """
    if micros < 0:
        return f"-{dollars(max(-micros, _SMALLEST))}"
    if micros == 0 or micros >= _CENT:
        cents = (micros + _CENT // 2) // _CENT
        return f"${cents // 100}.{cents % 100:02}"
    if micros < _SMALLEST:
        return "<$0.0001"
    ten_thousandths = (micros + _SMALLEST // 2) // _SMALLEST
    return f"$0.{ten_thousandths:04}".rstrip("0")


def megabytes(size_bytes: int) -> str:
    """Say how large a file is: `24.9 MB`, rounded half up and never nothing; a MB is a million bytes."""
    tenths = max(1, (size_bytes + 50_000) // 100_000)
    return f"{tenths // 10}.{tenths % 10} MB"
