"""What all tables share: one catalogue of their own, and short words for the kinds of columns.

Owns how tables are declared. Must never learn what they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Moment, Text, Words

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy import Table

    from adapters.database.codec import Codec

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of this adapter. Names of constraints are fixed, so that migrations can name them."""


class Row(SQLModel, registry=registry(metadata=METADATA)):
    """The base of every table. A column that keeps a record's field has that field's name."""


def table_of(row: type[Row]) -> Table:
    """Give the table that a row class declares."""
    return METADATA.tables[str(row.__tablename__)]


def string(*, primary_key: bool = False, nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's fields have any type
    """Declare words of any length."""
    return Field(sa_column=Column(Text(), nullable=nullable, primary_key=primary_key))


def moment(*, nullable: bool = False) -> Any:  # noqa: ANN401 - the same
    """Declare a time in UTC."""
    return Field(sa_column=Column(Moment(), nullable=nullable))


def words(kind: type[StrEnum], *, primary_key: bool = False) -> Any:  # noqa: ANN401 - the same
    """Declare one word of a StrEnum."""
    return Field(sa_column=Column(Words(kind), nullable=False, primary_key=primary_key))


def document(codec: Codec[Any], *, nullable: bool = False) -> Any:  # noqa: ANN401 - the same
    """Declare a typed value, kept as JSON."""
    return Field(sa_column=Column(Document(codec), nullable=nullable))


def whole(*, nullable: bool = False) -> Any:  # noqa: ANN401 - the same
    """Declare a whole number of 64 bits: money, sizes and sums outgrow 32."""
    return Field(sa_column=Column(BigInteger(), nullable=nullable))


def points_to(target: str, *, primary_key: bool = False) -> Any:  # noqa: ANN401 - the same
    """Declare another row's id. Checked at the commit, so that the order inside a unit is free."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(Text(), key, nullable=False, primary_key=primary_key))
