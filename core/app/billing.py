"""What the provider of the engine says that we owe it, as a port.

Owns no arithmetic: `reconciling.py` holds it against the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.domain.ids import Micros


class BillingFaultKind(StrEnum):
    """Why the provider did not say what was spent."""

    KEY_REFUSED = "key_refused"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    NOT_OFFERED = "not_offered"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class BillingFault:
    """The provider's books could not be read, as a value. `detail` is for operators and holds no secret."""

    kind: BillingFaultKind
    detail: str = ""


class Billing(Protocol):
    """What the provider of the engine says that we owe it."""

    @property
    def engine(self) -> str:
        """The name of the engine whose calls it bills."""
        ...

    async def spent(self, first: date, last: date) -> Mapping[date, Micros] | BillingFault:
        """What each UTC day from the first to the last has cost, zero where nothing was billed.

        Free, and safe to repeat. Whatever the outside does comes back as a value.
        """
        ...
