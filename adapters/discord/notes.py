"""Small facts that outlive the process: languages, servers, what was told once, which commands stand.

Owns their rows, and that nothing of a person stays who wants to be forgotten. Every method may raise what the
database adapter raises: `Conflict` or a `StorageFault`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, or_, select

from adapters.discord.refs import guild_of
from adapters.discord.tables_notes import DiscordNoteRow
from adapters.platforms.inserting import insert_into, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.platforms.transactions import Transactions
    from core.app.ports import Clock
    from core.domain.ids import ActorId, BlobKey, WorkspaceId

_NOTE = DiscordNoteRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so

_SERVER: Final = "server:"
_TOLD: Final = "told:"
_AT_ONCE: Final = 500
"""Rows of one insertion: a shard has up to 2,500 servers, and others want to write too."""

KEPT_MS: Final = 400 * 24 * 3600 * 1000
"""A note that nobody has renewed for longer than a year is of nobody who is still there."""


def locale_key(actor: ActorId) -> str:
    """Under which a person's language is noted."""
    return f"locale:{actor}"


def told_key(workspace: WorkspaceId, channel: str) -> str:
    """Under which is noted that a channel was told once how to be understood."""
    return f"{_TOLD}{workspace}:{channel}"


def _server_key(bot: str, guild: str) -> str:
    """Under which is noted that a bot is in a server; the one of another application is another bot."""
    return f"{_SERVER}{guild}:{bot}"


class Notes:
    """Remembers small facts. A `Keeper` towards the core, so that people are forgotten here too."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def get(self, key: str) -> str | None:
        """What is noted, or None."""
        async with self._transactions.read() as connection:
            found: str | None = await connection.scalar(select(_NOTE.value).where(_NOTE.key == key))
            return found

    async def put(self, key: str, value: str) -> None:
        """Note it, in the place of what was noted before."""
        async with self._transactions.write() as connection:
            await put(connection, DiscordNoteRow, self._row(key, value), "key")

    # --- servers ---

    async def servers_of(self, bot: str) -> set[str]:
        """The servers that the bot was told to be in."""
        query = select(_NOTE.key).where(_NOTE.key.startswith(_SERVER, autoescape=True))
        async with self._transactions.read() as connection:
            named = [key.split(":") for key in await connection.scalars(query)]
        return {guild for _, guild, of_bot in named if of_bot == bot}

    async def note_servers(self, bot: str, guilds: Sequence[str]) -> None:
        """Note that the bot is in these servers."""
        for at in range(0, len(guilds), _AT_ONCE):
            rows = [self._row(_server_key(bot, guild)) for guild in guilds[at : at + _AT_ONCE]]
            async with self._transactions.write() as connection:
                wanted = insert_into(connection.dialect.name, DiscordNoteRow).values(rows)
                await connection.execute(wanted.on_conflict_do_nothing(index_elements=["key"]))

    def _row(self, key: str, value: str = "") -> dict[str, Any]:
        return {"key": key, "value": value, "noted_ms": self._now_ms()}

    # --- for the core: nothing of a person stays ---

    async def needs(self, blob: BlobKey) -> bool:
        """No bytes are kept here."""
        del blob
        return False

    async def tidy(self) -> None:
        """Drop what nobody has renewed for more than a year: languages, and which channels were told once."""
        old = _NOTE.noted_ms < self._now_ms() - KEPT_MS
        fades = or_(*(_NOTE.key.startswith(one, autoescape=True) for one in ("locale:", _TOLD)))
        async with self._transactions.write() as connection:
            await connection.execute(delete(DiscordNoteRow).where(old, fades))

    async def kept_of(self, actor: ActorId) -> Sequence[BlobKey]:
        """No bytes are kept here."""
        del actor
        return ()

    async def forget(self, actor: ActorId) -> None:
        """Drop the person's language."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(DiscordNoteRow).where(_NOTE.key == locale_key(actor)))

    async def forget_workspace(self, workspace: WorkspaceId) -> None:
        """Drop a server, the languages of its people and what its channels were told: the bot has left it."""
        async with self._transactions.write() as connection:
            for begins in (
                f"locale:{workspace}:",
                told_key(workspace, ""),
                f"{_SERVER}{guild_of(workspace)}:",
            ):
                of_theirs = _NOTE.key.startswith(begins, autoescape=True)
                await connection.execute(delete(DiscordNoteRow).where(of_theirs))

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)
