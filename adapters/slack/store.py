"""What has been posted and uploaded to Slack, so that a crash repeats nothing that stands there.

Owns the rows of messages and files. Every method may raise what the database adapter raises: `Conflict` or
a `StorageFault`. Must never learn how Slack is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, select, update

from adapters.platforms.inserting import put
from adapters.slack.memory import FileState, KeptFile, KeptMessage
from adapters.slack.tables import SlackFileRow, SlackMessageRow
from core.domain.ids import BlobKey, MessageId

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.engine import Row

    from adapters.platforms.transactions import Transactions
    from adapters.slack.refs import At
    from core.app.ports import Clock
    from core.domain.ids import WorkspaceId

_MESSAGE = SlackMessageRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so
_FILE = SlackFileRow.__table__.c  # type: ignore[attr-defined]  # the same


class SentStore:
    """Remembers messages and files of ours on Slack."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def now_ms(self) -> int:
        """The time in milliseconds since 1970, UTC."""
        return int(self._clock.now().timestamp() * 1000)

    # --- messages ---

    async def message(self, key: MessageId) -> KeptMessage | None:
        """What is known of the message with that key."""
        query = select(*_MESSAGE).where(_MESSAGE.key == key)
        async with self._transactions.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _message(row)

    async def key_at(self, workspace: WorkspaceId, at: At) -> MessageId | None:
        """The key of the message that stands there, if it is known."""
        query = select(_MESSAGE.key).where(
            _MESSAGE.workspace == workspace, _MESSAGE.channel == at.channel, _MESSAGE.ts == at.ts
        )
        async with self._transactions.read() as connection:
            key: str | None = await connection.scalar(query.limit(1))
        return None if key is None else MessageId(key)

    async def about_to_post(
        self, workspace: WorkspaceId, key: MessageId, *, channel: str, thread: str, only_to: str = ""
    ) -> None:
        """Note that the message is going to be posted there, before it is."""
        now_ms = self.now_ms()
        row = {
            "key": key,
            "workspace": workspace,
            "channel": channel,
            "thread": thread,
            "ts": "",
            "only_to": only_to,
            "first_ms": now_ms,
            "last_ms": now_ms,
        }
        async with self._transactions.write() as connection:
            await put(connection, SlackMessageRow, row, "key", kept=("workspace", "first_ms"))

    async def has_posted(self, key: MessageId, ts: str) -> None:
        """Note that the message stands."""
        async with self._transactions.write() as connection:
            await connection.execute(update(SlackMessageRow).where(_MESSAGE.key == key).values(ts=ts))

    async def has_not_posted(self, key: MessageId) -> None:
        """Slack refused it: the next try need not look whether it stands."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackMessageRow).where(_MESSAGE.key == key, _MESSAGE.ts == ""))

    async def message_is_gone(self, workspace: WorkspaceId, owner: str) -> None:
        """Somebody deleted it on Slack: the next post with that key is another message."""
        async with self._transactions.write() as connection:
            await connection.execute(
                delete(SlackMessageRow).where(_MESSAGE.workspace == workspace, _MESSAGE.key == owner)
            )

    # --- files ---

    async def file(self, workspace: WorkspaceId, owner: str, blob: BlobKey) -> KeptFile | None:
        """The file that shows that picture in that message, as far as it has come."""
        query = select(_FILE.file_id, _FILE.state).where(_is_file(workspace, owner, blob))
        async with self._transactions.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else KeptFile(row.file_id, FileState(row.state))

    async def keep_file(self, workspace: WorkspaceId, owner: str, blob: BlobKey, file: KeptFile) -> None:
        """Note how far the file has come; a new id takes the place of the old one."""
        row = {
            "workspace": workspace,
            "owner": owner,
            "blob": blob,
            "file_id": file.file_id,
            "state": file.state.value,
            "changed_ms": self.now_ms(),
        }
        async with self._transactions.write() as connection:
            await put(connection, SlackFileRow, row, "workspace", "owner", "blob")

    async def files_of(self, workspace: WorkspaceId, owner: str) -> list[str]:
        """The ids of all files of that message."""
        query = select(_FILE.file_id).where(_FILE.workspace == workspace, _FILE.owner == owner)
        async with self._transactions.read() as connection:
            return list((await connection.execute(query)).scalars())

    async def shown_files(self, workspace: WorkspaceId, blobs: Collection[BlobKey]) -> dict[BlobKey, str]:
        """Those of the pictures that Slack can show already, by the ids of their files."""
        query = select(_FILE.blob, _FILE.file_id).where(
            _FILE.workspace == workspace, _FILE.blob.in_(blobs), _FILE.state == FileState.READY.value
        )
        async with self._transactions.read() as connection:
            return {BlobKey(row.blob): row.file_id for row in await connection.execute(query)}

    # --- forgetting ---

    async def forget_message(self, workspace: WorkspaceId, owner: str) -> None:
        """Drop what is known of a message that is no longer there, and of its files."""
        async with self._transactions.write() as connection:
            await connection.execute(
                delete(SlackFileRow).where(_FILE.workspace == workspace, _FILE.owner == owner)
            )
            await connection.execute(
                delete(SlackMessageRow).where(_MESSAGE.workspace == workspace, _MESSAGE.key == owner)
            )

    async def forget_workspace(self, workspace: WorkspaceId) -> None:
        """Drop everything about a workspace that has taken the app away."""
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackFileRow).where(_FILE.workspace == workspace))
            await connection.execute(delete(SlackMessageRow).where(_MESSAGE.workspace == workspace))


def _is_file(workspace: WorkspaceId, owner: str, blob: BlobKey) -> Any:  # noqa: ANN401 - SQLAlchemy's own type of a condition
    return and_(_FILE.workspace == workspace, _FILE.owner == owner, _FILE.blob == blob)


def _message(row: Row[Any]) -> KeptMessage:
    return KeptMessage(
        key=MessageId(row.key),
        channel=row.channel,
        thread=row.thread,
        ts=row.ts,
        only_to=row.only_to,
        first_ms=row.first_ms,
        last_ms=row.last_ms,
    )
