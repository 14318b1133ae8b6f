"""How a platform's stores reach the database.

Owns the shape of that road alone: whose database it is, and how it commits, is its owner's affair.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
"""Opens a transaction that commits when left without an error and is undone otherwise."""


@dataclass(frozen=True, slots=True)
class Transactions:
    """How a store reaches the database: `read` promises not to write, `write` waits for its turn to."""

    read: Begin
    write: Begin
