"""What is known of bytes in the blob store, and which turns need them.

Owns the columns and indexes of pictures. Must never learn where the bytes are.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLModel reads annotations at run time

from sqlalchemy import Index
from sqlmodel import Field

from adapters.database.tables.base import Row, moment, points_to, string, table_of, whole, words
from core.domain.generation import OutputFormat


class PictureRow(Row, table=True):
    """Bytes that are kept, and what they are."""

    __tablename__ = "picture"

    blob: str = string(primary_key=True)
    workspace: str = string()
    format: OutputFormat = words(OutputFormat)
    width: int
    height: int
    size_bytes: int = whole()
    has_alpha: bool


class CopyRow(Row, table=True):
    """Bytes that were made of others, or shown in their place before, and go with them.

    It is written before there are bytes, and may outlive what it names: nothing points at it.
    """

    __tablename__ = "picture_copy"
    __table_args__ = (Index(None, "original"),)

    blob: str = string(primary_key=True)
    original: str = string(primary_key=True)


class CandidateRow(Row, table=True):
    """One picture that a turn made. `made_at` is when it was stored; the gallery is walked along it."""

    __tablename__ = "candidate"
    __table_args__ = (
        Index(None, "blob"),
        Index(None, "workspace", "made_at"),
        Index(None, "actor", "made_at"),
    )

    turn: str = points_to("turn.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    blob: str = points_to("picture.blob")
    workspace: str = string()
    actor: str = string()
    made_at: datetime = moment()


class ReferenceRow(Row, table=True):
    """A picture that a turn's ask names, so that its bytes can be looked up from the blob's side."""

    __tablename__ = "turn_reference"
    __table_args__ = (Index(None, "blob"),)

    turn: str = points_to("turn.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    blob: str = points_to("picture.blob")


PICTURE = table_of(PictureRow)
COPY = table_of(CopyRow)
CANDIDATE = table_of(CandidateRow)
REFERENCE = table_of(ReferenceRow)
