"""How single values lie in a column, the same on SQLite and on Postgres.

Owns the conversion between one domain value and one cell. Must never learn what the value is for.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Integer, String
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy.engine.interfaces import Dialect

    from adapters.database.codec import Codec

RowNumber = BigInteger().with_variant(Integer(), "sqlite")
"""Counts itself up; SQLite does so only for a column declared INTEGER."""

UNKEEPABLE = re.compile("[\\x00\\ud800-\\udfff]")

Value = TypeVar("Value")
Word = TypeVar("Word", bound="StrEnum")


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite has no time zones and keeps it as sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"the time {value} has no zone"
            raise ValueError(msg)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """Any string a stranger can send.

    Postgres keeps no NUL, and neither database keeps half of a surrogate pair; each becomes U+FFFD, when
    writing and when looking up alike.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Replace what cannot be kept."""
        return None if value is None else UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", value)


class Words(TypeDecorator[Word], Generic[Word]):
    """One member of a StrEnum, kept as its value, so that a reader of the table understands it."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        self.words = words
        super().__init__()

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Write the member's value."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Word | None:  # noqa: ANN401, ARG002 - the same
        """Read the member."""
        return None if value is None else self.words(value)


class Document(TypeDecorator[Value], Generic[Value]):
    """A typed value of the core as one JSON document."""

    # Not JSONB: that refuses characters that people can send, and nothing is looked up inside a document.
    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, codec: Codec[Value]) -> None:
        self.codec = codec
        super().__init__()

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - plain JSON
        """Write the value as plain JSON."""
        return None if value is None else self.codec.encode(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Value | None:  # noqa: ANN401, ARG002 - the same
        """Read the value back as it was."""
        return None if value is None else self.codec.decode(value)
