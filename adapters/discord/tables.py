"""What the Discord adapter remembers of its messages, as tables.

Owns the rows of messages of ours on Discord, and which message answered which interaction. Must never learn
about edit threads, turns or quota: those are the core's. Times are whole milliseconds since 1970, UTC.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class DiscordTable(SQLModel, registry=registry(metadata=MetaData())):
    """The base of this adapter's tables; they share one MetaData of their own."""


class DiscordMessageRow(DiscordTable, table=True):
    """A message of ours, written before it is posted; `message` is empty until Discord has told it.

    `key` is the core's own id of the message. `files` maps the pictures that it shows to the attachments that
    show them, so that they are sent once.
    """

    __tablename__ = "discord_message"
    __table_args__: ClassVar[Any] = (
        Index("ix_discord_message_message", "message"),
        Index("ix_discord_message_channel", "channel", "first_ms"),
    )

    key: str = Field(max_length=64, primary_key=True)
    workspace: str = Field(max_length=64)
    channel: str = Field(max_length=32)
    thread: str = Field(default="", max_length=32)
    message: str = Field(default="", max_length=32)
    interaction: str = Field(default="", max_length=32)
    only_to: str = Field(default="", max_length=32)
    opens: str = Field(default="", max_length=16)
    first_ms: int = Field(sa_type=BigInteger)
    files: dict[str, str] = Field(default_factory=dict, sa_type=JSON)


class DiscordOriginalRow(DiscordTable, table=True):
    """Which message of ours fills an interaction's own answer; kept for about a day."""

    __tablename__ = "discord_original"
    __table_args__: ClassVar[Any] = (Index("ix_discord_original_claimed", "claimed_ms"),)

    interaction: str = Field(max_length=32, primary_key=True)
    key: str = Field(max_length=64)
    claimed_ms: int = Field(sa_type=BigInteger)


TABLES = DiscordTable.metadata
"""All tables of this adapter, for migrations and tests."""
