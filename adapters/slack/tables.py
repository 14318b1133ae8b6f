"""What the Slack adapter remembers of its messages and files, as tables; the base of its other tables.

Owns the rows of messages and files of ours on Slack. Must never learn about edit threads, turns or quota:
those are the core's. Times are whole milliseconds since 1970, UTC.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class SlackTable(SQLModel, registry=registry(metadata=MetaData())):
    """The base of this adapter's tables; they share one MetaData of their own."""


class SlackMessageRow(SlackTable, table=True):
    """A message of ours, written before it is posted; `ts` is empty until Slack has told it.

    `key` is the core's own id of the message. `only_to` names the one person who sees it, if it is a message
    that Slack lets nobody change.
    """

    __tablename__ = "slack_message"
    __table_args__: ClassVar[Any] = (Index("ix_slack_message_place", "workspace", "channel", "ts"),)

    key: str = Field(max_length=64, primary_key=True)
    workspace: str = Field(max_length=64)
    channel: str = Field(max_length=64)
    thread: str = Field(default="", max_length=32)
    ts: str = Field(default="", max_length=64)
    only_to: str = Field(default="", max_length=32)
    first_ms: int = Field(sa_type=BigInteger)
    last_ms: int = Field(sa_type=BigInteger)


class SlackFileRow(SlackTable, table=True):
    """A file of ours on Slack: which picture of which message it is, and how far it has come.

    `owner` is the message's key; a message whose key is not known any more is named by its place.
    """

    __tablename__ = "slack_file"

    workspace: str = Field(max_length=64, primary_key=True)
    owner: str = Field(max_length=128, primary_key=True)
    blob: str = Field(max_length=200, primary_key=True)
    file_id: str = Field(max_length=32)
    state: str = Field(max_length=16)
    changed_ms: int = Field(sa_type=BigInteger)


TABLES = SlackTable.metadata
"""All tables of this adapter, for migrations and tests."""
