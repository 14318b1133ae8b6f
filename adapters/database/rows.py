"""Between the application's records and rows, for columns that are named as the record's fields.

Owns that correspondence. What lies in more than one table is put together by the repositories.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy import RowMapping

    Record = TypeVar("Record", bound=DataclassInstance)


def fields_of(record: DataclassInstance, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Spread a record over its columns, without some of its fields."""
    return {name: getattr(record, name) for name in _names(type(record)) if name not in but}


def record_of(kind: type[Record], row: RowMapping, **elsewhere: Any) -> Record:  # noqa: ANN401 - its fields' values
    """Build a record from a row and from what is kept elsewhere."""
    here = {name: row[name] for name in _names(kind) if name not in elsewhere}
    return kind(**here, **elsewhere)


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
