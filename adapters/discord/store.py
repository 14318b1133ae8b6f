"""What has been posted to Discord, so that a crash repeats nothing that stands there.

Owns the rows. Every method may raise what the database adapter raises: `Conflict` or a `StorageFault`. Must
never learn how Discord is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from adapters.discord.context import LIVES_S
from adapters.discord.memory import KeptMessage, Opens
from adapters.discord.refs import user_of, workspace_of
from adapters.discord.tables import DiscordMessageRow, DiscordOriginalRow
from adapters.platforms.inserting import put, put_if_missing
from core.domain.ids import MessageId, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Row

    from adapters.platforms.transactions import Transactions
    from core.app.ports import Clock
    from core.domain.ids import ActorId, BlobKey

_MESSAGE = DiscordMessageRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_ORIGINAL = DiscordOriginalRow.__table__.c  # type: ignore[attr-defined]  # the same

CLAIMS_LIVE_MS: Final = 24 * 3600 * 1000


class SentStore:
    """Remembers messages of ours on Discord. A `Keeper` towards the core: some are known by who saw them."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def now_ms(self) -> int:
        """The time in milliseconds since 1970, UTC."""
        return int(self._clock.now().timestamp() * 1000)

    # --- looking ---

    async def message(self, key: MessageId) -> KeptMessage | None:
        """What is known of the message with that key."""
        return await self._one(_MESSAGE.key == key)

    async def at(self, message: str) -> KeptMessage | None:
        """What is known of the message with that id of Discord's."""
        return await self._one(_MESSAGE.message == message)

    async def latest_in(self, channel: str) -> KeptMessage | None:
        """The message of ours that was posted last in that channel for all to see."""
        query = (
            select(*_MESSAGE)
            .where(_MESSAGE.channel == channel, _MESSAGE.message != "", _MESSAGE.only_to == "")
            .order_by(_MESSAGE.first_ms.desc(), _MESSAGE.key.desc())
            .limit(1)
        )
        async with self._transactions.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _message(row)

    async def _one(self, which: ColumnElement[bool]) -> KeptMessage | None:
        async with self._transactions.read() as connection:
            row = (await connection.execute(select(*_MESSAGE).where(which).limit(1))).one_or_none()
        return None if row is None else _message(row)

    # --- posting ---

    async def about_to_post(self, kept: KeptMessage) -> KeptMessage:
        """Note that the message is going to be posted there, before it is; with when that was tried first."""
        row: dict[str, Any] = {
            "key": kept.key,
            "workspace": kept.workspace,
            "channel": kept.channel,
            "thread": kept.thread,
            "message": "",
            "interaction": kept.interaction,
            "only_to": kept.only_to,
            "opens": kept.opens.value,
            "first_ms": self.now_ms(),
            "files": {},
        }
        async with self._transactions.write() as connection:
            await put(connection, DiscordMessageRow, row, "key", kept=("workspace", "first_ms", "files"))
            tried = await connection.execute(select(_MESSAGE.first_ms).where(_MESSAGE.key == kept.key))
            return replace(kept, first_ms=tried.scalar_one())

    async def has_posted(self, kept: KeptMessage) -> None:
        """Note that the message stands, where and what shows its pictures."""
        await self._change(
            kept.key,
            channel=kept.channel,
            thread=kept.thread,
            message=kept.message,
            interaction=kept.interaction,
            only_to=kept.only_to,
            opens=kept.opens.value,
            files=dict(kept.files),
        )

    async def shows(self, key: MessageId, files: Mapping[str, str]) -> None:
        """Note what shows its pictures now."""
        await self._change(key, files=dict(files))

    async def opened(self, key: MessageId, opens: Opens) -> None:
        """Note where answers to the message stand."""
        await self._change(key, opens=opens.value)

    async def has_not_posted(self, key: MessageId) -> None:
        """Discord refused it: the next try need not look whether it stands."""
        async with self._transactions.write() as connection:
            await connection.execute(
                delete(DiscordMessageRow).where(_MESSAGE.key == key, _MESSAGE.message == "")
            )

    async def is_gone(self, key: MessageId) -> None:
        """It does not stand any more: the next post with that key is another message.

        A Discord thread outlives the message that it was made from: that it is ours stays known.
        """
        is_it = _MESSAGE.key == key
        has_thread = (_MESSAGE.thread == "") & (_MESSAGE.opens == Opens.THREAD.value)
        async with self._transactions.write() as connection:
            await connection.execute(
                update(DiscordMessageRow).where(is_it & has_thread).values(key=f"{key} root", files={})
            )
            await connection.execute(delete(DiscordMessageRow).where(is_it))

    # --- for the core: nothing of a person stays ---

    async def needs(self, blob: BlobKey) -> bool:
        """No bytes are kept here."""
        del blob
        return False

    async def tidy(self) -> None:
        """Drop what only one person saw, and who filled which answer, a day after: no token lives so long."""
        before_ms = self.now_ms() - CLAIMS_LIVE_MS
        async with self._transactions.write() as connection:
            is_over = (_MESSAGE.only_to != "") & (_MESSAGE.first_ms < before_ms)
            await connection.execute(delete(DiscordMessageRow).where(is_over))
            await connection.execute(delete(DiscordOriginalRow).where(_ORIGINAL.claimed_ms < before_ms))

    async def kept_of(self, actor: ActorId) -> Sequence[BlobKey]:
        """No bytes are kept here."""
        del actor
        return ()

    async def forget(self, actor: ActorId) -> None:
        """Drop what is known of messages that only that person saw, once nobody can take them away any more.

        Until their tokens end the surface can, which drops the rest; what is posted last goes by `tidy`.
        """
        is_theirs = (_MESSAGE.only_to == user_of(actor)) & (_MESSAGE.workspace == workspace_of(actor))
        is_over = _MESSAGE.first_ms < self.now_ms() - LIVES_S * 1000
        async with self._transactions.write() as connection:
            await connection.execute(delete(DiscordMessageRow).where(is_theirs, is_over))

    async def forget_workspace(self, workspace: WorkspaceId) -> None:
        """Drop everything about a server that has taken the bot away."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(DiscordMessageRow).where(_MESSAGE.workspace == workspace))

    async def forget_channel(self, workspace: WorkspaceId, channel: str) -> None:
        """Drop what stood in a channel or thread that is gone, and in the threads that hung on it."""
        is_there = (_MESSAGE.workspace == workspace) & (_MESSAGE.channel == channel)
        roots = select(_MESSAGE.message).where(is_there, _MESSAGE.message != "")
        is_in_thread = (_MESSAGE.workspace == workspace) & _MESSAGE.channel.in_(roots)
        async with self._transactions.write() as connection:
            await connection.execute(delete(DiscordMessageRow).where(is_in_thread))
            await connection.execute(delete(DiscordMessageRow).where(is_there))

    async def _change(self, key: MessageId, **values: object) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(update(DiscordMessageRow).where(_MESSAGE.key == key).values(**values))

    # --- interactions ---

    async def claim(self, interaction: str, key: MessageId) -> bool:
        """Whether the interaction's own answer is that message's to fill: the first one that asks has it."""
        now_ms = self.now_ms()
        row = {"interaction": interaction, "key": key, "claimed_ms": now_ms}
        query = select(_ORIGINAL.key).where(_ORIGINAL.interaction == interaction)
        async with self._transactions.write() as connection:
            await put_if_missing(connection, DiscordOriginalRow, row, "interaction")
            await connection.execute(
                delete(DiscordOriginalRow).where(_ORIGINAL.claimed_ms < now_ms - CLAIMS_LIVE_MS)
            )
            return bool(await connection.scalar(query) == key)


def _message(row: Row[Any]) -> KeptMessage:
    return KeptMessage(
        key=MessageId(row.key),
        workspace=WorkspaceId(row.workspace),
        channel=row.channel,
        thread=row.thread,
        message=row.message,
        interaction=row.interaction,
        only_to=row.only_to,
        opens=Opens(row.opens),
        first_ms=row.first_ms,
        files=dict(row.files or {}),
    )
