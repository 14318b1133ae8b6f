"""What people on the page are called: the name they chose, or a friendly one made from their id.

Owns names. Must never learn whether somebody may enter; that is `sessions.py`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from adapters.platforms.inserting import put
from adapters.web.tables import WebPersonRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from adapters.platforms.transactions import Transactions
    from core.domain.ids import ActorId

MAX_NAME = 40
"""Characters in a name."""

_COLOURS = (
    "Amber", "Cobalt", "Coral", "Crimson", "Indigo", "Ivory", "Jade", "Lilac",
    "Ochre", "Olive", "Pearl", "Plum", "Rose", "Saffron", "Sepia", "Teal",
)  # fmt: skip
_BIRDS = (
    "Crane", "Dipper", "Egret", "Finch", "Heron", "Ibis", "Kestrel", "Lark",
    "Magpie", "Martin", "Merlin", "Osprey", "Plover", "Robin", "Swift", "Wren",
)  # fmt: skip

_TABLE: Table = WebPersonRow.__table__  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_PERSON = _TABLE.c


def friendly_name(actor: ActorId) -> str:
    """A name for somebody who has not chosen one; always the same for the same person."""
    digest = hashlib.sha256(actor.encode()).digest()
    return f"{_COLOURS[digest[0] % len(_COLOURS)]} {_BIRDS[digest[1] % len(_BIRDS)]}"


class PeopleStore:
    """Remembers the names that people chose."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def name_of(self, actor: ActorId) -> str:
        """What that person is called."""
        return (await self.names_of([actor]))[actor]

    async def names_of(self, actors: Iterable[ActorId]) -> dict[ActorId, str]:
        """What those people are called."""
        wanted = set(actors)
        if not wanted:
            return {}
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(*_PERSON).where(_PERSON.actor.in_(wanted)))
            chosen = {row.actor: row.name for row in rows}
        return {actor: chosen.get(actor) or friendly_name(actor) for actor in wanted}

    async def rename(self, actor: ActorId, name: str) -> None:
        """That person wants to be called so."""
        async with self._transactions.write() as connection:
            await put(connection, _TABLE, {"actor": actor, "name": name}, "actor")

    async def forget(self, actor: ActorId) -> None:
        """Remember no name of that person."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(WebPersonRow).where(_PERSON.actor == actor))
