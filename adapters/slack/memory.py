"""How this adapter's stores reach the database.

Owns plain shapes only. Must never learn SQL.
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
