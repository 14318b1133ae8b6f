"""What stands around a platform's half of the program: the parts that all halves share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.platforms.transactions import Transactions

if TYPE_CHECKING:
    from adapters.database import SqlDatabase
    from bots.settings import Settings
    from core.app.ports import BlobStore, Clock, Ids
    from core.app.reports import Reports


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a platform's half of the program needs of the rest."""

    settings: Settings
    database: SqlDatabase
    blobs: BlobStore
    clock: Clock
    ids: Ids
    reports: Reports

    @property
    def transactions(self) -> Transactions:
        """How a platform's stores reach the database."""
        return transactions_of(self.database)


def transactions_of(database: SqlDatabase) -> Transactions:
    """How a platform's stores reach that database."""
    return Transactions(read=lambda: database.begin(read_only=True), write=database.begin)
