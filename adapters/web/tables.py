"""What the web platform remembers, as tables.

Owns the rows of messages, events, uploads and people of the page. Must never learn about edit
threads, turns or quota: those are the core's. Times are whole milliseconds since 1970, UTC.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_COUNTED = BigInteger().with_variant(Integer, "sqlite")


class WebTable(SQLModel, registry=registry(metadata=MetaData())):
    """The base of this adapter's tables; they share one MetaData of their own."""


class WebMessageRow(WebTable, table=True):
    """One message in a channel or thread, of a person (`text`) or of ours (`card`).

    `key` is what its sender named it before it was sent. `thread` is the id of the message that opened
    the thread, or None for a message that stands in the channel. `seq` is the order they came in.
    `is_picture` marks results, so that a thread's newest picture is found without reading its cards.
    `is_deleted` leaves nothing of a message but its place: its thread may have answers, and pages that are
    open have to hear of it.
    """

    __tablename__ = "web_message"
    __table_args__: ClassVar[Any] = (
        Index("ix_web_message_place", "channel", "thread", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, sa_column=Column(_COUNTED, primary_key=True, autoincrement=True))
    id: str = Field(max_length=64, unique=True)
    key: str = Field(max_length=200, unique=True)
    channel: str = Field(max_length=64)
    thread: str | None = Field(default=None, max_length=64)
    author: str | None = Field(default=None, max_length=128)
    text: str = ""
    card: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    is_picture: bool = False
    is_deleted: bool = False
    attachments: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    private_to: str | None = Field(default=None, max_length=128)
    created_ms: int = Field(sa_type=BigInteger)
    updated_ms: int = Field(sa_type=BigInteger)


class WebEventRow(WebTable, table=True):
    """A message was posted or changed: what a page that comes back has to catch up on."""

    __tablename__ = "web_event"
    __table_args__: ClassVar[Any] = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, sa_column=Column(_COUNTED, primary_key=True, autoincrement=True))
    message: str = Field(max_length=64)
    created_ms: int = Field(sa_type=BigInteger, index=True)


class WebUploadRow(WebTable, table=True):
    """A picture that somebody dropped on the page; its bytes are in the blob store."""

    __tablename__ = "web_upload"

    id: str = Field(max_length=64, primary_key=True)
    actor: str = Field(max_length=128, index=True)
    file_name: str = Field(max_length=255)
    media_type: str = Field(max_length=64)
    size_bytes: int
    blob: str = Field(max_length=200, index=True)
    is_used: bool = False
    created_ms: int = Field(sa_type=BigInteger, index=True)


class WebPersonRow(WebTable, table=True):
    """A name that somebody chose. Who never chose one has no row."""

    __tablename__ = "web_person"

    actor: str = Field(max_length=128, primary_key=True)
    name: str = Field(max_length=80)


TABLES = WebTable.metadata
"""All tables of this adapter, for migrations and tests."""
